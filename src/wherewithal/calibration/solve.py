"""Least squares with no amount below nothing, on sums over people."""

from dataclasses import dataclass

import numpy as np

from wherewithal.calibration.asked import optional
from wherewithal.calibration.gram import Grams
from wherewithal.calibration.straight import Floats

HOLD = 1e5
"""How much more a total counts than all people together, so that it is held."""


@dataclass(frozen=True, slots=True, eq=False)
class Prior:
    """What an amount is drawn towards, and how much that counts beside the people."""

    towards: Floats
    counts: Floats


def prior(grams: Grams, before: Floats, people: Floats, prior_people: float) -> Prior:
    """Let the scheme's own increments count for ``prior_people`` people each.

    They are first brought to the level of the costs, all by one factor. An amount that nobody's
    answer reached has nothing but the scheme's own.
    """
    level = float(before @ grams.gram @ before)
    factor = float(grams.right @ before) / level if level > 0 else 1.0
    diagonal = np.diagonal(grams.gram)
    counts = prior_people * diagonal / np.maximum(people, 1)
    return Prior(before * max(factor, 0.0), np.where(diagonal > 0, counts, 1.0))


def solve(grams: Grams, towards: Prior, total: float | None = None) -> Floats:
    """Return the increments that fit best, none below 0; ``total`` holds their sum over people.

    It works on the sums with the method of Lawson and Hanson (:func:`scipy.optimize.nnls`).
    """
    nnls = optional("scipy.optimize").nnls
    gram = grams.gram + np.diag(towards.counts)
    right = grams.right + towards.counts * towards.towards
    scale = 1 / np.sqrt(np.maximum(np.diagonal(gram), 1e-300))
    gram = gram * scale[:, None] * scale
    right = right * scale
    if total is not None:
        held = grams.sums * scale
        size = float(held @ held)
        if size > 0:
            gram = gram + HOLD * np.outer(held, held) / size
            right = right + HOLD * held * total / size
    lower = _root(gram)
    found, _ = nnls(lower.T, _down(lower, right), maxiter=30 * len(right))
    increments: Floats = found * scale
    if total is not None and (reached := float(grams.sums @ increments)) > 0:
        increments = increments * (total / reached)
    return increments


def _root(gram: Floats) -> Floats:
    """Return the Cholesky root, with a trifle added where two columns say the same."""
    for trifle in (0.0, 1e-12, 1e-10, 1e-8, 1e-6):
        try:
            return np.asarray(np.linalg.cholesky(gram + trifle * np.eye(len(gram))), float)
        except np.linalg.LinAlgError:
            continue
    return np.asarray(np.linalg.cholesky(gram + 1e-3 * np.eye(len(gram))), float)


def _down(lower: Floats, right: Floats) -> Floats:
    solved: Floats = optional("scipy.linalg").solve_triangular(lower, right, lower=True)
    return solved
