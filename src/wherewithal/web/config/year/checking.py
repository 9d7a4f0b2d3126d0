"""Accounts looked at: what is worth a talk, what is over, and how it is asked about."""

from datetime import date, timedelta
from functools import partial

from wherewithal.council.bank import BankAccount
from wherewithal.dates import add_working_days
from wherewithal.web.checks.actions.flags import add_note, look_by_rules
from wherewithal.web.checks.actions.looks import write_look
from wherewithal.web.checks.limits import settings_now
from wherewithal.web.checks.models import Flag
from wherewithal.web.config.year.asking import ask_about
from wherewithal.web.config.year.diary import CHECK
from wherewithal.web.config.year.town import Year, at
from wherewithal.web.people.models import Person

LOOKED, PASSED_ON = 0.6, 0.06
FOUND = "We went through it together. It is in order."
TALK = "We rang and asked how they are. They told us what it was."
WELL = "It was explained, and nothing needs to change."
HELPED = "Somebody from the independent living group helps with the papers from now on."


def look_at(year: Year, person: Person, holding: str, account: BankAccount, day: date) -> None:
    """Look at an account by the rules once a statement is in, and talk about what was seen."""
    settings = settings_now()
    if person.date_of_death is not None:
        return
    for flag in look_by_rules(
        person=person, holding=holding, on=day, settings=settings, at=at(day, 14)
    ):
        on = add_working_days(day, 2 + year.chance.below(6, "talk", flag.key), year.holidays)
        year.diary.note(on, partial(_talk, year, flag.pk), turn=CHECK)
    if year.chance.of("looked", person.reference, holding, day) < LOOKED:
        write_look(person=person, holding=holding, on=day, words=FOUND, by_chance=False,
                   by=year.crew.second, at=at(day, 15))  # fmt: skip
    ask_about(year, person, holding, account, day, settings=settings)


def _talk(year: Year, flag: int, day: date) -> None:
    found = Flag.objects.select_related("person").get(pk=flag)
    if found.status == Flag.Status.SETTLED:
        return
    drawn = year.chance.of("became", found.person.reference, found.rule, day)
    became = "referred" if drawn < PASSED_ON else "talked"
    add_note(flag=found, words=TALK, became=became, by=year.crew.practitioner, at=at(day, 10))
    if drawn < 0.9:
        on = day + timedelta(days=7 if became == "talked" else 28)
        year.diary.note(on, partial(_done, year, flag), turn=CHECK)


def _done(year: Year, flag: int, day: date) -> None:
    found = Flag.objects.get(pk=flag)
    if found.status == Flag.Status.SETTLED:
        return
    words = HELPED if found.what.sort == "support" else WELL
    add_note(flag=found, words=words, became="settled", by=year.crew.practitioner, at=at(day, 10))
