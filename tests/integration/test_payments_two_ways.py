"""Somebody with an ISF and a direct payment: each change lands where the money is held."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from tests.integration.test_budgets_earlier_charges import DECEMBER, FIRST, LATER, assessed
from tests.integration.test_payments_runs import approve, make_budget, prepare  # noqa: F401

from wherewithal.ledger.entries import Account, Kind
from wherewithal.ledger.repaying import PayingBack
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.books.actions import post
from wherewithal.web.books.querysets import balance
from wherewithal.web.budgets.charges.actions import change_charge
from wherewithal.web.budgets.models import Budget
from wherewithal.web.payments import actions
from wherewithal.web.people.models import Person

WAYS = ("direct-payment", "isf")
AFTER = date(2027, 6, 1)


@pytest.fixture
def both(person: Person, make_budget: Callable[..., Budget], finance: User) -> Budget:  # noqa: F811
    """£300.00 a week as a direct payment, £100.00 as an ISF, £80.00 of it the person's own."""
    for way, number in zip(WAYS, ("11111111", "22222222"), strict=True):
        actions.set_payee(
            person=person, holding=way, account_name="An account", sort_code="000012",
            account_number=number, by=finance, at=LATER - timedelta(days=60),
        )  # fmt: skip
    return make_budget(person, ("direct-payment", 30_000), ("isf", 10_000), contribution=8_000)


def held(person: Person) -> dict[str, int]:
    return {way: balance(Account(Kind.HELD, f"{person.reference}/{way}"), AFTER) for way in WAYS}


def test_a_changed_charge_lands_on_each_account_in_its_share(
    both: Budget, finance: User, practitioner: User, make_user: Callable[..., User]
) -> None:
    other = make_user(Role.FINANCE)
    approve(prepare(finance), other)
    assert held(both.person) == {"direct-payment": 120_000, "isf": 40_000}
    change_charge(
        budget=both, charge=assessed(both, practitioner), from_day=FIRST, by=practitioner,
        at=LATER, reason="Nobody had asked about your costs of disability.",
    )  # fmt: skip
    run = prepare(finance, DECEMBER)
    approve(run, other)
    recharged = dict(run.payments.values_list("holding", "recharged"))
    assert recharged == {"direct-payment": 4 * (6_000 - 2_614), "isf": 4 * (2_000 - 871)}
    assert held(both.person) == {"direct-payment": 240_000, "isf": 80_000}


def test_what_is_taken_off_an_isf_comes_off_the_isf(
    both: Budget, finance: User, make_user: Callable[..., User]
) -> None:
    other = make_user(Role.FINANCE)
    approve(prepare(finance), other)
    back = PayingBack(both.person.reference, "isf", "surplus:1")
    on = date(2026, 12, 1)
    agreed = [back.decided(5_000, on=on), back.taken_off(5_000, on=on)]
    post(agreed, by=finance, at=LATER, summary="Agreed.")
    run = prepare(finance, DECEMBER)
    paid = dict(run.payments.values_list("holding", "adjustment"))
    assert paid == {"direct-payment": 0, "isf": -5_000}
    approve(run, other)
    assert held(both.person) == {"direct-payment": 240_000, "isf": 75_000}
