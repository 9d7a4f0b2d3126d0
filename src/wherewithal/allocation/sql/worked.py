"""The middle of a query: each step of the scheme as a column of scaled whole numbers.

A value that is a multiple of 1/100 is held as hundredths. The scheme was only accepted because no
such number can pass what 64 bits hold, and these columns are worked out in the same way.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from math import ceil, gcd, lcm

from sqlglot import exp

from wherewithal.allocation.sql.dialects import (
    Expression,
    added,
    at,
    by_value,
    call,
    clipped,
    compared,
    divided,
    has_bits,
    one_of,
    plus,
    reached,
    times,
    when,
    whole,
    wrap,
)
from wherewithal.allocation.sql.page import Page
from wherewithal.allocation.sql.said import NO_ANSWER, Columns, big
from wherewithal.scheme.graph import kept_scale, segments
from wherewithal.scheme.parts import Condition
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
    inputs,
)

EARLY = len(NO_ANSWER)
"""No answer is held as -1 to -4, so lists of amounts begin four places early."""
PERCENTAGES = 101


@dataclass(frozen=True, slots=True)
class Held:
    """The column of a step's value, and the scale it is held in."""

    name: str
    scale: int


Known = Mapping[str, Held]
Scaled = tuple[Expression, int]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The columns that hold each step so far: with what family does taken away, and without."""

    left: dict[str, Held] = field(default_factory=dict)
    full: dict[str, Held] = field(default_factory=dict)


def worked_steps(page: Page, known: Knowledge) -> Iterator[list[tuple[str, Expression, str]]]:
    """Yield the columns of the steps, level by level, noting them in ``known``.

    Each level reads only the levels before it. A step that family help changes has two columns.
    """
    for level in _levels(page.steps):
        columns = [new for step in level for new in _columns(page, step, known.left, known.full)]
        if columns:
            yield columns


def _levels(steps: Sequence[Step]) -> list[list[Step]]:
    depth: dict[str, int] = {}
    levels: list[list[Step]] = []
    for step in steps:
        depth[step.code] = max((depth[code] + 1 for code in inputs(step)), default=0)
        if depth[step.code] == len(levels):
            levels.append([])
        levels[depth[step.code]].append(step)
    return levels


def _columns(page: Page, step: Step, left: dict[str, Held], full: dict[str, Held]) -> Columns:
    name = f"step.{step.code}"
    if step.code not in page.helped:
        if isinstance(step, AfterHelp):
            left[step.code] = full[step.code] = full[step.of]
            return
        value, scale = _formula(page, step, full)
        left[step.code] = full[step.code] = Held(name, scale)
        yield name, value, _note(step, scale)
        return
    value, scale = _formula(page, step, left)
    yield name, value, _note(step, scale)
    if isinstance(step, AfterHelp):
        full[step.code] = full[step.of]
    else:
        value, full_scale = _formula(page, step, full)
        full[step.code] = Held(f"{name}.without_help", full_scale)
        yield f"{name}.without_help", value, f"{_note(step, full_scale)}, without help"
    left[step.code] = Held(name, scale)


def _note(step: Step, scale: int) -> str:
    return step.label if scale == 1 else f"{step.label}, in parts of {scale}"


def _value(page: Page, known: Known, code: str) -> tuple[Expression, int]:
    return page.col(known[code].name), known[code].scale


def _formula(page: Page, step: Step, known: Known) -> Scaled:
    match step:
        case Choice():
            return _choice(page, step)
        case Number():
            return page.col(f"answer.{step.code}"), 1
        case Count():
            return _count(page, step), 1
        case Pick():
            return _pick(page, step, known)
        case Sum():
            return _sum(page, step, known)
        case Product():
            return _product([_value(page, known, code) for code in step.of])
        case Highest() | Lowest():
            return _one_of(step, [_value(page, known, code) for code in step.of])
        case _:
            return _of_one(page, step, *_value(page, known, step.of))


def _whole(numbers: Sequence[Fraction]) -> tuple[list[int], int]:
    scale = lcm(1, *(number.denominator for number in numbers))
    return [int(number * scale) for number in numbers], scale


def _by_option(page: Page, question: str, amounts: Sequence[int]) -> Expression:
    """Take the amount of the option chosen; nothing where there is no answer."""
    place = page.col(f"answer.{question}")
    return at(page.dialect, [*[0] * EARLY, *amounts], place, early=EARLY)


def _choice(page: Page, step: Choice) -> Scaled:
    question = page.scheme.question(step.question)
    amounts, scale = _whole([step.amounts[option.code] for option in question.options])
    if question.kind != "several":
        return _by_option(page, step.question, amounts), scale
    ticked = [
        when((has_bits(page.col(f"answer.{step.question}"), 1 << bit), big(amount)),
             otherwise=big(0))
        for bit, amount in enumerate(amounts)
    ]  # fmt: skip
    return _if_answered(page, step.question, added(ticked)), scale


def _if_answered(page: Page, question: str, value: Expression) -> Expression:
    none = compared(exp.LT, page.col(f"answer.{question}"), 0)
    return when((none, big(0)), otherwise=value)


def met(page: Page, condition: Condition) -> Expression:
    """Say whether a condition holds; it never does where there is no answer."""
    answer = page.col(f"answer.{condition.question}")
    if condition.at_least is not None:
        return compared(exp.GTE, answer, condition.at_least)
    question = page.scheme.question(condition.question)
    codes = [option.code for option in question.options]
    places = [codes.index(option) for option in condition.options]
    if question.kind != "several":
        return one_of(answer, places)
    some = has_bits(answer.copy(), sum(1 << place for place in places))
    return exp.and_(compared(exp.GTE, answer, 0), some)


def _count(page: Page, step: Count) -> Expression:
    return added([_given(page, condition) for condition in step.of])


def _given(page: Page, condition: Condition) -> Expression:
    """Count how many of the answers a condition names were given."""
    question = page.scheme.question(condition.question)
    if question.kind != "several" or len(condition.options) < 2:
        return when((met(page, condition), big(1)), otherwise=big(0))
    each = [Condition(condition.question, (option,)) for option in condition.options]
    return added([when((met(page, one), big(1)), otherwise=big(0)) for one in each])


def _pick(page: Page, step: Pick, known: Known) -> Scaled:
    scale = lcm(*(known[code].scale for code in step.of.values()))
    options = [option.code for option in page.scheme.question(step.question).options]
    branches: list[tuple[Expression, Expression]] = []
    for place, option in enumerate(options):
        value, own = _value(page, known, step.of[option])
        branches.append((whole(place), times(value, scale // own)))
    picked = by_value(page.col(f"answer.{step.question}"), branches)
    return picked.else_(big(0)), scale


def _sum(page: Page, step: Sum, known: Known) -> Scaled:
    parts = [(_value(page, known, term.of), term.times) for term in step.terms]
    scale = lcm(step.plus.denominator, *(own * weight.denominator for (_, own), weight in parts))
    terms = [times(value, int(weight * scale / own)) for (value, own), weight in parts]
    return plus(added(terms), int(step.plus * scale)), scale


def _product(parts: Sequence[Scaled]) -> Scaled:
    scale = reduce(lambda total, part: total * part[1], parts, 1)
    values = [wrap(value) for value, _ in parts]
    return reduce(lambda total, value: exp.Mul(this=total, expression=value), values), scale


def _one_of(step: Highest | Lowest, parts: Sequence[Scaled]) -> Scaled:
    """Take the highest or the lowest; a step is NULL only in a row with a mistake, never paid."""
    scale = lcm(*(own for _, own in parts))
    values = [times(value, scale // own) for value, own in parts]
    return call("GREATEST" if isinstance(step, Highest) else "LEAST", *values), scale


def _of_one(page: Page, step: Step, value: Expression, scale: int) -> Scaled:
    match step:
        case Square():
            return exp.Mul(this=value, expression=value.copy()), scale * scale
        case AfterHelp():
            return _after_help(page, step, value, scale)
        case Cost():
            rate = page.scheme.price(step.price).hourly / 60
            return times(value, rate.numerator), scale * rate.denominator
        case Limit():
            ends = [end for end in (step.least, step.most) if end is not None]
            fine = lcm(scale, *(end.denominator for end in ends))
            least = None if step.least is None else int(step.least * fine)
            most = None if step.most is None else int(step.most * fine)
            return clipped(times(value, fine // scale), least, most), fine
        case Bands():
            amounts, fine = _whole([band.amount for band in step.bands])
            place = _reached(page, [band.start for band in step.bands], value, scale)
            return at(page.dialect, amounts, place), fine
        case Curve():
            return _along(page, step, value, scale)
        case Round():
            return _rounded(page, step, value, scale)
        case _:
            raise AssertionError(f"{step} has no rule")


def _after_help(page: Page, step: AfterHelp, value: Expression, scale: int) -> Scaled:
    share = page.col(f"share.{step.question}.help")
    fine = kept_scale(step)
    if step.still_funded:
        kept = [int(step.kept(percent) * fine) for percent in range(PERCENTAGES)]
        factor = at(page.dialect, kept, share)
    else:
        lost = int(step.counted * step.counted.denominator)
        factor = exp.paren(exp.Sub(this=whole(fine), expression=times(share, lost)))
    return exp.Mul(this=value, expression=factor), scale * fine


def _reached(page: Page, starts: Sequence[Fraction], value: Expression, scale: int) -> Expression:
    return reached(page.dialect, [ceil(start * scale) for start in starts], value)


def _along(page: Page, curve: Curve, value: Expression, scale: int) -> Scaled:
    pieces = list(segments(curve))
    both, fine = _whole([part for _, slope, height in pieces for part in (slope, height)])
    place = _reached(page, [start for start, _, _ in pieces], value, scale)
    slope = at(page.dialect, both[0::2], place)
    height = at(page.dialect, [each * scale for each in both[1::2]], place.copy())
    return added([exp.Mul(this=value.copy(), expression=slope), height]), scale * fine


def _rounded(page: Page, step: Round, value: Expression, scale: int) -> Scaled:
    over, under = step.to.denominator, scale * step.to.numerator
    shared = gcd(over, under)
    negative = page.reach[step.of].lo < 0
    number = times(value, over // shared)
    near = divided(page.dialect, number, under // shared, step.rounding, negative=negative)
    return times(near, step.to.numerator), step.to.denominator


def paid(page: Page, known: Known) -> Columns:
    """Yield every line in pence, rounded as the scheme says."""
    for line in page.scheme.lines:
        value, scale = _value(page, known, line.of)
        pence = Fraction(100, scale)
        negative = page.reach[line.of].lo < 0
        number = times(value, pence.numerator)
        near = divided(
            page.dialect, number, pence.denominator, page.scheme.rounding, negative=negative
        )
        yield f"line.{line.code}", near, f"{line.label}, in pence"
