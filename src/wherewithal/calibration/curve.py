"""From points to pounds: a rising curve of few knots, or bands, fitted to people's scores."""

from dataclasses import dataclass, replace

import numpy as np

from wherewithal.calibration.gram import Grams
from wherewithal.calibration.solve import prior, solve
from wherewithal.calibration.straight import Floats
from wherewithal.scheme.steps import Bands, Curve

BINS = 512
FEWEST_KNOTS = 12
ROUND = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 24, 30, 40, 60, 120)
"""Widths between knots: all go into 120."""


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """Where a curve bends or bands begin. ``from_nothing``: the first knot pays 0 and stays so.

    ``last`` is the highest score there can be.
    """

    starts: Floats
    last: float
    bands: bool
    from_nothing: bool

    @property
    def width(self) -> int:
        """Return how many rises there are."""
        return len(self.starts) - (1 if self.from_nothing else 0)

    def rises(self, scores: Floats) -> Floats:
        """Return, for each score, how much of the rise to each knot it has made (0 to 1).

        The first column is what a score of the first knot pays, unless that is nothing.
        """
        above = scores[:, None]
        if self.bands:
            reached = (above >= self.starts[1:]).astype(float)
        else:
            widths = np.diff(self.starts)
            reached = np.clip((above - self.starts[:-1]) / widths, 0, 1)
        first = np.ones((len(scores), 0 if self.from_nothing else 1))
        return np.hstack([first, reached])

    def fewer(self, count: int) -> "Shape":
        """Return a shape of about so many knots, evenly taken from these."""
        places = np.unique(np.linspace(0, len(self.starts) - 1, count).round().astype(int))
        starts = evenly(self.starts[places])
        return replace(self, starts=starts, last=float(starts[-1]))

    def reached(self, scores: Floats) -> Floats:
        """Return how many people have made some of each rise."""
        ordered = np.sort(scores)
        if self.bands:
            below = np.searchsorted(ordered, self.starts[1:], side="left")
        else:
            below = np.searchsorted(ordered, self.starts[:-1], side="right")
        first = [] if self.from_nothing else [len(scores)]
        return np.concatenate([first, len(scores) - below]).astype(float)

    def heights(self, rises: Floats) -> Floats:
        """Return the pounds at each knot or band, from the rises."""
        heights = np.cumsum(rises)
        return np.concatenate([[0.0], heights]) if self.from_nothing else heights

    def stretched(self, rises: Floats, scores: Floats) -> Floats:
        """Return the pounds at scores that may lie beyond; there the last slope goes on."""
        heights = self.heights(rises)
        slope = (heights[-1] - heights[-2]) / (self.starts[-1] - self.starts[-2])
        beyond = slope * np.maximum(scores - self.last, 0)
        stretched: Floats = np.interp(scores, self.starts, heights) + beyond
        return stretched

    def slopes(self, price: float) -> Floats:
        """Return the rises of one price a point throughout, to be drawn towards."""
        widths = np.diff(self.starts) * price
        first = [] if self.from_nothing else [max(float(self.starts[0]) * price, 0.0)]
        slopes: Floats = np.concatenate([first, widths])
        return slopes

    def pays(self, heights: Floats, scores: Floats) -> Floats:
        """Return the pounds for each score."""
        if self.bands:
            place = np.maximum(np.searchsorted(self.starts, scores, side="right") - 1, 0)
            banded: Floats = heights[place]
            return banded
        return np.asarray(np.interp(scores, self.starts, heights))

    def exposure(self, scores: Floats, factor: Floats) -> Floats:
        """Return how much all figures together move for a pound more at each knot, by bins."""
        bins = binned(self)
        rises = np.bincount(bins_of(self, scores), factor, BINS) @ bins.rises
        full = np.concatenate([[float(factor.sum())], rises]) if self.from_nothing else rises
        moved: Floats = full - np.append(full[1:], 0.0)
        return moved


def evenly(starts: Floats) -> Floats:
    """Move knots a little, so that the widths between them are round numbers.

    Slopes are then fractions of few denominators, and figures stay exact for many people at once.
    The last knot is never moved down.
    """
    unit = 10.0 ** max(0, int(np.floor(np.log10(max(float(starts[-1] - starts[0]), 1.0)))) - 2)
    widths = np.array(ROUND) * unit
    moved = [float(starts[0])]
    for wished in starts[1:-1].tolist():
        width = widths[np.abs(widths - (wished - moved[-1])).argmin()]
        if moved[-1] + width < starts[-1]:
            moved.append(moved[-1] + float(width))
    return np.array([*moved, moved[-1] + round_width(float(starts[-1]) - moved[-1], unit)])


def round_width(width: float, unit: float) -> float:
    """Return the smallest round width of at least this one."""
    for each in ROUND:
        if each * unit >= width:
            return each * unit
    return float(np.ceil(width / (ROUND[-1] * unit))) * ROUND[-1] * unit


def shape(step: Curve | Bands, scores: Floats, least: float, most: float) -> Shape:
    """Return where the fitted curve bends: evenly by people, with whole scores; bands stay."""
    if isinstance(step, Bands):
        starts = np.array([float(band.start) for band in step.bands])
        return Shape(
            starts,
            max(most, float(starts[-1]) + 1),
            bands=True,
            from_nothing=step.bands[0].amount == 0,
        )
    first, last = float(np.floor(least)), float(np.ceil(most))
    count = max(len(step.knots), FEWEST_KNOTS)
    inner = np.unique(np.round(np.quantile(scores, np.linspace(0, 1, count)[1:-1])))
    inner = inner[(inner > first) & (inner < last)]
    starts = evenly(np.concatenate([[first], inner, [max(last, first + 1)]]))
    return Shape(starts, float(starts[-1]), bands=False, from_nothing=step.knots[0][1] == 0)


@dataclass(frozen=True, slots=True, eq=False)
class Binned:
    """Scores sorted into bins of one width, and what is known of a bin's middle."""

    middles: Floats
    rises: Floats
    crossed: Floats

    def sums(self, squares: Floats, costs: Floats, factors: Floats, paid: Floats) -> Grams:
        """Sum people up from the sums in each bin; one row a resample, or none."""
        width = self.rises.shape[1]
        gram = (squares @ self.crossed).reshape(*squares.shape[:-1], width, width)
        return Grams(gram, costs @ self.rises, factors @ self.rises, paid)


def binned(curve: Shape) -> Binned:
    """Make the bins of a curve's scores."""
    first = float(curve.starts[0])
    middles = first + (np.arange(BINS) + 0.5) * (curve.last - first) / BINS
    rises = curve.rises(middles)
    crossed = (rises[:, :, None] * rises[:, None, :]).reshape(BINS, -1)
    return Binned(middles, rises, crossed)


def bins_of(curve: Shape, scores: Floats) -> np.ndarray:
    """Return which bin each score falls in."""
    first = float(curve.starts[0])
    place = (scores - first) * (BINS / (curve.last - first))
    return np.clip(place, 0, BINS - 1).astype(np.int16)


def fit_curve(curve: Shape, grams: Grams, people: Floats, prior_people: float) -> Floats:
    """Return the pounds at each knot or band that fit best, never falling.

    ``people`` are how many have made some of each rise. Where few have, the rise is drawn towards
    that of one price a point.
    """
    towards = prior(grams, curve.slopes(1.0), people, prior_people)
    return curve.heights(solve(grams, towards, float(grams.paid)))
