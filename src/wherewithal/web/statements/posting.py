"""From lines that are sure to the books: what was spent, paid in, given back, charged."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from wherewithal.ledger.entries import Entry
from wherewithal.ledger.spending import Seen, corrected, entry_of
from wherewithal.web.accounts.models import User
from wherewithal.web.books.actions import post
from wherewithal.web.statements.models import Line, Statement

ENTRIES_AT_ONCE = 10_000
"""How many entries one journal holds, so that a long statement takes no more memory."""
_COLUMNS = ("on", "pence", "meaning", "person__reference", "holding", "id", "budget_line", "payee")


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
    """Write every sure line of a statement just read into the books; return how many entries."""
    sure = Line.objects.filter(statement=statement, in_books=True)
    rows = sure.order_by("id").values_list(*_COLUMNS).iterator(chunk_size=ENTRIES_AT_ONCE)
    summary = f"What was in statement {statement.pk}"
    return _post_all(_entries(rows), by=by, at=at, summary=summary)


def post_changes(
    pairs: Iterable[tuple[Seen, Seen]], *, by: User | None, at: datetime, summary: str
) -> int:
    """Put right in the books what lines turned out to be; return how many entries that took."""
    entries = (entry for before, after in pairs for entry in corrected(before, after))
    return _post_all(entries, by=by, at=at, summary=summary)


def _entries(rows: Iterable[tuple[object, ...]]) -> Iterator[Entry]:
    for on, pence, meaning, person, holding, number, budget_line, payee in rows:
        entry = entry_of(
            Seen(on, pence, meaning, person, holding, f"line:{number}", budget_line, payee)  # type: ignore[arg-type]  # as the columns are
        )
        if entry is not None:
            yield entry


def _post_all(entries: Iterator[Entry], *, by: User | None, at: datetime, summary: str) -> int:
    posted = 0
    while batch := list(islice(entries, ENTRIES_AT_ONCE)):
        post(batch, by=by, at=at, summary=summary)
        posted += len(batch)
    return posted
