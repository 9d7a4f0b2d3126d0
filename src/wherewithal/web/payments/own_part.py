"""What people were asked to put in for paid days otherwise than with a payment, by the books."""

from django.db.models import Q, Sum

from wherewithal.ledger.entries import Kind
from wherewithal.web.books.models import Entry
from wherewithal.web.payments.taken_off import HOLDING, USUAL, Held
from wherewithal.web.people.models import Person

ASKED = ("charge-lowered", "charge-raised", "contribution-settled")


def asked_in_books(person: Person | None = None) -> dict[Held, int]:
    """Return the pence that changed charges and last sums asked for, less what they gave back.

    They go by person and way of holding (one query).
    """
    rows = Entry.objects.filter(what__in=ASKED)
    if person is not None:
        rows = rows.filter(person=person.reference)
    more = Sum("pence", filter=Q(source__kind=Kind.CONTRIBUTION.value), default=0)
    less = Sum("pence", filter=Q(target__kind=Kind.CONTRIBUTION.value), default=0)
    found: dict[Held, int] = {}
    sums = rows.order_by().values_list("person", HOLDING).annotate(more=more, less=less)
    for reference, holding, asked, back in sums:
        key = reference, holding or USUAL
        found[key] = found.get(key, 0) + int(asked) - int(back)
    return found
