"""Payments to bank accounts, as values, and what BACS will and will not carry of them.

Layout facts and limits are those that public descriptions of BACS Standard 18 agree on (HSBC
"Message Implementation Guide BACS Standard 18", IBM Sterling, FinDock and Access Coins "Format
R"); the Pay.UK specification itself is not public, so prove a first file with your bank.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from wherewithal.money import pounds

FIELD_WIDTH = 18
"""Characters that a name or a reference has in the file."""
MOST_PENCE = 99_999_999_999
"""The largest amount, in pence, that a record's eleven digits can hold."""
SHORTEST_REFERENCE = 6

_NOT_CARRIED = re.compile(r"[^A-Z0-9 .&/-]")
_WITHOUT_ACCENT = str.maketrans(
    {"Æ": "AE", "Ø": "O", "Œ": "OE", "Ł": "L", "Đ": "D", "Ð": "D", "Þ": "TH", "ı": "I"}
)


@dataclass(frozen=True, slots=True)
class Credit:
    """A payment of ``amount`` pence to one account: sort code and account number in digits.

    Names and references may be written as people write them; the file gets them :func:`cleaned`.

    Raises:
        ValueError: BACS could not carry the payment; the message names the value and the mend.
    """

    sort_code: str
    account_number: str
    account_name: str
    amount: int
    reference: str

    def __post_init__(self) -> None:
        whose = f"for {self.account_name!r}"
        check_account(self.sort_code, self.account_number, whose)
        _check_name(self.account_name, "account name")
        _check_reference(self.reference, whose)
        if not 1 <= self.amount <= MOST_PENCE:
            raise ValueError(
                f"The payment {whose} is {pounds(self.amount)}. "
                f"BACS carries from {pounds(1)} to {pounds(MOST_PENCE)}."
            )


@dataclass(frozen=True, slots=True)
class Originator:
    """The council as BACS knows it: its service user number and the account it pays from.

    ``item_limit`` is the most, in pence, that the council's bank lets one payment be.

    Raises:
        ValueError: a value is not of the right form; the message names it.
    """

    service_user_number: str
    name: str
    sort_code: str
    account_number: str
    item_limit: int = MOST_PENCE

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Z0-9]{6}", self.service_user_number):
            raise ValueError(
                f"The service user number {self.service_user_number!r} is not 6 digits. "
                "Copy it from your bank's letter."
            )
        check_account(self.sort_code, self.account_number, f"of {self.name!r}")
        _check_name(self.name, "service user name")
        if not 1 <= self.item_limit <= MOST_PENCE:
            raise ValueError(
                f"The limit for one payment is {pounds(self.item_limit)}. "
                f"Set it from {pounds(1)} to {pounds(MOST_PENCE)}."
            )


@dataclass(frozen=True, slots=True)
class ControlTotals:
    """How many payments there are and what they come to in pence: what two people compare."""

    count: int
    pence: int

    def __str__(self) -> str:
        noun = "payment" if self.count == 1 else "payments"
        return f"{self.count:,} {noun}, {pounds(self.pence)}"


def control_totals(payments: Iterable[Credit]) -> ControlTotals:
    """Count the payments and add them up."""
    amounts = [credit.amount for credit in payments]
    return ControlTotals(len(amounts), sum(amounts))


def cleaned(text: str) -> str:
    """Return text in the letters BACS carries: capitals, digits, space and ``. & / -``.

    Accents are taken off; any other character becomes a space. Spaces at the ends are dropped.
    """
    capitals = text.upper().translate(_WITHOUT_ACCENT)
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", capitals)
        if not unicodedata.combining(letter)
    )
    return _NOT_CARRIED.sub(" ", bare.upper()).strip()


def field(text: str) -> str:
    """Return text cleaned and cut to what a name or reference field holds."""
    return cleaned(text)[:FIELD_WIDTH].rstrip()


def as_carried(credit: Credit) -> Credit:
    """Return the payment as the other bank will see it, name and reference cleaned and cut."""
    return Credit(
        credit.sort_code,
        credit.account_number,
        field(credit.account_name),
        credit.amount,
        field(credit.reference),
    )


def digits(typed: str) -> str:
    """Return what someone typed without the spaces and hyphens: ``12-34-56`` → ``123456``."""
    return re.sub(r"[\s\-–]", "", typed)


def check_account(sort_code: str, account_number: str, whose: str) -> None:
    """Refuse a sort code that is not 6 digits or an account number that is not 8.

    ``whose`` is put in the message (``for 'Sam Lee'``).

    Raises:
        ValueError: naming the value, and what to do.
    """
    if not re.fullmatch(r"[0-9]{6}", sort_code):
        raise ValueError(
            f"The sort code {sort_code!r} {whose} is not 6 digits. Write it like 123456."
        )
    if not re.fullmatch(r"[0-9]{8}", account_number):
        raise ValueError(
            f"The account number {account_number!r} {whose} is not 8 digits. "
            "If it is shorter, put zeros in front."
        )


def _check_name(name: str, what: str) -> None:
    if not re.search(r"[A-Z0-9]", field(name)):
        raise ValueError(
            f"The {what} {name!r} has no letter or digit that BACS can carry. "
            "Use the letters A to Z or digits."
        )


def _check_reference(reference: str, whose: str) -> None:
    carried = cleaned(reference)
    if len(carried) > FIELD_WIDTH:
        raise ValueError(
            f"The reference {reference!r} {whose} has {len(carried)} characters. "
            f"BACS carries {FIELD_WIDTH}: shorten it."
        )
    if len(carried) < SHORTEST_REFERENCE or len(set(carried)) == 1:
        raise ValueError(
            f"The reference {reference!r} {whose} is too plain for BACS. Use at least "
            f"{SHORTEST_REFERENCE} letters or digits that are not all the same."
        )
