"""One entry is one movement of money: so many pence from one account to another on a day.

It cannot be out of balance, because it is written once and read from both ends: what leaves one
account is what comes into the other. The balance of an account is what came in less what went
out, and all balances together are always nought.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Self

from wherewithal.dates import long_date
from wherewithal.money import pounds


class Kind(StrEnum):
    """What an account keeps count of. ``of`` says whose or which it is."""

    FUNDING = "funding"
    LINE = "line"
    PROVIDER = "provider"
    HELD = "held"
    CONTRIBUTION = "contribution"
    RECOVERY = "recovery"
    PAYABLE = "payable"
    SENT = "sent"


KINDS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.FUNDING: "Where money comes from",
        Kind.LINE: "Spent on a line of a budget",
        Kind.PROVIDER: "Owed to a provider",
        Kind.HELD: "Held for somebody",
        Kind.CONTRIBUTION: "Contributions",
        Kind.RECOVERY: "To be paid back",
        Kind.PAYABLE: "Approved, to be sent",
        Kind.SENT: "On its way",
    }
)
"""A plain label for each kind of account."""

STREAMS = frozenset({"council", "nhs", "person", "other"})
"""Where money comes from, and goes back to: the accounts of :attr:`Kind.FUNDING`."""
LONGEST_OF = 60
LONGEST_DOCUMENT = 120
LONGEST_PERSON = 12
MOST_PENCE = 99_999_999_999
"""The largest sum one entry can move, in pence: what a bank file can carry in one payment."""

HELD_SO = "@"
"""What stands in a document between its own name and the way of holding it is about."""

_OF = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")
CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
"""What no text in the books may hold: a line break, or what no database can keep."""


@dataclass(frozen=True, slots=True, order=True)
class Account:
    """One place that money moves into and out of; written ``kind:of``.

    ``of`` is, by kind: funding: council, nhs, person or other; line: a budget line; provider: a
    provider; held: ``REFERENCE/holding``; contribution, recovery and payable: a person's
    reference (payable ``REFERENCE/given-back``: what goes back to their own account); sent: a
    payment run.

    Raises:
        ValueError: the kind is not known, or ``of`` is not of the form its kind needs.
    """

    kind: Kind
    of: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", _kind(self.kind))
        if len(self.of) > LONGEST_OF or not _OF.fullmatch(self.of):
            raise ValueError(
                f"The {self.kind} account {self.of!r} is not a name the books can keep. "
                f"Use up to {LONGEST_OF} letters, digits and . _ / - only."
            )
        if self.kind is Kind.FUNDING and self.of not in STREAMS:
            raise ValueError(
                f"Money can't come from {self.of!r}. Name one of: {', '.join(sorted(STREAMS))}."
            )
        if self.kind is Kind.HELD and not all(self.of.partition("/")):
            raise ValueError(
                f"The account {self.of!r} does not say whose money is held and how. "
                "Write it like WW000001/direct-payment."
            )

    @classmethod
    def of_text(cls, text: str) -> Self:
        """Read an account as it is written: ``held:WW000001/direct-payment``."""
        kind, _, of = text.partition(":")
        return cls(_kind(kind), of)

    def __str__(self) -> str:
        return f"{self.kind}:{self.of}"


@dataclass(frozen=True, slots=True)
class What:
    """A reason for which money moves: its label, and which kinds it goes from and to."""

    label: str
    moves: tuple[tuple[Kind, Kind], ...]


def _what(label: str, *moves: str) -> What:
    pairs = (move.split(">") for move in moves)
    return What(label, tuple((Kind(source), Kind(target)) for source, target in pairs))


WHATS: Mapping[str, What] = MappingProxyType(
    {
        "payment-approved": _what("Payment approved", "payable>held"),
        "contribution-due": _what("Contribution due", "contribution>held"),
        "contribution-corrected": _what(
            "Contribution put right for days past", "contribution>held", "held>contribution"
        ),
        "contribution-settled": _what(
            "Contribution put right at the end", "contribution>held", "held>contribution"
        ),
        "payment-sent": _what("Payment sent", "sent>payable"),
        "payment-confirmed": _what("Payment reached the bank account", "funding>sent"),
        "payment-returned": _what("Payment came back", "payable>sent", "payable>funding"),
        "spent": _what("Spent", "held>line"),
        "contribution-paid-in": _what("Contribution paid in", "funding>contribution"),
        "refunded": _what("Refund from a provider", "line>held"),
        "invoice-approved": _what("Invoice approved", "provider>line"),
        "invoice-credited": _what("Invoice put right", "line>provider"),
        "invoice-paid": _what("Invoice payment sent", "sent>provider"),
        "invoice-returned": _what("Invoice payment came back", "provider>sent", "provider>funding"),
        "contribution-charged": _what("Contribution charged", "contribution>funding"),
        "arrangement-charged": _what("Charged for arranging support", "contribution>funding"),
        "contribution-refunded": _what("Contribution given back", "contribution>funding"),
        "refund-promised": _what("To be given back", "payable>funding"),
        "surplus-decided": _what("Surplus to be paid back", "held>recovery"),
        "own-share-returned": _what("Your own share, yours to keep", "held>funding"),
        "surplus-repaid": _what("Surplus paid back", "recovery>funding"),
        "surplus-let-go": _what("Surplus left with the person", "recovery>held"),
        "surplus-taken-off": _what("Surplus taken off a payment, as agreed", "recovery>payable"),
        "charge-lowered": _what("Charged too much before", "payable>contribution"),
        "charge-raised": _what("Charged too little before", "contribution>payable"),
        "charge-settled": _what(
            "Charge for days past settled at the end", "payable>held", "held>payable"
        ),
        "transferred": _what("Moved to another way of holding", "held>held"),
        "funding-put-right": _what("Paid by somebody else than before", "funding>funding"),
        "other-in": _what("Other money in", "funding>held"),
        "other-out": _what("Other money out", "held>funding"),
        "brought-forward": _what(
            "Brought forward from before",
            *(f"funding>{kind}" for kind in Kind if kind is not Kind.FUNDING),
            *(f"{kind}>funding" for kind in Kind if kind is not Kind.FUNDING),
        ),
    }
)
"""Every reason for which money moves, by its code. There is no other way for it to move."""

REVERSED = "reversed"
"""The code of an entry that takes another back: the opposite way, naming the same document."""
LABELS: Mapping[str, str] = MappingProxyType(
    {code: what.label for code, what in WHATS.items()} | {REVERSED: "Taken back"}
)
"""A plain label for every code, ``reversed`` among them."""
_BACKWARDS = frozenset((target, source) for what in WHATS.values() for source, target in what.moves)


@dataclass(frozen=True, slots=True)
class Entry:
    """``pence`` from ``source`` to ``target`` on a day, and why.

    ``what`` is a code of :data:`WHATS` or :data:`REVERSED`; ``sentence`` can stand on a person's
    statement; ``document`` names what it rests on (``payment:12``), ``person`` the reference of
    the person it concerns. ``about`` is the day it concerns where the books of that day were
    closed before it was known.

    Raises:
        ValueError: the entry could not be true; the message names the value and the mend.
    """

    on: date
    source: Account
    target: Account
    pence: int
    what: str
    sentence: str
    document: str = ""
    person: str = ""
    about: date | None = None

    def __post_init__(self) -> None:
        if type(self.pence) is not int or not 1 <= self.pence <= MOST_PENCE:
            raise ValueError(
                f"An entry of {self.pence!r} pence from {self.source} to {self.target} can't be "
                f"kept. Move from {pounds(1)} to {pounds(MOST_PENCE)}; to move money the other "
                "way, swap the accounts."
            )
        if self.source == self.target:
            raise ValueError(f"Money can't move from {self.source} to itself. Name two accounts.")
        _check_move(self.what, self.source, self.target)
        _check_words(self)

    def __str__(self) -> str:
        return f"{self.on} {pounds(self.pence)} {self.source} → {self.target} ({self.what})"


def about_holding(document: str, holding: str) -> str:
    """Return a document's name with the way of holding that an entry is about."""
    return f"{document}{HELD_SO}{holding}"


def reversal(entry: Entry, *, on: date, sentence: str) -> Entry:
    """Return the entry that takes ``entry`` back on a later day.

    Raises:
        ValueError: the entry names no document to be known by, or is itself a reversal.
    """
    if entry.what == REVERSED or not entry.document:
        raise ValueError(
            f"{entry} can't be taken back: "
            + ("it takes another back itself." if entry.document else "it names no document.")
        )
    return replace(
        entry, on=on, source=entry.target, target=entry.source, what=REVERSED, sentence=sentence
    )  # fmt: skip


def brought_into(entry: Entry, first_open: date) -> Entry:
    """Return the entry as it can still be written: on the first open day, where its own is closed.

    The day it is about is kept beside it and said in its sentence, so that a change for days past
    is seen, and a month that was closed stays as it was reported.
    """
    if entry.on >= first_open:
        return entry
    told = f"{entry.sentence} This is about {long_date(entry.on)}, whose month was closed."
    return replace(entry, on=first_open, about=entry.on, sentence=told)


def _kind(kind: str) -> Kind:
    try:
        return Kind(kind)
    except ValueError:
        raise ValueError(
            f"The books keep no {kind!r} accounts. Name one of: {', '.join(Kind)}."
        ) from None


def _check_move(what: str, source: Account, target: Account) -> None:
    if what not in LABELS:
        raise ValueError(
            f"{what!r} is not a reason for which money moves. Name one of: {', '.join(LABELS)}."
        )
    pair = (source.kind, target.kind)
    if pair in (_BACKWARDS if what == REVERSED else WHATS[what].moves):
        return
    allowed = (
        "the opposite of any other move"
        if what == REVERSED
        else " or ".join(f"{before} to {after}" for before, after in WHATS[what].moves)
    )
    raise ValueError(
        f"{LABELS[what]!r} can't move money from {source} to {target}. It moves it from {allowed}."
    )


def _check_words(entry: Entry) -> None:
    if not entry.sentence.strip():
        raise ValueError(f"{entry} has no sentence. Say in words what it is for.")
    for name, text, longest in (
        ("sentence", entry.sentence, None),
        ("document", entry.document, LONGEST_DOCUMENT),
        ("person", entry.person, LONGEST_PERSON),
    ):
        if CONTROL.search(text):
            raise ValueError(
                f"The {name} {text!r} of {entry} has a line break or another control character. "
                "Write it in one line."
            )
        if longest is not None and len(text) > longest:
            raise ValueError(
                f"The {name} {text!r} of {entry} has {len(text)} characters. Use up to {longest}."
            )
