"""What a budget held as a direct payment makes due, one pay period after another.

Direct payments are usually paid every four weeks, in advance. A whole week is the weekly amount; a
part of one is paid by the day, at a seventh of it. Every stretch of days at one amount is counted
from its own first day, the gross rounded half up to the penny and the person's contribution down.
So it comes to the same sum however it was cut into pay periods, and a penny that cannot be shared
falls to the person.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Self

from wherewithal.dates import ONE_DAY, Period, successive
from wherewithal.money import down, half_up, pounds, share

DAYS_IN_WEEK = 7


@dataclass(frozen=True, slots=True)
class BudgetPiece:
    """A stretch of days over which a budget and its contribution stay the same.

    ``weekly_gross`` is the whole weekly cost of the support, ``weekly_contribution`` the person's
    share of it, both in pence. A contribution above the cost is charged only up to the cost.

    Raises:
        ValueError: an amount is negative.
    """

    period: Period
    weekly_gross: int
    weekly_contribution: int = 0

    def __post_init__(self) -> None:
        for name, pence in (
            ("budget", self.weekly_gross),
            ("contribution", self.weekly_contribution),
        ):
            if pence < 0:
                raise ValueError(
                    f"The weekly {name} from {self.period.start} is {pounds(pence)}. "
                    "Give an amount of £0.00 or more."
                )


@dataclass(frozen=True, slots=True)
class Part:
    """The days of one pay period that share one weekly amount, and what they come to in pence."""

    period: Period
    weekly_gross: int
    weekly_contribution: int
    gross: int
    contribution: int

    @classmethod
    def of(cls, piece: BudgetPiece, days: Period) -> Self:
        """Work out what ``days`` of ``piece`` come to: gross half up, contribution down.

        What the days before them in the piece come to is taken off what all of them come to, so
        that parts end to end add up to the whole.
        """
        weekly_contribution = min(piece.weekly_contribution, piece.weekly_gross)
        before = (days.start - piece.period.start).days
        upto = before + days.days

        def gross(count: int) -> int:
            return half_up(share(count, DAYS_IN_WEEK, of=piece.weekly_gross))

        def contribution(count: int) -> int:
            return down(share(count, DAYS_IN_WEEK, of=weekly_contribution))

        return cls(
            period=days,
            weekly_gross=piece.weekly_gross,
            weekly_contribution=weekly_contribution,
            gross=gross(upto) - gross(before),
            contribution=contribution(upto) - contribution(before),
        )

    @property
    def days(self) -> int:
        """Return how many days are paid for."""
        return self.period.days

    @property
    def net(self) -> int:
        """Return what the council pays: gross less contribution, in pence.

        Where nearly all is paid by the person, a few days of a week can come to a penny below zero;
        the whole week never does.
        """
        return self.gross - self.contribution

    @property
    def sentence(self) -> str:
        """Say what this part is, in words a letter can carry."""
        days = "1 day" if self.days == 1 else f"{self.days} days"
        opening = (
            f"{span(self.period)}: {days} at {pounds(self.weekly_gross)} a week "
            f"is {pounds(self.gross)}"
        )
        if not self.weekly_contribution:
            return f"{opening}."
        return (
            f"{opening}. Your contribution of {pounds(self.weekly_contribution)} a week "
            f"is {pounds(self.contribution)}, which leaves {pounds(self.net)}."
        )


@dataclass(frozen=True, slots=True, order=True)
class Once:
    """A sum that is paid one time only, on its day: a start-up cost, a piece of equipment.

    Raises:
        ValueError: the sum is not above zero.
    """

    on: date
    pence: int
    what: str

    def __post_init__(self) -> None:
        if self.pence <= 0:
            raise ValueError(f"{self.what!r} is paid once with {pounds(self.pence)}. Give a sum.")

    @property
    def sentence(self) -> str:
        """Say what is paid once, in words a letter can carry."""
        return f"Plus {pounds(self.pence)}, paid once: {self.what}."


@dataclass(frozen=True, slots=True)
class Due:
    """What one pay period makes due, in pence, with the parts it is the sum of."""

    period: Period
    parts: tuple[Part, ...]
    once: tuple[Once, ...] = ()

    @property
    def days(self) -> int:
        """Return how many days of the pay period are paid for."""
        return sum(part.days for part in self.parts)

    @property
    def paid_days(self) -> Period:
        """Return the days from the first that is paid for to the last."""
        firsts = [part.period.start for part in self.parts] or [each.on for each in self.once]
        ends = [part.period.end for part in self.parts if part.period.end is not None]
        return Period(min(firsts), max(ends or [each.on + ONE_DAY for each in self.once]))

    @property
    def gross(self) -> int:
        """Return the cost of the support, in pence."""
        return sum(part.gross for part in self.parts) + sum(each.pence for each in self.once)

    @property
    def contribution(self) -> int:
        """Return the person's share, in pence."""
        return sum(part.contribution for part in self.parts)

    @property
    def net(self) -> int:
        """Return what the council pays, in pence."""
        return self.gross - self.contribution

    @property
    def sentence(self) -> str:
        """Say how the payment was worked out, part by part."""
        told = [part.sentence for part in self.parts] + [each.sentence for each in self.once]
        together = [f"Together that is {pounds(self.net)}."] if len(told) > 1 else []
        return " ".join(told + together)


@dataclass(frozen=True, slots=True)
class PaySchedule:
    """How often money goes out, and how many days before a pay period begins it is there.

    Pay periods run in step with ``anchor``, the first day of any one of them. ``advance_days``
    below zero is payment in arrears: −28 pays four weeks once they are over.

    Raises:
        ValueError: a pay period has no whole week.
    """

    anchor: date
    weeks_each: int = 4
    advance_days: int = 0

    def __post_init__(self) -> None:
        if self.weeks_each < 1:
            raise ValueError(
                f"A pay period of {self.weeks_each} weeks can't be paid. Use 1 week or more."
            )

    def paid_up_to(self, until: date) -> date:
        """Return the end of the last pay period that falls due before ``until``."""
        length = self.weeks_each * DAYS_IN_WEEK
        last = until + timedelta(days=self.advance_days) - ONE_DAY
        begun = (last - self.anchor).days // length
        return self.anchor + timedelta(days=length * (begun + 1))


def due(
    pieces: Iterable[BudgetPiece], *, anchor: date, weeks_each: int = 4, window: Period
) -> tuple[Due, ...]:
    """Return what falls due for the days in ``window``, one :class:`Due` for each pay period.

    Pay periods are ``weeks_each`` weeks long and run in step with ``anchor``, the first day of
    any one of them, before it as well as after it. Only days inside the window are paid, so that
    windows end to end pay every day once. Pay periods in which nothing is budgeted are left out.
    Pieces that follow on at the same amounts count as one: how the budget was written down never
    moves a penny.

    Raises:
        ValueError: pieces overlap, the window has no end, or a pay period has no whole week.
    """
    joined = joined_pieces(pieces)
    if window.end is None:
        raise ValueError(
            f"The payments from {window.start} have no last day. Say which day to work them out to."
        )
    dues = (
        Due(period, tuple(_parts(joined, days)))
        for period in _pay_periods(anchor, weeks_each, window)
        if (days := period.intersection(window)) is not None
    )
    return tuple(due for due in dues if due.parts)


def came_to(pieces: Iterable[BudgetPiece], days: Period) -> tuple[int, int]:
    """Return the gross and the contribution, in pence, that some days of a budget come to."""
    parts = list(_parts(joined_pieces(pieces), days))
    return sum(part.gross for part in parts), sum(part.contribution for part in parts)


def span(period: Period) -> str:
    """Write the first and last day of a closed period: ``12 Jan to 8 Feb 2026``."""
    last = period.start + timedelta(days=period.days - 1)
    written = f"{last.day} {last:%b %Y}"
    if last == period.start:
        return written
    same_year = period.start.year == last.year
    first = f"{period.start.day} {period.start:{'%b' if same_year else '%b %Y'}}"
    return f"{first} to {written}"


def _pay_periods(anchor: date, weeks_each: int, window: Period) -> Iterator[Period]:
    """Yield the pay periods in step with ``anchor`` that reach into the window."""
    PaySchedule(anchor, weeks_each)  # a pay period without a whole week is refused here
    into = (window.start - anchor).days % (weeks_each * DAYS_IN_WEEK)
    for period in successive(window.start - into * ONE_DAY, weeks_each=weeks_each):
        if window.end is None or period.start >= window.end:
            return
        yield period


def _parts(pieces: Iterable[BudgetPiece], days: Period) -> Iterator[Part]:
    for piece in pieces:
        if (common := piece.period.intersection(days)) is not None:
            yield Part.of(piece, common)


def joined_pieces(pieces: Iterable[BudgetPiece]) -> list[BudgetPiece]:
    """Return the pieces in order of date, with neighbours at the same amounts made one."""
    ordered = sorted(pieces, key=lambda piece: piece.period.start)
    ordered = [piece for piece in ordered if piece.period.end != piece.period.start]
    for earlier, later in pairwise(ordered):
        if earlier.period.overlaps(later.period):
            raise ValueError(
                f"The budget from {earlier.period.start} and the one from {later.period.start} "
                "cover the same days. End the first before the second starts."
            )
    joined: list[BudgetPiece] = []
    for piece in ordered:
        last = joined[-1] if joined else None
        if last is not None and _follows_on(last, piece):
            joined[-1] = replace(last, period=Period(last.period.start, piece.period.end))
        else:
            joined.append(piece)
    return joined


def _follows_on(earlier: BudgetPiece, later: BudgetPiece) -> bool:
    return earlier.period.end == later.period.start and (
        (earlier.weekly_gross, earlier.weekly_contribution)
        == (later.weekly_gross, later.weekly_contribution)
    )
