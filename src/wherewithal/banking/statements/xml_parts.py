"""The parts of a camt file, one after another, each dropped as soon as it is read.

The parser builds elements as the file goes by; what cannot grow any more is taken away and handed
out. No document type is allowed, and nothing may be endlessly long or deep.
"""

import re
from collections import deque
from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser
from xml.parsers import expat

from wherewithal.banking.statements.statement import StatementError

_LONGEST = 1 << 22  # bytes without one whole entry: a batch of some thousand payments has fewer
_DEEPEST = 60
_PIECE = 1 << 16
DAMAGED = "The file may be damaged. Download it again."
_OTHERS = {
    "BkToCstmrAcctRpt": "a report during the day (camt.052)",
    "BkToCstmrDbtCdtNtfctn": "a note of single payments (camt.054)",
}
_MESSAGE = re.compile(rb"<([\w.-]+:)?BkToCstmrStmt")
_NOTED = frozenset({"Ntry", "Bal", "Acct"})
Part = tuple[str, Element, int]


def parts(data: BinaryIO) -> Iterator[Part]:
    """Go through the whole parts of each statement: name, element and line of the file.

    After the last part of a statement comes the statement itself, emptied.
    """
    builder = TreeBuilder()
    root = builder.start("file", {})
    parser = XMLParser(target=builder)  # noqa: S314  # document types are refused before
    places = _Places()
    waiting = 0
    _refuse_document_type(data)
    message: Element | None = None
    while True:
        piece = data.read(_PIECE)
        places.look(piece)
        _feed(parser, piece)
        if message is None:
            message = _message(root, ended=not piece)
        waiting += len(piece)
        for part in () if message is None else _finished(message, ended=not piece):
            waiting, name = 0, local_name(part)
            yield name, part, places.of(name)
        if waiting > _LONGEST or _is_deep(root):
            raise StatementError(
                "Here is a very long text or list, or a very deep one, as no bank writes it.",
                DAMAGED,
                place=places.line,
            )
        if not piece:
            return


class _Places:
    """The lines of the file on which parts begin, in their order."""

    def __init__(self) -> None:
        self.line = 1
        self.rest = b""
        self.begins: re.Pattern[bytes] | None = None
        self.begun: deque[tuple[str, int]] = deque()

    def look(self, piece: bytes) -> None:
        """Note where parts begin in the next piece of the file."""
        text, at = self.rest + piece, 0
        if self.begins is None and (found := _MESSAGE.search(text)):
            names = "|".join(_NOTED).encode()
            self.begins = re.compile(
                b"<" + re.escape(found[1] or b"") + b"(" + names + rb")(?=[>\s/])"
            )
        for found in () if self.begins is None else self.begins.finditer(text):
            self.line += text.count(b"\n", at, found.start())
            at = found.start()
            self.begun.append((found[1].decode(), self.line))
        last = text.rfind(b"<", max(at + 1, len(text) - 200))
        cut = last if last > 0 and b">" not in text[last:] else len(text)
        self.line += text.count(b"\n", at, cut)
        self.rest = text[cut:]

    def of(self, name: str) -> int:
        """Return the line the next part of a name begins on; 0 for a part that is not noted."""
        if name not in _NOTED:
            return 0
        while self.begun:
            begun, line = self.begun.popleft()
            if begun == name:
                return line
        return 0


def _refuse_document_type(data: BinaryIO) -> None:
    """Read up to the first element with nothing allowed before it, and go back to the start."""
    begun: list[object] = []
    guard = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise StatementError(
            "This file declares a document type, which no statement needs.",
            "It may be made to do harm. Download the statement from the bank again.",
            place=guard.CurrentLineNumber,
        )

    guard.StartDoctypeDeclHandler = refuse
    guard.StartElementHandler = lambda *element: begun.append(element)
    data.seek(0)
    while not begun and (piece := data.read(_PIECE)):
        try:
            guard.Parse(piece, False)  # expat's own call
        except expat.ExpatError:
            break  # the reading itself says what is wrong
    data.seek(0)


def _feed(parser: XMLParser, piece: bytes) -> None:
    try:
        if piece:
            parser.feed(piece)
        else:
            parser.close()
    except ParseError as mistake:
        line, column = mistake.position
        if not piece:
            raise StatementError(
                "This file stops before its end.", "It was cut short. Download it again.",
                place=line,
            ) from mistake  # fmt: skip
        raise StatementError(
            f"From letter {column + 1} of this line on it is not XML "
            f"({expat.ErrorString(mistake.code)}).",
            DAMAGED,
            place=line,
        ) from mistake


def local_name(element: Element) -> str:
    """Return an element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def _message(root: Element, *, ended: bool) -> Element | None:
    """Return the element that holds the statements, once it has begun."""
    level, name = root, ""
    for _ in range(4):
        for child in level:
            name = local_name(child)
            if name == "BkToCstmrStmt":
                return child
            if name in _OTHERS:
                raise StatementError(
                    f"This file is {_OTHERS[name]}.",
                    "Download the end-of-day statement, camt.053.",
                    column=name,
                )
        if len(level):
            level = level[-1]
    if ended:
        raise StatementError(
            "This XML is no bank statement (camt.053).",
            "Download the end-of-day statement, camt.053.",
            column=local_name(root[0][0]) if len(root) and len(root[0]) else name,
        )
    return None


def _is_deep(element: Element) -> bool:
    """Tell whether the elements still open stand deeper in one another than a statement's do."""
    for _ in range(_DEEPEST):
        if not len(element):
            return False
        element = element[-1]
    return True


def _finished(message: Element, *, ended: bool) -> Iterator[Element]:
    """Take away and hand out what cannot grow any more: all but the last child, until the end."""
    while len(message):
        statement = message[0]
        over = ended or len(message) > 1
        whole = statement[:] if over else statement[:-1]
        if local_name(statement) == "Stmt":
            yield from whole
            del statement[: len(whole)]
        if not over:
            return
        if local_name(statement) == "Stmt":
            yield statement
        message.remove(statement)
