"""Statements as comma-separated files, read by a bank's column map."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO, TypeVar

from wherewithal.banking.statements.layout import Column, Layout
from wherewithal.banking.statements.statement import Line, Statement, StatementError, counted
from wherewithal.banking.statements.text import encoding_of, text_lines, tidy
from wherewithal.banking.statements.values import (
    account_name,
    amount,
    day_reader,
    plain_cell,
    pounds_only,
)

HEADINGS_WITHIN = 30
# A row without a date that begins so is no payment; "TOTAL ENERGIES" and "Balance Care" are.
_NO_LINE = re.compile(
    r"\W*(?:(?:grand |sub-?)?totals?(?:\W*$|\W+(?:of|in|out|paid|money|debits?|credits?)\b)|"
    r"(?:opening |closing |start |end |final |available |current )?"
    r"balances?(?:\W*$|\W+(?:brought|carried|at|on|as|b/f|c/f|£?\d))|"
    r"end of\b|number of\b|statement (?:date|period|number)\b|"
    r"(?:generated|printed|downloaded) (?:on|at|by)\b)",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"brought forward|opening|start|b/f", re.IGNORECASE)
_AFTER = re.compile(r"carried forward|closing|end|c/f", re.IGNORECASE)
_OUT = frozenset({"DR", "D", "DEBIT", "OUT", "DBIT", "-"})
_IN = frozenset({"CR", "C", "CREDIT", "IN", "CRDT", "+"})

Row = list[str]
_Value = TypeVar("_Value")


@dataclass(slots=True)
class _Map:
    """A layout's columns as places in a row, from 0, and what is remembered while reading."""

    layout: Layout
    places: dict[Column, int]
    width: int
    day: Callable[[str], date]
    needed: int
    accounts: dict[tuple[str, ...], str] = field(default_factory=dict)


def read_csv(data: BinaryIO, layout: Layout) -> Statement:
    """Read a comma-separated statement by a layout, its lines as they come.

    Raises:
        StatementError: while ``lines`` are gone through, at the first mistake.
    """
    statement = Statement("csv", iter(()), layout=layout.code)
    if not layout.verified:
        statement.note(f"Nobody has checked the layout {layout.bank!r} with the bank yet.")
    rows = numbered_rows(data, layout.encoding, layout.delimiter)
    statement.lines = counted(statement, lines_of_rows(statement, rows, layout))
    return statement


def numbered_rows(data: BinaryIO, encoding: str, delimiter: str) -> Iterator[tuple[int, Row]]:
    """Go through the rows of a file with the number of the line each begins on.

    Raises:
        StatementError: quotation marks do not close, or the text cannot be read.
    """
    encoding = encoding or encoding_of(data)
    data.seek(0)
    rows = csv.reader(text_lines(data, encoding), delimiter=delimiter, strict=True)
    place = 1
    try:
        for row in rows:
            yield place, row
            place = rows.line_num + 1
    except csv.Error as mistake:
        raise StatementError(
            "From here on, quotation marks do not close as they should.",
            "Look for a missing or an extra quotation mark, or download the file again.",
            place=place,
        ) from mistake


def lines_of_rows(
    statement: Statement, rows: Iterator[tuple[int, Row]], layout: Layout
) -> Iterator[Line]:
    """Read the lines of numbered rows by a layout; the balances are not yet held to them.

    Raises:
        StatementError: a row cannot be read; the message names its line, column and value.
    """
    mapped = _mapped(rows, layout)
    amounts = _amount_reader(mapped)
    for place, row in rows:
        if not any(row):
            continue
        try:
            line = _line(statement, mapped, amounts, row, place)
        except StatementError as mistake:
            mistake.place = mistake.place or place
            raise
        if line is not None:
            yield line


def _mapped(rows: Iterator[tuple[int, Row]], layout: Layout) -> _Map:
    if layout.has_headings:
        places, width = _headings(rows, layout)
    else:
        for _ in range(layout.header_rows):
            next(rows, None)
        places = {column: int(column) - 1 for column in layout.columns()}
        width = layout.width
    needed = max(places.values()) + 1
    return _Map(layout, places, width, day_reader(layout.date_format), needed)


def heading(text: str) -> str:
    """Bring a heading to the form headings are compared in."""
    return tidy(text).casefold().replace("\ufeff", "")


def _headings(rows: Iterator[tuple[int, Row]], layout: Layout) -> tuple[dict[Column, int], int]:
    best: set[str] = set()
    wanted = {heading(str(column)): column for column in layout.columns()}
    for number, (place, row) in enumerate(rows):
        found = {heading(cell): index for index, cell in reversed(list(enumerate(row)))}
        if wanted.keys() <= found.keys():
            if layout.width and len(row) != layout.width:
                raise StatementError(
                    f"There are {len(row)} headings, and {layout.bank} has {layout.width}.",
                    "Choose the layout of the bank this file is from.",
                    place=place,
                )
            return {column: found[name] for name, column in wanted.items()}, len(row)
        best = max(best, wanted.keys() & found.keys(), key=len)
        if number >= HEADINGS_WITHIN:
            break
    missing = ", ".join(f"“{column}”" for name, column in wanted.items() if name not in best)
    raise StatementError(
        f"The headings of {layout.bank} are not in this file. Not found: {missing}.",
        "Choose the layout of the bank this file is from, or make a column map for it.",
    )


def _line(
    statement: Statement,
    mapped: _Map,
    amounts: Callable[[Row], int | None],
    row: Row,
    place: int,
) -> Line | None:
    layout, at = mapped.layout, mapped.places
    when = row[at[layout.date]] if at[layout.date] < len(row) else ""
    if (not when.strip() or _NO_LINE.match(when)) and _is_no_line(row):
        statement.note("Rows of totals or balances, which are no payments, were left out.")
        return None
    _check_width(mapped, row)
    on = _at(mapped, layout.date, when, mapped.day)
    pence = amounts(row)
    balance = None
    if layout.balance is not None and (cell := row[at[layout.balance]].strip()):
        balance = _at(mapped, layout.balance, cell, amount)
    if layout.currency is not None:
        _at(mapped, layout.currency, row[at[layout.currency]], pounds_only)
    account = _account(mapped, row)
    payee, text = _joined(row, at, layout.payee), _joined(row, at, layout.text)
    if pence is None:
        _balance_row(statement, account, balance, f"{payee} {text}")
        return None
    return Line(
        on,
        pence,
        payee or text,
        text or payee,
        "" if layout.kind is None else tidy(row[at[layout.kind]]),
        balance,
        place,
        account,
        "" if layout.reference is None else tidy(row[at[layout.reference]]),
    )


def _is_no_line(row: Row) -> bool:
    return any(_NO_LINE.match(cell) for cell in row) or sum(map(bool, row)) == 0


def _check_width(mapped: _Map, row: Row) -> None:
    if len(row) < mapped.needed:
        raise StatementError(
            f"This line has {len(row)} columns, and {mapped.needed} are needed.",
            "The file may be cut short. Download it again.",
        )
    if mapped.width and len(row) > mapped.width and any(row[mapped.width :]):
        raise StatementError(
            f"This line has {len(row)} columns, and there should be {mapped.width}.",
            "A comma inside a name or a sum needs quotation marks around the whole of it.",
            value=row[mapped.width],
        )


def _joined(row: Row, at: dict[Column, int], columns: Sequence[Column]) -> str:
    if len(columns) == 1:
        return tidy(row[at[columns[0]]])
    return tidy(" ".join(row[at[column]] for column in columns))


def _account(mapped: _Map, row: Row) -> str:
    cells = tuple(row[mapped.places[column]] for column in mapped.layout.account)
    if not cells:
        return ""
    known = mapped.accounts.get(cells)
    if known is None:
        try:
            known = account_name(*cells)
        except StatementError as mistake:
            mistake.column = _named(mapped.layout.account[-1])
            raise
        if known.startswith("card ") and known in mapped.accounts.values():
            raise StatementError(
                f"Two cards in this file end in {known[-4:]}, and only these digits are kept.",
                "Choose the column with the supplier's own reference as the account.",
                column=_named(mapped.layout.account[-1]),
                value=known,
            )
        mapped.accounts[cells] = known
    return known


def _amount_reader(mapped: _Map) -> Callable[[Row], int | None]:
    """Return what reads the pence of a row; none where its cells are empty."""
    layout = mapped.layout
    if layout.amount is not None:
        return _single_reader(mapped, layout.amount)
    if layout.paid_out is None or layout.paid_in is None:
        raise ValueError(f"{layout.bank} has no column of amounts.")
    return _pair_reader(mapped, layout.paid_out, layout.paid_in)


def _single_reader(mapped: _Map, column: Column) -> Callable[[Row], int | None]:
    layout, place, sign = mapped.layout, mapped.places[column], mapped.layout.sign
    way = None if layout.direction is None else mapped.places[layout.direction]

    def single(row: Row) -> int | None:
        cell = row[place].strip()
        if not cell:
            return None
        pence = sign * _at(mapped, column, cell, amount)
        if way is None:
            return pence
        return abs(pence) * _at(mapped, layout.direction, row[way], _direction)

    return single


def _pair_reader(mapped: _Map, paid_out: Column, paid_in: Column) -> Callable[[Row], int | None]:
    sign, out, into = mapped.layout.sign, mapped.places[paid_out], mapped.places[paid_in]

    def pair(row: Row) -> int | None:
        left, right = row[out].strip(), row[into].strip()
        taken = _at(mapped, paid_out, left, amount) if left else 0
        given = _at(mapped, paid_in, right, amount) if right else 0
        if taken and given:
            raise StatementError(
                "This line has money out and money in.",
                "Look whether two columns have been swapped or run together.",
                column=_named(paid_in),
                value=right,
            )
        return given + sign * taken if left or right else None

    return pair


def _direction(text: str) -> int:
    word = text.strip().upper()
    if word in _OUT or word in _IN:
        return -1 if word in _OUT else 1
    raise StatementError(
        "This does not say whether money went in or out.",
        "Write DR for money out and CR for money in.",
        value=text.strip(),
    )


def _balance_row(statement: Statement, account: str, balance: int | None, text: str) -> None:
    sums = statement.sums(account)
    if balance is None or not (_BEFORE.search(text) or _AFTER.search(text)):
        raise StatementError(
            "There is no amount on this line.",
            "Mend the line, or choose the columns that hold money out and money in.",
            column="amount",
        )
    if _BEFORE.search(text):
        sums.opening = balance
    else:
        sums.closing = balance


def _at(mapped: _Map, column: Column | None, text: str, read: Callable[[str], _Value]) -> _Value:
    try:
        return read(plain_cell(text) if text[:1] in "='" else text)
    except StatementError as mistake:
        mistake.column = _named(column)
        raise


def _named(column: Column | None) -> str:
    return str(column or "")
