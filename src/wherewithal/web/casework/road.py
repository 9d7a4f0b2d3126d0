"""The road of one person's budget: what is done, what is next, and where each stage's page is."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.timezone import localtime

from wherewithal.dates import long_date
from wherewithal.money import pounds
from wherewithal.web.accounts.roles import CARE, OWN, Role
from wherewithal.web.budgets.models import Budget
from wherewithal.web.casework.travelled import Travelled
from wherewithal.web.people.models import Person
from wherewithal.web.plans.models import SupportPlan


@dataclass(frozen=True, slots=True)
class Step:
    """One stage: its name, whether it is ``done``, ``now`` or ``next``, a sentence, its page."""

    title: str
    state: str
    text: str
    href: str = ""


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
    if far.begun_at is None:
        return False, ""
    if far.finished_at is None:
        return False, f"Begun {_day(far.begun_at)}."
    return True, f"Finished {_day(far.finished_at)}."


def _eligibility(far: Travelled) -> tuple[bool, str]:
    if far.decided_at is None:
        return False, ""
    verdict = "Eligible" if far.eligible else "Not eligible"
    return True, f"{verdict}, decided {_day(far.decided_at)}."


def _indicative(far: Travelled) -> tuple[bool, str]:
    if not far.has_figure:
        return False, ""
    if far.indicative is None:
        return True, "To be costed piece by piece."
    return True, f"{pounds(far.indicative)} a week."


def _plan(far: Travelled) -> tuple[bool, str]:
    if far.plan is None:
        return False, ""
    status = SupportPlan.Status(far.plan)
    return status == SupportPlan.Status.AGREED, f"{status.label}."


def _charge(far: Travelled) -> tuple[bool, str]:
    if far.charged_from is None:
        return False, ""
    return True, f"From {long_date(far.charged_from)}."


def _budget(far: Travelled) -> tuple[bool, str]:
    if far.budget is None or far.cost is None:
        return False, ""
    return (
        far.signed_off or far.ended,
        f"{pounds(far.cost)} a week. {Budget.Status(far.budget).label}.",
    )


def _holding(far: Travelled) -> tuple[bool, str]:
    if far.ended:
        return True, "As it was until then."
    if not far.signed_off:
        return False, ""
    settled = (far.pay_on, far.agreement_on, far.statement_on)
    return any(day is not None for day in settled), "Chosen line by line."


def _payments(far: Travelled, on: date) -> tuple[bool, str]:
    latest = latest_payment(far, on)
    return bool(latest), latest


def latest_payment(far: Travelled, on: date) -> str:
    """Say when the newest payment came, or on which day it will; nothing where there is none."""
    if far.paid is None or far.pay_on is None:
        return ""
    came = "was paid" if far.pay_on <= on else "comes"
    return f"{pounds(far.paid)} {came} on {long_date(far.pay_on)}."


def _day(moment: datetime) -> str:
    return long_date(localtime(moment).date())
