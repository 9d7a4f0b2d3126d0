"""People further along the road, for tests of plans, budgets and payments."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.integration.conftest import NOW

from wherewithal.web.accounts.models import User
from wherewithal.web.assessments.models import Assessment, EligibilityDecision, IndicativeBudget
from wherewithal.web.people.models import Person
from wherewithal.web.plans import actions
from wherewithal.web.plans.models import SupportPlan
from wherewithal.web.policy.models import SchemeVersion

MORNINGS: dict[str, Any] = {
    "what": "Help with washing and dressing", "provider": "Lantern Care", "needs": ["A2", "A4"],
    "unit": "hour", "quantity": Decimal("7"), "every": "week", "unit_price": 2200,
    "holding": "council-managed", "outcome": None,
}  # fmt: skip
CHOIR: dict[str, Any] = {
    "what": "Someone to go to choir with", "provider": "", "needs": ["A7"], "unit": "session",
    "quantity": Decimal("1"), "every": "week", "unit_price": 4500, "holding": "direct-payment",
    "outcome": None,
}  # fmt: skip


def assessed(
    person: Person, scheme: SchemeVersion, by: User, weekly: int | None = 20_000
) -> Assessment:
    """Give a person a finished assessment, an eligible decision and a first figure."""
    assessment = Assessment.objects.create(
        person=person, scheme=scheme, status="completed", started_at=NOW - timedelta(days=20),
        started_by=by, completed_at=NOW - timedelta(days=10), completed_by=by,
    )  # fmt: skip
    EligibilityDecision.objects.create(
        assessment=assessment, cause=True, unable={"A2": ["U1"], "A4": ["U1"], "A7": ["U2"]},
        impact=True, wellbeing=["dignity"], eligible=True, reasons="Three outcomes out of reach.",
        decided_by=by, decided_at=NOW - timedelta(days=9),
    )  # fmt: skip
    IndicativeBudget.objects.create(
        assessment=assessment, scheme=scheme, scheme_hash=scheme.hash, outcome="figure",
        weekly=weekly, weekly_without_help=weekly, worked_out_at=NOW, worked_out_by=by,
        shared_on=date(2026, 10, 28),
    )  # fmt: skip
    return assessment


def planned(
    person: Person, scheme: SchemeVersion, by: User, **lines: dict[str, Any]
) -> SupportPlan:
    """Give a person a plan that lacks nothing the law asks for: £199.00 a week unless told else."""
    if not person.assessments.exists():
        assessed(person, scheme, by)
    plan = actions.start_plan(person=person, by=by, at=NOW)
    stamp: dict[str, Any] = {"by": by, "at": NOW}
    for values in (lines or {"mornings": MORNINGS, "choir": CHOIR}).values():
        actions.save_line(plan=plan, values=values, **stamp)
    actions.save_outcome(plan=plan, words="I want to sing again.", **stamp)
    actions.write_words(
        plan=plan, about="My choir and my cat.", led_by="person", involved="Bea, my daughter",
        contingency="Ring Bea, then the council.", advice="A perching stool.",
        advice_preventing="A falls check each winter.", **stamp,
    )  # fmt: skip
    actions.agree(plan=plan, agrees=True, steps_to_agree="", **stamp)
    return SupportPlan.objects.with_everything().get(pk=plan.pk)
