"""Who a fit learns from, who it is tried on, and who is left out and why."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wherewithal.allocation import NO_FIGURE, evaluate
from wherewithal.allocation.cases import Cases, take
from wherewithal.calibration.accuracy import Pence
from wherewithal.calibration.asked import Asked, FitMistake
from wherewithal.scheme import Scheme

FEWEST = 50


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """The people learnt from, those held out, and how many were left out, by reason."""

    learn: Cases
    test: Cases
    left_out: Mapping[str, int]


def split(scheme: Scheme, cases: Cases, asked: Asked) -> Split:
    """Leave out people with no figure, shuffle the rest, and hold some out.

    Raises:
        FitMistake: nothing was agreed, or too few people are left.
    """
    if cases.agreed is None:
        raise FitMistake(
            "The cases have no column `agreed`. Add what was agreed for each person's plan, in "
            "pounds, or name another column with --target."
        )
    status = evaluate(scheme, cases.columns)["status"]
    left_out = {
        "an answer is missing": int((status == 1).sum()),
        "the scheme sends them to be costed from the bottom up": int((status == 2).sum()),
        "no agreed cost": int(((status == 0) & (cases.agreed < 0)).sum()),
    }
    usable = np.flatnonzero((status == 0) & (cases.agreed >= 0))
    if len(usable) < FEWEST:
        raise FitMistake(
            f"Only {len(usable)} people have all answers, a figure and an agreed cost. "
            f"A fit needs at least {FEWEST}; a good one needs some hundreds."
        )
    if not cases.agreed[usable].any():
        raise FitMistake("All agreed costs are 0, so there is nothing to fit to. Look at the file.")
    shuffled = np.random.default_rng(asked.seed).permutation(usable)
    held = round(len(shuffled) * asked.holdout)
    return Split(take(cases, shuffled[held:]), take(cases, shuffled[:held]), left_out)


def figures(scheme: Scheme, cases: Cases) -> Pence:
    """Return everybody's figure in pence, also of those who would be costed from the bottom up."""
    out = evaluate(scheme, cases.columns)
    lines = [out[f"line.{line.code}"] for line in scheme.lines]
    total: Pence = np.sum(lines, axis=0, dtype=np.int64)
    total[out["status"] == 1] = NO_FIGURE
    return total


def points(scheme: Scheme, cases: Cases, fixed: NDArray[np.float64] | None) -> Pence:
    """Return the points people are ranked by: the score under the curve, or the figure in pence."""
    if fixed is None:
        return figures(scheme, cases)
    return np.round(fixed * 100).astype(np.int64)
