"""Writes of who pays for a line: the agreement, the charge within the rest, and days past."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from wherewithal.ledger import movements
from wherewithal.money import pounds
from wherewithal.web.accounts.models import User
from wherewithal.web.books.actions import post
from wherewithal.web.budgets.actions import charge_budget
from wherewithal.web.budgets.funding_actions import Agreed, keep_charge_within, keep_funding, told
from wherewithal.web.budgets.funding_models import LineFunding
from wherewithal.web.budgets.models import Budget
from wherewithal.web.budgets.past_charges import post_differences, shares_now
from wherewithal.web.payments.funding.changes import parts_put_right
from wherewithal.web.people.models import Person


@transaction.atomic
def decide_funding(*, agreed: Agreed, by: User, at: datetime) -> LineFunding:
    """Let somebody pay for a line, or a share of it, from a day; also from a day gone by.

    Nobody is charged towards what others pay: where the charge is more than the council's part,
    it comes down from that day. What arrived for days past is put right in the books.

    Raises:
        NotNow: the budget does not run on that day, or was given back.
        ValidationError: something that the agreement must say is missing.
    """
    budget = (
        Budget.objects.select_for_update(of=("self",))
        .select_related("person", "charge").get(pk=agreed.line.budget_id)
    )  # fmt: skip
    before = shares_now(budget)
    row = keep_funding(agreed, budget, by=by, at=at)
    if budget.status in {Budget.Status.SIGNED_OFF, Budget.Status.ENDED}:
        document = f"funding:{row.pk}"
        keep_charge_within(budget, agreed.from_day, told(row), by=by, at=at)
        post_differences(budget, before, by=by, at=at, document=document)
        put_right(budget.person, document, by=by, at=at)
    else:
        charge_budget(budget, budget.charge)
        budget.save(update_fields=["contribution"])
    return row


def put_right(person: Person, document: str, *, by: User, at: datetime) -> None:
    """Post what others pay of money that arrived before; nothing where nothing changed."""
    on = localtime(at).date()
    entries = movements.put_right(
        person.reference, parts_put_right(person.pk, on), on, document=document
    )
    if entries:
        total = pounds(sum(each.pence for each in entries))
        post(entries, by=by, at=at, summary=f"Who pays for {person.reference} changed: {total}.")
