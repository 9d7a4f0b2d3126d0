"""How many hours of which price a line stands for, wherever that can be told exactly."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import lcm

from wherewithal.allocation.answers import Answer, Missing, Share
from wherewithal.allocation.explain.work import Values, exact, plain
from wherewithal.allocation.explanation import PriceHours, Value
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
Hours = tuple[tuple[int, Row], ...] | None
"""A line's hours by the place of their price; ``None`` where they can't be told exactly."""
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
    """

    prices: tuple[Price, ...]
    places: Mapping[str, int]
    fine: int


@lru_cache(maxsize=64)
def rows_of(scheme: Scheme) -> Rows:
    """Return the prices of a scheme, ready for adding up."""
    known = reaches_of(scheme)
    costs = {step.of for plan in plans(scheme) for step in costs_of(plan)}
    fine = 100 * lcm(1, *[known[code].scale for code in costs])
    return Rows(scheme.prices, {price.code: n for n, price in enumerate(scheme.prices)}, fine)


def costs_of(plan: Plan) -> list[kinds.Cost]:
    """Return the steps of a line that pay for minutes."""
    return [step for step in plan.steps if isinstance(step, kinds.Cost)]


def in_rows(rows: Rows, both: tuple[Paid, Paid] | None) -> Hours:
    """Return a line's hours, before and after family help, ready for adding up."""
    if both is None:
        return None
    full, left = both
    return tuple(
        [
            (
                rows.places[price],
                (
                    plain(minutes * rows.fine),
                    pence,
                    plain(full[price][0] * rows.fine),
                    full[price][1],
                ),
            )
            for price, (minutes, pence) in left.items()
        ]
    )


def hours_by_price(rows: Rows, lines: Sequence[tuple[Plan, Hours]]) -> tuple[PriceHours, ...]:
    """Add up every price's hours before and after family help; untold prices are left out."""
    told: list[list[Row]] = [[NO_HOURS] for _ in rows.prices]
    untold: set[str] = set()
    for plan, hours in lines:
        if hours is None:
            untold.update([step.price for step in costs_of(plan)])
        else:
            for place, row in hours:
                told[place].append(row)
    found = []
    for price, each in zip(rows.prices, told, strict=True):
        minutes, pence, minutes_full, pence_full = map(sum, zip(*each, strict=True))
        if price.code not in untold:
            found.append(
                PriceHours(
                    price.code, price.label, exact(minutes, rows.fine), price.hourly, pence,
                    exact(minutes_full, rows.fine), pence_full,
                )
            )  # fmt: skip
    return tuple(found)
