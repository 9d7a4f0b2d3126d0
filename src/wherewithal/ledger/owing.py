"""What is owed now: what falls due, and the difference on days that were paid before.

Money is paid in advance, and then life changes: a stay in hospital, a new charge, an end. So every
time, what all days paid so far come to under today's facts is held against what was paid for them.
The difference goes with what falls due now. It can take off no more than that, and the rest waits.
No difference needs a record of its own, and however often facts change, what was paid in the end
is what the facts in the end come to.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from wherewithal.dates import Period
from wherewithal.ledger.schedule import (
    BudgetPiece,
    Due,
    Once,
    PaySchedule,
    came_to,
    due,
    joined_pieces,
)


@dataclass(frozen=True, slots=True)
class Share:
    """What one way of holding gets from one budget, and what it has been paid.

    ``paid_until`` is the day up to which it was paid, ``None`` for never; ``paid_net`` the pence
    that were sent, with every earlier adjustment; ``paid_own`` the pence the person was asked to
    put in with them, with every earlier correction.
    """

    pieces: tuple[BudgetPiece, ...]
    once: tuple[Once, ...] = ()
    paid_until: date | None = None
    paid_net: int = 0
    paid_own: int = 0

    def falls_due(self, schedule: PaySchedule, until: date) -> tuple[Due, ...]:
        """Return what falls due before ``until`` and was never paid, one for each pay period."""
        first = min([piece.period.start for piece in self.pieces], default=until)
        end = schedule.paid_up_to(until)
        start = max(first, self.paid_until or first)
        dues = (
            due(
                self.pieces, anchor=schedule.anchor, weeks_each=schedule.weeks_each,
                window=Period(start, end),
            )
            if start < end
            else ()
        )  # fmt: skip
        unpaid = [each for each in sorted(self.once) if each.on >= (self.paid_until or date.min)]
        return _with_once(dues, [each for each in unpaid if each.on < max(until, end)])

    def came_to(self) -> int:
        """Return the pence, after contributions, that all days paid so far come to today."""
        if self.paid_until is None:
            return 0
        gross, contribution = self._paid_days_come_to()
        return (
            gross
            - contribution
            + sum(each.pence for each in self.once if each.on < self.paid_until)
        )

    @property
    def difference(self) -> int:
        """Return what paid days come to today less what was paid: below zero is too much paid."""
        return self.came_to() - self.paid_net

    @property
    def own_difference(self) -> int:
        """Return what the person puts in for paid days today less what they were asked for."""
        return self._paid_days_come_to()[1] - self.paid_own

    def _paid_days_come_to(self) -> tuple[int, int]:
        first = min([piece.period.start for piece in self.pieces], default=date.max)
        if self.paid_until is None or first >= self.paid_until:
            return 0, 0
        return came_to(self.pieces, Period(first, self.paid_until))


@dataclass(frozen=True, slots=True)
class Payable:
    """One sum to pay: for the share at ``place``, what falls due with its part of a difference.

    Where nothing new falls due (``due`` is ``None``) it is a difference in the person's favour.
    ``adjustment_contribution`` is what the person is to put in, more or less, for days paid before.
    """

    place: int
    due: Due | None
    adjustment: int
    adjustment_contribution: int = 0

    @property
    def is_paid(self) -> bool:
        """Whether there is anything to pay or to put right; a pause alone is not."""
        return self.due is None or bool(self.due.gross or self.adjustment)

    @property
    def net(self) -> int:
        """Pence to pay, never below zero."""
        return (self.due.net if self.due else 0) + self.adjustment


@dataclass(frozen=True, slots=True)
class Owing:
    """What one person is owed in one way of holding, and ``carried``: what waits, zero or below."""

    payables: tuple[Payable, ...]
    difference: int
    carried: int


def owing(shares: Sequence[Share], *, schedule: PaySchedule, until: date) -> Owing:
    """Return what is owed before ``until`` for the budgets of one person held in one way.

    A difference on the days of one budget goes with whatever falls due from any of them, the
    oldest days first. The person's own part of it goes whole with the first sum that is paid.
    """
    difference = sum(each.difference for each in shares)
    own = sum(each.own_difference for each in shares)
    found = [
        (place, each)
        for place, share in enumerate(shares)
        for each in share.falls_due(schedule, until)
    ]
    found.sort(key=lambda pair: pair[1].paid_days.start)
    if not found and difference > 0:
        return Owing((Payable(len(shares) - 1, None, difference, own),), difference, 0)
    payables, left = [], difference
    for place, each in found:
        wanted = each.net + left
        payables.append(Payable(place, each, max(0, wanted) - each.net))
        left = min(0, wanted)
    return Owing(tuple(_with_own(payables, own)), difference, left)


def _with_own(payables: Sequence[Payable], own: int) -> list[Payable]:
    first = next((place for place, each in enumerate(payables) if each.is_paid), None)
    return [
        replace(each, adjustment_contribution=own) if place == first else each
        for place, each in enumerate(payables)
    ]


def unpaid_days(pieces: Iterable[BudgetPiece], paid: Iterable[Period], until: date) -> list[Period]:
    """Return the stretches of budgeted days before ``until`` that no payment was ever for."""
    periods = list(paid)
    stretches: list[Period] = []
    for piece in joined_pieces(pieces):
        days = piece.period.intersection(Period(date.min, until))
        rests = [days] if days is not None and piece.weekly_gross else []
        for period in periods:
            rests = [left for rest in rests for left in _without(rest, period)]
        stretches += rests
    return stretches


def _without(days: Period, other: Period) -> list[Period]:
    common = days.intersection(other)
    if common is None:
        return [days]
    sides = (Period(days.start, common.start), Period(common.end or common.start, days.end))
    return [side for side in sides if side.end is None or side.start < side.end]


def _with_once(dues: tuple[Due, ...], once: Sequence[Once]) -> tuple[Due, ...]:
    """Put each sum that is paid once with the pay period of its day, or the first after it."""
    with_sums: list[Due] = []
    rest = list(once)
    for each in dues:
        end = each.paid_days.end
        mine = [sum_ for sum_ in rest if end is None or sum_.on < end]
        rest = [sum_ for sum_ in rest if sum_ not in mine]
        with_sums.append(Due(each.period, each.parts, tuple(mine)))
    if rest:
        with_sums.append(Due(_days_of(rest), (), tuple(rest)))
    return tuple(with_sums)


def _days_of(once: Sequence[Once]) -> Period:
    return Due(Period(once[0].on), (), tuple(once)).paid_days
