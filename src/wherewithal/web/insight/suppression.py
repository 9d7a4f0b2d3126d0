"""Small numbers are hidden, so that nobody can be recognised in a table."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from wherewithal.reports.suppression import hidden

SMALLEST = 5
SMALLEST_IN_REPORTS = 10
"""Reports cut the same people by many labels at once, so they hide more."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A group, how many people it holds, and their mean in pence where there is one."""

    label: str
    number: int
    mean: int | None = None
    hidden: bool = False


def suppressed(cells: Sequence[Cell], *, smallest: int = SMALLEST) -> tuple[Cell, ...]:
    """Hide groups of 1 to ``smallest`` − 1 people, and with them what would give them away."""
    hide = hidden([cell.number for cell in cells], smallest=smallest)
    return tuple(
        replace(cell, hidden=True, number=0, mean=None) if hides else replace(cell, hidden=False)
        for cell, hides in zip(cells, hide, strict=True)
    )
