"""Nobody is asked about money that came back, or to put in for days that asked nothing of them."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from tests.integration.conftest import NOW
from tests.integration.test_payments_runs import (  # noqa: F401  fixtures
    make_budget,
    payable,
    prepare,
    release,
)

from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.budgets.models import Budget
from wherewithal.web.budgets.pauses.actions import pause
from wherewithal.web.checks.facts import _contributions, first_payment
from wherewithal.web.checks.figures import figures_of, paid_ahead
from wherewithal.web.payments import answers
from wherewithal.web.payments.models import Payment
from wherewithal.web.people.models import Person

HOLDING = "direct-payment"
ARRIVES = datetime(2026, 11, 13, 16, tzinfo=UTC)


def test_a_payment_that_came_back_was_not_paid_in(
    payable: Budget, person: Person, finance: User, make_user: Callable[..., User]  # noqa: F811
) -> None:  # fmt: skip
    payment = release(prepare(finance), make_user(Role.FINANCE)).payments.get()
    day = date(2026, 11, 20)
    assert (first_payment(person), paid_ahead(person, HOLDING, day) > 0) == (
        date(2026, 11, 13), True,
    )  # fmt: skip
    said = answers.Said(Payment.State.RETURNED, date(2026, 11, 13), "AC04", "it is closed", True)
    answers.record_answer(payment_id=payment.pk, said=said, by=finance, at=ARRIVES)
    assert first_payment(person) is None
    assert paid_ahead(person, HOLDING, day) == 0
    assert figures_of(person, HOLDING, on=day)["council_paid_in"] == 0


def test_nobody_is_to_put_in_for_days_that_were_paused_after_they_were_paid(
    payable: Budget, person: Person, finance: User, practitioner: User,  # noqa: F811
    make_user: Callable[..., User],
) -> None:  # fmt: skip
    release(prepare(finance), make_user(Role.FINANCE))
    since = date(2026, 1, 1)
    assert [each.due for each in _contributions(person, HOLDING, since)] == [33_100]
    pause(
        budget=payable, kind="hospital", first_day=date(2026, 12, 7), last_day=date(2026, 12, 13),
        pays="nothing", reason="A fall.", by=practitioner, at=NOW,
    )  # fmt: skip
    assert [each.due for each in _contributions(person, HOLDING, since)] == [24_825]
