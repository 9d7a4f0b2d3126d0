"""One door for every statement file: its format is told from its bytes."""

from collections.abc import Iterator
from typing import BinaryIO

from wherewithal.banking.statements.camt053 import read_camt053
from wherewithal.banking.statements.csv_map import read_csv
from wherewithal.banking.statements.guess import recognise_layout
from wherewithal.banking.statements.layout import Layout
from wherewithal.banking.statements.mt940 import read_mt940
from wherewithal.banking.statements.ofx import read_ofx
from wherewithal.banking.statements.statement import Line, Statement, StatementError

_HEAD = 4096
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\x00", b"MM\x00*")
_NO_STATEMENT = (
    (b"%PDF", "This is a PDF, which is a picture of a statement.",
     "You can keep it as a photo or PDF. To send its lines, download the same statement as CSV,"
     " OFX, MT940 or camt.053."),
    (b"PK\x03\x04", "This is a spreadsheet or a zip file.",
     "Download the statement as CSV. If it is zipped, unpack it first."),
    (b"\xd0\xcf\x11\xe0", "This is an old spreadsheet file.", "Download the statement as CSV."),
    (b"!Type:", "This is a QIF file, which does not say which account it is of.",
     "Download the statement as CSV, OFX, MT940 or camt.053."),
)  # fmt: skip


def format_of(data: BinaryIO) -> str:
    """Tell a file's format from its first bytes: ``ofx``, ``mt940``, ``camt.053`` or ``csv``.

    Raises:
        StatementError: it is empty, a picture, a PDF, a spreadsheet, a web page or other XML.
    """
    data.seek(0)
    head = data.read(_HEAD)
    data.seek(0)
    bare = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not bare:
        raise StatementError("This file is empty.", "Download the statement again.")
    for mark, wrong, mend in _NO_STATEMENT:
        if bare.startswith(mark):
            raise StatementError(wrong, mend)
    if bare.startswith(_PICTURES) or head[4:8] == b"ftyp":
        raise StatementError(
            "This is a picture.",
            "You can keep it as a photo or PDF. To send its lines, download the same statement as"
            " CSV, OFX, MT940 or camt.053.",
        )
    if b"OFXHEADER" in head or b"<OFX>" in head:
        return "ofx"
    if bare.startswith((b":20:", b"{1:")) or b"\n:20:" in head or b"\n:60F:" in head:
        return "mt940"
    if bare.startswith(b"<") or head.startswith((b"\xff\xfe<", b"\xfe\xff\x00<")):
        return _markup(head)
    return "csv"


def _markup(head: bytes) -> str:
    plain = head.replace(b"\0", b"").lower()
    if b"<html" in plain or b"<!doctype html" in plain:
        raise StatementError(
            "This is a web page. The bank may have asked you to sign in again.",
            "Sign in to the bank and download the statement again.",
        )
    return "camt.053"


def read_statement(data: BinaryIO, *, layout: Layout | None = None, name: str = "") -> Statement:
    """Read a statement of whichever format its bytes show; ``lines`` are read as they are taken.

    ``data`` is open for reading bytes and can be put back to its beginning; it stays open until the
    lines are through. ``layout`` is the column map of a CSV file; without one it must be of a bank
    that is known. Put the lines aside until the last is through: at any mistake a
    :class:`StatementError` says the file's ``name``, the line, the column, the value and the mend,
    and none of them may be kept.

    Raises:
        StatementError: the file is no statement, or a CSV file of no known bank.
    """
    try:
        statement = _read(data, layout)
    except StatementError as mistake:
        mistake.name = name
        raise
    statement.lines = _naming(statement.lines, name)
    return statement


def _read(data: BinaryIO, layout: Layout | None) -> Statement:
    form = format_of(data)
    if form == "ofx":
        return read_ofx(data)
    if form == "mt940":
        return read_mt940(data)
    if form == "camt.053":
        return read_camt053(data)
    return read_csv(data, layout or recognise_layout(data))


def _naming(lines: Iterator[Line], name: str) -> Iterator[Line]:
    try:
        yield from lines
    except StatementError as mistake:
        mistake.name = name
        raise
