"""Which small numbers to hide, and which others with them, so that nobody can be recognised."""

from collections.abc import Sequence

import numpy as np


def hidden(counts: Sequence[int], *, smallest: int) -> list[bool]:
    """Say which counts to hide where their total is shown.

    Counts of 1 to ``smallest`` − 1 people are hidden, and with them what would give them away: one
    hidden alone could be worked out from the total, and so could two of one person each. So the
    smallest of those still shown is hidden too, until two or more are hidden that hold
    ``smallest`` people or more between them. Nought says nothing of anyone and is shown.
    """
    hide = [0 < count < smallest for count in counts]
    while _gives_away(counts, hide, smallest):
        place = _smallest_shown(counts, hide)
        if place is None:
            break
        hide[place] = True
    return hide


def hidden_in_table(
    counts: Sequence[Sequence[int]], *, smallest: int, totals: Sequence[bool] = ()
) -> list[list[bool]]:
    """Say which cells of a table to hide, with a last row and a last column for totals.

    ``counts`` has a row for each group and a column for each outcome, without totals. The answer
    has one row and one column more, for them: no hidden cell can be had by taking the others in
    its row or its column from the total. ``totals`` says which totals of columns are hidden
    already, as in another table of the same people.
    """
    table = np.array(counts, np.int64).reshape(len(counts), -1)
    full = np.zeros((table.shape[0] + 1, table.shape[1] + 1), np.int64)
    full[:-1, :-1] = table
    full[-1, :-1], full[:-1, -1], full[-1, -1] = table.sum(0), table.sum(1), table.sum()
    hide = (full > 0) & (full < smallest)
    hide[-1, :-1] |= np.array(totals or [False] * table.shape[1], bool)
    changed = True
    while changed:
        rows = [_hide_more(full[row], hide[row], smallest) for row in range(full.shape[0])]
        columns = [
            _hide_more(full[:, column], hide[:, column], smallest)
            for column in range(full.shape[1])
        ]
        changed = any([*rows, *columns])
    return [[bool(each) for each in row] for row in hide]


def small_ones(counts: Sequence[int], hide: Sequence[bool], *, smallest: int) -> list[bool]:
    """Say which hidden counts may be told to be too few, where their total is shown.

    That is told of no one where others hidden beside them are not much above the smallest: to
    know who of them is few would then tell how few.
    """
    beside = sum(c for c, hides in zip(counts, hide, strict=True) if hides and c >= smallest)
    told = beside >= 2 * smallest or (not beside and sum(counts) < smallest)
    return [
        hides and told and 0 < count < smallest for count, hides in zip(counts, hide, strict=True)
    ]


def _hide_more(line: np.ndarray, hide: np.ndarray, smallest: int) -> bool:
    """Hide one more cell of a line whose last is its total, where one is needed; say whether."""
    counts, cells = line[:-1].tolist(), hide[:-1].tolist()
    if hide[-1]:
        if any(cells):
            return False
        place = _smallest_shown(counts, cells)  # the cells would add up to the hidden total
    else:
        place = _smallest_shown(counts, cells) if _gives_away(counts, cells, smallest) else None
        if place is None and sum(cells) == 1 and _gives_away(counts, cells, smallest):
            place = len(counts)
    if place is None:
        return False
    hide[place] = True
    return True


def _gives_away(counts: Sequence[int], hide: Sequence[bool], smallest: int) -> bool:
    held = [count for count, hides in zip(counts, hide, strict=True) if hides]
    return bool(held) and (len(held) == 1 or sum(held) < smallest)


def _smallest_shown(counts: Sequence[int], hide: Sequence[bool]) -> int | None:
    shown = [(c, place) for place, c in enumerate(counts) if c > 0 and not hide[place]]
    return min(shown)[1] if shown else None
