"""Payments that came back, as a comma-separated file: one line for each, headings on top.

Bureaus write their own; this is the shape to map theirs to. A line says which payment it was
either by its name (``WW-PAY-12``) or by account, amount and reference together.
"""

import csv
from datetime import date, datetime
from io import StringIO

from wherewithal.banking.answers import Answer, AnswerError, Outcome
from wherewithal.banking.credits import digits
from wherewithal.money import parse_pounds

COLUMNS = (
    "Payment", "Sort code", "Account number", "Amount", "Reference", "Date", "Reason code",
)  # fmt: skip
LARGEST = 20_000_000


def read_returns(content: bytes) -> list[Answer]:
    """Return what came back, in the order of the file.

    Raises:
        AnswerError: a heading is missing, or a line can't be understood; with line and column.
    """
    if len(content) > LARGEST:
        raise AnswerError(
            f"The file has {len(content):,} bytes. Send one of {LARGEST:,} bytes or fewer."
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise AnswerError(
            "The file is not text that can be read. Save it as CSV (UTF-8) and try again."
        ) from None
    rows = csv.DictReader(StringIO(text, newline=""))
    missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        raise AnswerError(
            f"Line 1 has no column called {missing[0]!r}. The headings are: {', '.join(COLUMNS)}."
        )
    try:
        answers = [_answer(row, rows.line_num) for row in rows if any(row.values())]
    except csv.Error as mistake:
        raise AnswerError(f"Line {rows.line_num}: {mistake}. Save the file again as CSV.") from None
    if not answers:
        raise AnswerError("The file has headings and no line under them. Choose another file.")
    return answers


def _answer(row: dict[str, str | None], line: int) -> Answer:
    value = {name: (row.get(name) or "").strip() for name in COLUMNS}
    account = digits(value["Sort code"]) + digits(value["Account number"])
    if not value["Payment"] and not (account and value["Amount"] and value["Reference"]):
        raise AnswerError(
            f"Line {line} does not say which payment came back. Fill in 'Payment', or the sort"
            " code, the account number, the amount and the reference."
        )
    return Answer(
        Outcome.CAME_BACK, line, value["Payment"], value["Reason code"].upper(),
        on=_day(value["Date"], line), pence=_pence(value["Amount"], line),
        account=account, reference=value["Reference"].upper(),
    )  # fmt: skip


def _pence(written: str, line: int) -> int | None:
    if not written:
        return None
    try:
        return parse_pounds(written)
    except ValueError as mistake:
        raise AnswerError(f"Line {line}, column 'Amount': {mistake}") from None


def _day(written: str, line: int) -> date:
    for shape in ("%d/%m/%Y", "%Y-%m-%d", "%d/%m/%y"):
        try:
            return datetime.strptime(written, shape).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise AnswerError(
        f"Line {line}, column 'Date': {written!r} is not a day. Write it like 13/11/2026."
    )
