"""Accounts that are in use: a budget, payments that arrived, and a bank statement."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from tests.integration.conftest import NOW

from wherewithal.web.accounts.models import User
from wherewithal.web.assessments.models import Assessment
from wherewithal.web.budgets.models import Budget, BudgetLine
from wherewithal.web.payments.models import Payee, Payment, Run
from wherewithal.web.people.models import Person
from wherewithal.web.plans.models import SupportPlan
from wherewithal.web.policy.models import SchemeVersion
from wherewithal.web.statements.models import Line, Statement

BEGAN = date(2026, 4, 6)
DIRECT = "direct-payment"
numbers = count(10_000_000)


def budget_in_use(
    person: Person, scheme: SchemeVersion, *, weekly: int = 41_500, contribution: int = 8_275,
    line: str = "Help at home", provider: str = "Lantern Care", **fields: Any,
) -> Budget:  # fmt: skip
    """Give a person a signed-off budget held as a direct payment since 6 April 2026."""
    assessment = Assessment.objects.create(
        person=person, scheme=scheme, status="completed", started_at=NOW, completed_at=NOW
    )
    plan = SupportPlan.objects.create(
        person=person, assessment=assessment, status="agreed", started_at=NOW
    )
    values: dict[str, Any] = {
        "status": "signed-off", "period": DateRange(BEGAN, None), "cost": weekly,
        "contribution": contribution, "proposed_at": NOW, "statement_on": date(2026, 4, 1),
        "agreement_on": date(2026, 4, 1), "agreement_by": person.name,
    }  # fmt: skip
    budget = Budget.objects.create(person=person, plan=plan, **(values | fields))
    BudgetLine.objects.create(
        budget=budget, what=line, provider=provider, weekly=weekly, holding=DIRECT
    )
    return budget


def paid_in_runs(budget: Budget, approver: User, *, runs: int = 7) -> list[Payment]:
    """Pay a budget every four weeks from its first day; each run is approved."""
    person, paid = budget.person, []
    for number in range(runs):
        first = BEGAN + timedelta(weeks=4 * number)
        run = Run.objects.create(
            period=DateRange(first, first + timedelta(weeks=4)), pay_on=first - timedelta(days=3),
            prepared_at=NOW,
        )  # fmt: skip
        paid.append(
            Payment.objects.create(
                run=run,
                budget=budget,
                person=person,
                holding=DIRECT,
                period=run.period,
                gross=4 * budget.cost,
                contribution=4 * budget.contribution,
                net=4 * (budget.cost - budget.contribution),
                account_name=person.name,
                sort_code="000011",
                account_number="12345678",
                reference=person.reference,
            )
        )
        Run.objects.filter(pk=run.pk).update(
            status="approved", approved_by=approver, approved_at=NOW
        )
    return paid


def account_for(person: Person, *, name: str = "", number: str = "") -> Payee:
    """Give a person the account their direct payment goes to."""
    return Payee.objects.create(
        person=person, holding=DIRECT, account_name=name or person.name, sort_code="000011",
        account_number=number or str(next(numbers)), added_at=NOW - timedelta(days=200),
    )  # fmt: skip


def statement_of(
    person: Person, *lines: tuple[date, int, str, str], first: date = BEGAN,
    last: date = date(2026, 11, 1), opening: int = 0, holding: str = DIRECT,
) -> Statement:  # fmt: skip
    """Give a person a bank statement; each line is its day, pence, payee and meaning."""
    statement = Statement.objects.create(
        person=person, holding=holding, source="csv", opening=opening,
        closing=opening + sum(line[1] for line in lines), digest=str(next(numbers)),
        period=DateRange(first, last + timedelta(days=1)), count=len(lines), read_at=NOW,
    )  # fmt: skip
    for on, pence, payee, meaning in lines:
        Line.objects.create(
            statement=statement, person=person, holding=holding, on=on, pence=pence, payee=payee,
            key=payee.casefold(), meaning=meaning, sure=meaning not in {"unmatched", "spent"},
        )  # fmt: skip
    return statement
