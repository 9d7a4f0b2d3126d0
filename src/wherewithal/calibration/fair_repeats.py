"""Refits under conditions on groups, for intervals: the same conditions on each resample."""

from dataclasses import dataclass

import numpy as np

from wherewithal.calibration.asked import Asked
from wherewithal.calibration.fair import SLACK, Fair
from wherewithal.calibration.gram import Grams
from wherewithal.calibration.solvers import Conditions, constrained, nearest_margin
from wherewithal.calibration.straight import Floats

MOST = 200
"""Refits under conditions take longer, so there are no more than this."""


@dataclass(frozen=True, slots=True, eq=False)
class Blocks:
    """What each block of people adds to what conditions need to know.

    ``rows`` holds groups by columns, ``size`` and ``offset`` the agreed costs and those not fitted
    of each group, with everybody as the last group.
    """

    rows: Floats
    size: Floats
    offset: Floats

    def drawn(self, counts: Floats, sums: Grams) -> Conditions:
        """Return the conditions on a resample in which each block counts as often as drawn."""
        size, offset = counts @ self.size, counts @ self.offset
        total = float(sums.paid)
        whole = (total + float(offset[-1])) / max(float(size[-1]), 1e-9)
        rows = np.tensordot(counts, self.rows, axes=1)
        least = whole * size[:-1] - offset[:-1]
        return Conditions(sums.sums, total, np.asarray(rows), least, size[:-1])


def blocks(fair: Fair) -> Blocks:
    """Sum up the groups in the blocks that resamples draw."""
    prepared = fair.prepared
    learnt = prepared.learnt
    agreed = learnt.target + learnt.seen.total.fixed
    who = np.vstack([fair.inside.who, np.ones(len(agreed))])
    starts = range(0, len(agreed), prepared.size)
    parts = [slice(start, start + prepared.size) for start in starts]
    offset = agreed - prepared.target
    return Blocks(
        np.array([fair.inside.who[:, part] @ prepared.design[part] for part in parts]),
        np.array([who[:, part] @ agreed[part] for part in parts]),
        np.array([who[:, part] @ offset[part] for part in parts]),
    )


def refit(fair: Fair, held: Blocks, counts: Floats, sums: Grams, asked: Asked) -> Floats:
    """Fit to a resample, its groups within the same margin or the nearest that can be met."""
    problem = held.drawn(counts, sums)
    towards = fair.prepared.towards(sums, asked)
    gram = sums.gram + np.diag(towards.counts)
    right = sums.right + towards.counts * towards.towards
    margin = max(fair.margin, nearest_margin(problem).margin + SLACK)
    found = constrained(gram, right, problem, margin, both=False)
    if found.increments is None:
        return fair.prepared.solved(sums, asked)
    return found.increments
