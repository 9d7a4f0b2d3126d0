"""What was agreed for like need: one model of need and of every group at once.

What a plan costs is modelled as a curve of the figure without family help (the scheme's own, or
the yardstick's), times a
curve of the share that family help takes away, times a factor for each group. All factors are
fitted together, so that one group's gap is not another's. The fit is Poisson pseudo-likelihood: the
factor is a ratio of average pounds, it is right whatever the spread of costs is, and no logarithm
of a cost is taken (Santos Silva and Tenreyro 2006).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from wherewithal.equity.population import Population

Column = np.ndarray
Slot = tuple[Column, Column]
"""For each person, a column of the model and what stands there; all else is nought."""

_PLACES = (0, 1, 2.5, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 98, 100)
_HELP_PLACES = (0, 20, 40, 60, 80, 100)
_ROUNDS, _CLOSE = 60, 1e-9
_SINGULAR = 1e-11
_LEAST_PENCE = 100


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """Who is in the model (``rows``) and what may move a plan's cost.

    The model has ``width`` columns; ``slots`` say which few of them are not nought for each person.
    ``place`` gives the column of each group that has one of its own, by way of grouping and group.
    ``pins`` has a row for each way of grouping: its factors are to average to none, which fixes
    what the cases leave open (a carer may be had, and lived with, by the same people).
    """

    rows: Column
    slots: tuple[Slot, ...]
    width: int
    place: dict[tuple[str, str], int]
    pins: Column


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """The fitted factors (natural logs) and how each person pulls them.

    ``expected`` is what the model expects each person to be agreed, in pence.
    ``inverse`` is the inverse of the information; ``pull`` is what each person's plan is over or
    under the model's, scaled up for those who determine their own fit (HC3), so that small groups
    get no false confidence. ``spreads`` are the variances and covariances of the factors that
    follow, and ``known`` is the identity where the cases settle every factor.
    """

    design: Design
    factors: Column
    expected: Column
    inverse: Column
    pull: Column
    spreads: Column
    known: Column

    def log_ratio(self, contrast: Column) -> float:
        """Return a difference between factors, as a natural log."""
        return float(contrast @ self.factors)

    def spread(self, contrast: Column) -> float:
        """Return the standard error of a difference."""
        return float(np.sqrt(max(contrast @ self.spreads @ contrast, 0.0)))

    def tells(self, contrast: Column) -> bool:
        """Say whether the cases can tell the two sides of a difference apart."""
        return bool(np.allclose(self.known @ contrast, contrast, atol=1e-6))

    def pulls(self, places: Column) -> Column:
        """Return how some people (by place among the rows) pull each column."""
        found = np.zeros((len(places), self.design.width))
        every = np.arange(len(places))
        for column, weight in self.design.slots:
            found[every, column[places]] += weight[places] * self.pull[places]
        return found


def design(population: Population, smallest: int) -> Design:
    """Return the model's columns; groups of fewer than ``smallest`` people share a column."""
    rows = np.flatnonzero(population.measured)
    full = population.need[rows].astype(np.float64)
    share = population.counted[rows]
    known = np.log(np.maximum(full, _LEAST_PENCE))
    slots, width = _hats(known, np.unique(np.percentile(known, _PLACES)), 0)
    if (share > 0).any():
        knots = np.unique(np.concatenate([[0.0], np.percentile(share[share > 0], _HELP_PLACES)]))
        more, width = _hats(share, knots, width - 1)  # nought stands on no column of its own
        slots += [(column, np.where(column < width - len(knots) + 1, 0, w)) for column, w in more]
    place: dict[tuple[str, str], int] = {}
    unplaced = []
    for label in population.labels:
        codes = label.codes[rows]
        sizes = np.bincount(codes[codes >= 0], minlength=len(label.groups))
        shown = np.flatnonzero(sizes >= smallest)
        inside = np.isin(codes, shown)
        column = width + np.minimum(np.searchsorted(shown, codes), max(len(shown) - 1, 0))
        slots.append((np.where(inside, column, 0), inside.astype(np.float64)))
        unplaced.append(~inside)
        place |= {(label.name, label.groups[code]): width + n for n, code in enumerate(shown)}
        width += len(shown)
    for others in unplaced:
        if _new(others, slots, width):
            slots.append((np.full(len(rows), width), others.astype(np.float64)))
            width += 1
    pins = _pins(population, place, _sums(slots, np.ones(len(rows)), width))
    return Design(rows, tuple(slots), width, place, pins)


def _hats(values: Column, knots: Column, start: int) -> tuple[list[Slot], int]:
    """Return straight lines between knots, on columns from ``start``, and the column after them.

    Each person has weights at the two knots around their value, which add up to one.
    """
    if len(knots) == 1:
        return [(np.full(len(values), start), np.ones(len(values)))], start + 1
    right = np.clip(np.searchsorted(knots, values, side="right"), 1, len(knots) - 1)
    part = np.clip((values - knots[right - 1]) / (knots[right] - knots[right - 1]), 0, 1)
    return [(start + right - 1, 1 - part), (start + right, part)], start + len(knots)


def _new(others: Column, slots: list[Slot], width: int) -> bool:
    """Say whether people of no shown group are some, and not just those of some other group."""
    sizes = _sums(slots, np.ones(len(others)), width)
    overlap = _sums(slots, others.astype(np.float64), width)
    same = 2 * overlap >= 1.99 * np.maximum(others.sum(), sizes)
    return bool(others.any() and not same.any())


def _pins(population: Population, place: dict[tuple[str, str], int], sizes: Column) -> Column:
    pins = np.zeros((len(population.labels), len(sizes)))
    for row, label in enumerate(population.labels):
        for (name, _), column in place.items():
            if name == label.name:
                pins[row, column] = sizes[column]
    return np.asarray(pins / np.sqrt(max(population.measured.sum(), 1)))


def fit(model: Design, agreed: Column) -> Fit:
    """Fit the factors to what was agreed (pence; one entry for each of the model's rows)."""
    y = agreed / agreed.mean()
    pins = model.pins.T @ model.pins
    factors, line = np.zeros(model.width), np.log((y + 1) / 2)
    inverse, information = pins, pins
    for _ in range(_ROUNDS):
        mean = np.exp(np.clip(line, -30, 30))
        information = _products(model, mean) + pins
        inverse = np.linalg.pinv(information, rcond=_SINGULAR, hermitian=True)
        factors = inverse @ _sums(model.slots, mean * line + y - mean, model.width)
        before, line = line, sum(w * factors[column] for column, w in model.slots)
        if np.abs(line - before).max() < _CLOSE:
            break
    mean = np.exp(np.clip(line, -30, 30))
    own = np.clip(mean * _own_weight(model, inverse), 0, 0.99)
    pull = (y - mean) / (1 - own)
    spreads = inverse @ _products(model, pull**2) @ inverse
    return Fit(model, factors, mean * agreed.mean(), inverse, pull, spreads, inverse @ information)


def _sums(slots: list[Slot] | tuple[Slot, ...], values: Column, width: int) -> Column:
    """Return each column's sum of its entries times a value a person."""
    found = np.zeros(width)
    for column, weight in slots:
        found += np.bincount(column, weight * values, width)
    return found


def _pairs(model: Design) -> Iterator[tuple[Slot, Slot, bool]]:
    """Yield each two slots once, with whether they are one and the same."""
    for place, one in enumerate(model.slots):
        for other in model.slots[: place + 1]:
            yield one, other, one is other


def _products(model: Design, values: Column) -> Column:
    """Return the sums of products of each two columns, times a value a person."""
    width = model.width
    found = np.zeros((width, width))
    for (a, one), (b, other), same in _pairs(model):
        cell = np.bincount(a * width + b, one * other * values, width * width)
        block = cell.reshape(width, width)
        found += block if same else block + block.T
    return found


def _own_weight(model: Design, inverse: Column) -> Column:
    """Return how much each person's row weighs in its own fit, but for its mean."""
    found = np.zeros(len(model.rows))
    for (a, one), (b, other), same in _pairs(model):
        found += (1 if same else 2) * one * other * inverse[a, b]
    return found
