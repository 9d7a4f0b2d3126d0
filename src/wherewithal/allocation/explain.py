"""Explain one person's figure: exact, with every step. This reading of a scheme is the law."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from wherewithal.allocation.answers import (
    Answer,
    AnswerMistake,
    Answers,
    Missing,
    Share,
    check_answer,
    check_share,
    write_answer,
)
from wherewithal.allocation.answers import given as named
from wherewithal.allocation.describe import describe, describe_line, describe_total
from wherewithal.allocation.explanation import (
    AnswerLine,
    Explanation,
    Outcome,
    PriceHours,
    Step,
    Value,
)
from wherewithal.allocation.plan import Plan, plans
from wherewithal.allocation.sentences import (
    added,
    answer_label,
    help_sentence,
    told,
    total_sentence,
)
from wherewithal.allocation.work import Values, work_out
from wherewithal.money import ROUNDINGS
from wherewithal.scheme import ByHand, Question, Scheme
from wherewithal.scheme import steps as kinds

Given = tuple[Answer, Share, bool]
"""An answer, the share family meets, and whether that counts."""


def explain(scheme: Scheme, answers: Answers) -> Explanation:
    """Work out one person's figure with all its reasons.

    Raises:
        AnswerMistake: an answer is not one the scheme allows, or names no question of it.
    """
    given = _given(scheme, answers)
    missing = tuple(
        (code, answer)
        for code, (answer, _, _) in given.items()
        if isinstance(answer, Missing) and answer is not Missing.NOT_APPLICABLE
    )
    if missing:
        count = "1 answer is" if len(missing) == 1 else f"{len(missing)} answers are"
        sentence = f"There is no figure yet: {count} missing."
        return _result(scheme, "incomplete", None, None, missing, (), ((), ()), sentence)
    parts = [_line(plan, tuple([given[code] for code in plan.questions])) for plan in plans(scheme)]
    lines = tuple([line for line, _ in parts])
    steps = tuple({step.code: step for _, tree in parts for step in tree}.values())
    total = sum([line.pence for line in lines])
    full = sum([line.pence_without_help for line in lines])
    because = tuple(rule.because for rule in scheme.by_hand if _by_hand(rule, given, full))
    if because:
        sentence = "This one is worked out by hand, from what the support costs. " + because[0]
        outcome: Outcome = "cost-it-bottom-up"
        return _result(scheme, outcome, None, None, (), because, (lines, steps), sentence)
    sentence = total_sentence(total, full, scheme.symbol, scheme.per)
    steps = (*steps, describe_total(scheme, full, total))
    return _result(scheme, "figure", total, full, (), (), (lines, steps), sentence)


def _given(scheme: Scheme, answers: Answers) -> dict[str, Given]:
    counts = _counts(answers)
    questions = _questions(scheme)
    for code in (*answers.values, *answers.help):
        if code not in questions:
            raise AnswerMistake(code, code, f"a question of the scheme {scheme.code}")
    values, shares = answers.values, answers.help
    given: dict[str, Given] = {}
    for code, (question, options) in questions.items():
        value = values.get(code, Missing.NOT_ANSWERED)
        if type(value) is not str or value not in options:
            value = check_answer(question, value)
        share = check_share(question, shares[code]) if code in shares else 0
        given[code] = (value, share, counts and bool(share))
    return given


@lru_cache(maxsize=256)
def _questions(scheme: Scheme) -> Mapping[str, tuple[Question, frozenset[str]]]:
    return {
        question.code: (question, frozenset(option.code for option in question.options))
        for question in scheme.questions
    }


def _counts(answers: Answers) -> bool:
    """Say whether family help counts: only where the carer is known to be willing and able."""
    return answers.carer_willing is True and answers.carer_able is True


def _by_hand(rule: ByHand, given: Mapping[str, Given], full: int) -> bool:
    if rule.total_above is not None and full <= rule.total_above * 100:
        return False
    return all(named(each, given[each.question][0]) for each in rule.when)


RETOLD = 3
"""A line that rests on more answers than this retells the first ones only."""


@lru_cache(maxsize=32_768)
def _line(plan: Plan, given: tuple[Given, ...]) -> tuple[AnswerLine, tuple[Step, ...]]:
    """Work out one line. The same answers always give the same line, so it is remembered."""
    answers = dict(zip(plan.questions, given, strict=True))
    said = {code: answer for code, (answer, _, _) in answers.items()}
    shares = {code: share for code, (_, share, counts) in answers.items() if counts}
    full = work_out(plan.scheme, plan.steps, said, {})
    left = work_out(plan.scheme, plan.steps, said, shares) if shares else full
    rounding = ROUNDINGS[plan.scheme.rounding]
    paid = rounding(left[plan.line.of] * 100)
    paid_full = rounding(full[plan.line.of] * 100)
    steps = tuple(describe(plan.scheme, step, said, shares, full, left) for step in plan.steps)
    closing = describe_line(plan.scheme, plan.line, left[plan.line.of], paid_full, paid)
    return _answer_line(plan, answers, full, left, paid_full, paid), (*steps, closing)


def _minutes(plan: Plan, values: Values) -> tuple[str, Value]:
    """Return the price and the minutes behind a line; no price where it is not paid by the hour."""
    last = plan.steps[-1]
    if not isinstance(last, kinds.Cost):
        return "", 0
    return last.price, plain(values[last.of])


def plain(value: Value) -> Value:
    """Return a whole number as an ``int``: far cheaper to add up than a fraction."""
    return int(value) if value.denominator == 1 else value


def _answer_line(
    plan: Plan, answers: Mapping[str, Given], full: Values, left: Values, paid_full: int, paid: int
) -> AnswerLine:
    scheme, line = plan.scheme, plan.line
    price, minutes_full = _minutes(plan, full)
    _, minutes = _minutes(plan, left)
    away, pence_away = plain(minutes_full - minutes), paid_full - paid
    counted = max((share for _, share, counts in answers.values() if counts), default=0)
    told_us, ask, answer, label = "", line.label, "", ""
    if line.question:
        question = scheme.question(line.question)
        said = answers[line.question][0]
        all_told = [told(scheme.question(code), each[0]) for code, each in answers.items()]
        told_us = "".join(f"{sentence} " for sentence in all_told[:RETOLD])
        ask, answer, label = (
            question.ask,
            write_answer(question, said),
            answer_label(question, said),
        )
    sentence = told_us + added(minutes_full, paid_full, scheme.symbol, scheme.per)
    if not line.question:
        sentence = f"{line.label}. {sentence}"
    for _, share, counts in answers.values():
        sentence += help_sentence(share, counts, away, pence_away, scheme.symbol)
    return AnswerLine(
        line.code, line.question, ask, answer, label, price, minutes_full, paid_full, counted,
        away, pence_away, minutes, paid, sentence,
    )  # fmt: skip


def _hours(scheme: Scheme, lines: Iterable[AnswerLine]) -> tuple[PriceHours, ...]:
    rows = []
    by_price: dict[str, list[AnswerLine]] = {}
    for line in lines:
        by_price.setdefault(line.price, []).append(line)
    for price in scheme.prices:
        mine = by_price.get(price.code, [])
        rows.append(
            PriceHours(
                price.code,
                price.label,
                sum([line.minutes for line in mine]),
                price.hourly,
                sum([line.pence for line in mine]),
                sum([line.minutes_without_help for line in mine]),
                sum([line.pence_without_help for line in mine]),
            )
        )
    return tuple(rows)


def _result(
    scheme: Scheme,
    outcome: Outcome,
    total: int | None,
    full: int | None,
    missing: tuple[tuple[str, Missing], ...],
    because: tuple[str, ...],
    parts: tuple[tuple[AnswerLine, ...], tuple[Step, ...]],
    sentence: str,
) -> Explanation:
    lines, steps = parts
    return Explanation(
        scheme.code, scheme.version, scheme.hash, scheme.symbol, scheme.per, outcome, total, full,
        missing, because, lines, _hours(scheme, lines) if lines else (), steps, sentence,
    )  # fmt: skip
