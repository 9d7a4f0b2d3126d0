"""Whose figure falls short of the plan that was agreed: how often, by how much, in which group."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from wherewithal.equity.chance import spread_of_share, two_sided
from wherewithal.equity.labels import Label
from wherewithal.equity.population import Population
from wherewithal.equity.resampling import (
    Estimate,
    Features,
    by_group,
    columns,
    estimate,
    ratio,
)

Column = np.ndarray
_STEP = 0.05
_VALUES = 7


@dataclass(frozen=True, slots=True, eq=False)
class Righted:
    """Plans with the gaps that are likely undone.

    ``agreed`` is what each person would have been agreed, in pence; ``members`` says, for each gap
    undone, whom it concerns.
    """

    agreed: Column
    members: tuple[Column, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Shortfall:
    """How the figures of one group (of everybody, where ``label`` is ``None``) sit beside plans.

    ``rate``: the share whose figure is short by more than the tolerance. ``times``: that share as
    a ratio to everybody's. ``severity``: of those, the mean part of the plan that is missing.
    ``calibration``: all figures over all plans. ``residual``: the mean of plan less figure, pence.
    ``right_rate`` and ``right_calibration`` are the same beside plans with the gaps undone;
    ``apart`` is that calibration as a ratio to everybody's. ``found_rate``: they are short oftener
    than everybody; ``found_calibration``: their figures fall below plans, by more than everybody's.
    """

    label: Label | None
    group: str
    people: int
    rate: Estimate
    times: Estimate
    severity: Estimate
    calibration: Estimate
    residual: Estimate
    right_rate: Estimate
    right_calibration: Estimate
    apart: float
    chance_rate: float
    chance_calibration: float
    adjusted_rate: float = 1.0
    adjusted_calibration: float = 1.0
    found_rate: bool = False
    found_calibration: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """Each person's numbers: what is added up in every sample."""

    values: tuple[Column, ...]
    righted: Righted
    tolerance: float


def measure(population: Population, righted: Righted, tolerance: float) -> Measured:
    """Return what to add up: people, short, part missing, figure, plan, short and plan if right."""
    in_it = population.compared
    figure = np.where(in_it, population.figure, 0) / 100
    agreed = np.where(in_it, population.agreed, 0) / 100
    whole = np.rint(righted.agreed).astype(np.int64)
    right = np.where(in_it, whole, 0) / 100
    short = in_it & _under(population.figure, population.agreed, tolerance)
    missing = np.where(short, (agreed - figure) / np.maximum(agreed, 0.01), 0)
    short_of_right = in_it & _under(population.figure, whole, tolerance)
    values = (in_it, short, missing, figure, agreed, short_of_right, right)
    plain = tuple(np.asarray(value, np.float64) for value in values)
    return Measured(plain, righted, tolerance)


def _under(figure: Column, agreed: Column, tolerance: float) -> Column:
    """Say whose figure is further under than the tolerance allows, exactly: all are pence."""
    share = 1 - Fraction(str(tolerance)).limit_denominator(10_000)
    return np.asarray(figure * share.denominator < agreed * share.numerator)


def features(measured: Measured, labels: tuple[Label, ...]) -> list[Features]:
    """Return what to resample: everybody's sums, then each way of grouping's."""
    each = [by_group(label.codes, len(label.groups), measured.values) for label in labels]
    return [columns(measured.values), *each]


def shortfalls(
    measured: Measured,
    labels: tuple[Label, ...],
    sums: list[tuple[Column, Column]],
    moved: Column,
    smallest: int,
) -> list[Shortfall]:
    """Return everybody's row and then each group's that is not too small.

    ``moved`` is how far each sample moves the log of each gap undone (samples × gaps).
    """
    everybody = np.zeros(len(measured.values[0]), np.int64)
    whole = _Rows(measured, None, everybody, sums[0], moved)
    found = [whole.row(0, whole)]
    for label, each in zip(labels, sums[1:], strict=True):
        rows = _Rows(measured, label, label.codes, each, moved)
        found += [
            rows.row(place, whole)
            for place in range(len(label.groups))
            if rows.point[place, 0] >= smallest
        ]
    return found


class _Rows:
    """The sums of one way of grouping, and what follows from them."""

    def __init__(
        self,
        measured: Measured,
        label: Label | None,
        codes: Column,
        sums: tuple[Column, Column],
        moved: Column,
    ) -> None:
        self.label = label
        self.point = sums[0].reshape(-1, _VALUES)
        self.drawn = sums[1].reshape(len(sums[1]), -1, _VALUES)
        shares, slopes = _follow(measured, codes, len(self.point))
        self.moved, self.tilted = moved @ shares, moved @ slopes

    def shares(self, place: int, over: int, under: int) -> tuple[float, Column]:
        """Return a ratio of two sums, and its samples."""
        drawn = self.drawn[:, place]
        point = ratio(self.point[place, over], self.point[place, under])
        return float(point), ratio(drawn[:, over], drawn[:, under])

    def right(self, place: int) -> tuple[float, Column, float, Column]:
        """Return the calibration and the rate beside plans put right, with their samples."""
        calibration, drawn = self.shares(place, 3, 6)
        rate, rates = self.shares(place, 5, 0)
        return (
            calibration,
            drawn * np.exp(self.moved[:, place]),
            rate,
            rates + self.tilted[:, place],
        )

    def row(self, place: int, whole: "_Rows") -> Shortfall:
        people = round(float(self.point[place, 0]))
        rate, severity = self.shares(place, 1, 0), self.shares(place, 2, 1)
        all_rate = whole.shares(0, 1, 0)
        calibration, calibrations, right_rate, right_rates = self.right(place)
        level, levels, usual, usuals = whole.right(0)
        everybody = round(float(whole.point[0, 0]))
        spread = max(_spread(right_rates - usuals), spread_of_share(usual, people, everybody))
        apart = float(np.log(calibration / level)) if calibration > 0 and level > 0 else 0.0
        samples = np.log(np.maximum(calibrations, 1e-9)) - np.log(np.maximum(levels, 1e-9))
        less, drawn = self.point[place, 4] - self.point[place, 3], self.drawn[:, place]
        return Shortfall(
            self.label,
            self.label.groups[place] if self.label else "",
            people,
            estimate(*rate),
            estimate(rate[0] / all_rate[0], ratio(rate[1], all_rate[1]))
            if all_rate[0] > 0
            else Estimate(1.0, 1.0, 1.0),
            estimate(*severity),
            estimate(*self.shares(place, 3, 4)),
            estimate(less / people, ratio(drawn[:, 4] - drawn[:, 3], drawn[:, 0])),
            estimate(right_rate, np.clip(right_rates, 0, 1)),
            estimate(calibration, calibrations),
            float(np.exp(apart)),
            two_sided(right_rate - usual, spread, people),
            two_sided(apart, _spread(samples), people),
        )


def _spread(samples: Column) -> float:
    sound = samples[np.isfinite(samples)]
    return float(sound.std(ddof=1)) if sound.size > 1 else 0.0


def _follow(measured: Measured, codes: Column, groups: int) -> tuple[Column, Column]:
    """Return how each group's log calibration, and its rate, follow each undone gap's log.

    If a gap is less deep than found, plans put right cost less, and figures fall short less often.
    Both are arrays of gaps × groups.
    """
    in_it, _, _, figure, _, _, right = measured.values
    gaps = measured.righted.members
    shares, slopes = np.zeros((len(gaps), groups)), np.zeros((len(gaps), groups))
    known = codes >= 0
    total = np.bincount(codes[known], right[known], groups)
    people = np.bincount(codes[known], in_it[known], groups)
    bar = (1 - measured.tolerance) * right
    less, more = figure < bar * np.exp(-_STEP), figure < bar * np.exp(_STEP)
    change = (less.astype(np.float64) - more) * in_it
    for number, member in enumerate(gaps):
        inside = known & member
        of = codes[inside]
        shares[number] = ratio(np.bincount(of, right[inside], groups), total)
        slopes[number] = ratio(np.bincount(of, change[inside], groups), people) / (2 * _STEP)
    return np.nan_to_num(shares), np.nan_to_num(slopes)


@dataclass(frozen=True, slots=True)
class Tenth:
    """One tenth of the figures, lowest first, within a group: all figures over all plans."""

    label: str
    group: str
    tenth: int
    people: int
    calibration: Estimate


def tenths(population: Population, smallest: int) -> list[Tenth]:
    """Return the calibration of each tenth of the figures, of everybody and within each group.

    The interval is that of a ratio of sums (its linearised standard error, twice either way).
    """
    rows = np.flatnonzero(population.compared)
    figure, agreed = population.figure[rows] / 100, population.agreed[rows] / 100
    edges = np.percentile(figure, np.arange(10, 100, 10))
    tenth = np.searchsorted(edges, figure, side="right")
    found = _tenths("", ("",), tenth, figure, agreed, smallest)
    for label in population.labels:
        codes = label.codes[rows]
        known = codes >= 0
        cells = (codes * 10 + tenth)[known]
        found += _tenths(label.name, label.groups, cells, figure[known], agreed[known], smallest)
    return found


def _tenths(
    label: str,
    groups: tuple[str, ...],
    cells: Column,
    figure: Column,
    agreed: Column,
    smallest: int,
) -> list[Tenth]:
    """Return the tenths of each group; ``cells`` are ten times the group's place plus the tenth."""
    weights = (None, figure, agreed, figure**2, figure * agreed, agreed**2)
    sums = [np.bincount(cells, each, 10 * len(groups)) for each in weights]
    found = []
    for cell, (people, b, y, bb, by, yy) in enumerate(zip(*sums, strict=True)):
        if people < smallest:
            continue
        value = float(b / y)
        apart = max(float(bb - 2 * value * by + value**2 * yy), 0.0)
        wide = 1.96 * float(np.sqrt(apart * people / (people - 1)) / y)
        ends = Estimate(value, value - wide, value + wide)
        found.append(Tenth(label, groups[cell // 10], cell % 10 + 1, int(people), ends))
    return found
