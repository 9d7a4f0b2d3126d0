"""What a rule saw in an account."""

from collections.abc import Iterable
from dataclasses import dataclass

from wherewithal.monitoring.account import Movement

SHOWN = 6


@dataclass(frozen=True, slots=True)
class Sight:
    """Sentences with days and sums, and what tells this matter from another of the same rule."""

    seen: tuple[str, ...]
    about: str = ""


def told(lines: Iterable[Movement]) -> tuple[str, ...]:
    """Say the lines, the newest first; where there are many, how many more."""
    listed = sorted(lines, key=lambda line: line.on, reverse=True)
    more = len(listed) - SHOWN
    rest = (f"And {more} more like it.",) if more > 0 else ()
    return (*(f"{line.said}." for line in listed[:SHOWN]), *rest)
