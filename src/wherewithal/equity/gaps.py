"""Who was agreed less, or more, than others with like need."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from wherewithal.equity.chance import two_sided
from wherewithal.equity.labels import Label
from wherewithal.equity.need import Design, Fit
from wherewithal.equity.population import Population
from wherewithal.equity.resampling import Estimate, Features

Column = np.ndarray
YARDSTICK = "the yardstick"
TOO_FEW = "too few"
TANGLED = "can't be told apart from another group"


@dataclass(frozen=True, slots=True, eq=False)
class Gap:
    """What one group was agreed, as a ratio to those it is compared with, for like need.

    ``ratio`` is ``None`` where ``note`` says why. ``chance`` is how likely so large a gap is by
    chance alone, among all tests of the audit; ``found`` says whether it counts.
    ``pence`` is what it comes to for each of them for a period: less than 0 where they get less.
    ``seen`` is the gap (as a ratio under 1) that would be found four times in five, were it there.
    """

    label: Label
    group: str
    people: int
    ratio: Estimate | None
    pence: int = 0
    seen: float = 0.0
    chance: float = 1.0
    found: bool = False
    undone: bool = False
    note: str = ""

    @property
    def lower(self) -> bool:
        """Say whether this is an injustice found: less for like need."""
        return self.found and self.ratio is not None and self.ratio.value < 1


@dataclass(frozen=True, slots=True, eq=False)
class Contrast:
    """One group against those it is compared with, over the factors of a fit."""

    label: Label
    place: int
    people: int
    weights: Column | None
    note: str = ""

    @property
    def told(self) -> Column:
        """Return the weights of a comparison that can be made."""
        if self.weights is None:
            raise ValueError(f"{self.group} is compared with nobody: {self.note}.")
        return self.weights

    @property
    def group(self) -> str:
        """Return the group's name."""
        return self.label.groups[self.place]


def contrasts(model: Design, fitted: Fit, population: Population) -> list[Contrast]:
    """Return every group with whom it is compared."""
    return [each for label in population.labels for each in _of(label, model, fitted)]


def _of(label: Label, model: Design, fitted: Fit) -> Iterator[Contrast]:
    counts = [int((label.codes[model.rows] == place).sum()) for place in range(len(label.groups))]
    for place, group in enumerate(label.groups):
        column = model.place.get((label.name, group))
        if column is None:
            yield Contrast(label, place, counts[place], None, TOO_FEW)
            continue
        weights = np.zeros(model.width)
        for other in np.flatnonzero(label.reference(place)):
            beside = model.place.get((label.name, label.groups[other]))
            if beside is not None:
                weights[beside] = -counts[other]
        if not weights.any():
            yield Contrast(label, place, counts[place], None, YARDSTICK)
            continue
        weights /= -weights.sum()
        weights[column] += 1
        if fitted.tells(weights):
            yield Contrast(label, place, counts[place], weights)
        else:
            yield Contrast(label, place, counts[place], None, TANGLED)


def pulls(fitted: Fit, people: int) -> Features:
    """Return each person's pull on the factors, as features to resample."""
    place = np.full(people, -1)
    place[fitted.design.rows] = np.arange(len(fitted.design.rows))

    def build(rows: slice) -> Column:
        theirs = place[rows]
        block = np.zeros((len(theirs), fitted.design.width))
        inside = theirs >= 0
        block[inside] = fitted.pulls(theirs[inside])
        return block

    return build


def shifts(fitted: Fit, whole: Column, drawn: Column, each: Contrast) -> Column:
    """Return how far each sample moves a group's log ratio."""
    return np.asarray((drawn - whole) @ (fitted.inverse @ each.told))


def chance_of(fitted: Fit, each: Contrast) -> float:
    """Return how likely so large a gap is by chance alone."""
    if each.weights is None:
        return 1.0
    return two_sided(fitted.log_ratio(each.weights), fitted.spread(each.weights), each.people)
