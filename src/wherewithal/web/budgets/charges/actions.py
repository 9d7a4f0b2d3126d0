"""Writes that change what a person pays while a budget goes on."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localtime

from wherewithal.dates import long_date
from wherewithal.money import pounds
from wherewithal.web.accounts.actions import record
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.budgets.charges.contributions import contribution_on
from wherewithal.web.budgets.charges.working_out import charge_of
from wherewithal.web.budgets.funding import free_on
from wherewithal.web.budgets.models import Budget, ChargeChange, FinancialAssessment
from wherewithal.web.budgets.past_charges import post_differences, shares_now
from wherewithal.web.budgets.yearly.figures import why_blocked
from wherewithal.web.policy.settings import local


@transaction.atomic
def change_charge(
    *, budget: Budget, charge: FinancialAssessment, from_day: date, reason: str, by: User,
    at: datetime, notice_on: date | None = None, less_notice: str = "", document: str = "",
) -> ChargeChange:  # fmt: skip
    """Let a new financial assessment apply to a live budget from a day, without ending it.

    ``notice_on`` is the day of the letter that says so, today unless told. A rise begins only
    after the notice the council gives, unless ``less_notice`` says why not; a fall may begin on
    any day of the budget, also one gone by. What payments and bills already held of the old
    charge is put right in the books, under ``document``, or the change's own name.

    Raises:
        NotNow: the budget has not been signed off, does not run on that day, belongs to someone
            else, or a rise would begin with too little notice.
        ValidationError: the reason is missing.
    """
    if not reason.strip():
        raise ValidationError({"reason": "Enter why the charge changes. The person reads it."})
    locked = (
        Budget.objects.select_for_update(of=("self",)).select_related("person").get(pk=budget.pk)
    )
    _refuse_unless_it_runs(locked, charge, from_day)
    found = charge_of(
        charge, born=locked.person.date_of_birth, cost=locked.cost, free=free_on(locked, from_day)
    )
    if blocked := why_blocked(found.unverified):
        raise NotNow(blocked)
    now = found.contribution
    before = contribution_on(locked, from_day)
    told_on = notice_on or localtime(at).date()
    if now > before and not less_notice.strip():
        refuse_short_notice(told_on, from_day)
    shares = shares_now(locked)
    made = ChargeChange.objects.create(
        budget=locked, charge=charge, from_day=from_day, contribution=now, before=before,
        reason=reason.strip(), less_notice=less_notice.strip(), notice_on=told_on, made_at=at,
        made_by=by,
    )  # fmt: skip
    told = (
        f"What {locked.person.name} pays changes from {long_date(from_day)}: {pounds(before)} a "
        f"week until then, {pounds(now)} after. Why: {made.reason}"
    )
    record(
        by=by, at=at, verb="charge.changed", summary=told, person=locked.person.reference,
        budget=locked.pk, charge=charge.pk, change=made.pk, before=before, contribution=now,
    )  # fmt: skip
    post_differences(locked, shares, by=by, at=at, document=document or f"charge-change:{made.pk}")
    return made


def notice_days() -> int:
    """Return how many days before a rise the person is told."""
    return int(local("charge_notice_days")["charge_notice_days"])


def refuse_short_notice(told_on: date, from_day: date) -> None:
    """Refuse a first day that comes sooner after the letter than the council promises.

    Raises:
        NotNow: it does; the message gives the first day that would do.
    """
    days = notice_days()
    first = told_on + timedelta(days=days)
    if from_day < first:
        raise NotNow(
            f"The letter of {long_date(told_on)} gives {max(0, (from_day - told_on).days)} days of "
            f"notice. Our council gives {days}. Choose {long_date(first)} or a later day."
        )


def _refuse_unless_it_runs(budget: Budget, charge: FinancialAssessment, from_day: date) -> None:
    if charge.person_id != budget.person_id:
        raise NotNow("This charge is about somebody else.")
    if budget.status not in {Budget.Status.SIGNED_OFF, Budget.Status.ENDED}:
        raise NotNow("The budget takes its charge when it is signed off. Sign it off first.")
    last = budget.period.upper
    if from_day < budget.period.lower or (last is not None and from_day >= last):
        raise NotNow(
            f"The budget does not run on {long_date(from_day)}. It begins on "
            f"{long_date(budget.period.lower)}"
            + (f" and ends on {long_date(last - timedelta(days=1))}." if last else ".")
        )
