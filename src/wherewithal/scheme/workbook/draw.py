"""Draw the sheets of a scheme's workbook: headings, colours, lists to choose from, print."""

import io
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from textwrap import wrap
from typing import TYPE_CHECKING, Any, TypeAlias

from wherewithal.scheme.document.emit import Bare
from wherewithal.scheme.scheme import Scheme
from wherewithal.scheme.workbook.lay_out import Row, Rows
from wherewithal.scheme.workbook.sheets import (
    ABOUT,
    README,
    SHEETS,
    Heading,
    Sheet,
    amount_headings,
)

if TYPE_CHECKING:
    from types import ModuleType

Formats: TypeAlias = "Mapping[str, Any]"

LONGEST_CELL = 32_767
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
FIRST_DAY = date(1901, 1, 1)
"""Earlier days are written as text: spreadsheets disagree about them."""
HEAD = 1
"""The row of headings, counted from 0; the row above says what the sheet is."""
A4 = 9
LINE = 15
"""How high one line of text stands."""
TALLEST = 400
BASE: Mapping[str, Any] = {"font_name": "Arial", "font_size": 11, "valign": "top"}
LOOKS: Mapping[str, Mapping[str, Any]] = {
    "text": {"text_wrap": True, "indent": 1},
    "marked": {"text_wrap": True, "indent": 1, "quote_prefix": True},
    "code": {"bold": True},
    "input": {
        "align": "right",
        "indent": 1,
        "bg_color": "#FFF4CC",
        "border": 1,
        "border_color": "#E0D6B0",
    },
    "date": {"num_format": "yyyy-mm-dd", "align": "left"},
    "head": {"bold": True, "font_color": "#FFFFFF", "bg_color": "#0B4F4A", "text_wrap": True},
    "tells": {"italic": True, "font_color": "#3B4A49"},
    "title": {"bold": True, "font_size": 18},
    "part": {"bold": True, "valign": "bottom", "font_size": 13, "font_color": "#0B4F4A"},
}


def draw_book(scheme: Scheme, rows: Rows) -> bytes:
    """Return a workbook with these rows.

    Raises:
        ValueError: a text is too long for a cell.
        ModuleNotFoundError: the part of the installation that writes workbooks is not there.
    """
    file = io.BytesIO()
    book = _writer().Workbook(
        file,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    day = scheme.source.date
    made = datetime(max(day.year, 1901), day.month, day.day)  # noqa: DTZ001  # a day of the scheme
    book.set_properties({"title": scheme.title, "created": made})
    formats = {name: book.add_format({**BASE, **look}) for name, look in LOOKS.items()}
    _read_me(book.add_worksheet(README), scheme, formats)
    for sheet in SHEETS:
        _draw(book.add_worksheet(sheet.name), sheet, rows, formats, scheme)
    book.close()
    return file.getvalue()


def _writer() -> "ModuleType":
    try:
        import xlsxwriter
    except ImportError:
        raise ModuleNotFoundError(
            'To write a workbook, run: pip install "wherewithal[analysis]"'
        ) from None
    module: ModuleType = xlsxwriter
    return module


def _headings(sheet: Sheet, rows: Sequence[Row]) -> tuple[Heading, ...]:
    """Return a sheet's columns; the options have as many amounts beside them as it takes."""
    if sheet.name != "Options":
        return sheet.headings
    count = sum(any(f"step {number}" in row for row in rows) for number in range(1, 100))
    place = next(n for n, each in enumerate(sheet.headings) if each.name == "points") + 1
    return (*sheet.headings[:place], *amount_headings(max(1, count)), *sheet.headings[place:])


def _draw(page: Any, sheet: Sheet, rows: Rows, formats: Formats, scheme: Scheme) -> None:
    written = rows[sheet.name]
    headings = _headings(sheet, written)
    page.write_string(0, 0, sheet.tells, formats["tells"])
    page.set_row(0, 20, formats["tells"])
    for column, heading in enumerate(headings):
        look = formats["input"] if heading.input else formats["text"]
        page.set_column(column, column, heading.width, look)
        page.write_string(HEAD, column, heading.name, formats["head"])
        page.write_comment(HEAD, column, heading.tells, {"x_scale": 2, "font_size": 9})
        _choose(page, column, heading, (HEAD + 1, HEAD + len(written) + sheet.spare), rows)
    page.set_row(HEAD, LINE * max(_lines(each.name, each.width) for each in headings))
    for number, row in enumerate(written, start=HEAD + 1):
        tall = max(_lines(row.get(each.name, ""), each.width) for each in headings)
        page.set_row(number, min(TALLEST, LINE * tall))
        for column, heading in enumerate(headings):
            if text := row.get(heading.name, ""):
                _write(page, (number, column), text, heading, formats)
    if sheet.name == "About":
        _choose_about(page, rows)
    page.freeze_panes(HEAD + 1, 1)
    page.autofilter(HEAD, 0, HEAD + max(1, len(written)), len(headings) - 1)
    _print(page, scheme, sheet.name)


def _lines(text: str, width: int) -> int:
    """Return about how many lines a text takes in a column."""
    return sum(max(1, len(wrap(row, max(4, int(width * 0.92))))) for row in text.split("\n"))


def _print(page: Any, scheme: Scheme, name: str) -> None:
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEAD)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    title = f"{scheme.code} {scheme.version}".replace("&", "&&")[:80]
    page.set_footer(f"&L{title}, {name.replace('&', '&&')}&RPage &P of &N")


def _write(page: Any, at: tuple[int, int], text: str, heading: Heading, formats: Formats) -> None:
    if len(text) > LONGEST_CELL:
        raise ValueError(
            f"{heading.name} has {len(text)} letters and a cell holds {LONGEST_CELL}. Shorten "
            f"the text that begins “{text[:40]}”."
        )
    look = "input" if heading.input else "code" if heading.name == "code" else "text"
    if isinstance(text, Bare) and (number := as_number(text)) is not None:
        page.write_number(*at, number, formats[look])
    elif heading.name == "date" and date.fromisoformat(text) >= FIRST_DAY:
        day = datetime.fromisoformat(text)
        page.write_datetime(*at, day, formats["date"])
    else:
        risky = not isinstance(text, Bare) and text[0] in "=+-@"
        page.write_string(*at, text, formats["marked" if risky else look])


def as_number(text: str) -> float | None:
    """Return a number that comes back from a cell with the very same digits, or nothing.

    A spreadsheet keeps 15 digits; a longer number is written as text instead.
    """
    if not NUMBER.fullmatch(text):
        return None
    number, wanted = float(text), Decimal(text)
    kept = float(f"{number:.16G}")
    short = len(wanted.normalize().as_tuple().digits) <= 15 and abs(wanted) < 10**15
    return number if short and kept == number and Decimal(repr(number)) == wanted else None


def _choose(page: Any, column: int, heading: Heading, span: tuple[int, int], rows: Rows) -> None:
    """Let a cell be chosen from a list; a list of codes follows what stands on its sheet."""
    source: object = list(heading.choices)
    if heading.listed:
        spare = next(sheet.spare for sheet in SHEETS if sheet.name == heading.listed)
        last = HEAD + 1 + len(rows[heading.listed]) + spare
        source = f"='{heading.listed}'!$A${HEAD + 2}:$A${last}"
    if source and span[1] >= span[0]:
        page.data_validation(span[0], column, span[1], column, _listing(source, heading.tells))


def _choose_about(page: Any, rows: Rows) -> None:
    for number, row in enumerate(rows["About"], start=HEAD + 1):
        tells, choices = ABOUT[row["what"]]
        source: object = list(choices)
        if row["what"] == "source":
            source = f"='Sources'!$A${HEAD + 2}:$A${HEAD + 51 + len(rows['Sources'])}"
        if source:
            page.data_validation(number, 1, number, 1, _listing(source, tells))


def _listing(source: object, tells: str) -> dict[str, object]:
    return {
        "validate": "list",
        "source": source,
        "error_title": "Choose from the list",
        "error_message": tells[:255],
    }


def _read_me(page: Any, scheme: Scheme, formats: Formats) -> None:
    """Say in plain words what each sheet is and how to go on."""
    page.set_column(0, 0, 24, formats["text"])
    page.set_column(1, 1, 90, formats["text"])
    page.hide_gridlines(2)
    page.write_string(0, 0, scheme.title, formats["title"])
    for number, (what, told) in enumerate(_words(scheme), start=2):
        look = formats["code"] if told else formats["part"]
        page.set_row(number, LINE * max(_lines(told, 84), 1 if told else 2))
        page.write_string(number, 0, what, look)
        page.write_string(number, 1, told, formats["text"])
    page.set_portrait()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.set_footer("&RPage &P of &N")


def _words(scheme: Scheme) -> list[tuple[str, str]]:
    return [
        ("What this is", ""),
        ("This file", f"All of the scheme {scheme.code}, version {scheme.version}: what is asked, "
                      "what each answer adds, and what an hour of support costs."),
        ("How to use it", ""),
        ("Yellow cells", "Numbers that you set. Most changes are made here."),
        ("Headings", "Leave them as they are. Rest the mouse on one to see what it is for."),
        ("New rows", "Write them below the others, or put a row in. Their order is kept."),
        ("Codes", "Short names that sheets use for rows of other sheets. Change them everywhere."),
        ("Numbers", "Write 12 or 12.5, without a pound sign or commas. No digit is lost. More than "
                    "15 digits, or a fraction like 1/7, must be typed as text."),
        ("Formulas", "You may use them. Only the value they show is read; it must not be blank or "
                     "longer than 15 digits, so round it."),
        ("Your own columns", "Begin the heading with #. They are not read, and not kept."),
        ("How to go back", ""),
        ("Check", "wherewithal scheme check YOUR-FILE.xlsx names every mistake with its sheet, row "
                  "and column."),
        ("Read it in", "wherewithal scheme import YOUR-FILE.xlsx --out YOUR-FILE.yaml"),
        ("See what changed", "wherewithal scheme diff OLD.yaml YOUR-FILE.xlsx"),
        ("The sheets", ""),
        *((sheet.name, sheet.tells) for sheet in SHEETS),
        ("What is sure", ""),
        ("This scheme", "This workbook was written from the scheme with this hash. Another hash "
                        "means another content."),
        ("Hash", scheme.hash),
    ]  # fmt: skip
