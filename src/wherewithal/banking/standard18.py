"""BACS Standard 18: the file a council sends to pay people, written and proved by reading back.

A file is four labels (VOL1, HDR1, HDR2, UHL1), one record for each payment, one contra record
that takes the total from the council's account, and three more labels (EOF1, EOF2, UTL1). Labels
have 80 characters; payments have 100, or 106 where each carries its own processing date.
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar, cast

from wherewithal.banking.credits import (
    FIELD_WIDTH,
    MOST_PENCE,
    ControlTotals,
    Credit,
    Originator,
    control_totals,
    field,
)
from wherewithal.banking.submission import USUAL_UHL1_IDENTIFIER, WORK_CODES, Submission, Work
from wherewithal.dates import is_working_day
from wherewithal.money import pounds

__all__ = [
    "ControlTotals",
    "Credit",
    "Originator",
    "Standard18Error",
    "Standard18File",
    "Submission",
    "read_standard18",
    "write_standard18",
]

BANK_GIRO_CREDIT = "99"
CONTRA = "17"
RECORD_ENDS = "\r\n"
HEAD = ("VOL1", "HDR1", "HDR2", "UHL1")
TAIL = ("EOF1", "EOF2", "UTL1")

_Value = TypeVar("_Value")


def write_standard18(
    payments: Iterable[Credit],
    originator: Originator,
    *,
    serial: int,
    created: date,
    processing: date,
    file_number: int,
    work: Work = "DAILY",
    holidays: Collection[date] = (),
    uhl1_identifier: str = USUAL_UHL1_IDENTIFIER,
) -> str:
    """Return the text of a file that pays ``payments`` from the originator's account.

    ``processing`` is the day BACS works on the file; the money arrives on the working day after.
    ``holidays`` are the bank holidays that, with weekends, cannot be processing days. Records end
    in carriage return and line feed.

    Raises:
        ValueError: there is nothing to pay, a payment is above the council's limit, the total
            does not fit, the processing day is not a working day, or a label value is malformed.
    """
    paid = tuple(payments)
    submission = Submission(
        serial, file_number, created, processing, work, uhl1_identifier=uhl1_identifier
    )
    _check_amounts(paid, originator)
    if not is_working_day(processing, holidays):
        raise ValueError(
            f"The processing day {processing:%A} {processing} is not a working day. "
            "Choose the working day before it."
        )
    records = [
        *_head(originator, submission),
        *_payments(paid, originator, submission),
        *_tail(paid, originator, submission),
    ]
    return "".join(record + RECORD_ENDS for record in records)


class Standard18Error(ValueError):
    """The text is not a Standard 18 file that adds up; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Standard18File:
    """A file that was read and proved: its payments, who pays them, and its control totals."""

    originator: Originator
    submission: Submission
    credits: tuple[Credit, ...]
    totals: ControlTotals


def read_standard18(text: str) -> Standard18File:
    """Read a file of payments and prove its totals.

    The contra must equal the payments, and the trailer must give the same counts and sums.

    Raises:
        Standard18Error: a record is missing, out of place or malformed, or the sums disagree;
            the message gives the number of the record.
    """
    records = text.splitlines()
    _check_labels(records)
    body, contra_number = records[4:-3], len(records) - 3
    originator, contra = _read_contra(body[-1], contra_number, records[0])
    submission = _read_submission(records[:4], body[-1])
    payments = tuple(
        _read_credit(record, number, originator) for number, record in enumerate(body[:-1], start=5)
    )
    totals = control_totals(payments)
    if contra != totals.pence:
        raise Standard18Error(
            f"Record {contra_number}: the contra takes {pounds(contra)}, but the payments come "
            f"to {pounds(totals.pence)}."
        )
    _check_trailer(records, totals)
    return Standard18File(originator, submission, payments, totals)


def label_date(day: date) -> str:
    """Write a date as the file does, a space, the year and the day of the year: `` 26093``."""
    return f" {day:%y%j}"


def _check_amounts(payments: Sequence[Credit], originator: Originator) -> None:
    if not payments:
        raise ValueError("There are no payments to put in the file. Choose at least one.")
    for credit in payments:
        if credit.amount > originator.item_limit:
            raise ValueError(
                f"The payment of {pounds(credit.amount)} for {credit.account_name!r} is above the "
                f"limit of {pounds(originator.item_limit)}. Ask your bank to raise the limit, "
                "or pay it another way."
            )
    total = control_totals(payments).pence
    if total > MOST_PENCE:
        raise ValueError(
            f"The payments come to {pounds(total)}, and one file can take {pounds(MOST_PENCE)} "
            "from an account. Split them over two files."
        )


def _label(text: str, last: str = "") -> str:
    return text.ljust(80 - len(last)) + last


def _head(originator: Originator, submission: Submission) -> list[str]:
    owner = f"    {originator.service_user_number}    "
    return [
        _label(f"VOL1{submission.serial:06}".ljust(37) + owner, last="1"),
        _label("HDR1" + _file_label(originator, submission)),
        _label("HDR2" + _format_label(submission)),
        _label("UHL1" + _user_label(submission)),
    ]


def _tail(payments: Sequence[Credit], originator: Originator, submission: Submission) -> list[str]:
    totals = control_totals(payments)
    debits = 1  # the contra
    return [
        _label("EOF1" + _file_label(originator, submission)),
        _label("EOF2" + _format_label(submission)),
        _label(f"UTL1{totals.pence:013}{totals.pence:013}{debits:07}{totals.count:07}"),
    ]


def _file_label(originator: Originator, submission: Submission) -> str:
    number = originator.service_user_number
    expires = submission.expires or submission.processing
    return (
        f"A{number}S  1{number}{submission.serial:06}00010001      "
        f"{label_date(submission.created)}{label_date(expires)}"
    )


def _format_label(submission: Submission) -> str:
    length = 100 + len(_own_date(submission))
    return f"F02000{length:05}"


def _user_label(submission: Submission) -> str:
    day = " " * 6 if submission.work == "MULTI" else label_date(submission.processing)
    return (
        f"{day}{submission.uhl1_identifier}00000000{WORK_CODES[submission.work]}"
        f"{submission.file_number:03}"
    )


def _own_date(submission: Submission) -> str:
    return label_date(submission.processing) if submission.work == "MULTI" else ""


def _payments(
    payments: Sequence[Credit], originator: Originator, submission: Submission
) -> list[str]:
    council = Credit(
        originator.sort_code,
        originator.account_number,
        originator.name,
        control_totals(payments).pence,
        "CONTRA",
    )
    narrative = f"BATCH {submission.serial:06}"
    own_date = _own_date(submission)
    records = [
        _record(credit, BANK_GIRO_CREDIT, originator, narrative=originator.name)
        for credit in payments
    ]
    records.append(_record(council, CONTRA, originator, narrative=narrative))
    return [record + own_date for record in records]


def _record(credit: Credit, code: str, originator: Originator, *, narrative: str) -> str:
    words = (narrative, credit.reference, credit.account_name)
    return (
        f"{credit.sort_code}{credit.account_number}0{code}"
        f"{originator.sort_code}{originator.account_number}    {credit.amount:011}"
        + "".join(field(text).ljust(FIELD_WIDTH) for text in words)
    )


def _check_labels(records: Sequence[str]) -> None:
    if len(records) < len(HEAD) + len(TAIL) + 2:
        raise Standard18Error(
            f"The file has {len(records)} records. It needs seven labels, a payment and a contra."
        )
    first_of_tail = len(records) - len(TAIL) + 1
    labels = [*enumerate(HEAD, start=1), *enumerate(TAIL, start=first_of_tail)]
    for number, label in labels:
        record = records[number - 1]
        if not record.startswith(label):
            raise Standard18Error(
                f"Record {number} begins {record[:4]!r}, but {label!r} belongs there."
            )
        if len(record) != 80:
            raise Standard18Error(
                f"Record {number} ({label}) has {len(record)} characters, and labels have 80."
            )


def _check_trailer(records: Sequence[str], totals: ControlTotals) -> None:
    last = len(records)
    for number, header in ((last - 2, records[1]), (last - 1, records[2])):
        if records[number - 1][4:] != header[4:]:
            raise Standard18Error(
                f"Record {number} ({records[number - 1][:4]}) does not repeat {header[:4]}."
            )
    said = tuple(
        _number(records[-1], start, end, last)
        for start, end in ((5, 17), (18, 30), (31, 37), (38, 44))
    )
    if said != (totals.pence, totals.pence, 1, totals.count):
        debit_pence, credit_pence, debit_count, credit_count = said
        raise Standard18Error(
            f"Record {last}: UTL1 says {debit_count} debit of {pounds(debit_pence)} and "
            f"{credit_count} credits of {pounds(credit_pence)}, but the file has {totals}."
        )


def _read_contra(record: str, number: int, volume: str) -> tuple[Originator, int]:
    _check_record(record, number, CONTRA)
    account, source = record[0:14], record[17:31]
    if account != source:
        raise Standard18Error(
            f"Record {number}: the contra names account {account}, but the money leaves {source}."
        )
    name = record[82:100].rstrip()
    originator = _valued(number, lambda: Originator(volume[41:47], name, account[:6], account[6:]))
    return originator, _number(record, 36, 46, number)


def _read_submission(head: Sequence[str], contra: str) -> Submission:
    volume, header, _, user = head
    work = cast("Work", user[30:36].strip())
    processing = contra[100:106] if work == "MULTI" else user[4:10]
    return _valued(
        4,
        lambda: Submission(
            serial=_number(volume, 5, 10, 1),
            file_number=_number(user, 38, 40, 4),
            created=_read_date(header[41:47], 2),
            processing=_read_date(processing, 4),
            work=work,
            expires=_read_date(header[47:53], 2),
            uhl1_identifier=user[10:20],
        ),
    )


def _read_credit(record: str, number: int, originator: Originator) -> Credit:
    _check_record(record, number, BANK_GIRO_CREDIT)
    source = record[17:31]
    if source != originator.sort_code + originator.account_number:
        raise Standard18Error(
            f"Record {number}: the payment leaves account {source}, not the contra's account."
        )
    reference, name = (record[start : start + FIELD_WIDTH].rstrip() for start in (64, 82))
    amount = _number(record, 36, 46, number)
    return _valued(number, lambda: Credit(record[0:6], record[6:14], name, amount, reference))


def _check_record(record: str, number: int, code: str) -> None:
    if len(record) not in (100, 106):
        raise Standard18Error(
            f"Record {number} has {len(record)} characters, and payments have 100 or 106."
        )
    if record[14:17] != f"0{code}":
        raise Standard18Error(
            f"Record {number}: account type and transaction code (positions 15 to 17) are "
            f"{record[14:17]!r}, but '0{code}' belongs there."
        )


def _number(record: str, first: int, last: int, number: int) -> int:
    written = record[first - 1 : last]
    if not re.fullmatch(r"[0-9]+", written):
        raise Standard18Error(
            f"Record {number}, positions {first} to {last}: {written!r} is not a number."
        )
    return int(written)


def _read_date(written: str, number: int) -> date:
    try:
        return datetime.strptime(written, " %y%j").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise Standard18Error(
            f"Record {number}: {written!r} is not a date. Dates are a space, the year and the "
            "day of the year, like ' 26093'."
        ) from None


def _valued(number: int, build: Callable[[], _Value]) -> _Value:
    """Build a value, telling which record a mistake in it came from."""
    try:
        return build()
    except Standard18Error:
        raise
    except ValueError as mistake:
        raise Standard18Error(f"Record {number}: {mistake}") from mistake
