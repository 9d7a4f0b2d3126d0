"""Those who are paid every week have their own runs, and their own days on which money is late."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.integration.conftest import NOW
from tests.integration.planned import text
from tests.integration.test_payments_runs import (  # noqa: F401
    PAY_DAY,
    make_budget,
    payable,
)

from wherewithal.dates import Period
from wherewithal.web.accounts.models import User
from wherewithal.web.budgets.models import Budget
from wherewithal.web.budgets.schedules import set_schedule
from wherewithal.web.payments import actions
from wherewithal.web.payments.calendar import shorter_periods
from wherewithal.web.payments.late.alarm import will_be_late

WEEK = Period(date(2026, 11, 16), date(2026, 11, 23))
IN_THE_PERIOD = date(2026, 11, 19)


@pytest.fixture
def weekly(payable: Budget, finance: User) -> Budget:  # noqa: F811
    """£415.00 a week less £82.75, paid every week."""
    schedule(payable, finance, weeks=1)
    return payable


def schedule(budget: Budget, by: User, weeks: int, ahead: int = 0) -> None:
    set_schedule(
        budget=budget, holding="direct-payment", weeks_each=weeks, advance_days=ahead,
        reason="Four weeks at once are hard.", by=by, at=NOW,
    )  # fmt: skip


def pay(days: Period, pay_on: date, by: User, at: datetime) -> list[int]:
    run = actions.prepare_run(period=days, pay_on=pay_on, by=by, at=at)
    return list(run.payments.values_list("net", flat=True))


def test_a_weekly_run_pays_one_week(weekly: Budget, finance: User) -> None:
    assert shorter_periods(WEEK.start)[1][0] == WEEK
    assert pay(WEEK, PAY_DAY, finance, NOW) == [33_225]


def test_the_form_offers_a_weekly_run_where_somebody_is_paid_weekly(
    payable: Budget, finance: User, signed_in: Callable[[User], Client]  # noqa: F811
) -> None:  # fmt: skip
    staff = signed_in(finance)
    assert "for those paid every week" not in text(staff, "/payments/prepare/")
    schedule(payable, finance, weeks=1)
    page = text(staff, "/payments/prepare/")
    assert page.count("for those paid every week") == 3
    week = shorter_periods(timezone.localdate())[1][1]
    assert f'value="{week.start.isoformat()}.1"' in page


def test_a_week_that_is_far_off_is_not_late_yet(weekly: Budget, finance: User) -> None:
    pay(WEEK, PAY_DAY, finance, NOW)
    held = {late.due for late in will_be_late(IN_THE_PERIOD) if late.run is None}
    assert date(2026, 11, 23) in held
    assert all(due <= IN_THE_PERIOD + timedelta(days=14) for due in held)


def test_who_is_paid_ahead_is_late_so_much_sooner(payable: Budget, finance: User) -> None:  # noqa: F811
    schedule(payable, finance, weeks=4, ahead=7)
    (late,) = will_be_late(date(2026, 11, 2))
    assert late.due == date(2026, 11, 9)
