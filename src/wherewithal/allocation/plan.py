"""What each line of a scheme rests on: its steps in order, and the questions they ask."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any

from wherewithal.scheme import Line, Scheme
from wherewithal.scheme.graph import Reach, in_order, reaches
from wherewithal.scheme.steps import AfterHelp, Step, asks


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """One line, the steps it rests on (each after the ones it reads) and their questions."""

    scheme: Scheme
    line: Line
    steps: tuple[Step, ...]
    questions: tuple[str, ...]


@lru_cache(maxsize=256)
def plans(scheme: Scheme) -> tuple[Plan, ...]:
    """Return a plan for each line of a scheme."""
    return tuple(_plan(scheme, line) for line in scheme.lines)


def _plan(scheme: Scheme, line: Line) -> Plan:
    steps = in_order(scheme.steps, [line.of])
    asked = {code for step in steps for code in asks(step)}
    asked |= {step.question for step in steps if isinstance(step, AfterHelp)}
    codes = tuple(question.code for question in scheme.questions if question.code in asked)
    return Plan(scheme, line, steps, codes)


@lru_cache(maxsize=64)
def reaches_of(scheme: Scheme) -> Mapping[str, Reach]:
    """Return what each step of a scheme's lines can reach, and in which parts it is counted."""
    ordered = in_order(scheme.steps, [line.of for line in scheme.lines])
    questions = {question.code: question for question in scheme.questions}
    return reaches(ordered, questions, {price.code: price.hourly for price in scheme.prices})


def picks(places: Sequence[int]) -> Callable[[Sequence[Any]], Sequence[Any]]:
    """Return what picks these places of a sequence, as a sequence also where it is only one."""
    if len(places) == 1:
        return itemgetter(slice(places[0], places[0] + 1))
    return itemgetter(*places) if places else lambda _: ()
