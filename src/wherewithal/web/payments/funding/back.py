"""What goes back to the NHS of money that came back: its part of what was paid out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from wherewithal.ledger.entries import Entry
from wherewithal.ledger.funding import NHS
from wherewithal.ledger.movements import put_right
from wherewithal.money import down, half_up
from wherewithal.web.budgets.funding_models import LineFunding
from wherewithal.web.budgets.models import Budget
from wherewithal.web.budgets.pieces import with_facts
from wherewithal.web.payments.funding.arrived import with_answers
from wherewithal.web.payments.funding.changes import changes, of_budget
from wherewithal.web.payments.funding.models import Funded
from wherewithal.web.payments.models import Payment
from wherewithal.web.people.models import Person


@dataclass(frozen=True, slots=True)
class PaidOut:
    """Pence that arrived in one way of holding, and what the NHS bore of it, by agreement."""

    pence: int
    by_agreement: Mapping[int, Fraction]

    @property
    def nhs(self) -> int:
        """Pence that the NHS bore, never more than arrived."""
        return min(self.pence, half_up(sum(self.by_agreement.values(), Fraction(0))))


def paid_out(person: Person, holding: str) -> PaidOut:
    """Return what arrived for a person held in one way, and what the NHS bore of it.

    The shares are those in force on the days that were paid, as far as anybody knows today.
    """
    own = Payment.objects.filter(person=person, holding=holding, invoice__isnull=True)
    sent = list(with_answers(own))
    ids = {each.budget_id for each in sent}
    found: dict[int, Fraction] = {}
    for budget in with_facts(Budget.objects.filter(pk__in=ids).order_by("pk")):
        for _, funding, pence in of_budget(
            budget, [each for each in sent if each.budget_id == budget.pk]
        ):
            if funding.account == NHS and pence:
                found[funding.number] = found.get(funding.number, Fraction(0)) + pence
    return PaidOut(sum(each.net for each in sent if each.state == Payment.State.CONFIRMED), found)


def give_back(
    person: Person, holding: str, pence: int, *, on: date, document: str
) -> tuple[Entry, ...]:
    """Keep the NHS's part of money that came back, and return it for the books.

    It stands on the list for the NHS with each agreement that bore it, in the part it bore.
    """
    parts = _by_agreement(person, holding, pence) if pence else {}
    Funded.objects.bulk_create(
        Funded(funding_id=number, pence=-part, on=on, gave_back=document)
        for number, part in parts.items()
        if part
    )
    back = -sum(parts.values())
    return put_right(person.reference, {NHS: back}, on, document=document)


def nhs_gets_back(person: Person) -> int:
    """Return the pence the NHS bore of days that never came, and gets back at a last sum."""
    waits = sum(each.pence for each in changes([person.pk]) if each.funding.account == NHS)
    return max(0, -waits)


def _by_agreement(person: Person, holding: str, pence: int) -> dict[int, int]:
    """Split pence over the agreements of the NHS; the odd penny goes to the one that bore most."""
    bore = paid_out(person, holding).by_agreement
    if not bore:
        rows = LineFunding.objects.filter(line__budget__person=person, payer__in=["nhs", "shared"])
        newest = rows.order_by("-from_day", "-id").first()
        return {newest.pk: pence} if newest is not None else {}
    whole = sum(bore.values())
    parts = {number: down(each * pence / whole) for number, each in bore.items()}
    most = max(bore, key=lambda number: bore[number])
    return parts | {most: parts[most] + pence - sum(parts.values())}
