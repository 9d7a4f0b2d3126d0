"""Days that reach somebody with a later payment are paid by the NHS in its share, too."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import count

import pytest
from tests.integration.conftest import NOW
from tests.integration.test_payments_runs import (  # noqa: F401  fixtures
    NOVEMBER,
    make_budget,
    payable,
)
from tests.integration.test_payments_who_pays import (  # noqa: F401  fixtures
    COUNCIL,
    LATER,
    NHS,
    decide,
    other,
    shared,
)

from wherewithal.dates import Period
from wherewithal.web.accounts.models import User
from wherewithal.web.books.querysets import balance, prove
from wherewithal.web.budgets.models import Budget
from wherewithal.web.payments import actions
from wherewithal.web.payments.answers import Said, record_answer
from wherewithal.web.payments.models import Payment, Run

DECEMBER = Period(date(2026, 12, 14), date(2027, 1, 11))
JANUARY = Period(date(2027, 1, 11), date(2027, 2, 8))
FOUR_WEEKS = 4 * 10_000
Paying = Callable[..., Run]


@pytest.fixture
def therapy(shared: Budget, finance: User) -> Budget:  # noqa: F811
    """A line of £100.00 a week that the NHS pays for."""
    decide(shared.lines.get(what="Therapy"), finance)
    return shared


@pytest.fixture
def pay(finance: User, other: User) -> Paying:  # noqa: F811
    """Prepare a run, send it, and say that it arrived."""

    def made(period: Period = NOVEMBER, kind: str = "regular", *, arrives: bool = True) -> Run:
        at, no_days = next(moments), frozenset[date]()
        pay_on = at.date() + timedelta(days=11)
        run = actions.prepare_run(period=period, pay_on=pay_on, by=finance, at=at, kind=kind)
        actions.check_run(run_id=run.pk, note="Rang and asked.", by=other, at=at)
        actions.approve_run(run_id=run.pk, by=other, at=at, holidays=no_days)
        actions.release_run(run_id=run.pk, by=other, at=at, holidays=no_days)
        if arrives:
            arrive(run, finance)
        return Run.objects.get(pk=run.pk)

    moments = (NOW + timedelta(weeks=4 * number) for number in count())
    return made


def arrive(run: Run, by: User) -> None:
    actions.confirm_run(run_id=run.pk, by=by, at=day_after(run))


def day_after(run: Run) -> datetime:
    return datetime.combine(run.pay_on + timedelta(days=1), NOW.timetz())


def nhs_bore() -> int:
    assert prove(LATER).holds
    return -balance(NHS, LATER)


def come_back(run: Run, by: User) -> None:
    """Send the only payment of a run back; after any other run that was made by now."""
    at = day_after(Run.objects.latest("pay_on"))
    said = Said(Payment.State.RETURNED, at.date(), words="nobody knows why")
    record_answer(payment_id=run.payments.get().pk, said=said, by=by, at=at)


def test_start_up_costs_paid_first_take_no_weeks_from_what_the_nhs_pays(
    therapy: Budget, pay: Paying
) -> None:
    therapy.lines.filter(what="Help").update(one_off=45_000, once_on=date(2026, 12, 1))
    pay(kind="one-offs")
    assert nhs_bore() == 0
    pay()
    assert nhs_bore() == FOUR_WEEKS


def test_start_up_costs_of_a_line_of_the_nhs_are_paid_by_it_at_once(
    therapy: Budget, pay: Paying
) -> None:
    therapy.lines.filter(what="Therapy").update(one_off=45_000, once_on=date(2026, 12, 1))
    pay(kind="one-offs")
    assert nhs_bore() == 45_000
    pay()
    assert nhs_bore() == FOUR_WEEKS + 45_000


def test_days_that_came_back_and_went_with_a_later_payment_are_paid_by_the_nhs(
    therapy: Budget, finance: User, pay: Paying
) -> None:
    first = pay()
    pay(DECEMBER)
    assert nhs_bore() == 2 * FOUR_WEEKS
    come_back(first, finance)
    assert nhs_bore() == FOUR_WEEKS
    pay(JANUARY)
    assert nhs_bore() == 3 * FOUR_WEEKS
    assert -balance(COUNCIL, LATER) == 3 * (132_900 - FOUR_WEEKS)


def test_days_on_their_way_are_not_paid_by_the_nhs_before_they_arrive(
    therapy: Budget, finance: User, pay: Paying
) -> None:
    first = pay(arrives=False)
    pay(DECEMBER)
    assert nhs_bore() == FOUR_WEEKS
    arrive(first, finance)
    assert nhs_bore() == 2 * FOUR_WEEKS


def test_days_that_came_back_twice_are_paid_by_the_nhs_when_they_arrive(
    therapy: Budget, finance: User, pay: Paying
) -> None:
    come_back(pay(), finance)
    come_back(pay(), finance)
    assert nhs_bore() == 0
    pay()
    assert nhs_bore() == FOUR_WEEKS


def test_a_run_of_one_offs_that_came_back_goes_with_the_next_run(
    therapy: Budget, finance: User, pay: Paying
) -> None:
    therapy.lines.filter(what="Therapy").update(one_off=45_000)
    first = pay(kind="one-offs")
    pay()
    assert nhs_bore() == FOUR_WEEKS + 45_000
    come_back(first, finance)
    assert nhs_bore() == FOUR_WEEKS
    pay(DECEMBER)
    assert nhs_bore() == 2 * FOUR_WEEKS + 45_000
