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
    """Hide groups of 1 to ``smallest`` − 1 people, and with them what would give them away.

    One hidden group alone could be worked out from the total, and so could two of one person each:
    the smallest of those still shown is hidden too, until there are two or more groups hidden that
    hold ``smallest`` people or more between them. An empty group says nothing of anyone and is
    shown.
    """
    made = [replace(cell, hidden=0 < cell.number < smallest) for cell in cells]
    while _gives_away([cell for cell in made if cell.hidden], smallest):
        others = [(cell.number, place) for place, cell in enumerate(made) if _can_hide(cell)]
        if not others:
            break
        _, place = min(others)
        made[place] = replace(made[place], hidden=True)
    return tuple(replace(cell, number=0, mean=None) if cell.hidden else cell for cell in made)


def _gives_away(hidden: Sequence[Cell], smallest: int) -> bool:
    few = len(hidden) == 1 or sum(cell.number for cell in hidden) < smallest
    return bool(hidden) and few


def _can_hide(cell: Cell) -> bool:
    return not cell.hidden and cell.number > 0
