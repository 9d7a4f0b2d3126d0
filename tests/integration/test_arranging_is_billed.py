"""The fee somebody agreed to for arranging their support is billed, in a line of its own."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from tests.integration.conftest import NOW
from tests.integration.planned import PENSIONER, text, words_in
from tests.integration.test_payments_runs import make_budget  # noqa: F401

from wherewithal.ledger.entries import Account, Kind
from wherewithal.web.accounts.models import User
from wherewithal.web.books.models import Entry
from wherewithal.web.books.querysets import balance
from wherewithal.web.budgets.actions import end_budget, keep_charge
from wherewithal.web.budgets.charges.actions import change_charge
from wherewithal.web.budgets.charges.working_out import work_out
from wherewithal.web.budgets.models import Budget, FinancialAssessment
from wherewithal.web.budgets.pauses.actions import pause
from wherewithal.web.people.models import Person
from wherewithal.web.providers.models import OwnBill
from wherewithal.web.providers.own_bills import bill_people
from wherewithal.web.providers.querysets import own_account
from wherewithal.web.providers.refunds import refund, too_much

SignIn = Callable[[User], Client]
FIRST, FOUR_WEEKS, EIGHT_WEEKS = date(2026, 11, 16), date(2026, 12, 14), date(2027, 1, 11)
AFTER = date(2028, 6, 1)
RICH = PENSIONER | {"capital": [{"kind": "savings", "amount": 4_000_000, "owners": 1}]}
AGREED = {
    "asked_us": True, "carer": False, "yearly_cost": 26_000, "told_on": "2026-10-20",
    "agreed_on": "2026-10-26",
}  # fmt: skip


def charge(
    person: Person, by: User, arrangement: dict[str, Any] | None, starts: date = FIRST,
    at: datetime = NOW,
) -> FinancialAssessment:  # fmt: skip
    facts = RICH | ({"arrangement": arrangement} if arrangement else {})
    found = work_out(facts, born=person.date_of_birth, starts=starts, cost=14_000)
    return keep_charge(person=person, facts=facts, starts=starts, charge=found, by=by, at=at)


@pytest.fixture
def arranged(
    person: Person, make_budget: Callable[..., Budget], practitioner: User  # noqa: F811
) -> Callable[..., Budget]:  # fmt: skip
    """£140.00 a week that the council arranges and the person pays in full, with a fee or not."""

    def make(arrangement: dict[str, Any] | None, **fields: Any) -> Budget:
        kept = charge(person, practitioner, arrangement)
        return make_budget(
            person, ("council-managed", 14_000), contribution=14_000, charge=kept, **fields
        )

    return make


def owes(person: Person) -> int:
    return -balance(Account(Kind.CONTRIBUTION, person.reference), AFTER)


def test_the_first_bill_after_it_was_agreed_has_a_line_for_it_and_so_has_its_letter(
    person: Person, arranged: Callable[..., Budget], finance: User, signed_in: SignIn
) -> None:
    arranged(AGREED)
    (bill,) = bill_people(until=FOUR_WEEKS, by=finance, at=NOW)
    assert (bill.pence, bill.support, bill.fee) == (57_988, 56_000, 4 * 497)
    assert owes(person) == 57_988 == own_account(person).due
    posted = Entry.objects.get(what="arrangement-charged")
    assert (posted.pence, posted.document) == (1_988, f"own-bill:{bill.pk}")
    assert person.user is not None
    own, told = signed_in(person.user), "as you agreed: £19.88"
    assert told in text(own, f"/people/{person.reference}/billed/")
    letter = words_in(own.get(f"/people/{person.reference}/billed/{bill.pk}.pdf"))
    assert told in letter
    assert "Our work of arranging it £19.88" in letter
    assert "£579.88" in letter
    (second,) = bill_people(until=EIGHT_WEEKS, by=finance, at=NOW + timedelta(days=28))
    assert (second.fee, OwnBill.objects.count()) == (4 * 497, 2)


@pytest.mark.parametrize(
    "changes",
    [None, {"agreed_on": None}, {"told_on": "2026-11-16"}, {"carer": True}, {"asked_us": False}],
)
def test_nobody_is_billed_for_it_who_did_not_agree_first(
    person: Person, arranged: Callable[..., Budget], finance: User, signed_in: SignIn,
    changes: dict[str, Any] | None,
) -> None:  # fmt: skip
    arranged(None if changes is None else AGREED | changes)
    (bill,) = bill_people(until=FOUR_WEEKS, by=finance, at=NOW)
    assert (bill.pence, bill.fee, bill.fee_told) == (56_000, 0, "")
    assert person.user is not None
    letter = signed_in(person.user).get(f"/people/{person.reference}/billed/{bill.pk}.pdf")
    assert "arranging" not in words_in(letter)


def test_a_year_of_it_is_never_more_than_the_work_costs(
    arranged: Callable[..., Budget], finance: User
) -> None:
    arranged(AGREED)
    made = [
        *bill_people(until=FIRST + timedelta(days=183), by=finance, at=NOW),
        *bill_people(until=FIRST + timedelta(days=366), by=finance, at=NOW),
    ]
    assert 25_900 < sum(bill.fee for bill in made) <= 26_000


def test_weeks_for_which_nothing_is_paid_cost_nothing_to_arrange(
    arranged: Callable[..., Budget], finance: User, practitioner: User
) -> None:
    pause(
        budget=arranged(AGREED), kind="hospital", first_day=date(2026, 12, 7),
        last_day=date(2026, 12, 13), pays="nothing", reason="A fall.", by=practitioner, at=NOW,
    )  # fmt: skip
    (bill,) = bill_people(until=FOUR_WEEKS, by=finance, at=NOW)
    assert (bill.support, bill.fee) == (3 * 14_000, 3 * 497)


def test_who_stops_it_has_later_days_taken_off_again(
    person: Person, arranged: Callable[..., Budget], finance: User, practitioner: User
) -> None:
    budget, later = arranged(AGREED), NOW + timedelta(days=40)
    bill_people(until=FOUR_WEEKS, by=finance, at=NOW)
    stops = date(2026, 11, 30)
    change_charge(
        budget=budget, charge=charge(person, practitioner, None, stops, later), from_day=stops,
        reason="You arrange it yourself now.", by=practitioner, at=later,
    )  # fmt: skip
    (bill,) = bill_people(until=EIGHT_WEEKS, by=finance, at=later + timedelta(days=1))
    assert (bill.support, bill.fee) == (56_000, -2 * 497)
    assert bill.fee_told.startswith("£9.94 comes off")
    assert owes(person) == 8 * 14_000 + 2 * 497


def test_after_an_end_it_is_given_back_for_the_days_that_were_not_arranged(
    person: Person, arranged: Callable[..., Budget], finance: User, manager: User
) -> None:
    budget = arranged(AGREED)
    bill_people(until=FOUR_WEEKS, by=finance, at=NOW)
    end_budget(
        budget=budget, last_day=date(2026, 12, 6), reasons="Moved.", by=manager,
        at=NOW + timedelta(days=40),
    )  # fmt: skip
    (found,) = too_much()
    assert (found.over, found.in_books) == (14_000 + 497, 14_000 + 497)
    refund(person=person, reason="You moved.", by=finance, at=NOW + timedelta(days=41))
    assert owes(person) == 3 * (14_000 + 497)
