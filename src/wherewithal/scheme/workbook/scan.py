"""Look through the inside of a workbook before it is read: its size, its formulas, its errors."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from posixpath import join, normpath
from typing import TypeAlias
from xml.parsers import expat

from wherewithal.scheme.mistakes import Mistake, SchemeMistakes

BIGGEST = 30_000_000
"""How many bytes all parts of a workbook may have when unpacked."""
MOST_ROWS, MOST_COLUMNS = 10_000, 200
CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
BLANK = "This formula has no stored value. Open and save the workbook, or type the value."
ERROR = "This cell shows an error. Mend its formula, or type the value."
At: TypeAlias = "tuple[int, int]"


@dataclass(slots=True)
class Scan:
    """What is wrong with cells of a sheet, by row and column from 1, and what such a cell shows."""

    wrong: dict[At, str] = field(default_factory=dict)
    texts: dict[At, str] = field(default_factory=dict)


class TooLargeError(ValueError):
    """A workbook that no scheme needs: too many rows, columns or bytes, or a DTD in it."""


def scan_book(data: bytes, name: str) -> Mapping[str, Scan]:
    """Return what is wrong with the cells of each sheet.

    Raises:
        SchemeMistakes: it is no Excel workbook, or one far larger than a scheme.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            _weigh(parts)
            return {title: _scan(parts.read(part)) for title, part in _sheets(parts)}
    except TooLargeError as much:
        mend = f"This is larger than any scheme ({much}). Take out what does not belong to it."
    except (zipfile.BadZipFile, KeyError, expat.ExpatError, zlib.error, ValueError,
            NotImplementedError, RuntimeError, EOFError):  # fmt: skip
        mend = "This is not an Excel workbook. Save it as .xlsx, without a password, and send that."
    raise SchemeMistakes(name, [Mistake(0, "", "the workbook", mend)])


def _weigh(parts: zipfile.ZipFile) -> None:
    if sum(part.file_size for part in parts.infolist()) > BIGGEST:
        raise TooLargeError(f"more than {BIGGEST // 1_000_000} megabytes when unpacked")


def _sheets(parts: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Return the title of each sheet and the part that holds it."""
    links: dict[str, str] = {}
    titles: list[tuple[str, str]] = []

    def link(tag: str, given: Mapping[str, str]) -> None:
        if tag == "Relationship":
            links[given["Id"]] = normpath(join("/xl", given["Target"])).lstrip("/")

    def sheet(tag: str, given: Mapping[str, str]) -> None:
        if tag == "sheet":
            key = next(value for key, value in given.items() if key.split(":")[-1] == "id")
            titles.append((given["name"], key))

    _parse(parts.read("xl/_rels/workbook.xml.rels"), link)
    _parse(parts.read("xl/workbook.xml"), sheet)
    return [(title, links[key]) for title, key in titles if links[key] in parts.namelist()]


def _parse(
    text: bytes,
    start: Callable[[str, Mapping[str, str]], None],
    end: Callable[[str], None] = lambda tag: None,
    said: Callable[[str], None] = lambda text: None,
) -> None:
    parser = expat.ParserCreate()

    def doctype(*_: object) -> None:
        raise TooLargeError("it declares a document type")

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = lambda tag, given: start(tag.split(":")[-1], given)
    parser.EndElementHandler = lambda tag: end(tag.split(":")[-1])
    parser.CharacterDataHandler = said
    parser.Parse(text, True)


class _Cells:
    """Follows the cells of a sheet as its XML goes by."""

    def __init__(self) -> None:
        self.scan = Scan()
        self.row = self.column = 0
        self.error = self.formula = self.inside = False
        self.text = ""

    def start(self, tag: str, given: Mapping[str, str]) -> None:
        if tag == "row":
            self.row, self.column = int(given.get("r", self.row + 1)), 0
        elif tag == "c":
            self.row, self.column = _at(given.get("r", ""), (self.row, self.column + 1))
            self.error, self.formula, self.text = given.get("t") == "e", False, ""
        elif tag == "f":
            self.formula = True
        elif tag in ("v", "t"):
            self.inside = True

    def said(self, text: str) -> None:
        if self.inside:
            self.text += text

    def end(self, tag: str) -> None:
        if tag in ("v", "t"):
            self.inside = False
        elif tag == "c":
            self._note()

    def _note(self) -> None:
        if self.text and (self.row > MOST_ROWS or self.column > MOST_COLUMNS):
            raise TooLargeError(f"over {MOST_ROWS} rows or {MOST_COLUMNS} columns")
        at = (self.row, self.column)
        if self.error:
            self.scan.wrong[at], self.scan.texts[at] = ERROR, self.text
        elif self.formula and not self.text.strip():
            self.scan.wrong[at] = BLANK


def _at(name: str, otherwise: At) -> At:
    """Return the row and column of a cell's name, like B3; counted on where it has none."""
    found = CELL.fullmatch(name)
    if found is None:
        return otherwise
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column


def _scan(text: bytes) -> Scan:
    cells = _Cells()
    _parse(text, cells.start, cells.end, cells.said)
    return cells.scan
