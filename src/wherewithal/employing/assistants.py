"""Who is employed: the hours and the pay of each personal assistant, by kind of hour and by day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from wherewithal.dates import long_date
from wherewithal.money import pounds

WEEKS_A_YEAR = 52


class Hour(StrEnum):
    """The kinds of hour that pay may differ for."""

    DAY = "day"
    NIGHT = "night"
    WEEKEND = "weekend"
    BANK_HOLIDAY = "bank-holiday"
    SLEEP_IN = "sleep-in"


HOURS = {
    Hour.DAY: "Days",
    Hour.NIGHT: "Nights, awake",
    Hour.WEEKEND: "Weekends",
    Hour.BANK_HOLIDAY: "Bank holidays",
    Hour.SLEEP_IN: "Nights, asleep",
}
"""What each kind of hour is called on pages."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Pence an hour for one kind of hour from ``starts`` on, and how many such hours a week.

    Raises:
        ValueError: pay or hours are below zero, or a week has not so many hours.
    """

    kind: Hour
    pence: int
    starts: date
    hours: Fraction = Fraction(0)

    def __post_init__(self) -> None:
        if self.pence < 0:
            raise ValueError(f"Pay of {pounds(self.pence)} an hour is below zero.")
        if not 0 <= self.hours <= 7 * 24:
            raise ValueError(f"{float(self.hours):g} hours do not fit into a week.")


@dataclass(frozen=True, slots=True)
class Assistant:
    """One personal assistant as their employer names them, with every rate there has been.

    ``regular`` says that the hours are the same every week. ``has_other_pay`` says that they have
    another job or a pension. A rate holds until a newer one of the same kind begins.

    Raises:
        ValueError: nothing says what they are paid, or two rates of a kind begin on one day.
    """

    name: str
    born: date
    starts: date
    rates: tuple[Rate, ...]
    ends: date | None = None
    regular: bool = True
    has_other_pay: bool = False
    apprentice: bool = False
    employed: bool = True
    past_pension_age: bool = False
    statement_on: date | None = None
    right_to_work_on: date | None = None

    def __post_init__(self) -> None:
        if not self.rates:
            raise ValueError(f"Say what {self.name} is paid for an hour.")
        if self.ends is not None and self.ends < self.starts:
            raise ValueError(f"{self.name} cannot end before starting on {long_date(self.starts)}.")
        seen = [(rate.kind, rate.starts) for rate in self.rates]
        for kind, starts in seen:
            if seen.count((kind, starts)) > 1:
                raise ValueError(
                    f"{self.name} has two rates for “{HOURS[kind]}” from {long_date(starts)}."
                    " Keep the right one."
                )

    def works_on(self, day: date) -> bool:
        """Say whether they are employed on a day; ``ends`` is their last day."""
        return self.starts <= day and (self.ends is None or day <= self.ends)

    def rate_card(self, day: date) -> tuple[Rate, ...]:
        """Return the rates in force on a day, one for each kind of hour, in the order of kinds."""
        newest: dict[Hour, Rate] = {}
        for rate in sorted(self.rates, key=lambda rate: rate.starts):
            if rate.starts <= day:
                newest[rate.kind] = rate
        return tuple(newest[kind] for kind in Hour if kind in newest)

    def weekly_hours(self, day: date) -> Fraction:
        """Return the hours of a usual week."""
        return sum((rate.hours for rate in self.rate_card(day)), Fraction(0))

    def weekly_pay(self, day: date) -> Fraction:
        """Return the pay of a usual week in pence, exactly."""
        return sum((rate.pence * rate.hours for rate in self.rate_card(day)), Fraction(0))

    def hourly_pay(self, day: date) -> Fraction:
        """Return the usual pay for an hour in pence: over a usual week, or the plain mean."""
        hours = self.weekly_hours(day)
        if hours:
            return self.weekly_pay(day) / hours
        card = self.rate_card(day)
        return Fraction(sum(rate.pence for rate in card), len(card)) if card else Fraction(0)
