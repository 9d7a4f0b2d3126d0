"""From an old figure towards a new one: first the answers, then family help, then the prices."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType

from wherewithal.allocation.answers import Answer, AnswerMistake, Answers, Share, check_answer
from wherewithal.allocation.changes.change import Change, Point
from wherewithal.allocation.explain.sentences import answer_label, number, share_of
from wherewithal.money import pounds
from wherewithal.scheme import Question, Scheme, SchemeMistakes

Moves = Iterator[tuple[Change, Point]]
WHEN_COUNTED = "We count it only where the people who help have told us that they want to, and can."


def answers_moved(point: Point, last: Point) -> Moves:
    """Give the new answers one by one, in the order of the new questionnaire.

    An answer that the old scheme does not allow waits: it comes with the new rules.
    """
    asked = {question.code: question for question in point.scheme.questions}
    for question in last.scheme.questions:
        if question.code not in asked:
            continue
        was, will = (each.answers.values[question.code] for each in (point, last))
        if was == will or not allowed(asked[question.code], will):
            continue
        values = MappingProxyType({**point.answers.values, question.code: will})
        reached = Point(point.scheme, replace(point.answers, values=values))
        before, after = answer_label(asked[question.code], was), answer_label(question, will)
        said = f"Your answer to “{question.ask}” was “{before}”. It is now “{after}”."
        pence = reached.pence - point.pence
        yield Change("answer", question.code, question.ask, before, after, pence, said), reached
        point = reached


def allowed(question: Question, answer: Answer) -> bool:
    """Say whether a question allows an answer."""
    try:
        check_answer(question, answer)
    except AnswerMistake:
        return False
    return True


def help_moved(point: Point, last: Point, recorded: tuple[Answers, Answers]) -> Moves:
    """Put the new family help in place, question by question, where both schemes ask for it.

    ``recorded`` is what was said on both sides, also where it does not count.
    """
    helped = {question.code for question in point.scheme.questions if question.helpable}
    for question in last.scheme.questions:
        code = question.code
        was, will = (each.answers.help.get(code, 0) for each in (point, last))
        if was == will or code not in helped or not question.helpable:
            continue
        shares = MappingProxyType({**point.answers.help, code: will})
        reached = Point(point.scheme, replace(point.answers, help=shares))
        also = [bool(each.help.get(code)) for each in recorded]
        said = f"“{question.ask}” {_help_sentence(was, will, *also)}"
        pence = reached.pence - point.pence
        before, after = _share(was), _share(will)
        yield Change("help", code, question.ask, before, after, pence, said), reached
        point = reached


def _help_sentence(was: Share, will: Share, told_before: bool, told_now: bool) -> str:
    """Say how family help moved; never what a carer said, only whether help counts."""
    if was and will:
        return f"Family or friends did {share_of(was)}. They now do {share_of(will)}."
    if will:
        now = f"Family or friends do {share_of(will)}, and that now counts. {WHEN_COUNTED}"
        return now if told_before else f"Family or friends now do {share_of(will)}."
    if told_now:
        return f"Help from family or friends no longer counts here. {WHEN_COUNTED}"
    return "Family or friends no longer do any of this."


def _share(percent: Share) -> str:
    return f"{number(percent)}%" if percent else "none"


def prices_moved(point: Point, last: Point) -> Moves:
    """Put the new prices in place one by one, in the order of the new scheme."""
    prices = {price.code: price for price in point.scheme.prices}
    for price in last.scheme.prices:
        was = prices.get(price.code)
        if was is None or was.hourly == price.hourly:
            continue
        priced = _priced(point.scheme, price.code, price.hourly)
        if priced is None:
            continue
        reached = Point(priced, point.answers)
        before, after = (_hourly(each.hourly, last.scheme.symbol) for each in (was, price))
        said = f"“{price.label}” cost {before} an hour. It now costs {after} an hour."
        pence = reached.pence - point.pence
        yield Change("price", price.code, price.label, before, after, pence, said), reached
        point = reached


@lru_cache(maxsize=64)
def _priced(scheme: Scheme, code: str, hourly: Fraction) -> Scheme | None:
    """Return the scheme at another price; ``None`` where that price fits only the new rules."""
    prices = [
        replace(price, hourly=hourly) if price.code == code else price for price in scheme.prices
    ]
    try:
        return replace(scheme, prices=tuple(prices))
    except SchemeMistakes:
        return None


def _hourly(rate: Fraction, symbol: str) -> str:
    pence = rate * 100
    if pence.denominator == 1:
        return pounds(int(pence), symbol=symbol)
    return f"{symbol}{number(rate)}"
