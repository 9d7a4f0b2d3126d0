"""Writes of this application; ``record`` is what every other action calls inside its own."""

from datetime import datetime
from typing import Any

from wherewithal.web.accounts.models import AuditRow, User


def record(
    *, by: User | None, at: datetime, verb: str, summary: str, person: str = "", **detail: Any
) -> AuditRow:
    """Add one audit row inside the caller's transaction.

    ``verb`` is ``noun.past-participle`` (``answer.given``), ``summary`` a plain sentence that can
    stand in a timeline, ``person`` the reference of the person it concerns, ``detail`` JSON values.
    """
    return AuditRow.objects.create(
        by=by, at=at, verb=verb, summary=summary, person_reference=person, detail=detail
    )
