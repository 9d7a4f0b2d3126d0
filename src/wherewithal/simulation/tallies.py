"""Count winners and losers, by size and by group, and hide what could give anyone away."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from wherewithal.allocation.cases import Groups
from wherewithal.reports.suppression import hidden, hidden_in_table
from wherewithal.simulation.comparison import Comparison
from wherewithal.simulation.falls import Threshold, falls_beyond

Column = np.ndarray

OUTCOMES = ("rises", "same", "falls", "falls beyond")
"""What happens to a person's figure; ``falls beyond`` is by more than the threshold."""
RISES, SAME, FALLS, BEYOND = range(4)
NO_FIGURE = -1
NOT_KNOWN = "Not known"
PERCENTS = (5, 10, 20, 50)
POUNDS = {"week": (10, 25, 50, 100, 200), "year": (500, 1000, 2500, 5000, 10000)}
SIZES = {"week": (100, 200, 400, 600, 1000), "year": (5000, 10000, 20000, 30000, 50000)}
FIGURE_NOW = "figure now"
STATUS = ("a figure", "answers missing", "costed by hand")


@dataclass(frozen=True, slots=True)
class Tally:
    """People of one group: how many have both figures, in each outcome, and their pence.

    ``without`` counts those who lack a figure under one scheme or both, and are in no other
    number. ``None`` stands for what is hidden.
    """

    label: str
    people: int | None
    outcomes: tuple[int | None, ...]
    now: int | None
    then: int | None
    without: int | None

    @property
    def change(self) -> int | None:
        """Return the change in pence."""
        return None if self.now is None or self.then is None else self.then - self.now


@dataclass(frozen=True, slots=True)
class Band:
    """People whose figure changes by so much, and their change in pence; ``None`` where hidden."""

    label: str
    people: int | None
    change: int | None


@dataclass(frozen=True, slots=True, eq=False)
class Tallies:
    """Everything counted: all people, by each label with a total, by size, and by status."""

    whole: Tally
    gains: int | None
    losses: int | None
    by_label: dict[str, tuple[Tally, ...]]
    by_percent: tuple[Band, ...]
    by_pounds: tuple[Band, ...]
    statuses: tuple[Band, ...]


def tally(comparison: Comparison, threshold: Threshold, *, smallest: int = 10) -> Tallies:
    """Count everything, hiding counts of 1 to ``smallest`` − 1 and what would give them away.

    What a total hides in one table is hidden in all of them.

    Raises:
        ValueError: fewer than ``smallest`` people have a figure under both schemes.
    """
    both = int(comparison.both.sum())
    if both < max(smallest, 1):
        raise ValueError(
            f"{both} people have a figure under both schemes. Fewer than {max(smallest, 1)} can't"
            " be shown. Give more people, or fewer missing answers."
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
        _by_percent(comparison, threshold, whole, smallest),
        _by_pounds(comparison, threshold, whole, smallest),
        _statuses(comparison, whole, smallest),
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


def _by_percent(
    comparison: Comparison, threshold: Threshold, whole: Tally, smallest: int
) -> tuple[Band, ...]:
    """Band changes by their share of the figure now; from nothing is more than any share."""
    now, change = comparison.now, comparison.change
    place = np.zeros(len(change), np.int64)
    for edge in PERCENTS:
        place += (np.abs(change) * 100 > now * edge) & comparison.both
    words = [f"{edge}%" for edge in PERCENTS]
    split = next((i + 1 for i, edge in enumerate(PERCENTS) if edge == threshold.percent), 0)
    return _bands(change, place, words, split, whole, smallest)


def _by_pounds(
    comparison: Comparison, threshold: Threshold, whole: Tally, smallest: int
) -> tuple[Band, ...]:
    scheme = comparison.schemes[0]
    edges, change = POUNDS[scheme.per], comparison.change
    place = np.zeros(len(change), np.int64)
    for edge in edges:
        place += np.abs(change) > edge * 100
    words = [f"{scheme.symbol}{edge:,}" for edge in edges]
    split = next((i + 1 for i, edge in enumerate(edges) if edge * 100 == threshold.pence), 0)
    return _bands(change, place, words, split, whole, smallest)


def _bands(
    change: Column,
    place: Column,
    words: Sequence[str],
    split: int,
    whole: Tally,
    smallest: int,
) -> tuple[Band, ...]:
    """Return bands from the largest fall to the largest rise, each side hidden within itself.

    Falls are hidden apart on both sides of the band at which the threshold stands (``split``), as
    how many there are beyond it is told elsewhere.
    """
    names = [f"up to {words[0]}"]
    names += [f"more than {a}, up to {b}" for a, b in pairwise(words)]
    names.append(f"more than {words[-1]}")
    falls = _side("Falls", change, change < 0, place, names, split, smallest)
    rises = _side("Rises", change, change > 0, place, names, 0, smallest)
    if None in (whole.outcomes[FALLS], whole.outcomes[BEYOND]):
        falls = [_band(each.label, 0, 0, hides=each.people != 0) for each in falls]
    if whole.outcomes[RISES] is None:
        rises = [_band(each.label, 0, 0, hides=each.people != 0) for each in rises]
    stays = whole.outcomes[SAME]
    same = Band("Stays the same", stays, None if stays is None else 0)
    return (*reversed(falls), same, *rises)


def _side(
    verb: str,
    change: Column,
    moved: Column,
    place: Column,
    names: Sequence[str],
    split: int,
    smallest: int,
) -> list[Band]:
    counts = np.bincount(place[moved], minlength=len(names)).tolist()
    hide = [
        *hidden(counts[:split], smallest=smallest),
        *hidden(counts[split:], smallest=smallest),
    ]
    sums = [int(change[moved & (place == band)].sum()) for band in range(len(names))]
    rows = zip(names, counts, sums, hide, strict=True)
    return [_band(f"{verb} by {name}", c, s, hides=hides) for name, c, s, hides in rows]


def _band(label: str, count: int, change: int, *, hides: bool) -> Band:
    return Band(label, None, None) if hides else Band(label, count, change)


def _statuses(comparison: Comparison, whole: Tally, smallest: int) -> tuple[Band, ...]:
    """Count those without a figure under one scheme or both, by what they have under each."""
    flat = comparison.status_now.astype(np.int64) * len(STATUS) + comparison.status_then
    counts = np.bincount(flat, minlength=len(STATUS) ** 2).tolist()[1:]
    names = [f"{now} now, {then} then" for now in STATUS for then in STATUS][1:]
    hide = hidden(counts, smallest=smallest)
    if whole.without is None:
        hide = [count > 0 for count in counts]
    rows = zip(names, counts, hide, strict=True)
    return tuple(
        _band(name.capitalize(), count, 0, hides=hides) for name, count, hides in rows if count
    )
