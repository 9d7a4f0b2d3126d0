"""From lines that are sure to the books: what was spent, paid in, given back, charged."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from django.db import connection

from wherewithal.ledger.entries import Entry
from wherewithal.ledger.spending import NOBODY_NAMED, Seen, corrected, entry_of
from wherewithal.web.accounts.models import User
from wherewithal.web.books.actions import post
from wherewithal.web.books.many import ENTRIES_AT_ONCE, post_found
from wherewithal.web.statements.models import Line, Statement

_SORTS = """
    SELECT DISTINCT meaning, pence > 0, COALESCE(budget_line_id, 0) FROM statements_line
    WHERE statement_id = %s AND in_books ORDER BY 1, 2, 3
"""
_FOUND = """
    SELECT line.id AS place, sorts.sort, line."on", abs(line.pence) AS pence,
        CASE line.payee WHEN '' THEN sorts.sentence
            ELSE replace(sorts.sentence, %(nobody)s, line.payee) END AS sentence,
        'line:' || line.id AS document, %(person)s AS person
    FROM statements_line AS line
    JOIN unnest(%(meanings)s::text[], %(incoming)s::boolean[], %(budget_lines)s::bigint[],
        %(sentences)s::text[]) WITH ORDINALITY AS sorts (meaning, incoming, part, sentence, sort)
        ON sorts.meaning = line.meaning AND sorts.incoming = (line.pence > 0)
        AND sorts.part = COALESCE(line.budget_line_id, 0)
    WHERE line.statement_id = %(statement)s AND line.in_books
"""


def as_seen(line: Line) -> Seen:
    """Return a line as the pure ledger takes it; one that is not sure has no meaning yet."""
    return _seen(line, line.meaning if line.sure else "unmatched")


def as_posted(line: Line) -> Seen:
    """Return a line as the books hold it."""
    return _seen(line, line.meaning if line.in_books else "unmatched")


def _seen(line: Line, meaning: str) -> Seen:
    return Seen(
        line.on, line.pence, meaning, line.person.reference, line.holding, f"line:{line.pk}",
        line.budget_line_id, line.payee or line.text,
    )  # fmt: skip


def post_new(statement: Statement, *, by: User | None, at: datetime) -> int:
    """Write every sure line of a statement just read into the books; return how many entries.

    The pure ledger makes one entry of each sort of line, and PostgreSQL all the others like it.
    """
    sorts = _sorts(statement)
    meanings, incoming, budget_lines, sentences = zip(*sorts, strict=True) if sorts else ((),) * 4
    values = {
        "statement": statement.pk, "person": statement.person.reference,
        "nobody": NOBODY_NAMED, "meanings": list(meanings), "incoming": list(incoming),
        "budget_lines": list(budget_lines), "sentences": list(sentences),
    }  # fmt: skip
    summary = f"What was in statement {statement.pk}"
    return post_found(_FOUND, values, list(sorts.values()), by=by, at=at, summary=summary)


def _sorts(statement: Statement) -> dict[tuple[str, bool, int, str], Entry]:
    """Return an entry for each sort of sure line, as if nobody were named, that makes one.

    A sort: what it was, whether it came in, its budget line (0: none), its sentence.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SORTS, [statement.pk])
        found = cursor.fetchall()
    reference, first = statement.person.reference, statement.first_day
    sorts = {}
    for meaning, incoming, part in found:
        seen = Seen(
            first, 1 if incoming else -1, meaning, reference, statement.holding, "", part or None
        )
        if entry := entry_of(seen):
            sorts[meaning, incoming, part, entry.sentence] = entry
    return sorts


def post_changes(
    pairs: Iterable[tuple[Seen, Seen]], *, by: User | None, at: datetime, summary: str
) -> int:
    """Put right in the books what lines turned out to be; return how many entries that took."""
    entries = (entry for before, after in pairs for entry in corrected(before, after))
    return _post_all(entries, by=by, at=at, summary=summary)


def _post_all(entries: Iterator[Entry], *, by: User | None, at: datetime, summary: str) -> int:
    posted = 0
    while batch := list(islice(entries, ENTRIES_AT_ONCE)):
        post(batch, by=by, at=at, summary=summary)
        posted += len(batch)
    return posted
