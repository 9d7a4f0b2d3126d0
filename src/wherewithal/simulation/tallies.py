"""Count winners and losers, by size and by group, and hide what could give anyone away."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from wherewithal.allocation.cases import Groups
from wherewithal.reports.suppression import hidden, hidden_in_table
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

    What a total hides in one table is hidden in all of them.

    Raises:
        ValueError: fewer than ``smallest`` people have a figure under both schemes, or it is below
            nought.
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
    outcome = outcomes(comparison, threshold)
    labels = {**comparison.groups, FIGURE_NOW: _sizes(comparison)}
    counts = {name: _counts(each, outcome) for name, each in labels.items()}
    kinds = np.bincount(outcome[outcome != NO_FIGURE], minlength=len(OUTCOMES))
    masks, top = _masks(list(counts.values()), kinds, smallest)
    without = 0 < int((outcome == NO_FIGURE).sum()) < smallest
    everyone = np.ones(len(outcome), bool)
    whole = _tally("Everyone", comparison, outcome, everyone, [*top, False], without=without)
    by_label = {
        name: (*_by_group(comparison, outcome, labels[name], mask, smallest), whole)
        for name, mask in zip(counts, masks, strict=True)
    }
    moved = None in (whole.outcomes[RISES], whole.outcomes[FALLS], whole.outcomes[BEYOND])
    change = comparison.change
    return Tallies(
        whole,
        None if moved else int(change[change > 0].sum()),
        None if moved else int(-change[change < 0].sum()),
        by_label,
        by_percent(comparison, threshold, whole, smallest),
        by_pounds(comparison, threshold, whole, smallest),
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


def _counts(groups: Groups, outcome: Column) -> Column:
    """Count people by group and outcome; the last row is of those whose group is not known."""
    known = outcome != NO_FIGURE
    size, wide = len(groups.labels) + 1, len(OUTCOMES)
    place = _places(groups)[known] * wide + outcome[known]
    return np.bincount(place, minlength=size * wide).reshape(size, wide)


def _places(groups: Groups) -> Column:
    return np.where(groups.codes < 0, len(groups.labels), groups.codes).astype(np.int64)


def _masks(
    counts: Sequence[Column], whole: Column, smallest: int
) -> tuple[list[Column], list[bool]]:
    """Hide cells in every table, and go round until the totals that all share are hidden alike."""
    top = hidden(whole.tolist(), smallest=smallest)
    while True:
        masks = [
            np.array(hidden_in_table(each.tolist(), smallest=smallest, totals=top))
            for each in counts
        ]
        together = [any(column) for column in zip(top, *(m[-1, :-1] for m in masks), strict=True)]
        if together == top:
            return masks, top
        top = together


def _by_group(
    comparison: Comparison, outcome: Column, groups: Groups, mask: Column, smallest: int
) -> list[Tally]:
    place = _places(groups)
    lacking = np.bincount(place[outcome == NO_FIGURE], minlength=len(groups.labels) + 1)
    without = hidden(lacking.tolist(), smallest=smallest)
    found = []
    for row, label in enumerate((*groups.labels, NOT_KNOWN)):
        inside = place == row
        if label != NOT_KNOWN or inside.any():
            hides = mask[row].tolist()
            found.append(_tally(label, comparison, outcome, inside, hides, without=without[row]))
    return found


def _tally(
    label: str,
    comparison: Comparison,
    outcome: Column,
    inside: Column,
    hides: Sequence[bool],
    *,
    without: bool,
) -> Tally:
    """Count people; ``hides`` are for each outcome, and for all of them and their money."""
    compared = inside & comparison.both
    counts = np.bincount(outcome[compared], minlength=len(OUTCOMES)).tolist()
    sums = [int(figures[compared].sum()) for figures in (comparison.now, comparison.then)]
    lacking = int((inside & ~comparison.both).sum())
    *cells, people, now, then, none = [
        None if hide else count
        for count, hide in zip(
            [*counts, sum(counts), *sums, lacking],
            [*hides, hides[-1], hides[-1], without],
            strict=True,
        )
    ]
    return Tally(label, people, tuple(cells), now, then, none)
