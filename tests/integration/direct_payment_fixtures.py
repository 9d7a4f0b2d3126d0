"""A direct payment for a personal assistant and a day centre, to read statements into."""

from datetime import date

import pytest
from django.contrib.postgres.fields.ranges import DateRange  # type: ignore[attr-defined]  # psycopg's own
from tests.integration.conftest import NOW

from wherewithal.web.accounts.models import User
from wherewithal.web.assessments.models import Assessment
from wherewithal.web.budgets.models import Budget, BudgetLine
from wherewithal.web.payments.models import Payee
from wherewithal.web.people.models import Person
from wherewithal.web.plans.models import SupportPlan
from wherewithal.web.policy.models import SchemeVersion

HOLDING = "direct-payment"


@pytest.fixture
def budget(person: Person, scheme_version: SchemeVersion, finance: User) -> Budget:
    """A direct payment for a personal assistant and a day centre."""
    assessment = Assessment.objects.create(
        person=person, scheme=scheme_version, status="completed", started_at=NOW, completed_at=NOW
    )
    plan = SupportPlan.objects.create(
        person=person, assessment=assessment, status="agreed", started_at=NOW
    )
    made = Budget.objects.create(
        person=person, plan=plan, status="signed-off", cost=15_500, proposed_at=NOW,
        period=DateRange(date(2026, 11, 2), None),
    )  # fmt: skip
    for what, provider, weekly in (
        ("Personal assistant", "", 11_000),
        ("Day centre", "Harbour Day Centre", 4_500),
    ):
        BudgetLine.objects.create(
            budget=made, what=what, provider=provider, weekly=weekly, holding=HOLDING
        )
    Payee.objects.create(
        person=person, holding=HOLDING, account_name="Ada Marlowbridge", sort_code="000011",
        account_number="12345678", added_at=NOW, added_by=finance,
    )  # fmt: skip
    return made
