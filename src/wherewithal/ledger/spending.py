"""From a line of an account to the entry that says what it was, and to what puts it right.

The council's own payments, and money paid back to it, stand in the books already: they were
written when they were sent and decided, so their lines make no entry of their own.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from wherewithal.ledger.entries import CONTROL, Account, Entry, Kind, reversal

PERSON = Account(Kind.FUNDING, "person")
OTHER = Account(Kind.FUNDING, "other")
OF_A_LINE = frozenset({"spent", "refund"})
OUTSIDE = {"transfer": PERSON, "fee": OTHER, "other": OTHER}
"""Where money goes that left an account for something that no line of the budget is for."""
NOBODY_NAMED = "somebody"
"""Who was paid, where the bank names nobody."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A line of an account, with what it was; ``pence`` above zero came in.

    ``meaning`` as in :class:`wherewithal.monitoring.matching.Meaning`; ``person`` a reference,
    ``document`` what the line is known by, such as ``line:12``.
    """

    on: date
    pence: int
    meaning: str
    person: str
    holding: str
    document: str
    budget_line: int | None = None
    payee: str = ""


def entry_of(line: Seen) -> Entry | None:
    """Return the movement that a line tells of; none where the books hold it already."""
    held = _account(Kind.HELD, f"{line.person}/{line.holding}")
    incoming = line.pence > 0
    if line.meaning == "contribution":
        own = _account(Kind.CONTRIBUTION, line.person)
        if incoming:
            return _entry(line, PERSON, own, "contribution-paid-in", "Paid in by you")
        return _entry(line, held, PERSON, "other-out", "Taken out by you")
    if line.meaning in OF_A_LINE and line.budget_line is not None:
        part = _account(Kind.LINE, str(line.budget_line))
        if incoming:
            return _entry(line, part, held, "refunded", "Given back by")
        return _entry(line, held, part, "spent", "Paid to")
    if line.meaning in OUTSIDE:
        outside = OUTSIDE[line.meaning]
        if incoming:
            return _entry(line, outside, held, "other-in", "Came in from")
        return _entry(line, held, outside, "other-out", "Went out to")
    return None


def entries_of(lines: Iterable[Seen]) -> Iterator[Entry]:
    """Yield the entries of many lines, in their order."""
    for line in lines:
        entry = entry_of(line)
        if entry is not None:
            yield entry


def corrected(before: Seen, after: Seen) -> list[Entry]:
    """Return what turns the entry of a line into the entry it should have been; nothing if equal.

    What is taken back is taken back on the day of the line, so that the balance of every day since
    is right; the books move it on where that month is closed.
    """
    wrong, right = entry_of(before), entry_of(after)
    if wrong == right:
        return []
    entries = []
    if wrong is not None:
        told = f"Taken back, because it was something else: {wrong.sentence}"
        entries.append(reversal(wrong, on=wrong.on, sentence=told))
    return [*entries, right] if right is not None else entries


@lru_cache(maxsize=4096)
def _account(kind: Kind, of: str) -> Account:
    return Account(kind, of)


def _entry(line: Seen, source: Account, target: Account, what: str, verb: str) -> Entry:
    name = " ".join(CONTROL.sub(" ", line.payee).split()) or NOBODY_NAMED
    sentence = f"{verb}." if verb.endswith("you") else f"{verb} {name}."
    return Entry(
        line.on, source, target, abs(line.pence), what, sentence, line.document, line.person
    )  # fmt: skip
