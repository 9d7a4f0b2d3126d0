"""Count changes in bands, by their share of the figure and by money, and who has no figure."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from wherewithal.money import pounds
from wherewithal.reports.suppression import hidden, small_ones
from wherewithal.simulation.comparison import Comparison
from wherewithal.simulation.counted import BEYOND, FALLS, RISES, SAME, Band, Tally, Way
from wherewithal.simulation.falls import Threshold

Column = np.ndarray
PERCENTS = (5, 10, 20, 50)
POUNDS = {
    "week": (10, 25, 50, 100, 200),
    "month": (50, 100, 250, 500, 1000),
    "year": (500, 1000, 2500, 5000, 10000),
}
STATUS = ("a figure", "answers missing", "costed by hand")


@dataclass(frozen=True, slots=True, eq=False)
class _Axis:
    """Everybody's place (0 for the smallest changes), the edges in words, and the threshold's."""

    change: Column
    known: Column
    place: Column
    words: list[str]
    split: int | None

    def inside(self, cell: int) -> Column:
        """Return who is in a cell: −1, −2, … falls, 0 stays the same, 1, 2, … rises."""
        if cell == 0:
            return np.asarray(self.known & (self.change == 0))
        moved = self.change > 0 if cell > 0 else self.change < 0
        return np.asarray(moved & (self.place == abs(cell) - 1))


def by_percent(
    comparison: Comparison, threshold: Threshold, ways: Sequence[Way], smallest: int
) -> tuple[Band, ...]:
    """Band changes by their share of the figure now; from nothing is more than any share."""
    now, change = comparison.now, comparison.change
    edges, split = _edges(PERCENTS, threshold.percent)
    place = np.zeros(len(change), np.int64)
    for edge in edges:
        over, under = edge.as_integer_ratio()
        place += (np.abs(change) * (100 * under) > now * over) & comparison.both
    words = [f"{float(edge):g}%" for edge in edges]
    return _bands(_Axis(change, comparison.both, place, words, split), ways, smallest)


def by_pounds(
    comparison: Comparison, threshold: Threshold, ways: Sequence[Way], smallest: int
) -> tuple[Band, ...]:
    """Band changes by money, in whole units for the schemes' period."""
    scheme, change = comparison.schemes[0], comparison.change
    edges, split = _edges([each * 100 for each in POUNDS[scheme.per]], threshold.pence)
    place = np.zeros(len(change), np.int64)
    for edge in edges:
        place += np.abs(change) > int(edge)
    words = [pounds(int(edge), symbol=scheme.symbol).removesuffix(".00") for edge in edges]
    return _bands(_Axis(change, comparison.both, place, words, split), ways, smallest)


def _edges(
    usual: Sequence[int], threshold: Fraction | int | None
) -> tuple[list[Fraction], int | None]:
    """Put the threshold among the edges, as how many fall beyond it is told elsewhere."""
    edges = {Fraction(each) for each in usual}
    if threshold is None:
        return sorted(edges), None
    edge = Fraction(threshold)
    found = sorted(edges | ({edge} if edge else set()))
    return found, found.index(edge) + 1 if edge else 0


def _bands(axis: _Axis, ways: Sequence[Way], smallest: int) -> tuple[Band, ...]:
    """Return bands from the largest fall to the largest rise, none of them of too few people.

    Bands of too few are counted with those beside them, and outcomes that are counted together
    elsewhere are not told apart here. A sum of too few changes is hidden, with one more.
    """
    size = len(axis.words) + 1
    counts = {cell: int(axis.inside(cell).sum()) for cell in range(-size, size + 1)}
    falls, rises = list(range(-size, 0)), list(range(size, 0, -1))
    apart = axis.split is not None and not any(FALLS in way and BEYOND in way for way in ways)
    cut = size - (axis.split or 0) if apart else size
    groups = [*_merged(falls[:cut], counts, smallest), *_merged(falls[cut:], counts, smallest)]
    groups.append([0])
    groups += [group[::-1] for group in reversed(_merged(rises, counts, smallest))]
    if any(SAME in way and (FALLS in way or BEYOND in way) for way in ways):
        groups = _join(groups, counts, -1)
    if any(RISES in way and SAME in way for way in ways):
        groups = _join(groups, counts, 1)
    inside = [np.any([axis.inside(cell) for cell in group], axis=0) for group in groups]
    moves = [int((axis.change[each] != 0).sum()) for each in inside]
    hide = hidden(moves, smallest=smallest)
    return tuple(
        Band(
            _label(group, axis.words),
            int(each.sum()),
            None if hides else int(axis.change[each].sum()),
            few=hides and moved < smallest,
        )
        for group, each, moved, hides in zip(groups, inside, moves, hide, strict=True)
    )


def _merged(cells: Sequence[int], counts: dict[int, int], smallest: int) -> list[list[int]]:
    """Join cells beside each other, from the largest change on, until none has too few people."""
    groups: list[list[int]] = []
    held: list[int] = []
    for cell in cells:
        held.append(cell)
        total = sum(counts[each] for each in held)
        if total == 0 or total >= max(smallest, 1):
            groups.append(held)
            held = []
    while held and groups:
        held = groups.pop() + held
        if sum(counts[each] for each in held) >= smallest:
            break
    return [*groups, held] if held else groups


def _join(groups: list[list[int]], counts: dict[int, int], way: int) -> list[list[int]]:
    """Join those who stay the same with the nearest falls (−1) or rises (1) that anybody has."""
    place = next(i for i, group in enumerate(groups) if 0 in group)
    end = place + way
    while 0 < end < len(groups) - 1 and not sum(counts[cell] for cell in groups[end]):
        end += way
    low, high = sorted((place, end))
    together = [cell for group in groups[low : high + 1] for cell in group]
    return [*groups[:low], together, *groups[high + 1 :]]


def _label(group: list[int], words: Sequence[str]) -> str:
    parts = []
    if rises := [cell for cell in group if cell > 0]:
        parts.append(_moves("rises", min(rises), max(rises), words))
    if 0 in group:
        parts.append("stays the same")
    if falls := [-cell for cell in group if cell < 0]:
        parts.append(_moves("falls", min(falls), max(falls), words))
    *first, last = parts
    text = f"{', '.join(first)} or {last}" if first else last
    return text[0].upper() + text[1:]


def _moves(verb: str, low: int, high: int, words: Sequence[str]) -> str:
    above = f"more than {words[low - 2]}" if low > 1 else ""
    upto = f"up to {words[high - 1]}" if high <= len(words) else ""
    size = ", ".join(filter(None, (above, upto)))
    return f"{verb} by {size}" if size else verb


def by_status(comparison: Comparison, whole: Tally, smallest: int) -> tuple[Band, ...]:
    """Count those without a figure under one scheme or both, by what they have under each."""
    flat = comparison.status_now.astype(np.int64) * len(STATUS) + comparison.status_then
    counts = np.bincount(flat, minlength=len(STATUS) ** 2).tolist()[1:]
    names = [f"{now} now, {then} then" for now in STATUS for then in STATUS][1:]
    hide = hidden(counts, smallest=smallest)
    if whole.without is None:
        hide = [count > 0 for count in counts]
    small = small_ones(counts, hide, smallest=smallest)
    rows = zip(names, counts, hide, small, strict=True)
    return tuple(
        Band(name.capitalize(), None if hides else count, 0, few)
        for name, count, hides, few in rows
        if count
    )
