"""Support is in place once it has begun, whoever holds the money, and over once nothing runs."""

from datetime import date, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from tests.integration.conftest import NOW, TODAY
from tests.integration.planned import LIMITS, MORNINGS, STARTS, charged, planned

from wherewithal.web.accounts.models import AuditRow, User
from wherewithal.web.budgets import actions
from wherewithal.web.budgets.models import Budget
from wherewithal.web.budgets.stages import settle_stages
from wherewithal.web.people.models import Person, Stage
from wherewithal.web.policy.models import SchemeVersion

A_DAY = timedelta(days=1)


@pytest.fixture
def managed(
    person: Person, scheme_version: SchemeVersion, practitioner: User, manager: User
) -> Budget:
    """A signed-off budget that begins on 7 December, all of it managed by the council."""
    everything = MORNINGS | {"needs": ["A2", "A4", "A7"]}
    plan = planned(person, scheme_version, practitioner, mornings=everything)
    charged(person, practitioner)
    budget = actions.propose_budget(plan=plan, starts=STARTS, by=practitioner, at=NOW)
    actions.sign_off(budget=budget, weekly={}, reasons="", limits=LIMITS, by=manager, at=NOW)
    return Budget.objects.get(pk=budget.pk)


def stage(budget: Budget) -> str:
    return Person.objects.get(pk=budget.person_id).stage


def give_statement(budget: Budget, on: date, by: User) -> None:
    actions.give_statement(budget=budget, on=on, by=by, at=NOW)


def end(budget: Budget, last_day: date, by: User, *, on: date) -> None:
    at = NOW + (on - TODAY)
    actions.end_budget(budget=budget, last_day=last_day, reasons="moved away", by=by, at=at)


def test_a_statement_given_after_the_first_day_puts_support_in_place(
    managed: Budget, practitioner: User
) -> None:
    give_statement(managed, STARTS, practitioner)
    person = Person.objects.get(pk=managed.person_id)
    assert (person.stage, person.review_due) == (Stage.LIVE, STARTS + timedelta(weeks=8))
    told = AuditRow.objects.get(verb="support.begun").summary
    assert told == "Support is in place. It is to be reviewed by 1 February 2027."


def test_a_statement_given_early_waits_for_the_first_day_also_without_any_payment(
    managed: Budget, practitioner: User, finance: User
) -> None:
    give_statement(managed, TODAY, practitioner)
    assert stage(managed) == Stage.SETTING_UP
    settle_stages(on=STARTS, by=finance, at=NOW + (STARTS - TODAY))
    assert stage(managed) == Stage.LIVE


def test_support_is_not_in_place_before_the_statement_is_given(
    managed: Budget, practitioner: User
) -> None:
    settle_stages(on=STARTS + A_DAY, by=practitioner, at=NOW)
    assert stage(managed) == Stage.SETTING_UP


def test_a_review_that_was_agreed_for_later_is_kept(managed: Budget, practitioner: User) -> None:
    agreed = STARTS + timedelta(weeks=3)
    Person.objects.filter(pk=managed.person_id).update(review_due=agreed)
    give_statement(managed, STARTS, practitioner)
    assert Person.objects.get(pk=managed.person_id).review_due == agreed


def test_an_ended_budget_with_none_to_come_ends_support(
    managed: Budget, practitioner: User, manager: User
) -> None:
    give_statement(managed, STARTS, practitioner)
    end(managed, STARTS + A_DAY, manager, on=STARTS + 5 * A_DAY)
    assert stage(managed) == Stage.ENDED


def test_support_goes_on_until_the_last_day_that_was_set(
    managed: Budget, practitioner: User, manager: User
) -> None:
    last = STARTS + timedelta(days=30)
    give_statement(managed, STARTS, practitioner)
    end(managed, last, manager, on=STARTS + A_DAY)
    assert stage(managed) == Stage.LIVE
    settle_stages(on=last, by=manager, at=NOW)
    assert stage(managed) == Stage.LIVE
    settle_stages(on=last + A_DAY, by=manager, at=NOW)
    assert stage(managed) == Stage.ENDED


def test_support_does_not_end_while_another_budget_is_to_come(
    managed: Budget, practitioner: User, manager: User
) -> None:
    give_statement(managed, STARTS, practitioner)
    end(managed, STARTS + A_DAY, manager, on=STARTS)
    Budget.objects.create(
        person=managed.person, plan=managed.plan, status="signed-off", cost=100, proposed_at=NOW,
        period=DateRange(STARTS + timedelta(days=60), None),
    )  # fmt: skip
    settle_stages(on=STARTS + 5 * A_DAY, by=manager, at=NOW)
    assert stage(managed) == Stage.LIVE


def test_ending_a_budget_leaves_someone_who_plans_anew_where_they_are(
    managed: Budget, manager: User
) -> None:
    Person.objects.filter(pk=managed.person_id).update(stage=Stage.PLANNING)
    end(managed, STARTS + A_DAY, manager, on=STARTS + 5 * A_DAY)
    assert stage(managed) == Stage.PLANNING
