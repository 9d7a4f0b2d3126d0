"""Whatever happens, every balance on every day is what its entries come to."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from django.db import connection
from django.db.models import F, Sum, Window
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.properties.random_histories import DAYS, FIRST, histories, history

from wherewithal.dates import ONE_DAY, Period
from wherewithal.ledger import balances as pure
from wherewithal.ledger.entries import Account, Entry, Kind
from wherewithal.ledger.passes import reversals_paired, through, written_once
from wherewithal.ledger.proof import BEGINNING, Sealed, digest_of, first_difference, head_of
from wherewithal.ledger.statements import statement
from wherewithal.web.books import querysets
from wherewithal.web.books.actions import post
from wherewithal.web.books.models import Balance, Journal

NOW = datetime(2026, 11, 2, 10, 0, 0, 123456, tzinfo=UTC)
LAST = FIRST + timedelta(days=DAYS)
PEOPLE = 3_000

seeds = st.integers(min_value=0, max_value=2**32)


def made(seed: int, steps: int = 12) -> list[Entry]:
    return history(Random(seed), "WW000001", steps)  # noqa: S311  made up, no secret


@given(seed=seeds, steps=st.integers(1, 20))
@settings(max_examples=500)
def test_all_balances_together_are_nought_on_every_day(seed: int, steps: int) -> None:
    entries = made(seed, steps)
    for on in {entry.on for entry in entries}:
        assert sum(pure.balances(entries, on).values()) == 0
        assert pure.trial_balance(entries, on).pence == 0


@given(seed=seeds)
@settings(max_examples=500)
def test_balances_kept_as_entries_come_in_are_those_worked_out_at_the_end(seed: int) -> None:
    kept: dict[tuple[Account, date], pure.Change] = defaultdict(pure.Change)
    entries = made(seed)
    for entry in entries:
        for key, change in pure.changes([entry]).items():
            kept[key] += change
    assert pure.difference(pure.changes(entries), kept) == ""


@given(seed=seeds)
@settings(max_examples=500)
def test_a_statement_s_closing_is_the_balance_and_the_next_one_s_opening(seed: int) -> None:
    entries = made(seed)
    middle = FIRST + timedelta(days=DAYS // 2)
    for account in {entry.target for entry in entries}:
        early = statement(entries, account, Period(FIRST, middle))
        late = statement(entries, account, Period(middle, None))
        assert early.opening == 0
        assert early.closing == late.opening == pure.balance(entries, account, middle - ONE_DAY)
        assert late.closing == pure.balance(entries, account, LAST)
        assert late.closing - late.opening == late.came_in - late.went_out


@given(seed=seeds)
@settings(max_examples=500)
def test_made_up_histories_are_in_order_and_a_second_copy_of_one_is_not(seed: int) -> None:
    entries = made(seed)
    assert through(entries, written_once, reversals_paired) == (tuple(entries), ())
    first = next(entry for entry in entries)
    assert written_once([first, first])[1]


@given(seed=seeds, place=st.integers(0, 11), pence=st.integers(1, 10**6))
@settings(max_examples=300)
def test_no_penny_can_be_changed_without_the_proof_saying_where(
    seed: int, place: int, pence: int
) -> None:
    entries = made(seed)
    journals, head = [], BEGINNING
    for number, start in enumerate(range(0, len(entries), 4), start=1):
        own = tuple(entries[start : start + 4])
        digest = digest_of(number, NOW, "fern", "Posted.", own)
        head = head_of(head, digest)
        journals.append(Sealed(number, NOW, "fern", "Posted.", own, digest, head))
    stored = pure.changes(entries)
    assert first_difference(journals, stored) == ""
    at, within = divmod(place, 4)
    journal = journals[at]
    old = journal.entries[within]
    other = Entry(
        old.on, old.source, old.target, old.pence % 10**9 + pence, old.what, old.sentence,
        old.document, old.person,
    )  # fmt: skip
    changed = (*journal.entries[:within], other, *journal.entries[within + 1 :])
    if other != old:
        journals[at] = Sealed(
            journal.number, NOW, "fern", "Posted.", changed, journal.digest, journal.head
        )
        assert f"Journal {at + 1} does not say" in first_difference(journals, stored)


@pytest.fixture
def posted(db: None) -> list[list[Entry]]:
    """Thousands of histories in PostgreSQL, each step of all of them in a journal of its own."""
    everyone = list(histories(seed=1, people=PEOPLE))
    steps = [
        [own[step] for own in everyone if step < len(own)]
        for step in range(max(map(len, everyone)))
    ]
    for number, entries in enumerate(steps, start=1):
        post(entries, by=None, at=NOW, summary=f"Step {number} of every history.")
    with connection.cursor() as cursor:  # autovacuum, which counts rows, sees none of these
        cursor.execute("ANALYZE books_account, books_journal, books_entry, books_balance")
    return steps


def test_every_stored_balance_is_what_its_entries_come_to(posted: list[list[Entry]]) -> None:
    found = pure.changes(entry for journal in posted for entry in journal)
    rows = Balance.objects.values_list(
        "account__kind", "account__of", "on", "came_in", "went_out"
    ).iterator()
    stored = {
        (Account(Kind(kind), of), on): pure.Change(came_in, went_out)
        for kind, of, on, came_in, went_out in rows
    }
    assert len(stored) > 5 * PEOPLE
    assert pure.difference(found, stored) == ""


def test_every_balance_at_every_date_is_the_pure_one(posted: list[list[Entry]]) -> None:
    """Every account on each day it moved and the day before; some asked one by one."""
    found = pure.changes(entry for journal in posted for entry in journal)
    running: dict[Account, int] = defaultdict(int)
    balance: dict[tuple[Account, date], int] = {}
    for (account, on), change in sorted(found.items()):
        balance[account, on - ONE_DAY] = balance.get((account, on - ONE_DAY), running[account])
        running[account] += change.pence
        balance[account, on] = running[account]
    assert _stored_balances() == {key: balance[key] for key in found}
    asked = Random(1).sample(sorted(balance), 500)  # noqa: S311  a sample, no secret
    assert {key: querysets.balance(*key) for key in asked} == {key: balance[key] for key in asked}
    for kind in Kind:
        held = {account: pence for account, pence in running.items() if account.kind is kind}
        assert querysets.balances(kind, LAST) == {
            key: value for key, value in held.items() if value
        }


def _stored_balances() -> dict[tuple[Account, date], int]:
    running = Window(
        Sum(F("came_in") - F("went_out")), partition_by="account_id", order_by="on"
    )  # fmt: skip
    rows = Balance.objects.annotate(net=running).values_list(
        "account__kind", "account__of", "on", "net"
    )
    return {(Account(Kind(kind), of), on): int(net) for kind, of, on, net in rows.iterator()}


def test_a_stored_statement_is_the_pure_one(posted: list[list[Entry]]) -> None:
    everything = [entry for journal in posted for entry in journal]
    accounts = sorted({entry.target for entry in everything})
    period = Period(FIRST + timedelta(days=100), FIRST + timedelta(days=200))
    for account in Random(2).sample(accounts, 20):  # noqa: S311  a sample, no secret
        stored = querysets.statement(account, period)
        found = statement(everything, account, period)
        assert (stored.opening, stored.closing) == (found.opening, found.closing)
        assert [(line.entry, line.balance) for line in stored.movements] == [
            (line.entry, line.balance) for line in found.movements
        ]


def test_postgresql_seals_as_the_pure_package_does(posted: list[list[Entry]]) -> None:
    head = BEGINNING
    for journal, entries in zip(Journal.objects.order_by("number"), posted, strict=True):
        digest = digest_of(journal.number, NOW, "", journal.summary, entries)
        head = head_of(head, digest)
        assert (journal.digest, journal.head) == (digest, head)


def test_postgresql_proves_as_the_pure_package_does(posted: list[list[Entry]]) -> None:
    everything = [entry for journal in posted for entry in journal]
    for on in (FIRST, FIRST + timedelta(days=100), LAST):
        proof = querysets.prove(on)
        assert proof.holds, proof.difference
        assert proof.trial == pure.trial_balance(everything, on)
        assert proof.entries == len(everything)
