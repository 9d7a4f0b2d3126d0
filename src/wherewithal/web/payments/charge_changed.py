"""A charge that changed between preparing a payment and approving it, put right in the books.

A regular run is refused then and prepared again. A payment at once goes out as it was asked for:
the books say what its days come to now, and the next payment makes up for it.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from wherewithal.dates import Period
from wherewithal.ledger.charge_changes import Difference, differences, entries
from wherewithal.ledger.entries import about_holding
from wherewithal.web.accounts.models import User
from wherewithal.web.books.actions import post
from wherewithal.web.budgets.charges.contributions import newest_per_day, pieces
from wherewithal.web.budgets.models import Budget, ChargeChange
from wherewithal.web.budgets.pieces import pieces_of, rules, with_facts
from wherewithal.web.payments.models import Payment

if TYPE_CHECKING:
    from wherewithal.ledger.entries import Entry


def write_changed_since(
    payments: Sequence[Payment], since: datetime, *, by: User, at: datetime, on: date
) -> None:
    """Post what charges that changed since a moment make of the days of these payments."""
    own = [payment for payment in payments if payment.invoice_id is None]
    changed = ChargeChange.objects.filter(
        made_at__gt=since, budget__in={payment.budget_id for payment in own}
    )
    ids = set(changed.values_list("budget", flat=True))
    budgets = {each.pk: each for each in with_facts(Budget.objects.filter(pk__in=ids))}
    made: list[Entry] = []
    for payment in own:
        if payment.budget_id in budgets:
            found = _of(payment, budgets[payment.budget_id], since)
            made += entries(
                payment.person.reference,
                found,
                on=on,
                document=about_holding(f"payment:{payment.pk}", payment.holding),
            )
    if made:
        told = "Charges changed after payments were prepared"
        post(made, by=by, at=at, summary=told)


def _of(payment: Payment, budget: Budget, since: datetime) -> Sequence[Difference]:
    known = [each for each in budget.charge_changes.all() if each.made_at <= since]
    whole = Period(budget.period.lower, budget.period.upper)
    paused = rules(budget.pauses.all(), payment.holding)
    charged = pieces_of(
        budget, payment.holding, paused,
        charges=pieces(whole, budget.contribution, newest_per_day(known)),
    )  # fmt: skip
    should = pieces_of(budget, payment.holding, paused)
    before, after = (
        [(each.period, each.weekly_contribution) for each in found] for found in (charged, should)
    )
    return differences(before, after, Period(payment.period.lower, payment.period.upper))
