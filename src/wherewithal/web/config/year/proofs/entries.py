"""The entries that the year wrote, as the proofs read them."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import Max

from wherewithal.web.books.models import Entry
from wherewithal.web.config.year.accounts import DOCUMENT

COLUMNS = (
    "on", "about", "source__kind", "source__of", "target__kind", "target__of", "pence", "what",
    "document", "person",
)  # fmt: skip


class Row(NamedTuple):
    """One entry; ``day`` is the day it is about, also where its month was closed."""

    on: date
    day: date
    source: tuple[str, str]
    target: tuple[str, str]
    pence: int
    what: str
    document: str
    person: str

    def into(self, kind: str) -> int:
        """Return the pence it brings into accounts of a kind: below zero where it takes from."""
        return self.pence * ((self.target[0] == kind) - (self.source[0] == kind))


def begun() -> int:
    """Return the number of the journal with which the year began."""
    found = Entry.objects.filter(document=DOCUMENT).aggregate(last=Max("journal_id"))["last"]
    return int(found or 0)


def of_the_year() -> Iterator[Row]:
    """Yield every entry that was written in the year, in order."""
    rows = Entry.objects.filter(journal_id__gt=begun()).order_by("journal_id", "position")
    for row in rows.values_list(*COLUMNS).iterator(chunk_size=5_000):
        on, about, source, source_of, target, target_of, *rest = row
        yield Row(on, about or on, (source, source_of), (target, target_of), *rest)
