"""How sure a fit is: the same people drawn again and again, and the whole chain fitted to each.

People are drawn in blocks of up to a hundred, which were shuffled before. The weight each person
carries, and where a curve bends, stay as they were in the fit itself; all else is fitted anew.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from wherewithal.calibration.asked import Asked
from wherewithal.calibration.chain import Prepared, Worked, bin_costs, points_scale
from wherewithal.calibration.curve import BINS, binned, bins_of, fit_curve
from wherewithal.calibration.fair import Fair
from wherewithal.calibration.fair_repeats import MOST, blocks, refit
from wherewithal.calibration.learnt import increments_of
from wherewithal.calibration.straight import Floats

LOW, HIGH = 0.025, 0.975
TOGETHER = 100
RATIOS, WIDEST = 4096, 8.0


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """The middle 95% of resamples: of each amount, part by part, of each knot, of the price."""

    resamples: int
    low: tuple[Floats, ...]
    high: tuple[Floats, ...]
    heights: tuple[Floats, Floats] | None
    times: tuple[float, float]


def resample(prepared: Prepared, asked: Asked, worked: Worked, fair: Fair | None = None) -> Spread:
    """Refit to ``asked.bootstraps`` resamples of the people, under the conditions of ``fair``."""
    drawn = list(_refits(prepared, asked, worked) if fair is None else _fair(fair, asked, worked))
    amounts = np.array([each.amounts for each in drawn])
    low, high = np.quantile(amounts, [LOW, HIGH], axis=0)
    times = np.quantile([each.times for each in drawn], [LOW, HIGH])
    heights = None
    if worked.shape is not None:
        ends = np.quantile(np.array([each.heights for each in drawn]), [LOW, HIGH], axis=0)
        heights = ends[0], ends[1]
    places = prepared.learnt.chosen.slices()
    return Spread(
        len(drawn),
        tuple(low[place] for place in places),
        tuple(high[place] for place in places),
        heights,
        (float(times[0]), float(times[1])),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Refit:
    amounts: Floats
    heights: Floats
    times: float


def _refits(prepared: Prepared, asked: Asked, worked: Worked) -> Iterator[_Refit]:
    draw = np.random.default_rng([asked.seed, 1])
    blocks = len(prepared.grams.paid)
    even = np.full(blocks, 1 / blocks)
    for start in range(0, asked.bootstraps, TOGETHER):
        many = min(TOGETHER, asked.bootstraps - start)
        counts = draw.multinomial(blocks, even, many).astype(float)
        sums = prepared.grams.resampled(counts)
        increments = np.array([prepared.solved(sums.one(place), asked) for place in range(many)])[
            :, : prepared.learnt.chosen.width
        ]
        if worked.shape is None:
            yield from _straight(prepared, asked, counts, increments)
        else:
            yield from _bent(prepared, asked, counts, increments, worked)


def _fair(fair: Fair, asked: Asked, worked: Worked) -> Iterator[_Refit]:
    """Refit under conditions on groups, which a curve fitted once more would not keep to."""
    prepared, held = fair.prepared, blocks(fair)
    width = prepared.learnt.chosen.width
    draw = np.random.default_rng([asked.seed, 1])
    many, each = min(asked.bootstraps, MOST), len(prepared.grams.paid)
    for counts in draw.multinomial(each, np.full(each, 1 / each), many).astype(float):
        sums = prepared.grams.resampled(counts[None]).one(0)
        found = refit(fair, held, counts, sums, asked)
        if worked.shape is None:
            yield from _straight(prepared, asked, counts[None], found[None, :width])
            continue
        if prepared.bends is None:
            yield from _bent(prepared, asked, counts[None], found[None, :width], worked)
            continue
        points = points_scale(prepared, found[:width])
        starts = worked.shape.starts / points
        heights = prepared.bends.stretched(found[width:], starts)
        times = 1.0
        if asked.percentile is not None:
            scores = prepared.learnt.scores(found[:width] * points)
            told = worked.shape.pays(heights, scores) * prepared.learnt.factor
            people = np.repeat(counts, prepared.size)[: len(told)]
            times = _quantile(prepared.learnt.target, told, people, asked.percentile)
        yield _Refit(_amounts(prepared, found[:width] * points), heights * times, times)


def _amounts(prepared: Prepared, increments: Floats) -> Floats:
    chosen = prepared.learnt.chosen
    return np.concatenate(
        [
            part.amounts(increments[place])
            for part, place in zip(chosen.parts, chosen.slices(), strict=True)
        ]
    )


def _straight(
    prepared: Prepared, asked: Asked, counts: Floats, increments: Floats
) -> Iterator[_Refit]:
    learnt = prepared.learnt
    times = np.ones(len(counts))
    if asked.percentile is not None:
        told = learnt.design.astype(np.float32) @ increments.T.astype(np.float32)
        for place in range(len(counts)):
            people = np.repeat(counts[place], prepared.size)[: len(learnt.target)]
            times[place] = _quantile(
                learnt.target, told[:, place].astype(float), people, asked.percentile
            )
    for place, own in enumerate(increments):
        yield _Refit(_amounts(prepared, own * times[place]), np.zeros(0), float(times[place]))


def _bent(
    prepared: Prepared, asked: Asked, counts: Floats, increments: Floats, worked: Worked
) -> Iterator[_Refit]:
    assert worked.shape is not None  # noqa: S101  # only called where there is a curve
    learnt, shape, bins = prepared.learnt, worked.shape, binned(worked.shape)
    reached = shape.reached(learnt.scores(increments_of(learnt, worked.amounts)))
    points = np.array([own * points_scale(prepared, own) for own in increments])
    inside = (learnt.design / np.maximum(learnt.factor, 1e-12)[:, None]).astype(np.float32)
    scores = inside @ points.T.astype(np.float32) + learnt.score_fixed[:, None].astype(np.float32)
    places = [bins_of(shape, scores[:, each].astype(float)) for each in range(len(counts))]
    drawn = [np.repeat(each, prepared.size)[: len(learnt.target)] for each in counts]
    held = [
        np.array([np.bincount(at, cost * people, BINS)
                  for at, people in zip(places, drawn, strict=True)])
        for cost in bin_costs(prepared)
    ]  # fmt: skip
    total = np.array([float(learnt.target @ people) * asked.total for people in drawn])
    sums = bins.sums(held[0], held[1], held[2], total)
    for each, (at, people) in enumerate(zip(places, drawn, strict=True)):
        heights = fit_curve(shape, sums.one(each), reached, asked.prior_people)
        times = 1.0
        if asked.percentile is not None:
            told = shape.pays(heights, bins.middles)[at] * learnt.factor
            times = _quantile(learnt.target, told, people, asked.percentile)
        yield _Refit(_amounts(prepared, points[each]), heights * times, times)


def _quantile(target: Floats, told: Floats, people: Floats, percentile: int) -> float:
    """Return what figures must be raised by for that percentage of people to be covered."""
    ratio = np.clip(target / np.maximum(told, 0.01), 0, WIDEST)
    held = np.bincount((ratio * (RATIOS / WIDEST)).astype(np.int16), people, RATIOS + 1)
    risen = np.cumsum(held)
    return float(np.interp(risen[-1] * percentile / 100, risen, np.arange(1, RATIOS + 2))) * (
        WIDEST / RATIOS
    )
