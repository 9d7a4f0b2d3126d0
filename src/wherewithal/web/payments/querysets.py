"""Reads for payment runs and for a person's own money."""

from datetime import date

from django.db.models import F, Max, QuerySet, Sum

from wherewithal.web.payments.models import Payee, Payment
from wherewithal.web.payments.shares import PAID_OUT, shares_of
from wherewithal.web.people.models import Person

__all__ = [
    "PAID_OUT", "current_payees", "doubtful_payees", "paid_since", "paid_to", "paid_until",
    "shares_of",
]  # fmt: skip


def paid_until(before: int | None = None) -> dict[tuple[int, str], date]:
    """Return the day up to which each (budget, holding) is paid, or only by runs ``before`` one."""
    counted = Payment.objects.standing().filter(invoice__isnull=True)
    rows = (
        (counted if before is None else counted.filter(run_id__lt=before))
        .values("budget_id", "holding")
        .annotate(until=Max(F("period__endswith")))
    )
    return {(row["budget_id"], row["holding"]): row["until"] for row in rows}


def doubtful_payees() -> QuerySet[Payee]:
    """Return the accounts of people from which money came back, and that nobody put right yet."""
    found = Payee.objects.filter(ended_at__isnull=True).exclude(doubt="")
    return found.select_related("person").order_by("person__family_name")


def current_payees() -> dict[tuple[int, str], Payee]:
    """Return the account in use for each (person, holding)."""
    payees = Payee.objects.filter(ended_at__isnull=True)
    return {(payee.person_id, payee.holding): payee for payee in payees}


def paid_to(person: Person) -> QuerySet[Payment]:
    """Return what has been paid for a person, newest first; only what was approved counts.

    Of each run only its day is read: a run also names everybody whom it could not pay.
    """
    return (
        Payment.objects.decided()
        .filter(person=person, invoice__isnull=True)
        .select_related("run")
        .only("budget_id", "holding", "period", "net", "sentence", "run__pay_on")
        .order_by("-run__pay_on", "-id")
    )


def paid_since(person: Person, day: date, *, until: date) -> int:
    """Return the pence that has reached a person by ``until``, for days from ``day`` on."""
    arrived = paid_to(person).filter(period__startswith__gte=day, run__pay_on__lte=until)
    return int(arrived.aggregate(total=Sum("net"))["total"] or 0)
