"""The duties of each day: done once, by whichever worker is awake, and tried again if need be."""

import logging
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import DatabaseError, transaction

from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.books.querysets import prove
from wherewithal.web.budgets.stages import settle_stages
from wherewithal.web.checks.everybody import look_at_accounts
from wherewithal.web.insight.models import Duty
from wherewithal.web.payments.daily import look_ahead
from wherewithal.web.people.models import Person

log = logging.getLogger(__name__)
TRIES = 5
LOST_AFTER = timedelta(minutes=30)
"""A duty under way for longer was left by its worker."""
Work = Callable[[date, datetime], str]


@dataclass(frozen=True, slots=True)
class Declared:
    """One duty: its name in code, what it is called, why it is done, and what does it.

    ``at_once`` says that all it writes is one transaction; where it is not, doing it twice must
    do nothing twice.
    """

    name: str
    label: str
    why: str
    work: Work
    at_once: bool = True


def _stages(on: date, at: datetime) -> str:
    moved = settle_stages(on=on, by=None, at=at)
    return "Nobody’s support began or ended." if not moved else f"{moved} people moved on."


def _late(on: date, at: datetime) -> str:
    return look_ahead(on).words


def _accounts(on: date, at: datetime) -> str:
    return look_at_accounts(Person.objects.all(), on=on, at=at).told


def _books(on: date, at: datetime) -> str:
    proof = prove(on)
    if not proof.holds:
        raise NotNow(f"The books do not prove. {proof.difference}")
    return f"The books prove: {proof.journals:,} journals, {proof.entries:,} entries."


DUTIES: tuple[Declared, ...] = (
    Declared(
        "stages", "See whose support begins or ends today",
        "So that reviews are asked for from the first day.", _stages,
    ),
    Declared(
        "late", "Look for money that could be late",
        "While there is still time to send it.", _late,
    ),
    Declared(
        "books", "Prove the books",
        "Every balance is worked out anew, and every seal is checked.", _books,
    ),
    Declared(
        "accounts", "Look at every account by the rules",
        "So that somebody rings when money stops, or a share falls behind.", _accounts,
        at_once=False,
    ),
)  # fmt: skip
BY_NAME = {duty.name: duty for duty in DUTIES}


def do_duties(on: date, at: datetime) -> list[Duty]:
    """Do whatever was not done yet on a day; return what was tried. One failing stops no other."""
    return [done for duty in DUTIES if (done := do(duty, on=on, at=at)) is not None]


def do(duty: Declared, *, on: date, at: datetime, again: bool = False) -> Duty | None:
    """Do one duty, unless it is done or under way, or was tried too often and nobody asks.

    What it writes and the note that it is done are one transaction, so that no crash does half;
    but for one that is long, and goes on where it was when it is done again.
    """
    row = _begin(duty.name, on, at, again=again)
    if row is None:
        return None
    try:
        with transaction.atomic() if duty.at_once else nullcontext():
            row.said, row.state = duty.work(on, at), Duty.State.DONE
            row.ended_at = at
            row.save()
    except (NotNow, ValueError, DatabaseError) as problem:
        log.warning("The duty %s of %s went wrong: %s", duty.name, on, problem)
        row.said, row.state, row.ended_at = str(problem), Duty.State.FAILED, at
        row.save()
    return row


@transaction.atomic
def _begin(name: str, on: date, at: datetime, *, again: bool) -> Duty | None:
    row, new = Duty.objects.select_for_update().get_or_create(
        name=name, day=on, defaults={"begun_at": at}
    )
    if new:
        return row
    under_way = row.state == Duty.State.DOING and at - row.begun_at < LOST_AFTER
    if under_way or (row.state == Duty.State.DONE and not again):
        return None
    if row.tries >= TRIES and not again:
        return None
    row.state, row.tries, row.begun_at, row.ended_at = Duty.State.DOING, row.tries + 1, at, None
    row.save()
    return row
