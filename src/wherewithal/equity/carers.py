"""What the scheme takes away for family help: everybody's figure again with no help counted."""

from dataclasses import dataclass

import numpy as np

from wherewithal.equity.labels import Label
from wherewithal.equity.population import Population
from wherewithal.equity.resampling import Estimate, Features, by_group, columns, estimate, ratio

Column = np.ndarray
_VALUES = 4


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """What is taken from one group (from everybody, where ``label`` is ``None``).

    ``people`` have a figure and family help recorded; something is taken from ``counted`` of them.
    ``pence`` is the mean over those ``counted`` (0 where there are none), ``share`` what is taken
    over what all of ``people`` would have.
    """

    label: Label | None
    group: str
    people: int
    counted: int
    pence: Estimate
    share: Estimate


@dataclass(frozen=True, slots=True, eq=False)
class Carers:
    """The carer penalty: by group, and for every person with family help recorded.

    ``rows`` are their places among the cases, ``pence`` what is taken from each and ``without``
    what each figure would be. ``unasked`` are the places of those from whom something was taken
    though no carer is recorded as willing and able: there should be none.
    """

    groups: tuple[Taken, ...]
    rows: Column
    pence: Column
    without: Column
    unasked: Column


def _values(population: Population) -> tuple[Column, ...]:
    helped = population.helped & population.has_figure
    parts = (
        helped,
        helped & (population.taken > 0),
        np.where(helped, population.taken, 0) / 100,
        np.where(helped, population.without_help, 0) / 100,
    )
    return tuple(np.asarray(part, np.float64) for part in parts)


def features(population: Population) -> list[Features]:
    """Return what to resample: everybody's sums, then each way of grouping's."""
    values = _values(population)
    each = [by_group(label.codes, len(label.groups), values) for label in population.labels]
    return [columns(values), *each]


def carers(population: Population, sums: list[tuple[Column, Column]], smallest: int) -> Carers:
    """Return what is taken away, by group and for each person."""
    found = [_row(None, "", *sums[0])] if sums[0][0][0] >= smallest else []
    for label, (point, drawn) in zip(population.labels, sums[1:], strict=True):
        points = point.reshape(-1, _VALUES)
        samples = drawn.reshape(len(drawn), -1, _VALUES)
        found += [
            _row(label, group, points[place], samples[:, place])
            for place, group in enumerate(label.groups)
            if points[place, 0] >= smallest
        ]
    rows = np.flatnonzero(population.helped & population.has_figure)
    moved = population.has_figure & (population.taken != 0)
    return Carers(
        tuple(found),
        rows,
        population.taken[rows],
        population.without_help[rows],
        np.flatnonzero(moved & ~population.willing_and_able),
    )


def _row(label: Label | None, group: str, point: Column, drawn: Column) -> Taken:
    people, counted, taken, full = point
    share, each = float(ratio(taken, full)), 100 * float(ratio(taken, counted))
    return Taken(
        label,
        group,
        round(float(people)),
        round(float(counted)),
        estimate(0.0 if np.isnan(each) else each, 100 * ratio(drawn[:, 2], drawn[:, 1])),
        estimate(0.0 if np.isnan(share) else share, ratio(drawn[:, 2], drawn[:, 3])),
    )
