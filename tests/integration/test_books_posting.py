"""Posting into the books: what is written, what it comes to, and what PostgreSQL refuses."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from tests.integration.conftest import NOW, TODAY

from wherewithal.dates import Period
from wherewithal.ledger.entries import Account, Entry, Kind, reversal
from wherewithal.ledger.proof import BEGINNING, digest_of, head_of
from wherewithal.web.accounts.models import User
from wherewithal.web.books import models, querysets
from wherewithal.web.books.actions import post

PAYABLE, HELD = Account.of_text("payable:WW000001"), Account.of_text("held:WW000001/isf")
OWN, SENT = Account.of_text("contribution:WW000001"), Account.of_text("sent:7")
COUNCIL = Account.of_text("funding:council")


def approved(on: date = TODAY, pence: int = 40_000) -> list[Entry]:
    return [
        Entry(
            on, PAYABLE, HELD, pence, "payment-approved", "Four weeks’ support: £400.",
            "payment:1", "WW000001",
        ),
        Entry(on, OWN, HELD, 5_000, "contribution-due", "Your share.", "payment:1", "WW000001"),
    ]  # fmt: skip


@pytest.fixture
def posted(finance: User) -> models.Journal:
    journal = post(approved(), by=finance, at=NOW, summary="Run 7 was approved.")
    settle()
    return journal


def settle() -> None:
    """Check now what PostgreSQL checks when a transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def by_hand(statement: str, *values: Any) -> Callable[[], None]:
    """Return somebody's attempt to go behind the product's back."""

    def attempt() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
        settle()

    return attempt


def test_a_journal_is_sealed_over_what_it_says(posted: models.Journal, finance: User) -> None:
    digest = digest_of(1, NOW, finance.username, "Run 7 was approved.", approved())
    assert (posted.number, posted.count, posted.pence) == (1, 2, 45_000)
    assert (posted.digest, posted.head) == (digest, head_of(BEGINNING, digest))


def test_each_journal_follows_on_from_the_one_before(posted: models.Journal) -> None:
    second = post(approved(), by=None, at=NOW, summary="Another.")
    digest = digest_of(2, NOW, "", "Another.", approved())
    assert (second.number, second.head) == (2, head_of(posted.head, digest))


def test_what_was_written_is_read_back(posted: models.Journal) -> None:
    rows = posted.entries.order_by("position").select_related("source", "target")
    assert [querysets.pure(row) for row in rows] == approved()


def test_an_account_holds_what_came_in_less_what_went_out(posted: models.Journal) -> None:
    back = reversal(approved()[0], on=TODAY + timedelta(days=3), sentence="It was an error.")
    post([back], by=None, at=NOW, summary="Put right.")
    on = [TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=2), TODAY + timedelta(days=3)]
    assert [querysets.balance(HELD, day) for day in on] == [0, 45_000, 45_000, 5_000]
    assert querysets.balance(PAYABLE, TODAY) == -40_000
    assert querysets.balance(Account.of_text("payable:WW999999"), TODAY) == 0
    assert querysets.balances(Kind.HELD, TODAY) == {HELD: 45_000}
    assert querysets.balances(Kind.PAYABLE, TODAY + timedelta(days=3)) == {}


def test_a_change_for_a_day_past_moves_every_day_since(posted: models.Journal) -> None:
    earlier = TODAY - timedelta(days=30)
    post(approved(earlier, 100), by=None, at=NOW, summary="Late news.")
    assert querysets.balance(HELD, earlier) == 5_100
    assert querysets.balance(HELD, TODAY) == 50_100


def test_a_statement_runs_from_opening_to_closing(posted: models.Journal) -> None:
    post(approved(TODAY + timedelta(days=1), 700), by=None, at=NOW, summary="More.")
    told = querysets.statement(HELD, Period(TODAY + timedelta(days=1), None))
    assert (told.opening, told.came_in, told.went_out, told.closing) == (45_000, 5_700, 0, 50_700)
    assert [(line.journal, line.balance) for line in told.movements] == [(2, 45_700), (2, 50_700)]


def test_all_balances_together_are_nought(posted: models.Journal) -> None:
    trial = querysets.trial_balance(TODAY)
    assert trial.pence == 0
    assert trial.moved == 45_000
    assert [(total.kind, total.change.pence) for total in trial.totals] == [
        (Kind.HELD, 45_000), (Kind.CONTRIBUTION, -5_000), (Kind.PAYABLE, -40_000),
    ]  # fmt: skip


def test_the_books_prove(posted: models.Journal) -> None:
    proof = querysets.prove(TODAY)
    assert proof.holds
    assert (proof.journals, proof.entries, proof.last) == (1, 2, 1)
    assert proof.head == posted.head


def test_empty_books_prove(db: None) -> None:
    proof = querysets.prove(TODAY)
    assert (proof.holds, proof.head, proof.trial.pence) == (True, BEGINNING, 0)


@pytest.mark.parametrize(
    ("behind_its_back", "told"),
    [
        ("UPDATE books_entry SET pence = 1 WHERE position = 1", "Journal 1 does not say"),
        ("UPDATE books_entry SET sentence = 'Other.'", "Journal 1 does not say"),
        ("UPDATE books_journal SET summary = 'Other.'", "Journal 1 does not say"),
        ("UPDATE books_journal SET head = digest", "Journal 1 does not follow on"),
        ("DELETE FROM books_entry WHERE journal_id = 2", "Journal 2 does not say"),
        ("DELETE FROM books_journal WHERE number = 1", "Journal 1 is missing"),
        ("UPDATE books_balance SET came_in = came_in + 1 WHERE came_in = 90000", "£900.01 in"),
        ("DELETE FROM books_balance WHERE went_out = 10000", "£0.00 out. Its entries come to"),
    ],
)
def test_a_proof_says_where_the_books_were_tampered_with(
    posted: models.Journal, behind_its_back: str, told: str
) -> None:
    post(approved(), by=None, at=NOW, summary="One more.")
    settle()
    with connection.cursor() as cursor:  # only a superuser who leaves no trace can do this
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(behind_its_back)
        cursor.execute("SET LOCAL session_replication_role = origin")
    proof = querysets.prove(TODAY)
    assert not proof.holds
    assert told in proof.difference


REFUSED = {
    "edit an entry": ("UPDATE books_entry SET pence = 1", "written once"),
    "edit no entry": ("UPDATE books_entry SET pence = 1 WHERE false", "written once"),
    "delete entries": ("DELETE FROM books_entry", "written once"),
    "empty entries": ("TRUNCATE books_entry", "written once"),
    "edit a journal": ("UPDATE books_journal SET summary = 'x'", "written once"),
    "delete a journal": ("DELETE FROM books_journal", "written once"),
    "empty everything": (
        "TRUNCATE books_journal, books_entry, books_account, books_balance CASCADE", "written once",
    ),
    "rename an account": ("UPDATE books_account SET of = 'WW000002'", "written once"),
    "delete accounts": ("DELETE FROM books_account", "written once"),
    "edit a balance": ("UPDATE books_balance SET came_in = 0", "follow from entries"),
    "add a balance": (
        "INSERT INTO books_balance (account_id, \"on\", came_in, went_out)"
        " SELECT id, '2020-01-01', 1, 0 FROM books_account LIMIT 1", "follow from entries",
    ),
    "delete balances": ("DELETE FROM books_balance", "follow from entries"),
    "empty balances": ("TRUNCATE books_balance", "follow from entries"),
}  # fmt: skip


@pytest.mark.parametrize(("statement", "told"), REFUSED.values(), ids=REFUSED.keys())
def test_postgresql_refuses_to_change_what_was_written(
    posted: models.Journal, statement: str, told: str
) -> None:
    with pytest.raises(DatabaseError, match=told), transaction.atomic():
        by_hand(statement)()
    assert querysets.prove(TODAY).holds


ADD = (
    'INSERT INTO books_entry (journal_id, position, "on", source_id, target_id, pence, what,'
    " sentence, document, person) SELECT %s, %s, '2026-11-02', a.id, b.id, %s,"
    " 'payment-approved', %s, '', '' FROM books_account a, books_account b"
    " WHERE a.kind = 'payable' AND b.kind = %s"
)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ((2, 1, 0, "Why.", "held"), "an_entry_moves_a_penny_or_more"),
        ((2, 1, -5, "Why.", "held"), "an_entry_moves_a_penny_or_more"),
        ((2, 1, 5, "Why.", "payable"), "money_moves_between_two_accounts"),
        ((2, 1, 5, "", "held"), "an_entry_s_words_are_one_line"),
        ((2, 1, 5, "One\nTwo", "held"), "an_entry_s_words_are_one_line"),
        ((2, 0, 5, "Why.", "held"), "entries_are_numbered_from_one"),
        ((2, 1, 5, "Why.", "held"), "never sealed"),
        ((3, 1, 5, "Why.", "held"), "never sealed"),
        ((1, 3, 5, "Why.", "held"), "Journal 1 is sealed: nothing can be added"),
    ],
    ids=[
        "nothing moved", "less than nothing", "to itself", "no words", "two lines", "place nought",
        "a journal never sealed", "a journal further on", "a sealed journal",
    ],
)  # fmt: skip
def test_postgresql_refuses_an_entry_that_is_not_one(
    posted: models.Journal, values: tuple[object, ...], told: str
) -> None:
    with pytest.raises(DatabaseError, match=told), transaction.atomic():
        by_hand(ADD, *values)()
    assert querysets.prove(TODAY).holds


SEAL = (
    "INSERT INTO books_journal (number, at, by_name, summary, count, pence, digest, head)"
    " VALUES (%s, '2026-11-02', '', 'By hand.', 0, 0, '', '')"
)


@pytest.mark.parametrize(
    ("number", "position", "told"),
    [(3, 1, "can't follow journal 1"), (1, 3, "sealed"), (2, 2, "from its entry 1 on")],
)
def test_postgresql_refuses_a_gap_in_the_chain(
    posted: models.Journal, number: int, position: int, told: str
) -> None:
    def attempt() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(ADD, [number, position, 5, "Why.", "held"])
            cursor.execute(SEAL, [number])

    with pytest.raises(DatabaseError, match=told):
        attempt()


def test_postgresql_refuses_a_journal_that_leaves_a_place_out(posted: models.Journal) -> None:
    def attempt() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            for position in (1, 3):
                cursor.execute(ADD, [2, position, 5, "Why.", "held"])
            cursor.execute(SEAL, [2])

    with pytest.raises(DatabaseError, match="numbered up to 3"):
        attempt()


def test_postgresql_keeps_no_entry_whose_journal_is_never_sealed(posted: models.Journal) -> None:
    with pytest.raises(DatabaseError, match="Journal 2 was never sealed"), transaction.atomic():
        by_hand(ADD, 2, 1, 5, "Why.", "held")()


def test_postgresql_refuses_a_journal_of_nothing(posted: models.Journal) -> None:
    with pytest.raises(DatabaseError, match="Journal 2 has 0 entries"), transaction.atomic():
        by_hand(SEAL, 2)()


def test_postgresql_seals_a_journal_written_by_hand_as_it_is(posted: models.Journal) -> None:
    with connection.cursor() as cursor:
        cursor.execute(ADD, [2, 1, 5, "Why.", "held"])
        cursor.execute(SEAL, [2])
    settle()
    assert querysets.prove(TODAY).holds
    assert querysets.balance(HELD, TODAY) == 45_005


def test_the_refusals_hold_for_the_role_the_product_uses(posted: models.Journal) -> None:
    """The tests run as that role: the one that owns the tables, a superuser in a trial."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tableowner = current_user FROM pg_tables WHERE tablename = 'books_entry'"
        )
        assert cursor.fetchone() == (True,)


def test_a_role_that_owns_nothing_can_post_and_no_more(posted: models.Journal) -> None:
    """As `run in production` sets it up: no right to change or empty, triggers or none."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE books_clerk")
        cursor.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO books_clerk")
        cursor.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO books_clerk")
        cursor.execute(
            "GRANT INSERT ON books_account, books_journal, books_entry, books_balance"
            " TO books_clerk"
        )
        cursor.execute("GRANT UPDATE ON books_balance TO books_clerk")
        cursor.execute("SET LOCAL ROLE books_clerk")
    post(approved(), by=None, at=NOW, summary="By the clerk.")
    settle()
    for statement in (
        "UPDATE books_entry SET pence = 1", "DELETE FROM books_journal", "TRUNCATE books_entry",
        "ALTER TABLE books_entry DISABLE TRIGGER ALL", "SET session_replication_role = replica",
    ):  # fmt: skip
        refused = pytest.raises(DatabaseError, match=r"permission denied|must be owner")
        with refused, transaction.atomic():
            by_hand(statement)()
    with pytest.raises(DatabaseError, match="follow from entries"), transaction.atomic():
        by_hand("UPDATE books_balance SET came_in = 0")()
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def test_nothing_is_not_posted(db: None) -> None:
    with pytest.raises(ValueError, match="nothing to post"):
        post([], by=None, at=NOW, summary="Nothing.")


@pytest.mark.parametrize("summary", ["", " ", "One\nTwo"])
def test_a_journal_says_in_one_line_what_it_is(db: None, summary: str) -> None:
    with pytest.raises(ValueError, match="one line of words"):
        post(approved(), by=None, at=NOW, summary=summary)


def test_a_run_of_five_thousand_payments_is_posted_whole(db: None) -> None:
    entries = [
        entry
        for number in range(5_000)
        for entry in (
            Entry(
                TODAY, Account(Kind.PAYABLE, f"WW{number:06d}"),
                Account(Kind.HELD, f"WW{number:06d}/direct-payment"), 40_000 + number,
                "payment-approved", "Four weeks of support.", f"payment:{number}",
                f"WW{number:06d}",
            ),
            Entry(
                TODAY, Account(Kind.CONTRIBUTION, f"WW{number:06d}"),
                Account(Kind.HELD, f"WW{number:06d}/direct-payment"), 5_000,
                "contribution-due", "Your share.", f"payment:{number}", f"WW{number:06d}",
            ),
        )
    ]  # fmt: skip
    journal = post(entries, by=None, at=NOW, summary="Run 8 was approved.")
    settle()
    assert journal.count == 10_000
    assert querysets.trial_balance(TODAY).pence == 0
