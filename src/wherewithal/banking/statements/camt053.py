"""Statements as ISO 20022 XML: camt.053, every version of it, read as it streams by.

Only booked entries count; pending ones are named in a note. No document type is allowed, so nothing
in the XML can be expanded or fetched. Each entry is dropped as soon as it is read.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import BinaryIO, TypeVar
from xml.etree.ElementTree import Element

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
from wherewithal.banking.statements.xml_parts import DAMAGED, parts
from wherewithal.money import pounds

_Value = TypeVar("_Value")


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
    for name, element, place in parts(data):
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
        raise StatementError("This element is missing.", DAMAGED, column=column)
    try:
        pounds_only(amount.get("Ccy", "GBP"))
    except StatementError as mistake:
        mistake.column = "Ccy"
        raise
    return _read(amount, f"{name}/Amt", iso_amount) * _read(way, f"{name}/CdtDbtInd", _way)


def _way(text: str) -> int:
    if text not in {"CRDT", "DBIT"}:
        raise StatementError("This is neither CRDT (in) nor DBIT (out).", DAMAGED, value=text)
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
