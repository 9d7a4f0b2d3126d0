"""Count winners and losers, by size and by group, and hide what could give anyone away."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from wherewithal.allocation.cases import Groups
from wherewithal.reports.suppression import hidden, hidden_in_table, small_ones
from wherewithal.simulation.bands import by_percent, by_pounds, by_status
from wherewithal.simulation.comparison import Comparison
from wherewithal.simulation.counted import (
    BEYOND,
    FALLS,
    NO_FIGURE,
    OUTCOMES,
    RISES,
    SAME,
    Tallies,
    Tally,
)
from wherewithal.simulation.falls import Threshold, falls_beyond
from wherewithal.simulation.ways import few_move, ways_of

Column = np.ndarray

NOT_KNOWN = "Not known"
SIZES = {
    "week": (100, 200, 400, 600, 1000),
    "month": (500, 1000, 2000, 3000, 5000),
    "year": (5000, 10000, 20000, 30000, 50000),
}
FIGURE_NOW = "figure now"


def tally(comparison: Comparison, threshold: Threshold, *, smallest: int = 10) -> Tallies:
    """Count everything, hiding counts of 1 to ``smallest`` − 1 and what would give them away.

    An outcome of too few people is counted with the one beside it, in every table alike.

    Raises:
        ValueError: fewer than ``smallest`` people have a figure under both schemes, or figures
            change for fewer but not for nobody; or ``smallest`` is below nought.
    """
    if smallest < 0:
        raise ValueError(f"smallest is {smallest}. Use a whole number from 0 (hide none) up.")
    both = int(comparison.both.sum())
    if both < max(smallest, 1):
        have = "1 person has" if both == 1 else f"{both} people have"
        raise ValueError(
            f"{have} a figure under both schemes. Fewer than {max(smallest, 1)} can't be shown."
            " Give more people, or fewer missing answers."
        )
    if 0 < int((comparison.change != 0).sum()) < smallest:
        raise ValueError(
            f"Figures change for fewer than {smallest} people, and what all figures come to would"
            " tell theirs. Compare schemes that change more figures, or look at these people one by"
            " one."
        )
    outcome = outcomes(comparison, threshold)
    kinds = np.bincount(outcome[comparison.both], minlength=len(OUTCOMES)).tolist()
    ways = ways_of(kinds, smallest)
    place = np.array([i for kind in range(len(OUTCOMES)) for i, w in enumerate(ways) if kind in w])
    way = np.where(comparison.both, place[outcome], NO_FIGURE)
    labels = {**comparison.groups, FIGURE_NOW: _sizes(comparison)}
    lacking = int((~comparison.both).sum())
    top = [False] * (len(ways) + 1)
    everyone = np.ones(len(outcome), bool)
    few = 0 < lacking < smallest
    whole = _tally("Everyone", comparison, way, everyone, (top, top, few, few))
    by_label = {
        name: (*_by_group(comparison, way, each, len(ways), smallest), whole)
        for name, each in labels.items()
    }
    hides = few_move(kinds[RISES], kinds[FALLS] + kinds[BEYOND], smallest)
    change = comparison.change
    return Tallies(
        whole,
        ways,
        None if hides else int(change[change > 0].sum()),
        None if hides else int(-change[change < 0].sum()),
        by_label,
        by_percent(comparison, threshold, ways, smallest),
        by_pounds(comparison, threshold, ways, smallest),
        by_status(comparison, whole, smallest),
    )


def outcomes(comparison: Comparison, threshold: Threshold) -> Column:
    """Return each person's place in :data:`OUTCOMES`."""
    change = comparison.change
    found = np.where(change > 0, RISES, np.where(change < 0, FALLS, SAME))
    found[falls_beyond(comparison, threshold)] = BEYOND
    found[~comparison.both] = NO_FIGURE
    return found


def _sizes(comparison: Comparison) -> Groups:
    """Group people by their figure now; in the group not known where they have none."""
    scheme = comparison.schemes[0]
    edges = SIZES[scheme.per]
    mark = scheme.symbol
    pairs = pairwise(edges)
    labels = [f"Under {mark}{edges[0]:,}", *(f"{mark}{a:,} to {mark}{b:,}" for a, b in pairs)]
    codes = np.searchsorted(np.array(edges) * 100, comparison.now, side="right")
    codes[comparison.status_now != 0] = -1
    return Groups((*labels, f"{mark}{edges[-1]:,} or more"), codes)


def _counts(groups: Groups, way: Column, wide: int) -> Column:
    """Count people by group and way; the last row is of those whose group is not known."""
    known = way != NO_FIGURE
    size = len(groups.labels) + 1
    place = _places(groups)[known] * wide + way[known]
    return np.bincount(place, minlength=size * wide).reshape(size, wide)


def _places(groups: Groups) -> Column:
    return np.where(groups.codes < 0, len(groups.labels), groups.codes).astype(np.int64)


def _mask(counts: Column, smallest: int) -> Column:
    """Hide cells of a table, with its totals of rows; those of columns are told to everybody.

    Where that would not do, only the totals are left.
    """
    mask = np.array(hidden_in_table(counts.tolist(), smallest=smallest))
    if mask[-1].any():
        mask[:] = False
        mask[:-1, :-1] = True
        mask[:-1, -1] = hidden(counts.sum(1).tolist(), smallest=smallest)
    return mask[:-1]


def _small(counts: Column, mask: Column, smallest: int) -> Column:
    """Say which hidden cells may be told to be of too few people, by row and by column."""
    full = np.column_stack([counts, counts.sum(1)])
    few = np.zeros(mask.shape, bool)
    for column in range(full.shape[1]):
        few[:, column] = small_ones(
            full[:, column].tolist(), mask[:, column].tolist(), smallest=smallest
        )
    for row in range(full.shape[0]):
        if not mask[row, -1]:
            few[row, :-1] &= small_ones(
                counts[row].tolist(), mask[row, :-1].tolist(), smallest=smallest
            )
    return few


def _by_group(
    comparison: Comparison, way: Column, groups: Groups, wide: int, smallest: int
) -> list[Tally]:
    place = _places(groups)
    counts = _counts(groups, way, wide)
    mask = _mask(counts, smallest)
    few = _small(counts, mask, smallest)
    lacking = np.bincount(place[way == NO_FIGURE], minlength=len(groups.labels) + 1).tolist()
    without = hidden(lacking, smallest=smallest)
    none = small_ones(lacking, without, smallest=smallest)
    moved = np.bincount(place[comparison.change != 0], minlength=len(groups.labels) + 1)
    few_moved = hidden(moved.tolist(), smallest=smallest)
    found = []
    for row, label in enumerate((*groups.labels, NOT_KNOWN)):
        inside = place == row
        if label != NOT_KNOWN or inside.any():
            hides = (mask[row].tolist(), few[row].tolist(), without[row], none[row])
            told = _tally(label, comparison, way, inside, hides)
            found.append(replace(told, then=None) if few_moved[row] else told)
    return found


def _tally(
    label: str,
    comparison: Comparison,
    way: Column,
    inside: Column,
    hides: tuple[Sequence[bool], Sequence[bool], bool, bool],
) -> Tally:
    """Count people; ``hides`` says what of each way and all of them, what is few, and without."""
    mask, few, hides_without, few_without = hides
    compared = inside & comparison.both
    counts = np.bincount(way[compared], minlength=len(mask) - 1).tolist()
    sums = [int(figures[compared].sum()) for figures in (comparison.now, comparison.then)]
    lacking = int((inside & ~comparison.both).sum())
    *cells, people, now, then, none = [
        None if hide else count
        for count, hide in zip(
            [*counts, sum(counts), *sums, lacking],
            [*mask, mask[-1], mask[-1], hides_without],
            strict=True,
        )
    ]
    return Tally(label, people, tuple(cells), now, then, none, (few[-1], *few[:-1], few_without))
