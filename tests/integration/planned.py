"""People further along the road, for tests of plans, budgets and payments."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.test import Client
from pypdf import PdfReader
from tests.integration.conftest import NOW

from wherewithal.web.accounts.models import User
from wherewithal.web.assessments.models import Assessment, EligibilityDecision, IndicativeBudget
from wherewithal.web.budgets.actions import keep_charge
from wherewithal.web.budgets.charges import working_out as charges
from wherewithal.web.budgets.delegation import Limits
from wherewithal.web.budgets.models import FinancialAssessment
from wherewithal.web.people.models import Person
from wherewithal.web.plans import actions
from wherewithal.web.plans.models import SupportPlan
from wherewithal.web.policy.models import SchemeVersion

STARTS = date(2026, 12, 7)
LIMITS = Limits(practitioner=0, manager=100_000)
PENSIONER: dict[str, Any] = {
    "kind": "full", "household": "single", "pension_age": True, "premiums": [],
    "income": [{"kind": "state-pension", "amount": 24_130, "every": "week"},
               {"kind": "private-pension", "amount": 6_000, "every": "week"}],
    "housing": [{"kind": "council-tax", "amount": 2_500, "every": "week"}],
}  # fmt: skip
DIRECT: dict[str, Any] = {
    "has_capacity_for_this": "yes", "manages": "help", "orders": ["none"], "appropriate": "yes",
    "pays_someone_known": "no",
}  # fmt: skip
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


def money(person: Person, rest: str = "") -> str:
    return f"/people/{person.reference}/budget/{rest}"


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def words_in(answer: Any) -> str:
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def charged(person: Person, by: User, cost: int = 19_900) -> FinancialAssessment:
    charge = charges.work_out(
        PENSIONER, born=person.date_of_birth, starts=date(2026, 11, 2), cost=cost
    )
    return keep_charge(
        person=person, facts=PENSIONER, starts=date(2026, 11, 2), charge=charge, by=by, at=NOW
    )


def charge_typed(income: list[tuple[str, str]], **more: str) -> dict[str, Any]:
    """Return the boxes of the charge form as a browser sends them, two lines in each section."""
    typed: dict[str, Any] = {
        "starts_day": "2", "starts_month": "11", "starts_year": "2026", "kind": "full",
        "household": "single", "pension_age": "yes", "children": "0", "night_care": "yes",
        "none_housing": "on", "none_expenses": "on",
    }  # fmt: skip
    boxes = {
        "income": {"kind": "", "amount": "", "every": "week"},
        "capital": {
            "kind": "",
            "amount": "",
            "owners": "1",
            "since_day": "",
            "since_month": "",
            "since_year": "",
        },
        "housing": {"kind": "", "amount": "", "every": "week", "help_amount": ""},
        "expenses": {
            "what": "",
            "amount": "",
            "every": "week",
            "sharers": "1",
            "decision": "yes",
            "allow": "",
            "why_not": "",
            "claim": "",
        },
        "free": {"kind": "", "weekly": "", "weeks": "", "whole_cost": ""},
    }
    for section, row in boxes.items():
        typed[f"{section}-rows"] = "2"
        typed |= {f"{section}-{n}-{name}": value for n in (0, 1) for name, value in row.items()}
    for number, (kind, amount) in enumerate(income):
        typed |= {f"income-{number}-kind": kind, f"income-{number}-amount": amount}
    return typed | more
