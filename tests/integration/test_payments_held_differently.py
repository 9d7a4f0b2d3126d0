"""A line whose money is held differently is paid so from that day on, and no day twice."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate
from psycopg.types.range import DateRange
from tests.integration.conftest import NOW, TODAY
from tests.integration.test_payments_runs import (  # noqa: F401  fixtures
    NOVEMBER,
    approve,
    make_budget,
    prepare,
)

from wherewithal.dates import Period
from wherewithal.web.accounts.models import AuditRow, User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.budgets.holding import change_holding
from wherewithal.web.budgets.models import Budget
from wherewithal.web.payments import actions
from wherewithal.web.people.models import Person
from wherewithal.web.policy.models import Setting

DECEMBER = Period(date(2026, 12, 14), date(2027, 1, 11))
WHY = "Ada asked for it."
SINCE_JUNE = DateRange(date(2026, 6, 1), None)


@pytest.fixture
def accounts(person: Person, finance: User) -> None:
    for number, holding in enumerate(("isf", "third-party", "direct-payment")):
        actions.set_payee(
            person=person, holding=holding, account_name="An account", sort_code="000012",
            account_number=f"1111111{number}", by=finance, at=NOW,
        )  # fmt: skip


def move(budget: Budget, before: str, after: str, by: User) -> None:
    line = budget.lines.get(holding=before)
    change_holding(budget=budget, choices={line.pk: after}, reason=WHY, by=by, at=NOW)


def test_what_the_council_arranged_is_not_paid_out_again(
    person: Person, accounts: None, make_budget: Callable[..., Budget], finance: User  # noqa: F811
) -> None:  # fmt: skip
    budget = make_budget(person, ("council-managed", 10_000), period=SINCE_JUNE)
    move(budget, "council-managed", "isf", finance)
    run = prepare(finance)
    assert run.payments.earliest("id").period.lower == TODAY
    assert run.total == 10_000 * ((NOVEMBER.end or TODAY) - TODAY).days // 7
    told = AuditRow.objects.get(verb="holding.changed").summary
    assert told == (
        f"Help: the money is held as “Individual service fund” from 2 November 2026. Why: {WHY}"
    )


def test_what_was_paid_in_advance_is_used_before_the_new_way_begins(
    person: Person, accounts: None, make_budget: Callable[..., Budget],  # noqa: F811
    finance: User, make_user: Callable[..., User],
) -> None:  # fmt: skip
    budget = make_budget(person, ("isf", 10_000))
    approve(prepare(finance), make_user(Role.FINANCE))
    move(budget, "isf", "third-party", finance)
    with pytest.raises(NotNow, match="Nothing is due"):
        prepare(finance)
    payment = prepare(finance, DECEMBER).payments.get()
    assert (payment.holding, payment.period.lower) == ("third-party", DECEMBER.start)


def test_a_direct_payment_goes_on_until_the_notice_is_over_and_no_day_is_paid_twice(
    person: Person, accounts: None, make_budget: Callable[..., Budget],  # noqa: F811
    finance: User, make_user: Callable[..., User],
) -> None:  # fmt: skip
    budget = make_budget(person, ("direct-payment", 10_000))
    approve(prepare(finance), make_user(Role.FINANCE))
    line, ends = budget.lines.get(), date(2026, 12, 21)
    change_holding(
        budget=budget, choices={line.pk: "isf"}, reason=WHY, by=finance, at=NOW, first_day=ends
    )
    paid = {
        each.holding: (each.period.lower, each.period.upper, each.net)
        for each in prepare(finance, DECEMBER).payments.all()
    }
    assert paid == {
        "direct-payment": (DECEMBER.start, ends, 10_000), "isf": (ends, DECEMBER.end, 30_000),
    }  # fmt: skip


def test_the_page_begins_with_the_notice_that_the_council_gives(
    person: Person, accounts: None, make_budget: Callable[..., Budget],  # noqa: F811
    finance: User, practitioner: User, make_user: Callable[..., User],
    signed_in: Callable[[User], Client],
) -> None:  # fmt: skip
    budget = make_budget(person, ("direct-payment", 10_000))
    care, page = signed_in(practitioner), f"/people/{person.reference}/budget/holding/"
    assert "notice" not in care.get(page).content.decode()  # nothing was paid: nothing to end
    approve(prepare(finance), make_user(Role.FINANCE))
    Setting.objects.create(key="direct_payment_notice_weeks", value=6)
    assert "Our council gives 6 weeks’ notice in writing." in care.get(page).content.decode()
    day = localdate() + timedelta(weeks=6)
    boss, ends = signed_in(make_user(Role.MANAGER)), f"/people/{person.reference}/budget/end/"
    shown = boss.get(ends).content.decode()
    assert "Our council gives 6 weeks’ notice before a direct payment ends." in shown
    assert f'name="last_day_year" type="text" value="{day.year}"' in shown
    typed = {f"line-{budget.lines.get().pk}": "council-managed", "reason": WHY}
    parts = {"first_day_day": day.day, "first_day_month": day.month, "first_day_year": day.year}
    assert care.post(page, typed).status_code == 200
    assert care.post(page, typed | parts).status_code == 302
    assert budget.lines.get().held_from == day


def test_money_that_never_left_goes_to_the_new_way_from_the_beginning(
    person: Person, accounts: None, make_budget: Callable[..., Budget], finance: User  # noqa: F811
) -> None:  # fmt: skip
    budget = make_budget(person, ("isf", 10_000))
    move(budget, "isf", "third-party", finance)
    payment = prepare(finance).payments.get()
    assert (payment.holding, payment.period.lower, payment.net) == (
        "third-party", NOVEMBER.start, 40_000,
    )  # fmt: skip


def test_a_line_that_joins_later_counts_from_its_own_day_and_pennies_still_add_up(
    person: Person, accounts: None, make_budget: Callable[..., Budget], finance: User  # noqa: F811
) -> None:  # fmt: skip
    budget = make_budget(
        person, ("isf", 10_001), ("third-party", 9_998), contribution=3_333,
        period=DateRange(date(2026, 10, 19), None),
    )  # fmt: skip
    budget.lines.filter(holding="third-party").update(held_from=date(2026, 11, 16))
    run = prepare(finance)
    paid = {(each.holding, each.period.lower): each for each in run.payments.all()}
    assert set(paid) == {
        ("isf", date(2026, 10, 19)), ("isf", NOVEMBER.start), ("third-party", NOVEMBER.start),
    }  # fmt: skip
    both = [paid["isf", NOVEMBER.start], paid["third-party", NOVEMBER.start]]
    assert sum(each.gross for each in both) == 19_999 * 4
    assert sum(each.contribution for each in both) == 3_333 * 4
