"""How near figures come to what was agreed: many measures, because no one of them is enough."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wherewithal.allocation.cases import Groups
from wherewithal.reports.suppression import hidden, small_ones

Pence = NDArray[np.int64]

TRIMMED = 0.05
"""The share of people fitted worst that trimmed measures leave out."""

WITHIN = (10, 20, 50)


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How one way of working out figures did on people it had not seen.

    ``r2`` is the share of the variance of agreed costs that the figures account for: 1 is all of
    it, 0 is no better than giving everybody the average, below 0 is worse. ``r2_root`` is the same
    on square roots, where large plans weigh less. The trimmed ones leave out the people fitted
    worst. ``within`` holds the share of people whose figure is within 10, 20 and 50% of the agreed
    cost; ``mean_error`` is the average distance in pence; ``paid`` is all figures over all agreed
    costs.
    """

    name: str
    people: int
    r2: float
    r2_trimmed: float
    r2_root: float
    r2_root_trimmed: float
    within: tuple[float, float, float]
    mean_error: int
    paid: float


@dataclass(frozen=True, slots=True)
class Tenth:
    """People sorted by figure into ten like parts: what they are given, over what was agreed."""

    people: int
    figure: int
    agreed: int

    @property
    def paid(self) -> float:
        """Return figures over agreed costs."""
        return self.figure / self.agreed if self.agreed else float("nan")


@dataclass(frozen=True, slots=True)
class Covered:
    """How many of a group have a figure of at least their agreed cost; ``None``: not to be told.

    ``few`` says that they are too few. Others are not told because they would give few away.
    """

    by: str
    group: str
    people: int
    covered: float | None
    paid: float | None
    few: bool = False


def explained(figures: Pence, agreed: Pence) -> float:
    """Return R²; nothing to explain gives not-a-number."""
    costs = agreed.astype(float)
    spread = float(((costs - costs.mean()) ** 2).sum()) if costs.size else 0.0
    missed = float(((costs - figures) ** 2).sum())
    return 1 - missed / spread if spread else float("nan")


def accuracy(name: str, figures: Pence, agreed: Pence) -> Accuracy:
    """Measure figures against agreed costs, both in pence."""
    root = (np.sqrt(np.maximum(figures, 0)), np.sqrt(agreed))
    away = np.abs(figures - agreed)
    within = [float((100 * away <= share * agreed).mean()) for share in WITHIN]
    return Accuracy(
        name,
        len(agreed),
        explained(figures, agreed),
        explained(*_kept(figures, agreed)),
        explained(*root),
        explained(*_kept(*root)),
        (within[0], within[1], within[2]),
        round(float(away.mean())),
        float(figures.sum()) / max(float(agreed.sum()), 1.0),
    )


def _kept(figures: Pence, agreed: Pence) -> tuple[Pence, Pence]:
    """Leave out the people fitted worst."""
    away = np.abs(figures - agreed)
    keep = np.argsort(away, kind="stable")[: max(1, round(len(away) * (1 - TRIMMED)))]
    return figures[keep], agreed[keep]


def tenths(figures: Pence, agreed: Pence) -> tuple[Tenth, ...]:
    """Sort people by figure into ten parts, the lowest figures first.

    People with like figures are shared out at random, but always in the same way.
    """
    shuffle = np.random.default_rng(0).permutation(len(figures))
    order = shuffle[np.argsort(figures[shuffle], kind="stable")]
    parts = [part for part in np.array_split(order, 10) if part.size]
    return tuple(
        Tenth(len(part), int(figures[part].sum()), int(agreed[part].sum())) for part in parts
    )


def bands_of_need(need: Pence) -> Groups:
    """Return fifths by need, where need is the figure of the average fit."""
    edges = np.quantile(need, [0.2, 0.4, 0.6, 0.8])
    labels = ("lowest fifth", "second fifth", "middle fifth", "fourth fifth", "highest fifth")
    return Groups(labels, np.searchsorted(edges, need, side="right"))


def coverage(
    figures: Pence, agreed: Pence, groups: Mapping[str, Groups], fewest: int
) -> tuple[Covered, ...]:
    """Return for every group who has a figure of at least the agreed cost.

    Groups of fewer than ``fewest`` people are not measured, nor those that would give them away.
    """
    everybody = np.ones(len(figures), bool)
    rows = [_covered("everybody", "everybody", everybody, figures, agreed)]
    for by, group in groups.items():
        counts = [int((group.codes == place).sum()) for place in range(len(group.labels))]
        counts.append(int((group.codes < 0).sum()))
        hide = hidden(counts, smallest=fewest)
        few = small_ones(counts, hide, smallest=fewest)
        for place, label in enumerate(group.labels):
            if hide[place]:
                rows.append(Covered(by, label, counts[place], None, None, few[place]))
            elif counts[place]:
                rows.append(_covered(by, label, group.codes == place, figures, agreed))
    return tuple(rows)


def _covered(by: str, label: str, who: NDArray[np.bool_], figures: Pence, agreed: Pence) -> Covered:
    enough = float((figures[who] >= agreed[who]).mean())
    paid = float(figures[who].sum()) / max(float(agreed[who].sum()), 1.0)
    return Covered(by, label, int(who.sum()), enough, paid)
