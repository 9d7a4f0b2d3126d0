"""What people agreed to have taken off their direct payment, as the books hold it."""

from datetime import datetime

from django.db.models import QuerySet, Sum

from wherewithal.web.books.models import Entry
from wherewithal.web.people.models import Person
from wherewithal.web.plans.models import PlanLine

TAKEN_OFF = "surplus-taken-off"
HELD = PlanLine.Holding.DIRECT_PAYMENT


def taken_off(person: Person | None = None) -> dict[str, int]:
    """Return the pence that were ever agreed to be taken off, by reference (one query).

    They count as paid before, so that the next payments are so much lower.
    """
    rows = _entries(person).values("person").annotate(sum=Sum("pence")).order_by()
    return {row["person"]: int(row["sum"]) for row in rows}


def told_since(reference: str, moment: datetime) -> list[tuple[int, str]]:
    """Return pence and sentence of what was agreed since a moment, the oldest first."""
    found = Entry.objects.filter(what=TAKEN_OFF, person=reference, journal__at__gt=moment)
    return list(found.order_by("journal", "position").values_list("pence", "sentence"))


def _entries(person: Person | None) -> QuerySet[Entry]:
    found = Entry.objects.filter(what=TAKEN_OFF)
    return found if person is None else found.filter(person=person.reference)
