"""One line of a figure: by the plain rules, and in the words a person reads."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from wherewithal.allocation.answers import Answer, Share, write_answer
from wherewithal.allocation.explain.describe import describe, rounding_off, units_of
from wherewithal.allocation.explain.hours import Hours, Paid, hours_of, in_pence, in_rows
from wherewithal.allocation.explain.said import Said
from wherewithal.allocation.explain.sentences import added, answer_label, help_sentence, told
from wherewithal.allocation.explain.work import Values, plain, work_out
from wherewithal.allocation.explain.working import written
from wherewithal.allocation.explanation import AnswerLine, Step, Value, new
from wherewithal.allocation.plan import Plan
from wherewithal.money import ROUNDINGS

RETOLD = 3
"""A line that rests on more answers than this retells the first ones only."""
REMEMBERED = 16_384
"""So many lines that rest on few answers are remembered, at about 5 KB each."""


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


Close = Callable[[Sequence[Said], Sequence[Step], Result, tuple[Paid, Paid] | None], Part]
"""Closes a line from the answers, its steps, what it comes to, and its hours before and after."""


def by_rules(plan: Plan, *said: Said) -> Part:
    """Work out one line by the plain rules of ``work``. This is what every line must equal."""
    values, shares = {each.code: each.answer for each in said}, counted(said)
    full = work_out(plan.scheme, plan.steps, values, {})
    left = work_out(plan.scheme, plan.steps, values, shares) if shares else full
    units = units_of(plan.scheme)
    texts = {code: written(value, units[code], plan.scheme.symbol) for code, value in left.items()}
    steps = [describe(plan.scheme, step, values, shares, full, texts) for step in plan.steps]
    of, rounding = plan.line.of, ROUNDINGS[plan.scheme.rounding]
    result = Result(
        full[of], left[of], texts[of].number, rounding(full[of] * 100), rounding(left[of] * 100)
    )
    hours = spread(plan, values, shares, (full, left), result)
    return closing(plan)(said, steps, result, hours)


remembered = lru_cache(maxsize=REMEMBERED)(by_rules)
"""The same answers always give the same line, so lines that rest on few are remembered."""


def counted(said: Sequence[Said]) -> dict[str, Share]:
    """Return the shares of family help that count, by question."""
    return {each.code: each.share for each in said if each.counts}


def spread(
    plan: Plan,
    values: Mapping[str, Answer],
    shares: Mapping[str, Share],
    worked: tuple[Values, Values],
    result: Result,
) -> tuple[Paid, Paid] | None:
    """Return a line's hours before and after family help, ``None`` where they can't be told."""
    full = hours_of(plan, values, {}, worked[0])
    left = hours_of(plan, values, shares, worked[1]) if shares else full
    if full is None or left is None or full.keys() != left.keys():
        return None
    return (
        in_pence(full, result.full, result.pence_full),
        in_pence(left, result.left, result.pence),
    )


@lru_cache(maxsize=2048)
def closing(plan: Plan) -> Close:
    """Return what closes a line: rounds it to the penny, and puts it in words."""
    scheme, line = plan.scheme, plan.line
    symbol, per, round_off = scheme.symbol, scheme.per, rounding_off(scheme, line)
    code, question, own = line.code, line.question, _first(plan)

    def close(
        said: Sequence[Said],
        steps: Sequence[Step],
        result: Result,
        hours: tuple[Paid, Paid] | None,
    ) -> Part:
        _, _, worth, full, pence = result
        price, minutes_full, minutes = _minutes(hours) if hours and hours[0] else ("", 0, 0)
        away, gone = plain(minutes_full - minutes), full - pence
        helping = [each for each in said if each.share]
        counts = bool(helping) and helping[0].counts
        share = max([each.share for each in helping]) if counts else 0
        if question:
            parts = [each.helps_this if each.code == question else each.helps for each in helping]
        else:
            parts = [each.helps for each in helping]
        begin, ask, answer, label = _asked(plan, *said[:own])
        adds = added(minutes_full, full, symbol, per)
        sentence = f"{begin}{adds}{help_sentence(parts, counts, away, gone, symbol)}"
        answer_line = (
            code, question, ask, answer, label, price, minutes_full, full, share, away, gone,
            minutes, pence, sentence,
        )  # fmt: skip
        every = (*steps, round_off(worth, full, pence))
        return new(Part, (new(AnswerLine, answer_line), every, in_rows(plan, hours), pence, full))

    return close


def _minutes(hours: tuple[Paid, Paid]) -> tuple[str, Value, Value]:
    """Return the price of a line that is paid at one, and its minutes before and after help."""
    price = next(iter(hours[0])) if len(hours[0]) == 1 else ""
    before, after = [sum([minutes for minutes, _ in each.values()]) for each in hours]
    return price, before, after


def _first(plan: Plan) -> int:
    """Return how many answers the words of a line retell, its own question's among them."""
    if not plan.line.question:
        return 0
    return max(RETOLD, plan.questions.index(plan.line.question) + 1)


@lru_cache(maxsize=8192)
def _asked(plan: Plan, *said: Said) -> tuple[str, str, str, str]:
    """Return how a line's sentence begins, what was asked, and the answer, written and in words."""
    line = plan.line
    if not line.question:
        return f"{line.label}. ", line.label, "", ""
    all_told = [told(plan.scheme.question(each.code), each.answer) for each in said]
    begin = "".join([f"{sentence} " for sentence in all_told[:RETOLD]])
    question = plan.scheme.question(line.question)
    answer = said[plan.questions.index(line.question)].answer
    return begin, question.ask, write_answer(question, answer), answer_label(question, answer)
