"""Statements as ISO 20022 XML: camt.053, every version of it, read as it streams by.

Only booked entries count; pending ones are named in a note. The XML is read by expat with no
document type allowed, so nothing in it can be expanded or fetched.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO, TypeVar
from xml.parsers import expat  # nosec  # document types are refused below

from wherewithal.banking.statements.statement import (
    Line,
    Statement,
    StatementError,
    counted,
    prove,
)
from wherewithal.banking.statements.text import PIECE, tidy
from wherewithal.banking.statements.values import (
    account_name,
    eight_digit_day,
    iso_amount,
    pounds_only,
)
from wherewithal.money import pounds

_DEEPEST = 60
_LONGEST = 1 << 16
_DAMAGED = "The file may be damaged. Download it again."
_OPENING = ("OPBD", "PRCD")
_TELLING = ("RmtInf/Ustrd", "TxDtls/AddtlTxInf", "Ntry/AddtlNtryInf")
_WRAPPED = {"Document"}  # some banks put the document into an envelope of their own
_OTHERS = {
    "BkToCstmrAcctRpt": "a report during the day (camt.052)",
    "BkToCstmrDbtCdtNtfctn": "a note of single payments (camt.054)",
}
# The leaves that are kept, by the element they stand in, and the name each is kept by.
_KEPT = {
    (parent, leaf): f"{parent}/{leaf}"
    for leaf, parents in {
        "Amt": "Ntry Bal",
        "CdtDbtInd": "Ntry Bal",
        "Sts": "Ntry",
        "AcctSvcrRef": "Ntry",
        "AddtlNtryInf": "Ntry",
        "Dt": "BookgDt ValDt",
        "DtTm": "BookgDt ValDt",
        "Cd": "Sts CdOrPrtry Domn Prtry",
        "Nm": "Dbtr Cdtr Pty",
        "Ustrd": "RmtInf",
        "AddtlTxInf": "TxDtls",
        "SubFmlyCd": "Fmly",
        "IBAN": "Id",
        "Id": "Othr",
        "Ccy": "Acct",
    }.items()
    for parent in parents.split()
}
_Value = TypeVar("_Value")


@dataclass(slots=True)
class _Page:
    """What is known of the statement at hand, while its elements go by."""

    statement: Statement
    account: str = ""
    opening: int | None = None
    closing: int | None = None
    net: int = 0
    place: int = 0
    values: dict[str, list[str]] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)
    found: list[Line] = field(default_factory=list)


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
    elements = _Elements(page)
    parser = elements.parser
    data.seek(0)
    while True:
        piece = data.read(PIECE)
        try:
            parser.Parse(piece, not piece)
        except StatementError as mistake:
            mistake.place = mistake.place or parser.CurrentLineNumber
            raise
        except expat.ExpatError as mistake:
            raise _not_xml(mistake, ended=not piece) from mistake
        if sum(map(len, elements.texts)) > _LONGEST:
            raise StatementError(
                "Here is a very long text, longer than any bank writes.", _DAMAGED,
                place=parser.CurrentLineNumber,
            )  # fmt: skip
        yield from page.found
        page.found.clear()
        if not piece:
            return


def _not_xml(mistake: expat.ExpatError, *, ended: bool) -> StatementError:
    if ended:
        return StatementError(
            "This file stops before its end.",
            "It was cut short. Download it again.",
            place=mistake.lineno,
        )
    return StatementError(
        f"From letter {mistake.offset + 1} of this line on it is not XML "
        f"({expat.ErrorString(mistake.code)}).",
        _DAMAGED,
        place=mistake.lineno,
    )


class _Elements:
    """The elements a parser goes through: where it is, and the text of the one it is in."""

    def __init__(self, page: _Page) -> None:
        self.page = page
        self.stack = [""]
        self.texts: list[str] = []
        self.names: dict[str, str] = {}
        self.parser = parser = expat.ParserCreate()
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.texts.append
        parser.StartDoctypeDeclHandler = _no_document_type
        parser.EntityDeclHandler = _no_document_type

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin an element; what was kept of the last entry or balance goes."""
        if ":" in name:
            name = self.names.setdefault(name, name.rpartition(":")[2])
        stack = self.stack
        parent = stack[-1]
        stack.append(name)
        if parent == "Stmt":
            self.page.values = {}
            self.page.place = self.parser.CurrentLineNumber
        elif attributes and (parent, name) in _KEPT:
            _pounds(attributes.get("Ccy", "GBP"))
        elif not 5 <= len(stack) <= _DEEPEST:
            _guard(self.page, stack)

    def end(self, name: str) -> None:
        """End an element: keep its text, or make of an entry, balance or account what it says."""
        if self.names:
            name = self.names.get(name, name)
        stack = self.stack
        stack.pop()
        parent = stack[-1]
        if key := _KEPT.get((parent, name)):
            if parent == "Pty":
                key = f"{stack[-2]}/{name}"
            self.page.values.setdefault(key, []).append("".join(self.texts).strip())
        elif parent == "Stmt" and name in _ENDS:
            _ENDS[name](self.page)
        elif name == "Stmt":
            _ended(self.page)
        self.texts.clear()


def _no_document_type(*_: object) -> None:
    raise StatementError(
        "This file declares a document type, which no statement needs.",
        "It may be made to do harm. Download the statement from the bank again.",
    )


def _guard(page: _Page, stack: list[str]) -> None:
    """Hold the file to being a statement of a sane depth; begin each statement in it afresh."""
    if len(stack) > _DEEPEST:
        raise StatementError("Elements stand in elements without an end.", _DAMAGED)
    if len(stack) == 3 and stack[2] not in {"BkToCstmrStmt", "AppHdr"} | _WRAPPED:
        other = _OTHERS.get(stack[2], "no bank statement (camt.053)")
        raise StatementError(
            f"This file is {other}.",
            "Download the end-of-day statement, camt.053.",
            column=stack[2],
        )
    if stack[-1] == "Stmt":
        page.account, page.opening, page.closing, page.net = "", None, None, 0


def _pounds(currency: str) -> None:
    try:
        pounds_only(currency)
    except StatementError as mistake:
        mistake.column = "Ccy"
        raise


def _first(page: _Page, *names: str) -> tuple[str, str]:
    """Return the first of some leaves that is there and not empty: its name and its text."""
    for name in names:
        if found := page.values.get(name):
            for value in found:
                if value:
                    return name, value
    return names[0], ""


def _read(page: _Page, read: Callable[[str], _Value], *names: str) -> _Value:
    name, value = _first(page, *names)
    try:
        return read(value)
    except StatementError as mistake:
        mistake.place, mistake.column = page.place, name
        raise


def _account(page: _Page) -> None:
    _read(page, pounds_only, "Acct/Ccy")
    page.account = _read(page, account_name, "Id/IBAN", "Othr/Id")
    page.statement.sums(page.account)


def _signed(page: _Page, element: str) -> int:
    pence = _read(page, iso_amount, f"{element}/Amt")
    return pence * _read(page, _way, f"{element}/CdtDbtInd")


def _way(text: str) -> int:
    if text not in {"CRDT", "DBIT"}:
        raise StatementError("This is neither CRDT (in) nor DBIT (out).", _DAMAGED, value=text)
    return 1 if text == "CRDT" else -1


def _balance(page: _Page) -> None:
    code = _first(page, "CdOrPrtry/Cd")[1]
    if code in _OPENING or (code == "ITBD" and page.opening is None):
        page.opening = _signed(page, "Bal")
        _joins(page, page.opening)
    elif code == "CLBD" or code == "ITBD":
        page.closing = _signed(page, "Bal")


def _joins(page: _Page, opening: int) -> None:
    sums = page.statement.sums(page.account)
    if sums.opening is None and not sums.lines:
        sums.opening = opening
    elif sums.closing is not None and sums.closing != opening:
        raise StatementError(
            f"This statement begins with {pounds(opening)}, and the one before it ended with "
            f"{pounds(sums.closing)}.",
            "A day may be missing. Download the whole time again.",
            place=page.place,
            column="Bal/Amt",
        )


def _entry(page: _Page) -> None:
    pence = _signed(page, "Ntry")
    if _first(page, "Sts/Cd", "Ntry/Sts")[1] not in {"BOOK", ""}:
        page.statement.note("Entries that are not booked yet were left out.")
        return
    names = ("BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm")
    written = _first(page, *names)[1]
    day = page.days.get(written)
    if day is None:
        day = _read(page, eight_digit_day, *names)
        if len(page.days) < 5_000:
            page.days[written] = day
    page.net += pence
    values = page.values
    payee = tidy("; ".join(dict.fromkeys(values.get("Cdtr/Nm" if pence < 0 else "Dbtr/Nm", ()))))
    said = [text for name in _TELLING if name in values for text in values[name]]
    text = tidy(" ".join(dict.fromkeys(said)))
    kind = _first(page, "Prtry/Cd")[1] or _family(page)
    reference = _first(page, "Ntry/AcctSvcrRef")[1]
    page.found.append(
        Line(day, pence, payee or text, text or payee, kind, None, page.place, page.account,
             reference)
    )  # fmt: skip


def _family(page: _Page) -> str:
    words = (_first(page, name)[1] for name in ("Domn/Cd", "Fmly/SubFmlyCd"))
    return "-".join(filter(None, words))


def _ended(page: _Page) -> None:
    prove(page.opening, page.net, page.closing)
    if page.closing is not None:
        page.statement.sums(page.account).closing = page.closing


_ENDS: dict[str, Callable[[_Page], None]] = {"Acct": _account, "Bal": _balance, "Ntry": _entry}
