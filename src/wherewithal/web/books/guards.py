"""What PostgreSQL itself forbids in the books, and keeps up to date, whoever writes.

A refusal's message is read by whoever tried, so it says what to do instead.
"""

from typing import Any

import pgtrigger

THE_BOOKS = 20_261_101
"""PostgreSQL's advisory lock for posting: any fixed number. One journal is sealed at a time."""

SUMS = """
    SELECT account, "on", sum(came_in) AS came_in, sum(went_out) AS went_out
    FROM (
        SELECT target_id AS account, "on", pence AS came_in, 0 AS went_out FROM {entries}
        UNION ALL
        SELECT source_id, "on", 0, pence FROM {entries}
    ) AS moves
    GROUP BY account, "on"
"""
"""What some entries come to on each account and day."""

DIGEST = r"""
    encode(sha256(convert_to(
        {number}::text || E'\x1f'
        || to_char({at} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || E'\x1f'
        || {by_name} || E'\x1f' || {summary} || E'\x1e'
        || string_agg(
            to_char(entry."on", 'YYYY-MM-DD') || E'\x1f'
            || {source} || E'\x1f' || {target} || E'\x1f'
            || entry.pence::text || E'\x1f' || entry.what || E'\x1f'
            || entry.document || E'\x1f' || entry.person || E'\x1f'
            || COALESCE(to_char(entry.about, 'YYYY-MM-DD'), '') || E'\x1f'
            || entry.sentence || E'\x1e',
            '' ORDER BY entry.position
        ), 'UTF8')), 'hex')
"""
"""A journal's digest in SQL; the pure twin is :func:`wherewithal.ledger.proof.digest_of`."""

_KEEP_BALANCES = """
    INSERT INTO books_balance AS kept (account_id, "on", came_in, went_out)
    SELECT account, "on", came_in, went_out FROM ({sums}) AS sums
    ORDER BY account, "on"
    ON CONFLICT (account_id, "on") DO UPDATE SET
        came_in = kept.came_in + excluded.came_in, went_out = kept.went_out + excluded.went_out;
    RETURN NULL;
"""
KEEP_BALANCES = _KEEP_BALANCES.format(sums=SUMS.format(entries="added"))

SEALED_OR_CLOSED: dict[str, Any] = {
    "declare": [("closed", "date"), ("sealed", "bigint"), ("missing", "bigint")],
    "func": """
        -- Accounts are never deleted, so a look at each one named is as good as a foreign key.
        SELECT min(account) INTO missing
            FROM (SELECT source_id FROM added UNION SELECT target_id FROM added) AS named (account)
            WHERE NOT EXISTS (SELECT FROM books_account WHERE id = named.account);
        IF missing IS NOT NULL THEN
            RAISE EXCEPTION 'There is no account %. Open it before money moves there.', missing
                USING ERRCODE = 'foreign_key_violation';
        END IF;
        IF EXISTS (
            SELECT FROM (SELECT DISTINCT journal_id FROM added) AS named
            WHERE NOT EXISTS (
                SELECT FROM books_entry WHERE journal_id = named.journal_id AND position = 1
            )
        ) THEN
            RAISE EXCEPTION 'A journal is written from its entry 1 on. Number them from 1.';
        END IF;
        SELECT min(journal_id) INTO sealed FROM added
            WHERE EXISTS (SELECT FROM books_journal WHERE number = added.journal_id);
        IF sealed IS NOT NULL THEN
            RAISE EXCEPTION 'Journal % is sealed: nothing can be added. Post another journal.',
                sealed;
        END IF;
        SELECT max(last_day) INTO closed FROM books_closedmonth;
        IF EXISTS (SELECT FROM added WHERE "on" <= closed) THEN
            RAISE EXCEPTION 'The books are closed up to %. Date the entry after that day.', closed;
        END IF;
        RETURN NULL;
    """,
}
SEALED_IN_THE_END = """
    IF NOT EXISTS (SELECT FROM books_journal WHERE number = NEW.journal_id) THEN
        RAISE EXCEPTION 'Journal % was never sealed, so its entries can''t be kept.', NEW.journal_id
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
"""
"""Asked of entry 1 of each journal when a transaction ends; journals are never deleted."""

_SEAL = r"""
    PERFORM pg_advisory_xact_lock({lock});
    SELECT number, head INTO before, before_head FROM books_journal ORDER BY number DESC LIMIT 1;
    IF NEW.number <> COALESCE(before, 0) + 1 THEN
        RAISE EXCEPTION 'Journal % can''t follow journal %: no number is left out.',
            NEW.number, COALESCE(before, 0);
    END IF;
    -- Planned each time, and accounts found one by one: nobody has counted what this
    -- transaction wrote, and a join might then read all accounts for each entry.
    EXECUTE $sum$
        SELECT count(*), max(entry.position), sum(entry.pence), {digest}
        FROM books_entry AS entry WHERE entry.journal_id = $1
    $sum$ INTO NEW.count, positions, NEW.pence, NEW.digest
        USING NEW.number, NEW.at, NEW.by_name, NEW.summary;
    IF NEW.count = 0 OR positions <> NEW.count THEN
        RAISE EXCEPTION 'Journal % has % entries, numbered up to %. Number them from 1.',
            NEW.number, NEW.count, COALESCE(positions, 0);
    END IF;
    NEW.head = encode(sha256(
        decode(COALESCE(before_head, repeat('0', 64)), 'hex') || decode(NEW.digest, 'hex')
    ), 'hex');
    RETURN NEW;
"""
_NAMED = "(SELECT kind || ':' || of FROM books_account WHERE id = entry.{end}_id)"
_SAID = DIGEST.format(
    number="$1", at="$2", by_name="$3", summary="$4",
    source=_NAMED.format(end="source"), target=_NAMED.format(end="target"),
)  # fmt: skip
SEAL_JOURNAL: dict[str, Any] = {
    "declare": [("before", "bigint"), ("before_head", "text"), ("positions", "bigint")],
    "func": _SEAL.format(lock=THE_BOOKS, digest=_SAID),
}

_MONTH = """
    PERFORM pg_advisory_xact_lock({lock});
    SELECT max(last_day) INTO closed FROM books_closedmonth;
    IF NEW.last_day <= closed THEN
        RAISE EXCEPTION 'The books are already closed up to %.', closed;
    END IF;
    IF EXTRACT(day FROM NEW.last_day + 1) <> 1 THEN
        RAISE EXCEPTION '% is not the last day of a month.', NEW.last_day;
    END IF;
    RETURN NEW;
"""
MONTH_FOLLOWS: dict[str, Any] = {
    "declare": [("closed", "date")],
    "func": _MONTH.format(lock=THE_BOOKS),
}

_EXPORT = """
    PERFORM pg_advisory_xact_lock({lock});
    SELECT max(last_id) INTO before FROM books_export;
    IF NEW.first_id <> COALESCE(before, 0) + 1 OR NEW.last_id < NEW.first_id THEN
        RAISE EXCEPTION 'An export begins with journal %, the first not exported yet.',
            COALESCE(before, 0) + 1;
    END IF;
    RETURN NEW;
"""
EXPORT_FOLLOWS: dict[str, Any] = {
    "declare": [("before", "bigint")],
    "func": _EXPORT.format(lock=THE_BOOKS),
}


def written_once(rows: str) -> pgtrigger.Trigger:
    """Refuse any change, deletion or emptying of a table."""
    return pgtrigger.Trigger(
        name="written_once",
        operation=pgtrigger.Update | pgtrigger.Delete | pgtrigger.Truncate,
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        func=f"RAISE EXCEPTION '{rows} are written once. Post the opposite movement instead.';",
    )


def only_by_entries() -> pgtrigger.Trigger:
    """Refuse any write to balances but the one that entries make as they come in."""
    return pgtrigger.Trigger(
        name="only_by_entries",
        operation=(pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete | pgtrigger.Truncate),
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        func="""
            IF pg_trigger_depth() < 2 OR TG_OP IN ('DELETE', 'TRUNCATE') THEN
                RAISE EXCEPTION 'Balances follow from entries. Post an entry instead.';
            END IF;
            RETURN NULL;
        """,
    )
