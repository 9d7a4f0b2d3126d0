"""Draw people again and again, and add up what is drawn: intervals without formulas.

Each person is drawn a Poisson(1) number of times, which is what drawing with replacement comes to
where there are many. The sums of all samples are then one matrix product for each block of people:
counts (samples × people) times features (people × features). So memory does not grow with people.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp, factorial

import numpy as np

Column = np.ndarray
Features = Callable[[slice], Column]
"""Given the rows of a block, one row of numbers for each person in it."""

BLOCK = 8_192
_DRAWS = 1 << 16
_MOST_TIMES = 9


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number found, and the interval that 95 of 100 samples fall in."""

    value: float
    low: float
    high: float


def _times_drawn() -> Column:
    """Return how often a person is drawn, for each of 65,536 equally likely chances."""
    chances = np.array([exp(-1) / factorial(times) for times in range(_MOST_TIMES)])
    edges = np.round(np.cumsum(chances) * _DRAWS).astype(np.int64)
    return np.searchsorted(edges, np.arange(_DRAWS), side="right").astype(np.float32)


def resample(
    features: Sequence[Features], people: int, bootstraps: int, seed: int
) -> list[tuple[Column, Column]]:
    """Return, for each kind of feature, its sums over everybody and over each sample.

    The first array has one entry a feature; the second a row for each of ``bootstraps`` samples.
    The same seed gives the same samples.
    """
    times = _times_drawn()
    chance = np.random.Generator(np.random.PCG64(seed))
    whole: Column | None = None
    drawn: Column | None = None
    widths: list[int] = []
    for start in range(0, people, BLOCK):
        rows = slice(start, min(start + BLOCK, people))
        parts = [build(rows) for build in features]
        widths = [part.shape[1] for part in parts]
        exact = np.concatenate([part.sum(axis=0) for part in parts])
        block = np.concatenate([part.astype(np.float32) for part in parts], axis=1)
        count = rows.stop - rows.start
        counts = times[chance.integers(0, _DRAWS, (bootstraps, count), dtype=np.uint16)]
        sums = counts @ block
        whole = exact if whole is None else whole + exact
        drawn = sums.astype(np.float64) if drawn is None else np.add(drawn, sums, out=drawn)
    if whole is None or drawn is None:
        raise ValueError("There is nobody to draw from. Give at least one case.")
    edges = np.cumsum(widths)[:-1]
    return list(zip(np.split(whole, edges), np.split(drawn, edges, axis=1), strict=True))


def by_group(codes: Column, groups: int, values: Sequence[Column]) -> Features:
    """Return features that add up to each value's sum in each group (groups × values, flat)."""

    def build(rows: slice) -> Column:
        of = codes[rows]
        block = np.zeros((len(of), groups + 1, len(values)))
        inside = np.column_stack([value[rows] for value in values])
        block[np.arange(len(of)), of] = inside  # -1, not known, falls in the last and is cut off
        return block[:, :groups].reshape(len(of), groups * len(values))

    return build


def columns(values: Sequence[Column]) -> Features:
    """Return features that add up to each value's sum."""
    return lambda rows: np.column_stack([value[rows] for value in values])


def interval(samples: Column) -> tuple[float, float]:
    """Return the ends between which 95 of 100 samples fall; samples that came to nothing aside."""
    sound = samples[np.isfinite(samples)]
    if not sound.size:
        return float("nan"), float("nan")
    low, high = np.percentile(sound, (2.5, 97.5))
    return float(low), float(high)


def estimate(value: float, samples: Column) -> Estimate:
    """Return a number with its interval from samples of it."""
    return Estimate(float(value), *interval(samples))


def ratio(over: Column, under: Column) -> Column:
    """Divide; not-a-number where there is nothing to divide by."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(under > 0, over / under, np.nan))
