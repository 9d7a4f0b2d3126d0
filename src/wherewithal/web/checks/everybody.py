"""Looking at every account by the rules, as each night does."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from wherewithal.web.checks.actions.flags import look_by_rules
from wherewithal.web.checks.due import accounts_in_use
from wherewithal.web.checks.limits import settings_now
from wherewithal.web.people.models import Person


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

    Nothing is stopped, taken or sent by it; looking twice opens nothing twice.
    """
    keys = sorted(accounts_in_use(people, on))
    chosen, settings = keys[:most], settings_now()
    named = Person.objects.in_bulk({person for person, _ in chosen})
    opened = sum(
        len(look_by_rules(person=named[pk], holding=holding, on=on, settings=settings, at=at))
        for pk, holding in chosen
    )
    return Seen(len(chosen), opened, len(keys) - len(chosen))
