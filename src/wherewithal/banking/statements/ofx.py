"""Statements as OFX: version 1 (SGML, tags need not close) and version 2 (XML), read alike.

Tags are found in the text as it goes by; nothing is expanded, fetched or run. Amounts have a
minus for money out. The balance an OFX file gives is of the day it names: where that is later
than the statement's last day it proves nothing about the lines, and a note says so.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from html import escape, unescape
from typing import BinaryIO

from wherewithal.banking.statements.statement import Line, Statement, StatementError, counted
from wherewithal.banking.statements.text import encoding_of, pieces, tidy
from wherewithal.banking.statements.values import (
    account_name,
    eight_digit_day,
    iso_amount,
    pounds_only,
)

_BEGIN, _END = "<STMTTRN>", "</STMTTRN>"
_TAG = re.compile(r"<([A-Z0-9.]+)>([^<]*)")
_ANY_TAG = re.compile(r"<(/?[A-Z0-9.]+)>([^<]*)")
_MARKED = re.compile(r"<!--.*?-->|<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_LONGEST = 1 << 18


@dataclass(slots=True)
class _Head:
    """What the tags outside the lines have said so far."""

    statement: Statement
    account: str = ""
    bank: str = ""
    until: date | None = None
    inside: str = ""
    balance: int | None = None
    days: dict[str, date] = field(default_factory=dict)


def read_ofx(data: BinaryIO) -> Statement:
    """Read an OFX statement, its lines as they come.

    Raises:
        StatementError: while ``lines`` are gone through, at the first mistake.
    """
    statement = Statement("ofx", iter(()))
    statement.lines = counted(statement, _lines(_Head(statement), data))
    return statement


def _lines(head: _Head, data: BinaryIO) -> Iterator[Line]:
    rest, place = "", 1
    encoding = encoding_of(data)
    data.seek(0)
    for piece in pieces(data, encoding):
        text, at = rest + piece, 0
        while (end := text.find(_END, at)) >= 0:
            begin = text.find(_BEGIN, at, end)
            if begin < 0 or text.find(_BEGIN, begin + 1, end) >= 0:
                raise StatementError(
                    "A line of this statement begins or ends twice.",
                    "The file may be damaged. Download it again.",
                    place=place + text.count("\n", at, end),
                    column="STMTTRN",
                )
            if begin - at > 2:
                _outside(head, text[at:begin], place)
            place += text.count("\n", at, begin)
            yield _line(head, text[begin + 9 : end], place)
            place += text.count("\n", begin, end)
            at = end + len(_END)
        rest = text[at:]
        if len(rest) > _LONGEST:
            raise StatementError(
                "Here is a very long piece without a line of a statement.",
                "This may be no bank statement. Download it again.",
                place=place,
            )
    _foot(head, rest, place)


def _foot(head: _Head, rest: str, place: int) -> None:
    _outside(head, rest, place)
    if "</OFX>" not in rest:
        raise StatementError(
            "This file stops before its end: “</OFX>” is missing.",
            "It was cut short. Download it again.",
            place=place + rest.rstrip().count("\n"),
        )


def _line(head: _Head, body: str, place: int) -> Line:
    if "<!" in body:
        body = _MARKED.sub(lambda found: escape(found[1] or ""), body)
    tags = dict(_TAG.findall(body))
    column = "DTPOSTED"
    try:
        posted = tags["DTPOSTED"].strip()
        day = head.days.get(posted[:8])
        if day is None:
            day = head.days[posted[:8]] = eight_digit_day(posted)
        column = "TRNAMT"
        pence = iso_amount(tags["TRNAMT"].strip())
        if "CURSYM" in tags and "<CURRENCY>" in body:
            column = "CURSYM"
            pounds_only(tags["CURSYM"])
    except KeyError as missing:
        raise StatementError(
            "This tag is missing.",
            "The file may be damaged. Download it again.",
            place=place,
            column=str(missing.args[0]),
        ) from missing
    except StatementError as mistake:
        mistake.place, mistake.column = place, column
        raise
    payee = tidy(_words(tags.get("NAME", "")))
    memo = tidy(_words(tags.get("MEMO", "")))
    return Line(
        day,
        pence,
        payee or memo,
        f"{payee} {memo}" if payee and memo and memo != payee else memo or payee,
        tags.get("TRNTYPE", "").strip(),
        None,
        place,
        head.account,
        tags.get("FITID", "").strip(),
    )


def _words(text: str) -> str:
    return unescape(text) if "&" in text else text


def _outside(head: _Head, text: str, place: int) -> None:
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise StatementError(
            "This file declares a document type, which no statement needs.",
            "It may be made to do harm. Download the statement from the bank again.",
            place=place,
        )
    for found in _ANY_TAG.finditer(text):
        try:
            _tag(head, found[1], found[2].strip())
        except StatementError as mistake:
            mistake.place = place + text.count("\n", 0, found.start())
            mistake.column = mistake.column or found[1]
            raise


def _tag(head: _Head, tag: str, value: str) -> None:
    if tag in {"LEDGERBAL", "AVAILBAL", "BANKTRANLIST"}:
        head.inside = tag
    elif tag == "CURDEF":
        pounds_only(value)
    elif tag == "BANKID":
        head.bank = value
    elif tag == "ACCTID":
        digits = value.replace("-", "").replace(" ", "")
        head.account = account_name(value if len(digits) > 8 else f"{head.bank} {value}")
        head.statement.sums(head.account)
        head.bank, head.until = "", None
    elif tag == "DTEND":
        head.until = eight_digit_day(value)
    elif tag == "BALAMT" and head.inside == "LEDGERBAL":
        head.balance = iso_amount(value)
    elif tag == "DTASOF" and head.inside == "LEDGERBAL":
        _balance(head, eight_digit_day(value))
    elif tag == "SEVERITY" and value == "ERROR":
        raise StatementError(
            "The bank wrote that it could not make this statement.",
            "Ask the bank's page for it again.",
            value=value,
        )


def _balance(head: _Head, day: date) -> None:
    sums = head.statement.sums(head.account)
    last = max(filter(None, (head.until, sums.last)), default=day)
    if day > last:
        head.statement.note(
            f"The balance in this file is of {day:%d %B %Y}, after its last line. It cannot prove "
            "the lines."
        )
    else:
        sums.closing = head.balance
