"""Lines on their way from a file into an account: a table of their own, then all at once."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from django.db import connection

from wherewithal.banking.statements.statement import Line as FileLine
from wherewithal.banking.statements.statement import StatementError
from wherewithal.dates import long_date
from wherewithal.monitoring.matching import Seen, by_known_payee, by_words
from wherewithal.monitoring.payee_names import payee_key
from wherewithal.web.books.rubbish import no_looking_for_rubbish
from wherewithal.web.statements.known import Account
from wherewithal.web.statements.models import Statement

COLUMNS = (
    "account", "day", "pence", "payee", "text", "kind", "balance", "place", "key", "meaning",
    "budget_line_id", "sure", "why", "rule_id",
)  # fmt: skip
_BEGIN = """
    CREATE TEMPORARY TABLE IF NOT EXISTS statements_staging (
        account text, day date, pence bigint, payee text, text text, kind text, balance bigint,
        place integer, key text, meaning text, budget_line_id bigint, sure boolean, why text,
        rule_id bigint
    )
"""
_COPY = f"COPY statements_staging ({', '.join(COLUMNS)}) FROM STDIN"
_TAKE = """
    INSERT INTO statements_line (
        statement_id, person_id, holding, "on", pence, payee, text, kind, balance, place, key,
        meaning, budget_line_id, sure, why, rule_id, twin, matched_how, in_books
    )
    SELECT %(statement)s, %(person)s, %(holding)s, day, pence, payee, text, kind, balance, place,
        key, meaning, budget_line_id, sure, why, rule_id, twin, 'rule', sure
    FROM (
        SELECT *, row_number() OVER (
            PARTITION BY day, pence, payee, text ORDER BY place
        ) AS twin
        FROM statements_staging WHERE account = %(account)s
    ) AS staged
    ORDER BY day, place * %(direction)s
    ON CONFLICT DO NOTHING
"""


def stage(
    lines: Iterable[FileLine], account_for: Callable[[str], Account], today: date | None = None
) -> None:
    """Put the lines of a file aside, each with what its payee says it was.

    They live in a table of this connection alone; nothing is kept where reading ends in an error.
    ``account_for`` must not ask the database: the connection is busy copying.

    Raises:
        StatementError: a line is of a day after ``today``, where that is given.
    """
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN)
        cursor.execute("TRUNCATE statements_staging")
        with no_looking_for_rubbish(), cursor.copy(_COPY) as copy:
            for row in _rows(lines, account_for):
                copy.write_row(row)
                if today is not None and row[1] > today:
                    raise _not_yet(row[1], row[7])


def _not_yet(day: date, place: int) -> StatementError:
    """Say that a bank writes down what was: a day to come was read wrongly, or is no statement."""
    return StatementError(
        "This day is still to come.",
        "See whether day and month are the wrong way round, or download the statement again.",
        place=place, value=long_date(day),
    )  # fmt: skip


def take_in(statement: Statement, account: str) -> int:
    """Move the lines of one account of the file into a statement; return how many were new.

    Of equal lines of one day as many are kept as any one file has: two equal purchases are two,
    and the same purchase in two files is one.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _TAKE,
            {
                "statement": statement.pk,
                "person": statement.person_id,
                "holding": statement.holding,
                "account": account,
                "direction": _direction(account),
            },
        )
        return int(cursor.rowcount)


def _rows(
    lines: Iterable[FileLine], account_for: Callable[[str], Account]
) -> Iterator[tuple[Any, ...]]:
    for line in lines:
        if not line.pence:
            continue
        payee, text, kind = line.payee[:140].rstrip(), line.text[:400], line.kind[:40]
        key, known = payee_key(payee, text), account_for(line.account).known_on(line.on)
        found = by_known_payee(key, line.pence > 0, known) or by_words(
            Seen(line.place, line.on, line.pence, payee, text, kind), known.parts
        )
        yield (
            line.account, line.on, line.pence, payee, text, kind, line.balance, line.place,
            key, found.meaning.value, found.budget_line, found.sure, found.why, found.rule,
        )  # fmt: skip


def _direction(account: str) -> int:
    """Return 1 where a file runs from old to new, −1 where the newest line comes first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT corr(place, day - DATE '2000-01-01') < 0"
            " FROM statements_staging WHERE account = %s",
            [account],
        )
        row = cursor.fetchone()
    return -1 if row and row[0] else 1
