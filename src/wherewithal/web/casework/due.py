"""What is due for whom: one rule per stage of the road, worked out from dates alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wherewithal.web.people.models import Stage, called

REVIEW_NOTICE = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Glance:
    """What a list says of one person, and what is due is worked out from.

    ``charged_from`` is the first day of the newest charge; ``works_with`` names the practitioner.
    """

    id: int
    reference: str
    given_name: str
    preferred_name: str
    family_name: str
    stage: Stage
    known_since: date
    review_due: date | None
    charged_from: date | None
    works_with: str

    @property
    def name(self) -> str:
        """The name on letters."""
        return called(self.given_name, self.preferred_name, self.family_name)


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to do for one person, and the page it is done on.

    ``by`` is the last good day, where there is one.
    """

    person: Glance
    what: str
    page: str
    by: date | None
    late: bool


WAITING = {
    Stage.CONTACT: ("Begin the assessment", "assessments:tasks"),
    Stage.ASSESSMENT: ("Finish the assessment", "assessments:tasks"),
    Stage.ELIGIBILITY: ("Decide eligibility", "assessments:eligibility"),
    Stage.INDICATIVE: ("Share the indicative budget", "assessments:indicative"),
    Stage.PLANNING: ("Make the support plan together", "plans:overview"),
    Stage.SIGN_OFF: ("Waiting for sign-off", "budgets:statement"),
    Stage.SETTING_UP: ("Give the statement and set support up", "budgets:statement"),
}
BEFORE_A_PLAN = {Stage.CONTACT, Stage.ASSESSMENT, Stage.ELIGIBILITY}


def due_for(person: Glance, *, on: date, assessment_days: int) -> Due | None:
    """Return the next thing due for a person, or ``None`` when nothing is.

    An assessment is due ``assessment_days`` after the council first heard of the person; a review
    is announced four weeks before its day.
    """
    stage = person.stage
    if stage in WAITING:
        by = (
            person.known_since + timedelta(days=assessment_days) if stage in BEFORE_A_PLAN else None
        )
        return Due(person, *WAITING[stage], by, by is not None and by < on)
    if stage is Stage.LIVE and person.review_due and person.review_due - REVIEW_NOTICE <= on:
        by, what = person.review_due, "Review how things are going"
        return Due(person, what, "record:review", by, by < on)
    return None


def charge_due(person: Glance, *, on: date, weeks: int) -> Due | None:
    """Return that a charge is so many weeks old, or will be soon, and is to be looked at again."""
    if person.stage is not Stage.LIVE or person.charged_from is None:
        return None
    by = person.charged_from + timedelta(weeks=weeks)
    return (
        Due(person, "Look again at what they pay", "budgets:charge", by, by < on)
        if by - REVIEW_NOTICE <= on
        else None
    )


def all_due(
    people: Sequence[Glance], *, on: date, assessment_days: int, charge_weeks: int
) -> list[Due]:
    """Return what is due for many people: late first, then by day, then what has no day."""
    found = [due_for(person, on=on, assessment_days=assessment_days) for person in people]
    found += [charge_due(person, on=on, weeks=charge_weeks) for person in people]
    return sorted(
        (due for due in found if due is not None),
        key=lambda due: (due.by is None, due.by or date.max, due.person.family_name, due.person.id),
    )
