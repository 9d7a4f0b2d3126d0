"""Which column of a new bank's file is what: guessed, chosen by somebody, and remembered."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, BinaryIO

from django.db.models import Q

from wherewithal.banking.statements.csv_map import heading
from wherewithal.banking.statements.guess import (
    first_rows,
    guess_map,
    how_well,
    preview,
    recognise_layout,
)
from wherewithal.banking.statements.layout import Layout, read_layout
from wherewithal.banking.statements.recognise import format_of
from wherewithal.banking.statements.statement import Line, StatementError
from wherewithal.dates import long_date
from wherewithal.money import pounds
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.roles import OWN
from wherewithal.web.statements.models import ColumnMap

ROWS_SHOWN = 6
ROLES = ("date", "payee", "text", "amount", "paid_out", "paid_in", "balance")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The first rows of a file: its headings, where it has any, and rows below them."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    delimiter: str
    encoding: str

    @property
    def width(self) -> int:
        """How many columns there are."""
        return max(len(self.headings), *(len(row) for row in self.rows), 1)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Return every column as a choice: its number from 1, and what stands in it."""
        return [(str(number), self.title(number)) for number in range(1, self.width + 1)]

    def title(self, number: int) -> str:
        """Write a column as people see it: its heading, and the first thing that stands in it."""
        cells = [row[number - 1] for row in self.rows if len(row) >= number and row[number - 1]]
        seen = f", such as “{cells[0][:30]}”" if cells else ", empty"
        named = self.headings[number - 1] if len(self.headings) >= number else ""
        return f"{number}: {named}{seen}" if named else f"Column {number}{seen}"

    @property
    def known_by(self) -> str:
        """How the file is known again: its headings, folded, or how many columns it has."""
        names = " | ".join(heading(name) for name in self.headings)
        return names[:400] if names else f"{self.width} columns, no headings"


def saved_layout(data: BinaryIO, by: User) -> Layout | None:
    """Return the column map that was saved for files like this one; none for other formats.

    What the council saved holds for everybody; what a person or their supporter chose, for their
    own files alone: a mistake, such as money in for money out, must not reach others.

    Raises:
        StatementError: the file is no statement at all.
    """
    if format_of(data) != "csv":
        return None
    rows, delimiter, _ = first_rows(data)
    trusted = Q(saved_by=by) | Q(saved_by=None) | ~Q(saved_by__role__in=OWN)
    for kept in ColumnMap.objects.filter(trusted).order_by("-saved_at"):
        layout = read_layout(kept.columns)
        if layout.delimiter == delimiter and how_well(layout, rows) > 0:
            return layout
    return None


def sheet_of(content: bytes) -> tuple[Sheet, dict[str, str]]:
    """Read the first rows of a file; return them, and what its columns most likely are.

    Raises:
        StatementError: the text cannot be read.
    """
    rows, delimiter, encoding = first_rows(BytesIO(content))
    kept = [tuple(cell.strip() for cell in row) for row in rows if any(row)]
    at = next((place for place, row in enumerate(kept[:30]) if _is_heading(row)), None)
    below = kept if at is None else kept[at + 1 :]
    headings = () if at is None else kept[at]
    sheet = Sheet(headings, tuple(below[:ROWS_SHOWN]), delimiter, encoding)
    guesses = guess_map(rows, delimiter=delimiter, encoding=encoding)
    return sheet, _as_chosen(guesses[0].layout, sheet) if guesses else {"money": "one"}


def _as_chosen(layout: Layout, sheet: Sheet) -> dict[str, str]:
    """Return a column map as the choices on the page that would make it."""
    chosen = {"date_format": layout.date_format, "money": "one"}
    names = [heading(name) for name in sheet.headings]
    for role in ROLES:
        column = getattr(layout, role)
        column = column[0] if isinstance(column, tuple) and column else column
        if isinstance(column, int):
            chosen[role] = str(column)
        elif column and heading(column) in names:
            chosen[role] = str(names.index(heading(column)) + 1)
    if "payee" not in chosen and "text" in chosen:
        chosen["payee"] = chosen.pop("text")
    if layout.amount is None:
        chosen["money"] = "two"
    elif layout.sign < 0:
        chosen["money"] = "plus"
    return chosen


def layout_from(chosen: dict[str, Any], sheet: Sheet) -> Layout:
    """Return the column map that somebody chose on the page.

    Raises:
        ValueError: the choices make no map; the message says what to choose.
    """
    two = chosen["money"] == "two"
    named = {name: _column(chosen.get(name), sheet) for name in ROLES}
    return Layout(
        code="saved", bank=chosen["bank"], date=named["date"] or 1,
        date_format=chosen["date_format"],
        amount=None if two else named["amount"],
        paid_out=named["paid_out"] if two else None,
        paid_in=named["paid_in"] if two else None,
        out_is="plus" if chosen["money"] == "plus" else "",
        payee=tuple(filter(None, [named["payee"]])), text=tuple(filter(None, [named["text"]])),
        balance=named["balance"], width=0 if sheet.headings else sheet.width,
        delimiter=sheet.delimiter, encoding=sheet.encoding, verified=True,
        source="Chosen on the page, and held to the file's own rows",
    )  # fmt: skip


def in_words(content: bytes, layout: Layout) -> list[str]:
    """Read a whole file by a column map and write its first lines as sentences.

    Raises:
        StatementError: the map does not fit the file.
    """
    found = preview(BytesIO(content), layout, most=ROWS_SHOWN)
    if found.mistake is not None:
        raise found.mistake
    return [_sentence(line) for line in found.lines]


def _sentence(line: Line) -> str:
    way = "came in from" if line.pence > 0 else "went out to"
    left = f", which left {pounds(line.balance)}" if line.balance is not None else ""
    return f"{long_date(line.on)}: {pounds(abs(line.pence))} {way} {line.payee or line.text}{left}"


def _column(chosen: str | None, sheet: Sheet) -> str | int | None:
    if not chosen:
        return None
    number = int(chosen)
    return sheet.headings[number - 1] if sheet.headings else number


def _is_heading(row: Sequence[str]) -> bool:
    named = [cell for cell in row if cell]
    return (
        len(named) >= 3
        and len(set(named)) == len(named)
        and not any(any(sign.isdigit() for sign in cell) for cell in named)
    )


def needs_columns(data: BinaryIO, by: User) -> bool:
    """Say whether a file is a CSV of a bank that nobody has told us how to read.

    ``by`` is who sends it.

    Raises:
        StatementError: the file is no statement at all.
    """
    if format_of(data) != "csv" or saved_layout(data, by) is not None:
        return False
    try:
        recognise_layout(data)
    except StatementError:
        return True
    return False
