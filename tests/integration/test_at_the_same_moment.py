"""Two people doing the same thing at the same moment: one is done, the other is told kindly."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from tests.integration.conftest import NOW, TODAY
from tests.integration.emptying import empty_all_tables
from tests.integration.planned import LIMITS, STARTS, assessed, charged, planned
from tests.integration.test_bills_put_right import managed  # noqa: F401  a fixture
from tests.integration.test_budgets_earlier_charges import LATER
from tests.integration.test_payments_runs import make_budget, payable  # noqa: F401  fixtures

from wherewithal.dates import Period
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.assessments import actions as assessing
from wherewithal.web.assessments.models import (
    Answer,
    Assessment,
    EligibilityDecision,
    IndicativeBudget,
)
from wherewithal.web.books.querysets import prove
from wherewithal.web.budgets import actions as budgeting
from wherewithal.web.budgets.models import Budget
from wherewithal.web.payments import actions as paying
from wherewithal.web.payments.models import Payee, Payment, Run, RunFile
from wherewithal.web.people.models import Person
from wherewithal.web.plans import actions as planning
from wherewithal.web.plans.models import SupportPlan
from wherewithal.web.policy.models import SchemeVersion
from wherewithal.web.policy.schemes import scheme_of
from wherewithal.web.providers.own_bills import bill_people

AT_ONCE = 4


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Keep what is written, so that other connections see it; empty the tables afterwards."""
    with django_db_blocker.unblock():
        yield
        empty_all_tables()


def at_once(do: Callable[[int], Any]) -> list[Any]:
    """Do something in several threads at the same moment; return results and refusals."""
    together = Barrier(AT_ONCE)
    results: list[Any] = [None] * AT_ONCE

    def run(number: int) -> None:
        together.wait()
        try:
            results[number] = do(number)
        except Exception as refusal:
            results[number] = refusal
        finally:
            connection.close()

    threads = [Thread(target=run, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def one_done(results: list[Any]) -> None:
    """Exactly one went through, and everyone else was told why not."""
    refused = [each for each in results if isinstance(each, Exception)]
    assert all(isinstance(each, NotNow) for each in refused), refused
    assert len(refused) == AT_ONCE - 1


FOUND = assessing.Findings(
    cause=True, unable={"A2": frozenset({"U1"}), "A4": frozenset({"U1"})}, impact=True,
    cause_words="A stroke.", impact_words="A great one.", wellbeing=("dignity",),
)  # fmt: skip


def test_eligibility_is_decided_once(
    person: Person, scheme_version: SchemeVersion, practitioner: User
) -> None:
    assessment = Assessment.objects.create(
        person=person, scheme=scheme_version, status="completed", started_at=NOW,
        started_by=practitioner, completed_at=NOW, completed_by=practitioner,
    )  # fmt: skip
    results = at_once(
        lambda _: assessing.decide_eligibility(
            assessment=assessment, findings=FOUND, by=practitioner, at=NOW
        )
    )
    one_done(results)
    assert EligibilityDecision.objects.count() == 1


def test_a_first_figure_is_worked_out_once(
    person: Person, scheme_version: SchemeVersion, practitioner: User
) -> None:
    assessment = assessed(person, scheme_version, practitioner)
    IndicativeBudget.objects.all().delete()
    results = at_once(
        lambda _: assessing.work_out_budget(
            assessment=assessment, by=practitioner, at=NOW, without_figure=True
        )
    )
    one_done(results)
    assert IndicativeBudget.objects.count() == 1


def test_a_question_answered_twice_at_once_has_one_answer_that_stands(
    person: Person, scheme_version: SchemeVersion, practitioner: User
) -> None:
    assessment = assessing.start_assessment(person=person, on=TODAY, by=practitioner, at=NOW)
    question = next(q for q in scheme_of(scheme_version).questions if len(q.options) > 1)
    results = at_once(
        lambda number: assessing.give_answer(
            assessment=assessment,
            question=question,
            by=practitioner,
            at=NOW,
            said=assessing.Said("answered", "told", question.options[number % 2].code),
        )
    )
    assert not [each for each in results if isinstance(each, Exception)]
    assert Answer.objects.filter(replaced_at__isnull=True).count() == 1


def test_an_assessment_and_a_plan_are_begun_once(
    person: Person, scheme_version: SchemeVersion, practitioner: User
) -> None:
    one_done(at_once(lambda _: assessing.start_assessment(
        person=person, on=TODAY, by=practitioner, at=NOW
    )))  # fmt: skip
    Assessment.objects.all().delete()
    assessed(person, scheme_version, practitioner)
    one_done(at_once(lambda _: planning.start_plan(person=person, by=practitioner, at=NOW)))
    assert SupportPlan.objects.count() == 1


def test_a_plan_is_sent_and_a_budget_signed_off_once(
    person: Person, scheme_version: SchemeVersion, practitioner: User, manager: User, finance: User
) -> None:
    plan = planned(person, scheme_version, practitioner)
    charged(person, finance)
    one_done(at_once(lambda _: budgeting.propose_budget(
        plan=plan, starts=STARTS, by=practitioner, at=NOW
    )))  # fmt: skip
    budget = Budget.objects.get()
    one_done(at_once(lambda _: budgeting.sign_off(
        budget=budget, weekly={}, reasons="", limits=LIMITS, by=manager, at=NOW
    )))  # fmt: skip
    assert budget.decisions.count() == 1


def test_money_is_prepared_and_approved_once_and_goes_to_one_account(
    person: Person, scheme_version: SchemeVersion, practitioner: User, manager: User,
    finance: User, make_user: Callable[..., User],
) -> None:  # fmt: skip
    plan = planned(person, scheme_version, practitioner)
    charged(person, finance)
    budget = budgeting.propose_budget(plan=plan, starts=STARTS, by=practitioner, at=NOW)
    budgeting.sign_off(budget=budget, weekly={}, reasons="", limits=LIMITS, by=manager, at=NOW)
    budget.lines.update(holding="isf")
    Budget.objects.update(statement_on=TODAY)
    paid = at_once(
        lambda number: paying.set_payee(
            person=person,
            holding="isf",
            account_name="Lantern Care",
            sort_code="00-00-11",
            account_number=f"1234567{number}",
            by=finance,
            at=NOW,
        )
    )
    assert not [each for each in paid if isinstance(each, Exception)], paid
    assert Payee.objects.filter(ended_at__isnull=True).count() == 1
    period = Period(STARTS, date(2027, 1, 4))
    one_done(at_once(lambda _: paying.prepare_run(
        period=period, pay_on=date(2026, 12, 4), by=finance, at=NOW
    )))  # fmt: skip
    assert Run.objects.count() == 1
    assert Payment.objects.count() == 2  # it reaches into two pay periods
    second = make_user(Role.FINANCE)
    run = Run.objects.get()
    one_done(at_once(lambda _: paying.check_run(run_id=run.pk, note="New.", by=second, at=NOW)))
    one_done(at_once(lambda _: paying.approve_run(
        run_id=run.pk, by=second, at=NOW, holidays=frozenset()
    )))  # fmt: skip
    a_week_on = NOW + timedelta(days=7)
    one_done(at_once(lambda _: paying.release_run(
        run_id=run.pk, by=second, at=a_week_on, holidays=frozenset()
    )))  # fmt: skip
    arrived = NOW + timedelta(days=40)
    one_done(at_once(lambda _: paying.confirm_run(run_id=run.pk, by=second, at=arrived)))
    assert RunFile.objects.filter(run=run).count() == 4


def test_two_officers_who_bill_at_once_bill_everybody_once(
    managed: Budget,  # noqa: F811
    finance: User,
) -> None:
    until = date(2026, 12, 14)
    made = at_once(lambda _: bill_people(until=until, by=finance, at=LATER))
    assert sorted(len(each) for each in made) == [0, 0, 0, 1]
    assert prove(until).holds
