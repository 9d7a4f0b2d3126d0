"""A report as a workbook: what it says on the first sheet, then a sheet for each table."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from wherewithal.reports.cells import heading, plainly
from wherewithal.reports.report import Column, Report, Table, tables_of

LONGEST_NAME, WIDEST = 31, 60
FIRST_SHEET = "About"
NEVER_IN_A_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False}  # fmt: skip
NO_DAY = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Said to be when every workbook was made, so that the same report is the same to the byte."""


def workbook(report: Report) -> bytes:
    """Return the workbook's bytes. Every text is written as text, so nothing can run."""
    into = BytesIO()
    with xlsxwriter.Workbook(into, SAFE) as book:
        book.set_properties({"title": report.title, "created": NO_DAY})
        looks = {
            "title": book.add_format({"bold": True, "font_size": 16, "font_color": "#12494d"}),
            "head": book.add_format({"bold": True, "text_wrap": True, "bottom": 2,
                                     "bottom_color": "#12494d", "valign": "bottom"}),
            "bold": book.add_format({"bold": True, "valign": "top"}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
        }  # fmt: skip
        about = book.add_worksheet(FIRST_SHEET)
        names = {FIRST_SHEET.lower()}
        contents = []
        for section in report.sections:
            for table in tables_of(section):
                name = _sheet_name(table.title, names)
                contents.append((name, section.title, table.title))
                _write_table(book, book.add_worksheet(name), table, looks)
        _write_about(about, report, contents, looks)
    return into.getvalue()


def _sheet_name(title: str, taken: set[str]) -> str:
    plain = " ".join(title.translate(NEVER_IN_A_NAME).split()) or "Table"
    name, number = plain[:LONGEST_NAME].strip(), 2
    while name.lower() in taken:
        ending = f" {number}"
        name = plain[: LONGEST_NAME - len(ending)].strip() + ending
        number += 1
    taken.add(name.lower())
    return name


def _write_about(sheet: Any, report: Report, contents: list[Any], looks: dict[str, Any]) -> None:
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, report.title, looks["title"])
    row = 2
    for name, fact in report.facts:
        sheet.write_string(row, 0, name, looks["bold"])
        sheet.write_string(row, 1, fact, looks["text"])
        row += 1
    said = [("", text) for text in report.lead]
    for section in report.sections:
        said += [(section.title if place == 0 else "", t) for place, t in enumerate(section.text)]
    for name, text in said:
        row += 1
        sheet.write_string(row, 0, name, looks["bold"])
        sheet.write_string(row, 1, text, looks["text"])
    row += 2
    for name, section_title, title in contents:
        sheet.write_string(row, 0, name, looks["bold"])
        sheet.write_string(row, 1, f"{section_title}: {title}", looks["text"])
        row += 1


def _write_table(book: Any, sheet: Any, table: Table, looks: dict[str, Any]) -> None:
    sheet.write_string(0, 0, table.title, looks["title"])
    for place, column in enumerate(table.columns):
        sheet.write_string(2, place, heading(column), looks["head"])
        sheet.set_column(place, place, _width(table, place))
    for bold in (False, True):
        formats = [_number_format(book, column, bold=bold) for column in table.columns]
        first = len(table.rows) - table.foot if bold else 0
        last = len(table.rows) if bold else len(table.rows) - table.foot
        for number in range(first, last):
            for place, column in enumerate(table.columns):
                cell = plainly(table.rows[number][place], column)
                if isinstance(cell, str):
                    sheet.write_string(number + 3, place, cell, formats[place])
                else:
                    sheet.write_number(number + 3, place, cell, formats[place])
    sheet.freeze_panes(3, 1)
    if table.note:
        sheet.write_string(len(table.rows) + 4, 0, table.note)


def _width(table: Table, place: int) -> int:
    column = table.columns[place]
    longest = max((len(str(row[place])) for row in table.rows), default=0)
    return min(max(longest, 10 if column.kind == "text" else 12) + 2, WIDEST)


def _number_format(book: Any, column: Column, *, bold: bool) -> Any:
    digits = 2 if column.kind == "pence" and column.digits is None else column.digits or 0
    points = f"#,##0{'.' if digits else ''}{'0' * digits}"
    pattern = f"+{points};-{points};{points}" if column.signed else points
    if column.kind == "text":
        pattern = "@"
    return book.add_format({"num_format": pattern, "bold": bold})
