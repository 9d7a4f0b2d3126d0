"""What banks show as paid back to the council, and what of it nobody has noted yet."""

from collections.abc import Iterator

from django.db.models import Min
from django.utils.timezone import localtime

from wherewithal.ledger.repaying import CameBack, not_noted
from wherewithal.web.budgets.models import Settlement
from wherewithal.web.checks.models import Repayment, SurplusProposal
from wherewithal.web.people.models import Person
from wherewithal.web.statements.models import Line, Meaning, Statement

Kind = Repayment.Kind


def shown_and_not_noted(person: Person, holding: str) -> list[CameBack]:
    """Return what an account shows as paid back and nobody has noted, oldest first.

    What was noted near that day is taken for the same money, whoever noted it.
    """
    return not_noted(_shown(person, holding), _noted(person, holding))


def received_and_not_noted(person: Person, back: CameBack) -> int:
    """Return the pence of a sum received from a person that nobody has noted as paid back."""
    before = person.receipts.filter(paid_back__gt=0).values_list("on", "paid_back")
    received = [CameBack(on, pence) for on, pence in before]
    noted = list(_noted(person))
    known = sum(each.pence for each in not_noted(received, noted))
    return sum(each.pence for each in not_noted([*received, back], noted)) - known


def _shown(person: Person, holding: str) -> Iterator[CameBack]:
    """Yield what the bank shows since the first letter that asked; a sum typed in shows nothing."""
    asked = SurplusProposal.objects.filter(person=person, holding=holding, repayments__kind="paid")
    first = asked.aggregate(first=Min("told_on"))["first"]
    if first is None:
        return
    lines = Line.objects.filter(
        person=person, holding=holding, meaning=Meaning.REPAID, sure=True, pence__lt=0,
        on__gte=first,
    ).exclude(statement__source=Statement.Source.HAND)  # fmt: skip
    for on, pence in lines.values_list("on", "pence"):
        yield CameBack(on, -pence)


def _noted(person: Person, holding: str = "") -> Iterator[CameBack]:
    """Yield what is known to have come back: parts that were noted, and last sums of budgets.

    Without a way of holding, of all of them.
    """
    parts = Repayment.objects.filter(proposal__person=person, kind=Kind.PAID, done_on__isnull=False)
    settled = Settlement.objects.filter(budget__person=person, paid_back__gt=0)
    if holding:
        parts = parts.filter(proposal__holding=holding)
        settled = settled.filter(holding=holding)
    for part in parts:
        if part.done_on is not None:
            yield CameBack(part.done_on, part.pence)
    for made in settled:
        yield CameBack(localtime(made.at).date(), made.paid_back)
