"""A charge that changes after it was billed, or paid at once, is put right in the books."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from tests.integration.planned import text, words_in
from tests.integration.test_budgets_earlier_charges import FIRST, LATER, assessed
from tests.integration.test_payments_runs import (  # noqa: F401
    make_budget,
    payable,
    prepare,
)

from wherewithal.ledger.entries import Account, Kind
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.books.models import Entry
from wherewithal.web.books.querysets import balance
from wherewithal.web.budgets.actions import end_budget
from wherewithal.web.budgets.charges.actions import change_charge
from wherewithal.web.budgets.models import Budget
from wherewithal.web.people.models import Person
from wherewithal.web.providers.models import OwnBill
from wherewithal.web.providers.own_bills import bill_people, receive
from wherewithal.web.providers.querysets import own_account
from wherewithal.web.providers.refunds import refund, too_much

SignIn = Callable[[User], Client]
FOUR_WEEKS, EIGHT_WEEKS = date(2026, 12, 14), date(2027, 1, 11)
AFTER = date(2027, 6, 1)


@pytest.fixture
def managed(person: Person, make_budget: Callable[..., Budget]) -> Budget:  # noqa: F811
    """£415.00 a week, all arranged by the council, of which the person pays £82.75."""
    return make_budget(person, ("council-managed", 41_500), contribution=8_275)


def owes(person: Person) -> int:
    return -balance(Account(Kind.CONTRIBUTION, person.reference), AFTER)


def lower(budget: Budget, by: User, at: datetime = LATER) -> None:
    change_charge(
        budget=budget, charge=assessed(budget, by), from_day=FIRST, by=by, at=at,
        reason="Nobody had asked about your costs of disability.",
    )  # fmt: skip


def test_a_changed_charge_puts_billed_days_right_at_once_and_the_next_bill_knows(
    managed: Budget, practitioner: User, finance: User
) -> None:
    bill_people(until=FOUR_WEEKS, by=finance, at=LATER - timedelta(days=1))
    assert owes(managed.person) == 33_100
    lower(managed, practitioner)  # to £34.85 a week
    assert owes(managed.person) == 4 * 3_485
    (bill,) = bill_people(until=date(2027, 3, 8), by=finance, at=LATER + timedelta(days=1))
    assert bill.pence == 16 * 3_485 - 33_100
    assert owes(managed.person) == 16 * 3_485
    assert sum(OwnBill.objects.values_list("pence", flat=True)) == 16 * 3_485


def test_what_is_found_after_the_end_is_given_back_with_its_reason_and_letter(
    managed: Budget, practitioner: User, finance: User, manager: User, signed_in: SignIn
) -> None:
    person, why = managed.person, "We had counted a benefit that nobody may count."
    bill_people(until=FOUR_WEEKS, by=finance, at=LATER - timedelta(days=1))
    receive(person=person, on=FOUR_WEEKS, pence=20_000, text="", by=finance, at=LATER)
    assert too_much() == []
    end_budget(budget=managed, last_day=date(2026, 12, 13), reasons="Moved.", by=manager, at=LATER)
    lower(managed, practitioner)
    over = 33_100 - 4 * 3_485
    assert [each.over for each in too_much()] == [over]
    with pytest.raises(ValidationError):
        refund(person=person, reason=" ", by=finance, at=LATER)
    address = f"/people/{person.reference}/billed/"
    staff = signed_in(finance)
    assert "£191.60" in text(staff, f"{address}give-back/")
    assert staff.post(f"{address}give-back/", {"reason": why}).status_code == 302
    assert (owes(person), own_account(person).due) == (0, 0)
    assert Entry.objects.get(what="contribution-refunded").pence == 20_000 - 4 * 3_485
    assert too_much() == []
    assert "There is nothing to give back" in text(staff, f"{address}give-back/")
    with pytest.raises(NotNow, match="Nothing is to be given back"):
        refund(person=person, reason=why, by=finance, at=LATER)
    own = signed_in(person.user)  # type: ignore[arg-type]  # who signs in themselves
    made = own_account(person).refunds[0]
    letter = words_in(own.get(f"{address}given-back/{made.pk}.pdf"))
    assert why in letter
    assert "We give you back £60.60" in letter
    assert why in text(own, address)
    assert own.get(f"{address}give-back/").status_code == 403


def test_days_paid_at_once_before_a_charge_changed_are_put_right_when_they_are_approved(
    payable: Budget,  # noqa: F811
    practitioner: User,
    finance: User,
    make_user: Callable[..., User],
) -> None:
    from wherewithal.web.payments import actions
    from wherewithal.web.payments.emergency import Asked, prepare_emergency
    from wherewithal.web.payments.models import Run

    asked = Asked(payable.person, "direct-payment", 132_900, "The money is needed for wages.")
    run = prepare_emergency(asked=asked, by=finance, at=LATER - timedelta(hours=1))
    charged = run.payments.get().contribution
    lower(payable, practitioner)
    assert not Entry.objects.exists()
    actions.approve_run(run_id=run.pk, by=make_user(Role.FINANCE), at=LATER, holidays=frozenset())
    assert Run.objects.get().status == "approved"
    days = run.payments.get().period
    weeks = (days.upper - days.lower).days // 7
    assert charged == weeks * 8_275
    assert owes(payable.person) == weeks * 3_485
