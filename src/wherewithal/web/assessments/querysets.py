"""Reads of assessments and answers; one of them gives exactly the type the engine takes."""

from typing import TYPE_CHECKING

from django.db import models

from wherewithal.allocation import Answer as Given
from wherewithal.allocation import Answers, Missing
from wherewithal.allocation.answers import read_answer
from wherewithal.scheme import Question, Scheme
from wherewithal.web.people.models import Person, Supporter
from wherewithal.web.policy.schemes import scheme_of

if TYPE_CHECKING:
    from wherewithal.web.assessments.models import (
        Answer,
        Assessment,
        EligibilityDecision,
        IndicativeBudget,
    )

MISSING = {
    "skipped": Missing.NOT_ANSWERED,
    "not-applicable": Missing.NOT_APPLICABLE,
    "declined": Missing.DECLINED,
    "unknown": Missing.UNKNOWN,
}
"""What each state without a value is to the engine. None of them is ever a zero."""


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Questions about assessments. They start from a person whom the reader may see."""

    def whole_of(self, person: Person) -> "AssessmentQuerySet":
        """Keep someone's assessments, newest first, each with its decision and figure."""
        mine = self.filter(person=person).exclude(status="abandoned").order_by("-started_at", "-id")
        return mine.select_related(
            "person",
            "person__practitioner",
            "scheme",
            "started_by",
            "completed_by",
            "eligibility__decided_by",
            "indicative__worked_out_by",
            "indicative__scheme",
        )

    def figured_before(self, assessment: "Assessment") -> "Assessment | None":
        """Return the newest assessment before this one that came to a figure."""
        began = assessment.started_at
        earlier = models.Q(started_at__lt=began) | models.Q(started_at=began, id__lt=assessment.pk)
        mine = self.whole_of(assessment.person).filter(earlier, indicative__weekly__isnull=False)
        return mine.first()

    def newest_of(self, person: Person) -> "Assessment | None":
        """Return someone's newest assessment with its decision and figure, in one query."""
        return self.whole_of(person).first()


class AnswerQuerySet(models.QuerySet["Answer"]):
    """Questions about answers."""

    def current(self) -> "AnswerQuerySet":
        """Keep the answers that stand now."""
        return self.filter(replaced_at__isnull=True)

    def by_question(self) -> "dict[str, Answer]":
        """Return the answers that stand now, with who gave them, by their question's code."""
        rows = self.current().select_related("given_by")
        return {answer.question: answer for answer in rows}

    def ever_given_to(self, question: str) -> "AnswerQuerySet":
        """Keep every answer to one question, the newest first."""
        mine = self.filter(question=question).select_related("given_by")
        return mine.order_by("-given_at", "-id")


def decision_of(assessment: "Assessment") -> "EligibilityDecision | None":
    """Return the eligibility decision, if there is one."""
    return getattr(assessment, "eligibility", None)


def figure_of(assessment: "Assessment") -> "IndicativeBudget | None":
    """Return the indicative budget, if it has been worked out."""
    return getattr(assessment, "indicative", None)


def carers_of(person: Person) -> list[Supporter]:
    """Return those who help as carers, in a steady order."""
    return list(person.supporters.filter(is_carer=True).order_by("id"))


def what_carers_say(carers: list[Supporter]) -> tuple[bool | None, bool | None]:
    """Return whether the carers are willing and whether they are able; ``None`` is not asked.

    One "no" settles it, and all must say "yes": help is never counted on the word of half of them.
    """
    return _together([c.willing for c in carers]), _together([c.able for c in carers])


def answers_for_engine(
    assessment: "Assessment", said: "dict[str, Answer]", carers: tuple[bool | None, bool | None]
) -> Answers:
    """Return the answers as the engine takes them: ``explain(scheme, answers)``."""
    values: dict[str, Given] = {}
    shares: dict[str, int] = {}
    for question in scheme_of(assessment.scheme).questions:
        if answer := said.get(question.code):
            values[question.code] = _value(question, answer)
            if question.helpable and answer.help_percent:
                shares[question.code] = answer.help_percent
    return Answers(values=values, help=shares, carer_willing=carers[0], carer_able=carers[1])


def as_it_was(
    assessment: "Assessment", said: "dict[str, Answer]", now: tuple[bool | None, bool | None]
) -> tuple[Scheme, Answers]:
    """Return what ``explain`` took when the figure was made: the scheme, answers, carers' word.

    Where there is no figure yet, what carers say ``now`` stands.
    """
    then, budget = now, figure_of(assessment)
    if budget:
        then = (budget.carer_willing, budget.carer_able)
        if budget.help_counted and then == (None, None):
            then = (True, True)
    return scheme_of(assessment.scheme), answers_for_engine(assessment, said, then)


def _value(question: Question, answer: "Answer") -> Given:
    if answer.state in MISSING:
        return MISSING[answer.state]
    if question.kind == "several":
        return read_answer(question, answer.value)
    return int(answer.value) if question.kind == "number" else answer.value


def _together(said: list[str]) -> bool | None:
    if "no" in said:
        return False
    return True if said and all(each == "yes" for each in said) else None
