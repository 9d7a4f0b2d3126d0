"""A card company's list: many accounts in one file, and nobody asked for a statement."""

from datetime import date, datetime
from typing import BinaryIO

from django.db import transaction

from wherewithal.banking.statements.recognise import read_statement
from wherewithal.banking.statements.statement import StatementError
from wherewithal.web.accounts.models import User
from wherewithal.web.payments.models import Payee
from wherewithal.web.people.models import Person
from wherewithal.web.statements.columns import saved_layout
from wherewithal.web.statements.importing import (
    Imported,
    OtherAccount,
    digest_of,
    statement_of,
    taken_in,
)
from wherewithal.web.statements.known import account_of
from wherewithal.web.statements.models import Statement
from wherewithal.web.statements.staging import stage


@transaction.atomic
def import_cards(
    *, data: BinaryIO, name: str, by: User, at: datetime, today: date | None = None
) -> list[Imported]:
    """Read a list of many accounts; each line goes to the person whose account it names.

    The list is gone through twice: whose accounts they are is known before any line is put aside.
    A line of a day after ``today``, where that is given, is refused.

    Raises:
        StatementError: the file cannot be read.
        OtherAccount: an account in it is nobody's that is known.
        DoesNotJoin: lines of one of the accounts are missing.
    """
    digest = digest_of(data)
    data.seek(0)
    layout = saved_layout(data, by)
    lines = read_statement(data, name=name, layout=layout).lines
    accounts = {number: account_of(*_whose(number)) for number in {line.account for line in lines}}
    if not accounts:
        raise StatementError("There are no lines in this file.", "Choose more days.")
    reading = read_statement(data, name=name, layout=layout)
    stage(reading.lines, accounts.__getitem__, today)
    done = []
    for number, account in sorted(accounts.items()):
        Person.objects.select_for_update().get(pk=account.person.pk)
        again = Statement.objects.filter(
            person=account.person, holding=account.holding, digest=digest
        ).first()
        if again is not None:
            done.append(Imported(again, 0, again.count + again.known_count, again=True))
            continue
        made = statement_of(account, reading, number, reading.accounts[number], by=by, at=at)
        made.source, made.file_name, made.digest = Statement.Source.CARD, name[-120:], digest
        done.append(taken_in(made, reading, number, by=by, at=at))
    return done


def _whose(number: str) -> tuple[Person, str]:
    """Return the person and holding of an account: as read before, or as it is paid."""
    before = Statement.objects.filter(account=number).exclude(account="")
    owners = {(each.person_id, each.holding) for each in before}
    digits = "".join(sign for sign in number if sign.isdigit())
    if not owners and len(digits) >= 8 and not number.startswith("card"):
        payees = Payee.objects.filter(ended_at=None, account_number=digits[-8:])
        if len(digits) >= 14:
            payees = payees.filter(sort_code=digits[-14:-8])
        owners = {(each.person_id, each.holding) for each in payees}
    if len(owners) != 1:
        raise OtherAccount(
            f"We do not know whose account “{number or 'without a number'}” is. Read the first"
            " list of a new card on the person’s own page. Nothing was kept."
        )
    person, holding = owners.pop()
    return Person.objects.get(pk=person), holding
