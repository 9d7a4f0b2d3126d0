"""Describe each step in words: what went in, the rule, where it comes from, what came out."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from wherewithal.allocation.answers import Answer, Missing, Share, write_answer
from wherewithal.allocation.explain.sentences import number
from wherewithal.allocation.explain.work import exact
from wherewithal.allocation.explain.working import How, Written, between, how_of, one_of, written
from wherewithal.allocation.explanation import Step, Value
from wherewithal.money import half_up, pounds
from wherewithal.scheme import Condition, Line, Question, Scheme
from wherewithal.scheme import steps as kinds

new = tuple.__new__
"""Makes a named tuple without naming its fields, at half the time."""


class Standing(NamedTuple):
    """What is said of a step whoever it is worked out for."""

    code: str
    kind: str
    label: str
    rule: str
    source: str
    unit: str
    children: tuple[str, ...]


@lru_cache(maxsize=64)
def standing(scheme: Scheme) -> Mapping[str, Standing]:
    """Return what is said of every step, by its code, whoever it is worked out for."""
    units = units_of(scheme)
    return {
        step.code: Standing(
            step.code,
            kinds.NAMES[type(step)],
            step.label,
            _rule(scheme, step),
            _source(scheme, step),
            units[step.code],
            kinds.inputs(step),
        )
        for step in scheme.steps
    }


@lru_cache(maxsize=64)
def _hows(scheme: Scheme) -> Mapping[str, How]:
    return {step.code: how_with(scheme, step) for step in scheme.steps}


def how_with(scheme: Scheme, step: kinds.Step, *, scale: int = 1) -> How:
    """Return what writes how a step's value comes about (see :func:`how_of`)."""
    plus = getattr(step, "plus", Fraction(0))
    unit = units_of(scheme)[step.code]
    return how_of(scheme, step, written(plus, unit, scheme.symbol).bare, scale=scale)


def describe(
    scheme: Scheme,
    step: kinds.Step,
    said: Mapping[str, Answer],
    shares: Mapping[str, Share],
    full: Mapping[str, Value],
    left: Mapping[str, Written],
) -> Step:
    """Return the described step. ``full`` are the values before family help, ``left`` after."""
    told, how = standing(scheme)[step.code], _hows(scheme)[step.code]
    read = [left[code] for code in told.children]
    text = how(read, read[0].value if read else 0, said, shares)
    answers = answered(scheme, step, said, shares)
    return with_full(as_step(told, answers, read, text, left[step.code]), full[step.code])


def answered(
    scheme: Scheme, step: kinds.Step, said: Mapping[str, Answer], shares: Mapping[str, Share]
) -> tuple[tuple[str, str], ...]:
    """Return the answers, or the share of family help, that went into a step."""
    if isinstance(step, kinds.AfterHelp):
        return ((f"{step.question}.help", f"{number(shares.get(step.question, 0))}%"),)
    return tuple([(code, _answer(scheme, code, said[code])) for code in kinds.asks(step)])


def as_step(
    told: Standing,
    answers: tuple[tuple[str, str], ...],
    read: Sequence[Written],
    how: str,
    worth: Written,
) -> Step:
    """Return a step from its parts, as it is where family help changes nothing."""
    code, kind, label, rule, source, unit, children = told
    inputs = answers + tuple(zip(children, [each.number for each in read], strict=True))
    sentence = f"“{label}” comes to {worth.amount}: {how}."
    value = worth.value
    return new(
        Step, (code, kind, label, inputs, rule, source, value, value, unit, sentence, children)
    )


def with_full(step: Step, full: Value) -> Step:
    """Return a step with its value before family help."""
    code, kind, label, inputs, rule, source, value, _, unit, sentence, children = step
    return new(
        Step, (code, kind, label, inputs, rule, source, value, full, unit, sentence, children)
    )


def describe_line(scheme: Scheme, line: Line, worth: str, full: int, paid: int) -> Step:
    """Return the step that rounds a line to the penny; ``worth`` is its exact amount in words."""
    rule = f"rounded {scheme.rounding} to the penny"
    pence = pounds(paid, symbol=scheme.symbol)
    return Step(
        f"line {line.code}",
        "line",
        line.label,
        ((line.of, worth),),
        rule,
        "",
        exact(paid, 100),
        exact(full, 100),
        "money",
        f"“{line.label}” is paid at {pence}, {rule}.",
        (line.of,),
    )


def describe_total(scheme: Scheme, full: int, total: int) -> Step:
    """Return the last step: all lines added up."""
    children = tuple([f"line {line.code}" for line in scheme.lines])
    worth = pounds(total, symbol=scheme.symbol)
    return Step(
        "total",
        "total",
        scheme.title,
        (),
        "all lines added up",
        "",
        exact(total, 100),
        exact(full, 100),
        "money",
        f"All lines add up to {worth} a {scheme.per}.",
        children,
    )


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
