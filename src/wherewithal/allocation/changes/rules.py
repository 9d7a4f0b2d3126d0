"""The last stretch to a new figure: what new rules moved, line by line, and then the rounding."""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from wherewithal.allocation.changes.change import Change, Point
from wherewithal.allocation.changes.path import allowed
from wherewithal.allocation.explain.sentences import answer_label, duration, number
from wherewithal.allocation.explanation import AnswerLine, Step
from wherewithal.allocation.plan import Plan, plans
from wherewithal.money import half_up, pounds
from wherewithal.scheme import Scheme
from wherewithal.scheme.steps import Choice


def rules_moved(point: Point, last: Point) -> tuple[list[Change], Point]:
    """Return what the new rules moved, one change for each line, and where that leads.

    New amounts, new and dropped questions, and answers that only the new scheme allows all come
    in here. Pennies are still rounded the old way.
    """
    reached = Point(_rounded(last.scheme, point.scheme.rounding), last.answers)
    old = {line.code: line for line in point.told.lines}
    new = {line.code: line for line in reached.told.lines}
    found = []
    for code in dict.fromkeys([*new, *old]):
        was, will = old.get(code), new.get(code)
        pence = (will.pence if will else 0) - (was.pence if was else 0)
        if pence:
            found.append(_line_moved(point, reached, code, (was, will), pence))
    return found, reached


def rounding_moved(point: Point, last: Point) -> list[Change]:
    """Return what another way of rounding pennies moved; nothing where it is the same."""
    before, after = point.scheme.rounding, last.scheme.rounding
    if before == after:
        return []
    said = f"Each line was rounded {before} to the penny. It is now rounded {after}."
    pence = last.pence - point.pence
    return [Change("rounding", "rounding", "Pennies", before, after, pence, said)]


@lru_cache(maxsize=64)
def _rounded(scheme: Scheme, rounding: str) -> Scheme:
    return scheme if scheme.rounding == rounding else replace(scheme, rounding=rounding)


Pair = tuple[AnswerLine | None, AnswerLine | None]


def _line_moved(point: Point, reached: Point, code: str, pair: Pair, pence: int) -> Change:
    was, will = pair
    line = will or was
    assert line is not None  # noqa: S101  # the code is that of a line on one side at least
    label = line.ask
    symbol = reached.scheme.symbol
    before, after = (pounds(each.pence, symbol=symbol) if each else "" for each in pair)
    if was is None:
        answer = f" Your answer is “{line.answer_label}”." if line.question else ""
        said = f"“{label}” is new.{answer}"
    elif will is None:
        said = f"“{label}” no longer counts."
    else:
        found = [*_answered(point, reached, will.question), *_causes(point, reached, code)]
        said = " ".join([f"How we work out “{label}” has changed.", *found])
    return Change("rule", code, label, before, after, pence, said)


def _answered(point: Point, reached: Point, code: str) -> Iterator[str]:
    """Say what an answer was and is, where the old scheme did not allow the new answer."""
    asked = {question.code: question for question in point.scheme.questions}
    if code in asked:
        answers = [each.answers.values[code] for each in (point, reached)]
        if not allowed(asked[code], answers[1]):
            before = answer_label(asked[code], answers[0])
            after = answer_label(reached.scheme.question(code), answers[1])
            yield f"The answers to pick from have changed. Yours was “{before}”. It is “{after}”."


def _causes(point: Point, reached: Point, code: str) -> Iterator[str]:
    """Name each step of a line that was defined anew and gives this person something else."""
    old, new = ({step.code: step for step in each.told.steps} for each in (point, reached))
    defined = [
        {step.code: step for step in _plan(each.scheme, code).steps} for each in (point, reached)
    ]
    for step in dict.fromkeys([*defined[1], *defined[0]]):
        was, will = old.get(step), new.get(step)
        if step not in defined[0] and will is not None:
            yield f"“{will.label}” is new. It comes to {_worth(will, reached)}."
        elif step not in defined[1] and was is not None:
            yield f"“{was.label}” is gone. It came to {_worth(was, point)}."
        elif was is not None and will is not None and defined[0][step] != defined[1][step]:
            yield from _redefined(point, reached, was, will)


def _redefined(point: Point, reached: Point, was: Step, will: Step) -> Iterator[str]:
    if (was.value, was.unit) == (will.value, will.unit):
        return
    before, after = _worth(was, point), _worth(will, reached)
    step = next(each for each in reached.scheme.steps if each.code == will.code)
    if isinstance(step, Choice):
        question = reached.scheme.question(step.question)
        label = answer_label(question, reached.answers.values[question.code])
        yield f"“{label}” stood for {before}. It now stands for {after}."
    else:
        yield f"“{will.label}” came to {before}. It now comes to {after}."


def _worth(step: Step, point: Point) -> str:
    value, unit = step.value, step.unit
    if unit == "money":
        return pounds(half_up(value * 100), symbol=point.scheme.symbol)
    if unit == "minutes" or unit.startswith("minutes "):
        often = unit.removeprefix("minutes") or f" a {point.scheme.per}"
        return f"{duration(value)}{often}"
    return f"{number(value)} {unit}"


def _plan(scheme: Scheme, code: str) -> Plan:
    return next(plan for plan in plans(scheme) if plan.line.code == code)
