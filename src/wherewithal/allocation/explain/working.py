"""Write the sum behind each step in numbers, so that anybody can follow it with a calculator."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from wherewithal.allocation.answers import Answer, Missing, Share
from wherewithal.allocation.explain.sentences import (
    answer_label,
    decimals,
    joined,
    number,
    share_of,
)
from wherewithal.allocation.explain.work import exact, plain
from wherewithal.allocation.explanation import Value
from wherewithal.money import half_up, pounds
from wherewithal.scheme import Condition, Question, Scheme
from wherewithal.scheme import steps as kinds

WRITTEN = 4096
"""So many values of one step are remembered as they are written, at about half a KB each."""
PLACES = 10_000
"""Money is shown with up to four decimals inside a sum, before it is paid in whole pence."""


def amount(value: Value, unit: str, symbol: str) -> str:
    """Write a value with its unit: ``£12.50``, ``1 point``, ``210 minutes``, ``1.12``."""
    if unit == "money":
        return money(value, symbol)
    if unit == "factor":
        return number(value)
    return f"{number(value)} {unit.removesuffix('s') if value == 1 else unit}"


def money(value: Value, symbol: str) -> str:
    """Write money, with parts of a penny where there are any that end."""
    in_parts = value * PLACES
    if value * 100 != int(value * 100) and in_parts == int(in_parts):
        return f"{symbol}{number(value)}"
    return pounds(half_up(value * 100), symbol=symbol)


class Written(NamedTuple):
    """One exact value, and how it stands in a sentence."""

    value: Value
    number: str
    amount: str
    """With its unit."""
    bare: str
    """Inside a sum: money as money, all else without the unit of the whole."""


def written(value: Value, unit: str, symbol: str) -> Written:
    """Write a value in every way that a sentence needs it."""
    text, whole = number(value), amount(value, unit, symbol)
    return Written(value, text, whole, whole if unit == "money" else text)


@lru_cache(maxsize=512)
def writer(unit: str, symbol: str, scale: int) -> Callable[[Value], Written]:
    """Return what writes values given as multiples of ``1/scale``, as :func:`written` does.

    Steps of one unit and scale share it, as most often one hands its value on to the next.
    """
    places = decimals(scale)
    if places is None:
        return lru_cache(maxsize=WRITTEN)(lambda parts: written(exact(parts, scale), unit, symbol))
    top = 10**places
    fine, ones = top // scale, unit.removesuffix("s")

    @lru_cache(maxsize=WRITTEN)
    def write(parts: Value) -> Written:
        if type(parts) is not int or parts < 0:
            return written(exact(parts, scale), unit, symbol)
        whole, rest = divmod(parts * fine, top)
        text = f"{whole}.{str(rest).zfill(places)}".rstrip("0") if rest else f"{whole:,}"
        if unit == "money":
            worth = f"{symbol}{text}"
            if parts * 100 % scale == 0 or parts * PLACES % scale:
                worth = pounds((200 * parts + scale) // (2 * scale), symbol=symbol)
            return Written(exact(parts, scale), text, worth, worth)
        if unit == "factor":
            return Written(exact(parts, scale), text, text, text)
        named = f"{text} {ones if parts == scale else unit}"
        return Written(exact(parts, scale), text, named, text)

    return write


How = Callable[[Sequence[Written], Value, Mapping[str, Answer], Mapping[str, Share]], str]
"""Writes how a value comes about from what was read, the first value read, answers and shares."""


def how_of(scheme: Scheme, step: kinds.Step, plus: str, *, scale: int = 1) -> How:
    """Return what writes how a step's value comes about, with the numbers that went in.

    ``plus`` is the constant of a sum as it is written. The first value read is given to it as a
    multiple of ``1/scale``.
    """
    match step:
        case kinds.Choice():
            question, amounts = scheme.question(step.question), step.amounts
            return lambda read, at, said, shares: _chosen(question, amounts, said[question.code])
        case kinds.Number():
            return lambda read, at, said, shares: "the number given"
        case kinds.Count():
            return lambda read, at, said, shares: _counted(scheme, step, said)
        case kinds.Pick():
            group = scheme.question(step.question)
            return lambda read, at, said, shares: _picked(group, said[group.code])
        case kinds.Sum():
            return _adding(step, plus)
        case kinds.Product():
            return lambda read, at, said, shares: " × ".join([each.bare for each in read])
        case kinds.Highest() | kinds.Lowest():
            return lambda read, at, said, shares: one_of(step, [each.amount for each in read])
        case kinds.AfterHelp():
            return lambda read, at, said, shares: _kept(
                step, read[0].amount, shares.get(step.question)
            )
        case kinds.Cost():
            rate = pounds(half_up(scheme.price(step.price).hourly * 100), symbol=scheme.symbol)
            return lambda read, at, said, shares: f"{read[0].amount} ÷ 60 × {rate} an hour"
        case _:
            return _of_one(step, scale)


def one_of(step: kinds.Highest | kinds.Lowest, parts: Sequence[str]) -> str:
    """Write that the highest or the lowest of these counts: ``the higher of 12 and 9``."""
    ends = ("higher", "highest") if isinstance(step, kinds.Highest) else ("lower", "lowest")
    return f"the {ends[len(parts) > 2]} of {joined(parts)}"


def _chosen(question: Question, amounts: Mapping[str, Fraction], answer: Answer) -> str:
    if isinstance(answer, Missing):
        return "what does not apply adds nothing"
    if not isinstance(answer, frozenset):
        return f"the amount for “{answer_label(question, answer)}”"
    parts = [
        f"{number(amounts[option.code])} for “{option.label}”"
        for option in question.options
        if option.code in answer
    ]
    return joined(parts) if parts else "none of these was ticked"


def _counted(scheme: Scheme, step: kinds.Count, said: Mapping[str, Answer]) -> str:
    met = [text for each in step.of for text in _met(scheme, each, said[each.question])]
    return joined(met) if met else "none of what is counted here was said"


def _met(scheme: Scheme, condition: Condition, answer: Answer) -> list[str]:
    question = scheme.question(condition.question)
    if isinstance(answer, Missing):
        return []
    if isinstance(answer, int):
        least = condition.at_least
        return [] if least is None or answer < least else [f"{answer}, which is {least} or more"]
    ticked = answer if isinstance(answer, frozenset) else {answer}
    named = ticked.intersection(condition.options)
    return [f"“{option.label}”" for option in question.options if option.code in named]


def _picked(question: Question, answer: Answer) -> str:
    if isinstance(answer, Missing):
        return "what does not apply adds nothing"
    return f"the sum that stands for “{answer_label(question, answer)}”"


def _adding(step: kinds.Sum, plus: str) -> How:
    begin = f"{plus} + " if step.plus else ""
    times = ["" if term.times == 1 else f"{number(term.times)} × " for term in step.terms]
    if not any(times):
        return lambda read, at, said, shares: begin + " + ".join([each.bare for each in read])
    return lambda read, at, said, shares: (
        begin
        + " + ".join([f"{weight}{each.bare}" for weight, each in zip(times, read, strict=True)])
    )


def _kept(step: kinds.AfterHelp, read: str, share: Share | None) -> str:
    if share is None:
        return f"nothing is taken away from {read}"
    return f"family does {share_of(share)}, so {number(step.kept(share))} of {read} is left"


def _of_one(step: kinds.Step, scale: int) -> How:
    match step:
        case kinds.Bands() | kinds.Curve():
            return _on_table(step, scale)
        case kinds.Square():
            return lambda read, at, said, shares: f"{read[0].amount} × {read[0].amount}"
        case kinds.Limit():
            kept = f", but {between(step)}, because {step.reason}"
            return lambda read, at, said, shares: f"{read[0].amount}{kept}"
        case kinds.Round():
            rounded = f", rounded {step.rounding} to {number(step.to)}"
            return lambda read, at, said, shares: f"{read[0].amount}{rounded}"
        case _:
            raise AssertionError(f"{step} has no rule")


def between(limit: kinds.Limit) -> str:
    """Write the ends of a limit: ``not under 25 and not over 1,450``."""
    ends = [("not under", limit.least), ("not over", limit.most)]
    return " and ".join([f"{words} {number(end)}" for words, end in ends if end is not None])


def _on_table(step: kinds.Bands | kinds.Curve, scale: int) -> How:
    """Write which band, or which straight line between two knots, a value falls on."""
    texts = _bands(step) if isinstance(step, kinds.Bands) else _pieces(step)
    starts = scaled_starts(step, scale)
    return lambda read, at, said, shares: (
        f"{read[0].amount} {texts[max(bisect_right(starts, at) - 1, 0)]}"
    )


def _bands(step: kinds.Bands) -> list[str]:
    ends = ["up" if b.below is None else f"to under {number(b.below)}" for b in step.bands]
    return [
        f"is in the band from {number(band.start)} {upto}"
        for band, upto in zip(step.bands, ends, strict=True)
    ]


def _pieces(curve: kinds.Curve) -> list[str]:
    ends = [(number(across), number(up)) for across, up in curve.knots]
    return [
        f"lies on the line from {x0} (giving {y0}) to {x1} (giving {y1})"
        for (x0, y0), (x1, y1) in pairwise(ends)
    ]


def scaled_starts(step: kinds.Bands | kinds.Curve, scale: int) -> list[Value]:
    """Return where each band or straight piece begins, as multiples of ``1/scale``."""
    if isinstance(step, kinds.Bands):
        return [plain(band.start * scale) for band in step.bands]
    return [plain(across * scale) for across, _ in step.knots[:-1]]
