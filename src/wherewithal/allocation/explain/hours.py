"""How many hours of which price a line stands for, wherever that can be told exactly."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import lcm

from wherewithal.allocation.answers import Answer, Missing, Share
from wherewithal.allocation.explain.work import Values, exact, plain
from wherewithal.allocation.explanation import PriceHours, Value, new
from wherewithal.allocation.plan import Plan, plans, reaches_of
from wherewithal.money import half_up
from wherewithal.scheme import Price, Scheme
from wherewithal.scheme import steps as kinds

Spread = Mapping[str, tuple[Value, Value]]
"""Minutes, and the money they come to, by the price they are paid at."""
Paid = Mapping[str, tuple[Value, int]]
"""Minutes and pence by price; the pence of a line's prices never pass those of the line."""


Row = tuple[Value, int, Value, int]
"""Minutes (see :class:`Rows`) and pence after family help, then both before it."""
Hours = tuple[Row, ...] | None
"""A line's hours, one row for each of its prices; ``None`` where they can't be told exactly."""
NO_HOURS: Row = (0, 0, 0, 0)


class Untold(Exception):  # not a mistake: the hours are left out
    """Hours went in, but how many are left of them can't be told."""


def hours_of(
    plan: Plan, said: Mapping[str, Answer], shares: Mapping[str, Share], values: Values
) -> Spread | None:
    """Return the minutes behind a line by price; ``None`` where they can't be told exactly.

    A sum has the hours of all it adds. A factor for a group (an area, a setting) makes hours
    dearer, not more. The highest or lowest of several has the hours of the one that counts. Where
    a limit is reached, or a curve takes over, no hours can be told.
    """
    last = plan.steps[-1]
    if isinstance(last, kinds.Cost):
        return {last.price: (values[last.of], values[last.code])}
    return Walk(plan, said, shares, values).told()


class Walk:
    """One walk from what a line pays down to the hours that went in."""

    def __init__(
        self, plan: Plan, said: Mapping[str, Answer], shares: Mapping[str, Share], values: Values
    ) -> None:
        self.plan, self.said, self.shares, self.values = plan, said, shares, values
        self.steps = {step.code: step for step in plan.steps}

    def told(self) -> Spread | None:
        """Return the hours by price, ``None`` where they can't be told."""
        try:
            return self.spread(self.plan.line.of)
        except Untold:
            return None

    def spread(self, code: str) -> Spread:
        """Return the hours behind a step by price.

        Raises:
            Untold: hours went in, but how many are left can't be told.
        """
        step = self.steps[code]
        match step:
            case kinds.Cost():
                return {step.price: (self.values[step.of], self.values[code])}
            case kinds.Sum():
                return self._sum(step)
            case kinds.Product():
                return self._product(step)
            case kinds.Highest() | kinds.Lowest():
                return self._one_of(step)
            case kinds.AfterHelp():
                kept = step.kept(self.shares.get(step.question, 0))
                return _times(self.spread(step.of), kept, kept)
            case kinds.Pick():
                answer = self.said[step.question]
                return {} if isinstance(answer, Missing) else self.spread(step.of[str(answer)])
            case _:
                return self._of_one(step)

    def _sum(self, step: kinds.Sum) -> Spread:
        parts = [(term.times, self.spread(term.of)) for term in step.terms]
        if any(part and times != 1 for times, part in parts):
            raise Untold
        return added_up(part for _, part in parts)

    def _product(self, step: kinds.Product) -> Spread:
        parts = [(code, self.spread(code)) for code in step.of]
        timed = [(code, part) for code, part in parts if part]
        if not timed:
            return {}
        factors = [code for code, part in parts if not part]
        if len(timed) > 1 or not all(self._for_a_group(code) for code in factors):
            raise Untold
        dearer = Fraction(1)
        for code in factors:
            dearer *= self.values[code]
        return _times(timed[0][1], 1, dearer)

    def _one_of(self, step: kinds.Highest | kinds.Lowest) -> Spread:
        """Return the hours of the part that counts: one with hours, or one of none that has any.

        Raises:
            Untold: an amount without hours took the place of hours, or equal parts differ in them.
        """
        first, *others = [
            self.spread(code) for code in step.of if self.values[code] == self.values[step.code]
        ]
        if any(other != first for other in others):
            raise Untold
        if not first and any(self.spread(code) for code in step.of):
            raise Untold
        return first

    def _for_a_group(self, code: str) -> bool:
        """Say whether a value depends only on groups a person is in, not on more or less need."""
        step = self.steps[code]
        asked = [self.plan.scheme.question(each) for each in kinds.asks(step)]
        if isinstance(step, kinds.AfterHelp) or any(question.rising for question in asked):
            return False
        return all(self._for_a_group(each) for each in kinds.inputs(step))

    def _of_one(self, step: kinds.Step) -> Spread:
        parts = [self.spread(code) for code in kinds.inputs(step)]
        if not any(parts):
            return {}
        (part,) = parts
        before, after = self.values[kinds.inputs(step)[0]], self.values[step.code]
        if isinstance(step, kinds.Limit) and after == before:
            return part
        if isinstance(step, kinds.Round) and before:
            return _times(part, 1, Fraction(after) / before)
        raise Untold


def _times(part: Spread, minutes: Value, money: Value) -> Spread:
    return {price: (own * minutes, paid * money) for price, (own, paid) in part.items()}


def added_up(parts: Iterable[Spread]) -> Spread:
    """Add up minutes and money by price."""
    found: dict[str, tuple[Value, Value]] = {}
    for part in parts:
        for price, (minutes, money) in part.items():
            before = found.get(price, (0, 0))
            found[price] = (before[0] + minutes, before[1] + money)
    return found


def in_pence(spread: Spread, exact: Value, pence: int) -> Paid:
    """Share a line's pence among its prices, as near as whole pence come, adding up exactly."""
    paid: dict[str, tuple[Value, int]] = {}
    so_far: Value = 0
    given = 0
    for price, (minutes, money) in spread.items():
        so_far += money
        upto = half_up(pence * Fraction(so_far) / exact) if exact else 0
        paid[price] = (plain(minutes), upto - given)
        given = upto
    return paid


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The prices of a scheme, and in how fine parts of a minute their minutes are added up.

    Minutes are added up as whole numbers of ``1/fine``, which is far cheaper than as fractions.
    Each price stands with its rows: the places of the lines that are paid at it, and of the row
    among each line's own.
    """

    prices: tuple[tuple[Price, tuple[tuple[int, int], ...]], ...]
    fine: int


@lru_cache(maxsize=64)
def rows_of(scheme: Scheme) -> Rows:
    """Return the prices of a scheme, ready for adding up."""
    paid = [prices_of(plan) for plan in plans(scheme)]
    prices = [
        (
            price,
            tuple([(n, own.index(price.code)) for n, own in enumerate(paid) if price.code in own]),
        )
        for price in scheme.prices
    ]
    known = reaches_of(scheme)
    costs = {
        step.of for plan in plans(scheme) for step in plan.steps if isinstance(step, kinds.Cost)
    }
    fine = 100 * lcm(1, *[known[code].scale for code in costs])
    return Rows(tuple(prices), fine)


@lru_cache(maxsize=2048)
def prices_of(plan: Plan) -> tuple[str, ...]:
    """Return the prices that a line pays for minutes at."""
    paid = [step.price for step in plan.steps if isinstance(step, kinds.Cost)]
    return tuple(dict.fromkeys(paid))


def in_rows(plan: Plan, both: tuple[Paid, Paid] | None) -> Hours:
    """Return a line's hours, before and after family help, ready for adding up."""
    if both is None:
        return None
    return tuple([_row(price, *both, rows_of(plan.scheme).fine) for price in prices_of(plan)])


def _row(price: str, full: Paid, left: Paid, fine: int) -> Row:
    if price not in left:
        return NO_HOURS
    minutes, pence = left[price]
    minutes_full, pence_full = full[price]
    return plain(minutes * fine), pence, plain(minutes_full * fine), pence_full


def hours_by_price(rows: Rows, lines: Sequence[Hours]) -> tuple[PriceHours, ...]:
    """Add up every price's hours before and after family help; untold prices are left out."""
    found = []
    for price, places in rows.prices:
        each = [(lines[line], own) for line, own in places]
        told = [hours[own] for hours, own in each if hours is not None]
        if len(told) == len(each):
            minutes, pence, minutes_full, pence_full = map(sum, zip(NO_HOURS, *told))  # noqa: B905  # of one length
            found.append(
                new(
                    PriceHours,
                    (
                        price.code, price.label, exact(minutes, rows.fine), price.hourly, pence,
                        exact(minutes_full, rows.fine), pence_full,
                    ),
                )
            )  # fmt: skip
    return tuple(found)
