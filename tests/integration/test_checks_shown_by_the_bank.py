"""A bank that shows money paid back ticks off the part that was agreed, and never twice."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from tests.integration.conftest import NOW
from tests.integration.in_use import DIRECT, budget_in_use
from tests.integration.test_checks_money_back import (  # noqa: F401  fixtures
    go_ahead,
    owed,
    propose,
    second,
    told,
)

from wherewithal.banking.bills_csv import Receipt as PaidIn
from wherewithal.banking.statements.layout import Layout
from wherewithal.ledger.entries import Account, Kind
from wherewithal.web.accounts.models import User
from wherewithal.web.books.querysets import balance, prove
from wherewithal.web.checks.actions import repaying, surplus
from wherewithal.web.checks.models import Repayment, SurplusProposal
from wherewithal.web.people.models import Person
from wherewithal.web.policy.models import SchemeVersion
from wherewithal.web.providers import own_bills
from wherewithal.web.providers.models import Receipt
from wherewithal.web.providers.querysets import own_account
from wherewithal.web.statements import actions, importing
from wherewithal.web.statements.models import Line

LATER = NOW + timedelta(days=90)
END = date(2027, 12, 31)
LAYOUT = Layout("saved", "Harbour Bank", "Date", payee=("Description",), amount="Amount",
                balance="Balance")  # fmt: skip
DECEMBER = "01/12/2026,AMBLEFORD COUNCIL,-186.66,813.34\n"
JANUARY = "04/01/2027,AMBLEFORD COUNCIL,-186.66,626.68\n"


@pytest.fixture
def agreed(told: SurplusProposal, second: User, scheme_version: SchemeVersion) -> SurplusProposal:  # noqa: F811
    """£560.00 that is paid back in three parts from 1 December."""
    budget_in_use(told.person, scheme_version)
    return go_ahead(told, second, days=15, parts=3)


@pytest.fixture
def read(person: Person, finance: User) -> Callable[..., Any]:
    def reading(lines: str, *, to_the_council: bool = True, at: datetime = LATER) -> Any:
        made = importing.import_statement(
            person=person, holding=DIRECT, data=BytesIO(
                ("Date,Description,Amount,Balance\n" + lines).encode()
            ), name="own.csv", by=finance, at=at, layout=LAYOUT,
        )  # fmt: skip
        for line in Line.objects.filter(sure=False, payee="AMBLEFORD COUNCIL"):
            if to_the_council:
                say(line, finance)
        return made

    return reading


def say(line: Line, by: User, meaning: str = "repaid") -> None:
    actions.say_what(line=line, meaning=meaning, budget_line=None, by=by, at=LATER)


def done(found: SurplusProposal) -> list[tuple[int, date | None]]:
    assert prove(END).holds
    return [(part.pence, part.done_on) for part in found.repayments.all()]


def test_a_line_that_says_paid_back_ticks_off_the_part_on_its_day(
    agreed: SurplusProposal, person: Person, read: Callable[..., Any]
) -> None:
    read(DECEMBER)
    assert done(agreed) == [(18_666, date(2026, 12, 1)), (18_666, None), (18_668, None)]
    assert owed(person) == 56_000 - 18_666
    assert balance(Account(Kind.FUNDING, "council"), date(2026, 12, 1)) == 18_666


def test_the_same_line_read_or_told_again_counts_once(
    agreed: SurplusProposal, person: Person, finance: User, read: Callable[..., Any]
) -> None:
    read(DECEMBER)
    read(DECEMBER + JANUARY)
    say(Line.objects.get(on=date(2026, 12, 1)), finance)
    assert owed(person) == 56_000 - 2 * 18_666
    assert [day for _, day in done(agreed)] == [date(2026, 12, 1), date(2027, 1, 4), None]


def test_a_part_that_finance_noted_is_not_noted_again_when_the_bank_shows_it(
    agreed: SurplusProposal, person: Person, second: User, read: Callable[..., Any],  # noqa: F811
) -> None:  # fmt: skip
    first = agreed.repayments.first()
    assert first is not None
    repaying.note_repaid(repayment=first, on=date(2026, 12, 3), by=second, at=LATER)
    read(DECEMBER)
    assert owed(person) == 56_000 - 18_666
    read(DECEMBER + JANUARY)
    assert owed(person) == 56_000 - 2 * 18_666


def test_all_at_once_pays_every_part_and_the_sum_is_closed(
    agreed: SurplusProposal, person: Person, read: Callable[..., Any]
) -> None:
    read("01/12/2026,AMBLEFORD COUNCIL,-560.00,0.00\n")
    agreed.refresh_from_db()
    assert (owed(person), agreed.status) == (0, "closed")
    read("01/12/2026,AMBLEFORD COUNCIL,-560.00,0.00\n02/12/2026,AMBLEFORD COUNCIL,-1.00,-1.00\n")
    assert owed(person) == 0


def test_less_than_a_part_leaves_the_rest_of_it_to_come(
    agreed: SurplusProposal, person: Person, read: Callable[..., Any]
) -> None:
    read("01/12/2026,AMBLEFORD COUNCIL,-100.00,0.00\n")
    assert sorted(pence for pence, day in done(agreed) if day is None) == [8_666, 18_666, 18_668]
    assert owed(person) == 46_000
    read("01/12/2026,AMBLEFORD COUNCIL,-100.00,0.00\n02/12/2026,CAFE,-1.00,-1.00\n")
    assert owed(person) == 46_000


def test_what_came_before_the_letter_or_is_only_typed_in_ticks_nothing_off(
    agreed: SurplusProposal, person: Person, finance: User, read: Callable[..., Any]
) -> None:
    read("01/10/2026,AMBLEFORD COUNCIL,-186.66,0.00\n")
    actions.type_in(
        person=person, holding=DIRECT, on=date(2026, 12, 1), pence=-18_666, payee="Council",
        budget_line=None, meaning="repaid", by=finance, at=LATER,
    )  # fmt: skip
    assert not any(day for _, day in done(agreed))


def test_money_paid_back_before_it_was_set_down_counts_as_soon_as_it_is(
    told: SurplusProposal, person: Person, second: User, scheme_version: SchemeVersion,  # noqa: F811
    read: Callable[..., Any],
) -> None:  # fmt: skip
    budget_in_use(person, scheme_version)
    read("10/11/2026,AMBLEFORD COUNCIL,-560.00,0.00\n", at=NOW + timedelta(days=10))
    assert owed(person) == 0
    go_ahead(told, second, days=15)
    told.refresh_from_db()
    assert (owed(person), told.status) == (0, "closed")


def test_what_is_to_come_off_payments_is_not_ticked_off_by_a_bank(
    told: SurplusProposal, person: Person, second: User, scheme_version: SchemeVersion,  # noqa: F811
    read: Callable[..., Any],
) -> None:  # fmt: skip
    assert person.user is not None
    surplus.answer(proposal=told, choice="take-off", words="", by=person.user, at=NOW)
    budget_in_use(person, scheme_version)
    go_ahead(told, second)
    read(DECEMBER)
    assert Repayment.objects.get().done_on is None


def received(person: Person, by: User, on: date, pence: int, text: str) -> Receipt:
    return own_bills.receive(person=person, on=on, pence=pence, text=text, by=by, at=LATER)


def test_money_that_the_council_received_back_ticks_off_the_part_and_pays_no_bill(
    agreed: SurplusProposal, person: Person, finance: User, read: Callable[..., Any]
) -> None:
    line = PaidIn(2, person.reference, date(2026, 12, 2), 18_666, "PAID BACK ADA")
    (made,) = own_bills.receive_file(lines=[line], by=finance, at=LATER)
    assert (made.paid_back, made.for_support, own_account(person).due) == (18_666, 0, 0)
    assert balance(Account(Kind.CONTRIBUTION, person.reference), END) == 0
    assert owed(person) == 56_000 - 18_666
    read(DECEMBER)
    assert owed(person) == 56_000 - 18_666
    read(DECEMBER + JANUARY)
    received(person, finance, date(2027, 1, 4), 18_666, "Repayment")
    assert owed(person) == 56_000 - 2 * 18_666
    assert own_account(person).due == 0


def test_two_parts_received_in_one_week_are_two(
    agreed: SurplusProposal, person: Person, finance: User, read: Callable[..., Any]
) -> None:
    for day in (2, 4):
        received(person, finance, date(2026, 12, day), 18_666, "paid back")
    assert owed(person) == 56_000 - 2 * 18_666
    read(DECEMBER + DECEMBER.replace("01/", "03/").replace("813.34", "626.68"))
    assert owed(person) == 56_000 - 2 * 18_666


def test_what_is_received_beyond_what_is_to_be_paid_back_counts_as_paid_for_support(
    agreed: SurplusProposal, person: Person, finance: User
) -> None:
    made = received(person, finance, date(2026, 12, 2), 56_500, "Repaid")
    assert (owed(person), made.for_support) == (0, 500)
    assert balance(Account(Kind.CONTRIBUTION, person.reference), END) == 500
    assert received(person, finance, date(2027, 3, 2), 700, "Repaid").for_support == 700


def test_other_money_that_comes_in_stays_what_it_was(
    agreed: SurplusProposal, person: Person, finance: User
) -> None:
    made = received(person, finance, date(2026, 12, 2), 18_666, "CARE BILL")
    assert (owed(person), made.for_support) == (56_000, 18_666)
