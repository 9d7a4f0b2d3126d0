"""Describe each step in words: what went in, the rule, where it comes from, what came out."""

from bisect import bisect_right
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache

from wherewithal.allocation.answers import Answer, Missing, Share, write_answer
from wherewithal.allocation.explain.sentences import number
from wherewithal.allocation.explain.work import exact
from wherewithal.allocation.explain.working import (
    OF_ONE,
    How,
    Rests,
    Written,
    between,
    how_of,
    one_of,
    rests_of,
    written,
)
from wherewithal.allocation.explanation import Step, Value, new
from wherewithal.money import half_up, pounds
from wherewithal.scheme import Condition, Line, Question, Scheme
from wherewithal.scheme import steps as kinds

State = Callable[[tuple[tuple[str, str], ...], str, Written, Value], Step]
"""Makes a step of what went in, how its value came about, this value, and it before family help."""


@lru_cache(maxsize=64)
def stating(scheme: Scheme) -> Mapping[str, State]:
    """Return what makes each step, by its code, from what differs from person to person."""
    return {step.code: _stating(scheme, step) for step in scheme.steps}


def _stating(scheme: Scheme, step: kinds.Step) -> State:
    code, kind, label, unit = (
        step.code,
        kinds.NAMES[type(step)],
        step.label,
        units_of(scheme)[step.code],
    )
    rule, source, children = _rule(scheme, step), _source(scheme, step), kinds.inputs(step)
    begin = f"“{label}” comes to "

    def state(inputs: tuple[tuple[str, str], ...], how: str, worth: Written, full: Value) -> Step:
        value, _, amount, _ = worth
        sentence = f"{begin}{amount}: {how}."
        return new(
            Step, (code, kind, label, inputs, rule, source, value, full, unit, sentence, children)
        )

    return state


@lru_cache(maxsize=64)
def hows(scheme: Scheme) -> Mapping[str, How]:
    """Return what writes how each step's value comes about, unless it rests on one value alone."""
    found = {}
    for step in scheme.steps:
        if not isinstance(step, OF_ONE):
            plus, unit = getattr(step, "plus", Fraction(0)), units_of(scheme)[step.code]
            found[step.code] = how_of(scheme, step, written(plus, unit, scheme.symbol).bare)
    return found


@lru_cache(maxsize=64)
def rests(scheme: Scheme) -> Mapping[str, Rests]:
    """Return what is written after the one value that a step rests on alone."""
    return {step.code: rests_of(scheme, step) for step in scheme.steps if isinstance(step, OF_ONE)}


def describe(
    scheme: Scheme,
    step: kinds.Step,
    said: Mapping[str, Answer],
    shares: Mapping[str, Share],
    full: Mapping[str, Value],
    left: Mapping[str, Written],
) -> Step:
    """Return the described step. ``full`` are the values before family help, ``left`` after."""
    read = [left[code] for code in kinds.inputs(step)]
    amounts, bare = [each.amount for each in read], [each.bare for each in read]
    if isinstance(step, OF_ONE):
        starts, texts = rests(scheme)[step.code]
        text = f"{amounts[0]}{texts[bisect_right(starts, read[0].value)]}"
    else:
        text = hows(scheme)[step.code](amounts, bare, said, shares)
    inputs = zip(kinds.inputs(step), [each.number for each in read], strict=True)
    answers = answered(scheme, step, said, shares)
    describe_as = stating(scheme)[step.code]
    return describe_as((*answers, *inputs), text, left[step.code], full[step.code])


def answered(
    scheme: Scheme, step: kinds.Step, said: Mapping[str, Answer], shares: Mapping[str, Share]
) -> tuple[tuple[str, str], ...]:
    """Return the answers, or the share of family help, that went into a step."""
    if isinstance(step, kinds.AfterHelp):
        return ((f"{step.question}.help", f"{number(shares.get(step.question, 0))}%"),)
    return tuple([(code, _answer(scheme, code, said[code])) for code in kinds.asks(step)])


def rounding_off(scheme: Scheme, line: Line) -> Callable[[str, int, int], Step]:
    """Return what describes how a line is rounded to the penny.

    It is given the exact amount in words, and the pence before family help and after.
    """
    code, rule, children = (
        f"line {line.code}",
        f"rounded {scheme.rounding} to the penny",
        (line.of,),
    )
    label, symbol, of = line.label, scheme.symbol, line.of

    def step(worth: str, full: int, pence: int) -> Step:
        sentence = f"“{label}” is paid at {pounds(pence, symbol=symbol)}, {rule}."
        value, whole = exact(pence, 100), exact(full, 100)
        inputs = ((of, worth),)
        return new(
            Step,
            (code, "line", label, inputs, rule, "", value, whole, "money", sentence, children),
        )

    return step


def adding_up(scheme: Scheme) -> Callable[[int, int], Step]:
    """Return what describes the last step: all lines added up, before family help and after."""
    children = tuple([f"line {line.code}" for line in scheme.lines])
    title, rule, symbol, per = scheme.title, "all lines added up", scheme.symbol, scheme.per

    def step(full: int, total: int) -> Step:
        sentence = f"All lines add up to {pounds(total, symbol=symbol)} a {per}."
        value, whole = exact(total, 100), exact(full, 100)
        return new(
            Step,
            ("total", "total", title, (), rule, "", value, whole, "money", sentence, children),
        )

    return step


def _answer(scheme: Scheme, code: str, answer: Answer) -> str:
    if isinstance(answer, Missing):
        return answer.name.lower().replace("_", " ")
    return write_answer(scheme.question(code), answer)


@lru_cache(maxsize=64)
def units_of(scheme: Scheme) -> Mapping[str, str]:
    """Return the unit of every step's value by its code."""
    return {step.code: unit_of(scheme, step) for step in scheme.steps}


def unit_of(scheme: Scheme, step: kinds.Step) -> str:
    """Return the unit a step's value is in; steps that keep their input's unit ask that one."""
    if isinstance(step, kinds.Cost):
        return "money"
    if unit := getattr(step, "unit", ""):
        return str(unit)
    read = kinds.inputs(step)[0]
    return unit_of(scheme, next(each for each in scheme.steps if each.code == read))


def _source(scheme: Scheme, step: kinds.Step) -> str:
    code = getattr(step, "source", "")
    if isinstance(step, kinds.Cost):
        code = scheme.price(step.price).source
    for source in scheme.sources:
        if source.code == code:
            mark = "" if source.verified else "; not yet verified"
            return f"{source.text} ({source.date.isoformat()}{mark})"
    return ""


def _rule(scheme: Scheme, step: kinds.Step) -> str:
    match step:
        case kinds.Choice():
            return _choice(scheme.question(step.question))
        case kinds.Number():
            return "the number given"
        case kinds.Count():
            return "how many of these were answered: " + "; ".join(map(_named, step.of))
        case kinds.Pick():
            return "the sum for the group in the answer given"
        case kinds.Sum():
            return _sum(step)
        case kinds.Product():
            return " × ".join(step.of)
        case kinds.AfterHelp():
            if step.still_funded:
                return f"{step.of}, times the share still to be funded after what family does"
            counted = "" if step.counted == 1 else f"{number(step.counted)} of "
            return f"{step.of}, less {counted}the share that family meets"
        case kinds.Cost():
            rate = pounds(half_up(scheme.price(step.price).hourly * 100), symbol=scheme.symbol)
            return f"{step.of} ÷ 60 × {rate} an hour"
        case _:
            return _of_one(step)


def _choice(question: Question) -> str:
    if question.kind == "several":
        return "the amounts of all ticked answers, added up"
    return "the amount for the answer given"


def _named(condition: Condition) -> str:
    if condition.at_least is not None:
        return f"{condition.question} at least {condition.at_least}"
    return f"{condition.question} {' or '.join(condition.options)}"


def _sum(step: kinds.Sum) -> str:
    terms = [t.of if t.times == 1 else f"{number(t.times)} × {t.of}" for t in step.terms]
    return " + ".join([number(step.plus), *terms] if step.plus else terms)


def _of_one(step: kinds.Step) -> str:
    match step:
        case kinds.Square():
            return f"{step.of} × {step.of}"
        case kinds.Highest() | kinds.Lowest():
            return one_of(step, step.of)
        case kinds.Limit():
            return f"{step.of}, {between(step)}, because {step.reason}"
        case kinds.Bands():
            return f"the amount for the band that {step.of} falls in"
        case kinds.Curve():
            return f"read off the curve at {step.of}"
        case kinds.Round():
            return f"{step.of}, rounded {step.rounding} to {number(step.to)}"
        case _:
            raise AssertionError(f"{step} has no rule")
