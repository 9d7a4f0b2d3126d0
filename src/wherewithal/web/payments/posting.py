"""What happens to payments, written into the books: who promised, sent, and gave back what."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.db.models import Q, Sum
from django.utils.timezone import localtime

from wherewithal.dates import Period
from wherewithal.ledger import movements
from wherewithal.ledger.entries import Entry as Movement
from wherewithal.ledger.entries import Kind
from wherewithal.ledger.movements import Payable
from wherewithal.ledger.schedule import span
from wherewithal.web.accounts.models import User
from wherewithal.web.books.actions import post
from wherewithal.web.books.models import Entry
from wherewithal.web.payments.funding.changes import parts_with
from wherewithal.web.payments.models import Payment
from wherewithal.web.payments.taken_off import HOLDING, TAKEN_OFF, USUAL, Held

RECHARGED = ("charge-lowered", "charge-raised", "charge-settled", TAKEN_OFF)


def payable_of(payment: Payment) -> Payable:
    """Return a payment, loaded with its person, as the books need it."""
    return Payable(
        number=payment.pk, run=payment.run_id, person=payment.person.reference,
        holding=payment.holding,
        days=span(Period(payment.period.lower, payment.period.upper)),
        net=payment.net, contribution=payment.contribution, recharged=payment.recharged,
        corrected=payment.adjustment_contribution,
        provider=str(payment.invoice.provider_id) if payment.invoice else "",
        given_back=payment.refund_id is not None,
    )  # fmt: skip


def write(
    payments: Iterable[Payment], step: Callable[[Payable], Sequence[Movement]], *,
    by: User, at: datetime, summary: str,
) -> None:  # fmt: skip
    """Post one step of many payments as one journal; nothing where nothing moves."""
    entries = [entry for payment in payments for entry in step(payable_of(payment))]
    if entries:
        post(entries, by=by, at=at, summary=summary)


def write_approved(payments: Iterable[Payment], *, by: User, at: datetime, summary: str) -> None:
    """Post what approved payments promise."""
    on = localtime(at).date()
    write(payments, lambda paid: movements.approved(paid, on), by=by, at=at, summary=summary)


def write_taken_back(
    payments: Iterable[Payment], why: str, *, by: User, at: datetime, summary: str
) -> None:
    """Post that approved payments are not made after all."""
    on = localtime(at).date()
    write(payments, lambda paid: movements.taken_back(paid, on, why), by=by, at=at, summary=summary)


def write_sent(payments: Iterable[Payment], *, by: User, at: datetime, summary: str) -> None:
    """Post that payments have left for the bank."""
    on = localtime(at).date()
    write(payments, lambda paid: movements.sent(paid, on), by=by, at=at, summary=summary)


def write_confirmed(payments: Iterable[Payment], *, by: User, at: datetime, summary: str) -> None:
    """Post that payments have arrived, each paid by those who fund it, in their shares."""
    on, arrived = localtime(at).date(), list(payments)
    parts = parts_with(arrived, on)
    write(
        arrived, lambda paid: movements.confirmed(paid, on, parts.get(paid.number, {})),
        by=by, at=at, summary=summary,
    )  # fmt: skip


def mark_recharged(payments: Sequence[Payment]) -> None:
    """Note on payments what changed charges have put into the books already.

    A changed charge for days past is posted when it is made; the payment that settles it must not
    promise the same money again. It is the person's first payment in the same way of holding, so
    that it lands where the money is held. Called before a run is approved, while payments may
    still change.
    """
    own = [payment for payment in payments if payment.invoice_id is None]
    first = {(each.person.reference, each.holding): each for each in reversed(own)}
    changed = []
    for held, pence in pending({reference for reference, _ in first}).items():
        if pence and held in first:
            first[held].recharged = pence
            changed.append(first[held])
    Payment.objects.bulk_update(changed, ["recharged"], batch_size=1000)


def pending(references: Iterable[str]) -> dict[Held, int]:
    """Return the pence of changed charges, and of sums taken off, that no payment has settled.

    They go by person and way of holding.
    """
    wanted = list(references)
    waits: dict[Held, int] = defaultdict(int)
    posted = Entry.objects.filter(person__in=wanted, what__in=RECHARGED)
    lowered = Sum("pence", filter=Q(source__kind=Kind.PAYABLE.value), default=0)
    raised = Sum("pence", filter=Q(target__kind=Kind.PAYABLE.value), default=0)
    rows = posted.order_by().values_list("person", HOLDING).annotate(more=lowered, less=raised)
    for reference, holding, more, less in rows:
        waits[reference, holding or USUAL] += more - less
    people = {reference for reference, _ in waits}
    settled = Payment.objects.decided().filter(person__reference__in=people)
    sums = settled.order_by().values_list("person__reference", "holding")
    for reference, holding, done in sums.annotate(sum=Sum("recharged")):
        waits[reference, holding] -= done
    return waits
