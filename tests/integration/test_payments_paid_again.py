"""Whoever reads that a payment came back also reads which later payment brought the money."""

from datetime import date

from tests.integration.test_payments_runs import make_budget, payable  # noqa: F401  fixtures
from tests.integration.test_payments_who_pays import other, shared  # noqa: F401  fixtures
from tests.integration.test_payments_who_pays_afterwards import (  # noqa: F401  fixtures
    DECEMBER,
    JANUARY,
    Paying,
    come_back,
    pay,
)

from wherewithal.web.accounts.models import User
from wherewithal.web.budgets.models import Budget
from wherewithal.web.payments.models import Payment, Run
from wherewithal.web.payments.remittance import paid_again

FAR_OFF = date(2027, 12, 1)


def brought_by(run: Run) -> list[int]:
    return [each.run_id for each in paid_again(Payment.objects.get(run=run))]


def test_a_later_payment_that_brings_days_as_a_difference_is_named(
    shared: Budget, finance: User, pay: Paying  # noqa: F811
) -> None:  # fmt: skip
    first = pay()
    pay(DECEMBER)
    come_back(first, finance)
    assert brought_by(first) == []
    brings = pay(JANUARY)
    assert brought_by(first) == [brings.pk]


def test_start_up_costs_that_came_back_are_brought_by_the_run_of_everyone_due(
    shared: Budget, finance: User, pay: Paying  # noqa: F811
) -> None:  # fmt: skip
    shared.lines.filter(what="Help").update(one_off=45_000)
    first = pay(kind="one-offs")
    come_back(first, finance)
    brings = pay()
    assert brought_by(first) == [brings.pk]


def test_start_up_costs_that_came_back_after_the_weeks_were_paid_come_with_the_next_weeks(
    shared: Budget, finance: User, pay: Paying  # noqa: F811
) -> None:  # fmt: skip
    shared.lines.filter(what="Help").update(one_off=45_000)
    first = pay(kind="one-offs")
    pay()
    come_back(first, finance)
    assert brought_by(first) == []
    brings = pay(DECEMBER)
    pay(JANUARY)
    assert brought_by(first) == [brings.pk]
