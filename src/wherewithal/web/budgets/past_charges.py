"""Putting a changed contribution right in the books, for days that were paid or billed before."""

from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from wherewithal.dates import Period
from wherewithal.ledger.charge_changes import (
    Difference,
    Pieces,
    differences,
    entries,
    own_entries,
)
from wherewithal.ledger.entries import about_holding
from wherewithal.web.accounts.models import User
from wherewithal.web.books.actions import post
from wherewithal.web.budgets.models import Budget
from wherewithal.web.budgets.pieces import pieces_of, rules
from wherewithal.web.plans.models import PlanLine

Shares = dict[str, Pieces]
"""What each way of holding bears of a contribution: days with one weekly sum each."""
MANAGED = PlanLine.Holding.COUNCIL_MANAGED.value


def shares_now(budget: Budget) -> Shares:
    """Return what each way of holding bears of the contribution, as everything stands now."""
    fresh = Budget.objects.get(pk=budget.pk)
    found: Shares = {}
    for holding in PlanLine.Holding.values:
        pieces = pieces_of(fresh, holding, rules(fresh.pauses.all(), holding))
        found[holding] = [(each.period, each.weekly_contribution) for each in pieces]
    return found


def paid_differences(budget: Budget, before: Shares, after: Shares) -> dict[str, list[Difference]]:
    """Return the differences of days that approved payments were for, by way of holding."""
    found: dict[str, list[Difference]] = {}
    for holding, days in _days_paid(budget):
        changed = _changed(list(differences(before[holding], after[holding], days)))
        found.setdefault(holding, []).extend(changed)
    return found


def billed_differences(budget: Budget, before: Shares, after: Shares) -> list[Difference]:
    """Return the differences of days that the person was billed for by the council."""
    bills: Any = budget.own_bills  # of a later application
    found: list[Difference] = []
    for days in bills.values_list("period", flat=True):
        period = Period(days.lower, days.upper)
        found += differences(before[MANAGED], after[MANAGED], period)
    return _changed(found)


def post_differences(
    budget: Budget, before: Shares, *, by: User, at: datetime, document: str
) -> None:
    """Post what a change comes to on days paid or billed, within the caller's transaction.

    ``before`` is :func:`shares_now` of the moment before it.
    """
    on, after, reference = localtime(at).date(), shares_now(budget), budget.person.reference
    paid = paid_differences(budget, before, after)
    billed = billed_differences(budget, before, after)
    moved = [
        *(
            entry
            for holding, found in paid.items()
            for entry in entries(reference, found, on=on, document=about_holding(document, holding))
        ),
        *own_entries(reference, billed, on=on, document=document),
    ]
    if billed:
        changes: Any = budget.own_changes  # of a later application
        changes.create(
            pence=sum(each.pence for each in billed), reason=billed[0].sentence, at=at, by=by
        )
    if moved:
        told = f"Charge of {reference} for days past changed"
        post(moved, by=by, at=at, summary=told)


def _changed(found: list[Difference]) -> list[Difference]:
    return [each for each in found if each.pence]


def _days_paid(budget: Budget) -> list[tuple[str, Period]]:
    """Return the days that approved payments were for, by way of holding."""
    payments: Any = budget.payments  # of a later application
    rows = payments.decided().filter(invoice__isnull=True, gross__gt=0)
    found = [
        (holding, Period(days.lower, days.upper))
        for holding, days in rows.values_list("holding", "period")
    ]
    return sorted(found, key=lambda each: (each[0], each[1].start))
