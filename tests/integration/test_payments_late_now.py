"""Pages ask again and again whose money will be late: it is worked out anew only after an act."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.integration.conftest import NOW
from tests.integration.test_payments_runs import (  # noqa: F401  fixtures
    make_budget,
    payable,
    prepare,
)

from wherewithal.web.accounts.actions import record
from wherewithal.web.accounts.models import User
from wherewithal.web.budgets.models import Budget
from wherewithal.web.payments.late import now as kept
from wherewithal.web.payments.late.alarm import will_be_late

SOON = date(2026, 11, 5)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    kept._kept.clear()


def test_what_pages_say_is_what_is_so(payable: Budget) -> None:  # noqa: F811
    assert kept.late_now(SOON) == will_be_late(SOON) != []


def test_while_nothing_happens_two_questions_are_enough(
    payable: Budget, django_assert_num_queries: Callable[..., Any]  # noqa: F811
) -> None:  # fmt: skip
    kept.late_now(SOON)
    with django_assert_num_queries(2):
        assert kept.late_now(SOON)


def test_an_act_is_seen_at_once(payable: Budget, finance: User) -> None:  # noqa: F811
    before = kept.late_now(SOON)
    prepare(finance)
    after = kept.late_now(SOON)
    assert [each.run for each in before] == [None]
    assert after == will_be_late(SOON) != before


@pytest.mark.parametrize(("verb", "anew"), [("payment.told", True), ("sign-in.made", False)])
def test_only_acts_that_could_change_it_count(
    payable: Budget, verb: str, anew: bool, finance: User  # noqa: F811
) -> None:  # fmt: skip
    before = kept.late_now(SOON)
    record(by=finance, at=NOW, verb=verb, summary="Something was done.")
    assert (kept.late_now(SOON) is not before) is anew


def test_the_next_day_is_another_day(payable: Budget) -> None:  # noqa: F811
    assert kept.late_now(SOON) is not kept.late_now(date(2026, 11, 6))


def test_the_money_of_the_day_asks_little_for_everybody(
    payable: Budget, finance: User, signed_in: Callable[[User], Client],  # noqa: F811
    django_assert_max_num_queries: Callable[..., Any],
) -> None:  # fmt: skip
    """However many people are paid: what is late is counted anew only after an act."""
    browser = signed_in(finance)
    browser.get("/money/")
    with django_assert_max_num_queries(33):
        assert browser.get("/money/").status_code == 200
    with django_assert_max_num_queries(6):
        assert browser.get("/payments/late/").status_code == 200


def test_todays_accounts_are_read_once_for_the_whole_list(
    payable: Budget, finance: User, signed_in: Callable[[User], Client],  # noqa: F811
    django_assert_max_num_queries: Callable[..., Any],
) -> None:  # fmt: skip
    assert payable.period.lower <= timezone.localdate()
    browser = signed_in(finance)
    browser.get("/checks/")
    with django_assert_max_num_queries(16):
        assert browser.get("/checks/").status_code == 200
