"""Explain one person's figure: exact, with every step. This reading of a scheme is the law."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from wherewithal.allocation.answers import (
    AnswerMistake,
    Answers,
    Missing,
    check_answer,
    check_share,
    given,
)
from wherewithal.allocation.explain.describe import adding_up
from wherewithal.allocation.explain.hours import Rows, hours_by_price, rows_of
from wherewithal.allocation.explain.line import Part, remembered
from wherewithal.allocation.explain.long_line import long_line
from wherewithal.allocation.explain.said import Hear, Said, hearing
from wherewithal.allocation.explain.sentences import total_sentence
from wherewithal.allocation.explanation import (
    AnswerLine,
    Explanation,
    Outcome,
    PriceHours,
    Step,
    new,
)
from wherewithal.allocation.plan import Plan, picks, plans
from wherewithal.money import down
from wherewithal.scheme import ByHand, Condition, Scheme

NOT_ANSWERED = Missing.NOT_ANSWERED
FEW = 3
"""A line that rests on no more questions than this is remembered as a whole."""
Way = Callable[..., Part]
"""One way to work a line out from its plan and the answers it rests on. All come to the same."""


@dataclass(frozen=True, slots=True, eq=False)
class Ready:
    """What is the same for everybody whom a scheme is worked out for."""

    codes: frozenset[str]
    asked: Mapping[bool, tuple[tuple[str, Hear], ...]]
    """What hears each question's answer, where family help counts and where it does not."""
    lines: tuple[tuple[Plan, Way, Callable[[Sequence[Said]], Sequence[Said]]], ...]
    """Each line with the fastest way to work it out, and what picks its answers from all."""
    rows: Rows
    apart: bool
    """Whether no step is part of two lines."""
    by_hand: tuple[tuple[int | None, tuple[tuple[int, Condition], ...], ByHand], ...]
    """Each rule with the whole pence that the total has to be above, and where its answers are."""
    total: Callable[[int, int], Step]
    """Describes how all lines are added up."""


@lru_cache(maxsize=64)
def _ready(scheme: Scheme) -> Ready:
    places = {question.code: place for place, question in enumerate(scheme.questions)}
    lines = [
        (
            plan,
            remembered if len(plan.questions) <= FEW else long_line,
            picks([places[code] for code in plan.questions]),
        )
        for plan in plans(scheme)
    ]
    steps = [step.code for plan in plans(scheme) for step in plan.steps]
    return Ready(
        frozenset(places),
        {
            counts: tuple(
                [(each.code, hearing(each, counting=counts)) for each in scheme.questions]
            )
            for counts in (False, True)
        },
        tuple(lines),
        rows_of(scheme),
        len(steps) == len(set(steps)),
        tuple(
            [
                (_above(rule), tuple([(places[each.question], each) for each in rule.when]), rule)
                for rule in scheme.by_hand
            ]
        ),
        adding_up(scheme),
    )


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
    said = _said(scheme, ready, answers)
    missing = tuple([(each.code, each.missing) for each in said if each.missing is not None])
    if missing:
        count = "1 answer is" if len(missing) == 1 else f"{len(missing)} answers are"
        sentence = f"There is no figure yet: {count} missing."
        return _result(scheme, "incomplete", None, None, missing, (), ((), (), ()), sentence)
    parts = [(way or own)(plan, *take(said)) for plan, own, take in ready.lines]
    lines, each_steps, each_hours, pence, pence_full = zip(*parts)  # noqa: B905  # of one length
    hours = hours_by_price(ready.rows, each_hours)
    steps = tuple(chain.from_iterable(each_steps))
    if not ready.apart:
        steps = tuple({step.code: step for step in steps}.values())
    total, full = sum(pence), sum(pence_full)
    because = tuple(
        [rule.because for above, when, rule in ready.by_hand if _by_hand(above, when, said, full)]
    )
    if because:
        sentence = "This one is worked out by hand, from what the support costs. " + because[0]
        outcome: Outcome = "cost-it-bottom-up"
        return _result(scheme, outcome, None, None, (), because, (lines, hours, steps), sentence)
    sentence = total_sentence(total, full, scheme.symbol, scheme.per)
    steps = (*steps, ready.total(full, total))
    return _result(scheme, "figure", total, full, (), (), (lines, hours, steps), sentence)


def _said(scheme: Scheme, ready: Ready, answers: Answers) -> list[Said]:
    """Return every question's answer, checked, with the family's share of it."""
    values, shares = answers.values, answers.help
    if not (ready.codes.issuperset(values) and ready.codes.issuperset(shares)):
        code = next(each for each in (*values, *shares) if each not in ready.codes)
        raise AnswerMistake(code, code, f"a question of the scheme {scheme.code}")
    # Family help counts only where the carer is known to be willing and able.
    counts = answers.carer_willing is True and answers.carer_able is True
    answer, share = values.get, shares.get
    try:
        return [
            hear(answer(code, NOT_ANSWERED), share(code, 0)) for code, hear in ready.asked[counts]
        ]
    except TypeError:  # a list or the like, which cannot be remembered
        for question in scheme.questions:
            check_answer(question, answer(question.code, NOT_ANSWERED))
            check_share(question, share(question.code, 0))
        raise


def _by_hand(
    above: int | None, when: Sequence[tuple[int, Condition]], said: Sequence[Said], full: int
) -> bool:
    if above is not None and full <= above:
        return False
    return all([given(each, said[place].answer) for place, each in when])  # noqa: C419  # faster


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
    return new(
        Explanation,
        (
            scheme.code, scheme.version, scheme.hash, scheme.symbol, scheme.per, outcome, total,
            full, missing, because, *parts, sentence,
        ),
    )  # fmt: skip
