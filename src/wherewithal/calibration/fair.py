"""Ask that no group is under-allocated more than a margin above the whole, at the same total.

A group's under-allocation is what its figures lack of its agreed costs, as a share of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from wherewithal.allocation.cases import Groups
from wherewithal.calibration.asked import Asked, FitMistake
from wherewithal.calibration.chain import Prepared, Worked, along, finish_bent
from wherewithal.calibration.learnt import Learnt
from wherewithal.calibration.solvers import Conditions, Found, constrained, nearest_margin
from wherewithal.calibration.straight import Floats
from wherewithal.scheme.steps import Curve

FEWEST_FOR_A_CONDITION = 30
SLACK = 2e-4
ROUNDS, LEAST_ROUNDS = 8, 3
"""How often it is solved again: at most, and at least under a curve."""


@dataclass(frozen=True, slots=True)
class Lack:
    """By how much more than the whole a group was under-allocated, before and after."""

    by: str
    group: str
    people: int
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Fairness:
    """What came of asking for fairness.

    ``asked`` and ``met`` are margins above the whole; ``nearest`` is the smallest that can be met
    with this scheme's questions (through a curve, as far as it is straight), and
    ``standing_in_the_way`` the groups that keep it from being smaller. ``agree`` says whether both
    solvers came to the same.
    """

    asked: float
    met: float
    nearest: float
    possible: bool
    agree: bool
    standing_in_the_way: tuple[str, ...]
    solvers: tuple[str, ...]
    lacks: tuple[Lack, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Members:
    """The groups that conditions are made for: their names, and who is in them."""

    names: tuple[tuple[str, str], ...]
    who: Floats


def members(groups: Mapping[str, Groups], fewest: int) -> Members:
    """Return every group of enough people."""
    names, who = [], []
    for by, group in groups.items():
        for place, label in enumerate(group.labels):
            inside = group.codes == place
            if int(inside.sum()) >= max(fewest, FEWEST_FOR_A_CONDITION):
                names.append((by, label))
                who.append(inside)
    return Members(tuple(names), np.array(who, float))


def lacking(figures: Floats, agreed: Floats, who: Floats) -> Floats:
    """Return by what share of its costs each group lacks more than the whole does."""
    whole = 1 - float(figures.sum()) / float(agreed.sum())
    theirs = 1 - (who @ figures) / np.maximum(who @ agreed, 1e-9)
    return np.asarray(theirs - whole)


@dataclass(frozen=True, slots=True, eq=False)
class Fair:
    """The fit under conditions, what is to be said of it, and what repeats of it need."""

    worked: Worked
    fairness: Fairness
    prepared: Prepared
    inside: Members
    margin: float


def fair(
    prepared: Prepared, groups: Mapping[str, Groups], asked: Asked, plain: Worked
) -> Fair | None:
    """Fit again so that no group lacks more than asked; ``None`` where nothing was asked.

    Where it can't be done, the smallest margin that can be is taken, and said. Whole amounts are
    looked at again, and the margin is tightened until they too are within it, or as near as whole
    amounts come.

    Raises:
        FitMistake: there are no such groups, or none with people enough.
    """
    if asked.fair_within is None:
        return None
    if unknown := [name for name in asked.fair_by if name not in groups]:
        raise FitMistake(
            f"The cases have no groups by {', '.join(unknown)}. "
            f"They have: {', '.join(groups) or 'none'}."
        )
    by = asked.fair_by or tuple(groups)
    inside = members({name: groups[name] for name in by}, asked.fewest)
    if not inside.names:
        raise FitMistake(
            f"No group has {max(asked.fewest, FEWEST_FOR_A_CONDITION)} people or more, so nothing "
            "can be asked for groups. Give the cases a column like age_band."
        )
    agreed, fixed = _agreed(prepared.learnt), _fixed(prepared.learnt)
    problem = _conditions(prepared, inside)
    nearest = nearest_margin(problem)
    possible = nearest.margin <= asked.fair_within + SLACK
    wanted = asked.fair_within if possible else nearest.margin + SLACK
    before = lacking(plain.figures(prepared.learnt) + fixed, agreed, inside.who)
    done = _tightened(prepared, inside, asked, problem, wanted)
    if done is None:
        done = _Tightened(plain, nearest, before, prepared, wanted)
    lacks = tuple(
        Lack(by, label, int(inside.who[n].sum()), float(before[n]), float(done.lacks[n]))
        for n, (by, label) in enumerate(inside.names)
    )
    said = Fairness(
        asked.fair_within, max(float(done.lacks.max()), 0.0), nearest.margin, possible,
        nearest.agree and done.found.agree, _in_the_way(problem, nearest, inside),
        (*nearest.said, *done.found.said), lacks,
    )  # fmt: skip
    return Fair(done.worked, said, done.prepared, inside, done.margin)


def _agreed(learnt: Learnt) -> Floats:
    return learnt.target + _fixed(learnt)


def _fixed(learnt: Learnt) -> Floats:
    return np.broadcast_to(learnt.seen.total.fixed, learnt.target.shape)


def _conditions(prepared: Prepared, inside: Members) -> Conditions:
    learnt = prepared.learnt
    design = prepared.design
    total = float(prepared.whole.paid)
    offset = _agreed(learnt) - prepared.target
    whole = (total + float(offset.sum())) / float(_agreed(learnt).sum())
    size = inside.who @ _agreed(learnt)
    return Conditions(
        design.sum(axis=0), total, inside.who @ design, whole * size - inside.who @ offset, size
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Tightened:
    worked: Worked
    found: Found
    lacks: Floats
    prepared: Prepared
    margin: float


def _tightened(
    prepared: Prepared, inside: Members, asked: Asked, problem: Conditions, wanted: float
) -> _Tightened | None:
    """Solve, make whole, look again, and tighten by what whole amounts are over.

    Under a curve, figures are straight in the points only near those looked at, so each round
    starts along the curve of the one before. Of those within the margin the best fit is taken.
    """
    learnt, weights = prepared.learnt, prepared.weights
    agreed, fixed = _agreed(learnt), _fixed(learnt)
    curved = isinstance(learnt.chosen.curve, Curve)
    margin: float = wanted
    done: list[tuple[float, float, _Tightened]] = []
    for number in range(ROUNDS):
        tried = _solved(prepared, asked, problem, margin)
        if tried.increments is None:
            break
        worked = finish_bent(prepared, tried.increments, asked)
        given = worked.figures(learnt)
        now = lacking(given + fixed, agreed, inside.who)
        over = max(float(now.max()) - wanted - SLACK, 0.0)
        missed = float(weights @ (given - learnt.target) ** 2)
        done.append((over, missed, _Tightened(worked, tried, now, prepared, margin)))
        if not over and (number >= LEAST_ROUNDS or not curved):
            break
        if number or not curved:
            margin = max(margin - (float(now.max()) - wanted), 0.0)
        if curved:
            prepared = along(prepared, worked.amounts, asked)
            problem = _conditions(prepared, inside)
    return min(done, key=lambda each: each[:2])[2] if done else None


def _solved(prepared: Prepared, asked: Asked, problem: Conditions, margin: float) -> Found:
    sums = prepared.whole
    towards = prepared.towards(sums, asked)
    gram = sums.gram + np.diag(towards.counts)
    return constrained(gram, sums.right + towards.counts * towards.towards, problem, margin)


def _in_the_way(problem: Conditions, nearest: Found, inside: Members) -> tuple[str, ...]:
    """Name the groups that hold the smallest margin where it is."""
    if nearest.increments is None or nearest.margin <= SLACK:
        return ()
    short = problem.short(nearest.increments)
    return tuple(
        f"{by}: {label}"
        for (by, label), lack in zip(inside.names, short.tolist(), strict=True)
        if lack >= nearest.margin - SLACK
    )
