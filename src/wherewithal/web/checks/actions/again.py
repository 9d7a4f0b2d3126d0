"""Another look at a decision: asked for in one page, answered by somebody else, with reasons."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.timezone import localtime

from wherewithal.dates import add_working_days, long_date
from wherewithal.web.accounts.actions import record
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.transitions import NotNow, check_move
from wherewithal.web.checks.models import LookAgain
from wherewithal.web.people.models import Person
from wherewithal.web.policy.settings import local

ACKNOWLEDGE_WORKING_DAYS = 3
"""A complaint is acknowledged within three working days (SI 2009/309): so is this."""
Status = LookAgain.Status


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as it stands: whose it was, its row, and a sentence that says it."""

    of: str
    row: int | None
    by_id: int | None
    told: str


@transaction.atomic
def ask_again(
    *, person: Person, decided: Decided, why: str, holidays: Collection[date], by: User,
    at: datetime,
) -> LookAgain:  # fmt: skip
    """Ask for another look at a decision. What was decided stays as it is until then.

    Raises:
        ValidationError: nobody said why.
        NotNow: somebody is looking at it already.
    """
    if not why.strip():
        raise ValidationError({"why": "Tell us what seems wrong. A few words are enough"})
    today = localtime(at).date()
    days = int(local("look_again_working_days")["look_again_working_days"])
    try:
        with transaction.atomic():
            asked = LookAgain.objects.create(
                person=person, of=decided.of, decision=decided.row, told=decided.told,
                first_decided_by_id=decided.by_id, why=why.strip(), asked_at=at, asked_by=by,
                acknowledge_by=add_working_days(today, ACKNOWLEDGE_WORKING_DAYS, holidays),
                answer_by=add_working_days(today, days, holidays),
            )  # fmt: skip
    except IntegrityError as refusal:
        if "one_look_again_at_a_time" not in str(refusal):
            raise
        raise NotNow("Somebody is looking at this again already.") from refusal
    told = f"Another look was asked for: {asked.get_of_display()}. “{why.strip()}”"
    return _noted(asked, by, at, "asked", told)


@transaction.atomic
def acknowledge(*, asked: LookAgain, on: date, by: User, at: datetime) -> LookAgain:
    """Note that the person was told: we have it, and answer by this day."""
    found = _moving(asked, Status.ACKNOWLEDGED)
    found.status, found.acknowledged_on = Status.ACKNOWLEDGED, on
    found.save(update_fields=["status", "acknowledged_on"])
    told = f"We told them that we have it, and answer by {long_date(found.answer_by)}."
    return _noted(found, by, at, "acknowledged", told)


@transaction.atomic
def decide_again(
    *, asked: LookAgain, outcome: str, reasons: str, by: User, at: datetime
) -> LookAgain:
    """Answer another look, with reasons. Never by who decided first, or who asked.

    Raises:
        NotNow: somebody else has to decide.
        ValidationError: there are no reasons.
    """
    if not reasons.strip():
        raise ValidationError({"reasons": "Enter your reasons. The person reads them"})
    found = _moving(asked, Status.DECIDED)
    if by.pk == found.first_decided_by_id:
        raise NotNow("You made the decision this is about, so somebody else has to look again.")
    if by.pk == found.asked_by_id:
        raise NotNow("You asked for this yourself, so somebody else has to look again.")
    found.status, found.outcome = Status.DECIDED, LookAgain.Outcome(outcome)
    found.reasons, found.decided_by, found.decided_on = reasons.strip(), by, localtime(at).date()
    found.save()
    told = f"Somebody else looked again. {found.get_outcome_display()}. Why: {found.reasons}"
    return _noted(found, by, at, "decided", told)


@transaction.atomic
def withdraw(*, asked: LookAgain, by: User, at: datetime) -> LookAgain:
    """Take back that one asked."""
    found = _moving(asked, Status.WITHDRAWN)
    found.status = Status.WITHDRAWN
    found.save(update_fields=["status"])
    return _noted(found, by, at, "withdrawn", "They took back that they asked for another look.")


def _moving(asked: LookAgain, to: Status) -> LookAgain:
    rows = LookAgain.objects.select_for_update(of=("self",)).select_related("person")
    found = rows.get(pk=asked.pk)
    check_move(LookAgain.TRANSITIONS, found.status, to, "Another look")
    return found


def _noted(found: LookAgain, by: User, at: datetime, verb: str, summary: str) -> LookAgain:
    record(
        by=by, at=at, verb=f"look-again.{verb}", summary=summary, person=found.person.reference,
        look_again=found.pk,
    )  # fmt: skip
    return found
