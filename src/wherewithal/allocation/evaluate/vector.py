"""Work out the steps of a scheme for many people at once, in scaled whole numbers.

Each step's value is an ``int64`` array and the scale it is held in. The scheme was only accepted
because no value can pass what ``int64`` holds exactly, so nothing here can overflow.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import reduce
from math import ceil, lcm

import numpy as np

from wherewithal.scheme import Condition, Question, Scheme
from wherewithal.scheme.graph import kept_scale, segments
from wherewithal.scheme.steps import (
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

Column = np.ndarray
Scaled = tuple[Column, int]
MISSING_CODES = 4
"""Missing answers are held as -1 to -4, so tables begin four places early."""


def work_out_columns(
    scheme: Scheme,
    steps: Sequence[Step],
    codes: Mapping[str, Column],
    shares: Mapping[str, Column],
) -> dict[str, Scaled]:
    """Return every step's scaled values; ``shares`` are the percentages of help that count."""
    known: dict[str, Scaled] = {}
    for step in steps:
        match step:
            case Choice():
                known[step.code] = _choice(scheme, step, codes[step.question])
            case Number():
                question = scheme.question(step.code)
                inside = np.clip(codes[step.code], question.least, question.most)
                known[step.code] = inside.astype(np.int64), 1
            case Count():
                parts = [given(scheme.question(c.question), c, codes[c.question]) for c in step.of]
                known[step.code] = np.asarray(sum(parts), np.int64), 1
            case Pick():
                known[step.code] = _pick(scheme, step, codes[step.question], known)
            case Sum():
                known[step.code] = _sum(step, known)
            case Product() | Highest() | Lowest():
                known[step.code] = _of_several(step, [known[code] for code in step.of])
            case AfterHelp():
                known[step.code] = _after_help(step, known[step.of], shares.get(step.question))
            case Cost():
                rate = scheme.price(step.price).hourly / 60
                values, scale = known[step.of]
                known[step.code] = values * rate.numerator, scale * rate.denominator
            case _:
                known[step.code] = of_one(step, *known[step.of])
    return known


def _choice(scheme: Scheme, step: Choice, codes: Column) -> Scaled:
    question = scheme.question(step.question)
    amounts = [step.amounts[option.code] for option in question.options]
    if question.kind == "several":
        return _ticked(amounts, codes)
    whole, scale = _whole([Fraction(0)] * MISSING_CODES + amounts)
    return whole[codes.astype(np.intp) + MISSING_CODES], scale


def _ticked(amounts: Sequence[Fraction], masks: Column) -> Scaled:
    """Add up the amounts of the ticked options, which are the bits of each answer."""
    whole, scale = _whole(amounts)
    masks = np.maximum(masks, 0).astype(np.int64)
    total = np.zeros(len(masks), np.int64)
    for place, amount in enumerate(whole):
        total += amount * ((masks >> place) & 1)
    return total, scale


def given(question: Question, condition: Condition, codes: Column) -> Column:
    """Return how many of the answers that a condition names each person gave."""
    if condition.at_least is not None:
        return np.asarray(codes >= condition.at_least, np.int64)
    places = [place for place, o in enumerate(question.options) if o.code in condition.options]
    if question.kind != "several":
        table = np.zeros(len(question.options) + MISSING_CODES, np.int64)
        table[[place + MISSING_CODES for place in places]] = 1
        counted: Column = table[codes.astype(np.intp) + MISSING_CODES]
        return counted
    masks = np.maximum(codes, 0).astype(np.int64)
    return np.asarray(sum((masks >> place) & 1 for place in places), np.int64)


def _pick(scheme: Scheme, step: Pick, codes: Column, known: Mapping[str, Scaled]) -> Scaled:
    options = [option.code for option in scheme.question(step.question).options]
    scale = lcm(*(known[code][1] for code in step.of.values()))
    picked = np.zeros(len(codes), np.int64)
    for place, option in enumerate(options):
        values, own = known[step.of[option]]
        picked = np.where(codes == place, values * (scale // own), picked)
    return picked, scale


def _whole(numbers: Sequence[Fraction]) -> Scaled:
    scale = lcm(*(number.denominator for number in numbers))
    return np.array([int(number * scale) for number in numbers], np.int64), scale


def _sum(step: Sum, known: Mapping[str, Scaled]) -> Scaled:
    parts = [(known[term.of], term.times) for term in step.terms]
    scale = lcm(step.plus.denominator, *(s * times.denominator for (_, s), times in parts))
    total: Column | int = int(step.plus * scale)
    for (values, own), times in parts:
        total = total + values * int(times * scale / own)
    return np.asarray(total, np.int64), scale


def _product(parts: Sequence[Scaled]) -> Scaled:
    values, scale = parts[0]
    for more, own in parts[1:]:
        values, scale = values * more, scale * own
    return values, scale


def _of_several(step: Product | Highest | Lowest, parts: Sequence[Scaled]) -> Scaled:
    if isinstance(step, Product):
        return _product(parts)
    scale = lcm(*(own for _, own in parts))
    choose = np.maximum if isinstance(step, Highest) else np.minimum
    return reduce(choose, [values * (scale // own) for values, own in parts]), scale


def _after_help(step: AfterHelp, of: Scaled, share: Column | None) -> Scaled:
    values, scale = of
    if share is None:
        return of
    if step.still_funded:
        fine = kept_scale(step)
        table = np.array([int(step.kept(percent) * fine) for percent in range(101)], np.int64)
        return values * table[share.astype(np.intp)], scale * fine
    whole = step.counted.denominator
    return values * (100 * whole - step.counted.numerator * share), scale * 100 * whole


def of_one(step: Step, values: Column, scale: int) -> Scaled:
    """Return the values of a step that reads one other, and their scale."""
    match step:
        case Square():
            return values * values, scale * scale
        case Limit():
            ends = [end for end in (step.least, step.most) if end is not None]
            fine = lcm(scale, *(end.denominator for end in ends))
            least = None if step.least is None else int(step.least * fine)
            most = None if step.most is None else int(step.most * fine)
            return np.clip(values * (fine // scale), least, most), fine
        case Bands():
            place = _place([band.start for band in step.bands], values, scale)
            amounts, fine = _whole([band.amount for band in step.bands])
            return amounts[place], fine
        case Curve():
            return _along(step, values, scale)
        case Round():
            whole = divide(values * step.to.denominator, scale * step.to.numerator, step.rounding)
            return whole * step.to.numerator, step.to.denominator
        case _:
            raise AssertionError(f"{step} has no rule")


def _place(starts: Sequence[Fraction], values: Column, scale: int) -> Column:
    """Return in which band each value falls: the last whose start it has reached."""
    bounds = np.array([ceil(start * scale) for start in starts], np.int64)
    place: Column = np.maximum(np.searchsorted(bounds, values, side="right") - 1, 0)
    return place


def _along(curve: Curve, values: Column, scale: int) -> Scaled:
    pieces = list(segments(curve))
    place = _place([start for start, _, _ in pieces], values, scale)
    both, fine = _whole([part for _, slope, height in pieces for part in (slope, height)])
    return values * both[0::2][place] + both[1::2][place] * scale, scale * fine


def divide(numbers: Column, divisor: int, rounding: str) -> Column:
    """Divide whole numbers by a positive one and round by name."""
    match rounding:
        case "half-up":
            return (2 * numbers + divisor) // (2 * divisor)
        case "down":
            return numbers // divisor
        case "up":
            return -(-numbers // divisor)
        case "half-even":
            whole = numbers // divisor
            twice = 2 * (numbers - whole * divisor)
            odd = (twice > divisor) | ((twice == divisor) & (whole % 2 == 1))
            return np.asarray(whole + odd, np.int64)
        case _:
            raise ValueError(f"There is no rounding called {rounding!r}.")
