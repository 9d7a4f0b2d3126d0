"""What one local choice is: its meaning, unit, default, reason, and whom it touches."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """One setting: what it means, its unit, its default and why that default.

    ``least`` is the lowest value it may take. ``equality`` says whom it can put at a
    disadvantage; a choice that has one is changed only with a written account of that.
    """

    key: str
    label: str
    default: int | str | bool
    unit: str
    why: str
    least: int = 0
    equality: str = ""
