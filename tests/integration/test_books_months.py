"""Closing a month of the books, exporting them, and the pages and commands of finance."""

import csv
import re
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from tests.integration.conftest import NOW, TODAY

from wherewithal.cli import main
from wherewithal.dates import Period
from wherewithal.ledger.entries import Account, Entry, Kind
from wherewithal.web.accounts.models import AuditRow, User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.books import querysets
from wherewithal.web.books.actions import close_month, post
from wherewithal.web.books.exporting import export, remove_code, set_code
from wherewithal.web.books.models import ClosedMonth, Code, Export, Journal

PAYABLE, HELD = Account.of_text("payable:WW000001"), Account.of_text("held:WW000001/isf")
OCTOBER, SEPTEMBER = date(2026, 10, 31), date(2026, 9, 30)


def moved(on: date, pence: int = 40_000, document: str = "payment:1") -> Entry:
    return Entry(
        on, PAYABLE, HELD, pence, "payment-approved", "Four weeks of support.", document,
        "WW000001",
    )  # fmt: skip


@pytest.fixture
def posted(finance: User) -> Journal:
    return post([moved(date(2026, 10, 5))], by=finance, at=NOW, summary="Run 7 was approved.")


@pytest.fixture
def coded(finance: User) -> None:
    for kind, nominal in ((Kind.PAYABLE, "2100"), (Kind.HELD, "1400")):
        set_code(by=finance, at=NOW, kind=kind, of="", what="", nominal=nominal, cost_centre="ASC1")


def test_a_closed_month_keeps_its_head_and_what_had_moved(posted: Journal, finance: User) -> None:
    closed = close_month(last_day=OCTOBER, by=finance, at=NOW)
    assert (closed.journal_id, closed.head, closed.moved) == (1, posted.head, 40_000)
    assert AuditRow.objects.get(verb="month.closed").detail["head"] == posted.head
    assert querysets.first_open_day() == date(2026, 11, 1)


def test_what_is_learnt_late_is_written_on_the_first_open_day(
    posted: Journal, finance: User
) -> None:
    close_month(last_day=OCTOBER, by=finance, at=NOW)
    post([moved(date(2026, 10, 6), 100, "payment:2")], by=finance, at=NOW, summary="Late news.")
    assert querysets.balance(HELD, OCTOBER) == 40_000
    assert querysets.balance(HELD, TODAY) == 40_100
    late = querysets.statement(HELD, Period(date(2026, 11, 1), None)).movements[0].entry
    assert (late.on, late.about) == (date(2026, 11, 1), date(2026, 10, 6))
    assert "This is about 6 October 2026" in late.sentence
    assert querysets.prove(TODAY).holds


def test_postgresql_refuses_an_entry_in_a_closed_month(posted: Journal, finance: User) -> None:
    close_month(last_day=OCTOBER, by=finance, at=NOW)
    by_hand = (
        'INSERT INTO books_entry (journal_id, position, "on", source_id, target_id, pence, what,'
        " sentence, document, person) SELECT 2, 1, '2026-10-31', source_id, target_id, 1, what,"
        " 'By hand.', '', '' FROM books_entry"
    )
    with (
        pytest.raises(DatabaseError, match="closed up to 2026-10-31"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(by_hand)


@pytest.mark.parametrize(
    ("last_day", "told"),
    [
        (date(2026, 10, 30), "not the last day of a month"),
        (date(2026, 11, 30), "is not over yet"),
        (SEPTEMBER, "already closed up to 31 October 2026"),
        (OCTOBER, "already closed up to 31 October 2026"),
    ],
)
def test_a_month_is_closed_once_after_its_end_and_in_order(
    posted: Journal, finance: User, last_day: date, told: str
) -> None:
    close_month(last_day=OCTOBER, by=finance, at=NOW)
    with pytest.raises(NotNow, match=told):
        close_month(last_day=last_day, by=finance, at=NOW)


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE books_closedmonth SET head = ''", "written once"),
        ("DELETE FROM books_closedmonth", "written once"),
        (
            "INSERT INTO books_closedmonth (last_day, head, moved, at)"
            " VALUES ('2026-09-30', '', 0, now())", "already closed",
        ),
        (
            "INSERT INTO books_closedmonth (last_day, head, moved, at)"
            " VALUES ('2026-11-15', '', 0, now())", "not the last day of a month",
        ),
    ],
)  # fmt: skip
def test_postgresql_keeps_a_closed_month_closed(
    posted: Journal, finance: User, statement: str, told: str
) -> None:
    close_month(last_day=OCTOBER, by=finance, at=NOW)
    with (
        pytest.raises(DatabaseError, match=told),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_books_that_do_not_prove_are_not_closed(posted: Journal, finance: User) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE books_entry SET pence = 1")
        cursor.execute("SET LOCAL session_replication_role = origin")
    with pytest.raises(NotNow, match="Journal 1 does not say"):
        close_month(last_day=OCTOBER, by=finance, at=NOW)
    assert not ClosedMonth.objects.exists()


def test_a_closed_month_that_is_another_now_is_told(posted: Journal, finance: User) -> None:
    close_month(last_day=OCTOBER, by=finance, at=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE books_closedmonth SET moved = 1")
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert "When October 2026 was closed, £0.01 had moved" in querysets.prove(TODAY).difference


def test_the_proof_since_a_closed_month_follows_on_from_its_head(
    posted: Journal, finance: User
) -> None:
    close_month(last_day=OCTOBER, by=finance, at=NOW)
    assert querysets.prove(TODAY, whole=False).head == posted.head
    second = post([moved(TODAY, 7, "payment:2")], by=finance, at=NOW, summary="November.")
    since, whole = querysets.prove(TODAY, whole=False), querysets.prove(TODAY)
    assert since.holds
    assert (since.journals, since.entries, since.head) == (1, 1, second.head)
    assert (whole.journals, whole.entries, whole.head) == (2, 2, second.head)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE books_entry SET pence = 8 WHERE pence = 7")
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert "Journal 2 does not say" in querysets.prove(TODAY, whole=False).difference


def test_an_export_adds_up_to_nought_and_names_nobody(
    posted: Journal, coded: None, finance: User
) -> None:
    made = export(by=finance, at=NOW)
    rows = list(csv.DictReader(StringIO(made.text)))
    assert [(row["Nominal code"], row["Debit"], row["Credit"]) for row in rows] == [
        ("1400", "400.00", ""), ("2100", "", "400.00"),
    ]  # fmt: skip
    assert "WW000001" not in made.text
    assert (made.first_id, made.last_id, made.debits) == (1, 1, 40_000)


def test_exports_leave_no_gap_and_repeat_nothing(
    posted: Journal, coded: None, finance: User
) -> None:
    closed = close_month(last_day=OCTOBER, by=finance, at=NOW)
    post([moved(TODAY, 7, "payment:2")], by=finance, at=NOW, summary="November.")
    first, second = export(by=finance, at=NOW, month=closed), export(by=finance, at=NOW)
    assert [(made.first_id, made.last_id) for made in (first, second)] == [(1, 1), (2, 2)]
    with pytest.raises(NotNow, match="Everything is exported already"):
        export(by=finance, at=NOW)


@pytest.mark.parametrize(("first", "last"), [(1, 1), (3, 3), (2, 1)])
def test_postgresql_refuses_an_export_with_a_gap_or_a_repeat(
    posted: Journal, coded: None, finance: User, first: int, last: int
) -> None:
    post([moved(TODAY, 7, "payment:2")], by=finance, at=NOW, summary="November.")
    export(by=finance, at=NOW, month=None)
    post([moved(TODAY, 8, "payment:3")], by=finance, at=NOW, summary="November.")
    post([moved(TODAY, 9, "payment:4")], by=finance, at=NOW, summary="November.")
    with pytest.raises(DatabaseError, match="begins with journal 3"), transaction.atomic():
        Export.objects.create(
            first_id=first if first != 3 else 4, last_id=last + 1, text="", debits=0, at=NOW
        )


def test_an_export_waits_until_every_kind_that_moved_has_a_code(
    posted: Journal, coded: None, finance: User
) -> None:
    remove_code(by=finance, at=NOW, code=Code.objects.get(kind="held"))
    with pytest.raises(NotNow, match=r"No code is set for: Held for somebody \(Payment approved\)"):
        export(by=finance, at=NOW)
    assert not Export.objects.exists()


def test_the_narrowest_code_is_used(posted: Journal, coded: None, finance: User) -> None:
    values: dict[str, Any] = {"by": finance, "at": NOW, "kind": Kind.HELD, "cost_centre": ""}
    set_code(**values, of="", what="payment-approved", nominal="1401")
    assert "1401" in export(by=finance, at=NOW).text
    set_code(**values, of=HELD.of, what="", nominal="1402")
    post([moved(TODAY, 7, "payment:2")], by=finance, at=NOW, summary="November.")
    assert "1402" in export(by=finance, at=NOW).text


PAGES = (
    "/books/", "/books/?q=WW0", "/books/journals/", "/books/journals/1/", "/books/proof/",
    "/books/proof/?all=yes",
    "/books/accounts/held/WW000001/isf/", "/books/exports/", "/books/codes/",
)  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_finance_and_administrators_read_the_books(
    posted: Journal,
    coded: None,
    make_user: Callable[..., User],
    signed_in: Callable[[User], Client],
    address: str,
) -> None:
    for role in (Role.FINANCE, Role.ADMINISTRATOR):
        answer = signed_in(make_user(role)).get(address)
        assert answer.status_code == 200
        page = answer.content.decode()
        assert (role == Role.FINANCE) >= ('<form method="post"' in page.split("<main")[1])
    for role in (Role.PERSON, Role.PRACTITIONER, Role.MANAGER, Role.ANALYST):
        assert signed_in(make_user(role)).get(address).status_code == 403


def test_an_account_s_page_shows_its_statement(
    posted: Journal, finance: User, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(finance)
    asked = {"start_0": "1", "start_1": "10", "start_2": "2026"}
    asked |= {"end_0": "31", "end_1": "10", "end_2": "2026"}
    names = {"0": "day", "1": "month", "2": "year"}
    query = {f"{key[:-2]}_{names[key[-1]]}": value for key, value in asked.items()}
    page = client.get("/books/accounts/held/WW000001/isf/", query).content.decode()
    assert page.count("£400.00") >= 3
    assert "Four weeks of support." in page
    assert client.get("/books/accounts/held/WW999999/isf/").status_code == 404
    assert client.get("/books/accounts/purse/1/").status_code == 404


def test_finance_closes_a_month_and_makes_a_file_on_the_page(
    posted: Journal, finance: User, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(finance)
    for kind, nominal in (("payable", "2100"), ("held", "1400")):
        values = {"kind": kind, "nominal": nominal, "of": "", "what": "", "cost_centre": ""}
        assert client.post("/books/codes/", values).status_code == 302
    assert client.post("/books/proof/close/", {"last_day": "2026-10-31"}).status_code == 302
    closed = ClosedMonth.objects.get()
    assert client.post("/books/exports/", {"month": closed.pk}).status_code == 302
    made = Export.objects.get()
    answer = client.get(f"/books/exports/{made.pk}/")
    assert answer.content.decode() == made.text
    assert client.post(f"/books/codes/{Code.objects.first().pk}/remove/").status_code == 302  # type: ignore[union-attr]  # two were set
    assert Code.objects.count() == 1


def test_an_administrator_changes_nothing(
    posted: Journal, make_user: Callable[..., User], signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(make_user(Role.ADMINISTRATOR))
    client.post("/books/codes/", {"kind": "held", "nominal": "1"})
    client.post("/books/exports/", {"month": ""})
    assert client.post("/books/proof/close/", {"last_day": "2026-10-31"}).status_code == 403
    assert [model.objects.count() for model in (Code, Export, ClosedMonth)] == [0, 0, 0]


def test_the_books_are_proved_by_command(
    posted: Journal, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ledger", "prove", "--on", "2026-11-02"]) == 0
    shown = capsys.readouterr().out
    assert posted.head in shown
    assert re.search(r"^  Held for somebody +£400\.00$", shown, re.MULTILINE)
    assert shown.endswith("The books prove.\n")


def test_a_proof_for_an_earlier_day_says_what_covers_every_day(
    posted: Journal, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ledger", "prove", "--on", "2000-01-01"]) == 0
    shown = capsys.readouterr().out.splitlines()
    entries = posted.entries.count()
    assert shown[:5] == [
        "Journals   1, all that are written",
        f"Entries    {entries}, {entries} of them for days after the one below",
        f"Head       {posted.head}, after the last journal",
        "Up to      2000-01-01, at the end of that day:",
        "Moved      £0.00",
    ]


def test_balances_are_written_by_command(
    posted: Journal, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ledger", "balances", "--on", "2026-11-02", "--kind", "held"]) == 0
    assert capsys.readouterr().out.splitlines() == ["account,pence", f"{HELD},40000"]


def test_a_statement_of_one_account_is_written_by_command(
    posted: Journal, capsys: pytest.CaptureFixture[str]
) -> None:
    said = ["ledger", "statement", str(HELD), "--to", "2026-11-02", "--from"]
    assert main([*said, "2026-01-01"]) == 0
    heading, opening, *moved, closing = csv.reader(StringIO(capsys.readouterr().out))
    assert heading[:3] == ["on", "pence", "balance"]
    assert opening == ["2026-01-01", "", "0", "opening"]
    assert closing == ["2026-11-02", "", "40000", "closing"]
    assert sum(int(row[1]) for row in moved) == int(moved[-1][2]) == 40_000
    assert main([*said, "2026-11-03"]) == 1
    assert "Swap the two days" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["ledger", "statement", "somewhere:WW000001"])
    assert "somewhere" in capsys.readouterr().err


def test_a_file_is_made_by_command_and_not_twice(
    posted: Journal, coded: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere = tmp_path / "none" / "a.csv"
    assert main(["ledger", "export", "--out", str(nowhere)]) == 1
    assert not Export.objects.exists()
    assert main(["ledger", "export", "--out", str(tmp_path / "a.csv")]) == 0
    assert (tmp_path / "a.csv").read_bytes().decode() == Export.objects.get().text
    assert main(["ledger", "export", "--out", str(tmp_path / "b.csv")]) == 1
    assert "Everything is exported already" in capsys.readouterr().err


def test_entries_that_look_wrong_are_listed_by_command(
    posted: Journal, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ledger", "check"]) == 1
    shown = capsys.readouterr()
    assert "nobody knows the account payable:WW000001" in shown.out
    assert "1 entries look wrong; 0 are in order." in shown.err
