"""Reports as values: what is said, tables and charts, written as one page, workbook or CSV."""

from wherewithal.reports.files import to_csv, to_html, to_xlsx
from wherewithal.reports.report import Cell, Chart, Column, Report, Section, Table

__all__ = [
    "Cell",
    "Chart",
    "Column",
    "Report",
    "Section",
    "Table",
    "to_csv",
    "to_html",
    "to_xlsx",
]
