"""Pay periods and working days, from local settings and the published bank holidays."""

from datetime import date, timedelta
from functools import cache
from itertools import takewhile

from govuk_bank_holidays.bank_holidays import BankHolidays

from wherewithal.dates import (
    Period,
    add_working_days,
    is_working_day,
    successive,
    working_day_on_or_before,
)
from wherewithal.ledger.schedule import PaySchedule
from wherewithal.web.budgets.models import PaySchedule as OwnSchedule
from wherewithal.web.policy.settings import local

BACS_WORKING_DAYS = 3
AT_MOST_AHEAD = timedelta(days=28)


@cache
def bank_holidays() -> frozenset[date]:
    """Return the bank holidays of England and Wales that come with the package."""
    calendar = BankHolidays(use_cached_holidays=True)
    events = calendar.get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    return frozenset(event["date"] for event in events)


def pay_periods(around: date, count: int = 3) -> list[Period]:
    """Return the pay period that holds ``around`` and those that follow it."""
    settings = local("payment_anchor", "payment_weeks")
    weeks = int(settings["payment_weeks"])
    anchor = date.fromisoformat(str(settings["payment_anchor"]))
    return periods_of(PaySchedule(anchor, weeks), around, count)


def shorter_periods(around: date, count: int = 3) -> dict[int, list[Period]]:
    """Return the pay periods of those who are paid more often than is usual, by their weeks."""
    settings = local("payment_anchor", "payment_weeks")
    anchor = date.fromisoformat(str(settings["payment_anchor"]))
    own = OwnSchedule.objects.filter(weeks_each__lt=int(settings["payment_weeks"])).order_by()
    lengths = sorted(set(own.values_list("weeks_each", flat=True)))
    return {weeks: periods_of(PaySchedule(anchor, weeks), around, count) for weeks in lengths}


def periods_of(schedule: PaySchedule, around: date, count: int = 3) -> list[Period]:
    """Return the pay period of a schedule that holds ``around`` and those that follow it."""
    weeks = schedule.weeks_each
    behind = (around - schedule.anchor).days // (weeks * 7)
    first = schedule.anchor + timedelta(weeks=weeks * behind)
    periods = successive(first, weeks_each=weeks)
    until = first + timedelta(weeks=weeks * count)
    return list(takewhile(lambda period: period.start < until, periods))


def usual_pay_day(period: Period, *, on: date) -> date:
    """Return the working day on or before a period begins, or the first Bacs can reach."""
    holidays = bank_holidays()
    reachable = add_working_days(on, BACS_WORKING_DAYS, holidays)
    return max(working_day_on_or_before(period.start, holidays), reachable)


def why_not_a_pay_day(day: date, *, on: date) -> str:
    """Return why money cannot arrive on a day, in words for the form, or nothing."""
    holidays = bank_holidays()
    first = add_working_days(on, BACS_WORKING_DAYS, holidays)
    if not is_working_day(day, holidays):
        return "Choose a working day: banks do not pay at weekends or on bank holidays"
    if day < first:
        return f"Choose {first:%-d %B %Y} or later: Bacs needs {BACS_WORKING_DAYS} working days"
    if day > on + AT_MOST_AHEAD:
        return f"Choose {on + AT_MOST_AHEAD:%-d %B %Y} or sooner: Bacs takes files 4 weeks ahead"
    return ""
