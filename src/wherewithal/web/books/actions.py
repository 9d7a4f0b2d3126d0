"""Posting into the books, and closing a month of them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import connection, transaction
from django.utils.timezone import localtime

from wherewithal.dates import ONE_DAY, long_date
from wherewithal.ledger import entries as ledger
from wherewithal.ledger.entries import CONTROL, brought_into
from wherewithal.money import pounds
from wherewithal.web.accounts.actions import record
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.books.guards import THE_BOOKS
from wherewithal.web.books.models import ClosedMonth, Journal
from wherewithal.web.books.querysets import first_open_day, prove

_OPEN_ACCOUNTS = """
    INSERT INTO books_account (kind, of) SELECT * FROM unnest(%s::text[], %s::text[])
    ON CONFLICT (kind, of) DO NOTHING
"""
_FIND_ACCOUNTS = """
    SELECT named.kind, named.of, (
        SELECT id FROM books_account AS known WHERE known.kind = named.kind AND known.of = named.of
    )
    FROM unnest(%s::text[], %s::text[]) AS named (kind, of)
"""
_ADD_ENTRIES = """
    INSERT INTO books_entry (journal_id, "on", source_id, target_id, pence, what, sentence,
        document, person, about, position)
    SELECT %s, rows.* FROM unnest(%s::date[], %s::bigint[], %s::bigint[], %s::bigint[],
        %s::text[], %s::text[], %s::text[], %s::text[], %s::date[]) WITH ORDINALITY AS rows
"""


@transaction.atomic
def post(
    entries: Iterable[ledger.Entry], *, by: User | None, at: datetime, summary: str
) -> Journal:
    """Write entries into the books as one journal, sealed, within the caller's transaction.

    An entry for a day of a closed month is written on the first open day instead; it keeps the
    day it is about and says so. Posting waits for whoever else posts until they have finished:
    do it last.

    Raises:
        ValueError: there are no entries, or the summary is empty or more than one line.
    """
    wait_for_the_books()
    first_open = first_open_day()
    written = [brought_into(entry, first_open) for entry in entries]
    if not written:
        raise ValueError("There is nothing to post. Give one entry or more.")
    check_summary(summary)
    last = Journal.objects.order_by("-number").first()
    number = last.number + 1 if last else 1
    _add_entries(number, written, open_accounts(written))
    return seal(number, by=by, at=at, summary=summary)


def check_summary(summary: str) -> None:
    """Refuse a summary that a journal can't bear.

    Raises:
        ValueError: it is empty or more than one line.
    """
    if not summary.strip() or CONTROL.search(summary):
        raise ValueError(f"The summary {summary!r} of a journal is to be one line of words.")


def seal(number: int, *, by: User | None, at: datetime, summary: str) -> Journal:
    """Write the row of a journal whose entries are all there: that is its seal."""
    journal = Journal.objects.create(
        number=number, at=at, by=by, by_name=by.username if by else "", summary=summary
    )
    journal.refresh_from_db()
    return journal


@transaction.atomic
def close_month(*, last_day: date, by: User, at: datetime) -> ClosedMonth:
    """Close the books up to the last day of a month, for good, once they are proved since the last.

    Raises:
        NotNow: the month is not over, is closed already, or the books do not prove; the message
            says which and where.
    """
    wait_for_the_books()
    if (last_day + ONE_DAY).day != 1:
        raise NotNow(f"{long_date(last_day)} is not the last day of a month.")
    if last_day >= localtime(at).date():
        raise NotNow(f"{last_day:%B %Y} is not over yet. Close it after its last day.")
    if last_day < first_open_day():
        raise NotNow(f"The books are already closed up to {long_date(first_open_day() - ONE_DAY)}.")
    proof = prove(last_day, whole=False)
    if not proof.holds:
        raise NotNow(f"The books do not prove, so they can't be closed. {proof.difference}")
    closed = ClosedMonth.objects.create(
        last_day=last_day, journal_id=proof.last or None, head=proof.head,
        moved=proof.trial.moved, at=at, by=by,
    )  # fmt: skip
    record(
        by=by, at=at, verb="month.closed", last_day=last_day.isoformat(), head=proof.head,
        summary=f"The books were closed up to {long_date(last_day)}: {pounds(proof.trial.moved)}"
        " has moved so far.",
    )  # fmt: skip
    return closed


def wait_for_the_books() -> None:
    """Wait until nobody else writes in the books; hold them until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [THE_BOOKS])


def open_accounts(entries: Sequence[ledger.Entry]) -> dict[ledger.Account, int]:
    """Open the accounts that are not open yet; return the id of each that is named."""
    named = sorted({account for entry in entries for account in (entry.source, entry.target)})
    columns = [str(account.kind) for account in named], [account.of for account in named]
    with connection.cursor() as cursor:
        cursor.execute(_FIND_ACCOUNTS, columns)
        found = cursor.fetchall()
        if any(key is None for *_, key in found):
            cursor.execute(_OPEN_ACCOUNTS, columns)
            cursor.execute(_FIND_ACCOUNTS, columns)
            found = cursor.fetchall()
    return {ledger.Account(ledger.Kind(kind), of): key for kind, of, key in found}


def _add_entries(
    number: int, entries: Sequence[ledger.Entry], accounts: dict[ledger.Account, int]
) -> None:
    rows = [
        (
            entry.on, accounts[entry.source], accounts[entry.target], entry.pence, entry.what,
            entry.sentence, entry.document, entry.person, entry.about,
        )
        for entry in entries
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_ADD_ENTRIES, [number, *map(list, zip(*rows, strict=True))])
