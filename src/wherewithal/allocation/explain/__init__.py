"""Explain one person's figure: exact, with every step. This reading of a scheme is the law."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from wherewithal.allocation.answers import (
    AnswerMistake,
    Answers,
    Missing,
    check_answer,
    check_share,
)
from wherewithal.allocation.answers import given as named
from wherewithal.allocation.explain.describe import describe_total
from wherewithal.allocation.explain.hours import Rows, hours_by_price, rows_of
from wherewithal.allocation.explain.line import Given, Part, remembered
from wherewithal.allocation.explain.long_line import long_line
from wherewithal.allocation.explain.sentences import total_sentence
from wherewithal.allocation.explanation import (
    AnswerLine,
    Explanation,
    Outcome,
    PriceHours,
    Step,
)
from wherewithal.allocation.plan import Plan, plans
from wherewithal.money import down
from wherewithal.scheme import ByHand, Question, Scheme

FEW = 3
"""A line that rests on no more questions than this is remembered as a whole."""
Way = Callable[[Plan, tuple[Given, ...]], Part]
"""One way to work out a line. All of them come to the same."""
Asked = tuple[str, Question, frozenset[str]]
"""A question by its code, with the codes of its options."""


@dataclass(frozen=True, slots=True, eq=False)
class Ready:
    """What is the same for everybody whom a scheme is worked out for."""

    questions: tuple[Asked, ...]
    codes: frozenset[str]
    lines: tuple[tuple[Plan, Way], ...]
    rows: Rows
    apart: bool
    """Whether no step is part of two lines."""
    by_hand: tuple[tuple[int | None, ByHand], ...]
    """Each rule with the whole pence that the total has to be above."""


@lru_cache(maxsize=256)
def _ready(scheme: Scheme) -> Ready:
    asked = [
        (q.code, q, frozenset([option.code for option in q.options])) for q in scheme.questions
    ]
    lines = [
        (plan, remembered if len(plan.questions) <= FEW else long_line) for plan in plans(scheme)
    ]
    steps = [step.code for plan, _ in lines for step in plan.steps]
    apart = len(steps) == len(set(steps))
    rules = tuple([(_above(rule), rule) for rule in scheme.by_hand])
    codes = frozenset([code for code, _, _ in asked])
    return Ready(tuple(asked), codes, tuple(lines), rows_of(scheme), apart, rules)


def _above(rule: ByHand) -> int | None:
    return None if rule.total_above is None else down(rule.total_above * 100)


def explain(scheme: Scheme, answers: Answers) -> Explanation:
    """Work out one person's figure with all its reasons.

    Raises:
        AnswerMistake: an answer is not one the scheme allows, or names no question of it.
    """
    return explain_by(scheme, answers)


def explain_by(scheme: Scheme, answers: Answers, way: Way | None = None) -> Explanation:
    """Explain with every line worked out in one way (``None``: each in the fastest).

    ``by_rules`` is the plain statement of the rules, which every other way must equal.

    Raises:
        AnswerMistake: an answer is not one the scheme allows, or names no question of it.
    """
    ready = _ready(scheme)
    given, missing = _given(scheme, ready, answers)
    if missing:
        count = "1 answer is" if len(missing) == 1 else f"{len(missing)} answers are"
        sentence = f"There is no figure yet: {count} missing."
        return _result(scheme, "incomplete", None, None, missing, (), ((), (), ()), sentence)
    parts = [
        (way or own)(plan, tuple([given[code] for code in plan.questions]))
        for plan, own in ready.lines
    ]
    lines = tuple([part[0] for part in parts])
    steps = tuple(chain.from_iterable([part[1] for part in parts]))
    if not ready.apart:
        steps = tuple({step.code: step for step in steps}.values())
    hours = hours_by_price(
        ready.rows, [(plan, part[2]) for (plan, _), part in zip(ready.lines, parts, strict=True)]
    )
    total = sum([part[3] for part in parts])
    full = sum([part[4] for part in parts])
    because = tuple(
        [rule.because for above, rule in ready.by_hand if _by_hand(above, rule, given, full)]
    )
    if because:
        sentence = "This one is worked out by hand, from what the support costs. " + because[0]
        outcome: Outcome = "cost-it-bottom-up"
        return _result(scheme, outcome, None, None, (), because, (lines, hours, steps), sentence)
    sentence = total_sentence(total, full, scheme.symbol, scheme.per)
    steps = (*steps, describe_total(scheme, full, total))
    return _result(scheme, "figure", total, full, (), (), (lines, hours, steps), sentence)


def _given(
    scheme: Scheme, ready: Ready, answers: Answers
) -> tuple[dict[str, Given], tuple[tuple[str, Missing], ...]]:
    """Return every question's answer with the family's share of it, and which ones are missing."""
    values, shares, counts = answers.values, answers.help, _counts(answers)
    if not (ready.codes.issuperset(values) and ready.codes.issuperset(shares)):
        code = next(each for each in (*values, *shares) if each not in ready.codes)
        raise AnswerMistake(code, code, f"a question of the scheme {scheme.code}")
    given: dict[str, Given] = {}
    missing: list[tuple[str, Missing]] = []
    for code, question, options in ready.questions:
        value = values.get(code, Missing.NOT_ANSWERED)
        if type(value) is not str or value not in options:
            value = check_answer(question, value)
            if isinstance(value, Missing) and value is not Missing.NOT_APPLICABLE:
                missing.append((code, value))
        share = shares.get(code, 0)
        if type(share) is not int or not (share == 0 or (question.helpable and 0 < share <= 100)):
            share = check_share(question, share)
        given[code] = (value, share, counts and share != 0)
    return given, tuple(missing)


def _counts(answers: Answers) -> bool:
    """Say whether family help counts: only where the carer is known to be willing and able."""
    return answers.carer_willing is True and answers.carer_able is True


def _by_hand(above: int | None, rule: ByHand, given: Mapping[str, Given], full: int) -> bool:
    if above is not None and full <= above:
        return False
    return all([named(each, given[each.question][0]) for each in rule.when])  # noqa: C419  # faster


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
