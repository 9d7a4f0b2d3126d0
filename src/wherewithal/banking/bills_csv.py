"""Bills from providers, and what people paid in, as comma-separated files with headings on top.

A file is read whole or not at all: the first line that can't be understood is named, with its
column and the mend.
"""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from io import StringIO
from typing import TypeVar

from wherewithal.dates import Period
from wherewithal.money import parse_pounds

BILL_COLUMNS = ("Provider", "Invoice", "Reference", "From", "To", "Hours", "Amount", "What")
RECEIPT_COLUMNS = ("Reference", "Date", "Amount", "Text")
LARGEST = 20_000_000
Row = dict[str, str]
Read = TypeVar("Read")


class BillsError(ValueError):
    """A file that can't be taken in; the message says where and how to mend it."""


@dataclass(frozen=True, slots=True)
class Bill:
    """One line of a file of bills: who asks for how many pence, for whom, for which days."""

    line: int
    provider: str
    number: str
    reference: str
    days: Period
    units: Fraction | None
    pence: int
    what: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """One line of a file of money that people paid to the council."""

    line: int
    reference: str
    on: date
    pence: int
    text: str


def read_bills(content: bytes) -> list[Bill]:
    """Return the bills of a file, in its order.

    Raises:
        BillsError: a heading is missing, or a line can't be understood.
    """
    return _read(content, BILL_COLUMNS, _bill)


def read_receipts(content: bytes) -> list[Receipt]:
    """Return what people paid in, in the order of the file.

    Raises:
        BillsError: a heading is missing, or a line can't be understood.
    """
    return _read(content, RECEIPT_COLUMNS, _receipt)


def _read(content: bytes, columns: Sequence[str], made: Callable[[Row, int], Read]) -> list[Read]:
    if len(content) > LARGEST:
        raise BillsError(
            f"The file has {len(content):,} bytes. Send one of {LARGEST:,} bytes or fewer."
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BillsError(
            "The file is not text that can be read. Save it as CSV (UTF-8) and try again."
        ) from None
    rows = csv.DictReader(StringIO(text, newline=""), strict=True)
    try:
        missing = [name for name in columns if name not in (rows.fieldnames or ())]
        if missing:
            raise BillsError(
                f"Line 1 has no column called {missing[0]!r}. The headings are: "
                f"{', '.join(columns)}."
            )
        found = [
            made({name: (row.get(name) or "").strip() for name in columns}, rows.line_num)
            for row in rows
            if any(row.values())
        ]
    except csv.Error as mistake:
        raise BillsError(f"Line {rows.line_num}: {mistake}. Save the file again as CSV.") from None
    if not found:
        raise BillsError("The file has headings and no line under them. Choose another file.")
    return found


def _bill(row: Row, line: int) -> Bill:
    for name in ("Provider", "Invoice", "Reference"):
        if not row[name] or "\0" in row[name]:
            raise BillsError(f"Line {line}, column {name!r} is empty. Fill it in.")
    first, last = _day(row["From"], line, "From"), _day(row["To"], line, "To")
    if last < first:
        raise BillsError(f"Line {line}: the day in 'To' is before the day in 'From'. Swap them.")
    return Bill(
        line, row["Provider"], row["Invoice"], row["Reference"].upper(),
        Period(first, last + timedelta(days=1)), _units(row["Hours"], line),
        _pence(row["Amount"], line), row["What"].replace("\0", ""),
    )  # fmt: skip


def _receipt(row: Row, line: int) -> Receipt:
    if not row["Reference"] or "\0" in row["Reference"]:
        raise BillsError(f"Line {line}, column 'Reference' is empty. Fill it in.")
    return Receipt(
        line, row["Reference"].upper(), _day(row["Date"], line, "Date"),
        _pence(row["Amount"], line), row["Text"].replace("\0", ""),
    )  # fmt: skip


def _units(written: str, line: int) -> Fraction | None:
    if not written:
        return None
    try:
        units = Fraction(written)
    except (ValueError, ZeroDivisionError):
        units = Fraction(0)
    if units <= 0 or units > 10_000 or "/" in written or units != round(units, 2):
        raise BillsError(
            f"Line {line}, column 'Hours': {written!r} is not a number of hours. Write it like 7.5."
        )
    return units


def _pence(written: str, line: int) -> int:
    try:
        pence = parse_pounds(written)
    except ValueError as mistake:
        raise BillsError(f"Line {line}, column 'Amount': {mistake}") from None
    if not 0 < pence < 1_000_000_000:
        raise BillsError(f"Line {line}, column 'Amount': {written!r} is not a sum above £0.00.")
    return pence


def _day(written: str, line: int, column: str) -> date:
    for shape in ("%d/%m/%Y", "%Y-%m-%d", "%d/%m/%y"):
        try:
            found = datetime.strptime(written, shape).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        if 1990 <= found.year <= 2199:
            return found
    raise BillsError(
        f"Line {line}, column {column!r}: {written!r} is not a day. Write it like 13/11/2026."
    )
