"""A run pays everything due once, is approved by someone else, and never changes again."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.db.models import F
from django.test import Client
from psycopg.types.range import DateRange
from tests.integration.conftest import NOW

from wherewithal.banking.standard18 import read_standard18
from wherewithal.dates import Period
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.assessments.models import Assessment
from wherewithal.web.budgets.models import Budget, BudgetLine
from wherewithal.web.payments import actions
from wherewithal.web.payments.models import Payment, Run
from wherewithal.web.people.models import Person
from wherewithal.web.plans.models import SupportPlan
from wherewithal.web.policy.models import SchemeVersion

NOVEMBER = Period(date(2026, 11, 16), date(2026, 12, 14))
PAY_DAY = date(2026, 11, 13)


@pytest.fixture
def make_budget(scheme_version: SchemeVersion, practitioner: User) -> Callable[..., Budget]:
    """Make a signed-off budget with the given lines: ``(holding, pence a week)``."""

    def make(person: Person, *lines: tuple[str, int], **fields: Any) -> Budget:
        assessment = Assessment.objects.create(
            person=person, scheme=scheme_version, status="completed",
            started_at=NOW, completed_at=NOW,
        )  # fmt: skip
        plan = SupportPlan.objects.create(
            person=person, assessment=assessment, status="agreed", started_at=NOW
        )
        values: dict[str, Any] = {
            "status": "signed-off", "period": DateRange(date(2026, 11, 16), None),
            "cost": sum(pence for _, pence in lines), "proposed_at": NOW,
            "statement_on": date(2026, 11, 1), "agreement_on": date(2026, 11, 1),
        }  # fmt: skip
        budget = Budget.objects.create(person=person, plan=plan, **(values | fields))
        for holding, pence in lines:
            BudgetLine.objects.create(budget=budget, what="Help", weekly=pence, holding=holding)
        return budget

    return make


@pytest.fixture
def payable(person: Person, make_budget: Callable[..., Budget], finance: User) -> Budget:
    """The worked example: £415.00 a week less £82.75, all as a direct payment."""
    actions.set_payee(
        person=person, holding="direct-payment", account_name="Ada Marlowbridge",
        sort_code="00-00-11", account_number="12345678", by=finance, at=NOW,
    )  # fmt: skip
    return make_budget(person, ("direct-payment", 41_500), contribution=8_275)


def prepare(by: User, period: Period = NOVEMBER) -> Run:
    return actions.prepare_run(period=period, pay_on=PAY_DAY, by=by, at=NOW)


def check(run: Run, by: User) -> Run:
    return actions.check_run(run_id=run.id, note="Rang and asked.", by=by, at=NOW)


def approve(run: Run, by: User) -> Run:
    check(run, by)
    return actions.approve_run(run_id=run.id, by=by, at=NOW, holidays=frozenset())


def release(run: Run, by: User) -> Run:
    approve(run, by)
    return actions.release_run(run_id=run.id, by=by, at=NOW, holidays=frozenset())


def test_four_weeks_are_paid_net_of_the_contribution(payable: Budget, finance: User) -> None:
    run = prepare(finance)
    payment = run.payments.get()
    assert (run.count, run.total) == (1, 132_900)
    assert (payment.gross, payment.contribution, payment.net) == (166_000, 33_100, 132_900)


def test_preparing_twice_pays_once(payable: Budget, finance: User) -> None:
    prepare(finance)
    with pytest.raises(NotNow, match="Nothing is due"):
        prepare(finance)
    assert (Run.objects.count(), Payment.objects.count()) == (1, 1)


def test_days_before_the_run_that_were_never_paid_are_caught_up(
    person: Person, payable: Budget, finance: User
) -> None:
    following = Period(NOVEMBER.end or NOVEMBER.start, date(2027, 1, 11))
    run = prepare(finance, following)
    periods = [
        (payment.period.lower, payment.period.upper) for payment in run.payments.order_by("id")
    ]
    assert periods == [(NOVEMBER.start, NOVEMBER.end), (following.start, following.end)]


def test_a_part_period_is_paid_by_the_day(
    person: Person, make_budget: Callable[..., Budget], finance: User, payable: Budget
) -> None:
    payable.delete()
    budget = make_budget(
        person, ("direct-payment", 41_500), contribution=8_275,
        period=DateRange(date(2026, 11, 21), date(2026, 11, 24)),
    )  # fmt: skip
    run = prepare(finance)
    payment = run.payments.get(budget=budget)
    assert (payment.gross, payment.contribution) == (17_786, 3_546)  # 3/7: up by half, down


def test_each_way_of_holding_goes_to_its_own_account(
    person: Person, make_budget: Callable[..., Budget], finance: User
) -> None:
    for holding, number in (("direct-payment", "11111111"), ("isf", "22222222")):
        actions.set_payee(
            person=person, holding=holding, account_name="An account", sort_code="000012",
            account_number=number, by=finance, at=NOW,
        )  # fmt: skip
    make_budget(
        person, ("direct-payment", 10_000), ("isf", 20_000), ("council-managed", 30_000),
        contribution=6_000,
    )  # fmt: skip
    run = prepare(finance)
    paid = {
        payment.holding: (payment.account_number, payment.net) for payment in run.payments.all()
    }
    assert paid == {"direct-payment": ("11111111", 36_000), "isf": ("22222222", 72_000)}


def test_the_page_says_where_the_rest_of_a_contribution_goes(
    person: Person, make_budget: Callable[..., Budget], signed_in: Callable[[User], Client]
) -> None:
    assert person.user is not None
    make_budget(person, ("direct-payment", 10_000), ("council-managed", 30_000), contribution=6_000)
    page = signed_in(person.user).get(f"/people/{person.reference}/money/").text
    assert "The rest is for the support that the council buys" in page


def test_it_says_nothing_of_a_rest_where_all_of_it_comes_off(
    person: Person, payable: Budget, signed_in: Callable[[User], Client]
) -> None:
    assert person.user is not None
    page = signed_in(person.user).get(f"/people/{person.reference}/money/").text
    assert "The rest is for the support" not in page


@pytest.mark.parametrize(
    ("missing", "why"),
    [
        ({"statement_on": None}, "statement has not been given"),
        ({"agreement_on": None}, "agreement is not signed"),
    ],
)
def test_nobody_is_paid_before_the_papers_and_the_run_says_so(
    missing: dict[str, None], why: str, payable: Budget, finance: User
) -> None:
    Budget.objects.filter(id=payable.id).update(**missing)
    with pytest.raises(NotNow, match=why):
        prepare(finance)


def test_without_an_account_the_run_names_the_person(
    make_person: Callable[..., Person], make_budget: Callable[..., Budget], finance: User,
    payable: Budget,
) -> None:  # fmt: skip
    waiting = make_person(given_name="Bo")
    make_budget(waiting, ("trust", 10_000))
    run = prepare(finance)
    why = "There is no account to pay into yet."
    assert run.left_out == [{"ref": waiting.reference, "name": waiting.name, "why": why}]


def test_the_officer_who_prepared_it_cannot_approve_it(payable: Budget, finance: User) -> None:
    run = prepare(finance)
    with pytest.raises(NotNow, match="someone else"):
        approve(run, finance)


def test_an_approved_run_is_frozen_by_the_database(
    payable: Budget, finance: User, make_user: Callable[..., User]
) -> None:
    run = approve(prepare(finance), make_user(Role.FINANCE, "Finlay"))
    for change in (
        lambda: Run.objects.filter(id=run.id).update(total=1),
        lambda: run.payments.update(net=1, gross=1, contribution=0),
        lambda: run.payments.get().delete(),
        lambda: Run.objects.get(id=run.id).delete(),
        lambda: run.payments.update(state="confirmed"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_run_bacs_can_no_longer_deliver_is_not_approved(
    payable: Budget, finance: User, make_user: Callable[..., User]
) -> None:
    run = check(prepare(finance), finance)
    with pytest.raises(NotNow, match="no longer"):
        actions.approve_run(
            run_id=run.id, by=make_user(Role.FINANCE), at=NOW + timedelta(days=20),
            holidays=frozenset(),
        )  # fmt: skip


def test_a_cancelled_run_frees_its_days(payable: Budget, finance: User) -> None:
    actions.cancel_run(run_id=prepare(finance).id, reason="wrong day", by=finance, at=NOW)
    assert prepare(finance).count == 1


def test_the_database_refuses_to_pay_a_day_twice(payable: Budget, finance: User) -> None:
    payment = prepare(finance).payments.get()
    payment.pk = None
    payment.period = DateRange(date(2026, 12, 1), date(2026, 12, 3))
    with pytest.raises(DatabaseError, match="no_day_is_paid_twice"), transaction.atomic():
        payment.save()


def test_the_files_carry_the_same_count_and_total(
    payable: Budget,
    finance: User,
    make_user: Callable[..., User],
    signed_in: Callable[[User], Client],
) -> None:
    run = release(prepare(finance), make_user(Role.FINANCE))
    client = signed_in(finance)
    text = client.get(f"/payments/{run.id}/files/standard18/").content.decode()
    file = read_standard18(text)
    assert (file.totals.count, file.totals.pence) == (1, 132_900)
    for kind in ("payments", "bureau", "pain001"):
        assert b"1329.00" in client.get(f"/payments/{run.id}/files/{kind}/").content


def test_the_page_of_a_run_counts_people_and_what_comes_to_nothing(
    payable: Budget, finance: User, signed_in: Callable[[User], Client]
) -> None:
    run = prepare(finance)
    page = signed_in(finance).get(f"/payments/{run.id}/").text
    assert "to 1 person<" in page
    run.payments.update(net=0, contribution=F("gross"))
    assert (
        "to 0 people; not sent: 1 of £0.00" in signed_in(finance).get(f"/payments/{run.id}/").text
    )


def test_the_person_reads_what_was_paid_and_what_is_left(
    person: Person, payable: Budget, finance: User, make_user: Callable[..., User],
    signed_in: Callable[[User], Client],
) -> None:  # fmt: skip
    approve(prepare(finance), make_user(Role.FINANCE))
    assert person.user is not None
    page = signed_in(person.user).get(f"/people/{person.reference}/money/").content.decode()
    for words in ("My money", "£415.00", "£332.25", "£82.75", "£1,329.00", "Still to come"):
        assert words in page


def test_the_page_of_a_payment_says_whose_it_is_and_that_it_came_back(
    payable: Budget, finance: User, make_user: Callable[..., User],
    signed_in: Callable[[User], Client],
) -> None:  # fmt: skip
    payment = release(prepare(finance), make_user(Role.FINANCE)).payments.get()
    at = f"/people/{payable.person.reference}/payments/{payment.pk}/"
    page = signed_in(finance).get(at).text
    assert page.count(payable.person.name) >= 2  # in the heading, and as the account's holder
    assert "and it came back" not in page
    payment.state = "returned"
    payment.save(update_fields=["state"])
    assert "Sent, and it came back" in signed_in(finance).get(at).text
