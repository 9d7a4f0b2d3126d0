"""A night looks at many accounts together, and writes only where something is new."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.integration.conftest import NOW
from tests.integration.test_payments_runs import (  # noqa: F401  fixtures
    NOVEMBER,
    approve,
    make_budget,
    payable,
    prepare,
    release,
)

from wherewithal.web.accounts.models import AuditRow, User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.budgets.models import Budget
from wherewithal.web.checks.actions.flags import look_by_rules, see
from wherewithal.web.checks.beforehand import beforehand
from wherewithal.web.checks.everybody import look_at_accounts
from wherewithal.web.checks.limits import settings_now
from wherewithal.web.checks.models import Flag, TierDecision
from wherewithal.web.insight.duties import BY_NAME
from wherewithal.web.payments import actions
from wherewithal.web.people.models import Person

DAY = date(2027, 8, 2)
HOLDING = "direct-payment"


@pytest.fixture
def paid(
    payable: Budget, make_person: Callable[..., Person], make_budget: Callable[..., Budget],  # noqa: F811
    finance: User, make_user: Callable[..., User],
) -> list[Person]:  # fmt: skip
    """Four people who were paid, of whom nobody has sent a statement since."""
    people = [payable.person, *(make_person() for _ in range(3))]
    for person in people[1:]:
        actions.set_payee(
            person=person, holding=HOLDING, account_name="A person", sort_code="00-00-11",
            account_number="12345678", by=finance, at=NOW,
        )  # fmt: skip
        make_budget(person, (HOLDING, 20_000))
    release(prepare(finance, NOVEMBER), make_user(Role.FINANCE))
    return people


def night(**only: Any) -> list[str]:
    with CaptureQueriesContext(connection) as caught:
        look_at_accounts(Person.objects.filter(**only), on=DAY, at=NOW)
    return [query["sql"] for query in caught.captured_queries]


def test_a_quiet_night_asks_as_much_about_four_accounts_as_about_one(paid: list[Person]) -> None:
    night()
    assert TierDecision.objects.count() == 4
    night()  # what the first look found, the second asks about: who has not sent a statement
    one, four = night(pk=paid[0].pk), night()
    assert len(one) == len(four) <= 15
    assert not [sql for sql in four if "FOR UPDATE" in sql or sql.startswith("SAVEPOINT")]


def test_looking_again_opens_nothing_twice_and_writes_nothing(paid: list[Person]) -> None:
    night()
    night()
    before = (Flag.objects.count(), TierDecision.objects.count(), AuditRow.objects.count())
    assert before[0] > 0
    night()
    assert before == (Flag.objects.count(), TierDecision.objects.count(), AuditRow.objects.count())


def test_an_account_looks_the_same_among_others_as_by_itself(paid: list[Person]) -> None:
    """Read together or alone, before anything is written down and after."""
    settings = settings_now()
    for _ in range(2):
        known = beforehand([person.pk for person in paid], DAY)
        for person in paid:
            facts: dict[str, Any] = {"on": DAY, "settings": settings, "at": NOW}
            together = see(person, HOLDING, **facts, known=known)
            assert together == see(person, HOLDING, **facts)
            assert together is not None
            look_by_rules(person=person, holding=HOLDING, **facts)


def test_a_night_is_not_one_long_transaction() -> None:
    """Else everybody's record would be locked until the last account was looked at."""
    assert not BY_NAME["accounts"].at_once
    assert all(BY_NAME[name].at_once for name in ("stages", "late", "books"))
