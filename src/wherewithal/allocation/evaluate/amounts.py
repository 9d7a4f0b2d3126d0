"""Amounts on a tape: whole numbers of a unit, held as narrowly as what they can reach allows.

Every amount knows the least and the most it can be, worked out exactly while the tape is written,
so nothing can overflow, and most work is done on one or two bytes a person. A factor that is the
same for everybody (a price, a scale) only changes the unit, and costs nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from itertools import pairwise
from math import ceil, gcd, lcm
from typing import Any

import numpy as np

from wherewithal.allocation.evaluate.tape import (
    NOTHING,
    Column,
    Tape,
    cast,
    larger,
    look_up,
    look_up_around,
    smaller,
    widely,
)

FEW = 6
"""Up to so many steps upwards, comparing is faster than looking up."""
LARGEST_TABLE = 2**17
"""Values that can be this many different numbers are looked up."""
NARROW = (np.dtype(np.uint8), np.dtype(np.uint16), np.dtype(np.uint32))
WIDE = np.dtype(np.uint64)
SIGNED = np.dtype(np.int64)
HELD = 2**63
PLACE = np.dtype(np.intp)
SMALL = 120


@dataclass(frozen=True, slots=True)
class Amount:
    """A slot of a tape, the least and most whole numbers in it, and what one of them is worth."""

    slot: int
    lo: int
    hi: int
    unit: Fraction


def width(lo: int, hi: int) -> np.dtype[Any]:
    """Return the narrowest kind of whole number that holds everything from ``lo`` to ``hi``.

    Raises:
        OverflowError: none does.
    """
    if max(-lo, hi) >= HELD:
        raise OverflowError(f"{max(-lo, hi)} is more than fits")
    if lo < 0:
        return SIGNED
    return next((kind for kind in NARROW if hi < 2 ** (8 * kind.itemsize)), WIDE)


def shared_unit(units: Sequence[Fraction]) -> Fraction:
    """Return the largest unit that all of these are whole multiples of."""
    whole = lcm(*(unit.denominator for unit in units))
    return Fraction(gcd(*(int(unit * whole) for unit in units)), whole)


def whole_numbers(values: Sequence[Fraction]) -> tuple[list[int], Fraction]:
    """Return the values as whole numbers of their shared unit (1 where all are 0)."""
    unit = shared_unit(values) or Fraction(1)
    return [int(value / unit) for value in values], unit


def fixed(tape: Tape, number: int) -> Amount:
    """Return the same whole number for everybody."""
    kind = width(min(number, 0), max(number, 0))
    slot = tape.write(cast, tape.constant(number, kind), NOTHING, kind)
    return Amount(slot, number, number, Fraction(1))


def at_least(tape: Tape, slot: int, number: int) -> int:
    """Say (as 1 or 0) who has at least this whole number."""
    return tape.as_numbers(tape.write(np.greater_equal, slot, _like(tape, slot, number), bool))


def equal_to(tape: Tape, slot: int, number: int) -> int:
    """Say (as 1 or 0) who has this whole number."""
    return tape.as_numbers(tape.write(np.equal, slot, _like(tape, slot, number), bool))


def _like(tape: Tape, slot: int, number: int) -> int:
    return tape.constant(number, tape.kinds[slot])


def stairs(tape: Tape, slot: int, rises: Sequence[tuple[int, int]], kind: np.dtype[Any]) -> int:
    """Add up the rises ``(from, by)`` that each person's number has reached, wrapping round."""
    total = NOTHING
    for start, by in rises:
        reached = tape.to(at_least(tape, slot, start), kind)
        if by != 1:
            reached = tape.write(np.multiply, reached, tape.constant(by, kind), kind)
        total = tape.write(np.add, total, reached, kind) if total else reached
    return total


def table_of(tape: Tape, slot: int, values: Sequence[int], *, low: int, around: bool) -> int:
    """Look a number up in a table whose first row is for ``low``, the narrowest way there is.

    Numbers under ``low`` read its first row; with ``around`` they count from the table's end.
    """
    kind = width(min(values), max(values))
    base = values[0]
    rises = [
        (low + place, after - before)
        for place, (before, after) in enumerate(pairwise(values), start=1)
        if after != before
    ]
    most = FEW if kind == NARROW[0] else FEW // 2
    if not around and len(rises) <= most and kind != SIGNED:
        total = stairs(tape, slot, rises, kind)
        if not total:
            return tape.write(cast, tape.constant(base, kind), NOTHING, kind)
        return tape.write(np.add, total, tape.constant(base, kind), kind) if base else total
    places = tape.to(slot, PLACE)
    if low:
        places = tape.write(np.subtract, places, tape.constant(low, PLACE), PLACE)
    work = look_up_around if around else look_up
    return tape.write(work, tape.table(np.array(values, kind)), places, kind)


def times(tape: Tape, amount: Amount, factor: int) -> Amount:
    """Multiply the whole numbers of an amount, and leave its unit as it is."""
    lo, hi = sorted((amount.lo * factor, amount.hi * factor))
    kind = width(min(lo, amount.lo), max(hi, amount.hi))
    slot = tape.to(amount.slot, kind)
    if factor != 1:
        slot = tape.write(np.multiply, slot, tape.constant(factor, kind), kind)
    return Amount(slot, lo, hi, amount.unit)


def to_unit(tape: Tape, amount: Amount, unit: Fraction) -> Amount:
    """Say an amount in a unit that its own is a whole multiple of."""
    return replace(times(tape, amount, int(amount.unit / unit)), unit=unit)


def added(tape: Tape, parts: Sequence[tuple[Amount, Fraction]], plus: Fraction) -> Amount:
    """Add amounts, each so many times, and a number."""
    weights = [amount.unit * times for amount, times in parts]
    unit = shared_unit([*weights, plus]) or Fraction(1)
    factors = [int(weight / unit) for weight in weights]
    ends = [
        sorted((amount.lo * by, amount.hi * by))
        for (amount, _), by in zip(parts, factors, strict=True)
    ]
    whole = int(plus / unit)
    lo, hi = sum((low for low, _ in ends), whole), sum((high for _, high in ends), whole)
    met = max([hi, *(high for _, high in ends), *(amount.hi for amount, _ in parts)])
    least = min([lo, *(amount.lo for amount, _ in parts)])
    kind = width(least, met)
    if factors == [-1]:
        slot = tape.to(parts[0][0].slot, kind)
        return Amount(tape.write(np.subtract, tape.constant(whole, kind), slot, kind), lo, hi, unit)
    total = NOTHING
    for (amount, _), by in zip(parts, factors, strict=True):
        slot = tape.to(amount.slot, kind)
        if by != 1:
            slot = tape.write(np.multiply, slot, tape.constant(by, kind), kind)
        total = tape.write(np.add, total, slot, kind) if total else slot
    if whole or not total:
        held = tape.constant(whole, kind)
        total = (
            tape.write(np.add, total, held, kind)
            if total
            else tape.write(cast, held, NOTHING, kind)
        )
    return Amount(total, lo, hi, unit)


def multiplied(tape: Tape, one: Amount, other: Amount) -> Amount:
    """Multiply two amounts."""
    ends = [a * b for a in (one.lo, one.hi) for b in (other.lo, other.hi)]
    lo, hi = min(ends), max(ends)
    kind = width(min(lo, one.lo, other.lo), max(hi, one.hi, other.hi))
    if tape.kinds[one.slot] == tape.kinds[other.slot] == NARROW[0] and kind == NARROW[1]:
        slot = tape.write(widely, one.slot, other.slot, kind)
        return Amount(slot, lo, hi, one.unit * other.unit)
    first, second = tape.to(one.slot, kind), tape.to(other.slot, kind)
    return Amount(tape.write(np.multiply, first, second, kind), lo, hi, one.unit * other.unit)


def within(tape: Tape, amount: Amount, least: Fraction | None, most: Fraction | None) -> Amount:
    """Keep an amount from going under ``least`` or over ``most``."""
    ends = [end for end in (least, most) if end is not None]
    unit = shared_unit([amount.unit, *ends])
    fine = to_unit(tape, amount, unit)
    slot, lo, hi = fine.slot, fine.lo, fine.hi
    kind = width(*_span(lo, hi, [int(end / unit) for end in ends]))
    slot = tape.to(slot, kind)
    if least is not None:
        end = int(least / unit)
        slot = tape.write(larger, slot, tape.constant(end, kind), kind)
        lo, hi = max(lo, end), max(hi, end)
    if most is not None:
        end = int(most / unit)
        slot = tape.write(smaller, slot, tape.constant(end, kind), kind)
        lo, hi = min(lo, end), min(hi, end)
    return Amount(slot, lo, hi, unit)


def one_of(tape: Tape, parts: Sequence[Amount], *, highest: bool) -> Amount:
    """Keep the highest (or the lowest) of several amounts."""
    unit = shared_unit([part.unit for part in parts])
    fine = [to_unit(tape, part, unit) for part in parts]
    lows, highs = [part.lo for part in fine], [part.hi for part in fine]
    kind = width(min(lows), max(highs))
    slots = [tape.to(part.slot, kind) for part in fine]
    keep, choose = (larger, max) if highest else (smaller, min)
    slot = reduce(lambda one, other: tape.write(keep, one, other, kind), slots)
    return Amount(slot, choose(lows), choose(highs), unit)


def _span(lo: int, hi: int, ends: Sequence[int]) -> tuple[int, int]:
    return min([lo, *ends]), max([hi, *ends])


def rounded(tape: Tape, amount: Amount, to: Fraction, rounding: str) -> Amount:
    """Round an amount to a multiple of ``to`` by name; the result is in units of ``to``."""
    part = amount.unit / to
    top, bottom = part.numerator, part.denominator
    if bottom == 1:
        return replace(times(tape, amount, top), unit=to)
    if rounding.startswith("half") and (bottom % 2 or rounding == "half-even"):
        top, bottom = 2 * top, 2 * bottom
    extra = {"half-up": bottom // 2, "half-even": bottom // 2, "up": bottom - 1, "down": 0}
    before = (amount.lo * top, amount.hi * top + extra[rounding])
    lo, hi = before[0] // bottom, before[1] // bottom
    kind = width(min(before[0], amount.lo), max(before[1], amount.hi, bottom))
    slot = times_wide(tape, amount, top, kind)
    if extra[rounding]:
        slot = tape.write(np.add, slot, tape.constant(extra[rounding], kind), kind)
    whole = tape.write(np.floor_divide, slot, tape.constant(bottom, kind), kind)
    if rounding == "half-even":
        whole = _evened(tape, whole, slot, bottom, kind)
        lo -= 1
        lo = max(lo, 0) if amount.lo >= 0 else lo
    return Amount(whole, lo, hi, to)


def times_wide(tape: Tape, amount: Amount, factor: int, kind: np.dtype[Any]) -> int:
    """Multiply the whole numbers of an amount in a kind that is known to hold the product."""
    slot = tape.to(amount.slot, kind)
    if factor == 1:
        return slot
    return tape.write(np.multiply, slot, tape.constant(factor, kind), kind)


def _evened(tape: Tape, whole: int, raised: int, bottom: int, kind: np.dtype[Any]) -> int:
    """Take 1 from odd numbers that were exactly half-way before they were rounded up."""
    back = tape.write(np.multiply, whole, tape.constant(bottom, kind), kind)
    tie = tape.as_numbers(tape.write(np.equal, back, raised, bool))
    odd = tape.write(np.bitwise_and, tape.to(tie, kind), whole, kind)
    return tape.write(np.subtract, whole, odd, kind)


def read_off(
    tape: Tape,
    amount: Amount,
    rule: Callable[[Column, int], tuple[Column, int]],
    name: tuple[object, ...],
) -> Amount:
    """Apply a rule that maps whole numbers over a scale to others, by a table where it is small.

    ``name`` says what the rule is; like rules of the same amount are then applied once.
    """
    top, scale = amount.unit.numerator, amount.unit.denominator
    if amount.hi - amount.lo < LARGEST_TABLE:
        values, fine = rule(np.arange(amount.lo, amount.hi + 1, dtype=np.int64) * top, scale)
        by = int(np.gcd.reduce(values)) or 1
        values = values // by
        lo, hi = int(values.min()), int(values.max())
        kind = width(lo, hi)
        places = tape.to(amount.slot, PLACE)
        if amount.lo:
            places = tape.write(np.subtract, places, tape.constant(amount.lo, PLACE), PLACE)
        slot = tape.write(look_up, tape.table(values.astype(kind)), places, kind)
        return Amount(slot, lo, hi, Fraction(by, fine))

    def work(numbers: Column, _: Any, out: Column) -> None:
        inside = np.clip(numbers.astype(np.int64), amount.lo, amount.hi)
        out[:] = rule(inside * top, scale)[0]

    _, fine = rule(np.zeros(1, np.int64), scale)
    slot = tape.write(work, amount.slot, NOTHING, SIGNED, ("rule", *name, amount.unit))
    return Amount(slot, -HELD + 1, HELD - 1, Fraction(1, fine))


def in_steps(
    tape: Tape, amount: Amount, starts: Sequence[Fraction], heights: Sequence[Fraction]
) -> Amount | None:
    """Return the height of the last start each amount has reached; ``None`` for too many."""
    whole, unit = whole_numbers(heights)
    bounds = [ceil(start / amount.unit) for start in starts]
    kind = width(min(whole), max(whole))
    base, rises = whole[0], []
    for start, before, after in zip(bounds[1:], whole, whole[1:], strict=False):
        if start <= amount.lo:
            base = after
        elif start <= amount.hi and after != before:
            rises.append((start, after - before))
    if kind == SIGNED or len(rises) > (FEW if kind == NARROW[0] else FEW // 2):
        return None
    slot = stairs(tape, amount.slot, rises, kind)
    if not slot:
        slot = tape.write(cast, tape.constant(base, kind), NOTHING, kind)
    elif base:
        slot = tape.write(np.add, slot, tape.constant(base, kind), kind)
    return Amount(slot, min(whole), max(whole), unit)
