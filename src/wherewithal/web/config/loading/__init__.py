"""Bring a made-up council into an empty database: all of it, or nothing.

Everything goes in by COPY in one transaction. What the product works out itself (figures,
eligibility, charges, payments) is worked out by the same rules here, never made up.
"""

import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from tqdm import tqdm

from wherewithal.council import Request, make_council
from wherewithal.scheme import packaged
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
from wherewithal.web.config.loading import budgets, history, payments, policy, road, staff
from wherewithal.web.config.loading.copying import after_copying, copy_rows, last_id
from wherewithal.web.config.loading.examples import choose, with_examples
from wherewithal.web.config.loading.source import CannotLoad, Source, from_council, from_folder
from wherewithal.web.config.loading.travellers import travellers
from wherewithal.web.payments.calendar import bank_holidays
from wherewithal.web.payments.models import Payee, Payment, Run
from wherewithal.web.people.models import Person, Supporter
from wherewithal.web.plans.models import Outcome, PlanLine, Risk, SupportPlan
from wherewithal.web.policy.models import Rate, SchemeVersion
from wherewithal.web.policy.settings import local

__all__ = ["CannotLoad", "is_empty", "load_folder", "make_and_load"]

SCHEME = "standard-adult"


def is_empty() -> bool:
    """Say whether nobody is known to the council yet."""
    return not Person.objects.exists()


def make_and_load(
    *, people: int, seed: int, progress: bool = False, on: date | None = None
) -> None:
    """Make a council and load it, as it stood when the day before ``on`` (today) was over.

    Raises:
        CannotLoad: there are people, or example accounts, already.
    """
    _refuse_unless_empty()
    scheme = packaged(SCHEME)
    last_night = (on or timezone.localdate()) - timedelta(days=1)
    council = make_council(Request(people, seed, last_night), scheme)
    _load(from_council(council, scheme), progress=progress)


def load_folder(folder: Path, *, progress: bool = False) -> int:
    """Load a council from the folder it was written to; return how many people it has.

    Raises:
        CannotLoad: there are people already, or a file is missing or not of its shape.
    """
    _refuse_unless_empty()
    source = from_folder(folder)
    _load(source, progress=progress)
    return len(source.people)


def _refuse_unless_empty() -> None:
    in_the_way = "There are people in it already." if not is_empty() else staff.in_the_way()
    if in_the_way:
        raise CannotLoad(
            f"A made-up council goes into an empty database only. {in_the_way}"
            " Name another database in DATABASE_URL."
        )


@transaction.atomic
def _load(source: Source, *, progress: bool) -> None:
    everyone = travellers(source)
    examples = choose(everyone)
    everyone = with_examples(everyone, examples)
    people = [p.row for p in everyone]
    crew = staff.staff_of(
        people, source.on, examples, after_team=last_id(Team), after_user=last_id(User)
    )
    version = policy.publish(source.scheme)
    policy.set_rates()
    paid, after_run = _paid(everyone, source.on), last_id(Run)
    tables: list[tuple[Any, tuple[str, ...], Any]] = [
        (Team, staff.TEAM_COLUMNS, crew.team_rows),
        (User, staff.USER_COLUMNS, crew.user_rows),
        (Person, road.PERSON_COLUMNS, road.people(everyone, crew, examples)),
        (Supporter, road.SUPPORTER_COLUMNS, road.supporters(source.supporters, crew, examples)),
        (Assessment, road.ASSESSMENT_COLUMNS, road.assessments(everyone, crew, version.pk)),
        (Answer, road.ANSWER_COLUMNS, road.answers(everyone, crew)),
        (EligibilityDecision, road.DECISION_COLUMNS, road.decisions(everyone, crew)),
        (IndicativeBudget, road.FIGURE_COLUMNS, road.figures(everyone, crew, version.pk, version.hash)),
        (SupportPlan, road.PLAN_COLUMNS, road.plans(everyone, crew)),
        (Outcome, road.OUTCOME_COLUMNS, road.outcomes(everyone)),
        (PlanLine, road.LINE_COLUMNS, road.plan_lines(everyone)),
        (Risk, road.RISK_COLUMNS, road.risks(everyone)),
        (FinancialAssessment, budgets.CHARGE_COLUMNS, budgets.charges(everyone, crew)),
        (Budget, budgets.BUDGET_COLUMNS, budgets.budgets(everyone, crew)),
        (BudgetLine, budgets.BUDGET_LINE_COLUMNS, budgets.budget_lines(everyone)),
        (Decision, budgets.DECISION_COLUMNS, budgets.decisions(everyone, crew)),
        (DirectPaymentDecision, budgets.DIRECT_PAYMENT_COLUMNS, budgets.direct_payment_decisions(everyone, crew)),
        (Payee, budgets.PAYEE_COLUMNS, budgets.payees(everyone, crew)),
        (Run, payments.RUN_COLUMNS, payments.run_rows(paid, crew, after_run)),
        (Payment, payments.PAYMENT_COLUMNS, payments.payment_rows(paid, after_run)),
        (AuditRow, history.AUDIT_COLUMNS, history.history(everyone, crew, paid, after_run)),
    ]  # fmt: skip
    total = len(source.answers) + 2 * len(source.events) + 12 * len(people)
    _check_as_we_go()
    with tqdm(
        total=total, desc="Loading", unit=" rows", disable=not progress, file=sys.stdout
    ) as bar:
        for model, columns, rows in tables:
            copy_rows(model, columns, rows, bar)
        bar.total = bar.n
    _approve(paid, crew, after_run)
    after_copying([*(model for model, _, _ in tables), SchemeVersion, Rate])


def _paid(everyone: list[Any], on: date) -> payments.Paid:
    settings = local("payment_anchor", "payment_weeks")
    weeks_each = int(settings["payment_weeks"])
    anchor = date.fromisoformat(str(settings["payment_anchor"]))
    runs = payments.runs_until(on, anchor=anchor, weeks_each=weeks_each, holidays=bank_holidays())
    return payments.pay(everyone, runs, weeks_each)


def _check_as_we_go() -> None:
    """Check references table by table: the frozen-run trigger is slow beside a long queue of checks."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _approve(paid: payments.Paid, crew: staff.Staff, after: int) -> None:
    """Freeze the runs, now that their payments are in."""
    with connection.cursor() as cursor:
        for number, run in enumerate(paid.runs, after + 1):
            cursor.execute(
                f'UPDATE "{Run._meta.db_table}" SET status = %s, approved_at = %s,'  # noqa: S608
                " approved_by_id = %s WHERE id = %s",
                ["approved", road.at(run.approved, "10:00"), crew.approver, number],
            )
