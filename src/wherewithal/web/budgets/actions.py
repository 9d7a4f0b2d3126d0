"""Writes of money decisions: the charge, the budget and its sign-off, what is given and ended."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import localtime

from wherewithal.dates import long_date
from wherewithal.money import pounds
from wherewithal.web.accounts.actions import record
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.transitions import NotNow, check_move
from wherewithal.web.budgets.charges.working_out import Charge, charge_of
from wherewithal.web.budgets.delegation import Limits, needs_panel, why_not_decide
from wherewithal.web.budgets.funding import free_on
from wherewithal.web.budgets.funding_actions import carry_over
from wherewithal.web.budgets.models import Budget, BudgetLine, Decision, FinancialAssessment
from wherewithal.web.budgets.stages import settle_stages
from wherewithal.web.budgets.yearly.figures import pin, why_blocked
from wherewithal.web.people.models import Person, Stage
from wherewithal.web.plans.actions import agree_plan, return_plan, submit_plan
from wherewithal.web.plans.facts import line_cost, line_terms
from wherewithal.web.plans.models import PlanLine, SupportPlan

Status = Budget.Status
Kind = Decision.Kind
VERBS = {Kind.SIGN_OFF: "signed-off", Kind.TO_PANEL: "sent-to-panel", Kind.RETURN: "returned"}
OVERLAP = "budgets_of_one_person_never_overlap"


class Overlap(NotNow):
    """Another budget of the person covers some of the same days: PostgreSQL refused this one."""


@transaction.atomic
def keep_charge(
    *, person: Person, facts: dict[str, Any], starts: date, charge: Charge, by: User, at: datetime
) -> FinancialAssessment:
    """Keep a financial assessment; a budget that waits for a decision takes its contribution.

    The figures it counted with are kept with it, so that it never changes afterwards.

    Raises:
        NotNow: outside a trial, a figure it counts with was confirmed by nobody.
    """
    if blocked := why_blocked(charge.unverified):
        raise NotNow(blocked)
    facts = facts | {"pinned": pin(charge.steps, charge.unverified, starts)}
    stored = FinancialAssessment.objects.create(
        person=person, kind=facts["kind"], facts=facts, starts=starts, parameters_year=charge.year,
        unverified=[f"{item.label} ({item.why})" for item in charge.unverified],
        assessed_weekly=charge.assessed, made_at=at, made_by=by,
    )  # fmt: skip
    for budget in Budget.objects.waiting().filter(person=person).select_for_update():
        charge_budget(budget, stored)
        budget.save(update_fields=["charge", "contribution"])
    told = f"What {person.name} pays was worked out: {pounds(charge.contribution)} a week."
    _noted(person, by, at, "charge.worked-out", told, charge=stored.pk, kind=stored.kind)
    return stored


@transaction.atomic
def propose_budget(*, plan: SupportPlan, starts: date, by: User, at: datetime) -> Budget:
    """Send a complete plan for sign-off, with the budget that it comes to.

    Raises:
        NotNow: the plan lacks something, or is not being made.
    """
    plan = submit_plan(plan=plan, by=by, at=at)
    lines = [_budget_line(number, line) for number, line in enumerate(plan.lines.all())]
    budget = Budget(
        person=plan.person, plan=plan, period=DateRange(starts, None),
        cost=sum(line.weekly for line in lines), one_off=sum(line.one_off for line in lines),
        proposed_at=at, proposed_by=by,
    )  # fmt: skip
    charge_budget(budget, FinancialAssessment.objects.latest_for(plan.person, starts))
    budget.save()
    for line in lines:
        line.budget = budget
    BudgetLine.objects.bulk_create(lines)
    if carry_over(budget, by=by, at=at):
        charge_budget(budget, budget.charge)
        budget.save(update_fields=["contribution"])
    told = f"A personal budget of {pounds(budget.cost)} a week was put forward."
    _noted(plan.person, by, at, "budget.proposed", told, budget=budget.pk)
    return budget


@transaction.atomic
def sign_off(
    *, budget: Budget, weekly: Mapping[int, int], reasons: str, limits: Limits, by: User,
    at: datetime, end_earlier: bool = False,
) -> Decision:  # fmt: skip
    """Sign off a budget; ``weekly`` gives pence a week by line where a line's sum was changed.

    Raises:
        NotNow: it is not for this user, not charged yet, or for the panel.
        ValidationError: a reason is missing.
        Overlap: the person has a budget for some of these days.
    """
    budget = _for_decision(budget, Status.SIGNED_OFF, limits, by)
    if budget.charge is None:
        raise NotNow("Work out what the person pays first. The statement must say it.")
    changed = _change_lines(budget, weekly)
    _refuse_unless_allowed(budget, limits, by)
    panel = "" if budget.status == Status.PANEL else needs_panel(figure=budget.cost, limits=limits)
    if panel:
        raise NotNow(panel)
    if not reasons and (what := _asks_for_reasons(budget, changed)):
        raise ValidationError({"reasons": f"Enter your reasons. {what}"})
    if end_earlier:
        _end_earlier(budget, by, at)
    charge_budget(budget, budget.charge)
    budget.status = Status.SIGNED_OFF
    _save_without_overlap(budget)
    agree_plan(plan=budget.plan, by=by, at=at)
    Person.objects.filter(pk=budget.person_id).update(stage=Stage.SETTING_UP)
    told = f"The personal budget was signed off: {pounds(budget.cost)} a week."
    return _decided(budget, Kind.SIGN_OFF, reasons, told, by, at)


@transaction.atomic
def send_to_panel(
    *, budget: Budget, reasons: str, limits: Limits, by: User, at: datetime
) -> Decision:
    """Send a budget to the panel."""
    budget = _for_decision(budget, Status.PANEL, limits, by)
    budget.status = Status.PANEL
    budget.save(update_fields=["status"])
    return _decided(budget, Kind.TO_PANEL, reasons, "The budget was sent to the panel.", by, at)


@transaction.atomic
def return_budget(
    *, budget: Budget, reasons: str, limits: Limits, by: User, at: datetime
) -> Decision:
    """Give a budget and its plan back to be changed, with reasons that the person reads."""
    if not reasons:
        raise ValidationError({"reasons": "Enter your reasons. The person reads them."})
    budget = _for_decision(budget, Status.RETURNED, limits, by)
    budget.status = Status.RETURNED
    budget.save(update_fields=["status"])
    return_plan(plan=budget.plan, reasons=reasons, by=by, at=at)
    told = f"The budget was given back to be changed: {reasons}"
    return _decided(budget, Kind.RETURN, reasons, told, by, at)


@transaction.atomic
def end_budget(*, budget: Budget, last_day: date, reasons: str, by: User, at: datetime) -> Budget:
    """End a signed-off budget; its last day is paid for. The period stays half-open inside."""
    budget = (
        Budget.objects.select_for_update(of=("self",)).select_related("person").get(pk=budget.pk)
    )
    check_move(Budget.TRANSITIONS, budget.status, Status.ENDED, "The budget")
    if last_day < budget.period.lower:
        first = long_date(budget.period.lower)
        raise NotNow(f"The budget begins on {first}, so its last day cannot be before that.")
    budget.period = DateRange(budget.period.lower, last_day + timedelta(days=1))
    budget.status = Status.ENDED
    budget.save(update_fields=["period", "status"])
    told = f"The personal budget ends on {long_date(last_day)}. Why: {reasons}"
    _noted(budget.person, by, at, "budget.ended", told, budget=budget.pk)
    settle_stages(on=localtime(at).date(), by=by, at=at, people=[budget.person_id])
    return budget


@transaction.atomic
def give_statement(*, budget: Budget, on: date, by: User, at: datetime) -> None:
    """Keep the day the person was given the statement; support is in place once it has begun."""
    if budget.status != Status.SIGNED_OFF:
        raise NotNow("A statement is given once the budget is signed off.")
    Budget.objects.filter(pk=budget.pk).update(statement_on=on)
    told = f"{budget.person.name} was given the personal budget statement."
    _noted(budget.person, by, at, "statement.given", told, budget=budget.pk)
    settle_stages(on=on, by=by, at=at, people=[budget.person_id])


@transaction.atomic
def give_charge_copy(*, charge: FinancialAssessment, on: date, by: User, at: datetime) -> None:
    """Keep the day the person was given the letter about what they pay."""
    FinancialAssessment.objects.filter(pk=charge.pk).update(copy_given_on=on)
    told = f"{charge.person.name} was given the letter about what they pay."
    _noted(charge.person, by, at, "charge.copy-given", told, charge=charge.pk)


def _budget_line(number: int, line: PlanLine) -> BudgetLine:
    """Make a budget line. A direct payment is only wished for until its conditions are decided."""
    cost = line_cost(line)
    wished = PlanLine.Holding(line.holding)
    direct = wished == PlanLine.Holding.DIRECT_PAYMENT
    return BudgetLine(
        plan_line=line, what=line.what, provider=line.provider, how_often=line_terms(line),
        weekly=cost.weekly, one_off=cost.one_off, position=number,
        holding=PlanLine.Holding.COUNCIL_MANAGED if direct else wished,
    )  # fmt: skip


def charge_budget(budget: Budget, stored: FinancialAssessment | None) -> None:
    """Let a budget, not yet stored so, take what a charge asks for: nothing of what others pay."""
    budget.charge = stored
    budget.contribution = 0
    if stored is not None:
        born = budget.person.date_of_birth
        free = free_on(budget, budget.period.lower)
        found = charge_of(stored, born=born, cost=budget.cost, free=free)
        budget.contribution = found.contribution


def _for_decision(budget: Budget, to: Budget.Status, limits: Limits, by: User) -> Budget:
    locked = (
        Budget.objects.select_for_update(of=("self",))
        .select_related("person", "plan", "charge")
        .get(pk=budget.pk)
    )
    check_move(Budget.TRANSITIONS, locked.status, to, "The budget")
    _refuse_unless_allowed(locked, limits, by)
    return locked


def _refuse_unless_allowed(budget: Budget, limits: Limits, by: User) -> None:
    own = by.pk in {budget.plan.submitted_by_id, budget.proposed_by_id}
    refused = why_not_decide(role=by.role, own_plan=own, figure=budget.cost, limits=limits)
    if refused:
        raise NotNow(refused)


def _asks_for_reasons(budget: Budget, changed: bool) -> str:
    """Return what the person has a right to hear the reasons of; nothing where there is none."""
    if changed:
        return "The figure differs from the plan."
    if budget.status == Status.PANEL:
        return "The panel decided this."
    before = Budget.objects.decided().filter(
        person_id=budget.person_id, period__startswith__lt=budget.period.lower
    )
    earlier = before.order_by("-period", "-id").first()
    if earlier is not None and budget.cost < earlier.cost:
        return f"It is less than the budget before it, which is {pounds(earlier.cost)} a week."
    return ""


def _change_lines(budget: Budget, weekly: Mapping[int, int]) -> bool:
    """Write the sums that were decided for each line, so that the lines always add up."""
    changed = False
    lines = list(budget.lines.select_for_update())
    for line in lines:
        if line.pk in weekly and weekly[line.pk] != line.weekly:
            line.weekly, changed = weekly[line.pk], True
            line.save(update_fields=["weekly"])
    budget.cost = sum(line.weekly for line in lines)
    return changed


def _end_earlier(budget: Budget, by: User, at: datetime) -> None:
    day_before = budget.period.lower - timedelta(days=1)
    running = Budget.objects.filter(
        person_id=budget.person_id, status=Status.SIGNED_OFF, period__overlap=budget.period
    )
    for earlier in running:
        reason = f"a new budget begins on {long_date(budget.period.lower)}."
        end_budget(budget=earlier, last_day=day_before, reasons=reason, by=by, at=at)


def _save_without_overlap(budget: Budget) -> None:
    try:
        with transaction.atomic():
            budget.save()
    except IntegrityError as refusal:
        if OVERLAP not in str(refusal):
            raise
        raise Overlap(
            "This person already has a personal budget for some of these days."
            " End that one first, or start this one later."
        ) from refusal


def _decided(
    budget: Budget, kind: Decision.Kind, reasons: str, told: str, by: User, at: datetime
) -> Decision:
    decision = Decision.objects.create(
        budget=budget, kind=kind, figure=budget.cost, reasons=reasons, at=at, by=by
    )
    _noted(budget.person, by, at, f"budget.{VERBS[kind]}", told, budget=budget.pk, reasons=reasons)
    return decision


def _noted(person: Person, by: User, at: datetime, verb: str, summary: str, **detail: Any) -> None:
    record(by=by, at=at, verb=verb, summary=summary, person=person.reference, **detail)
