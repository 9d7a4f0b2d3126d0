"""Money that is on its way when something changes: no day is paid twice, nothing stale is sent."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from psycopg.types.range import DateRange
from tests.integration.conftest import NOW
from tests.integration.test_payments_runs import (  # noqa: F401  fixtures
    NOVEMBER,
    approve,
    check,
    make_budget,
    payable,
    prepare,
)

from wherewithal.dates import Period
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.budgets.actions import end_budget
from wherewithal.web.budgets.models import Budget
from wherewithal.web.casework.road import road
from wherewithal.web.casework.travelled import travelled
from wherewithal.web.payments import actions
from wherewithal.web.people.models import Person

DECEMBER = Period(date(2026, 12, 14), date(2027, 1, 11))


def end_it(budget: Budget, by: User) -> None:
    end_budget(budget=budget, last_day=date(2026, 11, 29), reasons="Better.", by=by, at=NOW)


def change_account(budget: Budget, by: User) -> None:
    actions.set_payee(
        person=budget.person, holding="direct-payment", account_name="Someone else",
        sort_code="00-00-12", account_number="87654321", by=by, at=NOW,
    )  # fmt: skip


def withdraw_agreement(budget: Budget, by: User) -> None:
    Budget.objects.filter(pk=budget.pk).update(agreement_on=None)


def hold_differently(budget: Budget, by: User) -> None:
    budget.lines.update(holding="council-managed")


@pytest.mark.parametrize("change", [end_it, change_account, withdraw_agreement, hold_differently])
def test_a_run_is_not_approved_once_what_it_pays_has_changed(
    change: Callable[[Budget, User], None], payable: Budget, finance: User,  # noqa: F811
    make_user: Callable[..., User],
) -> None:  # fmt: skip
    run = prepare(finance)
    change(payable, finance)
    with pytest.raises(NotNow, match="changed: Ada Marlowbridge"):
        approve(run, make_user(Role.FINANCE))


def test_an_older_run_is_approved_after_a_younger_one_was_prepared(
    payable: Budget, finance: User, make_user: Callable[..., User]  # noqa: F811
) -> None:  # fmt: skip
    run = prepare(finance)
    assert prepare(finance, DECEMBER).count == 1
    assert approve(run, make_user(Role.FINANCE)).status == "approved"


@pytest.mark.parametrize(
    ("weekly", "for_days_paid_before"),
    [
        (41_500, 0),  # the same sum: the two weeks paid in advance are not paid again
        (50_000, 17_000),  # £85.00 more a week: the difference for two weeks is made up
    ],
)
def test_days_paid_in_advance_are_not_paid_again_by_the_next_budget(
    weekly: int, for_days_paid_before: int, person: Person,
    payable: Budget, make_budget: Callable[..., Budget], finance: User,  # noqa: F811
    make_user: Callable[..., User],
) -> None:  # fmt: skip
    approve(prepare(finance), make_user(Role.FINANCE))
    end_it(payable, finance)
    make_budget(
        person, ("direct-payment", weekly), contribution=8_275,
        period=DateRange(date(2026, 11, 30), None),
    )  # fmt: skip
    run = prepare(finance, DECEMBER)
    paid = [(each.gross, each.adjustment, each.net) for each in run.payments.order_by("id")]
    assert paid == [
        (weekly * 2, -66_450, for_days_paid_before),
        (weekly * 4, 0, weekly * 4 - 33_100),
    ]
    assert "£664.50" in run.payments.earliest("id").sentence


def test_where_more_was_paid_in_advance_than_is_due_nothing_is_sent(
    person: Person, payable: Budget, make_budget: Callable[..., Budget],  # noqa: F811
    finance: User, make_user: Callable[..., User],
) -> None:  # fmt: skip
    approve(prepare(finance), make_user(Role.FINANCE))
    end_it(payable, finance)
    make_budget(
        person, ("direct-payment", 10_000), period=DateRange(date(2026, 11, 30), None)
    )  # fmt: skip
    with pytest.raises(NotNow, match="paid before already"):
        prepare(finance, DECEMBER)


def test_the_day_of_approval_is_the_day_here_not_in_greenwich_time(
    payable: Budget, finance: User, make_user: Callable[..., User]  # noqa: F811
) -> None:  # fmt: skip
    period = Period(date(2027, 6, 28), date(2027, 7, 26))
    run = actions.prepare_run(period=period, pay_on=date(2027, 6, 25), by=finance, at=NOW)
    check(run, finance)
    half_past_midnight = datetime(2027, 6, 23, 23, 30, tzinfo=UTC)  # 24 June in Britain
    with pytest.raises(NotNow, match="no longer"):
        actions.approve_run(
            run_id=run.id, by=make_user(Role.FINANCE), at=half_past_midnight, holidays=frozenset()
        )


def test_a_timeline_names_the_day_it_was_in_britain(
    person: Person, payable: Budget, practitioner: User  # noqa: F811
) -> None:  # fmt: skip
    person.assessments.update(completed_at=datetime(2026, 6, 30, 23, 30, tzinfo=UTC))
    steps: list[Any] = road(person, travelled(person), role=Role.PRACTITIONER, on=date(2026, 11, 2))
    assert steps[0].text == "Finished 1 July 2026."
