"""The whole chain of a fit: increments of each answer, whole amounts, and the curve over them."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from wherewithal.calibration.asked import Asked
from wherewithal.calibration.curve import (
    BINS,
    FEWEST_KNOTS,
    Binned,
    Shape,
    binned,
    bins_of,
    evenly,
    fit_curve,
    shape,
)
from wherewithal.calibration.gram import Grams, block_size, summed
from wherewithal.calibration.learnt import Learnt, increments_of, price_a_point
from wherewithal.calibration.rebuild import with_amounts
from wherewithal.calibration.solve import Prior, prior, solve
from wherewithal.calibration.straight import Floats
from wherewithal.calibration.whole import Whole, in_steps
from wherewithal.scheme.graph import in_order, reaches
from wherewithal.scheme.steps import Curve

LOWEST_MEAN = 0.1
"""No plan counts as if its expected cost were under this share of the average."""

ALONG = 3
"""How often points are fitted again along the curve."""

SMOOTH = 0.05
"""How far to each side of a score the rise of the curve is looked at, as a share of its length."""


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """What a fit and all its repeats share: weights, sums in blocks, and the prior.

    ``design`` and ``target`` are what is fitted, people by columns; ``grams`` sums them up in
    blocks of ``size`` and ``whole`` over all. What the figures are to come to is ``grams.paid``.
    Increments are pounds; along a curve they are points, and the rises of ``bends`` after them.
    """

    learnt: Learnt
    design: Floats
    target: Floats
    weights: Floats
    size: int
    grams: Grams
    whole: Grams
    bends: Shape | None = None

    def towards(self, grams: Grams, asked: Asked) -> Prior:
        """Return the scheme's own increments, at the level of these sums."""
        before, people = self.learnt.before, self.learnt.reached
        spare = self.design.shape[1] - len(before)
        found = prior(
            grams,
            np.append(before, np.zeros(spare)),
            np.append(people, np.ones(spare)),
            asked.prior_people,
        )
        found.counts[len(before) :] = 0.0
        return found

    def solved(self, grams: Grams, asked: Asked) -> Floats:
        """Return the increments that fit best, the total held."""
        return solve(grams, self.towards(grams, asked), float(grams.paid))


def prepare(learnt: Learnt, asked: Asked) -> Prepared:
    """Weigh people by what spread their cost has, and sum them up in blocks.

    Costs spread in proportion to their size, so a pound counts less the larger the expected cost.
    Under a curve, points are first fitted as if it were straight, and then once more along it.
    """
    design, target = _based(learnt)
    wanted = target + (asked.total - 1) * learnt.target
    even = summed(design, target, np.ones(len(target)), wanted, len(target)).all()
    rough = Prepared(learnt, design, target, np.ones(len(target)), 1, even, even)
    first = design @ rough.solved(even, asked)
    made = _weighed(learnt, design, target, wanted, first)
    if isinstance(learnt.chosen.curve, Curve):
        for _ in range(ALONG):
            made = along(made, _points(made, made.solved(made.whole, asked), asked)[1], asked)
    return made


def _weighed(
    learnt: Learnt, design: Floats, target: Floats, wanted: Floats, expected: Floats
) -> Prepared:
    least = LOWEST_MEAN * max(float(learnt.target.mean()), 0.01)
    weights = np.maximum(expected, least) ** -2.0
    weights /= weights.mean()
    size = block_size(len(target), design.shape[1])
    grams = summed(design, target, weights, wanted, size)
    return Prepared(learnt, design, target, weights, size, grams, grams.all())


def along(rough: Prepared, amounts: tuple[Whole, ...], asked: Asked) -> Prepared:
    """Prepare to fit points along the curve over points found before (Gauss and Newton's way).

    A point is worth what the curve rises by around a person's score, so near that score figures
    are straight in the points again. The curve's own rises are fitted beside them, a few at a time,
    so that points need not make up for a curve that bends too little.
    """
    learnt = rough.learnt
    bent = curve_over(rough, amounts, asked)
    told = learnt.factor * bent.shape.pays(bent.heights, bent.scores)
    least, most = float(bent.shape.starts[0]), bent.shape.last
    reach = SMOOTH * (most - least)
    low, high = (np.clip(bent.scores + by, least, most) for by in (-reach, reach))
    rise = bent.shape.pays(bent.heights, high) - bent.shape.pays(bent.heights, low)
    fewer = bent.shape.fewer(FEWEST_KNOTS)
    width = learnt.chosen.width
    design = np.empty((len(told), width + fewer.width))
    points = np.multiply(learnt.design, (rise / (high - low))[:, None], out=design[:, :width])
    np.multiply(fewer.rises(bent.scores), learnt.factor[:, None], out=design[:, width:])
    offset = -points @ increments_of(learnt, amounts)
    wanted = learnt.target * asked.total - offset
    made = _weighed(learnt, design, learnt.target - offset, wanted, told)
    return replace(made, bends=fewer)


def _based(learnt: Learnt) -> tuple[Floats, Floats]:
    """Add a column for what a curve pays at its start, and take off the score that is not fitted.

    Points that are not fitted cost what a point costs in the scheme as it was, brought to the level
    of the costs.
    """
    if learnt.chosen.curve is None:
        return learnt.design, learnt.target
    design = np.hstack([learnt.design, learnt.factor[:, None]])
    fixed = learnt.score_fixed * learnt.factor
    return design, learnt.target - fixed * price_a_point(learnt)


@dataclass(frozen=True, slots=True, eq=False)
class Worked:
    """Whole amounts for every option, part by part, and the curve over them, if there is one."""

    amounts: tuple[Whole, ...]
    exact: tuple[Floats, ...]
    shape: Shape | None = None
    heights: Whole | None = None

    def figures(self, learnt: Learnt) -> Floats:
        """Return the figure in pounds of everybody learnt from, less what is not fitted."""
        through = learnt.design @ increments_of(learnt, self.amounts)
        if self.shape is None or self.heights is None:
            return through
        scores = through / np.maximum(learnt.factor, 1e-12) + learnt.score_fixed
        return learnt.factor * self.shape.pays(self.heights.astype(float), scores)


def points_scale(prepared: Prepared, increments: Floats) -> float:
    """Return how many points a unit of increments makes.

    The most points anyone can have stay as they were; with points that are not fitted, a point
    keeps its price.
    """
    learnt = prepared.learnt
    if np.any(learnt.score_fixed):
        return 1.0 if prepared.bends else 1 / max(price_a_point(learnt), 1e-12)
    most = float(increments.sum())
    return float(learnt.before.sum()) / most if most > 0 else 1.0


def exact_amounts(learnt: Learnt, increments: Floats) -> tuple[Floats, ...]:
    """Return the amounts of the options; those nobody gave keep the scheme's own number.

    Where an own number would stand above the option after it, or below the one before, it is moved
    to stand between them.
    """
    chosen = learnt.chosen
    return tuple(
        _with_unseen(part.before, part.amounts(increments[place]), learnt.gave[place],
                     climbs=part.climbs)
        for part, place in zip(chosen.parts, chosen.slices(), strict=True)
    )  # fmt: skip


def whole_amounts(learnt: Learnt, exact: tuple[Floats, ...], asked: Asked) -> tuple[Whole, ...]:
    """Return amounts as multiples of the step asked for, with the total of all figures kept."""
    chosen = learnt.chosen
    sums = learnt.design.sum(axis=0)
    exposure = []
    for part, place in zip(chosen.parts, chosen.slices(), strict=True):
        own = sums[place]
        exposure.append(own - np.append(own[1:], 0.0) if part.climbs else own)
    return tuple(in_steps(exact, exposure, [part.climbs for part in chosen.parts], asked.step))


def _with_unseen(
    before: tuple[float, ...], fitted: Floats, gave: NDArray[np.int64], *, climbs: bool
) -> Floats:
    out = fitted.copy()
    for place, own in enumerate(before):
        if gave[place] > 0:
            continue
        out[place] = own
        if climbs:
            after = [fitted[at] for at in range(place + 1, len(before)) if gave[at] > 0]
            out[place] = max(min([own, *after]), out[place - 1] if place else 0.0)
    return out


def work_out(prepared: Prepared, asked: Asked) -> Worked:
    """Fit the amounts, and the curve where there is one."""
    return finish(prepared, prepared.solved(prepared.whole, asked), asked)


def finish(prepared: Prepared, increments: Floats, asked: Asked) -> Worked:
    """Turn increments in pounds into whole amounts, and fit the curve over them."""
    learnt = prepared.learnt
    if learnt.chosen.curve is None:
        exact = exact_amounts(learnt, increments)
        return Worked(whole_amounts(learnt, exact, asked), exact)
    amounts = _points(prepared, increments, asked)[1]
    bent = curve_over(prepared, amounts, asked)
    return Worked(amounts, (bent.heights,), bent.shape, _whole_heights(learnt, bent, 1.0))


def finish_bent(prepared: Prepared, increments: Floats, asked: Asked) -> Worked:
    """Turn points and rises that were fitted together into whole amounts and their curve.

    Unlike :func:`finish` it does not fit the curve again, so what was asked of groups stays.
    """
    learnt, bends = prepared.learnt, prepared.bends
    if bends is None:
        return finish(prepared, increments, asked)
    width = learnt.chosen.width
    times = points_scale(prepared, increments[:width])
    exact = exact_amounts(learnt, increments[:width] * times)
    amounts = whole_amounts(learnt, exact, asked)
    most = float(np.ceil(ends_of_score(learnt, amounts)[1]))
    inner = np.unique(np.round(bends.starts[:-1] * times))
    starts = evenly(np.append(inner[inner < most], most))
    curve = replace(bends, starts=starts, last=float(starts[-1]))
    scores, heights = _scores(learnt, amounts), bends.stretched(increments[width:], starts / times)
    bent = Bent(curve, binned(curve), scores, heights, np.ones(len(heights)))
    return Worked(amounts, (heights,), curve, _whole_heights(learnt, bent, 1.0))


def _points(
    prepared: Prepared, increments: Floats, asked: Asked
) -> tuple[tuple[Floats, ...], tuple[Whole, ...]]:
    """Return points for each option, exact and whole, from what increments are worth."""
    learnt = prepared.learnt
    own = increments[: learnt.chosen.width]
    exact = exact_amounts(learnt, own * points_scale(prepared, own))
    return exact, whole_amounts(learnt, exact, asked)


def raised(prepared: Prepared, average: Worked, asked: Asked, times: float) -> Worked:
    """Raise all figures alike: through the curve, or the amounts; unseen options stay."""
    learnt = prepared.learnt
    if times == 1.0:
        return average
    if learnt.chosen.curve is None:
        seen = [learnt.gave[place] > 0 for place in learnt.chosen.slices()]
        pairs = zip(average.exact, seen, strict=True)
        exact = tuple(np.where(mask, own * times, own) for own, mask in pairs)
        climbs = [part.climbs for part in learnt.chosen.parts]
        risen = tuple(
            np.maximum.accumulate(own) if up else own for own, up in zip(exact, climbs, strict=True)
        )
        return Worked(whole_amounts(learnt, risen, asked), risen)
    assert average.shape is not None  # noqa: S101  # a curve was fitted with the amounts
    scores, pounds = _scores(learnt, average.amounts), average.exact[0]
    bent = Bent(average.shape, binned(average.shape), scores, pounds, np.ones(len(pounds)))
    heights = _whole_heights(learnt, bent, times)
    return Worked(average.amounts, (pounds * times,), average.shape, heights)


def _whole_heights(learnt: Learnt, bent: "Bent", times: float) -> Whole:
    exposure = bent.shape.exposure(bent.scores, learnt.factor)
    return in_steps([bent.heights * times], [exposure], [True], 1)[0]


@dataclass(frozen=True, slots=True, eq=False)
class Bent:
    """A fitted curve before its pounds are made whole, with the scores and sums it rests on."""

    shape: Shape
    bins: Binned
    scores: Floats
    heights: Floats
    people: Floats


def _scores(learnt: Learnt, amounts: tuple[Whole, ...]) -> Floats:
    """Return everybody's score with whole amounts."""
    return learnt.scores(increments_of(learnt, amounts))


def curve_over(prepared: Prepared, amounts: tuple[Whole, ...], asked: Asked) -> Bent:
    """Fit the curve over the scores that whole amounts make."""
    learnt = prepared.learnt
    step = learnt.chosen.curve
    assert step is not None  # noqa: S101  # only called where there is a curve
    scores = _scores(learnt, amounts)
    least, most = ends_of_score(learnt, amounts)
    bend = shape(step, scores, least, most)
    bins = binned(bend)
    place = bins_of(bend, scores)
    costs = bin_costs(prepared)
    total = float(learnt.target.sum()) * asked.total
    squares, paid, factors = (np.asarray(np.bincount(place, each, BINS), float) for each in costs)
    grams = bins.sums(squares, paid, factors, np.asarray(total))
    people = bend.reached(scores)
    heights = fit_curve(bend, grams, people, asked.prior_people)
    return Bent(bend, bins, scores, heights, people)


def bin_costs(prepared: Prepared) -> tuple[Floats, Floats, Floats]:
    """Return what is summed up in bins of score: weighted factors, weighted costs, factors."""
    factor, weights = prepared.learnt.factor, prepared.weights
    return weights * factor * factor, weights * factor * prepared.learnt.target, factor


def ends_of_score(learnt: Learnt, amounts: tuple[Whole, ...]) -> tuple[float, float]:
    """Return the lowest and highest score there can be with these amounts."""
    scheme, curve = learnt.scheme, learnt.chosen.curve
    assert curve is not None  # noqa: S101  # only called where there is a curve
    steps = with_amounts(scheme, learnt.chosen, amounts)
    questions = {question.code: question for question in scheme.questions}
    hourly = {price.code: price.hourly for price in scheme.prices}
    known = reaches(in_order(steps, [curve.of]), questions, hourly)
    return float(known[curve.of].lo), float(known[curve.of].hi)
