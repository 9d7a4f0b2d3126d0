"""Explain one person's figure: exact, with every step. This reading of a scheme is the law."""

from collections.abc import Mapping
from functools import lru_cache
from itertools import chain

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
)
from wherewithal.allocation.hours import Paid, hours_by_price, hours_of, in_pence, plain
from wherewithal.allocation.plan import Plan, plans
from wherewithal.allocation.sentences import (
    added,
    answer_label,
    help_sentence,
    told,
    total_sentence,
)
from wherewithal.allocation.work import work_out
from wherewithal.money import ROUNDINGS
from wherewithal.scheme import ByHand, Question, Scheme

Given = tuple[Answer, Share, bool]
"""An answer, the share family meets, and whether that counts."""


def explain(scheme: Scheme, answers: Answers) -> Explanation:
    """Work out one person's figure with all its reasons.

    Raises:
        AnswerMistake: an answer is not one the scheme allows, or names no question of it.
    """
    given = _given(scheme, answers)
    missing = tuple(
        [
            (code, answer)
            for code, (answer, _, _) in given.items()
            if type(answer) is Missing and answer is not Missing.NOT_APPLICABLE
        ]
    )
    if missing:
        count = "1 answer is" if len(missing) == 1 else f"{len(missing)} answers are"
        sentence = f"There is no figure yet: {count} missing."
        return _result(scheme, "incomplete", None, None, missing, (), ((), (), ()), sentence)
    parts = [
        (plan, *_line(plan, tuple([given[code] for code in plan.questions])))
        for plan in plans(scheme)
    ]
    lines = tuple([line for _, line, _, _ in parts])
    steps = tuple(chain.from_iterable([tree for _, _, tree, _ in parts]))
    if not _apart(scheme):
        steps = tuple({step.code: step for step in steps}.values())
    hours = hours_by_price(scheme, [(plan, paid) for plan, _, _, paid in parts])
    total = sum([line.pence for line in lines])
    full = sum([line.pence_without_help for line in lines])
    because = tuple(rule.because for rule in scheme.by_hand if _by_hand(rule, given, full))
    if because:
        sentence = "This one is worked out by hand, from what the support costs. " + because[0]
        outcome: Outcome = "cost-it-bottom-up"
        return _result(scheme, outcome, None, None, (), because, (lines, hours, steps), sentence)
    sentence = total_sentence(total, full, scheme.symbol, scheme.per)
    steps = (*steps, describe_total(scheme, full, total))
    return _result(scheme, "figure", total, full, (), (), (lines, hours, steps), sentence)


@lru_cache(maxsize=256)
def _apart(scheme: Scheme) -> bool:
    """Say whether no step is part of two lines."""
    codes = [step.code for plan in plans(scheme) for step in plan.steps]
    return len(codes) == len(set(codes))


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
        share = shares.get(code, 0)
        if share:
            check_share(question, share)
        elif type(share) is not int:
            share = check_share(question, share)
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
def _line(
    plan: Plan, given: tuple[Given, ...]
) -> tuple[AnswerLine, tuple[Step, ...], tuple[Paid, Paid] | None]:
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
    of = plan.line.of
    spread_full = hours_of(plan, said, {}, full)
    spread = hours_of(plan, said, shares, left) if shares else spread_full
    hours = None
    if spread_full is not None and spread is not None and spread_full.keys() == spread.keys():
        hours = in_pence(spread_full, full[of], paid_full), in_pence(spread, left[of], paid)
    line = _answer_line(plan, answers, hours, paid_full, paid)
    return line, (*steps, closing), hours


def _about(plan: Plan, code: str) -> str:
    """Say what family helps with: the line's own question is “this”, another one by its words."""
    return "this" if code == plan.line.question else f"“{plan.scheme.question(code).ask}”"


def _answer_line(
    plan: Plan,
    answers: Mapping[str, Given],
    hours: tuple[Paid, Paid] | None,
    paid_full: int,
    paid: int,
) -> AnswerLine:
    scheme, line = plan.scheme, plan.line
    by_price_full, by_price = hours or ({}, {})
    price = next(iter(by_price_full)) if len(by_price_full) == 1 else ""
    minutes_full = sum([minutes for minutes, _ in by_price_full.values()])
    minutes = sum([minutes for minutes, _ in by_price.values()])
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
    helped = [(_about(plan, code), share) for code, (_, share, _) in answers.items()]
    counts = any(each[2] for each in answers.values())
    sentence += help_sentence(helped, counts, away, pence_away, scheme.symbol)
    return AnswerLine(
        line.code, line.question, ask, answer, label, price, minutes_full, paid_full, counted,
        away, pence_away, minutes, paid, sentence,
    )  # fmt: skip


def _result(
    scheme: Scheme,
    outcome: Outcome,
    total: int | None,
    full: int | None,
    missing: tuple[tuple[str, Missing], ...],
    because: tuple[str, ...],
    parts: tuple[tuple[AnswerLine, ...], tuple[PriceHours, ...], tuple[Step, ...]],
    sentence: str,
) -> Explanation:
    lines, hours, steps = parts
    return Explanation(
        scheme.code, scheme.version, scheme.hash, scheme.symbol, scheme.per, outcome, total, full,
        missing, because, lines, hours, steps, sentence,
    )  # fmt: skip
