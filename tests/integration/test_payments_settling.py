"""After an end: what was paid ahead, what the end itself costs, and how it is settled."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from tests.integration.conftest import NOW
from tests.integration.test_budgets_earlier_charges import FIRST, assessed
from tests.integration.test_budgets_earlier_charges import LATER as RAISED
from tests.integration.test_payments_owed import LATER, pay
from tests.integration.test_payments_runs import (  # noqa: F401  fixtures
    approve,
    make_budget,
    payable,
    prepare,
)

from wherewithal.ledger.entries import Account, Kind
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.books.querysets import balance
from wherewithal.web.budgets.actions import end_budget
from wherewithal.web.budgets.charges.actions import change_charge
from wherewithal.web.budgets.models import Budget
from wherewithal.web.payments.actions import set_payee
from wherewithal.web.payments.owing import owed
from wherewithal.web.payments.settling.last_sums import (
    add_run_off_cost,
    died_with_a_budget,
    last_sums,
    settle,
)
from wherewithal.web.people.models import Person

AFTER = date(2027, 1, 20)
IN_JANUARY = NOW + timedelta(days=79)


@pytest.fixture
def ended(payable: Budget, manager: User) -> Budget:  # noqa: F811
    """Paid until 10 January, ended on 6 December: five weeks were paid ahead."""
    pay(date(2027, 1, 11), NOW)
    return end_budget(
        budget=payable, last_day=date(2026, 12, 6), reasons="You moved away.", by=manager,
        at=NOW + timedelta(days=40),
    )  # fmt: skip


def test_what_the_end_costs_comes_before_what_is_over(ended: Budget, finance: User) -> None:
    (last,) = last_sums(AFTER)
    assert (last.too_much, last.run_off, last.to_come_back) == (166_125, 0, 166_125)
    add_run_off_cost(
        last=last, kind="notice", pence=48_000, what="4 weeks for Sam", by=finance, at=IN_JANUARY
    )
    add_run_off_cost(
        last=last, kind="redundancy", pence=150_000, what="Sam", by=finance, at=IN_JANUARY
    )
    (last,) = last_sums(AFTER)
    assert (last.run_off, last.to_come_back, last.short) == (198_000, 0, 31_875)


def test_a_last_sum_is_settled_in_words_and_never_taken(
    ended: Budget, person: Person, finance: User
) -> None:
    def settled(how: str, paid_back: int, said: str) -> None:
        settle(person=person, holding="direct-payment", how=how, paid_back=paid_back, said=said,
               by=finance, at=IN_JANUARY)  # fmt: skip

    with pytest.raises(ValidationError, match="what was agreed"):
        settled("let-go", 0, " ")
    with pytest.raises(ValidationError, match=r"up to £1,661\.25"):
        settled("paid-back", 166_126, "x")
    settled("paid-back", 100_000, "Bea pays £1,000.00 back; the rest paid Sam’s notice.")
    assert last_sums(AFTER) == []
    assert balance(Account(Kind.RECOVERY, person.reference), AFTER) == 0
    with pytest.raises(NotNow, match="nothing to settle"):
        settled("let-go", 0, "again")


def test_what_was_paid_ahead_is_settled_too_where_the_council_arranges_support_from_then_on(
    ended: Budget, person: Person, make_budget: Callable[..., Budget]  # noqa: F811
) -> None:  # fmt: skip
    from psycopg.types.range import DateRange

    later = DateRange(date(2026, 12, 7), date(2027, 6, 7))
    make_budget(person, ("council-managed", 41_500), period=later)
    assert [each.too_much for each in last_sums(AFTER)] == [166_125]
    make_budget(person, ("direct-payment", 10_000), period=DateRange(date(2027, 6, 7), None))
    assert last_sums(AFTER) == []  # the next payments come to so much less


def test_what_was_settled_is_not_taken_off_a_later_budget(
    ended: Budget, person: Person, finance: User, make_budget: Callable[..., Budget]  # noqa: F811
) -> None:  # fmt: skip
    settle(person=person, holding="direct-payment", how="let-go", paid_back=0, said="Too hard.",
           by=finance, at=IN_JANUARY)  # fmt: skip
    from psycopg.types.range import DateRange

    make_budget(person, ("direct-payment", 10_000), period=DateRange(date(2027, 2, 8), None))
    (made,) = owed(date(2027, 3, 8), before=LATER)
    assert (made.net, made.adjustment) == (40_000, 0)


def test_a_budget_of_someone_who_died_is_named(payable: Budget, person: Person) -> None:  # noqa: F811
    assert died_with_a_budget() == []
    Person.objects.filter(pk=person.pk).update(date_of_death=date(2026, 11, 30))
    assert died_with_a_budget() == [payable]


def test_the_pages_list_add_and_settle(
    ended: Budget, person: Person, finance: User, signed_in: Callable[[User], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    for name in ("localdate", "now"):
        value = AFTER if name == "localdate" else IN_JANUARY
        monkeypatch.setattr(f"django.utils.timezone.{name}", lambda value=value: value)
    browser, at = signed_in(finance), f"/last-sums/{person.reference}/direct-payment/"
    assert "£1,661.25" in browser.get("/last-sums/").text
    cost = {"kind": "holiday", "pence": "120", "what": "6 days for Sam"}
    assert browser.post(f"{at}cost/", cost).status_code == 302
    assert "£1,541.25 is over" in browser.get(at).text
    assert browser.post(at, {"how": "used", "said": "It paid Sam."}).status_code == 302
    assert browser.get(at).status_code == 404


def test_a_raised_charge_waits_for_no_payment_once_the_last_sum_is_settled(
    person: Person, make_budget: Callable[..., Budget], finance: User,  # noqa: F811
    practitioner: User, manager: User, make_user: Callable[..., User],
) -> None:  # fmt: skip
    set_payee(
        person=person, holding="direct-payment", account_name="An account", sort_code="000012",
        account_number="11111111", by=finance, at=NOW - timedelta(days=1),
    )  # fmt: skip
    budget = make_budget(person, ("direct-payment", 40_000), contribution=1_000)
    approve(prepare(finance), make_user(Role.FINANCE))
    change_charge(
        budget=budget, charge=assessed(budget, practitioner), from_day=FIRST, by=practitioner,
        at=RAISED, reason="Your pension was not counted.", less_notice="You agreed to it.",
    )  # fmt: skip
    end_budget(
        budget=budget, last_day=date(2026, 12, 6), reasons="You moved.", by=manager, at=RAISED
    )
    owed_now = Account(Kind.PAYABLE, person.reference)
    assert balance(owed_now, AFTER) == -4 * 39_000 + 4 * (3_485 - 1_000)
    settle(
        person=person, holding="direct-payment", how="let-go", paid_back=0, said="Bea agreed.",
        by=finance, at=IN_JANUARY,
    )  # fmt: skip
    assert balance(owed_now, AFTER) == -4 * 39_000
    assert balance(Account(Kind.CONTRIBUTION, person.reference), AFTER) == -3 * 3_485
    held = Account(Kind.HELD, f"{person.reference}/direct-payment")
    assert balance(held, AFTER) == 4 * 39_000 + 3 * 3_485
