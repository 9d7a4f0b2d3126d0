"""What happens to payments, written into the books: who promised, sent, and gave back what."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.db.models import F, Q, Sum
from django.utils.timezone import localtime

from wherewithal.dates import Period
from wherewithal.ledger import movements
from wherewithal.ledger.entries import Entry as Movement
from wherewithal.ledger.movements import Payable
from wherewithal.ledger.schedule import span
from wherewithal.web.accounts.models import User
from wherewithal.web.books.actions import post
from wherewithal.web.books.models import Entry
from wherewithal.web.payments.models import Payment
from wherewithal.web.payments.taken_off import TAKEN_OFF

RECHARGED = ("charge-lowered", "charge-raised", TAKEN_OFF)


def payable_of(payment: Payment) -> Payable:
    """Return a payment, loaded with its person, as the books need it."""
    return Payable(
        number=payment.pk, run=payment.run_id, person=payment.person.reference,
        holding=payment.holding,
        days=span(Period(payment.period.lower, payment.period.upper)),
        net=payment.net, contribution=payment.contribution, recharged=payment.recharged,
        provider=str(payment.invoice.provider_id) if payment.invoice else "",
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
    """Post that payments have arrived."""
    on = localtime(at).date()
    write(payments, lambda paid: movements.confirmed(paid, on), by=by, at=at, summary=summary)


def mark_recharged(payments: Sequence[Payment]) -> None:
    """Note on each person's first payment what changed charges have put into the books already.

    A changed charge for days past is posted when it is made; the payment that settles it must not
    promise the same money again. Called before a run is approved, while payments may still change.
    """
    own = [payment for payment in payments if payment.invoice_id is None]
    first = {payment.person.reference: payment for payment in reversed(own)}
    pending = _pending(first)
    changed = []
    for reference, pence in pending.items():
        if pence:
            first[reference].recharged = pence
            changed.append(first[reference])
    Payment.objects.bulk_update(changed, ["recharged"], batch_size=1000)


def _pending(references: Iterable[str]) -> dict[str, int]:
    """Return, by person, the pence of changed charges that no standing payment has settled."""
    wanted = list(references)
    pending: dict[str, int] = defaultdict(int)
    posted = Entry.objects.filter(person__in=wanted, what__in=RECHARGED)
    lowered = Sum("pence", filter=Q(what="charge-lowered"), default=0)
    raised = Sum("pence", filter=Q(what__in=["charge-raised", TAKEN_OFF]), default=0)
    for row in posted.values("person").annotate(more=lowered, less=raised):
        pending[row["person"]] += row["more"] - row["less"]
    settled = Payment.objects.decided().filter(person__reference__in=list(pending))
    sums = settled.values(ref=F("person__reference")).annotate(sum=Sum("recharged"))
    for done in sums:
        pending[done["ref"]] -= done["sum"]
    return pending
