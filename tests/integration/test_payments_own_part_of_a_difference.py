"""What a difference moves of the person's own part reaches the books."""

from collections.abc import Callable
from datetime import date, timedelta

from tests.integration.conftest import NOW
from tests.integration.test_payments_runs import (  # noqa: F401  # the fixtures
    NOVEMBER,
    approve,
    make_budget,
    payable,
    prepare,
    release,
)

from wherewithal.dates import Period
from wherewithal.ledger.entries import Account, Kind
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.books.models import Entry
from wherewithal.web.books.querysets import balance
from wherewithal.web.budgets.models import Budget
from wherewithal.web.budgets.pauses.actions import pause
from wherewithal.web.payments import actions, answers, emergency
from wherewithal.web.payments.models import Payment, Run
from wherewithal.web.people.models import Person

END = date(2030, 1, 1)
NEXT = Period(date(2026, 12, 14), date(2027, 1, 11))


def own(person: Person) -> int:
    return balance(Account(Kind.CONTRIBUTION, person.reference), END)


def held(person: Person) -> int:
    return balance(Account(Kind.HELD, f"{person.reference}/direct-payment"), END)


def run_after_a_week_in_hospital(budget: Budget, finance: User, two: User, worker: User) -> Run:
    release(prepare(finance), two)
    pause(
        budget=budget, kind="hospital", first_day=date(2026, 12, 7), last_day=date(2026, 12, 13),
        pays="nothing", reason="A fall.", by=worker, at=NOW + timedelta(days=20),
    )  # fmt: skip
    return actions.prepare_run(
        period=NEXT, pay_on=date(2026, 12, 11), by=finance, at=NOW + timedelta(days=30)
    )


def test_a_week_in_hospital_takes_the_persons_part_back_in_the_books(
    payable: Budget,  # noqa: F811
    person: Person,
    finance: User,
    practitioner: User,
    make_user: Callable[..., User],
) -> None:
    two = make_user(Role.FINANCE)
    run = run_after_a_week_in_hospital(payable, finance, two, practitioner)
    approve(run, two)
    assert own(person) == -7 * 8_275
    assert run.payments.get().adjustment_contribution == -8_275
    assert held(person) == sum(each.net for each in Payment.objects.standing()) + 7 * 8_275


def test_a_cancelled_run_takes_its_part_of_a_difference_back(
    payable: Budget,  # noqa: F811
    person: Person,
    finance: User,
    practitioner: User,
    make_user: Callable[..., User],
) -> None:
    two = make_user(Role.FINANCE)
    run = run_after_a_week_in_hospital(payable, finance, two, practitioner)
    approve(run, two)
    actions.cancel_run(run_id=run.id, reason="Wrong day.", by=two, at=NOW + timedelta(days=31))
    assert own(person) == -4 * 8_275
    assert Entry.objects.filter(what="contribution-corrected").count() == 1


def test_days_paid_again_as_a_difference_ask_for_the_persons_part_again(
    payable: Budget,  # noqa: F811
    person: Person,
    finance: User,
    make_user: Callable[..., User],
) -> None:
    two = make_user(Role.FINANCE)
    asked = emergency.Asked(person, "direct-payment", 50_000, "No food.")
    early = emergency.prepare_emergency(asked=asked, by=finance, at=NOW)
    for step in (actions.approve_run, actions.release_run):
        step(run_id=early.id, by=two, at=NOW, holidays=frozenset())
    release(prepare(finance), two)
    said = answers.Said(Payment.State.RETURNED, date(2026, 11, 3), "AC04", "it is closed", False)
    answers.record_answer(payment_id=early.payments.get().pk, said=said, by=finance, at=NOW)
    release(prepare(finance, NOVEMBER), two)
    assert sum(each.net for each in Payment.objects.standing()) == 132_900
    assert own(person) == -33_100
