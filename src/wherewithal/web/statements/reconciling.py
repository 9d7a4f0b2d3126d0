"""The bank's balance of an account beside the books', and every reason why they differ."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Sum

from wherewithal.dates import ONE_DAY, long_date
from wherewithal.ledger.entries import Account, Kind
from wherewithal.money import pounds
from wherewithal.web.books import querysets as books
from wherewithal.web.people.models import Person
from wherewithal.web.statements.models import Line, Meaning
from wherewithal.web.statements.querysets import (
    balance_on,
    last_statement_day,
    lines_typed_in,
    statements_of,
)

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Difference:
    """One reason for which the bank's balance and the books' are not the same; pence."""

    title: str
    pence: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The bank's balance of a day, the books', and everything in between; pence."""

    on: date
    bank: int
    books: int
    differences: tuple[Difference, ...]

    @property
    def unexplained(self) -> int:
        """What nothing explains: nought where all is well."""
        return self.bank - self.books - sum(each.pence for each in self.differences)


def reconciled(person: Person, holding: str) -> Reconciled | None:
    """Hold the bank's balance to the books', with each difference; None without a statement."""
    on = last_statement_day(person, holding)
    bank = balance_on(person, holding, on) if on else None
    first = statements_of(person, holding).exclude(opening=None).first()
    if on is None or bank is None or first is None or first.opening is None:
        return None
    before = first.first_day - ONE_DAY
    start = first.opening - sum(_by_books(person, holding, before).values())
    now, days = _by_books(person, holding, on), (first.first_day, on)
    underway = _underway(person, holding, days)
    known = min(-start, underway) if start < 0 < underway else 0  # sent before the first day
    found = [
        Difference(
            "Contribution paid ahead" if now["contribution"] > 0 else "Contribution to be paid in",
            now["contribution"], "It counts from the day it is due.",
        ),
        Difference("Approved, and still to be sent", now["payable"]),
        Difference("Decided to be paid back, still in the account", now["recovery"]),
        Difference(
            "There before the first statement", start + known, "What the books do not know of."
        ),
        _on_its_way(underway - known),
        _paid_back(person, holding, days),
        *_not_in_books(person, holding, days),
    ]  # fmt: skip
    return Reconciled(on, bank, now["held"], tuple(each for each in found if each.pence))


def as_sum(found: Reconciled) -> list[dict[str, Any]]:
    """Write a reconciliation as the lines of a sum."""
    head = {"title": "Held, by our books", "amount": pounds(found.books), "kind": "note"}
    lines = [
        {
            "title": each.title, "text": each.text, "amount": pounds(abs(each.pence)),
            "kind": "added" if each.pence > 0 else "taken",
        }
        for each in found.differences
    ]  # fmt: skip
    if found.unexplained:
        text = "Look at the lines one by one, and at what was there before the first."
        amount = pounds(found.unexplained)
        lines.append({"title": "Not explained", "amount": amount, "kind": "note", "text": text})
    title = f"In the account on {long_date(found.on)}, by the bank"
    return [head, *lines, {"title": title, "amount": pounds(found.bank), "kind": "total"}]


def _by_books(person: Person, holding: str, on: date) -> dict[str, int]:
    """Return what the books say of everything that an account's balance is made of."""
    own = {
        "held": Account(Kind.HELD, f"{person.reference}/{holding}"),
        "contribution": Account(Kind.CONTRIBUTION, person.reference),
        "payable": Account(Kind.PAYABLE, person.reference),
        "recovery": Account(Kind.RECOVERY, person.reference),
    }
    return {name: books.balance_by_then(account, on) for name, account in own.items()}


def _on_its_way(pence: int) -> Difference:
    title = "On its way from the council" if pence < 0 else "Came in, and was sent before that"
    return Difference(title, pence, "What the council sent, less what the lines show.")


def _underway(person: Person, holding: str, days: tuple[date, date]) -> int:
    """Return what lines show of the council's payments, less what the books sent those days."""
    payable = Account(Kind.PAYABLE, person.reference)
    sent = _moved(payable, "payment-sent", days)
    came_back = _moved(payable, "payment-returned", days)
    return _lines(person, holding, days, Meaning.PAYMENT) - sent + came_back


def _paid_back(person: Person, holding: str, days: tuple[date, date]) -> Difference:
    known = _moved(Account(Kind.RECOVERY, person.reference), "surplus-repaid", days)
    pence = _lines(person, holding, days, Meaning.REPAID) + known
    return Difference("Paid back to the council, not yet in the books", pence)


def _not_in_books(person: Person, holding: str, days: tuple[date, date]) -> list[Difference]:
    unsure = Line.objects.filter(
        person=person, holding=holding, on__range=days, sure=False
    ).exclude(statement__source="hand")  # fmt: skip
    found = [
        Difference(f"{long_date(line.on)}: {line.payee or line.text}", line.pence, "Not known yet.")
        for line in unsure.order_by("on", "id")[:MOST_SHOWN]
    ]
    rest = int(unsure.aggregate(sum=Sum("pence"))["sum"] or 0) - sum(each.pence for each in found)
    text = "Typed in by hand; no line of the bank shows it yet."
    typed = lines_typed_in(person, holding).filter(on__range=days, in_books=True)
    return [
        *found,
        Difference("More lines that are not known yet", rest),
        *(Difference(f"{long_date(line.on)}: {line.payee}", -line.pence, text) for line in typed),
    ]


def _moved(account: Account, what: str, days: tuple[date, date]) -> int:
    rows = books.about_days(books.entries_of(account).filter(what=what), *days)
    return int(rows.aggregate(sum=Sum("pence"))["sum"] or 0)


def _lines(person: Person, holding: str, days: tuple[date, date], meaning: str) -> int:
    rows = Line.objects.filter(
        person=person, holding=holding, on__range=days, meaning=meaning, sure=True
    )
    return int(rows.aggregate(sum=Sum("pence"))["sum"] or 0)
