"""Least squares under conditions on groups, by two solvers that know nothing of each other.

The first is an interior-point method (Clarabel), the second an active-set method (Lawson and
Hanson's, with the conditions weighed in) or, for the nearest margin, the simplex method (HiGHS).
One solver's “infeasible” is never believed on its own.
"""

from dataclasses import dataclass

import numpy as np

from wherewithal.calibration.asked import optional
from wherewithal.calibration.solve import HOLD
from wherewithal.calibration.straight import Floats

NEAR = 1e-3
"""Two solvers agree where their results differ by less than this, as a share."""

PASSES = 20


@dataclass(frozen=True, slots=True, eq=False)
class Conditions:
    """What increments are to meet: ``held @ x = total`` and ``rows @ x + margin * size >= least``.

    ``rows`` has one row a group: what a unit of each increment adds to that group's figures.
    ``least`` is what the group would get at no margin, and ``size`` its agreed costs.
    """

    held: Floats
    total: float
    rows: Floats
    least: Floats
    size: Floats

    def short(self, increments: Floats) -> Floats:
        """Return by what share of its agreed costs each group falls short of ``least``."""
        return np.asarray((self.least - self.rows @ increments) / np.maximum(self.size, 1e-9))


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What two solvers say: the first's result, and whether the second's was like it."""

    increments: Floats | None
    margin: float
    agree: bool
    said: tuple[str, str]


def nearest_margin(conditions: Conditions) -> Found:
    """Return the smallest margin that can be met at all."""
    width = conditions.rows.shape[1]
    scale = 1 / np.maximum(np.abs(conditions.held), 1e-9) * max(conditions.total, 1.0)
    rows = conditions.rows * scale / np.maximum(conditions.size, 1e-9)[:, None]
    least = conditions.least / np.maximum(conditions.size, 1e-9)
    held = conditions.held * scale / max(conditions.total, 1.0)
    highs = optional("scipy.optimize").linprog(
        np.append(np.zeros(width), 1.0),
        A_ub=-np.hstack([rows, np.ones((len(rows), 1))]),
        b_ub=-least,
        A_eq=np.append(held, 0.0)[None],
        b_eq=[1.0],
        method="highs",
    )
    first = float(highs.x[-1]) if highs.status == 0 else float("nan")
    status, point = _clarabel(
        np.zeros((width + 1, width + 1)),
        np.append(np.zeros(width), 1.0),
        np.append(held, 0.0),
        1.0,
        np.hstack([rows, np.ones((len(rows), 1))]),
        least,
    )
    second = float(point[-1]) if point is not None else float("nan")
    agree = bool(abs(first - second) < NEAR)
    best = first if highs.status == 0 else second
    increments = highs.x[:-1] * scale if highs.status == 0 else None
    return Found(
        increments, max(best, 0.0), agree, (f"HiGHS {first:.4f}", f"{status} {second:.4f}")
    )


def constrained(
    gram: Floats, right: Floats, conditions: Conditions, margin: float, *, both: bool = True
) -> Found:
    """Return the increments that fit best among those that meet the conditions at a margin.

    Unless ``both`` is asked for, the second solver only works where the first finds nothing.
    """
    scale = 1 / np.sqrt(np.maximum(np.diagonal(gram), 1e-300))
    scale = scale * max(float(np.abs(right * scale).max()), 1e-300)
    quad, linear = gram * scale[:, None] * scale, right * scale
    worth = float(np.abs(linear).max())
    quad, linear = quad / worth, linear / worth
    rows, least = _even(conditions.rows * scale, conditions.least - margin * conditions.size)
    held, total = _even((conditions.held * scale)[None], np.array([conditions.total]))
    status, point = _clarabel(quad, -linear, held[0], float(total[0]), rows, least)
    check = point
    if both or point is None or not _meets(rows, least, point):
        check = _weighed(quad, linear, held[0], float(total[0]), rows, least)
    meets = [each is not None and _meets(rows, least, each) for each in (point, check)]
    worths = [_worth(quad, linear, each) for each in (point, check)]
    agree = all(meets) and abs(worths[0] - worths[1]) <= NEAR * max(abs(worths[0]), 0.01)
    best = point if meets[0] else check if meets[1] else None
    increments = None if best is None else np.maximum(best, 0.0) * scale
    said = (f"Clarabel {status} {worths[0]:.5f}", f"NNLS {worths[1]:.5f}")
    return Found(increments, margin, bool(agree), said)


def _even(rows: Floats, bounds: Floats) -> tuple[Floats, Floats]:
    """Divide each row and its bound by the largest entry of the row."""
    largest = np.maximum(np.abs(rows).max(axis=1), 1e-300)
    return rows / largest[:, None], bounds / largest


def _worth(quad: Floats, linear: Floats, point: Floats | None) -> float:
    if point is None:
        return float("nan")
    return float(point @ quad @ point / 2 - linear @ point)


def _meets(rows: Floats, least: Floats, point: Floats) -> bool:
    return bool((rows @ point >= least - NEAR).all() and (point >= -NEAR * abs(point).max()).all())


def _clarabel(
    quad: Floats, linear: Floats, held: Floats, total: float, rows: Floats, least: Floats
) -> tuple[str, Floats | None]:
    """Minimise ``x·quad·x/2 + linear·x`` with ``held·x = total``, ``rows·x >= least``, no x < 0."""
    clarabel, sparse = optional("clarabel"), optional("scipy.sparse")
    width = len(linear)
    left = sparse.csc_matrix(np.vstack([held[None], -rows, -np.eye(width)]))
    bound = np.concatenate([[total], -least, np.zeros(width)])
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    cones = [clarabel.ZeroConeT(1), clarabel.NonnegativeConeT(len(rows) + width)]
    upper = sparse.triu(sparse.csc_matrix(quad), format="csc")
    solution = clarabel.DefaultSolver(upper, linear, left, bound, cones, settings).solve()
    status = str(solution.status)
    solved = status in ("Solved", "AlmostSolved")
    return status, np.array(solution.x) if solved else None


def _weighed(
    quad: Floats, linear: Floats, held: Floats, total: float, rows: Floats, least: Floats
) -> Floats:
    """Solve the same with conditions weighed in, and what each group has to spare as unknowns.

    What a pass still misses is added to what the next one is asked for (the method of multipliers).
    """
    groups, width = rows.shape
    wide = np.vstack([np.append(held, np.zeros(groups)), np.hstack([rows, -np.eye(groups)])])
    wish = np.append(total, least)
    both = HOLD * wide.T @ wide + 1e-9 * np.eye(width + groups)
    both[:width, :width] += quad
    lower = np.linalg.cholesky(both)
    plain = np.concatenate([linear, np.zeros(groups)])
    solver = optional("scipy.optimize").nnls
    down = optional("scipy.linalg").solve_triangular
    off = np.zeros(len(wish))
    found = np.zeros(width + groups)
    for _ in range(PASSES):
        right = plain + HOLD * wide.T @ (wish + off)
        found, _ = solver(lower.T, down(lower, right, lower=True), maxiter=60 * len(right))
        off += wish - wide @ found
    point: Floats = found[:width]
    return point
