"""What is due for whom: one rule per stage of the road, worked out from dates alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from wherewithal.web.people.models import Person, Stage

REVIEW_NOTICE = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to do for one person. ``by`` is the last good day, where there is one."""

    person: Person
    what: str
    by: date | None
    late: bool


WAITING = {
    Stage.CONTACT: "Begin the assessment",
    Stage.ASSESSMENT: "Finish the assessment",
    Stage.ELIGIBILITY: "Decide eligibility",
    Stage.INDICATIVE: "Share the indicative budget",
    Stage.PLANNING: "Make the support plan together",
    Stage.SIGN_OFF: "Waiting for sign-off",
    Stage.SETTING_UP: "Give the statement and set support up",
}
BEFORE_A_PLAN = {Stage.CONTACT, Stage.ASSESSMENT, Stage.ELIGIBILITY}


def due_for(person: Person, *, on: date, assessment_days: int) -> Due | None:
    """Return the next thing due for a person, or ``None`` when nothing is.

    An assessment is due ``assessment_days`` after the council first heard of the person; a review
    is announced four weeks before its day.
    """
    stage = Stage(person.stage)
    if stage in WAITING:
        by = (
            person.known_since + timedelta(days=assessment_days) if stage in BEFORE_A_PLAN else None
        )
        return Due(person, WAITING[stage], by, by is not None and by < on)
    if stage is Stage.LIVE and person.review_due and person.review_due - REVIEW_NOTICE <= on:
        return Due(person, "Review how things are going", person.review_due, person.review_due < on)
    return None


def charge_due(person: Person, *, by: date, on: date) -> Due:
    """Return that what a person pays is to be looked at again by a day."""
    return Due(person, "Look again at what they pay", by, by < on)


def all_due(
    people: Iterable[Person], *, on: date, assessment_days: int,
    charges: Iterable[tuple[Person, date]] = (),
) -> list[Due]:  # fmt: skip
    """Return what is due for many people: late first, then by day, then what has no day.

    ``charges`` are people whose charge is to be looked at again, and by when.
    """
    found = [due_for(person, on=on, assessment_days=assessment_days) for person in people]
    found += [charge_due(person, by=by, on=on) for person, by in charges]
    return sorted(
        (due for due in found if due is not None),
        key=lambda due: (due.by is None, due.by or date.max, due.person.family_name, due.person.id),
    )
