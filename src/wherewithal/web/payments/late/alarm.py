"""Whose money will be late, while there is still time: found before the day, never after it.

A payment is safe when it is in a released run whose money arrives by the day it is due. Everyone
else who is due within the next working days is named, with why and the last day to act.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Max, QuerySet

from wherewithal.dates import (
    ONE_DAY,
    add_working_days,
    long_date,
    working_day_on_or_before,
)
from wherewithal.ledger.schedule import PaySchedule
from wherewithal.web.payments.calendar import BACS_WORKING_DAYS, bank_holidays, pay_periods
from wherewithal.web.payments.models import Payment, Run
from wherewithal.web.payments.owing import Owed, owed
from wherewithal.web.payments.querysets import current_payees
from wherewithal.web.payments.shares import schedule_of, usual
from wherewithal.web.payments.working_out import why_not
from wherewithal.web.people.models import Person
from wherewithal.web.policy.settings import local

NEXT_RUN = 10**12
"""A number above that of any run: whatever is in a run already counts as paid."""
WHERE = {
    Run.Status.PREPARED: "It is in run {run}, which is not checked yet.",
    Run.Status.CHECKED: "It is in run {run}, which nobody has approved yet.",
    Run.Status.APPROVED: "It is in run {run}, which is not released yet.",
}


@dataclass(frozen=True, slots=True)
class Late:
    """Someone whose money is not safe: how much in pence, for when, why, and the last day to act.

    ``by`` is the last day on which a run can be released and still bring it in time; ``late``
    says that this day has passed, so that only an emergency payment can.
    """

    person: Person
    holding: str
    pence: int
    due: date
    why: str
    by: date
    late: bool
    run: int | None = None


def will_be_late(on: date) -> list[Late]:
    """Return everyone due within the coming working days (a setting) whose money is not safe."""
    horizon = _horizon(on)
    coming = [period for period in pay_periods(on, 3) if pay_day(period.start) <= horizon]
    until = coming[-1].end or coming[-1].start
    unheld = (each for each in _in_no_run(until, on) if each.due <= horizon)
    found = [*unheld, *_not_released(horizon, on)]
    return sorted(found, key=lambda each: (not each.late, each.by, each.person.family_name))


def pay_day(first_day: date) -> date:
    """Return the day by which money for a period is due: a working day on or before its first."""
    return working_day_on_or_before(first_day, bank_holidays())


def last_day_to_act(due: date) -> date:
    """Return the last day on which a run can be released and its money arrive on ``due``.

    Bacs works on a file the working day before the money arrives, and gets it a working day
    before that.
    """
    holidays, day = bank_holidays(), due
    for _ in range(BACS_WORKING_DAYS - 1):
        day = working_day_on_or_before(day - ONE_DAY, holidays)
    return day


def _horizon(on: date) -> date:
    days = int(local("late_alarm_days")["late_alarm_days"])
    return add_working_days(on, days, bank_holidays())


def _in_no_run(until: date, on: date) -> Iterable[Late]:
    """Yield who is owed something that no run holds: left out, or nobody prepared a run yet."""
    payees, schedule = current_payees(), usual().schedule
    for each in owed(until, before=NEXT_RUN):
        if each.net:
            why = why_not(each.budget, each.holding, payees.get(_key(each)))
            why = why or "No run holds it yet."
            yield _late(
                each.budget.person, each.holding, each.net, _due(each, schedule, on), why, on
            )


def _key(each: Owed) -> tuple[int, str]:
    return each.budget.person_id, each.holding


def _due(each: Owed, usual: PaySchedule, on: date) -> date:
    """Return when a sum is due by the person's own schedule, or now where that day has passed."""
    own = schedule_of(each.budget, each.holding, usual)
    due = pay_day(each.period.start - timedelta(days=own.advance_days))
    return due if due > on else next_payable(on)


def next_payable(on: date) -> date:
    """Return the first day on which Bacs could still bring money."""
    return add_working_days(on, BACS_WORKING_DAYS, bank_holidays())


def _not_released(horizon: date, on: date) -> Iterable[Late]:
    waiting = Payment.objects.filter(
        cancelled=False,
        net__gt=0,
        invoice__isnull=True,
        run__status__in=list(WHERE),
        run__pay_on__lte=horizon,
    ).select_related("person", "run")
    for payment in waiting:
        why = WHERE[Run.Status(payment.run.status)].format(run=payment.run_id)
        due = payment.run.pay_on
        yield _late(payment.person, payment.holding, payment.net, due, why, on, payment.run_id)


def _late(
    person: Person, holding: str, pence: int, due: date, why: str, on: date, run: int | None = None
) -> Late:
    by = last_day_to_act(due)
    return Late(person, holding, pence, due, why, by, late=by < on, run=run)


def came_back_untold() -> "QuerySet[Payment]":
    """Return payments that came back and of which the person was not told yet.

    A bill that came back is between the council and its provider.
    """
    own = Payment.objects.filter(invoice__isnull=True)
    return (
        own.filter(state__in=Payment.CAME_BACK, answers__told_on__isnull=True)
        .annotate(answer=Max("answers__id"), came_back_on=Max("answers__on"))
        .select_related("person", "run")
        .order_by(F("came_back_on"), "id")
    )


def told_in_words(found: Iterable[Late], on: date) -> str:
    """Say how many will be late and when the first one must be acted on, for a home page."""
    each = list(found)
    if not each:
        return ""
    first = min(one.by for one in each)
    people = len({one.person.pk for one in each})
    noun = "person’s money is" if people == 1 else "people’s money is"
    when = "today" if first == on else "overdue" if first < on else f"by {long_date(first)}"
    return f"{people} {noun} not safe yet: act {when}."
