"""Statements as SWIFT MT940, as corporate banking services give them.

A file holds one message for each account and day, or for each page of it. Every message's opening
balance and lines must come to its closing balance, and each must begin where the last one of that
account ended. The day of a line is the day the bank booked it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from wherewithal.banking.statements.statement import (
    Line,
    Statement,
    StatementError,
    counted,
    prove,
)
from wherewithal.banking.statements.text import encoding_of, text_lines, tidy
from wherewithal.banking.statements.values import account_name, iso_amount, pounds_only
from wherewithal.money import pounds

_FIELD = re.compile(r":(\d\d[A-Z]?):(.*)", re.DOTALL)
_BALANCE = re.compile(r"([CD])(\d{6})([A-Z]{3})(\d+,\d*)\s*", re.ASCII)
_LINE = re.compile(
    r"(\d{6})(\d{4})?(R?[CD])[A-Z]?(\d+,\d*)([NSF][A-Z0-9]{3})?([^\n]*)(?:\n(.*))?",
    re.ASCII | re.DOTALL,
)
_NUMBERED = re.compile(r"\?(\d\d)([^?]*)")
_NAME = re.compile(r"/NAME/([^/]+)")
_MOST_OF_A_FIELD = 200

Field = tuple[int, str, str]


@dataclass(slots=True)
class _Message:
    """The message at hand: its account, where it began and what its lines come to."""

    account: str = ""
    opening: int | None = None
    net: int = 0


def read_mt940(data: BinaryIO) -> Statement:
    """Read an MT940 file, its lines as they come.

    Raises:
        StatementError: while ``lines`` are gone through, at the first mistake.
    """
    statement = Statement("mt940", iter(()))
    statement.lines = counted(statement, _lines(statement, data))
    return statement


def _fields(data: BinaryIO) -> Iterator[Field]:
    """Go through the fields: line of the file, tag and value, lines of it parted by line feeds."""
    encoding = encoding_of(data)
    data.seek(0)
    begun, tag, parts = 0, "", list[str]()
    for place, text in enumerate(text_lines(data, encoding), start=1):
        if text[0] == ":" and (found := _FIELD.match(text)):
            if tag:
                yield begun, tag, "".join(parts).rstrip()
            begun, tag, parts = place, found[1], [found[2]]
        elif text[0] in "-{" and text.startswith(("-\n", "-}", "{", "- ")):
            if tag:
                yield begun, tag, "".join(parts).rstrip()
            tag, parts = "", []
        else:
            parts.append(text)
            if len(parts) > _MOST_OF_A_FIELD:
                raise StatementError(
                    "This field has no end.", "The file may be damaged. Download it again.",
                    place=begun or 1, column=tag,
                )  # fmt: skip
    if tag:
        yield begun, tag, "".join(parts).rstrip()


def _lines(statement: Statement, data: BinaryIO) -> Iterator[Line]:
    message, days = _Message(), dict[str, date]()
    waiting: tuple[int, re.Match[str]] | None = None
    ended, place = True, 0
    for place, tag, value in _fields(data):
        try:
            if waiting and tag != "86":
                yield _made(message, waiting, "", days)
                waiting = None
            if tag == "61":
                waiting = place, _movement(message, value)
            elif tag == "86" and waiting:
                yield _made(message, waiting, value, days)
                waiting = None
            elif tag == "25":
                message, ended = _Message(account_name(value)), False
            elif tag in {"60F", "60M"}:
                _open(statement, message, value)
            elif tag in {"62F", "62M"}:
                _close(statement, message, value)
                ended = True
        except StatementError as mistake:
            mistake.place = mistake.place or place
            mistake.column = mistake.column or tag
            raise
    if not ended or not place:
        raise StatementError(
            "This file stops before its closing balance (field 62F).",
            "It was cut short. Download it again.",
            place=place,
        )


def _movement(message: _Message, value: str) -> re.Match[str]:
    found = _LINE.fullmatch(value)
    if found is None:
        raise StatementError(
            "This line is not written as MT940 lines are.",
            "The file may be damaged. Download it again.",
            value=value,
        )
    if message.opening is None:
        raise StatementError(
            "There is no opening balance (field 60F) before this line.",
            "If this is an interim report (MT942), download the end-of-day statement (MT940).",
            value=value,
        )
    return found


def _made(
    message: _Message, waiting: tuple[int, re.Match[str]], details: str, days: dict[str, date]
) -> Line:
    place, found = waiting
    when = found[1] + (found[2] or "")
    try:
        day = days.get(when)
        if day is None:
            day = days[when] = _booked(found[1], found[2])
        pence = iso_amount(found[4])
    except StatementError as mistake:
        mistake.place, mistake.column = place, "61"
        raise
    if found[3] in {"D", "RC"}:
        pence = -pence
    message.net += pence
    own, _, banks = found[6].partition("//")
    payee, text = _said(details, found[7] or "", own)
    kind = (found[5] or "")[1:]
    return Line(day, pence, payee, text, kind, None, place, message.account, banks.strip())


def _said(details: str, supplement: str, own: str) -> tuple[str, str]:
    """Return who and what a line is about, from whichever way the bank tells it."""
    if re.match(r"\d{3}\?", details):
        parts = {number: tidy(words) for number, words in _NUMBERED.findall(details)}
        payee = tidy(f"{parts.get('32', '')} {parts.get('33', '')}")
        words = [text for number, text in parts.items() if number[0] == "2" or number >= "60"]
        text = tidy(" ".join(words))
    else:
        text = tidy(details)
        named = _NAME.search(text)
        payee = tidy(named[1]) if named else tidy(details.partition("\n")[0])
    text = text or tidy(supplement) or tidy(own)
    return payee or text, text or payee


def _booked(value_day: str, month_and_day: str | None) -> date:
    """Return the day a line was booked: near its value day, maybe across the new year."""
    value = _day(value_day)
    if not month_and_day:
        return value
    year = value.year
    if value.month == 12 and month_and_day[:2] == "01":
        year += 1
    elif value.month == 1 and month_and_day[:2] == "12":
        year -= 1
    return _day(f"{year % 100:02}{month_and_day}")


def _day(text: str) -> date:
    try:
        return date(2000 + int(text[:2]), int(text[2:4]), int(text[4:]))
    except ValueError as mistake:
        raise StatementError(
            "There is no such day.", "The file may be damaged. Download it again.", value=text
        ) from mistake


def _balance(value: str) -> int:
    found = _BALANCE.fullmatch(value)
    if found is None:
        raise StatementError(
            "This is not a balance as MT940 writes it.",
            "The file may be damaged. Download it again.",
            value=value,
        )
    _day(found[2])
    pounds_only(found[3])
    return iso_amount(found[4]) * (-1 if found[1] == "D" else 1)


def _open(statement: Statement, message: _Message, value: str) -> None:
    message.opening, message.net = _balance(value), 0
    sums = statement.sums(message.account)
    if sums.opening is None and not sums.lines:
        sums.opening = message.opening
    elif sums.closing != message.opening:
        raise StatementError(
            f"This statement begins with {pounds(message.opening)}, and the one before it ended "
            f"with {pounds(sums.closing or 0)}.",
            "A day may be missing. Download the whole time again.",
            value=value,
        )


def _close(statement: Statement, message: _Message, value: str) -> None:
    closing = _balance(value)
    prove(message.opening, message.net, closing)
    statement.sums(message.account).closing = closing
