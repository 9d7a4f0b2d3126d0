"""Writes about when a budget's money goes out: how often, how far ahead, and what is paid once."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from wherewithal.dates import long_date
from wherewithal.web.accounts.actions import record
from wherewithal.web.accounts.models import User
from wherewithal.web.budgets.models import Budget, PaySchedule
from wherewithal.web.plans.models import PlanLine


@transaction.atomic
def set_schedule(
    *, budget: Budget, holding: str, weeks_each: int, advance_days: int, reason: str, by: User,
    at: datetime,
) -> PaySchedule:  # fmt: skip
    """Pay one way of holding as often, and as far ahead, as suits the person; the newest counts."""
    made = PaySchedule.objects.create(
        budget=budget, holding=holding, weeks_each=weeks_each, advance_days=advance_days,
        reason=reason.strip(), at=at, by=by,
    )  # fmt: skip
    often = "every week" if weeks_each == 1 else f"every {weeks_each} weeks"
    ahead = f", {advance_days} days ahead" if advance_days else ""
    record(
        by=by, at=at, verb="schedule.changed", person=budget.person.reference, budget=budget.pk,
        summary=f"{PlanLine.Holding(holding).label} money is paid {often}{ahead}. Why:"
        f" {made.reason}",
    )  # fmt: skip
    return made


@transaction.atomic
def pay_once_on(*, budget: Budget, days: Mapping[int, date | None], by: User, at: datetime) -> None:
    """Set the day of each sum that is paid once, by line; ``None`` is the first day."""
    for line in budget.lines.select_for_update(of=("self",)).filter(pk__in=days):
        day = days[line.pk]
        if day != line.once_on:
            line.once_on = day
            line.save(update_fields=["once_on"])
            when = f"on {long_date(day)}" if day else "on the first day"
            record(
                by=by, at=at, verb="paid-once.set", person=budget.person.reference, line=line.pk,
                summary=f"{line.what} is paid once, {when}.",
            )  # fmt: skip
