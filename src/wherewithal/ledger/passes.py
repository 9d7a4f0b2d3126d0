"""Passes over entries: each takes entries and gives back those that are in order, and what is not.

A pass never changes an entry and never stops at the first mistake. Passes are joined with
:func:`through`, so that a file of entries, a day's posting and the books of ten years are held to
the same rules.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from wherewithal.dates import long_date
from wherewithal.ledger.entries import REVERSED, Account, Entry

Entries: TypeAlias = tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is not in order: the entry, or the row of a file, and why in words."""

    what: str
    why: str

    def __str__(self) -> str:
        return f"{self.what}: {self.why}"


Checked: TypeAlias = tuple[Entries, tuple[Mistake, ...]]
Pass: TypeAlias = Callable[[Sequence[Entry]], Checked]


def through(entries: Iterable[Entry], *passes: Pass) -> Checked:
    """Send entries through passes one after the other; mistakes are gathered in that order."""
    left, mistakes = tuple(entries), tuple[Mistake, ...]()
    for each in passes:
        left, found = each(left)
        mistakes += found
    return left, mistakes


def read(rows: Iterable[Mapping[str, str]]) -> Checked:
    """Read entries from rows of text: a movement that its kinds do not allow is a mistake.

    Columns: ``on`` and ``about`` as YYYY-MM-DD, ``source`` and ``target`` as ``kind:of``,
    ``pence``, ``what``, ``sentence``, ``document``, ``person``; the last two and ``about`` may be
    missing. Rows are named from 2, as a spreadsheet with a head shows them.
    """
    entries, mistakes = [], []
    for number, row in enumerate(rows, start=2):
        try:
            entries.append(_entry(row))
        except KeyError as missing:
            mistakes.append(Mistake(f"Row {number}", f"the column {missing} is missing."))
        except ValueError as wrong:
            mistakes.append(Mistake(f"Row {number}", str(wrong)))
    return tuple(entries), tuple(mistakes)


def of_known_accounts(is_known: Callable[[Account], bool]) -> Pass:
    """Return the pass that keeps entries between accounts that are known."""

    def why(entry: Entry) -> str:
        strange = [account for account in (entry.source, entry.target) if not is_known(account)]
        if not strange:
            return ""
        return f"nobody knows the account {' or '.join(map(str, strange))}. Check what it names."

    return _keeping(why)


def in_open_months(first_open: date) -> Pass:
    """Return the pass that keeps entries dated on or after the first day still open."""

    def why(entry: Entry) -> str:
        if entry.on >= first_open:
            return ""
        return (
            f"the books are closed before {long_date(first_open)}. Date it on that day or later, "
            "and say in its sentence which day it is about."
        )

    return _keeping(why)


def written_once(entries: Sequence[Entry]) -> Checked:
    """Keep the first of entries that rest on the same document for the same movement.

    Once it has been taken back, the document may be written again. Entries without a document
    are not compared.
    """
    standing: Counter[tuple[str, str, Account, Account]] = Counter()
    taken_back: dict[tuple[str, Account, Account], int] = defaultdict(int)

    def why(entry: Entry) -> str:
        if not entry.document:
            return ""
        if entry.what == REVERSED:
            taken_back[entry.document, entry.target, entry.source] += 1
            return ""
        key = (entry.document, entry.what, entry.source, entry.target)
        if standing[key] > taken_back[entry.document, entry.source, entry.target]:
            return f"{entry.document} is already written for this movement. Leave one of them out."
        standing[key] += 1
        return ""

    return _keeping(why)(entries)


def reversals_paired(entries: Sequence[Entry]) -> Checked:
    """Keep reversals that take back an entry before them: same document and sum, the other way."""
    standing: Counter[tuple[str, Account, Account, int]] = Counter()

    def why(entry: Entry) -> str:
        if entry.what != REVERSED:
            standing[entry.document, entry.source, entry.target, entry.pence] += 1
            return ""
        taken = (entry.document, entry.target, entry.source, entry.pence)
        if standing[taken] == 0:
            return (
                f"it takes back {entry.document or 'no document'}, but no entry before it moved "
                "that sum the other way, or it is taken back already."
            )
        standing[taken] -= 1
        return ""

    return _keeping(why)(entries)


def _keeping(why: Callable[[Entry], str]) -> Pass:
    """Return the pass that keeps the entries for which ``why`` has nothing to say."""

    def sift(entries: Sequence[Entry]) -> Checked:
        kept, mistakes = [], []
        for entry in entries:
            told = why(entry)
            if told:
                mistakes.append(Mistake(str(entry), told))
            else:
                kept.append(entry)
        return tuple(kept), tuple(mistakes)

    return sift


def _entry(row: Mapping[str, str]) -> Entry:
    about = row.get("about", "")
    return Entry(
        _day(row["on"]), Account.of_text(row["source"]), Account.of_text(row["target"]),
        _pence(row["pence"]), row["what"], row["sentence"], row.get("document", ""),
        row.get("person", ""), _day(about) if about else None,
    )  # fmt: skip


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a day. Write it like 2026-11-02.") from None


def _pence(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a number of pence. Write it like 12500.") from None
