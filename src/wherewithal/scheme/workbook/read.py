"""Read the rows of a scheme's workbook: what stands in its cells, and nothing is ever run."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from difflib import get_close_matches
from typing import TypeAlias

from wherewithal.scheme.mistakes import Mistake, SchemeMistakes
from wherewithal.scheme.workbook.scan import Scan, scan_book
from wherewithal.scheme.workbook.sheets import SHEETS, Sheet

Value: TypeAlias = "str | int | float | bool | date | datetime | time | timedelta"
FURTHER = re.compile(r"(step|amount) [1-9][0-9]?")
DIGITS = 15
"""A spreadsheet keeps this many digits of a number, and no more."""
OWN = "#"
"""What the heading of a column begins with that belongs to the council alone."""
TOP = 10


@dataclass(frozen=True, slots=True, eq=False)
class SheetRow:
    """A row with the texts of its cells by their columns; ``number`` counts from 1."""

    sheet: str
    number: int
    cells: Mapping[str, str]

    def where(self, column: str) -> str:
        """Say where a cell of this row stands."""
        return place(self.sheet, self.number, column)


Book: TypeAlias = "dict[str, list[SheetRow]]"


def place(sheet: str, row: int, column: str) -> str:
    """Say where a cell stands."""
    return f"{sheet}, row {row}, column {column}"


def read_book(data: bytes, name: str) -> tuple[Book, list[Mistake]]:
    """Return the rows of every sheet, and what is wrong with single cells.

    Raises:
        SchemeMistakes: it is no workbook, or lacks a sheet or a heading.
    """
    scans = scan_book(data, name)
    grids = _grids(data, name)
    book: Book = {}
    found: list[Mistake] = []
    lost: list[Mistake] = []
    for sheet in SHEETS:
        known = next((title for title in grids if _same(title, sheet.name)), None)
        if known is None:
            book[sheet.name] = []
            lost += _missing(sheet, [*grids])
            continue
        reader = _Reader(sheet, scans.get(known, Scan()), found)
        rows = reader.rows(grids[known])
        lost += reader.lost
        book[sheet.name] = rows
    if lost:
        raise SchemeMistakes(name, lost)
    return book, found


def _same(title: str, name: str) -> bool:
    return " ".join(title.split()).lower() == name.lower()


def _missing(sheet: Sheet, titles: Sequence[str]) -> list[Mistake]:
    if sheet.name == "Notes":
        return []
    near = get_close_matches(sheet.name, titles, n=1)
    hint = f"Is it the sheet {near[0]}?" if near else "Leave it without rows where you need none."
    return [Mistake(0, "", f"sheet {sheet.name}", f"This sheet is not there. Put it back. {hint}")]


def _grids(data: bytes, name: str) -> dict[str, list[list[Value]]]:
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError:
        raise ModuleNotFoundError(
            'To read a workbook, run: pip install "wherewithal[analysis]"'
        ) from None
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = book.sheet_names
        return {
            title: book.get_sheet_by_name(title).to_python(skip_empty_area=False) for title in names
        }
    except (CalamineError, zipfile.BadZipFile, ValueError, OSError) as error:
        mend = f"This workbook can't be read ({error}). Save it again as an Excel workbook (.xlsx)."
        raise SchemeMistakes(name, [Mistake(0, "", "the workbook", mend)]) from None


class _Reader:
    """Reads one sheet; ``lost`` holds what keeps its rows from being read at all."""

    def __init__(self, sheet: Sheet, scan: Scan, found: list[Mistake]) -> None:
        self.sheet, self.scan, self.found = sheet, scan, found
        self.lost: list[Mistake] = []

    def rows(self, grid: Sequence[Sequence[Value]]) -> list[SheetRow]:
        """Return the rows below the headings, without empty ones."""
        heads = [[_plain(value).lower() for value in row] for row in grid[:TOP]]
        at = next((n for n, row in enumerate(heads) if self.sheet.key in row), None)
        if at is None:
            mend = f"Write the headings in one row near the top; one is `{self.sheet.key}`."
            self.lost.append(Mistake(0, "", f"sheet {self.sheet.name}", mend))
            return []
        columns = self._columns(heads[at], at + 1)
        read = (
            self._row(number, cells, columns)
            for number, cells in enumerate(grid[at + 1 :], start=at + 2)
        )
        return [row for row in read if row is not None]

    def _columns(self, heads: Sequence[str], row: int) -> dict[int, str]:
        known = [heading.name for heading in self.sheet.headings]
        columns: dict[int, str] = {}
        for column, text in enumerate(heads):
            name = text.replace("-", " ")
            if not name or name.startswith(OWN):
                continue
            where = f"{self.sheet.name}, row {row}"
            further = self.sheet.name == "Options" and FURTHER.fullmatch(name)
            if name in columns.values():
                mend = "Two columns have this heading. Keep one."
                self.lost.append(Mistake(0, text, where, mend))
            elif name not in known and not further:
                near = get_close_matches(name, known, n=1)
                hint = f"Did you mean `{near[0]}`?" if near else f"Known: {', '.join(known)}."
                mend = f"No column is called this. {hint} Begin your own headings with {OWN}."
                self.lost.append(Mistake(0, text, where, mend))
            else:
                columns[column] = name
        here = columns.values()
        needed = [h.name for h in self.sheet.headings if h.name not in here and not h.later]
        if needed:
            mend = f"These headings are missing: {', '.join(needed)}. Put them back."
            self.lost.append(Mistake(0, "", f"{self.sheet.name}, row {row}", mend))
        return columns

    def _row(
        self, number: int, cells: Sequence[Value], columns: Mapping[int, str]
    ) -> SheetRow | None:
        row = {
            name: self._cell((number, column + 1), cells[column], name)
            for column, name in columns.items()
        }
        blank = not any(row.values()) and not any(
            (number, column + 1) in self.scan.wrong for column in columns
        )
        return None if blank else SheetRow(self.sheet.name, number, row)

    def _cell(self, at: tuple[int, int], value: Value, column: str) -> str:
        if at in self.scan.wrong:
            mend = self.scan.wrong[at]
            self._refuse(at[0], column, self.scan.texts.get(at, ""), mend)
            return ""
        if column == "note" and isinstance(value, str):
            return value.replace("\r\n", "\n").rstrip()
        text = _plain(value)
        if isinstance(value, float) and len(Decimal(repr(value)).as_tuple().digits) > DIGITS:
            mend = f"A spreadsheet keeps {DIGITS} digits of a number. Round it, or type it as text."
            self._refuse(at[0], column, text, mend)
        return text

    def _refuse(self, row: int, column: str, value: str, mend: str) -> None:
        self.found.append(Mistake(0, value, place(self.sheet.name, row, column), mend))


def _plain(value: Value) -> str:
    """Return a cell's value as a text; a number with the digits it is shown with."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _digits(value)
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return " ".join(str(value).split())


def _digits(value: float) -> str:
    number = Decimal(repr(value))
    if not number.is_finite():
        return str(number)
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
