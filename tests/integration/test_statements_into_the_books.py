"""Lines written into the books all at once are the very entries the pure ledger makes of each."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.integration.conftest import NOW
from tests.integration.direct_payment_fixtures import HOLDING, budget
from tests.integration.test_statements_reading import read

from wherewithal.ledger.entries import Entry as PureEntry
from wherewithal.ledger.entries import brought_into
from wherewithal.ledger.proof import digest_of
from wherewithal.ledger.spending import Seen, entry_of
from wherewithal.web.accounts.models import User
from wherewithal.web.books import many, querysets
from wherewithal.web.books.models import ClosedMonth, Entry, Journal
from wherewithal.web.budgets.models import Budget, BudgetLine
from wherewithal.web.people.models import Person
from wherewithal.web.statements.importing import Imported
from wherewithal.web.statements.models import Line, PayeeRule, Statement

__all__ = ["budget", "read"]
LINES = """\
28/10/2026,HARBOUR DAY CENTRE LTD,-45.00,955.00
30/10/2026,SEA CAFE,-2.50,952.50
02/11/2026,HARBOUR DAY CENTRE LTD,5.00,957.50
03/11/2026,SEA CAFE,2.50,960.00
04/11/2026,somebody  NEW,-7.00,953.00
05/11/2026,MISS A MARLOWBRIDGE,20.00,973.00
06/11/2026,SAVINGS POT,-20.00,953.00
06/11/2026,SAVINGS POT,30.00,983.00
07/11/2026,HARBOUR DAY CENTRE LTD,-45.00,938.00
09/11/2026,HARBOUR DAY CENTRE LTD,-45.00,893.00
"""


@pytest.fixture
def rules(person: Person, budget: Budget) -> None:
    """Know everybody, so that there is a line of every sort."""
    part = BudgetLine.objects.get(what="Day centre")
    for payee, out, into in (
        ("harbour day centre", "spent", "refund"), ("harbour day centre ltd", "spent", "refund"),
        ("sea cafe", "other", "other"), ("somebody new", "fee", "fee"),
        ("savings pot", "transfer", "transfer"), ("a marlowbridge", "contribution", "contribution"),
    ):  # fmt: skip
        for meaning, incoming in ((out, False), (into, True)):
            PayeeRule.objects.get_or_create(
                person=person, payee=payee, incoming=incoming,
                defaults={
                    "meaning": meaning, "learnt_at": NOW,
                    "budget_line": part if meaning in ("spent", "refund") else None,
                },
            )  # fmt: skip


def pure_entries(person: Person, first_open: date) -> list[PureEntry]:
    """Return what the pure ledger makes of every sure line, in their order."""
    seen = (
        Seen(line.on, line.pence, line.meaning, person.reference, HOLDING, f"line:{line.pk}",
             line.budget_line_id, line.payee)
        for line in Line.objects.filter(person=person, sure=True).order_by("id")
    )  # fmt: skip
    return [brought_into(entry, first_open) for entry in map(entry_of, seen) if entry is not None]


def stored() -> list[PureEntry]:
    rows = Entry.objects.select_related("source", "target").order_by("journal_id", "position")
    return [querysets.pure(row) for row in rows]


@pytest.mark.parametrize("closed", [None, date(2026, 10, 31)])
def test_what_postgres_writes_is_what_the_pure_ledger_makes_of_each_line(
    read: Callable[..., Imported], person: Person, rules: None, finance: User, closed: date | None
) -> None:
    if closed is not None:
        ClosedMonth.objects.create(last_day=closed, head="", moved=0, at=NOW, by=finance)
    read(LINES)
    expected = pure_entries(person, querysets.first_open_day())
    assert {entry.what for entry in expected} == {
        "spent", "refunded", "other-in", "other-out", "contribution-paid-in"
    }  # fmt: skip
    assert sum(entry.about is not None for entry in expected) == (2 if closed else 0)
    assert stored() == expected
    journal = Journal.objects.get()
    said = (journal.number, NOW, finance.username, journal.summary)
    assert journal.digest == digest_of(*said, expected)


def test_a_long_statement_fills_one_journal_after_another(
    read: Callable[..., Imported], person: Person, rules: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many, "ENTRIES_AT_ONCE", 4)
    read(LINES)
    assert stored() == pure_entries(person, date.min)
    assert [journal.count for journal in Journal.objects.order_by("number")] == [4, 4, 2]
    assert querysets.prove(date(2026, 12, 31)).holds


def test_postgres_refuses_an_entry_of_an_account_that_is_not_open(
    read: Callable[..., Imported], rules: None
) -> None:
    read(LINES)
    first = Entry.objects.order_by("id").values().first()
    assert first is not None
    for end in ("source_id", "target_id"):
        wrong = first | {"id": None, "journal_id": 2, "position": 1, end: 999_999}
        with pytest.raises(IntegrityError, match="no account 999999"), transaction.atomic():
            Entry.objects.create(**wrong)


def test_postgres_keeps_a_statement_and_its_lines_together(
    read: Callable[..., Imported], rules: None, budget: Budget
) -> None:
    statement = read(LINES).statement
    line = Line.objects.values().first()
    assert line is not None
    for wrong in ({"statement_id": 999_999}, {"holding": "isf"}):
        with pytest.raises(IntegrityError, match="same person and account"), transaction.atomic():
            Line.objects.create(**line | {"id": None, "twin": 9} | wrong)
    with pytest.raises(IntegrityError, match="same person"), transaction.atomic():
        Line.objects.update(statement=999_999)
    stored: Any = Statement.objects.filter(pk=statement.pk)
    attempts: tuple[Callable[[], Any], ...] = (
        lambda: stored.update(holding="isf"),
        lambda: stored._raw_delete("default"),
    )
    for attempt in attempts:
        with pytest.raises(IntegrityError, match="Take its lines away"), transaction.atomic():
            attempt()
    Line.objects.all().delete()
    Statement.objects.all().delete()
