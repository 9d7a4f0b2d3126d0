"""Posting what a query finds: many entries of a few sorts, without one value of them in Python."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from wherewithal.ledger import entries as ledger
from wherewithal.web.accounts.models import User
from wherewithal.web.books.actions import check_summary, open_accounts, seal, wait_for_the_books
from wherewithal.web.books.models import Journal
from wherewithal.web.books.querysets import first_open_day

ENTRIES_AT_ONCE = 10_000
"""How many entries one journal holds, so that sealing a long list takes no more memory."""

_ADD_FOUND = """
    INSERT INTO books_entry (journal_id, position, "on", source_id, target_id, pence, what,
        sentence, document, person, about)
    SELECT %(after)s + 1 + (number - 1) / %(most)s, 1 + (number - 1) %% %(most)s,
        GREATEST("on", %(first_open)s), sort.source, sort.target, pence, sort.what,
        CASE WHEN "on" < %(first_open)s THEN sentence || ' This is about '
            || to_char("on", 'FMDD FMMonth YYYY') || ', whose month was closed.'
            ELSE sentence END,
        document, person, CASE WHEN "on" < %(first_open)s THEN "on" END
    FROM (SELECT row_number() OVER (ORDER BY place) AS number, * FROM (<rows>) AS found) AS counted
    JOIN unnest(%(sources)s::bigint[], %(targets)s::bigint[], %(whats)s::text[])
        WITH ORDINALITY AS sort (source, target, what, sort) USING (sort)
    ORDER BY number
"""


@transaction.atomic
def post_found(
    rows: str, values: Mapping[str, Any], sorts: Sequence[ledger.Entry],
    *, by: User | None, at: datetime, summary: str,
) -> int:  # fmt: skip
    """Write into the books what a query finds; return how many entries that were.

    ``rows`` is a SELECT, with ``values`` for its named places, of ``place`` (their order), ``sort``
    (which of ``sorts``, from 1), ``"on"``, ``pence``, ``sentence``, ``document`` and ``person``.
    Each sort is an entry of the pure ledger, whose accounts and reason all rows of it share. Days
    of closed months, journals and seals are as in :func:`wherewithal.web.books.actions.post`.

    Raises:
        ValueError: the summary is empty or more than one line.
    """
    check_summary(summary)
    if not sorts:
        return 0
    wait_for_the_books()
    keys = open_accounts(sorts)
    last = Journal.objects.order_by("-number").values_list("number", flat=True).first() or 0
    found = {
        **values, "after": last, "most": ENTRIES_AT_ONCE, "first_open": first_open_day(),
        "sources": [keys[each.source] for each in sorts],
        "targets": [keys[each.target] for each in sorts], "whats": [each.what for each in sorts],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_ADD_FOUND.replace("<rows>", rows), found)
        added = int(cursor.rowcount)
    for number in range(last + 1, last + 1 + -(-added // ENTRIES_AT_ONCE)):
        seal(number, by=by, at=at, summary=summary)
    return added
