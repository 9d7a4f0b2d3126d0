"""What was agreed for like need: one model of need and of every group at once.

What a plan costs is modelled as a curve of the scheme's own figure without family help, times a
curve of the share that family help takes away, times a factor for each group. All factors are
fitted together, so that one group's gap is not another's. The fit is Poisson pseudo-likelihood: the
factor is a ratio of average pounds, it is right whatever the spread of costs is, and no logarithm
of a cost is taken (Santos Silva and Tenreyro 2006).
"""

from dataclasses import dataclass

import numpy as np

from wherewithal.equity.population import Population

Column = np.ndarray
_PLACES = (0, 1, 2.5, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 98, 100)
_HELP_PLACES = (0, 20, 40, 60, 80, 100)
_ROUNDS, _CLOSE = 60, 1e-10
_SINGULAR = 1e-11
_LEAST_PENCE = 100


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """Who is in the model (``rows``) and one column for each thing that may move a plan's cost.

    ``place`` gives the column of each group that has one of its own, by way of grouping and group.
    ``pins`` has a row for each way of grouping: its factors are to average to none, which fixes
    what the cases leave open (a carer may be had, and lived with, by the same people).
    """

    rows: Column
    columns: Column
    place: dict[tuple[str, str], int]
    pins: Column


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """The fitted factors (natural logs) and how each person pulls them.

    ``inverse`` is the inverse of the information; ``pulls`` holds one row a person, scaled up for
    those who determine their own fit (HC3), so that small groups get no false confidence.
    """

    design: Design
    factors: Column
    inverse: Column
    pulls: Column
    known: Column

    def log_ratio(self, contrast: Column) -> float:
        """Return a difference between factors, as a natural log."""
        return float(contrast @ self.factors)

    def spread(self, contrast: Column) -> float:
        """Return the standard error of a difference."""
        return float(np.sqrt(np.sum((self.pulls @ (self.inverse @ contrast)) ** 2)))

    def tells(self, contrast: Column) -> bool:
        """Say whether the cases can tell the two sides of a difference apart."""
        return bool(np.allclose(self.known @ contrast, contrast, atol=1e-6))


def design(population: Population, smallest: int) -> Design:
    """Return the model's columns; groups of fewer than ``smallest`` people share a column."""
    rows = np.flatnonzero(population.compared)
    full = population.without_help[rows].astype(np.float64)
    share = population.taken[rows] / np.maximum(full, 1)
    parts = [_curve(np.log(np.maximum(full, _LEAST_PENCE)), _PLACES)]
    if (share > 0).any():
        knots = np.percentile(share[share > 0], _HELP_PLACES)
        parts.append(_hats(share, np.unique(np.concatenate([[0.0], knots])))[:, 1:])
    place: dict[tuple[str, str], int] = {}
    width = sum(part.shape[1] for part in parts)
    unplaced = []
    for label in population.labels:
        codes = label.codes[rows]
        others = np.ones(len(rows))
        for code, group in enumerate(label.groups):
            inside = codes == code
            if inside.sum() >= smallest:
                place[label.name, group] = width
                parts.append(inside[:, None].astype(np.float64))
                others -= inside
                width += 1
        unplaced.append(others)
    grouped = np.hstack(parts)
    free = [others[:, None] for others in unplaced if not _same(others, grouped)]
    whole = np.hstack([grouped, *free])
    return Design(rows, whole, place, _pins(population, whole, place))


def _same(others: Column, grouped: Column) -> bool:
    """Say whether people of no shown group are none, or just those of some other group."""
    overlap = others @ grouped
    sizes = grouped.sum(axis=0)
    both = 2 * overlap >= 1.99 * np.maximum(others.sum(), sizes)
    return bool(others.sum() == 0 or both.any())


def _pins(population: Population, columns: Column, place: dict[tuple[str, str], int]) -> Column:
    pins = np.zeros((len(population.labels), columns.shape[1]))
    sizes = columns.sum(axis=0)
    for row, label in enumerate(population.labels):
        for (name, _), column in place.items():
            if name == label.name:
                pins[row, column] = sizes[column]
    return np.asarray(pins / np.sqrt(max(len(columns), 1)))


def _curve(values: Column, places: tuple[float, ...]) -> Column:
    return _hats(values, np.unique(np.percentile(values, places)))


def _hats(values: Column, knots: Column) -> Column:
    """Return straight lines between knots: each person's weights of the two knots around them."""
    if len(knots) == 1:
        return np.ones((len(values), 1))
    right = np.clip(np.searchsorted(knots, values, side="right"), 1, len(knots) - 1)
    part = np.clip((values - knots[right - 1]) / (knots[right] - knots[right - 1]), 0, 1)
    weights = np.zeros((len(values), len(knots)))
    every = np.arange(len(values))
    weights[every, right] = part
    weights[every, right - 1] = 1 - part
    return weights


def fit(model: Design, agreed: Column) -> Fit:
    """Fit the factors to what was agreed (pence; one entry for each of the model's rows)."""
    x, y = model.columns, agreed / agreed.mean()
    line = np.log((y + 1) / 2)
    factors = np.zeros(x.shape[1])
    inverse = np.eye(x.shape[1])
    information = inverse
    for _ in range(_ROUNDS):
        mean = np.exp(np.clip(line, -30, 30))
        information = x.T @ (x * mean[:, None]) + model.pins.T @ model.pins
        inverse = np.linalg.pinv(information, rcond=_SINGULAR, hermitian=True)
        new = inverse @ (x.T @ (mean * line + y - mean))
        moved = np.abs(x @ new - line).max()
        factors, line = new, x @ new
        if moved < _CLOSE:
            break
    mean = np.exp(np.clip(line, -30, 30))
    own = np.clip(mean * np.einsum("ij,ij->i", x @ inverse, x), 0, 0.99)
    pulls = x * ((y - mean) / (1 - own))[:, None]
    return Fit(model, factors, inverse, pulls, inverse @ information)
