"""Writes of this application; ``record`` is what every other action calls inside its own."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from wherewithal.web.accounts.models import AuditRow, Team, User
from wherewithal.web.accounts.querysets import name_mark
from wherewithal.web.accounts.roles import Role
from wherewithal.web.accounts.transitions import NotNow


def audit_row(
    *, by: User | None, at: datetime, verb: str, summary: str, person: str = "", **detail: Any
) -> AuditRow:
    """Return an audit row not yet stored.

    ``verb`` is ``noun.past-participle`` (``answer.given``), ``summary`` a plain sentence that can
    stand in a timeline, ``person`` the reference of the person it concerns, ``detail`` JSON values.
    """
    return AuditRow(
        by=by, at=at, verb=verb, summary=summary, person_reference=person, detail=detail
    )


def record(
    *, by: User | None, at: datetime, verb: str, summary: str, person: str = "", **detail: Any
) -> None:
    """Add one audit row inside the caller's transaction (see :func:`audit_row`)."""
    audit_row(by=by, at=at, verb=verb, summary=summary, person=person, **detail).save()


def record_many(rows: Iterable[AuditRow]) -> None:
    """Add many audit rows at once inside the caller's transaction."""
    AuditRow.objects.bulk_create(rows, batch_size=2000)


def note_failed_sign_in(*, username: str, at: datetime) -> None:
    """Record a try that failed, so that guessing is slowed down."""
    record(
        by=None,
        at=at,
        verb="sign-in.failed",
        summary="Someone tried to sign in, and the user name and password did not match.",
        name_mark=name_mark(username),
    )


def note_sign_in(*, by: User, at: datetime, trial: bool = False) -> None:
    """Record that someone signed in."""
    record(by=by, at=at, verb="sign-in.made", summary=f"{by} signed in.", trial=trial)


@transaction.atomic
def add_user(
    *, by: User, at: datetime, username: str, password: str, role: Role, **fields: Any
) -> User:
    """Let someone new sign in, with a password that they must change the first time.

    ``fields``: ``first_name``, ``last_name``, ``email``, ``phone``, ``team``.
    """
    added = User.objects.create_user(
        username, password=password, role=role, password_is_temporary=True, **fields
    )
    summary = f"{added} can now sign in as {role.label}."
    record(by=by, at=at, verb="user.added", summary=summary, username=username, role=str(role))
    return added


@transaction.atomic
def change_user(
    *,
    by: User,
    at: datetime,
    user: User,
    role: Role,
    team: Team | None,
    is_active: bool,
    **fields: Any,
) -> User:
    """Change who someone is here: role, team, whether they may sign in, how to reach them.

    Raises:
        NotNow: someone would shut themselves out, or leave nobody to look after sign-ins.
    """
    keeps = role == Role.ADMINISTRATOR and is_active
    if user.pk == by.pk and not keeps:
        raise NotNow(
            "You can’t take away your own way in. Ask another administrator to change it for you."
        )
    before = {"role": user.role, "team": user.team_id, "is_active": user.is_active}
    for name, value in (fields | {"role": role, "team": team, "is_active": is_active}).items():
        setattr(user, name, value)
    user.save()
    after = {"role": str(role), "team": user.team_id, "is_active": is_active}
    record(
        by=by,
        at=at,
        verb="user.changed",
        summary=f"The account of {user} was changed.",
        username=user.username,
        before=before,
        after=after,
    )
    return user


@transaction.atomic
def add_team(*, by: User, at: datetime, name: str, phone: str) -> Team:
    """Make a team that practitioners and managers can work in."""
    team = Team.objects.create(name=name, phone=phone)
    record(by=by, at=at, verb="team.added", summary=f"The team {name} was added.", team=team.pk)
    return team


@transaction.atomic
def change_team(*, by: User, at: datetime, team: Team, name: str, phone: str) -> Team:
    """Give a team another name or telephone number; its people stay in it."""
    before = {"name": team.name, "phone": team.phone}
    team.name, team.phone = name, phone
    team.save(update_fields=["name", "phone"])
    record(
        by=by,
        at=at,
        verb="team.changed",
        summary=f"The name or telephone number of the team {name} was changed.",
        team=team.pk,
        before=before,
        after={"name": name, "phone": phone},
    )
    return team


@transaction.atomic
def give_temporary_password(*, by: User, at: datetime, user: User, password: str) -> None:
    """Set a password that someone must change when they next sign in."""
    user.set_password(password)
    user.password_is_temporary = True
    user.save(update_fields=["password", "password_is_temporary"])
    summary = f"A temporary password was set for {user}."
    record(by=by, at=at, verb="password.set", summary=summary, username=user.username)


@transaction.atomic
def choose_password(*, by: User, at: datetime, password: str) -> None:
    """Set one's own password."""
    by.set_password(password)
    by.password_is_temporary = False
    by.save(update_fields=["password", "password_is_temporary"])
    record(by=by, at=at, verb="password.chosen", summary=f"{by} chose a new password.")
