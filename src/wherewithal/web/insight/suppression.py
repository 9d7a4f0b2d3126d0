"""Small numbers are hidden, so that nobody can be recognised in a table."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

SMALLEST = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """A group, how many people it holds, and their mean in pence where there is one."""

    label: str
    number: int
    mean: int | None = None
    hidden: bool = False


def suppressed(cells: Sequence[Cell], *, smallest: int = SMALLEST) -> tuple[Cell, ...]:
    """Hide groups of 1 to ``smallest`` − 1 people; a lone hidden group takes the next one along.

    One hidden group alone could be worked out from the total, so the smallest of those still shown
    is hidden with it. An empty group says nothing of anyone and is shown.
    """
    made = [replace(cell, hidden=0 < cell.number < smallest) for cell in cells]
    if sum(cell.hidden for cell in made) == 1:
        others = [(cell.number, place) for place, cell in enumerate(made) if _can_hide(cell)]
        if others:
            _, place = min(others)
            made[place] = replace(made[place], hidden=True)
    return tuple(replace(cell, number=0, mean=None) if cell.hidden else cell for cell in made)


def _can_hide(cell: Cell) -> bool:
    return not cell.hidden and cell.number > 0
