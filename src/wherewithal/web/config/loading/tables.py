"""Every table a made-up council fills, in an order in which each finds what it refers to."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from wherewithal.web.accounts.models import AuditRow, Team, User
from wherewithal.web.assessments.models import (
    Answer,
    Assessment,
    EligibilityDecision,
    IndicativeBudget,
)
from wherewithal.web.budgets.models import (
    Budget,
    BudgetLine,
    Decision,
    DirectPaymentDecision,
    FinancialAssessment,
)
from wherewithal.web.config.loading import budgets, history, payments, road, staff
from wherewithal.web.config.loading.examples import Examples
from wherewithal.web.config.loading.source import Source
from wherewithal.web.config.loading.travellers import Traveller
from wherewithal.web.payments.models import Payee, Payment, Run
from wherewithal.web.people.models import Person, Supporter
from wherewithal.web.plans.models import Outcome, PlanLine, Risk, SupportPlan
from wherewithal.web.policy.models import SchemeVersion

Table = tuple[type[Model], tuple[str, ...], Iterable[tuple[Any, ...]]]
"""A model, the columns that are written, and the rows."""


@dataclass(frozen=True, slots=True)
class Town:
    """Everything that is known before the first row is written."""

    source: Source
    everyone: list[Traveller]
    examples: Examples
    crew: staff.Staff
    version: SchemeVersion
    paid: payments.Paid
    after_run: int


def tables(town: Town) -> list[Table]:
    """Return every table with its rows still to be made."""
    source, everyone, examples, crew = town.source, town.everyone, town.examples, town.crew
    version, paid, after_run = town.version, town.paid, town.after_run
    return [
        (Team, staff.TEAM_COLUMNS, crew.team_rows),
        (User, staff.USER_COLUMNS, crew.user_rows),
        (Person, road.PERSON_COLUMNS, road.people(everyone, crew, examples)),
        (
            Supporter,
            road.SUPPORTER_COLUMNS,
            road.supporters(source.supporters, crew, examples),
        ),
        (
            Assessment,
            road.ASSESSMENT_COLUMNS,
            road.assessments(everyone, crew, version.pk),
        ),
        (Answer, road.ANSWER_COLUMNS, road.answers(everyone, crew)),
        (EligibilityDecision, road.DECISION_COLUMNS, road.decisions(everyone, crew)),
        (
            IndicativeBudget,
            road.FIGURE_COLUMNS,
            road.figures(everyone, crew, version.pk, version.hash),
        ),
        (SupportPlan, road.PLAN_COLUMNS, road.plans(everyone, crew)),
        (Outcome, road.OUTCOME_COLUMNS, road.outcomes(everyone)),
        (PlanLine, road.LINE_COLUMNS, road.plan_lines(everyone)),
        (Risk, road.RISK_COLUMNS, road.risks(everyone)),
        (FinancialAssessment, budgets.CHARGE_COLUMNS, budgets.charges(everyone, crew)),
        (Budget, budgets.BUDGET_COLUMNS, budgets.budgets(everyone, crew)),
        (BudgetLine, budgets.BUDGET_LINE_COLUMNS, budgets.budget_lines(everyone)),
        (Decision, budgets.DECISION_COLUMNS, budgets.decisions(everyone, crew)),
        (
            DirectPaymentDecision,
            budgets.DIRECT_PAYMENT_COLUMNS,
            budgets.direct_payment_decisions(everyone, crew),
        ),
        (Payee, budgets.PAYEE_COLUMNS, budgets.payees(everyone, crew)),
        (Run, payments.RUN_COLUMNS, payments.run_rows(paid, crew, after_run)),
        (Payment, payments.PAYMENT_COLUMNS, payments.payment_rows(paid, after_run, source.on)),
        (
            AuditRow,
            history.AUDIT_COLUMNS,
            history.history(everyone, crew, paid, after_run),
        ),
    ]
