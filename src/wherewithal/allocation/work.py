"""Work out the value of each step of a scheme, exactly, in whole numbers and fractions."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import prod

from wherewithal.allocation.answers import Answer, Missing, Share
from wherewithal.allocation.explanation import Value
from wherewithal.money import ROUNDINGS
from wherewithal.scheme import Scheme
from wherewithal.scheme.graph import clip, segments
from wherewithal.scheme.steps import (
    AfterHelp,
    Bands,
    Choice,
    Cost,
    Curve,
    Limit,
    Number,
    Product,
    Round,
    Square,
    Step,
    Sum,
)

Values = Mapping[str, Value]


def work_out(
    scheme: Scheme, steps: Sequence[Step], said: Mapping[str, Answer], shares: Mapping[str, Share]
) -> dict[str, Value]:
    """Return the value of each step; ``shares`` are the percentages of family help that count."""
    known: dict[str, Value] = {}
    for step in steps:
        match step:
            case Choice():
                known[step.code] = _choice(step, said[step.question])
            case Number():
                known[step.code] = int(said[step.code])
            case Sum():
                terms = [known[term.of] * term.times for term in step.terms]
                known[step.code] = sum(terms, step.plus)
            case Product():
                known[step.code] = prod([known[code] for code in step.of])
            case AfterHelp():
                kept = 1 - step.counted * shares.get(step.question, 0) / 100
                known[step.code] = known[step.of] * kept
            case Cost():
                known[step.code] = known[step.of] * scheme.price(step.price).hourly / 60
            case _:
                known[step.code] = _of_one(step, known[step.of])
    return known


def _choice(step: Choice, answer: Answer) -> Value:
    """Return the amount of the answer; what does not apply adds nothing."""
    return 0 if answer is Missing.NOT_APPLICABLE else step.amounts[str(answer)]


def _of_one(step: Step, value: Value) -> Value:
    match step:
        case Square():
            return value * value
        case Limit():
            return clip(Fraction(value), step)
        case Bands():
            place = bisect_right([band.start for band in step.bands], value) - 1
            return step.bands[place].amount
        case Curve():
            return _along(step, value)
        case Round():
            return ROUNDINGS[step.rounding](value / step.to) * step.to
        case _:
            raise AssertionError(f"{step} has no rule")


def _along(curve: Curve, value: Value) -> Value:
    pieces = list(segments(curve))
    place = max(bisect_right([start for start, _, _ in pieces], value) - 1, 0)
    _, slope, height = pieces[place]
    return height + slope * value
