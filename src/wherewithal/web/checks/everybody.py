"""Looking at every account by the rules, as each night does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from wherewithal.web.checks.actions.flags import look_by_rules, see
from wherewithal.web.checks.beforehand import beforehand
from wherewithal.web.checks.due import Key, accounts_in_use
from wherewithal.web.checks.limits import Settings, settings_now
from wherewithal.web.people.models import Person

AT_A_TIME = 300
"""Accounts that are read together."""


@dataclass(frozen=True, slots=True)
class Seen:
    """How many accounts were looked at, how many talks that opened, how many are left."""

    accounts: int
    opened: int
    rest: int = 0

    @property
    def told(self) -> str:
        """Say it in a sentence."""
        accounts = "1 account" if self.accounts == 1 else f"{self.accounts:,} accounts"
        if not self.opened:
            return f"We looked at {accounts}. Nothing new is worth a talk."
        talks = "1 thing is" if self.opened == 1 else f"{self.opened:,} things are"
        return f"We looked at {accounts}. {talks} worth a talk."


def look_at_accounts(
    people: QuerySet[Person], *, on: date, at: datetime, most: int | None = None
) -> Seen:
    """Look at the accounts in use of these people by the rules, up to ``most`` of them.

    Nothing is stopped, taken or sent by it; looking twice opens nothing twice. Some hundreds are
    read at a time, and only where something would be written is a person locked, each in a
    transaction of its own: nobody's record waits for the others.
    """
    keys = sorted(accounts_in_use(people, on))
    chosen, settings = keys[:most], settings_now()
    opened = sum(
        _look(chosen[place : place + AT_A_TIME], on=on, settings=settings, at=at)
        for place in range(0, len(chosen), AT_A_TIME)
    )
    return Seen(len(chosen), opened, len(keys) - len(chosen))


def _look(keys: Sequence[Key], *, on: date, settings: Settings, at: datetime) -> int:
    """Look at some accounts, and return how many talks that opened."""
    named = Person.objects.in_bulk({person for person, _ in keys})
    known, opened = beforehand(list(named), on), 0
    for pk, holding in keys:
        person = named[pk]
        seen = see(person, holding, on=on, settings=settings, at=at, known=known)
        if seen is not None and seen.changes:
            opened += len(
                look_by_rules(person=person, holding=holding, on=on, settings=settings, at=at)
            )
    return opened
