"""Work out the value of each step of a scheme, exactly, in whole numbers and fractions."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import gcd, prod

from wherewithal.allocation.answers import Answer, Missing, Share, given
from wherewithal.allocation.explanation import Value
from wherewithal.money import ROUNDINGS
from wherewithal.scheme import Scheme
from wherewithal.scheme.graph import clip, segments
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
                known[step.code] = _number(said[step.code])
            case Count():
                known[step.code] = sum([given(each, said[each.question]) for each in step.of])
            case Pick():
                known[step.code] = _pick(step, said[step.question], known)
            case Sum():
                terms = [known[term.of] * term.times for term in step.terms]
                known[step.code] = sum(terms, step.plus)
            case Product() | Highest() | Lowest():
                known[step.code] = _of_several(step, [known[code] for code in step.of])
            case AfterHelp():
                kept = step.kept(shares.get(step.question, 0))
                known[step.code] = known[step.of] * kept
            case Cost():
                known[step.code] = known[step.of] * scheme.price(step.price).hourly / 60
            case _:
                known[step.code] = _of_one(step, known[step.of])
    return known


def _choice(step: Choice, answer: Answer) -> Value:
    """Return the amount of the answer; what does not apply adds nothing."""
    if isinstance(answer, frozenset):
        return sum([step.amounts[code] for code in answer], Fraction(0))
    return 0 if answer is Missing.NOT_APPLICABLE else step.amounts[str(answer)]


def _number(answer: Answer) -> int:
    assert isinstance(answer, int)  # noqa: S101  # checked when the answers came in
    return int(answer)


def _pick(step: Pick, answer: Answer, known: Values) -> Value:
    """Return the value of the step for this group; what does not apply adds nothing."""
    return 0 if answer is Missing.NOT_APPLICABLE else known[step.of[str(answer)]]


def _of_several(step: Product | Highest | Lowest, values: Sequence[Value]) -> Value:
    match step:
        case Product():
            return prod(values)
        case Highest():
            return max(values)
        case Lowest():
            return min(values)


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


def plain(value: Value) -> Value:
    """Return a whole number as an ``int``: far cheaper to work with than a fraction."""
    return value.numerator if value.denominator == 1 else value


def exact(parts: Value, scale: int) -> Value:
    """Return ``parts`` of ``1/scale`` as an exact number, whole where it is."""
    if type(parts) is not int:
        return plain(Fraction(parts, scale))
    common = gcd(parts, scale)
    if common == scale:
        return parts // scale
    # A fraction in lowest terms, without the checks that make up most of the time Fraction() takes.
    made = object.__new__(Fraction)
    made._numerator = parts // common  # type: ignore[attr-defined]  # typeshed leaves it out
    made._denominator = scale // common  # type: ignore[attr-defined]  # as above
    return made
