"""What people agreed to have taken off what they are paid, as the books hold it."""

from datetime import datetime

from django.db.models import F, Func, QuerySet, Sum, TextField, Value

from wherewithal.ledger.entries import HELD_SO
from wherewithal.web.books.models import Entry
from wherewithal.web.people.models import Person
from wherewithal.web.plans.models import PlanLine

TAKEN_OFF = "surplus-taken-off"
USUAL = PlanLine.Holding.DIRECT_PAYMENT.value
"""The way of holding of what names none."""
HOLDING = Func(
    F("document"), Value(HELD_SO), Value(2), function="split_part", output_field=TextField()
)
"""The way of holding that an entry's document names, or nothing."""
Held = tuple[str, str]
"""A person's reference, and a way of holding."""


def taken_off(person: Person | None = None) -> dict[Held, int]:
    """Return the pence ever agreed to be taken off, by person and way of holding (one query).

    They count as paid before, so that the next payments are so much lower.
    """
    found: dict[Held, int] = {}
    rows = _entries(person).values_list("person", HOLDING).annotate(sum=Sum("pence")).order_by()
    for reference, holding, pence in rows:
        key = reference, holding or USUAL
        found[key] = found.get(key, 0) + int(pence)
    return found


def told_since(held: Held, moment: datetime) -> list[tuple[int, str]]:
    """Return pence and sentence of what was agreed since a moment, the oldest first."""
    reference, holding = held
    wanted = {holding, ""} if holding == USUAL else {holding}
    found = Entry.objects.filter(what=TAKEN_OFF, person=reference, journal__at__gt=moment)
    found = found.annotate(held_so=HOLDING).filter(held_so__in=wanted)
    return list(found.order_by("journal", "position").values_list("pence", "sentence"))


def _entries(person: Person | None) -> QuerySet[Entry]:
    found = Entry.objects.filter(what=TAKEN_OFF)
    return found if person is None else found.filter(person=person.reference)
