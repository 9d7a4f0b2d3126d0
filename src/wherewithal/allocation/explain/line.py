"""One line of a figure: by the plain rules, and in the words a person reads."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from wherewithal.allocation.answers import Answer, Share, write_answer
from wherewithal.allocation.explain.describe import describe, describe_line, standing
from wherewithal.allocation.explain.hours import Hours, Paid, hours_of, in_pence, in_rows, rows_of
from wherewithal.allocation.explain.sentences import added, answer_label, help_sentence, told
from wherewithal.allocation.explain.work import Values, plain, work_out
from wherewithal.allocation.explain.working import written
from wherewithal.allocation.explanation import AnswerLine, Step, Value
from wherewithal.allocation.plan import Plan
from wherewithal.money import ROUNDINGS

Given = tuple[Answer, Share, bool]
"""An answer, the share family meets, and whether that counts."""
RETOLD = 3
"""A line that rests on more answers than this retells the first ones only."""
REMEMBERED = 32_768
"""So many lines that rest on few answers are remembered, at about 4 KB each."""


class Part(NamedTuple):
    """What a line puts into an explanation, with its whole pence after and before family help."""

    line: AnswerLine
    steps: tuple[Step, ...]
    hours: Hours
    pence: int
    pence_full: int


class Result(NamedTuple):
    """What a line comes to before and after family help, exactly and in whole pence."""

    full: Value
    left: Value
    left_text: str
    pence_full: int
    pence: int


def by_rules(plan: Plan, given: tuple[Given, ...]) -> Part:
    """Work out one line by the plain rules of ``work``. This is what every line must equal."""
    said = {code: each[0] for code, each in zip(plan.questions, given, strict=True)}
    shares = counted(plan, given)
    full = work_out(plan.scheme, plan.steps, said, {})
    left = work_out(plan.scheme, plan.steps, said, shares) if shares else full
    told = standing(plan.scheme)
    texts = {
        code: written(value, told[code].unit, plan.scheme.symbol) for code, value in left.items()
    }
    steps = [describe(plan.scheme, step, said, shares, full, texts) for step in plan.steps]
    of, rounding = plan.line.of, ROUNDINGS[plan.scheme.rounding]
    result = Result(
        full[of], left[of], texts[of].number, rounding(full[of] * 100), rounding(left[of] * 100)
    )
    return finish(plan, given, steps, result, spread(plan, said, shares, (full, left), result))


remembered = lru_cache(maxsize=REMEMBERED)(by_rules)
"""The same answers always give the same line, so lines that rest on few are remembered."""


def counted(plan: Plan, given: Sequence[Given]) -> dict[str, Share]:
    """Return the shares of family help that count, by question."""
    return {code: each[1] for code, each in zip(plan.questions, given, strict=True) if each[2]}


def spread(
    plan: Plan,
    said: Mapping[str, Answer],
    shares: Mapping[str, Share],
    values: tuple[Values, Values],
    result: Result,
) -> tuple[Paid, Paid] | None:
    """Return a line's hours before and after family help, ``None`` where they can't be told."""
    full = hours_of(plan, said, {}, values[0])
    left = hours_of(plan, said, shares, values[1]) if shares else full
    if full is None or left is None or full.keys() != left.keys():
        return None
    return (
        in_pence(full, result.full, result.pence_full),
        in_pence(left, result.left, result.pence),
    )


def finish(
    plan: Plan,
    given: Sequence[Given],
    steps: Sequence[Step],
    result: Result,
    hours: tuple[Paid, Paid] | None,
) -> Part:
    """Close a line: round it to the penny, and put it in words."""
    closing = describe_line(
        plan.scheme, plan.line, result.left_text, result.pence_full, result.pence
    )
    line = _answer_line(plan, given, hours, result)
    rows = in_rows(rows_of(plan.scheme), hours)
    return Part(line, (*steps, closing), rows, result.pence, result.pence_full)


def _answer_line(
    plan: Plan, given: Sequence[Given], hours: tuple[Paid, Paid] | None, result: Result
) -> AnswerLine:
    scheme, line = plan.scheme, plan.line
    price, minutes_full, minutes = _minutes(hours) if hours and hours[0] else ("", 0, 0)
    away, pence_away = plain(minutes_full - minutes), result.pence_full - result.pence
    share = max([share for _, share, counts in given if counts], default=0)
    first = given[: _first(plan)]
    begin, ask, answer, label = _asked(plan, tuple([each[0] for each in first]))
    helped = [(of, each[1]) for of, each in zip(_abouts(plan), given, strict=True) if each[1]]
    sentence = begin + added(minutes_full, result.pence_full, scheme.symbol, scheme.per)
    sentence += help_sentence(helped, share != 0, away, pence_away, scheme.symbol)
    return AnswerLine(
        line.code, line.question, ask, answer, label, price, minutes_full, result.pence_full,
        share, away, pence_away, minutes, result.pence, sentence,
    )  # fmt: skip


def _minutes(hours: tuple[Paid, Paid]) -> tuple[str, Value, Value]:
    """Return the price of a line that is paid at one, and its minutes before and after help."""
    price = next(iter(hours[0])) if len(hours[0]) == 1 else ""
    before, after = [sum([minutes for minutes, _ in each.values()]) for each in hours]
    return price, before, after


@lru_cache(maxsize=2048)
def _first(plan: Plan) -> int:
    """Return how many answers the words of a line retell, its own question's among them."""
    if not plan.line.question:
        return 0
    return max(RETOLD, plan.questions.index(plan.line.question) + 1)


@lru_cache(maxsize=8192)
def _asked(plan: Plan, answers: tuple[Answer, ...]) -> tuple[str, str, str, str]:
    """Return how a line's sentence begins, what was asked, and the answer, written and in words."""
    line = plan.line
    if not line.question:
        return f"{line.label}. ", line.label, "", ""
    asked = [plan.scheme.question(code) for code in plan.questions[: len(answers)]]
    all_told = [told(*each) for each in zip(asked, answers, strict=True)]
    begin = "".join([f"{sentence} " for sentence in all_told[:RETOLD]])
    question = plan.scheme.question(line.question)
    answer = answers[plan.questions.index(line.question)]
    return begin, question.ask, write_answer(question, answer), answer_label(question, answer)


@lru_cache(maxsize=2048)
def _abouts(plan: Plan) -> tuple[str, ...]:
    """Say what family can help with: the line's own question is “this”, others by their words."""
    return tuple(
        [
            "this" if code == plan.line.question else f"“{plan.scheme.question(code).ask}”"
            for code in plan.questions
        ]
    )
