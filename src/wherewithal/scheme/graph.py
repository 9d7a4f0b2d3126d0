"""How the steps of a scheme hang together: their order, and how far each value can reach.

A value that can reach ``[lo, hi]`` in multiples of ``1/scale`` is held by the fast reading as a
whole number of that scale. Everything here is exact; nothing is estimated.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from math import lcm

from wherewithal.scheme.parts import Condition, Question
from wherewithal.scheme.steps import (
    AfterHelp,
    Bands,
    Choice,
    Cost,
    Count,
    Curve,
    Highest,
    Limit,
    Lowest,
    Number,
    Pick,
    Product,
    Round,
    Square,
    Step,
    Sum,
    asks,
    inputs,
)

WHOLE = 2**62
"""No scaled value, nor twice it plus its divisor, may reach this: half of what int64 holds."""

ONE = Fraction(1)


class CycleError(ValueError):
    """Steps that wait for each other; ``codes`` names them along the circle."""

    def __init__(self, codes: Sequence[str]) -> None:
        self.codes = tuple(codes)
        super().__init__(" → ".join(codes))


def in_order(steps: Sequence[Step], wanted: Sequence[str]) -> tuple[Step, ...]:
    """Return the wanted steps and all they rest on, each after the ones it reads.

    Raises:
        CycleError: a step rests on itself.
    """
    by_code = {step.code: step for step in steps}
    done: dict[str, Step] = {}
    for code in wanted:
        _visit(code, by_code, done, ())
    return tuple(done.values())


def _visit(
    code: str, by_code: Mapping[str, Step], done: dict[str, Step], above: tuple[str, ...]
) -> None:
    if code in done:
        return
    if code in above:
        raise CycleError([*above[above.index(code) :], code])
    for each in inputs(by_code[code]):
        _visit(each, by_code, done, (*above, code))
    done[code] = by_code[code]


@dataclass(frozen=True, slots=True)
class Reach:
    """What a step's value can be: its bounds, its scale, and whether it rises with need.

    ``biggest`` is the largest whole number met while working the scaled value out.
    """

    lo: Fraction
    hi: Fraction
    scale: int
    rising: bool
    biggest: int = 0

    @property
    def peak(self) -> int:
        """Return the largest scaled value, whatever its sign."""
        ends = [abs(end.numerator) * self.scale // end.denominator for end in (self.lo, self.hi)]
        return max(self.biggest, max(ends) + 1)


def denominators(numbers: Sequence[Fraction]) -> int:
    """Return the smallest whole number that makes all of these whole."""
    return lcm(1, *(number.denominator for number in numbers))


def reaches(
    ordered: Sequence[Step],
    questions: Mapping[str, Question],
    hourly: Mapping[str, Fraction],
) -> dict[str, Reach]:
    """Work out what every step can reach; ``ordered`` as :func:`in_order` gives them.

    A step that is the very same value as in an earlier scheme, reading the same, reaches the same.
    """
    known: dict[str, Reach] = {}
    for step in ordered:
        rests: list[object] = [step, *(known[code] for code in inputs(step))]
        rests += [questions[code] for code in asks(step)]
        rests += [hourly[step.price]] if isinstance(step, Cost) else []
        key = tuple(map(id, rests))
        if key not in _REACHED:
            if len(_REACHED) >= REMEMBERED:
                _REACHED.clear()
            _REACHED[key] = (tuple(rests), _reach(step, known, questions, hourly))
        known[step.code] = _REACHED[key][1]
    return known


REMEMBERED = 20_000
_REACHED: dict[tuple[int, ...], tuple[tuple[object, ...], Reach]] = {}
"""Reaches by the identity of what they rest on, which is kept so that it stays unique."""


def _reach(
    step: Step,
    known: Mapping[str, Reach],
    questions: Mapping[str, Question],
    hourly: Mapping[str, Fraction],
) -> Reach:
    match step:
        case Choice():
            return _choice(step, questions[step.question])
        case Number():
            question = questions[step.code]
            return Reach(Fraction(question.least), Fraction(question.most), 1, question.rising)
        case Count():
            asked = [questions[condition.question] for condition in step.of]
            most = sum(named(question, each) for question, each in zip(asked, step.of, strict=True))
            return Reach(Fraction(0), Fraction(most), 1, any(each.rising for each in asked))
        case Pick():
            absent = questions[step.question].may_not_apply
            return _pick([known[code] for code in inputs(step)], absent=absent)
        case Sum():
            return _sum(step, known)
        case Product():
            return _product([known[code] for code in step.of])
        case Highest() | Lowest():
            return _one_of(step, [known[code] for code in step.of])
        case Square():
            return _product([known[step.of], known[step.of]])
        case _:
            return _of_one(step, known[step.of], hourly)


def _choice(step: Choice, question: Question) -> Reach:
    amounts = [*step.amounts.values()]
    scale = denominators(amounts)
    if question.kind == "several":
        lo = sum((each for each in amounts if each < 0), Fraction(0))
        hi = sum((each for each in amounts if each > 0), Fraction(0))
        return Reach(lo, hi, scale, question.rising, int((hi - lo) * scale) + 1)
    amounts += [Fraction(0)] if question.may_not_apply else []
    return Reach(min(amounts), max(amounts), scale, question.rising)


def named(question: Question, condition: Condition) -> int:
    """Return how many of the answers a condition names one person can give at once."""
    return len(condition.options) if question.kind == "several" else 1


def _pick(parts: Sequence[Reach], *, absent: bool) -> Reach:
    nothing = [Fraction(0)] if absent else []
    lo = min([*nothing, *(part.lo for part in parts)])
    hi = max([*nothing, *(part.hi for part in parts)])
    scale = lcm(*(part.scale for part in parts))
    biggest = max(part.peak * (scale // part.scale) for part in parts)
    return Reach(lo, hi, scale, any(part.rising for part in parts), biggest)


def _one_of(step: Highest | Lowest, parts: Sequence[Reach]) -> Reach:
    every = _pick(parts, absent=False)
    choose = max if isinstance(step, Highest) else min
    lo, hi = choose(part.lo for part in parts), choose(part.hi for part in parts)
    return replace(every, lo=lo, hi=hi)


def _of_one(step: Step, of: Reach, hourly: Mapping[str, Fraction]) -> Reach:
    match step:
        case AfterHelp():
            kept = step.kept(100) * of.lo if of.lo > 0 else of.lo
            scale = of.scale * kept_scale(step)
            return Reach(kept, max(of.hi, Fraction(0)), scale, True)
        case Cost():
            rate = hourly[step.price] / 60
            return Reach(of.lo * rate, of.hi * rate, of.scale * rate.denominator, of.rising)
        case Limit():
            lo, hi = clip(of.lo, step), clip(of.hi, step)
            ends = [end for end in (step.least, step.most) if end is not None]
            scale = lcm(of.scale, denominators(ends))
            return Reach(lo, hi, scale, of.rising, of.peak * (scale // of.scale))
        case Bands():
            amounts = [band.amount for band in step.bands]
            far = _farthest([band.start for band in step.bands], of)
            return Reach(min(amounts), max(amounts), denominators(amounts), of.rising, far)
        case Curve():
            return _curve(step, of)
        case Round():
            # floor(x + 1) bounds every named rounding
            lo, hi = (of.lo // step.to) * step.to, -(-of.hi // step.to) * step.to
            divisor = of.scale * step.to.numerator
            doubled = 2 * of.peak * step.to.denominator + divisor
            return Reach(lo, hi, step.to.denominator, of.rising, doubled)
        case _:
            raise AssertionError(f"{step} reads more than one step")


def kept_scale(step: AfterHelp) -> int:
    """Return the whole number that makes what is kept whole, at every whole percentage of help."""
    if step.still_funded:
        return denominators([share for _, share in step.still_funded])
    return 100 * step.counted.denominator


def clip(value: Fraction, limit: Limit) -> Fraction:
    """Keep a value within a limit."""
    if limit.most is not None and value > limit.most:
        return limit.most
    if limit.least is not None and value < limit.least:
        return limit.least
    return value


def _sum(step: Sum, known: Mapping[str, Reach]) -> Reach:
    lo = hi = step.plus
    scale = step.plus.denominator
    for term in step.terms:
        of = known[term.of]
        ends = sorted((of.lo * term.times, of.hi * term.times))
        lo, hi = lo + ends[0], hi + ends[1]
        scale = lcm(scale, of.scale * term.times.denominator)
    sizes = [
        max(abs(known[term.of].lo), abs(known[term.of].hi)) * abs(term.times) for term in step.terms
    ]
    biggest = int((sum(sizes, abs(step.plus))) * scale) + 1
    return Reach(lo, hi, scale, any(known[term.of].rising for term in step.terms), biggest)


def _product(parts: Sequence[Reach]) -> Reach:
    lo, hi, scale = ONE, ONE, 1
    for part in parts:
        lo, hi = _ends(lo, hi, part)
        scale *= part.scale
    return Reach(lo, hi, scale, any(part.rising for part in parts))


def _ends(lo: Fraction, hi: Fraction, part: Reach) -> tuple[Fraction, Fraction]:
    if lo >= 0 and part.lo >= 0:
        return lo * part.lo, hi * part.hi
    ends = [a * b for a in (lo, hi) for b in (part.lo, part.hi)]
    return min(ends), max(ends)


@lru_cache(maxsize=2048)
def segments(curve: Curve) -> tuple[tuple[Fraction, Fraction, Fraction], ...]:
    """Return ``(from, slope, intercept)`` of each straight piece."""
    return tuple(_segments(curve))


def _segments(curve: Curve) -> Iterator[tuple[Fraction, Fraction, Fraction]]:
    for (x0, y0), (x1, y1) in zip(curve.knots, curve.knots[1:], strict=False):
        slope = (y1 - y0) / (x1 - x0)
        yield x0, slope, y0 - slope * x0


def _curve(curve: Curve, of: Reach) -> Reach:
    pieces = list(segments(curve))
    fine = denominators([number for _, slope, start in pieces for number in (slope, start)])
    heights = [height for _, height in curve.knots]
    far = max(abs(of.lo), abs(of.hi))
    met = max(_met(slope, start, far, fine) for _, slope, start in pieces) * of.scale
    met = met // far.denominator + 1
    biggest = max(met, _farthest([across for across, _ in curve.knots], of))
    return Reach(min(heights), max(heights), of.scale * fine, of.rising, biggest)


def _met(slope: Fraction, start: Fraction, far: Fraction, fine: int) -> int:
    """Return ``(|slope| × far + |start|) × fine``, times far's denominator, in whole numbers."""
    rise = abs(slope.numerator) * (fine // slope.denominator)
    rest = abs(start.numerator) * (fine // start.denominator)
    return rise * far.numerator + rest * far.denominator


def _farthest(starts: Sequence[Fraction], of: Reach) -> int:
    """Return the largest scaled start of a band or piece, which values are compared with."""
    return int(max(abs(start) for start in starts) * of.scale) + 1
