"""When support is in place, and when it has ended: worked out from the budgets of a person."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from wherewithal.dates import long_date
from wherewithal.web.accounts.actions import audit_row, record_many
from wherewithal.web.accounts.models import User
from wherewithal.web.budgets.models import Budget
from wherewithal.web.people.models import Person, Stage
from wherewithal.web.policy.settings import local

THEIRS = Budget.objects.filter(person=OuterRef("pk"))


@transaction.atomic
def settle_stages(
    *, on: date, by: User | None, at: datetime, people: Collection[int] = (),
    paid: Collection[int] = (),
) -> int:  # fmt: skip
    """Move people on whose support has begun or ended by a day: ``people`` by key, or everyone.

    Support is in place once the statement was given and the first day has come, also where the
    council manages it all, or once a payment is on its way (``paid``, keys of people). It has
    ended when no decided budget runs on that day or begins later. Returns how many moved on.
    """
    asked = Person.objects.filter(pk__in=people) if people else Person.objects.all()
    begun = _begin(asked.filter(_begun(on) | Q(pk__in=paid), stage=Stage.SETTING_UP), by, at)
    return begun + _end(asked.filter(_over(on), stage__in=[Stage.SETTING_UP, Stage.LIVE]), by, at)


def _begun(on: date) -> Q:
    signed_off = THEIRS.in_force(on).filter(status=Budget.Status.SIGNED_OFF)
    return Q(Exists(signed_off.filter(statement_on__isnull=False)))


def _over(on: date) -> Q:
    runs = THEIRS.decided().filter(Q(period__contains=on) | Q(period__startswith__gt=on))
    return Q(Exists(THEIRS.decided())) & ~Q(Exists(runs))


def _begin(begun: QuerySet[Person], by: User | None, at: datetime) -> int:
    """Say that support is in place, and when it is first to be reviewed."""
    people = list(begun.select_for_update())
    weeks = int(local("review_weeks_first")["review_weeks_first"])
    first_days = _first_days(person.pk for person in people)
    rows = []
    for person in people:
        first = first_days[person.pk]
        if person.review_due is None or person.review_due < first:
            person.review_due = first + timedelta(weeks=weeks)
        person.stage = Stage.LIVE
        told = f"Support is in place. It is to be reviewed by {long_date(person.review_due)}."
        rows.append(
            audit_row(by=by, at=at, verb="support.begun", summary=told, person=person.reference)
        )
    Person.objects.bulk_update(people, ["stage", "review_due"], batch_size=2000)
    record_many(rows)
    return len(people)


def _first_days(keys: Iterable[int]) -> dict[int, date]:
    """Return the first day of each person's newest signed-off budget."""
    found = Budget.objects.filter(person__in=list(keys), status=Budget.Status.SIGNED_OFF)
    return dict(found.order_by("period").values_list("person", "period__startswith"))


def _end(ended: QuerySet[Person], by: User | None, at: datetime) -> int:
    people = list(ended.select_for_update())
    Person.objects.filter(pk__in=[person.pk for person in people]).update(stage=Stage.ENDED)
    record_many(
        audit_row(
            by=by, at=at, verb="support.ended", person=person.reference,
            summary="Support has ended: no personal budget runs or is to come.",
        )
        for person in people
    )  # fmt: skip
    return len(people)
