"""The road of one person's budget: what is done, what is next, and where each stage's page is."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.timezone import localtime

from wherewithal.dates import long_date
from wherewithal.money import pounds
from wherewithal.web.accounts.roles import CARE, OWN, Role
from wherewithal.web.assessments.models import Assessment
from wherewithal.web.budgets.models import Budget, FinancialAssessment
from wherewithal.web.payments.models import Payment
from wherewithal.web.people.models import Person
from wherewithal.web.plans.models import SupportPlan


@dataclass(frozen=True, slots=True)
class Step:
    """One stage: its name, whether it is ``done``, ``now`` or ``next``, a sentence, its page."""

    title: str
    state: str
    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Travelled:
    """The newest record of each stage, or ``None`` where the person is not there yet."""

    assessment: Assessment | None
    plan: SupportPlan | None
    charge: FinancialAssessment | None
    budget: Budget | None
    payment: Payment | None


def travelled(person: Person) -> Travelled:
    """Read how far someone has come (five queries)."""
    return Travelled(
        assessment=person.assessments.exclude(status="abandoned")
        .select_related("eligibility", "indicative")
        .order_by("-started_at")
        .first(),
        plan=person.plans.exclude(status="replaced").order_by("-started_at").first(),
        charge=person.financial_assessments.order_by("-starts", "-id").first(),
        budget=person.budgets.exclude(status__in=["returned", "ended"])
        .order_by("-proposed_at")
        .first(),
        payment=person.payments.filter(run__status="approved")
        .select_related("run")
        .order_by("-run__pay_on")
        .first(),
    )


def road(person: Person, far: Travelled, *, role: Role, on: date) -> list[Step]:
    """Return the stages in order; a stage this role may not open has no address."""
    care = role in CARE or role in OWN
    stages = [
        ("Assessment", *_assessment(far), "assessments:tasks", care),
        ("Eligibility", *_eligibility(far), "assessments:eligibility", care),
        ("Indicative budget", *_indicative(far), "assessments:indicative", care),
        ("Support plan", *_plan(far), "plans:overview", care),
        ("Money check", *_charge(far), "budgets:charge", True),
        ("Personal budget", *_budget(far), "budgets:statement", True),
        ("How the money is held", *_holding(far), "budgets:holding", True),
        ("Payments", *_payments(far, on), "money:mine", True),
    ]
    steps, reached = [], False
    for title, done, text, name, open_to_role in stages:
        state = "done" if done else "next" if reached else "now"
        reached = reached or not done
        reachable = open_to_role and (done or state == "now" or bool(text))
        href = reverse(name, kwargs={"ref": person.reference}) if reachable else ""
        steps.append(Step(title, state, text, href))
    return steps


def _assessment(far: Travelled) -> tuple[bool, str]:
    if far.assessment is None:
        return False, ""
    if far.assessment.completed_at is None:
        return False, f"Begun {long_date(localtime(far.assessment.started_at).date())}."
    return True, f"Finished {long_date(localtime(far.assessment.completed_at).date())}."


def _eligibility(far: Travelled) -> tuple[bool, str]:
    decision = getattr(far.assessment, "eligibility", None)
    if decision is None:
        return False, ""
    verdict = "Eligible" if decision.eligible else "Not eligible"
    return True, f"{verdict}, decided {long_date(localtime(decision.decided_at).date())}."


def _indicative(far: Travelled) -> tuple[bool, str]:
    figure = getattr(far.assessment, "indicative", None)
    if figure is None:
        return False, ""
    if figure.weekly is None:
        return True, "To be costed piece by piece."
    return True, f"{pounds(figure.weekly)} a week."


def _plan(far: Travelled) -> tuple[bool, str]:
    if far.plan is None:
        return False, ""
    return far.plan.status == "agreed", f"{far.plan.get_status_display()}."


def _charge(far: Travelled) -> tuple[bool, str]:
    if far.charge is None:
        return False, ""
    return True, f"From {long_date(far.charge.starts)}."


def _budget(far: Travelled) -> tuple[bool, str]:
    if far.budget is None:
        return False, ""
    done = far.budget.status == "signed-off"
    return done, f"{pounds(far.budget.cost)} a week. {far.budget.get_status_display()}."


def _holding(far: Travelled) -> tuple[bool, str]:
    signed_off = far.budget is not None and far.budget.status == "signed-off"
    paid = far.payment is not None
    agreed = far.budget is not None and far.budget.agreement_on is not None
    given = far.budget is not None and far.budget.statement_on is not None
    return signed_off and (
        paid or agreed or given
    ), "" if not signed_off else "Chosen line by line."


def _payments(far: Travelled, on: date) -> tuple[bool, str]:
    if far.payment is None:
        return False, ""
    return True, latest_payment(far.payment, on)


def latest_payment(payment: Payment, on: date) -> str:
    """Say when the newest payment came, or on which day it will."""
    came = "was paid" if payment.run.pay_on <= on else "comes"
    return f"{pounds(payment.net)} {came} on {long_date(payment.run.pay_on)}."
