"""Reading a statement into an account: all of it, or nothing."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from django.contrib.postgres.fields.ranges import DateRange  # type: ignore[attr-defined]  # psycopg's own
from django.db import transaction

from wherewithal.banking.statements.layout import Layout
from wherewithal.banking.statements.recognise import read_statement
from wherewithal.banking.statements.statement import Statement as Reading
from wherewithal.banking.statements.statement import StatementError, Sums
from wherewithal.dates import ONE_DAY, long_date
from wherewithal.monitoring.matching import Seen, payments_among, unclaimed
from wherewithal.web.accounts.actions import record
from wherewithal.web.accounts.models import User
from wherewithal.web.people.models import Person
from wherewithal.web.statements.columns import saved_layout
from wherewithal.web.statements.joining import check_joins
from wherewithal.web.statements.known import Account, account_of, sent_to
from wherewithal.web.statements.models import Line, Meaning, Statement
from wherewithal.web.statements.posting import as_posted, as_seen, post_changes, post_new
from wherewithal.web.statements.querysets import (
    SAME_DAYS,
    lines_typed_in,
    same_in_bank,
    statements_of,
)
from wherewithal.web.statements.staging import stage, take_in
from wherewithal.web.statements.told import tell


class OtherAccount(ValueError):
    """The file is not of the account it was sent for; the message says which it is of."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of reading a file: the statement, lines that were new and that were known."""

    statement: Statement
    new: int
    known: int
    notes: tuple[str, ...] = ()
    again: bool = False


@transaction.atomic
def import_statement(
    *, person: Person, holding: str, data: BinaryIO, name: str, by: User, at: datetime,
    layout: Layout | None = None, apart_because: str = "", today: date | None = None,
) -> Imported:  # fmt: skip
    """Read a file into one account. The same file, or the same days, again adds nothing twice.

    ``layout`` is the column map of a CSV file, where it is known. ``apart_because`` lets a
    statement in that does not join the one before it, with the reason. A line of a day after
    ``today``, where that is given, is refused.

    Raises:
        StatementError: the file cannot be read; it says the line, the column and the mend.
        OtherAccount: the file is of another account, or of several.
        DoesNotJoin: lines are missing before or after it, or days read before say otherwise.
    """
    Person.objects.select_for_update().get(pk=person.pk)  # one file at a time for one person
    digest = digest_of(data)
    before = Statement.objects.filter(person=person, holding=holding, digest=digest).first()
    if before is not None:
        return Imported(before, 0, before.count + before.known_count, again=True)
    data.seek(0)
    reading = read_statement(data, name=name, layout=layout or saved_layout(data, by))
    account = account_of(person, holding)
    stage(reading.lines, lambda _: account, today)
    number, sums = _one_account(reading)
    _check_account(account, number)
    statement = statement_of(account, reading, number, sums, by=by, at=at)
    statement.file_name, statement.digest = name[-120:], digest
    statement.apart_because = apart_because
    return taken_in(statement, reading, number, by=by, at=at)


def taken_in(
    statement: Statement, reading: Reading, number: str, *, by: User, at: datetime
) -> Imported:
    """Move what was staged into the account, hold it to the rest, and tell the books."""
    statement.save()
    total = reading.accounts[number].lines
    statement.count = take_in(statement, number)
    statement.known_count = total - statement.count
    statement.save(update_fields=["count", "known_count"])
    _find_our_payments(statement)
    _take_the_place_of_typed(statement, by=by, at=at)
    check_joins(statement)
    post_new(statement, by=by, at=at)
    record(
        by=by, at=at, verb="statement.read", person=statement.person.reference,
        summary=f"A statement was read: {statement.count} new lines from"
        f" {long_date(statement.first_day)} to {long_date(statement.last_day)}.",
        statement=statement.pk, known=statement.known_count,
    )  # fmt: skip
    tell(statement.person, statement.holding, by=by, at=at)
    return Imported(statement, statement.count, statement.known_count, tuple(reading.notes))


def _one_account(reading: Reading) -> tuple[str, Sums]:
    if len(reading.accounts) > 1:
        names = ", ".join(sorted(reading.accounts))
        raise OtherAccount(
            f"This file is of several accounts: {names}. Get a file of one account alone."
        )
    for number, sums in reading.accounts.items():
        if sums.lines:
            return number, sums
    raise StatementError(
        "There are no lines in this file.", "Choose days on which money moved, and try again."
    )


def _check_account(account: Account, number: str) -> None:
    """Refuse a file of somebody's other account: nobody should send what is not asked for."""
    digits = _digits(number)
    before = statements_of(account.person, account.holding).exclude(account="").last()
    payee = account.person.payees.filter(holding=account.holding, ended_at=None).first()
    if before is not None and number and not _same_account(before.account, number):
        raise OtherAccount(_other(number, before.account))
    if payee is not None and len(digits) >= 8 and not number.startswith("card"):
        own = f"{payee.sort_code}{payee.account_number}"
        if not (own.endswith(digits) or digits.endswith(payee.account_number)):
            raise OtherAccount(_other(number, payee.account_number))


def _same_account(one: str, other: str) -> bool:
    """Say whether two numbers are of one account: each form of file writes it in its own way.

    A card's reference is compared as it stands; of a bank's, sort code or country may be left out.
    """
    first, second = _digits(one), _digits(other)
    if one.startswith("card") or other.startswith("card") or min(len(first), len(second)) < 8:
        return one == other
    return first.endswith(second) or second.endswith(first)


def _digits(number: str) -> str:
    return "".join(sign for sign in number if sign.isdigit())


def _other(number: str, expected: str) -> str:
    return (
        f"This file is of the account ending {number[-4:]}. The money is in the account ending"
        f" {expected[-4:]}. Nothing was kept. Please send the file of that account."
    )


def statement_of(
    account: Account, reading: Reading, number: str, sums: Sums, *, by: User | None, at: datetime
) -> Statement:
    """Return a statement, not yet stored, of what a file says of one account."""
    first, last = sums.first or date.min, sums.last or date.min
    return Statement(
        person=account.person, holding=account.holding, source=reading.format,
        account=number[:40], period=DateRange(first, last + ONE_DAY), opening=sums.opening,
        closing=sums.closing, read_at=at, read_by=by,
    )  # fmt: skip


def _find_our_payments(statement: Statement) -> None:
    """Mark the lines that are payments of the council: the sum and the day are known."""
    sent = sent_to(statement.person, statement.holding)
    wanted = {each.pence for each in sent}
    if not wanted:
        return
    lines = Line.objects.filter(
        person=statement.person, holding=statement.holding, pence__in=wanted
    )
    earlier = lines.exclude(statement=statement).filter(meaning=Meaning.PAYMENT, sure=True)
    left = unclaimed(map(_as_matched, earlier), sent)
    new = {line.pk: line for line in lines.filter(statement=statement)}
    for number, found in payments_among(map(_as_matched, new.values()), left).items():
        line = new[number]
        line.meaning, line.budget_line, line.rule = Meaning.PAYMENT, None, None
        line.sure, line.in_books, line.why = found.sure, found.sure, found.why
    fields = ["meaning", "budget_line", "rule", "sure", "in_books", "why"]
    Line.objects.bulk_update(new.values(), fields)


def _as_matched(line: Line) -> Seen:
    return Seen(line.pk, line.on, line.pence, line.payee, line.text, line.kind)


def _take_the_place_of_typed(statement: Statement, *, by: User, at: datetime) -> None:
    """Let the bank's lines take over from sums that were typed in before the file came."""
    days = (statement.first_day - SAME_DAYS, statement.last_day + SAME_DAYS)
    for said in lines_typed_in(statement.person, statement.holding).filter(on__range=days):
        line = same_in_bank(statement.person, statement.holding, said.on, said.pence)
        if line is not None:
            _take_over(line, said, by=by, at=at)


def _take_over(line: Line, said: Line, *, by: User, at: datetime) -> None:
    was = as_posted(said)
    said.evidence.update(line=line)
    said.sent_forms.update(line=line)
    for name in ("meaning", "budget_line", "sure", "matched_how", "matched_by"):
        setattr(line, name, getattr(said, name))
    line.in_books = line.sure
    line.why = f"It was typed in before, as “{said.payee}”."[:240]
    said.sure = False
    summary = "A line of the bank takes the place of a sum typed in"
    post_changes([(was, as_seen(said))], by=by, at=at, summary=summary)
    said.delete()
    line.save()


def digest_of(data: BinaryIO) -> str:
    """Return the SHA-256 of a file, read from where it stands."""
    found = hashlib.sha256()
    while piece := data.read(1 << 18):
        found.update(piece)
    return found.hexdigest()
