"""How the books prove that nothing in them was changed, left out or put in later.

Entries are posted in journals. A journal's digest is taken over everything it says; its head over
its digest and the head before it. Whoever knows one head, on paper if need be, can tell whether
any word or penny written until then is another one today. PostgreSQL works out the same digests
as these functions, and a test holds the two together.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256

from wherewithal.ledger.balances import Change, changes, difference
from wherewithal.ledger.entries import Account, Entry

FIELD, RECORD = "\x1f", "\x1e"
"""What stands between the fields of an entry, and after each: no text in the books can hold it."""
BEGINNING = "0" * 64
"""The head before the first journal."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """One journal as it is stored: its number, its words, its entries and its two seals."""

    number: int
    at: datetime
    by: str
    summary: str
    entries: tuple[Entry, ...]
    digest: str
    head: str


def entry_text(entry: Entry) -> str:
    """Return the one way of writing an entry that its journal's digest is taken over."""
    fields = (
        entry.on.isoformat(), str(entry.source), str(entry.target), str(entry.pence), entry.what,
        entry.document, entry.person, entry.about.isoformat() if entry.about else "",
        entry.sentence,
    )  # fmt: skip
    return FIELD.join(fields) + RECORD


def journal_text(number: int, at: datetime, by: str, summary: str) -> str:
    """Return the one way of writing what a journal says of itself; ``at`` with its time zone."""
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")
    return FIELD.join((str(number), moment, by, summary)) + RECORD


def digest_of(number: int, at: datetime, by: str, summary: str, entries: Iterable[Entry]) -> str:
    """Return a journal's digest: SHA-256 over its own words and its entries' in order, in hex."""
    words = journal_text(number, at, by, summary) + "".join(map(entry_text, entries))
    return sha256(words.encode()).hexdigest()


def head_of(before: str, digest: str) -> str:
    """Return the head of the chain after a journal: SHA-256 over the head before and its digest."""
    return sha256(bytes.fromhex(before) + bytes.fromhex(digest)).hexdigest()


@dataclass(frozen=True, slots=True)
class Link:
    """What is stored of a journal's place in the chain, and its digest worked out anew."""

    number: int
    digest: str
    head: str
    found: str


def broken_link(links: Iterable[Link], *, after: str = BEGINNING, first: int = 1) -> str:
    """Say where the chain first breaks and how, or nothing where it holds.

    ``links`` come in the order of their numbers, from journal ``first`` on, which follows on from
    the head ``after``.
    """
    head = after
    for expected, link in enumerate(links, start=first):
        if link.number != expected:
            return f"Journal {expected} is missing: the next one is journal {link.number}."
        if link.found != link.digest:
            return (
                f"Journal {link.number} does not say what it said when it was sealed: its digest "
                f"was {link.digest} and is now {link.found}."
            )
        head = head_of(head, link.digest)
        if head != link.head:
            return (
                f"Journal {link.number} does not follow on from the one before: its head is "
                f"{link.head} and should be {head}."
            )
    return ""


def links_of(journals: Iterable[Sealed]) -> Iterator[Link]:
    """Work out each journal's digest anew."""
    for journal in journals:
        found = digest_of(
            journal.number, journal.at, journal.by, journal.summary, journal.entries
        )  # fmt: skip
        yield Link(journal.number, journal.digest, journal.head, found)


def first_difference(
    journals: Iterable[Sealed], stored: Mapping[tuple[Account, date], Change]
) -> str:
    """Say where books differ from what was written in them, or nothing where they agree.

    ``stored`` are the changes kept for each account and day.
    """
    journals = list(journals)
    broken = broken_link(links_of(journals))
    if broken:
        return broken
    entries = (entry for journal in journals for entry in journal.entries)
    return difference(changes(entries), stored)
