"""Write the sum behind each step in numbers, so that anybody can follow it with a calculator."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
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
from wherewithal.allocation.explanation import Value, new
from wherewithal.money import half_up, pounds
from wherewithal.scheme import Condition, Question, Scheme
from wherewithal.scheme import steps as kinds

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


def writer(unit: str, symbol: str, scale: int) -> Callable[[Value], Written]:
    """Return what writes values given as multiples of ``1/scale``, as :func:`written` does."""
    places = decimals(scale)
    if places is None:
        return lambda parts: written(exact(parts, scale), unit, symbol)
    top = 10**places
    fine, one = top // scale, unit.removesuffix("s")
    money, after = unit == "money", "" if unit in ("money", "factor") else f" {unit}"

    def write(parts: Value) -> Written:
        if type(parts) is not int or parts < 0:
            return written(exact(parts, scale), unit, symbol)
        whole, rest = divmod(parts * fine, top)
        text = f"{whole}.{str(rest).zfill(places)}".rstrip("0") if rest else f"{whole:,}"
        if money:
            worth = f"{symbol}{text}"
            if parts * 100 % scale == 0 or parts * PLACES % scale:
                worth = pounds((200 * parts + scale) // (2 * scale), symbol=symbol)
            return new(Written, (exact(parts, scale), text, worth, worth))
        named = f"{text} {one}" if parts == scale and after else f"{text}{after}"
        return new(Written, (exact(parts, scale), text, named, text))

    return write


How = Callable[[Sequence[str], Sequence[str], Mapping[str, Answer], Mapping[str, Share]], str]
"""Writes how a value comes about from what was read, with units and bare, the answers and family's
shares."""


def how_of(scheme: Scheme, step: kinds.Step, plus: str) -> How:
    """Return what writes how a step's value comes about, with the numbers that went in.

    ``plus`` is the constant of a sum as it is written.
    """
    match step:
        case kinds.Choice():
            question, amounts = scheme.question(step.question), step.amounts
            return lambda read, bare, said, shares: _chosen(question, amounts, said[question.code])
        case kinds.Number():
            return lambda read, bare, said, shares: "the number given"
        case kinds.Count():
            return lambda read, bare, said, shares: _counted(scheme, step, said)
        case kinds.Pick():
            group = scheme.question(step.question)
            return lambda read, bare, said, shares: _picked(group, said[group.code])
        case kinds.Sum():
            return _adding(step, plus)
        case kinds.Product():
            return lambda read, bare, said, shares: " × ".join(bare)
        case kinds.Highest() | kinds.Lowest():
            return lambda read, bare, said, shares: one_of(step, read)
        case kinds.AfterHelp():
            return lambda read, bare, said, shares: _kept(step, read[0], shares.get(step.question))
        case kinds.Square():
            return lambda read, bare, said, shares: f"{read[0]} × {read[0]}"
        case _:
            raise AssertionError(f"{step} has no rule")


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
        return lambda read, bare, said, shares: begin + " + ".join(bare)
    return lambda read, bare, said, shares: (
        begin + " + ".join([f"{weight}{each}" for weight, each in zip(times, bare, strict=True)])
    )


def _kept(step: kinds.AfterHelp, read: str, share: Share | None) -> str:
    if share is None:
        return f"nothing is taken away from {read}"
    return f"family does {share_of(share)}, so {number(step.kept(share))} of {read} is left"


OF_ONE = (kinds.Cost, kinds.Limit, kinds.Bands, kinds.Curve, kinds.Round)
"""Kinds of step that read one value, and nothing else."""
Rests = tuple[Sequence[Value], Sequence[str]]
"""Where each text begins to hold, as multiples of ``1/scale``, and the texts, one more of them."""


def rests_of(scheme: Scheme, step: kinds.Step, *, scale: int = 1) -> Rests:
    """Return what is written after the one value that a step reads, by how much that value is."""
    match step:
        case kinds.Bands() | kinds.Curve():
            texts = _bands(step) if isinstance(step, kinds.Bands) else _pieces(step)
            return scaled_starts(step, scale)[1:], texts
        case kinds.Cost():
            rate = pounds(half_up(scheme.price(step.price).hourly * 100), symbol=scheme.symbol)
            return (), [f" ÷ 60 × {rate} an hour"]
        case kinds.Limit():
            return (), [f", but {between(step)}, because {step.reason}"]
        case kinds.Round():
            return (), [f", rounded {step.rounding} to {number(step.to)}"]
        case _:
            raise AssertionError(f"{step} rests on more than one value")


def between(limit: kinds.Limit) -> str:
    """Write the ends of a limit: ``not under 25 and not over 1,450``."""
    ends = [("not under", limit.least), ("not over", limit.most)]
    return " and ".join([f"{words} {number(end)}" for words, end in ends if end is not None])


def _bands(step: kinds.Bands) -> list[str]:
    ends = ["up" if b.below is None else f"to under {number(b.below)}" for b in step.bands]
    return [
        f" is in the band from {number(band.start)} {upto}"
        for band, upto in zip(step.bands, ends, strict=True)
    ]


def _pieces(curve: kinds.Curve) -> list[str]:
    ends = [(number(across), number(up)) for across, up in curve.knots]
    return [
        f" lies on the line from {x0} (giving {y0}) to {x1} (giving {y1})"
        for (x0, y0), (x1, y1) in pairwise(ends)
    ]


def scaled_starts(step: kinds.Bands | kinds.Curve, scale: int) -> list[Value]:
    """Return where each band or straight piece begins, as multiples of ``1/scale``."""
    if isinstance(step, kinds.Bands):
        return [plain(band.start * scale) for band in step.bands]
    return [plain(across * scale) for across, _ in step.knots[:-1]]
