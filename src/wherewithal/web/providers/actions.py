"""Writes about providers and their bills: added, entered, matched, decided, paid."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import localtime

from wherewithal.banking.bills_csv import Bill, BillsError
from wherewithal.dates import Period
from wherewithal.ledger.entries import Account, Entry, Kind
from wherewithal.ledger.schedule import span
from wherewithal.money import pounds
from wherewithal.web.accounts.actions import audit_row, record, record_many
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.transitions import NotNow, check_move
from wherewithal.web.books.actions import post
from wherewithal.web.budgets.models import BudgetLine
from wherewithal.web.people.models import Person
from wherewithal.web.providers.accounts import set_account
from wherewithal.web.providers.models import Invoice, Provider
from wherewithal.web.providers.plans import (
    compared,
    line_named,
    lines_for,
    lines_of,
    runs_on,
)

Status = Invoice.Status
TWICE = "a_bill_comes_once_from_a_provider"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a bill asks for: number, whose support, which days, how much, in what units."""

    number: str
    person: Person
    days: Period
    pence: int
    units: Decimal | None = None
    what: str = ""


@transaction.atomic
def add_provider(
    *, name: str, kind: str, email: str, account_name: str, sort_code: str, account_number: str,
    by: User, at: datetime,
) -> Provider:  # fmt: skip
    """Add a provider with the account it is paid into.

    Raises:
        ValueError: the account cannot be paid; the message says which value and why.
        NotNow: a provider of this name is here already.
    """
    if Provider.objects.filter(name__iexact=name.strip()).exists():
        raise NotNow(f"{name.strip()} is here already. Look for it in the list.")
    made = Provider.objects.create(
        name=name.strip(), kind=kind, email=email, added_at=at, added_by=by
    )
    record(by=by, at=at, verb="provider.added", summary=f"{made} was added.", provider=made.pk)
    set_account(
        provider=made, account_name=account_name, sort_code=sort_code,
        account_number=account_number, by=by, at=at,
    )  # fmt: skip
    return made


@transaction.atomic
def enter(*, provider: Provider, asked: Asked, by: User, at: datetime) -> Invoice:
    """Keep a bill, matched to the line it is for where there is only one that it can be.

    Raises:
        NotNow: the provider sent a bill of this number before.
    """
    made = _kept(provider, asked, lines_for(asked.person.pk, asked.days), by, at)
    _entered(made, by, at).save()
    return made


@transaction.atomic
def enter_file(*, bills: Sequence[Bill], by: User, at: datetime) -> list[Invoice]:
    """Keep every bill of a file, or none.

    Raises:
        BillsError: a line names a provider or a person who is not here, or a bill sent before.
    """
    providers = {each.name.casefold(): each for each in Provider.objects.all()}
    people = {
        person.reference: person
        for person in Person.objects.filter(reference__in={bill.reference for bill in bills})
    }
    lines = lines_of({person.pk for person in people.values()})
    made = []
    for bill in bills:
        provider, person = providers.get(bill.provider.casefold()), people.get(bill.reference)
        if provider is None:
            raise BillsError(
                f"Line {bill.line}, column 'Provider': {bill.provider!r} is not a provider here."
                " Add it first, or write its name as in the list."
            )
        if person is None:
            raise BillsError(
                f"Line {bill.line}, column 'Reference': nobody has {bill.reference!r}. Look it up."
            )
        units = Decimal(str(float(bill.units))) if bill.units else None
        asked = Asked(bill.number[:40], person, bill.days, bill.pence, units, bill.what[:200])
        own = [line for line in lines.get(person.pk, ()) if runs_on(line, bill.days)]
        try:
            made.append(_kept(provider, asked, own, by, at))
        except NotNow as before:
            raise BillsError(f"Line {bill.line}: {before} Nothing was taken in.") from None
    record_many(_entered(each, by, at) for each in made)
    return made


def _kept(
    provider: Provider, asked: Asked, lines: Sequence[BudgetLine], by: User, at: datetime
) -> Invoice:
    made = Invoice(
        provider=provider, number=asked.number.strip(), person=asked.person,
        period=DateRange(asked.days.start, asked.days.end), pence=asked.pence, units=asked.units,
        what=asked.what, entered_at=at, entered_by=by,
    )  # fmt: skip
    line = line_named(lines, provider.name)
    if line is not None:
        made.line, made.status = line, Status.MATCHED
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as refusal:
        if TWICE not in str(refusal):
            raise
        raise NotNow(f"{provider} already sent bill {made.number}. A bill is paid once.") from None
    return made


def _entered(invoice: Invoice, by: User, at: datetime) -> Any:
    told = f"{invoice.provider} billed {pounds(invoice.pence)} for {_days(invoice)}."
    return _row(invoice, by, at, "invoice.entered", told)


@transaction.atomic
def match(*, invoice: Invoice, line: BudgetLine, by: User, at: datetime) -> Invoice:
    """Say which line of a budget a bill is for.

    Raises:
        NotNow: the line is not one that the council arranges for this person on these days.
    """
    held = _locked(invoice)
    days = Period(held.period.lower, held.period.upper)
    if line.pk not in {each.pk for each in lines_for(held.person_id, days)}:
        raise NotNow("Choose a line that the council arranges for this person on these days.")
    check_move(Invoice.TRANSITIONS, held.status, Status.MATCHED, f"Bill {held}")
    held.line, held.status = line, Status.MATCHED
    held.save(update_fields=["line", "status"])
    _noted(held, by, at, "invoice.matched", f"Bill {held} is for “{line.what}”.")
    return held


@transaction.atomic
def approve(*, invoices: Collection[int], by: User, at: datetime, reason: str = "") -> int:
    """Approve bills to be paid; one outside the plan only with a reason. Returns how many.

    Raises:
        NotNow: a bill can't be approved now.
        ValidationError: a bill is outside the plan and no reason was given.
    """
    held = list(_found(invoices))
    beside = compared(held)
    for each in held:
        check_move(Invoice.TRANSITIONS, each.status, Status.APPROVED, f"Bill {each}")
        outside = each.status != Status.MATCHED or not beside[each.pk].within
        if outside and not reason.strip():
            words = " ".join(found.words for found in beside[each.pk].findings)
            raise ValidationError(
                {"reason": f"Enter why bill {each} is paid all the same. {words}".strip()}
            )
        each.status, each.decided_at, each.decided_by = Status.APPROVED, at, by
        each.said = reason.strip() or each.said
    decided = ("status", "decided_at", "decided_by", "said")
    Invoice.objects.bulk_update(held, decided, batch_size=1000)
    if held:
        count = "1 bill was" if len(held) == 1 else f"{len(held)} bills were"
        post(
            [_entry(each, localtime(at).date()) for each in held], by=by, at=at,
            summary=f"{count} approved: {pounds(sum(each.pence for each in held))}.",
        )  # fmt: skip
    record_many(
        _row(each, by, at, "invoice.approved", f"{pounds(each.pence)} to {each.provider} will be"
             f" paid for {_days(each)}. {reason}".strip())
        for each in held
    )  # fmt: skip
    return len(held)


@transaction.atomic
def ask(*, invoice: Invoice, question: str, by: User, at: datetime) -> Invoice:
    """Keep what the provider was asked about a bill."""
    return _said(invoice, Status.ASKED, question, by, at, "invoice.asked", "was asked about")


@transaction.atomic
def refuse(*, invoice: Invoice, reason: str, by: User, at: datetime) -> Invoice:
    """Do not pay a bill, or the disputed part of one."""
    return _said(invoice, Status.REFUSED, reason, by, at, "invoice.refused", "will not be paid for")


@transaction.atomic
def dispute(*, invoice: Invoice, undisputed: int, reason: str, by: User, at: datetime) -> Invoice:
    """Dispute a bill, or all but ``undisputed`` pence of it: that part is approved at once.

    Returns the disputed part, which stays open until the provider has answered.

    Raises:
        NotNow: it can't be disputed now, or the undisputed part is not less than the bill.
    """
    held = _locked(invoice)
    check_move(Invoice.TRANSITIONS, held.status, Status.DISPUTED, f"Bill {held}")
    if not 0 <= undisputed < held.pence:
        raise NotNow(f"Enter a sum below {pounds(held.pence)}: the part that nobody disputes.")
    if not undisputed:
        return _said(held, Status.DISPUTED, reason, by, at, "invoice.disputed", "disputes")
    last = (
        Invoice.objects.filter(provider=held.provider, number=held.number).order_by("part").last()
    )
    rest = Invoice.objects.create(
        provider=held.provider, number=held.number, part=last.part + 1 if last else 2,
        person=held.person, line=held.line, period=held.period, pence=held.pence - undisputed,
        what=held.what, status=Status.DISPUTED, said=_asked_for(reason), entered_at=at,
        entered_by=by,
    )  # fmt: skip
    held.pence, held.units = undisputed, None
    held.save(update_fields=["pence", "units"])
    _noted(rest, by, at, "invoice.disputed",
           f"{pounds(rest.pence)} of bill {held} is disputed. Why: {rest.said}")  # fmt: skip
    approve(invoices=[held.pk], by=by, at=at, reason=f"The undisputed part of bill {held}.")
    return rest


@transaction.atomic
def mark_paid(
    *, invoices: Collection[int], by: User, at: datetime, came_back: bool = False
) -> None:
    """Note that bills went out with a run, or that their money came back and is owed again."""
    to = Status.APPROVED if came_back else Status.PAID
    for each in _found(invoices):
        check_move(Invoice.TRANSITIONS, each.status, to, f"Bill {each}")
    Invoice.objects.filter(pk__in=invoices).update(status=to)


def _entry(invoice: Invoice, on: date) -> Entry:
    return Entry(
        on=on, source=Account(Kind.PROVIDER, str(invoice.provider_id)),
        target=Account(Kind.LINE, str(invoice.line_id)), pence=invoice.pence,
        what="invoice-approved", person=invoice.person.reference,
        document=f"invoice:{invoice.pk}",
        sentence=f"Billed for {_days(invoice)}: {pounds(invoice.pence)}.",
    )  # fmt: skip


def _said(
    invoice: Invoice, to: Status, words: str, by: User, at: datetime, verb: str, told: str
) -> Invoice:
    held = _locked(invoice)
    check_move(Invoice.TRANSITIONS, held.status, to, f"Bill {held}")
    held.status, held.said, held.decided_at, held.decided_by = to, _asked_for(words), at, by
    held.save(update_fields=["status", "said", "decided_at", "decided_by"])
    summaries = {
        "was asked about": f"{held.provider} was asked about a bill of {pounds(held.pence)}",
        "disputes": f"A bill of {pounds(held.pence)} from {held.provider} is disputed",
    }
    summary = summaries.get(told, f"{pounds(held.pence)} to {held.provider} will not be paid")
    _noted(held, by, at, verb, f"{summary}: {held.said}")
    return held


def _asked_for(words: str) -> str:
    if not words.strip():
        raise ValidationError({"reason": "Enter it in words. The person and the provider read it."})
    return words.strip()


def _found(invoices: Collection[int]) -> Sequence[Invoice]:
    found = Invoice.objects.select_for_update(of=("self",)).filter(pk__in=invoices)
    return list(found.select_related("person", "provider", "line").order_by("pk"))


def _locked(invoice: Invoice) -> Invoice:
    return _found([invoice.pk])[0]


def _days(invoice: Invoice) -> str:
    return span(Period(invoice.period.lower, invoice.period.upper))


def _row(invoice: Invoice, by: User, at: datetime, verb: str, summary: str) -> Any:
    return audit_row(
        by=by, at=at, verb=verb, summary=summary, person=invoice.person.reference,
        invoice=invoice.pk, provider=invoice.provider_id,
    )  # fmt: skip


def _noted(invoice: Invoice, by: User, at: datetime, verb: str, summary: str) -> None:
    _row(invoice, by, at, verb, summary).save()
