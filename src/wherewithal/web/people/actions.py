"""Writes of this application: who someone is, how to reach them, who helps them."""

import secrets
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import IntegerField, Max
from django.db.models.functions import Cast, Substr

from wherewithal.dates import long_date
from wherewithal.web.accounts.actions import add_user, give_temporary_password, record
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.people.models import Person, Supporter

NUMBERING = 5747_0001  # the advisory lock under which references are given out
EASY = "abcdefghjkmnpqrstuvwxyz"


@transaction.atomic
def register_person(*, by: User, at: datetime, on: date, **fields: Any) -> Person:
    """Make someone known to the council, in the team of whoever registers them."""
    person = Person.objects.create(
        reference=_next_reference(), known_since=on, team=by.team,
        practitioner=by if by.role == Role.PRACTITIONER else None, **fields,
    )  # fmt: skip
    record(
        by=by, at=at, verb="person.registered", person=person.reference,
        summary=f"{person.name} became known to the council.",
    )  # fmt: skip
    return person


@transaction.atomic
def change_person(
    *, by: User, at: datetime, person: Person, what: str, fields: dict[str, Any]
) -> Person:
    """Change facts about someone; ``what`` names them in the timeline: ``name and birth date``."""
    before = {name: _plain(getattr(person, name)) for name in fields}
    for name, value in fields.items():
        setattr(person, name, value)
    person.save(update_fields=list(fields))
    after = {name: _plain(value) for name, value in fields.items()}
    changed = sorted(name for name in fields if before[name] != after[name])
    if changed:
        record(
            by=by, at=at, verb="person.changed", person=person.reference, changed=changed,
            before=before, after=after, summary=f"The {what} of {person.name} changed.",
        )  # fmt: skip
    return person


@transaction.atomic
def record_death(
    *, by: User, at: datetime, person: Person, on: date | None, because: str
) -> Person:
    """Record the day on which someone died, or take it back (``None``); ``because`` says why.

    Lists of what is due leave them out from now on, and no run pays a budget that still runs.
    """
    before, person.date_of_death = person.date_of_death, on
    person.save(update_fields=["date_of_death"])
    told = f"{person.name} died on {long_date(on)}." if on else (
        f"{person.name} was written down as having died. That was a mistake."
    )  # fmt: skip
    record(
        by=by, at=at, verb="person.died" if on else "person.lives", person=person.reference,
        before=before and before.isoformat(), after=on and on.isoformat(),
        summary=f"{told} {because}",
    )  # fmt: skip
    return person


@transaction.atomic
def record_communication(
    *, by: User, at: datetime, on: date, person: Person, fields: dict[str, Any]
) -> Person:
    """Record how someone needs to be talked and written to, and that they were asked on a day."""
    for name, value in fields.items():
        setattr(person, name, value)
    person.communication_asked_on = on
    person.save(update_fields=[*fields, "communication_asked_on"])
    record(
        by=by, at=at, verb="communication.recorded", person=person.reference,
        summary=f"{person.name} was asked how to talk and write to them.", **fields,
    )  # fmt: skip
    return person


@transaction.atomic
def add_supporter(*, by: User, at: datetime, person: Person, **fields: Any) -> Supporter:
    """Add someone who helps; they see nothing until the person agrees."""
    supporter = Supporter.objects.create(person=person, **fields)
    record(
        by=by, at=at, verb="supporter.added", person=person.reference, supporter=supporter.pk,
        summary=f"{supporter.name} ({supporter.relationship}) was added as someone who helps.",
    )  # fmt: skip
    return supporter


@transaction.atomic
def change_supporter(
    *, by: User, at: datetime, supporter: Supporter, fields: dict[str, Any]
) -> Supporter:
    """Change facts about someone who helps."""
    before = {name: getattr(supporter, name) for name in fields}
    for name, value in fields.items():
        setattr(supporter, name, value)
    supporter.save(update_fields=list(fields))
    record(
        by=by, at=at, verb="supporter.changed", person=supporter.person.reference,
        supporter=supporter.pk, before=before, after=fields,
        summary=f"What we know about {supporter.name}, who helps, changed.",
    )  # fmt: skip
    return supporter


@transaction.atomic
def record_consent(
    *, by: User, at: datetime, supporter: Supporter, may_see: bool, how: str = ""
) -> Supporter:
    """Record whether the person agreed that a supporter may see and answer.

    ``how`` says how they told us, where somebody else writes it down.
    """
    supporter.may_see = may_see
    supporter.save(update_fields=["may_see"])
    words = "may now see and answer" if may_see else "may no longer see or answer"
    told = f" They told us: {how}" if how else ""
    record(
        by=by, at=at, verb="consent.recorded", person=supporter.person.reference,
        supporter=supporter.pk, may_see=may_see, how=how,
        summary=f"{supporter.person.name} decided that {supporter.name} {words}.{told}",
    )  # fmt: skip
    return supporter


@transaction.atomic
def record_willingness(
    *, by: User, at: datetime, supporter: Supporter, willing: str, able: str
) -> Supporter:
    """Record what a supporter says: are they willing to help, and are they able?"""
    before = {"willing": supporter.willing, "able": supporter.able}
    supporter.willing, supporter.able = willing, able
    supporter.save(update_fields=["willing", "able"])
    record(
        by=by, at=at, verb="willingness.recorded", person=supporter.person.reference,
        supporter=supporter.pk, before=before, after={"willing": willing, "able": able},
        summary=f"{supporter.name} told us about the help they can give.",
    )  # fmt: skip
    return supporter


@transaction.atomic
def give_way_in(
    *, by: User, at: datetime, person: Person, supporter: Supporter | None = None
) -> tuple[User, str]:
    """Let a person, or a supporter they agreed to, sign in. Returns the account and its password.

    The password is shown once, and must be changed when they first sign in. Where there is an
    account already, it gets a new password.

    Raises:
        NotNow: the person has not agreed that this supporter may see anything.
    """
    if supporter is not None and not supporter.may_see:
        raise NotNow(f"{person.name} has not agreed that {supporter.name} may see this record.")
    password = "-".join("".join(secrets.choice(EASY) for _ in range(4)) for _ in range(4))
    holder = supporter or person
    if holder.user is not None:
        give_temporary_password(by=by, at=at, user=holder.user, password=password)
        return holder.user, password
    if supporter is None:
        username, role = person.reference.lower(), Role.PERSON
        first = person.preferred_name or person.given_name
        names = {"first_name": first, "last_name": person.family_name}
    else:
        username, role = f"{person.reference.lower()}-{supporter.pk}", Role.SUPPORTER
        first, _, last = supporter.name.partition(" ")
        names = {"first_name": first, "last_name": last}
    user = add_user(by=by, at=at, username=username, password=password, role=role, **names)
    holder.user = user
    holder.save(update_fields=["user"])
    record(
        by=by, at=at, verb="sign-in.given", person=person.reference,
        summary=f"{user} was given a way to sign in.",
    )  # fmt: skip
    return user, password


def _next_reference() -> str:
    """Return the next free reference; two people registering at once wait for one another."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NUMBERING])
    numbered = Person.objects.filter(reference__regex=r"^WW[0-9]{1,9}$")
    number = Cast(Substr("reference", 3), IntegerField())
    last = numbered.aggregate(last=Max(number))["last"] or 0
    return f"WW{last + 1:06d}"


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
