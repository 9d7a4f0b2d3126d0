"""Write the sum behind each step in numbers, so that anybody can follow it with a calculator."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from fractions import Fraction

from wherewithal.allocation.answers import Answer, Missing, Share
from wherewithal.allocation.explanation import Value
from wherewithal.allocation.sentences import answer_label, joined, number, share_of
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


def worked(
    scheme: Scheme,
    step: kinds.Step,
    said: Mapping[str, Answer],
    shares: Mapping[str, Share],
    left: Mapping[str, Value],
    units: Mapping[str, str],
) -> str:
    """Write how a step's value comes about, with the numbers that went in."""
    read = [amount(left[code], units[code], scheme.symbol) for code in kinds.inputs(step)]
    bare = [_bare(left[code], units[code], scheme.symbol) for code in kinds.inputs(step)]
    match step:
        case kinds.Choice():
            return _chosen(scheme, step, said[step.question])
        case kinds.Number():
            return "the number given"
        case kinds.Count():
            return _counted(scheme, step, said)
        case kinds.Pick():
            return _picked(scheme.question(step.question), said[step.question])
        case kinds.Sum():
            return _added(step, bare, _bare(step.plus, units[step.code], scheme.symbol))
        case kinds.Product():
            return " × ".join(bare)
        case kinds.Highest() | kinds.Lowest():
            return one_of(step, read)
        case kinds.AfterHelp():
            return _kept(step, read[0], shares.get(step.question))
        case kinds.Cost():
            rate = pounds(half_up(scheme.price(step.price).hourly * 100), symbol=scheme.symbol)
            return f"{read[0]} ÷ 60 × {rate} an hour"
        case _:
            return _of_one(step, read[0], left[kinds.inputs(step)[0]])


def one_of(step: kinds.Highest | kinds.Lowest, parts: Sequence[str]) -> str:
    """Write that the highest or the lowest of these counts: ``the higher of 12 and 9``."""
    ends = ("higher", "highest") if isinstance(step, kinds.Highest) else ("lower", "lowest")
    return f"the {ends[len(parts) > 2]} of {joined(parts)}"


def _chosen(scheme: Scheme, step: kinds.Choice, answer: Answer) -> str:
    question = scheme.question(step.question)
    if isinstance(answer, Missing):
        return "what does not apply adds nothing"
    if not isinstance(answer, frozenset):
        return f"the amount for “{answer_label(question, answer)}”"
    parts = [
        f"{number(step.amounts[option.code])} for “{option.label}”"
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


def _bare(value: Value, unit: str, symbol: str) -> str:
    """Write a number inside a sum: money as money, all else without the unit of the whole."""
    return money(value, symbol) if unit == "money" else number(value)


def _added(step: kinds.Sum, read: list[str], plus: str) -> str:
    terms = [
        text if term.times == 1 else f"{number(term.times)} × {text}"
        for term, text in zip(step.terms, read, strict=True)
    ]
    return " + ".join([plus, *terms] if step.plus else terms)


def _kept(step: kinds.AfterHelp, read: str, share: Share | None) -> str:
    if share is None:
        return f"nothing is taken away from {read}"
    return f"family does {share_of(share)}, so {number(step.kept(share))} of {read} is left"


def _of_one(step: kinds.Step, read: str, value: Value) -> str:
    match step:
        case kinds.Square():
            return f"{read} × {read}"
        case kinds.Limit():
            ends = [("not under", step.least), ("not over", step.most)]
            texts = [f"{words} {number(end)}" for words, end in ends if end is not None]
            return f"{read}, but {' and '.join(texts)}, because {step.reason}"
        case kinds.Bands():
            starts = [band.start for band in step.bands]
            band = step.bands[bisect_right(starts, value) - 1]
            upto = "up" if band.below is None else f"to under {number(band.below)}"
            return f"{read} is in the band from {number(band.start)} {upto}"
        case kinds.Curve():
            return f"{read} lies {_on_line(step, value)}"
        case kinds.Round():
            return f"{read}, rounded {step.rounding} to {number(step.to)}"
        case _:
            raise AssertionError(f"{step} has no rule")


def _on_line(curve: kinds.Curve, value: Value) -> str:
    across = [start for start, _ in curve.knots]
    place = min(max(bisect_right(across, value) - 1, 0), len(across) - 2)
    (x0, y0), (x1, y1) = curve.knots[place : place + 2]
    ends = [number(Fraction(each)) for each in (x0, y0, x1, y1)]
    return f"on the line from {ends[0]} (giving {ends[1]}) to {ends[2]} (giving {ends[3]})"
