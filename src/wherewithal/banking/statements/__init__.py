"""Bank statements, read from the files that banks and card companies give.

:func:`read_statement` is the one door: CSV by a bank's column map, OFX, MT940 and camt.053.
"""

from wherewithal.banking.statements.guess import (
    Guess,
    Preview,
    first_rows,
    guess_map,
    preview,
    recognise_layout,
)
from wherewithal.banking.statements.layout import (
    Layout,
    layout_document,
    packaged_layout,
    packaged_layouts,
    read_layout,
)
from wherewithal.banking.statements.recognise import format_of, read_statement
from wherewithal.banking.statements.statement import Line, Statement, StatementError, Sums

__all__ = [
    "Guess",
    "Layout",
    "Line",
    "Preview",
    "Statement",
    "StatementError",
    "Sums",
    "first_rows",
    "format_of",
    "guess_map",
    "layout_document",
    "packaged_layout",
    "packaged_layouts",
    "preview",
    "read_layout",
    "read_statement",
    "recognise_layout",
]
