"""Writes of this application; ``record`` is what every other action calls inside its own."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from wherewithal.web.accounts.models import AuditRow, User


def audit_row(
    *, by: User | None, at: datetime, verb: str, summary: str, person: str = "", **detail: Any
) -> AuditRow:
    """Return an audit row not yet stored.

    ``verb`` is ``noun.past-participle`` (``answer.given``), ``summary`` a plain sentence that can
    stand in a timeline, ``person`` the reference of the person it concerns, ``detail`` JSON values.
    """
    return AuditRow(by=by, at=at, verb=verb, summary=summary, person_reference=person, detail=detail)


def record(
    *, by: User | None, at: datetime, verb: str, summary: str, person: str = "", **detail: Any
) -> None:
    """Add one audit row inside the caller's transaction (see :func:`audit_row`)."""
    audit_row(by=by, at=at, verb=verb, summary=summary, person=person, **detail).save()


def record_many(rows: Iterable[AuditRow]) -> None:
    """Add many audit rows at once inside the caller's transaction."""
    AuditRow.objects.bulk_create(rows, batch_size=2000)
