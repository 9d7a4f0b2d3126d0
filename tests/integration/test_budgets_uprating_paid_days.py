"""A new year's charge that begins within days paid or billed ahead: the books come to what is due.

Applying it writes nothing into the books: payments and bills work all days out anew.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from tests.integration.planned import CHOIR, STARTS
from tests.integration.test_budgets_uprating import (  # noqa: F401  # the fixtures
    APRIL,
    ASSUMED,
    FEBRUARY,
    live,
    next_year,
    run,
)

from wherewithal.dates import Period
from wherewithal.ledger.entries import Account, Kind
from wherewithal.ledger.schedule import came_to
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.books.models import Entry
from wherewithal.web.books.querysets import balance
from wherewithal.web.budgets.charges.actions import change_charge
from wherewithal.web.budgets.charges.models import Uprating
from wherewithal.web.budgets.models import Budget, BudgetLine, ChargeChange
from wherewithal.web.budgets.pieces import pieces_of
from wherewithal.web.budgets.yearly.uprating_actions import (
    apply_uprating,
    tell_uprating,
    work_out_uprating,
)
from wherewithal.web.payments import actions
from wherewithal.web.payments.models import Payment, Run
from wherewithal.web.providers.models import OwnBill
from wherewithal.web.providers.own_bills import bill_people

MARCH = datetime(2027, 3, 12, 10, 0, tzinfo=FEBRUARY.tzinfo)
PAID_TO, NEXT_END, LATE = date(2027, 4, 26), date(2027, 5, 24), date(2028, 1, 1)
DIRECT, MANAGED = "direct-payment", "council-managed"


@pytest.fixture
def going(live: Budget, finance: User) -> Budget:  # noqa: F811
    """£45.00 a week paid out and £154.00 arranged, and an account to pay it into."""
    Budget.objects.update(statement_on=STARTS, agreement_on=STARTS)
    BudgetLine.objects.filter(what=CHOIR["what"]).update(holding=DIRECT)
    actions.set_payee(
        person=live.person, holding=DIRECT, account_name="Ada Marlowbridge",
        sort_code="00-00-11", account_number="12345678", by=finance, at=FEBRUARY,
    )  # fmt: skip
    return live


@pytest.fixture
def pay(finance: User, make_user: Callable[..., User]) -> Callable[[date, datetime], Run]:
    """Pay, and bill, all days before one."""
    other = make_user(Role.FINANCE, "Olive")

    def pay_up_to(end: date, at: datetime) -> Run:
        last = Period(end - timedelta(weeks=4), end)
        made = actions.prepare_run(period=last, pay_on=last.start, by=finance, at=at)
        actions.check_run(run_id=made.id, note="Rang and asked.", by=other, at=at)
        actions.approve_run(run_id=made.id, by=other, at=at, holidays=frozenset())
        bill_people(until=end, by=finance, at=at)
        return made

    return pay_up_to


def uprate(made: Uprating, by: User) -> None:
    tell_uprating(uprating=made, by=by, at=FEBRUARY)
    apply_uprating(uprating=made, by=by, at=MARCH + timedelta(days=1))


def put_in(budget: Budget) -> int:
    return -balance(Account(Kind.CONTRIBUTION, budget.person.reference), LATE)


def comes_to(budget: Budget) -> int:
    """Return what the person puts in for all days paid and billed so far, by today's facts."""
    fresh, pence = Budget.objects.get(pk=budget.pk), 0
    for way, rows in ((DIRECT, Payment.objects.all()), (MANAGED, OwnBill.objects.all())):
        days = Period(STARTS, max(row.period.upper for row in rows))
        pence += came_to(pieces_of(fresh, way, ()), days)[1]
    return pence


def test_days_paid_ahead_are_put_right_by_the_next_payment_and_the_next_bill(
    going: Budget, run: Uprating, finance: User, pay: Callable[..., Run]  # noqa: F811
) -> None:  # fmt: skip
    pay(PAID_TO, MARCH)
    before = comes_to(going)
    assert abs(put_in(going) - before) < 10  # each payment rounds its own days down
    uprate(run, finance)
    assert ChargeChange.objects.get().contribution == 3_620
    assert comes_to(going) == before + 209 + 92  # two weeks billed ahead, three paid
    pay(NEXT_END, MARCH + timedelta(days=40))
    assert abs(put_in(going) - comes_to(going)) <= 1
    assert not Entry.objects.filter(what__in=["charge-raised", "charge-lowered"]).exists()


def test_a_lower_charge_over_days_paid_ahead_is_given_back_in_the_same_way(
    going: Budget, run: Uprating, finance: User, pay: Callable[..., Run]  # noqa: F811
) -> None:  # fmt: skip
    cheaper: dict[str, Any] = ASSUMED | {
        "private-pension": {"percent": "-20", "rates": [], "source": "letters of last year"}
    }
    run.delete()
    made = work_out_uprating(starts=APRIL, assumed=cheaper, by=finance, at=FEBRUARY)
    pay(PAID_TO, MARCH)
    before = comes_to(going)
    uprate(made, finance)
    assert comes_to(going) < before
    paid = pay(NEXT_END, MARCH + timedelta(days=40)).payments.get()
    assert paid.adjustment == -paid.adjustment_contribution > 0
    assert abs(put_in(going) - comes_to(going)) <= 1


def test_a_charge_that_changes_again_after_the_new_year_still_comes_out_even(
    going: Budget, run: Uprating, finance: User, pay: Callable[..., Run]  # noqa: F811
) -> None:  # fmt: skip
    pay(PAID_TO, MARCH)
    old = going.charge
    uprate(run, finance)
    assert old is not None
    change_charge(
        budget=going, charge=old, from_day=APRIL, reason="A bill had been left out.", by=finance,
        at=MARCH + timedelta(days=2),
    )  # fmt: skip
    pay(NEXT_END, MARCH + timedelta(days=40))
    assert abs(put_in(going) - comes_to(going)) <= 1
