"""The year as it goes: whose it is, who works in it, and what was noted on the way."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property

from wherewithal.council.bank import BankAccount
from wherewithal.council.year import Chance
from wherewithal.dates import ONE_DAY, Period, add_working_days, working_day_on_or_before
from wherewithal.web.accounts.models import User
from wherewithal.web.config.year.diary import Diary
from wherewithal.web.payments.calendar import bank_holidays

Key = tuple[int, str]
"""A person and a way of holding."""


@dataclass(frozen=True, slots=True)
class Crew:
    """Who acts in the year."""

    finance: User
    second: User
    manager: User
    practitioner: User


@dataclass
class Year:
    """One year of a made-up council. ``seen`` counts what no table of the product keeps."""

    people: int
    chance: Chance
    period: Period
    crew: Crew
    diary: Diary = field(default_factory=Diary)
    accounts: dict[Key, BankAccount] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)

    @property
    def first(self) -> date:
        """The first day."""
        return self.period.start

    @cached_property
    def last(self) -> date:
        """The last day."""
        return self.period.start + timedelta(days=self.period.days - 1)

    @cached_property
    def holidays(self) -> frozenset[date]:
        """The bank holidays."""
        return bank_holidays()

    def days(self) -> Iterator[date]:
        """Go through the days."""
        day = self.first
        while day <= self.last:
            yield day
            day += ONE_DAY

    def working(self, day: date, later: int = 0) -> date:
        """Return the first working day from a day on, and so many working days later."""
        before = add_working_days(day - ONE_DAY, 1, self.holidays)
        return add_working_days(before, later, self.holidays) if later else before

    def before(self, day: date) -> date:
        """Return the last working day up to a day."""
        return working_day_on_or_before(day, self.holidays)


def at(day: date, hour: int = 10) -> datetime:
    """Return a moment of a day."""
    return datetime.combine(day, time(hour), tzinfo=UTC)


def crew_of() -> Crew:
    """Return the made-up officers by their user names."""
    users = {user.username: user for user in User.objects.filter(username__startswith="trial-")}
    return Crew(
        users["trial-finance"], users["trial-finance-2"], users["trial-manager"],
        users["trial-practitioner"],
    )  # fmt: skip
