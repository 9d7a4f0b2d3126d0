"""Who has no figure: because answers are missing, or because it is costed from the bottom up."""

from dataclasses import dataclass

import numpy as np

from wherewithal.equity.chance import same_share
from wherewithal.equity.labels import Label
from wherewithal.equity.population import Population
from wherewithal.equity.resampling import Estimate, Features, by_group, columns, estimate, ratio

Column = np.ndarray
_VALUES = 3


@dataclass(frozen=True, slots=True, eq=False)
class Coverage:
    """How many of a group (of everybody, where ``label`` is ``None``) have no figure, and why."""

    label: Label | None
    group: str
    people: int
    without: int
    share: Estimate
    incomplete: Estimate
    by_hand: Estimate
    chance: float
    adjusted: float = 1.0
    found: bool = False


def _values(population: Population) -> tuple[Column, ...]:
    parts = (np.ones(population.people), population.status == 1, population.status == 2)
    return tuple(np.asarray(part, np.float64) for part in parts)


def features(population: Population) -> list[Features]:
    """Return what to resample: everybody's sums, then each way of grouping's."""
    values = _values(population)
    each = [by_group(label.codes, len(label.groups), values) for label in population.labels]
    return [columns(values), *each]


def coverage(
    labels: tuple[Label, ...], sums: list[tuple[Column, Column]], smallest: int
) -> list[Coverage]:
    """Return everybody's row and then each group's that is not too small."""
    found = [_row(None, "", *sums[0], None)]
    for label, (point, drawn) in zip(labels, sums[1:], strict=True):
        points = point.reshape(-1, _VALUES)
        samples = drawn.reshape(len(drawn), -1, _VALUES)
        for place, group in enumerate(label.groups):
            if points[place, 0] >= smallest:
                others = points.sum(axis=0) - points[place]
                found.append(_row(label, group, points[place], samples[:, place], others))
    return found


def _row(
    label: Label | None, group: str, point: Column, drawn: Column, others: Column | None
) -> Coverage:
    people, incomplete, by_hand = (round(float(each)) for each in point)
    chance = 1.0
    if others is not None and others[0] >= 1:
        rest = round(float(others[1] + others[2]))
        chance = same_share(incomplete + by_hand, people, rest, round(float(others[0])))
    everyone = drawn[:, 0]
    return Coverage(
        label,
        group,
        people,
        incomplete + by_hand,
        estimate((incomplete + by_hand) / people, ratio(drawn[:, 1] + drawn[:, 2], everyone)),
        estimate(incomplete / people, ratio(drawn[:, 1], everyone)),
        estimate(by_hand / people, ratio(drawn[:, 2], everyone)),
        chance,
    )
