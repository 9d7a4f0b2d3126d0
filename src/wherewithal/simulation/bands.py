"""Count changes in bands, by their share of the figure and by money, and who has no figure."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from wherewithal.reports.suppression import hidden
from wherewithal.simulation.comparison import Comparison
from wherewithal.simulation.counted import BEYOND, FALLS, RISES, SAME, Band, Tally
from wherewithal.simulation.falls import Threshold

Column = np.ndarray
PERCENTS = (5, 10, 20, 50)
POUNDS = {
    "week": (10, 25, 50, 100, 200),
    "month": (50, 100, 250, 500, 1000),
    "year": (500, 1000, 2500, 5000, 10000),
}
STATUS = ("a figure", "answers missing", "costed by hand")


def by_percent(
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


def by_pounds(
    comparison: Comparison, threshold: Threshold, whole: Tally, smallest: int
) -> tuple[Band, ...]:
    """Band changes by money, in whole units for the schemes' period."""
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


def by_status(comparison: Comparison, whole: Tally, smallest: int) -> tuple[Band, ...]:
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
