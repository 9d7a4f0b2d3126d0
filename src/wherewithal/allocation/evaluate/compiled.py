"""Write a scheme as operations on columns: the rules of ``explain.work``, for everybody at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache, reduce
from typing import Any

import numpy as np

from wherewithal.allocation.answers import Missing
from wherewithal.allocation.evaluate import amounts
from wherewithal.allocation.evaluate.amounts import Amount
from wherewithal.allocation.evaluate.tape import NOTHING, Tape, larger
from wherewithal.allocation.evaluate.vector import read_values
from wherewithal.scheme import ByHand, Condition, Question, Scheme
from wherewithal.scheme.graph import Reach, in_order, reaches
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
    inputs,
)

BYTE = np.dtype(np.uint8)
PENNY = Fraction(1, 100)
WITHOUT = ".without_help"
PERCENTAGES = range(101)


@dataclass(slots=True)
class Writer:
    """A scheme being written to a tape, for columns of known kinds.

    What is the same as in ``like``, a scheme on the same tape, is taken from there. ``helped``:
    somebody's family help may count. ``gaps``: there are missing answers.
    """

    scheme: Scheme
    kinds: Mapping[str, np.dtype[Any]]
    helped: bool
    gaps: bool
    tape: Tape = field(default_factory=Tape)
    like: "Writer | None" = None
    questions: dict[str, Question] = field(default_factory=dict)
    steps: dict[str, Step] = field(default_factory=dict)
    known: dict[tuple[str, bool], Amount] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.questions = {question.code: question for question in self.scheme.questions}
        self.steps = {step.code: step for step in self.scheme.steps}

    def answers(self, code: str) -> int:
        """Return the slot of a question's answers, in one byte where they fit."""
        slot = self.tape.input(code, self.kinds[code])
        question = self.questions[code]
        most = question.most if question.kind == "number" else len(question.options)
        held = np.iinfo(self.kinds[code]).max
        if question.kind == "several" or (self.kinds[code].itemsize == 1 and most <= held):
            return slot
        if most <= amounts.SMALL:
            return self.tape.to(slot, np.int8)
        return self.tape.to(slot, np.int64)

    def signed(self, code: str) -> bool:
        """Say whether a column may hold missing answers, which are below 0."""
        return self.kinds[code].kind == "i" and self.gaps

    def value(self, code: str, *, left: bool) -> Amount:
        """Return a step's value: what is left after family help, or all of it."""
        left = left and self.helped
        key = (code, left)
        if key not in self.known:
            same = self._as_it_was(code, left=left)
            self.known[key] = same or self._written(self.steps[code], left=left)
        return self.known[key]

    def _as_it_was(self, code: str, *, left: bool) -> Amount | None:
        """Return the value of a step that neither is nor reads anything new."""
        step, like = self.steps[code], self.like
        if like is None or like.steps.get(code) is not step:
            return None
        if isinstance(step, Cost) and self.scheme.price(step.price) != like.scheme.price(
            step.price
        ):
            return None
        for each in inputs(step):
            if self.value(each, left=left) is not like.value(each, left=left):
                return None
        return like.value(code, left=left)

    def _written(self, step: Step, *, left: bool) -> Amount:
        match step:
            case Choice():
                return self._choice(step)
            case Number():
                return self._number(step)
            case Count():
                parts = [self.given(each) for each in step.of]
                return amounts.added(self.tape, [(p, Fraction(1)) for p in parts], Fraction(0))
            case Pick():
                return self._pick(step, left=left)
            case Sum():
                terms = [(self.value(term.of, left=left), term.times) for term in step.terms]
                return amounts.added(self.tape, terms, step.plus)
            case Product():
                parts = [self.value(code, left=left) for code in step.of]
                return reduce(lambda a, b: amounts.multiplied(self.tape, a, b), parts)
            case Highest() | Lowest():
                parts = [self.value(code, left=left) for code in step.of]
                return amounts.one_of(self.tape, parts, highest=isinstance(step, Highest))
            case _:
                return self._of_one(step, self.value(step.of, left=left), left=left)

    def _of_one(self, step: Step, of: Amount, *, left: bool) -> Amount:
        match step:
            case AfterHelp():
                return self._after_help(step, of) if left else of
            case Cost():
                rate = self.scheme.price(step.price).hourly / 60
                return Amount(of.slot, of.lo, of.hi, of.unit * rate) if rate else self._nothing()
            case Square():
                return amounts.multiplied(self.tape, of, of)
            case Limit():
                return amounts.within(self.tape, of, step.least, step.most)
            case Round():
                return amounts.rounded(self.tape, of, step.to, step.rounding)
            case Bands():
                starts = [band.start for band in step.bands]
                heights = [band.amount for band in step.bands]
                if (found := amounts.in_steps(self.tape, of, starts, heights)) is not None:
                    return found
        return self._read_off(step, of)

    def _read_off(self, step: Step, of: Amount) -> Amount:
        assert isinstance(step, Bands | Curve)  # noqa: S101  # the only steps that are left
        parts = step.bands if isinstance(step, Bands) else step.knots
        found = amounts.read_off(
            self.tape, of, lambda values, scale: read_values(step, values, scale), (of.slot, parts)
        )
        heights = (
            [band.amount for band in step.bands]
            if isinstance(step, Bands)
            else [height for _, height in step.knots]
        )
        lo, hi = (int(end / found.unit) for end in (min(heights), max(heights)))
        return Amount(found.slot, max(lo, found.lo), min(hi, found.hi), found.unit)

    def _nothing(self) -> Amount:
        return amounts.fixed(self.tape, 0)

    def _choice(self, step: Choice) -> Amount:
        question = self.questions[step.question]
        whole, unit = amounts.whole_numbers(
            [step.amounts[option.code] for option in question.options]
        )
        if question.kind == "several":
            parts = [
                (Amount(self._bit(question, place), 0, 1, unit), Fraction(each))
                for place, each in enumerate(whole)
            ]
            return amounts.added(self.tape, parts, Fraction(0))
        absent = question.may_not_apply and self.signed(question.code) and whole[0] != 0
        rows = [*whole, *[0] * len(Missing)] if absent else whole
        answers = self.answers(question.code)
        slot = amounts.table_of(self.tape, answers, rows, low=0, around=absent)
        lo, hi = (min(*whole, 0), max(*whole, 0)) if absent else (min(whole), max(whole))
        return Amount(slot, lo, hi, unit)

    def _bit(self, question: Question, place: int) -> int:
        """Say (as 1 or 0) who ticked an option."""
        kind = amounts.width(0, 2 ** len(question.options))
        slot = self.answers(question.code)
        own = self.tape.kinds[slot]
        if self.signed(question.code):
            slot = self.tape.write(larger, slot, self.tape.constant(0, own), own)
        slot = self.tape.to(slot, kind)
        bit = self.tape.write(np.bitwise_and, slot, self.tape.constant(1 << place, kind), kind)
        some = self.tape.write(np.not_equal, bit, self.tape.constant(0, kind), bool)
        return self.tape.as_numbers(some)

    def _number(self, step: Number) -> Amount:
        question = self.questions[step.code]
        slot = self.answers(step.code)
        own = self.tape.kinds[slot]
        if self.signed(step.code):
            slot = self.tape.write(larger, slot, self.tape.constant(question.least, own), own)
        slot = self.tape.to(slot, amounts.width(question.least, question.most))
        return Amount(slot, question.least, question.most, Fraction(1))

    def given(self, condition: Condition) -> Amount:
        """Return how many of the answers that a condition names each person gave."""
        question = self.questions[condition.question]
        slot = self.answers(question.code)
        if condition.at_least is not None:
            met = amounts.at_least(self.tape, slot, condition.at_least)
            return Amount(met, 0, 1, Fraction(1))
        places = [p for p, o in enumerate(question.options) if o.code in condition.options]
        if question.kind == "several":
            found = [self._bit(question, place) for place in places]
        else:
            found = [amounts.equal_to(self.tape, slot, place) for place in places]
        met = reduce(lambda a, b: self.tape.write(np.add, a, b, BYTE), found)
        most = len(places) if question.kind == "several" else 1
        return Amount(met, 0, most, Fraction(1))

    def _pick(self, step: Pick, *, left: bool) -> Amount:
        slot = self.answers(step.question)
        parts = []
        for place, option in enumerate(self.questions[step.question].options):
            chosen = Amount(amounts.equal_to(self.tape, slot, place), 0, 1, Fraction(1))
            value = self.value(step.of[option.code], left=left)
            parts.append(amounts.multiplied(self.tape, chosen, value))
        total = amounts.added(self.tape, [(part, Fraction(1)) for part in parts], Fraction(0))
        lows = [int(part.lo * part.unit / total.unit) for part in parts]
        highs = [int(part.hi * part.unit / total.unit) for part in parts]
        return Amount(total.slot, min(0, *lows), max(0, *highs), total.unit)

    def _after_help(self, step: AfterHelp, of: Amount) -> Amount:
        share = self._share(step.question)
        if not share:
            return of
        if step.still_funded:
            whole, unit = amounts.whole_numbers([step.kept(each) for each in PERCENTAGES])
            slot = amounts.table_of(self.tape, share, whole, low=0, around=False)
            kept = Amount(slot, min(whole), max(whole), unit)
        else:
            part = Amount(share, 0, 100, PENNY)
            kept = amounts.added(self.tape, [(part, -step.counted)], Fraction(1))
        return amounts.multiplied(self.tape, of, kept)

    def _share(self, code: str) -> int:
        """Return the slot of the share of help that counts; nothing where nobody has any."""
        name = f"{code}.help"
        if name not in self.kinds:
            return NOTHING
        agreed = [
            amounts.equal_to(self.tape, self.tape.input(each, self.kinds[each]), 1)
            for each in ("carer_willing", "carer_able")
        ]
        counts = self.tape.write(np.bitwise_and, agreed[0], agreed[1], BYTE)
        all_bits = self.tape.write(np.subtract, self.tape.constant(0, BYTE), counts, BYTE)
        share = self.tape.to(self.tape.input(name, self.kinds[name]), BYTE)
        return self.tape.write(np.bitwise_and, share, all_bits, BYTE)

    def whole(self, code: str, *, left: bool) -> int:
        """Return the slot of a step's value as whole numbers over its scale."""
        value = self.value(code, left=left)
        factor = value.unit * reached(self.scheme)[code].scale
        if factor.denominator != 1:
            part = Fraction(1, reached(self.scheme)[code].scale)
            return amounts.rounded(self.tape, value, part, "down").slot
        return amounts.times(self.tape, value, factor.numerator).slot

    def line(self, code: str, *, left: bool) -> Amount:
        """Return what a line pays in pence."""
        line = next(each for each in self.scheme.lines if each.code == code)
        value = self.value(line.of, left=left)
        return amounts.rounded(self.tape, value, PENNY, self.scheme.rounding)

    def total(self, *, left: bool) -> Amount:
        """Return all lines together, in pence."""
        parts = [self.line(line.code, left=left) for line in self.scheme.lines]
        return amounts.added(self.tape, [(part, Fraction(1)) for part in parts], Fraction(0))

    def status(self) -> int | None:
        """Return the slot of everybody's status; ``None`` where everybody has a figure."""
        missing = self._incomplete()
        met = [self._meets(rule) for rule in self.scheme.by_hand]
        if not met:
            return missing
        tape = self.tape
        by_hand = reduce(lambda a, b: tape.write(np.bitwise_or, a, b, BYTE), met)
        twice = tape.write(np.multiply, by_hand, tape.constant(2, BYTE), BYTE)
        if missing is None:
            return twice
        worked = tape.write(np.bitwise_xor, missing, tape.constant(1, BYTE), BYTE)
        return tape.write(np.add, tape.write(np.multiply, twice, worked, BYTE), missing, BYTE)

    def _incomplete(self) -> int | None:
        found: int | None = None
        for question in self.scheme.questions:
            if self.signed(question.code):
                slot = self.tape.input(question.code, self.kinds[question.code])
                own = self.tape.kinds[slot]
                less = self.tape.write(np.less, slot, self.tape.constant(0, own), bool)
                if question.may_not_apply:
                    absent = self.tape.constant(Missing.NOT_APPLICABLE, own)
                    other = self.tape.write(np.not_equal, slot, absent, bool)
                    less = self.tape.write(np.logical_and, less, other, bool)
                mine = self.tape.as_numbers(less)
                found = mine if found is None else self.tape.write(np.bitwise_or, found, mine, BYTE)
        return found

    def _meets(self, rule: ByHand) -> int:
        parts = [self._some(self.given(condition)) for condition in rule.when]
        if rule.total_above is not None:
            full = self.total(left=False)
            above = int(rule.total_above * 100 // 1) + 1
            if above > full.hi:
                parts.append(self._nothing().slot)
            else:
                parts.append(amounts.at_least(self.tape, full.slot, max(above, full.lo)))
        return reduce(lambda a, b: self.tape.write(np.bitwise_and, a, b, BYTE), parts)

    def _some(self, amount: Amount) -> int:
        return amount.slot if amount.hi == 1 else amounts.at_least(self.tape, amount.slot, 1)


@lru_cache(maxsize=64)
def reached(scheme: Scheme) -> Mapping[str, Reach]:
    """Return how far each step's value can reach, and its scale: how many of its column make 1."""
    steps = in_order(scheme.steps, [step.code for step in scheme.steps])
    asked = {question.code: question for question in scheme.questions}
    hourly = {price.code: price.hourly for price in scheme.prices}
    return reaches(steps, asked, hourly)
