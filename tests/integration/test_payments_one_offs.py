"""Start-up costs that can't wait go out in a run of their own, and the next run counts them."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from psycopg.types.range import DateRange
from tests.integration.conftest import NOW
from tests.integration.planned import text
from tests.integration.test_bills_put_right import lower
from tests.integration.test_payments_runs import (  # noqa: F401  fixtures
    NOVEMBER,
    PAY_DAY,
    make_budget,
    payable,
    prepare,
    release,
)

from wherewithal.dates import Period
from wherewithal.ledger.entries import Account
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.books.querysets import balance, prove
from wherewithal.web.budgets.models import Budget
from wherewithal.web.payments import actions, answers
from wherewithal.web.payments.models import Payment, Run
from wherewithal.web.people.models import Person

LATE = date(2028, 1, 1)
WEEKS = 132_900
"""What four weeks of the worked example come to."""


@pytest.fixture
def starting(payable: Budget) -> Budget:  # noqa: F811
    """The worked example with £450.00 to start with, on its first day."""
    payable.lines.update(one_off=45_000, what="A laptop for your rota")
    return payable


def prepare_one_offs(by: User) -> Run:
    return actions.prepare_run(period=NOVEMBER, pay_on=PAY_DAY, by=by, at=NOW, kind="one-offs")


def paid(run: Run) -> list[tuple[int, int]]:
    return list(run.payments.order_by("id").values_list("gross", "net"))


def test_a_run_of_one_offs_pays_start_up_costs_and_nothing_else(
    starting: Budget, person: Person, finance: User, make_user: Callable[..., User]
) -> None:
    run = release(prepare_one_offs(finance), make_user(Role.FINANCE))
    payment = run.payments.get()
    assert (payment.gross, payment.contribution, payment.net) == (45_000, 0, 45_000)
    assert payment.sentence.startswith("£450.00, paid once: A laptop for your rota.")
    assert (run.kind, run.count, run.total) == ("one-offs", 1, 45_000)
    held = Account.of_text(f"held:{person.reference}/direct-payment")
    assert (balance(held, LATE), prove(LATE).holds) == (45_000, True)
    with pytest.raises(NotNow, match="Nothing is due"):
        prepare_one_offs(finance)


def test_the_next_run_pays_the_weeks_and_not_the_start_up_costs_again(
    starting: Budget, person: Person, finance: User, make_user: Callable[..., User]
) -> None:
    second = make_user(Role.FINANCE)
    release(prepare_one_offs(finance), second)
    run = release(prepare(finance), second)
    assert run.total == WEEKS
    assert "You had not been paid for 16 Nov 2026." in run.payments.get().sentence
    held = Account.of_text(f"held:{person.reference}/direct-payment")
    assert (balance(held, LATE), prove(LATE).holds) == (45_000 + 166_000, True)
    with pytest.raises(NotNow, match="Nothing is due"):
        prepare(finance)


def test_start_up_costs_that_a_run_holds_already_are_in_no_other(
    starting: Budget, finance: User
) -> None:
    assert prepare(finance).total == WEEKS + 45_000
    with pytest.raises(NotNow, match="Nothing is due"):
        prepare_one_offs(finance)


def test_a_run_of_one_offs_that_is_given_up_or_came_back_is_paid_by_the_next_run(
    starting: Budget, finance: User, make_user: Callable[..., User]
) -> None:
    run = prepare_one_offs(finance)
    actions.cancel_run(run_id=run.pk, reason="Too soon.", by=finance, at=NOW)
    run = release(prepare_one_offs(finance), make_user(Role.FINANCE))
    said = answers.Said(Payment.State.RETURNED, PAY_DAY, "MS03", "no reason given")
    answers.record_answer(payment_id=run.payments.get().pk, said=said, by=finance, at=NOW)
    assert prepare(finance).total == WEEKS + 45_000


def test_start_up_costs_given_up_after_the_weeks_were_sent_come_with_the_next_run(
    starting: Budget, person: Person, finance: User, make_user: Callable[..., User]
) -> None:
    second = make_user(Role.FINANCE)
    first = prepare_one_offs(finance)
    assert release(prepare(finance), second).total == WEEKS
    actions.cancel_run(run_id=first.pk, reason="The shop is shut.", by=finance, at=NOW)
    with pytest.raises(NotNow, match="Nothing is due"):
        prepare_one_offs(finance)
    following = Period(date(2026, 12, 14), date(2027, 1, 11))
    assert release(prepare(finance, following), second).total == WEEKS + 45_000
    held = Account.of_text(f"held:{person.reference}/direct-payment")
    assert (balance(held, LATE), prove(LATE).holds) == (45_000 + 2 * 166_000, True)


def test_a_run_of_everyone_due_that_counts_on_start_up_costs_given_up_since_is_refused(
    starting: Budget, finance: User, make_user: Callable[..., User]
) -> None:
    first, weeks = prepare_one_offs(finance), prepare(finance)
    actions.cancel_run(run_id=first.pk, reason="The shop is shut.", by=finance, at=NOW)
    with pytest.raises(NotNow, match="changed: Ada Marlowbridge"):
        release(weeks, make_user(Role.FINANCE))


def test_start_up_costs_of_a_day_in_the_middle_are_paid_on_that_day_and_the_weeks_follow(
    starting: Budget, finance: User, make_user: Callable[..., User]
) -> None:
    starting.lines.update(once_on=date(2026, 12, 1))
    second = make_user(Role.FINANCE)
    run = release(prepare_one_offs(finance), second)
    period = run.payments.get().period
    assert (period.lower, period.upper) == (date(2026, 12, 1), date(2026, 12, 2))
    assert prepare(finance).total == WEEKS


def test_a_changed_charge_of_days_past_waits_for_the_run_of_everyone_due(
    starting: Budget, person: Person, practitioner: User, finance: User,
    make_user: Callable[..., User],
) -> None:  # fmt: skip
    second = make_user(Role.FINANCE)
    starting.lines.update(once_on=date(2026, 12, 20))
    release(prepare(finance), second)
    lower(starting, practitioner)
    waits = -balance(Account.of_text(f"payable:{person.reference}"), LATE)
    period = Period(date(2026, 12, 14), date(2027, 1, 11))
    run = actions.prepare_run(period=period, pay_on=PAY_DAY, by=finance, at=NOW, kind="one-offs")
    assert release(run, second).payments.get().recharged == 0
    assert -balance(Account.of_text(f"payable:{person.reference}"), LATE) == waits > 0
    release(prepare(finance, period), second)
    assert balance(Account.of_text(f"payable:{person.reference}"), LATE) == 0


def test_whoever_lacks_a_paper_is_named_and_a_changed_sum_stops_the_run(
    starting: Budget, finance: User, make_user: Callable[..., User]
) -> None:
    Budget.objects.update(agreement_on=None)
    with pytest.raises(NotNow, match="agreement is not signed"):
        prepare_one_offs(finance)
    Budget.objects.update(agreement_on=date(2026, 11, 1))
    run = prepare_one_offs(finance)
    starting.lines.update(one_off=50_000)
    with pytest.raises(NotNow, match="changed: Ada Marlowbridge"):
        release(run, make_user(Role.FINANCE))


def test_start_up_costs_after_the_days_of_the_run_wait(starting: Budget, finance: User) -> None:
    Budget.objects.update(period=DateRange(date(2026, 12, 21), None))
    with pytest.raises(NotNow, match="Nothing is due"):
        prepare_one_offs(finance)


def test_the_pages_offer_it_name_it_and_the_person_reads_what_it_is_for(
    starting: Budget, person: Person, finance: User, make_user: Callable[..., User],
    signed_in: Callable[[User], Client],
) -> None:  # fmt: skip
    staff = signed_in(finance)
    assert "Start-up costs alone" in text(staff, reverse("payments:prepare"))
    run = release(prepare_one_offs(finance), make_user(Role.FINANCE))
    assert f"Start-up costs, run {run.pk}" in text(staff, reverse("payments:run", args=[run.pk]))
    assert person.user is not None
    payment = run.payments.get()
    page = text(signed_in(person.user), f"/people/{person.reference}/payments/{payment.pk}/")
    assert "To start with" in page
    assert "A laptop for your rota" in page
