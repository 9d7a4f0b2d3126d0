"""Writes of an assessment while it is being answered."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from wherewithal.allocation import AnswerMistake
from wherewithal.allocation.answers import read_answer, write_answer
from wherewithal.dates import long_date
from wherewithal.scheme import Question
from wherewithal.web.accounts.actions import record
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.transitions import NotNow, check_move
from wherewithal.web.assessments.models import Answer, Assessment, EligibilityDecision
from wherewithal.web.assessments.querysets import decision_of
from wherewithal.web.people.models import Person, Stage
from wherewithal.web.policy.models import SchemeVersion

WITH_SUPPORT = frozenset({Stage.SETTING_UP, Stage.LIVE})
"""Stages that a new assessment leaves alone: support goes on while someone is assessed again."""


@dataclass(frozen=True, slots=True)
class Said:
    """What was answered to one question: a value where ``state`` is "answered", and how."""

    state: str
    how: str
    value: str = ""
    help_percent: int = 0
    words: str = ""


@dataclass(frozen=True, slots=True)
class Copy:
    """That something was given to the person in writing: on which day, and how."""

    given_on: date
    how: str


@transaction.atomic
def start_assessment(*, person: Person, on: date, by: User, at: datetime) -> Assessment:
    """Begin an assessment with the scheme in force on a day.

    Raises:
        NotNow: one is under way or waits for a decision, or this is a carer's own assessment.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    if person.kind != Person.Kind.ADULT:
        raise NotNow("A carer’s own assessment is a talk with us. Please ring us to arrange it.")
    newest = Assessment.objects.newest_of(person)
    if newest and newest.status == Assessment.Status.OPEN:
        raise NotNow("An assessment is already under way. You can go on with it.")
    if newest and decision_of(newest) is None:
        raise NotNow("The last assessment waits for a decision. It can be opened again until then.")
    made = Assessment.objects.create(person=person, scheme=_live(on), started_at=at, started_by=by)
    move_to(person, Stage.ASSESSMENT)
    record(
        by=by, at=at, verb="assessment.started", person=person.reference,
        summary="The assessment was started.", assessment=made.pk,
    )  # fmt: skip
    return made


@transaction.atomic
def write_about_me(*, assessment: Assessment, words: str, by: User, at: datetime) -> None:
    """Keep what the person wants us to know first; the audit row keeps what stood there before."""
    open_now = being_answered(assessment)
    if words == open_now.about_me:
        return
    before, open_now.about_me = open_now.about_me, words
    open_now.save(update_fields=["about_me"])
    record(
        by=by, at=at, verb="about-me.written", person=open_now.person.reference, before=before,
        summary="What we should know first was written down.",
    )  # fmt: skip


@transaction.atomic
def give_answer(
    *, assessment: Assessment, question: Question, said: Said, by: User, at: datetime
) -> Answer | None:
    """Store an answer at once. A changed answer is a new row; the same one again writes nothing.

    Raises:
        NotNow: the assessment is finished.
        ValidationError: the question does not allow this answer.
    """
    open_now = being_answered(assessment)
    _check(question, said)
    before = open_now.answers.current().filter(question=question.code).first()
    if before and _same(before, said):
        return None
    if before:
        before.replaced_at = at
        before.save(update_fields=["replaced_at"])
    answer = Answer.objects.create(
        assessment=open_now, question=question.code, state=said.state, value=said.value,
        help_percent=said.help_percent, words=said.words, how=said.how, given_by=by, given_at=at,
    )  # fmt: skip
    record(
        by=by, at=at, verb="answer.changed" if before else "answer.given",
        person=open_now.person.reference,
        summary=f"{_DID[said.state, before is not None]} “{question.ask}”",
        question=question.code, state=said.state, how=said.how,
    )  # fmt: skip
    return answer


@transaction.atomic
def finish_assessment(*, assessment: Assessment, copy: Copy | None, by: User, at: datetime) -> None:
    """Finish an assessment; eligibility is decided next.

    Raises:
        NotNow: it is finished already, or nothing in it is answered.
    """
    open_now = being_answered(assessment)
    done = Assessment.Status.COMPLETED
    check_move(Assessment.TRANSITIONS, open_now.status, done, "This assessment")
    if not open_now.answers.current().exclude(state=Answer.State.SKIPPED).exists():
        raise NotNow("Nothing is answered yet. Answer at least one question first.")
    open_now.status, open_now.completed_at, open_now.completed_by = done, at, by
    if copy:
        open_now.copy_given_on, open_now.copy_format = copy.given_on, copy.how
    open_now.save()
    move_to(open_now.person, Stage.ELIGIBILITY)
    record(
        by=by, at=at, verb="assessment.finished", person=open_now.person.reference,
        summary="The assessment was finished." + (_copy_words(copy) if copy else ""),
        assessment=open_now.pk,
    )  # fmt: skip


@transaction.atomic
def reopen_assessment(*, assessment: Assessment, reason: str, by: User, at: datetime) -> None:
    """Open a finished assessment again, with a reason, before a decision has been made.

    Raises:
        NotNow: eligibility has been decided, or the assessment is not finished.
        ValidationError: there is no reason.
    """
    if not reason.strip():
        raise ValidationError("Say why the assessment is opened again.")
    locked = _locked(assessment)
    if EligibilityDecision.objects.filter(assessment=locked).exists():
        raise NotNow("Eligibility has been decided on these answers. Start a new assessment.")
    check_move(Assessment.TRANSITIONS, locked.status, Assessment.Status.OPEN, "This assessment")
    locked.status = Assessment.Status.OPEN
    locked.completed_at = locked.completed_by = None
    locked.copy_given_on, locked.copy_format = None, ""
    locked.save()
    move_to(locked.person, Stage.ASSESSMENT)
    record(
        by=by, at=at, verb="assessment.reopened", person=locked.person.reference,
        summary=f"The assessment was opened again: {reason.strip()}", assessment=locked.pk,
    )  # fmt: skip


@transaction.atomic
def record_copy(
    *, of: Assessment | EligibilityDecision, copy: Copy, by: User, at: datetime
) -> None:
    """Keep that the person was given the assessment, or the decision, in writing."""
    of.copy_given_on, of.copy_format = copy.given_on, copy.how
    of.save(update_fields=["copy_given_on", "copy_format"])
    assessment = of if isinstance(of, Assessment) else of.assessment
    what = "assessment" if of is assessment else "eligibility decision"
    record(
        by=by, at=at, verb=f"{what.replace(' ', '-')}.copied", person=assessment.person.reference,
        summary=f"About the {what}:{_copy_words(copy)}",
    )  # fmt: skip


def move_to(person: Person, stage: Stage) -> None:
    """Move a person along the road, unless support is already in place and simply goes on."""
    if person.stage != stage and person.stage not in WITH_SUPPORT:
        person.stage = stage
        person.save(update_fields=["stage"])


def being_answered(assessment: Assessment) -> Assessment:
    """Return the assessment, locked until the transaction ends.

    Raises:
        NotNow: it is not open.
    """
    locked = _locked(assessment)
    if locked.status != Assessment.Status.OPEN:
        raise NotNow("This assessment is finished, so its answers can’t be changed now.")
    return locked


def _locked(assessment: Assessment) -> Assessment:
    rows = Assessment.objects.select_for_update(of=("self",)).select_related("person")
    return rows.get(pk=assessment.pk)


def _live(on: date) -> SchemeVersion:
    try:
        return SchemeVersion.objects.live(on=on)
    except SchemeVersion.DoesNotExist:
        raise NotNow(
            f"No scheme is in force on {long_date(on)}. Publish one before an assessment starts."
        ) from None


def _check(question: Question, said: Said) -> None:
    if said.state != Answer.State.ANSWERED:
        if said.state == Answer.State.NOT_APPLICABLE and not question.may_not_apply:
            raise ValidationError(f"“{question.ask}” applies to everyone.")
        if said.value or said.help_percent:
            raise ValidationError("An answer that is not given has no value.")
        return
    if not _fits(question, said.value):
        raise ValidationError(f"{said.value!r} can’t be chosen. Choose {question.allowed()}.")
    if not 0 <= said.help_percent <= (100 if question.helpable else 0):
        raise ValidationError("How much family or friends do must be from 0 to 100 percent.")


def _fits(question: Question, value: str) -> bool:
    if question.kind == "number":
        return value.isdecimal() and question.least <= int(value) <= question.most
    if question.kind == "one":
        return any(option.code == value for option in question.options)
    try:
        answer = read_answer(question, value)
    except AnswerMistake:
        return False
    return isinstance(answer, frozenset) and write_answer(question, answer) == value


def _same(before: Answer, said: Said) -> bool:
    return said == Said(before.state, before.how, before.value, before.help_percent, before.words)


def _copy_words(copy: Copy) -> str:
    return f" A copy was given on {long_date(copy.given_on)} ({copy.how})."


_DID = {
    (state, changed): words
    for state, new, again in (
        ("answered", "Answered", "Changed the answer to"),
        ("skipped", "Skipped for now:", "Skipped for now:"),
        ("not-applicable", "Does not apply:", "Changed to does not apply:"),
        ("declined", "Would rather not say:", "Changed to would rather not say:"),
        ("unknown", "Not known:", "Changed to not known:"),
    )
    for changed, words in ((False, new), (True, again))
}
