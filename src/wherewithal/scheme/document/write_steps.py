"""Write the steps of a scheme as its document has them, one kind at a time."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TypeAlias

from wherewithal.scheme.document.emit import Bare, Pairs, Part
from wherewithal.scheme.parts import Condition
from wherewithal.scheme.steps import (
    NAMES,
    AfterHelp,
    Bands,
    Choice,
    Cost,
    Count,
    Curve,
    Highest,
    Limit,
    Lowest,
    Number,
    Pick,
    Product,
    Round,
    Square,
    Step,
    Sum,
)

Told: TypeAlias = "list[tuple[str, Part | None]]"
"""What is said under each name; ``None`` where nothing is."""


def decimal(number: Fraction, places: int = 0) -> Bare:
    """Write a number with all its digits, and at least so many decimals where it has any.

    What has no end as a decimal is written as a fraction, ``1/7``.
    """
    twos = fives = 0
    rest = number.denominator
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return Bare(str(number))
    count = max(twos, fives)
    if count == 0:
        return Bare(str(number.numerator))
    count = max(count, places)
    digits = str(abs(number.numerator) * 10**count // number.denominator).rjust(count + 1, "0")
    return Bare(f"{'-' if number < 0 else ''}{digits[:-count]}.{digits[-count:]}")


def names(codes: Iterable[str]) -> list[Part]:
    """Return codes as a list."""
    return [Bare(code) for code in codes]


def conditions(found: Sequence[Condition]) -> Pairs:
    """Return conditions as ``question: [option]`` and ``question: {at-least: number}``."""
    return tuple(
        (each.question, names(each.options))
        if each.at_least is None
        else (each.question, (("at-least", Bare(str(each.at_least))),))
        for each in found
    )


def step_pairs(step: Step) -> Pairs:
    """Return what a document says of a step."""
    label: Pairs = (("label", step.label),) if step.label != step.code else ()
    told = [(key, part) for key, part in _told(step) if part is not None]
    return (("kind", Bare(NAMES[type(step)])), *label, *told)


def _told(step: Step) -> Told:
    match step:
        case Choice() | Count() | Pick():
            return _asked(step)
        case Sum():
            return _sum(step)
        case Product():
            return [("of", names(step.of)), ("unit", step.unit)]
        case Highest() | Lowest():
            return [("of", names(step.of))]
        case Bands() | Curve() | AfterHelp():
            return _table(step)
        case Number():
            raise ValueError(f"The number {step.code} is stated by a question, and there is none.")
        case _:
            return [("of", Bare(step.of)), *_of_one(step)]


def _asked(step: Choice | Count | Pick) -> Told:
    if isinstance(step, Count):
        return [("of", conditions(step.of)), *_end(step)]
    asked: Told = [("question", Bare(step.question))]
    if isinstance(step, Pick):
        return [*asked, ("of", tuple((code, Bare(each)) for code, each in step.of.items()))]
    amounts = tuple((code, decimal(each)) for code, each in step.amounts.items())
    return [*asked, ("amounts", amounts), *_end(step)]


def _of_one(step: Square | Cost | Limit | Round) -> Told:
    match step:
        case Square():
            return [("unit", step.unit)]
        case Cost():
            return [("price", Bare(step.price))]
        case Limit():
            ends: Told = [("least", _maybe(step.least)), ("most", _maybe(step.most))]
            return [*ends, ("reason", step.reason), ("source", Bare(step.source))]
        case Round():
            return [("to", decimal(step.to)), ("rounding", Bare(step.rounding))]


def _end(step: Choice | Count | Bands | Curve | Sum) -> Told:
    return [("unit", step.unit or None), ("source", Bare(step.source) if step.source else None)]


def _maybe(number: Fraction | None) -> Bare | None:
    return None if number is None else decimal(number)


def _sum(step: Sum) -> Told:
    of: Part = names(term.of for term in step.terms)
    if any(term.times != 1 for term in step.terms):
        of = tuple((term.of, decimal(term.times)) for term in step.terms)
    return [("plus", decimal(step.plus) if step.plus else None), ("of", of), *_end(step)]


def _table(step: Bands | Curve | AfterHelp) -> Told:
    of: Told = [("of", Bare(step.of))]
    if isinstance(step, Bands):
        bands: list[Part] = []
        for band in step.bands:
            end: Pairs = () if band.below is None else (("below", decimal(band.below)),)
            amount = decimal(band.amount)
            bands.append((("from", decimal(band.start)), *end, ("amount", amount)))
        return [*of, ("bands", bands), *_end(step)]
    if isinstance(step, Curve):
        return [*of, ("knots", _rows(step.knots)), *_end(step)]
    counted = None if step.counted == 1 else decimal(step.counted)
    funded = _rows(step.still_funded) or None
    source = Bare(step.source) if step.source else None
    asked: Told = [("question", Bare(step.question))]
    return [*of, *asked, ("counted", counted), ("still-funded", funded), ("source", source)]


def _rows(pairs: Sequence[tuple[Fraction, Fraction]]) -> list[Part]:
    return [[decimal(first), decimal(second)] for first, second in pairs]
