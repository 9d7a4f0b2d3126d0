"""Making, using and ending keys."""

import hashlib
import secrets
from datetime import date, datetime

from django.db import transaction

from wherewithal.dates import long_date
from wherewithal.web.accounts.actions import record
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.interface.models import AccessKey

BEGINS = 8


def mark_of(secret: str) -> str:
    """Return what is kept of a key. A key is 256 random bits, so one plain digest is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_key(
    *, name: str, reads: str, last_day: date, by: User, at: datetime
) -> tuple[AccessKey, str]:
    """Make a key; the secret itself is returned once and never kept."""
    secret = f"ww_{secrets.token_urlsafe(32)}"
    key = AccessKey.objects.create(
        name=name, reads=reads, mark=mark_of(secret), begins=secret[:BEGINS], made_at=at,
        made_by=by, last_day=last_day,
    )  # fmt: skip
    told = f"A key was made for {name}. It reads: {key.get_reads_display().lower()}."
    record(
        by=by, at=at, verb="key.made", summary=f"{told} Until {long_date(last_day)}.", key=key.pk
    )
    return key, secret


@transaction.atomic
def end_key(*, key: AccessKey, by: User, at: datetime) -> AccessKey:
    """End a key at once.

    Raises:
        NotNow: it was ended before.
    """
    key = AccessKey.objects.select_for_update().get(pk=key.pk)
    if key.ended_at is not None:
        raise NotNow("This key was ended before.")
    key.ended_at, key.ended_by = at, by
    key.save(update_fields=["ended_at", "ended_by"])
    record(by=by, at=at, verb="key.ended", summary=f"The key for {key.name} was ended.", key=key.pk)
    return key


@transaction.atomic
def note_use(*, key: AccessKey, on: date, at: datetime) -> None:
    """Note that a key was used, once a day."""
    if AccessKey.objects.filter(pk=key.pk).exclude(used_on=on).update(used_on=on):
        record(
            by=None, at=at, verb="key.used", key=key.pk,
            summary=f"{key.name} read the council’s records with its key.",
        )  # fmt: skip
