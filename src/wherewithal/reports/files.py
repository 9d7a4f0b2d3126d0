"""A report as a file: one page, one workbook; or one of its tables as comma-separated text."""

import csv
from importlib import import_module
from io import StringIO
from types import ModuleType
from typing import TYPE_CHECKING

from wherewithal.reports.cells import heading, plainly
from wherewithal.spreadsheets import safe_cell

if TYPE_CHECKING:
    from wherewithal.reports.report import Report, Table


def to_html(report: "Report") -> str:
    """Return a report as one HTML page that needs nothing else: no script, font or picture file.

    Raises:
        ImportError: jinja2 is not installed; the message says how to.
    """
    return str(_needs("page", "jinja2").page(report))


def to_xlsx(report: "Report") -> bytes:
    """Return a report as a workbook with a sheet for each table; nothing in it can run.

    Raises:
        ImportError: xlsxwriter is not installed; the message says how to.
    """
    return bytes(_needs("workbook", "xlsxwriter").workbook(report))


def to_csv(table: "Table") -> str:
    """Return a table as comma-separated text: pounds for pence, and ``too few`` where hidden.

    Text that a spreadsheet would run as a formula is given an apostrophe in front.
    """
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([safe_cell(heading(column)) for column in table.columns])
    for row in table.rows:
        cells = [plainly(cell, column) for cell, column in zip(row, table.columns, strict=True)]
        kinds = [column.kind for column in table.columns]
        writer.writerow([_cell(cell, kind) for cell, kind in zip(cells, kinds, strict=True)])
    return text.getvalue()


def _cell(cell: str | float, kind: str) -> str:
    if isinstance(cell, str):
        return safe_cell(cell)
    return f"{cell:.2f}" if kind == "pence" else str(cell)


def _needs(module: str, library: str) -> ModuleType:
    try:
        return import_module(f"wherewithal.reports.{module}")
    except ImportError as error:
        raise ImportError(
            f'This needs {library}. Install it with: pip install "wherewithal[analysis]"'
        ) from error
