"""Bring a made-up council into an empty database: all of it, or nothing.

Everything goes in by COPY in one transaction. What the product works out itself (figures,
eligibility, charges, payments) is worked out by the same rules here, never made up.
"""

import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from tqdm import tqdm

from wherewithal.council import Request, make_council
from wherewithal.scheme import packaged
from wherewithal.web.accounts.models import Team, User
from wherewithal.web.config.loading import payments, policy, staff
from wherewithal.web.config.loading.books import write_books
from wherewithal.web.config.loading.checks import example_day, example_sum, looked_at
from wherewithal.web.config.loading.copying import after_copying, copy_rows, last_id
from wherewithal.web.config.loading.examples import choose, with_examples
from wherewithal.web.config.loading.source import CannotLoad, Source, from_council, from_folder
from wherewithal.web.config.loading.statements import first_statement, statements_sent
from wherewithal.web.config.loading.tables import Town, tables
from wherewithal.web.config.loading.travellers import Traveller, travellers
from wherewithal.web.payments.calendar import bank_holidays
from wherewithal.web.payments.models import Run
from wherewithal.web.people.models import Person
from wherewithal.web.policy.models import Rate, SchemeVersion, Setting
from wherewithal.web.policy.settings import local

__all__ = ["CannotLoad", "is_empty", "load_folder", "make_and_load"]

SCHEME = "standard-adult"


def is_empty() -> bool:
    """Say whether nobody is known to the council yet."""
    return not Person.objects.exists()


def make_and_load(
    *, people: int, seed: int, progress: bool = False, on: date | None = None
) -> None:
    """Make a council and load it, as it stood when the day before ``on`` (today) was over.

    Raises:
        CannotLoad: there are people, or example accounts, already.
    """
    _refuse_unless_empty()
    scheme = packaged(SCHEME)
    last_night = (on or timezone.localdate()) - timedelta(days=1)
    council = make_council(Request(people, seed, last_night), scheme)
    _load(from_council(council, scheme), progress=progress)


def load_folder(folder: Path, *, progress: bool = False) -> int:
    """Load a council from the folder it was written to; return how many people it has.

    Raises:
        CannotLoad: there are people already, or a file is missing or not of its shape.
    """
    _refuse_unless_empty()
    source = from_folder(folder)
    _load(source, progress=progress)
    return len(source.people)


def _refuse_unless_empty() -> None:
    in_the_way = "There are people in it already." if not is_empty() else staff.in_the_way()
    if in_the_way:
        raise CannotLoad(
            f"A made-up council goes into an empty database only. {in_the_way}"
            " Name another database in DATABASE_URL."
        )


@transaction.atomic
def _load(source: Source, *, progress: bool) -> None:
    town = _town(source)
    filled = tables(town)
    total = len(source.answers) + 2 * len(source.events) + 12 * len(source.people)
    _check_as_we_go()
    bar: tqdm[Any] = tqdm(
        total=total, desc="Loading", unit=" rows", disable=not progress, file=sys.stdout
    )
    with bar:
        for model, columns, rows in filled:
            copy_rows(model, columns, rows, bar)
        bar.total = bar.n
    _decide(town.paid, town.crew, town.after_run, source.on)
    write_books(town.paid, town.crew, town.after_run, source.on)
    after_copying([*(model for model, _, _ in filled), SchemeVersion, Rate])
    looked_at(town.crew, source.on)
    shown = town.examples.person
    example = Person.objects.filter(pk=shown.id).first() if shown else None
    if example is not None:
        first_statement(town.crew, example_day(source.on), source.on, example)
        example_sum(example, town.crew, source.on)
    statements_sent(town.crew, source.on, example, since=example_day(source.on))


def _town(source: Source) -> Town:
    everyone = travellers(source)
    examples = choose(everyone)
    everyone = with_examples(everyone, examples)
    people = [person.row for person in everyone]
    crew = staff.staff_of(
        people, source.on, examples, after_team=last_id(Team), after_user=last_id(User)
    )
    policy.set_rates()
    return Town(
        source=source,
        everyone=everyone,
        examples=examples,
        crew=crew,
        version=policy.publish(source.scheme),
        paid=_paid(everyone, source.on),
        after_run=last_id(Run),
    )


def _paid(everyone: list[Traveller], on: date) -> payments.Paid:
    settings = local("payment_anchor", "payment_weeks")
    weeks_each = int(settings["payment_weeks"])
    anchor = date.fromisoformat(str(settings["payment_anchor"]))
    runs = payments.runs_until(on, anchor=anchor, weeks_each=weeks_each, holidays=bank_holidays())
    return payments.pay(everyone, runs, weeks_each)


def _check_as_we_go() -> None:
    """Check references table by table: beside a long queue of checks, triggers are slow."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _decide(paid: payments.Paid, crew: staff.Staff, after: int, on: date) -> None:
    """Freeze the runs, now that their payments are in: on their way, or arrived."""
    began = min((run.period.start for run in paid.runs), default=on)
    Setting.objects.update_or_create(key="payments_began", defaults={"value": began.isoformat()})
    for number, run in enumerate(paid.runs, after + 1):
        Run.objects.filter(pk=number).update(**payments.decided_on(run, on, crew))
