"""The books at 5 million entries: any balance, a statement, the month-end proof."""

import os
import resource
import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

    from wherewithal.ledger.entries import Account as LedgerAccount

ENTRIES, A_JOURNAL, PEOPLE = 5_000_000, 10_000, 5_000
FIRST, DAYS = date(2022, 4, 1), 1_826
BALANCE_MS, PROOF_SECONDS = 20, 60
"""What is asked for: any balance in 20 ms, the proof of a month end in 60 s."""
WHATS = (
    ("payment-approved", "payable", "held"), ("contribution-due", "contribution", "held"),
    ("payment-sent", "sent", "payable"), ("payment-confirmed", "funding", "sent"),
    ("spent", "held", "line"), ("contribution-paid-in", "funding", "contribution"),
)  # fmt: skip

_ACCOUNTS = """
    INSERT INTO books_account (kind, of)
    SELECT kind, 'WW' || lpad(number::text, 6, '0') || CASE kind WHEN 'held' THEN '/isf' ELSE '' END
    FROM generate_series(1, %s) AS number,
        unnest(ARRAY['payable', 'held', 'contribution']) AS kind
    UNION ALL SELECT 'line', number::text FROM generate_series(1, %s) AS number
    UNION ALL SELECT 'sent', number::text FROM generate_series(1, 100) AS number
    UNION ALL SELECT 'funding', of FROM unnest(ARRAY['council', 'person']) AS of
"""
_ENTRIES = """
    INSERT INTO books_entry (journal_id, position, "on", source_id, target_id, pence, what,
        sentence, document, person)
    SELECT %(journal)s, made.number, %(first)s::date + made.day,
        (SELECT id FROM books_account WHERE kind = made.source AND of = CASE made.source
            WHEN 'held' THEN made.ref || '/isf' WHEN 'sent' THEN made.run
            WHEN 'funding' THEN made.fund ELSE made.ref END),
        (SELECT id FROM books_account WHERE kind = made.target AND of = CASE made.target
            WHEN 'held' THEN made.ref || '/isf' WHEN 'sent' THEN made.run
            WHEN 'line' THEN made.line ELSE made.ref END),
        made.pence, made.what, 'Four weeks of support from the agency, as agreed in the plan.',
        'payment:' || made.journal || '-' || made.number, made.ref
    FROM (
        SELECT number, %(journal)s AS journal, move.what, move.source, move.target,
            'WW' || lpad((1 + number * 7919 %% %(people)s)::text, 6, '0') AS ref,
            (1 + number * 7919 %% %(people)s)::text AS line, (1 + number %% 100)::text AS run,
            CASE move.what WHEN 'payment-confirmed' THEN 'council' ELSE 'person' END AS fund,
            (number * 31 + %(journal)s * 3) %% %(days)s AS day, 1 + number * 37 %% 90000 AS pence
        FROM generate_series(1, %(count)s) AS number
        JOIN unnest(%(whats)s::text[], %(sources)s::text[], %(targets)s::text[])
            WITH ORDINALITY AS move (what, source, target, place) ON place = 1 + number %% 6
    ) AS made
"""
_BALANCES = """
    INSERT INTO books_balance (account_id, "on", came_in, went_out)
    SELECT account, "on", sum(came_in), sum(went_out) FROM (
        SELECT target_id AS account, "on", pence AS came_in, 0 AS went_out FROM books_entry
        UNION ALL SELECT source_id, "on", 0, pence FROM books_entry
    ) AS moves
    GROUP BY account, "on" ORDER BY account, "on"
"""


def measure() -> None:
    """Print how long each reading takes beside what is asked for."""
    os.environ |= {"WHEREWITHAL_MODE": "trial", "DJANGO_SETTINGS_MODULE": "bench.settings"}
    from wherewithal.web.config import postgres

    server = postgres.join(Path(".local/bench").absolute())
    os.environ["DATABASE_URL"] = server.ensure_database("wherewithal_bench_ledger")
    try:
        import django

        django.setup()
        _prepare()
        _readings()
    finally:
        server.leave()


def _prepare() -> None:
    """Fill the books up to 5 million entries: rows in bulk, each journal sealed by its trigger."""
    from django.core.management import call_command
    from django.db import connection, transaction
    from django.db.models import Max

    from wherewithal.web.books.models import Account, Journal

    call_command("migrate", verbosity=0)
    posted: int = Journal.objects.aggregate(last=Max("number"))["last"] or 0
    journals = ENTRIES // A_JOURNAL
    if posted == journals:
        return
    begun = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        if not Account.objects.exists():
            cursor.execute(_ACCOUNTS, [PEOPLE, PEOPLE])
        cursor.execute("SET LOCAL session_replication_role = replica")
        for number in range(posted + 1, journals + 1):
            _add(cursor, number)
        _say_when("rows", begun)
        cursor.execute("TRUNCATE books_balance")
        cursor.execute(_BALANCES)
        _say_when("balances", begun)
        cursor.execute("SET LOCAL session_replication_role = origin")
        for number in range(posted + 1, journals + 1):
            at = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
            Journal.objects.create(number=number, at=at, by=None, by_name="", summary="A run.")
        _say_when("seals", begun)
    with connection.cursor() as cursor:  # what autovacuum does by itself in time
        cursor.execute("VACUUM ANALYZE books_entry, books_balance, books_account")
    _say_when("vacuum", begun)


def _add(cursor: "CursorWrapper", number: int) -> None:
    whats, sources, targets = (list(column) for column in zip(*WHATS, strict=True))
    values: dict[str, Any] = {
        "journal": number, "first": FIRST, "people": PEOPLE, "days": DAYS, "count": A_JOURNAL,
        "whats": whats, "sources": sources, "targets": targets,
    }  # fmt: skip
    cursor.execute(_ENTRIES, values)


def _say_when(what: str, begun: float) -> None:
    print(f"  {what} after {time.perf_counter() - begun:.0f} s", flush=True)


def _readings() -> None:
    from wherewithal.dates import Period
    from wherewithal.ledger.entries import Account, Kind
    from wherewithal.web.books import querysets
    from wherewithal.web.books.models import Balance, Entry

    council = Account(Kind.FUNDING, "council")
    last = FIRST + timedelta(days=DAYS)
    print(f"\n{Entry.objects.count():,} entries, {Balance.objects.count():,} balances of a day")
    _say("any balance, any day", _balances(), BALANCE_MS)
    _say("balance of the busiest account", _times(lambda: querysets.balance(council, last)))
    month = Period(date(2026, 10, 1), date(2026, 11, 1))
    held = Account(Kind.HELD, "WW000042/isf")
    _say("a person's account, one month", _times(lambda: querysets.statement(held, month)))
    _say("trial balance, today", _times(lambda: querysets.trial_balance(last), often=3))
    begun = time.perf_counter()
    proof = querysets.prove(date(2026, 10, 31))
    taken = time.perf_counter() - begun
    print(f"{'month-end proof':<34}{taken:>9.1f} s    asked for: {PROOF_SECONDS} s")
    print(f"  {proof.journals:,} journals, {proof.entries:,} entries; it holds: {proof.holds}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  the command's memory at most {memory:.0f} MB")


def _balances() -> list[float]:
    """Return the times of 500 balances, of accounts of every kind on days of every year."""
    from wherewithal.web.books import querysets
    from wherewithal.web.books.models import Account

    random = Random(1)  # noqa: S311  a sample, no secret
    accounts = list(Account.objects.order_by("id"))
    asked = [account.pure for account in random.sample(accounts, 400)]
    asked += [account.pure for account in accounts if account.kind in {"funding", "sent"}]

    def one(account: "LedgerAccount") -> Callable[[], object]:
        on = FIRST + timedelta(days=random.randrange(DAYS))
        return lambda: querysets.balance(account, on)

    return [_times(one(account), often=1)[0] for account in asked]


def _times(do: Callable[[], object], *, often: int = 20) -> list[float]:
    found = []
    for _ in range(often):
        begun = time.perf_counter()
        do()
        found.append((time.perf_counter() - begun) * 1000)
    return found


def _say(label: str, times: list[float], most: int | None = None) -> None:
    asked = f"    asked for: {most} ms" if most else ""
    middle, worst = statistics.median(times), max(times)
    print(f"{label:<34}{middle:>9.1f} ms in the middle, {worst:.1f} ms at most{asked}")
