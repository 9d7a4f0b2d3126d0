"""Writes of support plans: each checks that the plan is being made, and leaves an audit row."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Model

from wherewithal.careact.plan import gaps
from wherewithal.web.accounts.actions import record
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.transitions import NotNow, check_move
from wherewithal.web.assessments.models import Assessment
from wherewithal.web.people.models import Person, Stage
from wherewithal.web.plans.facts import facts_of, totals_of
from wherewithal.web.plans.models import Outcome, PlanLine, Risk, SupportPlan

Status = SupportPlan.Status
WORDS = {
    "about": "What matters most was written down.",
    "led_by": "Who leads the plan was written down.",
    "contingency": "What happens when something goes wrong was written down.",
    "advice": "Advice was added to the plan.",
    "why_above": "Why the plan costs more than the first figure was written down.",
    "not_met": "It was written down which needs the council will not meet, and why.",
    "steps_to_agree": "What was done to agree the plan was written down.",
}


@transaction.atomic
def start_plan(*, person: Person, by: User, at: datetime) -> SupportPlan:
    """Begin a plan from the newest finished assessment that has a first figure.

    Raises:
        NotNow: there is no such assessment, or a plan is being made already.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    if SupportPlan.objects.of(person).filter(status__in=[Status.DRAFT, Status.SUBMITTED]).exists():
        raise NotNow("A plan is being made already. Go on with that one.")
    assessment = latest_with_figure(person)
    if assessment is None:
        raise NotNow("A plan starts once the assessment is finished and there is a first figure.")
    plan = SupportPlan.objects.create(
        person=person, assessment=assessment, started_at=at, started_by=by
    )
    _stage(person, Stage.PLANNING)
    record(
        by=by, at=at, verb="plan.started", summary="A support plan was begun.",
        person=person.reference, plan=plan.pk,
    )  # fmt: skip
    return plan


def latest_with_figure(person: Person) -> Assessment | None:
    """Return the newest finished assessment with an eligible decision and an indicative budget."""
    return (
        Assessment.objects.filter(
            person=person, status="completed", eligibility__eligible=True, indicative__isnull=False
        )
        .order_by("-started_at")
        .first()
    )


@transaction.atomic
def write_words(*, plan: SupportPlan, by: User, at: datetime, **words: Any) -> SupportPlan:
    """Keep what was written in one or more parts of the plan (``about=…``, ``contingency=…``)."""
    plan = open_plan(plan)
    for name, value in words.items():
        setattr(plan, name, value)
    plan.save(update_fields=list(words))
    summary = next(WORDS[name] for name in words if name in WORDS)
    _noted(plan, by, at, "plan.words-written", summary, parts=sorted(words))
    return plan


@transaction.atomic
def save_outcome(
    *, plan: SupportPlan, words: str, by: User, at: datetime, outcome: Outcome | None = None
) -> Outcome:
    """Add something the person wants from life, or change its words."""
    plan = open_plan(plan)
    outcome = outcome or Outcome(plan=plan, position=_next(Outcome, plan))
    verb = "plan.outcome-changed" if outcome.pk else "plan.outcome-added"
    outcome.words = words
    outcome.save()
    _noted(plan, by, at, verb, f"An outcome was written down: “{words}”", outcome=outcome.pk)
    return outcome


@transaction.atomic
def save_line(
    *,
    plan: SupportPlan,
    values: dict[str, Any],
    by: User,
    at: datetime,
    line: PlanLine | None = None,
) -> PlanLine:
    """Add a piece of support, or change it; ``values`` are fields of :class:`PlanLine`."""
    plan = open_plan(plan)
    line = line or PlanLine(plan=plan, position=_next(PlanLine, plan))
    verb = "plan.support-changed" if line.pk else "plan.support-added"
    for name, value in values.items():
        setattr(line, name, value)
    line.save()
    _noted(plan, by, at, verb, f"Support was put in the plan: {line.what}.", line=line.pk)
    return line


@transaction.atomic
def save_risk(
    *, plan: SupportPlan, values: dict[str, str], by: User, at: datetime, risk: Risk | None = None
) -> Risk:
    """Add a risk the person chooses to take, or change its words."""
    plan = open_plan(plan)
    risk = risk or Risk(plan=plan)
    verb = "plan.risk-changed" if risk.pk else "plan.risk-added"
    for name, value in values.items():
        setattr(risk, name, value)
    risk.save()
    _noted(plan, by, at, verb, f"A risk worth taking was written down: “{risk.what}”", risk=risk.pk)
    return risk


@transaction.atomic
def remove(*, plan: SupportPlan, item: Outcome | PlanLine | Risk, by: User, at: datetime) -> None:
    """Take an outcome, a piece of support or a risk out of the plan; its words stay on record."""
    plan = open_plan(plan)
    kind = type(item).__name__
    _noted(
        plan, by, at, "plan.part-removed", f"Taken out of the plan: {_words_of(item)}",
        kind=kind, words=_words_of(item),
    )  # fmt: skip
    item.delete()


@transaction.atomic
def agree(
    *, plan: SupportPlan, agrees: bool, steps_to_agree: str, by: User, at: datetime
) -> SupportPlan:
    """Keep whether the person agrees with the plan, and what was done where they do not."""
    plan = open_plan(plan)
    plan.agreed_with_person, plan.steps_to_agree = agrees, steps_to_agree
    plan.save(update_fields=["agreed_with_person", "steps_to_agree"])
    told = f"{plan.person.name} {'agrees' if agrees else 'does not agree'} with the plan."
    _noted(plan, by, at, "plan.agreement-given", told, agrees=agrees)
    return plan


@transaction.atomic
def submit_plan(*, plan: SupportPlan, by: User, at: datetime) -> SupportPlan:
    """Send a complete plan for sign-off.

    Raises:
        NotNow: something required is missing; the message says what.
    """
    locked = SupportPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    check_move(SupportPlan.TRANSITIONS, locked.status, Status.SUBMITTED, "The plan")
    locked = SupportPlan.objects.with_everything().get(pk=plan.pk)
    missing = [gap.sentence for gap in gaps(facts_of(locked)) if gap.level == "required"]
    if totals_of(locked).beside.above and not locked.why_above.strip():
        missing.append("Say why the plan costs more than the first figure.")
    if missing:
        raise NotNow(" ".join(missing))
    locked.status, locked.submitted_at, locked.submitted_by = Status.SUBMITTED, at, by
    locked.returned_because = ""
    locked.save(update_fields=["status", "submitted_at", "submitted_by", "returned_because"])
    _stage(locked.person, Stage.SIGN_OFF)
    _noted(locked, by, at, "plan.submitted", "The support plan was sent for sign-off.")
    return locked


@transaction.atomic
def return_plan(*, plan: SupportPlan, reasons: str, by: User, at: datetime) -> SupportPlan:
    """Give a submitted plan back to be changed, with reasons the person can read."""
    plan = _move(plan, Status.DRAFT)
    plan.returned_because = reasons
    plan.save(update_fields=["status", "returned_because"])
    _stage(plan.person, Stage.PLANNING)
    _noted(plan, by, at, "plan.returned", f"The support plan came back to be changed: {reasons}")
    return plan


@transaction.atomic
def agree_plan(*, plan: SupportPlan, by: User, at: datetime) -> SupportPlan:
    """Mark a submitted plan as agreed by the council; the one before it is replaced."""
    plan = _move(plan, Status.AGREED)
    for earlier in SupportPlan.objects.of(plan.person).filter(status=Status.AGREED):
        _move(earlier, Status.REPLACED).save(update_fields=["status"])
    plan.save(update_fields=["status"])
    _noted(plan, by, at, "plan.agreed", "The support plan was agreed.")
    return plan


@transaction.atomic
def give_copy(*, plan: SupportPlan, on: date, by: User, at: datetime) -> None:
    """Keep the day on which the person was given their copy of the plan."""
    SupportPlan.objects.filter(pk=plan.pk).update(copy_given_on=on)
    _noted(plan, by, at, "plan.copy-given", f"{plan.person.name} was given a copy of the plan.")


def open_plan(plan: SupportPlan) -> SupportPlan:
    """Return the plan, locked, or say that it cannot be changed now."""
    locked = (
        SupportPlan.objects.select_for_update(of=("self",)).select_related("person").get(pk=plan.pk)
    )
    if locked.status != Status.DRAFT:
        raise NotNow(
            f"This plan is {locked.get_status_display().lower()}, so it cannot be changed now."
        )
    return locked


def _move(plan: SupportPlan, to: SupportPlan.Status) -> SupportPlan:
    locked = (
        SupportPlan.objects.select_for_update(of=("self",)).select_related("person").get(pk=plan.pk)
    )
    check_move(SupportPlan.TRANSITIONS, locked.status, to, "The plan")
    locked.status = to
    return locked


def _stage(person: Person, stage: Stage) -> None:
    Person.objects.filter(pk=person.pk).update(stage=stage)


def _next(model: type[Outcome] | type[PlanLine], plan: SupportPlan) -> int:
    highest = model._default_manager.filter(plan=plan).aggregate(last=Max("position"))["last"]
    return 0 if highest is None else int(highest) + 1


def _words_of(item: Model) -> str:
    return str(getattr(item, "words", None) or getattr(item, "what", ""))


def _noted(
    plan: SupportPlan, by: User, at: datetime, verb: str, summary: str, **detail: Any
) -> None:
    record(
        by=by,
        at=at,
        verb=verb,
        summary=summary,
        person=plan.person.reference,
        plan=plan.pk,
        **detail,
    )
