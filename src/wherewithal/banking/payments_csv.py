"""Payments as comma-separated files: one for a bank's payment bureau, one for people to read."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from io import StringIO

from wherewithal.banking.credits import (
    ControlTotals,
    Credit,
    Originator,
    control_totals,
    digits,
    field,
)
from wherewithal.money import parse_pounds
from wherewithal.spreadsheets import safe_cell

BANK_GIRO_CREDIT = "99"
COLUMNS = ("Name on the account", "Sort code", "Account number", "Reference", "Amount")


def write_bureau_csv(
    payments: Iterable[Credit], originator: Originator, *, pay_day: date | None = None
) -> str:
    """Return payments in the ten columns a PayGate-like BACS bureau takes, without a header.

    The columns are: sort code, account number, account name, amount in pounds, transaction code
    99, the council's sort code, account number and name, reference, and the pay day as
    dd/mm/yyyy (empty if there is none). Lines end in carriage return and line feed.
    """
    day = f"{pay_day:%d/%m/%Y}" if pay_day else ""
    council = (originator.sort_code, originator.account_number, _bank_text(originator.name))
    return _written(
        (
            credit.sort_code,
            credit.account_number,
            _bank_text(credit.account_name),
            _plain_pounds(credit.amount),
            BANK_GIRO_CREDIT,
            *council,
            _bank_text(credit.reference),
            day,
        )
        for credit in payments
    )


def read_bureau_totals(text: str) -> ControlTotals:
    """Count the payments in a bureau file and add them up, to prove it before it is sent.

    Raises:
        ValueError: a line has not ten columns or its amount is not one; the message says which.
    """
    pence = []
    for number, row in enumerate(csv.reader(StringIO(text, newline="")), start=1):
        if len(row) != 10:
            raise ValueError(f"Line {number} has {len(row)} columns. A payment has 10.")
        try:
            pence.append(parse_pounds(row[3]))
        except ValueError as mistake:
            raise ValueError(f"Line {number}, column 4: {mistake}") from mistake
    return ControlTotals(len(pence), sum(pence))


def write_payments_csv(payments: Iterable[Credit]) -> str:
    """Return payments for people to read, with headings and a last line of control totals.

    Words that a spreadsheet would run as a formula are given an apostrophe in front.
    """
    paid = tuple(payments)
    totals = control_totals(paid)
    noun = "payment" if totals.count == 1 else "payments"
    return _written(
        [
            COLUMNS,
            *(_readable(credit) for credit in paid),
            (f"Total of {totals.count} {noun}", "", "", "", _plain_pounds(totals.pence)),
        ]
    )


def _readable(credit: Credit) -> tuple[str, ...]:
    code = digits(credit.sort_code)
    return (
        safe_cell(credit.account_name),
        f"{code[:2]}-{code[2:4]}-{code[4:]}",
        credit.account_number,
        safe_cell(credit.reference),
        _plain_pounds(credit.amount),
    )


def _bank_text(text: str) -> str:
    """Return text as BACS carries it; a hyphen in front, all that could start a formula, goes."""
    return field(field(text).lstrip("- "))


def _plain_pounds(pence: int) -> str:
    """Write pence as a plain number of pounds, which other programs read: ``1329.00``."""
    whole, part = divmod(pence, 100)
    return f"{whole}.{part:02}"


def _written(rows: Iterable[Sequence[str]]) -> str:
    text = StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue()
