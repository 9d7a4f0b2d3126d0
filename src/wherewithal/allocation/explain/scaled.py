"""The rules of ``work`` in whole numbers: fast, and held equal to them step by step.

A step's value is held as a whole number of ``1/scale``, where ``scale`` is what
:func:`wherewithal.scheme.graph.reaches` found when the scheme was checked. Where family meets a
share that is not a whole percentage, the number held is a fraction, and all of this holds as well.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from math import prod
from operator import mul

from wherewithal.allocation.answers import Answer, Missing, Share, given
from wherewithal.allocation.explain.work import plain
from wherewithal.allocation.explain.working import scaled_starts
from wherewithal.allocation.explanation import Value
from wherewithal.scheme import Scheme
from wherewithal.scheme import steps as kinds
from wherewithal.scheme.graph import Reach, segments

Work = Callable[[Sequence[Value], Mapping[str, Answer], Mapping[str, Share]], Value]
"""Works a step's scaled value out from those it reads, the answers and family's shares."""


def scaled(scheme: Scheme, step: kinds.Step, known: Mapping[str, Reach]) -> Work:
    """Return what works a step out; the values it reads come in the order of ``inputs``."""
    scale = known[step.code].scale
    by = [scale // known[code].scale for code in kinds.inputs(step)]
    match step:
        case kinds.Count():
            return lambda _, said, __: sum([given(each, said[each.question]) for each in step.of])
        case kinds.Pick():
            return _pick(step, by)
        case kinds.Sum():
            return _sum(step, known)
        case kinds.Product():
            return lambda values, _, __: prod(values)
        case kinds.Square():
            return lambda values, _, __: values[0] * values[0]
        case kinds.Highest():
            return lambda values, _, __: max(map(mul, values, by))
        case kinds.Lowest():
            return lambda values, _, __: min(map(mul, values, by))
        case kinds.AfterHelp():
            return _after_help(step, by[0])
        case _:
            change = scaled_of_one(scheme, step, known)
            return lambda values, _, __: change(values[0])


def _pick(step: kinds.Pick, by: Sequence[int]) -> Work:
    read = kinds.inputs(step)
    places = {option: read.index(code) for option, code in step.of.items()}

    def pick(values: Sequence[Value], said: Mapping[str, Answer], _: Mapping[str, Share]) -> Value:
        answer = said[step.question]
        if answer is Missing.NOT_APPLICABLE:
            return 0
        place = places[str(answer)]
        return values[place] * by[place]

    return pick


def _sum(step: kinds.Sum, known: Mapping[str, Reach]) -> Work:
    scale = known[step.code].scale
    plus = plain(step.plus * scale)
    times = [plain(term.times * scale / known[term.of].scale) for term in step.terms]
    if all(each == 1 for each in times):
        return lambda values, _, __: sum(values, plus)
    return lambda values, _, __: sum(map(mul, values, times), plus)


def _after_help(step: kinds.AfterHelp, fine: int) -> Work:
    @lru_cache(maxsize=128)
    def kept(percent: Share) -> Value:
        return plain(step.kept(percent) * fine)

    return lambda values, _, shares: values[0] * kept(shares.get(step.question, 0))


def scaled_of_one(
    scheme: Scheme, step: kinds.Step, known: Mapping[str, Reach]
) -> Callable[[Value], Value]:
    """Return what works a step out that rests on the value of one other alone."""
    of, scale = known[kinds.inputs(step)[0]].scale, known[step.code].scale
    match step:
        case kinds.Cost():
            rate = plain(scheme.price(step.price).hourly / 60 * scale / of)
            return lambda value: value * rate
        case kinds.Limit():
            return _limit(step, of, scale)
        case kinds.Bands():
            starts = scaled_starts(step, of)
            amounts = [plain(band.amount * scale) for band in step.bands]
            return lambda value: amounts[bisect_right(starts, value) - 1]
        case kinds.Curve():
            return _curve(step, of, scale)
        case kinds.Round():
            rounding, unit = QUOTIENTS[step.rounding], step.to.numerator
            times, over = step.to.denominator, of * unit
            return lambda value: rounding(value * times, over) * unit
        case _:
            raise AssertionError(f"{step} has no rule")


def _limit(step: kinds.Limit, of: int, scale: int) -> Callable[[Value], Value]:
    by = scale // of
    least = None if step.least is None else plain(step.least * scale)
    most = None if step.most is None else plain(step.most * scale)

    def within(value: Value) -> Value:
        value = value * by
        if most is not None and value > most:
            return most
        return least if least is not None and value < least else value

    return within


def _curve(step: kinds.Curve, of: int, scale: int) -> Callable[[Value], Value]:
    starts = scaled_starts(step, of)
    lines = [(plain(up * scale / of), plain(height * scale)) for _, up, height in segments(step)]

    def along(value: Value) -> Value:
        slope, height = lines[max(bisect_right(starts, value) - 1, 0)]
        return height + slope * value

    return along


def _half_even(value: Value, over: int) -> int:
    whole, rest = value // over, value % over
    return whole + (2 * rest > over or (2 * rest == over and whole % 2 == 1))


QUOTIENTS: Mapping[str, Callable[[Value, int], int]] = {
    "half-up": lambda value, over: (2 * value + over) // (2 * over),
    "half-even": _half_even,
    "down": lambda value, over: value // over,
    "up": lambda value, over: -(-value // over),
}
"""The roundings of ``money`` for ``value / over``, without making a fraction of it."""
