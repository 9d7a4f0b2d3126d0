"""Writes that follow an assessment: the eligibility decision and the indicative budget."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from wherewithal.allocation import explain
from wherewithal.careact.eligibility import EligibilityDecision as Decided
from wherewithal.careact.eligibility import (
    EligibilityFacts,
    all_considered,
    decide_adult,
)
from wherewithal.money import pounds
from wherewithal.web.accounts.actions import record
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.assessments.actions.answering import Copy, move_to
from wherewithal.web.assessments.models import (
    Assessment,
    EligibilityDecision,
    IndicativeBudget,
)
from wherewithal.web.assessments.querysets import (
    answers_for_engine,
    carers_of,
    decision_of,
    figure_of,
    what_carers_say,
)
from wherewithal.web.people.models import Stage
from wherewithal.web.policy.schemes import scheme_of


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found on each of the three tests. Help from carers has no place here."""

    cause: bool
    unable: Mapping[str, frozenset[str]]
    impact: bool
    cause_words: str = ""
    impact_words: str = ""
    wellbeing: tuple[str, ...] = ()
    comes_and_goes: bool = False
    judged_over: str = ""
    advice: str = ""

    @property
    def decided(self) -> Decided:
        """Return the decision that follows from these findings, all ten outcomes looked at."""
        facts = EligibilityFacts(
            cause=self.cause,
            unable=all_considered(self.unable),
            impact=self.impact,
            comes_and_goes=self.comes_and_goes,
            judged_over=self.judged_over,
        )
        return decide_adult(facts)


@transaction.atomic
def decide_eligibility(
    *, assessment: Assessment, findings: Findings, by: User, at: datetime
) -> EligibilityDecision:
    """Decide whether needs are eligible, and keep the reasons in words.

    Raises:
        NotNow: the assessment is not finished, or has been decided.
        ValidationError: something is missing, or a "no" has no advice.
    """
    locked = _finished(assessment)
    if decision_of(locked):
        raise NotNow("Eligibility has been decided already.")
    decided = findings.decided
    if decided.eligible is None:
        raise ValidationError(list(decided.missing))
    if not decided.eligible and not findings.advice.strip():
        raise ValidationError("Write what could help now, and keep needs from growing.")
    decision = EligibilityDecision.objects.create(
        assessment=locked, cause=findings.cause, cause_words=findings.cause_words,
        unable={code: sorted(why) for code, why in findings.unable.items() if why},
        impact=findings.impact, impact_words=findings.impact_words,
        wellbeing=list(findings.wellbeing), eligible=decided.eligible,
        reasons="\n".join(reason.for_person for reason in decided.reasons),
        advice=findings.advice.strip(), decided_by=by, decided_at=at,
    )  # fmt: skip
    move_to(locked.person, Stage.INDICATIVE if decided.eligible else Stage.NOT_ELIGIBLE)
    outcome = "there are eligible needs" if decided.eligible else "there are no eligible needs now"
    record(
        by=by, at=at, verb="eligibility.decided", person=locked.person.reference,
        summary=f"Eligibility was decided: {outcome}.", eligible=decided.eligible,
    )  # fmt: skip
    return decision


@transaction.atomic
def work_out_budget(
    *, assessment: Assessment, by: User, at: datetime, without_figure: bool = False
) -> IndicativeBudget:
    """Work out the indicative budget with the scheme the assessment was answered under.

    ``without_figure`` goes on where answers are missing and will stay so: the plan is then costed
    from the bottom up, and nothing is guessed.

    Raises:
        NotNow: there is no eligible decision, a figure already, or something is missing.
    """
    locked = _finished(assessment)
    decision = decision_of(locked)
    if decision is None or not decision.eligible:
        raise NotNow("A first figure follows a decision that there are eligible needs.")
    if figure_of(locked):
        raise NotNow("The first figure has been worked out. It is kept as it is.")
    willing, able = what_carers_say(carers_of(locked.person))
    said = locked.answers.by_question()
    answers = answers_for_engine(locked, said, (willing, able))
    explanation = explain(scheme_of(locked.scheme), answers)
    if explanation.outcome == "incomplete" and not without_figure:
        raise NotNow(explanation.sentence)
    made = IndicativeBudget.objects.create(
        assessment=locked, scheme=locked.scheme, scheme_hash=explanation.scheme_hash,
        outcome=explanation.outcome, weekly=explanation.total,
        weekly_without_help=explanation.total_without_help,
        help_counted=bool(explanation.help_taken_away), carer_willing=willing, carer_able=able,
        worked_out_at=at, worked_out_by=by,
    )  # fmt: skip
    move_to(locked.person, Stage.INDICATIVE)
    figure = "" if made.weekly is None else f": {pounds(made.weekly)} a week"
    record(
        by=by, at=at, verb="indicative-budget.worked-out", person=locked.person.reference,
        summary=f"The indicative budget was worked out{figure}.", outcome=made.outcome,
        scheme_hash=made.scheme_hash, weekly=made.weekly,
    )  # fmt: skip
    return made


@transaction.atomic
def share_budget(*, budget: IndicativeBudget, copy: Copy, by: User, at: datetime) -> None:
    """Keep that the figure and its reasons were given to the person; planning can begin."""
    budget.shared_on, budget.shared_how = copy.given_on, copy.how
    budget.save(update_fields=["shared_on", "shared_how"])
    person = budget.assessment.person
    if person.stage == Stage.INDICATIVE:
        move_to(person, Stage.PLANNING)
    record(
        by=by, at=at, verb="indicative-budget.shared", person=person.reference,
        summary=f"The indicative budget was shared ({copy.how}).", on=copy.given_on.isoformat(),
    )  # fmt: skip


def _finished(assessment: Assessment) -> Assessment:
    Assessment.objects.select_for_update().get(pk=assessment.pk)  # what others wrote shows only
    related = ("person", "scheme", "eligibility", "indicative")  # to a query after the lock
    locked = Assessment.objects.select_related(*related).get(pk=assessment.pk)
    if locked.status != Assessment.Status.COMPLETED:
        raise NotNow("Finish the assessment first.")
    return locked
