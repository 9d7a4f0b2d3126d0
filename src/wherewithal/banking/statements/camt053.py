"""Statements as ISO 20022 XML: camt.053, every version of it, read as it streams by.

Only booked entries count; pending ones are named in a note. No document type is allowed, so nothing
in the XML can be expanded or fetched. Each entry is dropped as soon as it is read.
"""

import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import BinaryIO, TypeVar
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser
from xml.parsers import expat

from wherewithal.banking.statements.statement import (
    Line,
    Statement,
    StatementError,
    counted,
    prove,
)
from wherewithal.banking.statements.text import tidy
from wherewithal.banking.statements.values import (
    account_name,
    eight_digit_day,
    iso_amount,
    pounds_only,
)
from wherewithal.money import pounds

_LONGEST = 1 << 22  # bytes without one whole entry: a batch of some thousand payments has fewer
_DEEPEST = 60
_PIECE = 1 << 14
_DAMAGED = "The file may be damaged. Download it again."
_OTHERS = {
    "BkToCstmrAcctRpt": "a report during the day (camt.052)",
    "BkToCstmrDbtCdtNtfctn": "a note of single payments (camt.054)",
}
_MESSAGE = re.compile(rb"<([\w.-]+:)?BkToCstmrStmt")
_TAG_GOES_ON = frozenset({b">", b" ", b"\n", b"\r", b"\t", b"/"})
_Value = TypeVar("_Value")
Part = tuple[str, Element, int]


@dataclass(slots=True)
class _Page:
    """What is known of the statement at hand, while its parts go by."""

    statement: Statement
    account: str = ""
    opening: int | None = None
    closing: int | None = None
    closes_at: int = 0
    net: int = 0
    days: dict[str, date] = field(default_factory=dict)


def read_camt053(data: BinaryIO) -> Statement:
    """Read a camt.053 file, its lines as they come.

    Raises:
        StatementError: while ``lines`` are gone through, at the first mistake.
    """
    statement = Statement("camt.053", iter(()))
    statement.lines = counted(statement, _lines(statement, data))
    return statement


def _lines(statement: Statement, data: BinaryIO) -> Iterator[Line]:
    page = _Page(statement)
    for name, element, place in _parts(data):
        try:
            if name == "Ntry":
                line = _entry(page, element, place)
                if line is not None:
                    yield line
            elif name == "Bal":
                _balance(page, element, place)
            elif name == "Acct":
                _account(page, element)
            elif name == "Stmt":
                _end(page)
        except StatementError as mistake:
            mistake.place = mistake.place or place
            raise


def _parts(data: BinaryIO) -> Iterator[Part]:
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
            waiting = 0
            yield _local(part), part, places.of(_local(part))
        if waiting > _LONGEST or _is_deep(root):
            raise StatementError(
                "Here is a very long text or list, or a very deep one, as no bank writes it.",
                _DAMAGED,
                place=places.line,
            )
        if not piece:
            return


class _Places:
    """The lines of the file on which parts begin, in their order."""

    def __init__(self) -> None:
        self.line = 1
        self.rest = b""
        self.prefix: bytes | None = None
        self.begun: deque[tuple[str, int]] = deque()

    def look(self, piece: bytes) -> None:
        """Note where parts begin in the next piece of the file."""
        text, at = self.rest + piece, 0
        if self.prefix is None and (found := _MESSAGE.search(text)):
            self.prefix = found[1] or b""
        for start, name in () if self.prefix is None else sorted(self._starts(text, self.prefix)):
            self.line += text.count(b"\n", at, start)
            at = start
            self.begun.append((name, self.line))
        last = text.rfind(b"<", max(at + 1, len(text) - 200))
        cut = last if last > 0 and b">" not in text[last:] else len(text)
        self.line += text.count(b"\n", at, cut)
        self.rest = text[cut:]

    def _starts(self, text: bytes, prefix: bytes) -> Iterator[tuple[int, str]]:
        for name in ("Ntry", "Bal", "Acct"):
            tag = b"<" + prefix + name.encode()
            at = text.find(tag)
            while at >= 0:
                if text[at + len(tag) : at + len(tag) + 1] in _TAG_GOES_ON:
                    yield at, name
                at = text.find(tag, at + len(tag))

    def of(self, name: str) -> int:
        """Return the line the next part of a name begins on; 0 for a part that is not noted."""
        if name not in {"Ntry", "Bal", "Acct"}:
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
            _DAMAGED,
            place=line,
        ) from mistake


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _message(root: Element, *, ended: bool) -> Element | None:
    """Return the element that holds the statements, once it has begun."""
    level, name = root, ""
    for _ in range(4):
        for child in level:
            name = _local(child)
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
            column=_local(root[0][0]) if len(root) and len(root[0]) else name,
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
        if _local(statement) == "Stmt":
            yield from whole
            del statement[: len(whole)]
        if not over:
            return
        if _local(statement) == "Stmt":
            yield statement
        message.remove(statement)


class _Tags(dict[str, str]):
    """The names of elements with their namespace in front, each put together once."""

    def __init__(self, space: str) -> None:
        super().__init__()
        self.space = space

    def __missing__(self, name: str) -> str:
        self[name] = f"{self.space}{name}"
        return self[name]


_tags = lru_cache(maxsize=8)(_Tags)


def _read(element: Element, name: str, read: Callable[[str], _Value]) -> _Value:
    try:
        return read((element.text or "").strip())
    except StatementError as mistake:
        mistake.column = name
        raise


def _child(element: Element, *names: str) -> Element | None:
    """Return the element at the end of a path, if it is there."""
    at: Element | None = element
    for name in names:
        if at is None:
            return None
        at = at.find(name)
    return at


def _text(element: Element, *names: str) -> str:
    """Return the text at the end of a path, or nothing."""
    at: Element | None = element
    for name in names:
        if at is None:
            return ""
        at = at.find(name)
    return "" if at is None else (at.text or "").strip()


def _account(page: _Page, element: Element) -> None:
    t = _tags(element.tag[:-4])
    currency = element.find(t["Ccy"])
    if currency is not None:
        _read(currency, "Acct/Ccy", pounds_only)
    number = _child(element, t["Id"], t["IBAN"])
    if number is None:
        number = _child(element, t["Id"], t["Othr"], t["Id"])
    page.account = "" if number is None else _read(number, "Acct/Id", account_name)
    page.statement.sums(page.account)


def _signed(element: Element, t: _Tags, name: str) -> int:
    """Return the pence of an entry or a balance, money out below zero."""
    amount, way = element.find(t["Amt"]), element.find(t["CdtDbtInd"])
    if amount is None or way is None:
        column = f"{name}/{'Amt' if amount is None else 'CdtDbtInd'}"
        raise StatementError("This element is missing.", _DAMAGED, column=column)
    try:
        pounds_only(amount.get("Ccy", "GBP"))
    except StatementError as mistake:
        mistake.column = "Ccy"
        raise
    return _read(amount, f"{name}/Amt", iso_amount) * _read(way, f"{name}/CdtDbtInd", _way)


def _way(text: str) -> int:
    if text not in {"CRDT", "DBIT"}:
        raise StatementError("This is neither CRDT (in) nor DBIT (out).", _DAMAGED, value=text)
    return 1 if text == "CRDT" else -1


def _balance(page: _Page, element: Element, place: int) -> None:
    t = _tags(element.tag[:-3])
    code = _text(element, t["Tp"], t["CdOrPrtry"], t["Cd"])
    if code in {"OPBD", "PRCD"} or (code == "ITBD" and page.opening is None):
        page.opening = _signed(element, t, "Bal")
        _joins(page, page.opening)
    elif code in {"CLBD", "ITBD"}:
        page.closing, page.closes_at = _signed(element, t, "Bal"), place


def _joins(page: _Page, opening: int) -> None:
    sums = page.statement.sums(page.account)
    if sums.opening is None and not sums.lines:
        sums.opening = opening
    elif sums.closing is not None and sums.closing != opening:
        raise StatementError(
            f"This statement begins with {pounds(opening)}, and the one before it ended with "
            f"{pounds(sums.closing)}.",
            "A day may be missing. Download the whole time again.",
            column="Bal/Amt",
        )


def _entry(page: _Page, entry: Element, place: int) -> Line | None:
    t = _tags(entry.tag[:-4])
    pence = _signed(entry, t, "Ntry")
    status = _text(entry, t["Sts"]) or _text(entry, t["Sts"], t["Cd"])
    if status not in {"BOOK", ""}:
        page.statement.note("Entries that are not booked yet were left out.")
        return None
    page.net += pence
    names, said = _told(entry, t, "Cdtr" if pence < 0 else "Dbtr")
    payee = tidy("; ".join(names))
    text = tidy(" ".join(dict.fromkeys(said)))
    return Line(
        _booked(page, entry, t),
        pence,
        payee or text,
        text or payee,
        _kind(entry, t),
        None,
        place,
        page.account,
        _text(entry, t["AcctSvcrRef"]),
    )


def _booked(page: _Page, entry: Element, t: _Tags) -> date:
    """Return the day an entry was booked, or else its value day."""
    day = entry.find(t["BookgDt"])
    if day is None:
        day = entry.find(t["ValDt"])
    written = "" if day is None else _text(day, t["Dt"]) or _text(day, t["DtTm"])
    known = page.days.get(written[:10])
    if known is None:
        try:
            known = page.days[written[:10]] = eight_digit_day(written)
        except StatementError as mistake:
            mistake.column = "Ntry/BookgDt"
            raise
    return known


def _told(entry: Element, t: _Tags, party: str) -> tuple[dict[str, None], list[str]]:
    """Return the names of the other side, and every text about an entry."""
    names: dict[str, None] = {}
    said: list[str] = []
    for details in entry.findall(t["NtryDtls"]):
        for payment in details.findall(t["TxDtls"]):
            side = _child(payment, t["RltdPties"], t[party])
            if side is not None:
                name = _text(side, t["Nm"]) or _text(side, t["Pty"], t["Nm"])
                if name:
                    names[name] = None
            about = payment.find(t["RmtInf"])
            if about is not None:
                said += [each.text or "" for each in about.findall(t["Ustrd"])]
            said.append(_text(payment, t["AddtlTxInf"]))
    said.append(_text(entry, t["AddtlNtryInf"]))
    return names, [text for text in said if text]


def _kind(entry: Element, t: _Tags) -> str:
    """Return the bank's own code of what an entry is, or else ISO's."""
    code = entry.find(t["BkTxCd"])
    if code is None:
        return ""
    own = _text(code, t["Prtry"], t["Cd"])
    if own:
        return own
    domain = code.find(t["Domn"])
    if domain is None:
        return ""
    words = (_text(domain, t["Cd"]), _text(domain, t["Fmly"], t["SubFmlyCd"]))
    return "-".join(filter(None, words))


def _end(page: _Page) -> None:
    prove(page.opening, page.net, page.closing, place=page.closes_at)
    if page.closing is not None:
        page.statement.sums(page.account).closing = page.closing
    page.account, page.opening, page.closing, page.net = "", None, None, 0
