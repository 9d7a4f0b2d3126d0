"""The people a fit learns from, as columns of numbers."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wherewithal.calibration.parts import Chosen, matrix
from wherewithal.calibration.straight import Floats, Seen, see

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wherewithal.allocation.cases import Cases
    from wherewithal.calibration.whole import Whole
    from wherewithal.scheme import Scheme


@dataclass(frozen=True, slots=True, eq=False)
class Learnt:
    """The people a fit learns from, as columns.

    ``design`` holds what a unit of each increment adds to a person's figure, in pounds (through a
    curve: what it adds to the score, times ``factor``). ``target`` is the agreed cost less what is
    not fitted. ``reached`` counts the people whose answer reached each increment, and ``gave``
    those who gave just that answer.
    """

    scheme: "Scheme"
    chosen: Chosen
    seen: Seen
    design: Floats
    factor: Floats
    target: Floats
    reached: Floats
    gave: NDArray[np.int64]

    @property
    def before(self) -> Floats:
        """Return the scheme's own increments."""
        return np.concatenate([p.increments(np.array(p.before)) for p in self.chosen.parts])

    @property
    def score_fixed(self) -> Floats:
        """Return the part of everybody's score that is not fitted."""
        assert self.chosen.curve is not None  # noqa: S101  # asked only where there is a curve
        fixed = self.seen.inside[self.chosen.curve.code].fixed
        return np.broadcast_to(fixed, self.target.shape)

    def scores(self, increments: Floats) -> Floats:
        """Return everybody's score under the curve, from what each column adds."""
        through = self.design @ increments
        return np.asarray(through / np.maximum(self.factor, 1e-12) + self.score_fixed)


def learn(scheme: "Scheme", cases: "Cases", chosen: Chosen) -> Learnt:
    """See people's answers as columns; ``cases.agreed`` is what is fitted to."""
    seen = see(scheme, cases.columns, chosen.codes)
    people = len(cases.ids)
    agreed = np.zeros(people) if cases.agreed is None else cases.agreed / 100
    target = agreed - np.broadcast_to(seen.total.fixed, (people,))
    factors: Mapping[str, Floats] = seen.total.factors
    factor = np.ones(people)
    if chosen.curve is not None:
        factor = np.array(np.broadcast_to(factors[chosen.curve.code], (people,)), float)
        inside = seen.inside[chosen.curve.code].factors
        factors = {code: each * factor for code, each in inside.items()}
    design = matrix(chosen, cases.columns, factors, people)
    gave = [part.people(cases.columns[part.question]) for part in chosen.parts]
    reached = np.count_nonzero(design, axis=0).astype(float)
    return Learnt(scheme, chosen, seen, design, factor, target, reached, np.concatenate(gave))


def price_a_point(learnt: Learnt) -> float:
    """Return what a point of the scheme as it was costs on average, in pounds."""
    scores = learnt.design @ learnt.before + learnt.score_fixed * learnt.factor
    whole = float(scores.sum())
    return float(learnt.target.sum()) / whole if whole > 0 else 1.0


def increments_of(learnt: Learnt, amounts: tuple["Whole", ...]) -> Floats:
    """Return what each column adds, from whole amounts."""
    pairs = zip(learnt.chosen.parts, amounts, strict=True)
    return np.concatenate([part.increments(own.astype(float)) for part, own in pairs])
