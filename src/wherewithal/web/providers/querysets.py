"""Reads of bills: what is to be paid by a run, what waits for whom, what a person was billed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Min, Prefetch, QuerySet, Sum

from wherewithal.dates import Period
from wherewithal.ledger.billing import Compared
from wherewithal.web.budgets.models import BudgetLine
from wherewithal.web.people.models import Person
from wherewithal.web.providers.models import (
    Invoice,
    OwnBill,
    Provider,
    ProviderAccount,
    Receipt,
    Refund,
)
from wherewithal.web.providers.plans import compared

WAITING = ("received", "matched", "asked", "disputed")
"""States in which a bill waits for an answer."""


@dataclass(frozen=True, slots=True)
class Billing:
    """Bills that people were sent at once: when, how many, pence, and the first of them."""

    first: int
    at: datetime
    by: str
    people: int
    pence: int


def billings(newest: int = 6) -> list[Billing]:
    """Return the latest times that people were billed, newest first."""
    by = ("made_by__first_name", "made_by__last_name")
    rows = OwnBill.objects.order_by("-made_at").values_list("made_at", *by)
    found = rows.annotate(first=Min("pk"), people=Count("pk"), sum=Sum("pence"))
    return [
        Billing(pk, at, f"{first or ''} {last or ''}".strip(), people, pence)
        for at, first, last, pk, people, pence in found[:newest]
    ]


def billed_with(pk: int) -> QuerySet[OwnBill]:
    """Return the bills that were sent together with this one, by family name."""
    at = OwnBill.objects.filter(pk=pk).values("made_at")
    found = OwnBill.objects.filter(made_at__in=at).select_related("person")
    return found.order_by("person__family_name", "person__given_name", "pk")


@dataclass(frozen=True, slots=True)
class ToPay:
    """An approved bill as a payment run takes it; ``account`` is ``None`` where there is none."""

    invoice: Invoice
    provider: Provider
    person: Person
    line: BudgetLine
    period: Period
    pence: int
    account: ProviderAccount | None


@dataclass(frozen=True, slots=True)
class Beside:
    """A bill, and how it stands beside its plan once it is matched."""

    invoice: Invoice
    compared: Compared | None


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """What a person was billed and has paid, and what is still to pay; pence."""

    bills: list[OwnBill]
    receipts: list[Receipt]
    refunds: list[Refund]
    due: int


def invoices_to_pay(until: date) -> list[ToPay]:
    """Return the approved bills for days that end by ``until`` (two queries)."""
    current = Prefetch(
        "provider__accounts", ProviderAccount.objects.filter(ended_at__isnull=True), "current"
    )
    found = (
        Invoice.objects.filter(status=Invoice.Status.APPROVED, period__endswith__lte=until)
        .select_related("provider", "person", "line__budget")
        .prefetch_related(current)
        .order_by("provider__name", "pk")
    )
    made = []
    for each in found:
        accounts = each.provider.current  # type: ignore[attr-defined]  # prefetched
        if each.line is not None:
            made.append(ToPay(
                each, each.provider, each.person, each.line,
                Period(each.period.lower, each.period.upper), each.pence,
                accounts[0] if accounts else None,
            ))  # fmt: skip
    return made


def waiting() -> list[Beside]:
    """Return every bill that waits for an answer, the longest wait first."""
    found = Invoice.objects.filter(status__in=WAITING).select_related("provider", "person", "line")
    listed = list(found.order_by("entered_at", "pk"))
    beside = compared(listed)
    return [Beside(each, beside.get(each.pk)) for each in listed]


def count_waiting() -> int:
    """Count the bills that wait for an answer."""
    return Invoice.objects.filter(status__in=WAITING).count()


def billed_for(person: Person) -> list[Beside]:
    """Return what providers billed for a person's support, the newest days first."""
    listed = list(
        Invoice.objects.filter(person=person).select_related("provider", "line", "decided_by")
    )
    beside = compared(listed)
    return [Beside(each, beside.get(each.pk)) for each in listed]


def sums_by_status() -> list[dict[str, Any]]:
    """Return how many bills, and how many pence, stand in each state."""
    rows = Invoice.objects.order_by().values("status").annotate(bills=Count("pk"), sum=Sum("pence"))
    found = {row["status"]: row for row in rows}
    return [
        {"label": status.label, "bills": found[status]["bills"], "pence": found[status]["sum"]}
        for status in Invoice.Status
        if status in found
    ]


def own_account(person: Person) -> OwnAccount:
    """Return what a person was billed themselves, what they paid, and what is still to pay."""
    bills, receipts = list(person.own_bills.all()), list(person.receipts.all())
    refunds = list(Refund.objects.filter(budget__person=person))
    due = sum(bill.pence for bill in bills) - sum(each.for_support for each in receipts)
    due -= sum(each.over - each.pence for each in refunds)
    return OwnAccount(bills, receipts, refunds, due)


@dataclass(frozen=True, slots=True)
class Open:
    """Who still has something to pay: pence in all, and the day the oldest unpaid bill was due."""

    person: Person
    due: int
    since: date


def own_accounts_open(on: date) -> list[Open]:
    """Return who still has to pay for bills that were due by a day, the largest sums first."""
    for_support = Sum(F("pence") - F("paid_back"))
    paid = dict(Receipt.objects.order_by().values_list("person").annotate(sum=for_support))
    let_off = Refund.objects.order_by().values_list("budget__person")
    for key, pence in let_off.annotate(sum=Sum(F("over") - F("pence"))):
        paid[key] = paid.get(key, 0) + pence
    left: dict[int, int] = {}
    since: dict[int, date] = {}
    for bill in OwnBill.objects.order_by("due_on", "pk"):
        covered = min(paid.get(bill.person_id, 0), bill.pence)
        paid[bill.person_id] = paid.get(bill.person_id, 0) - covered
        if bill.pence > covered:
            left[bill.person_id] = left.get(bill.person_id, 0) + bill.pence - covered
            since.setdefault(bill.person_id, bill.due_on)
    people = Person.objects.in_bulk(left)
    found = [
        Open(people[key], pence, since[key]) for key, pence in left.items() if since[key] <= on
    ]
    return sorted(found, key=lambda each: (-each.due, each.person.pk))
