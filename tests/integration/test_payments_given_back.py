"""What the council owes a person is paid by the next run, once, into an account of their own."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from psycopg.types.range import DateRange
from tests.integration.planned import text, words_in
from tests.integration.test_bills_put_right import lower, managed  # noqa: F401  a fixture
from tests.integration.test_budgets_earlier_charges import LATER
from tests.integration.test_payments_runs import (  # noqa: F401  fixtures
    approve,
    make_budget,
    payable,
    prepare,
    release,
)

from wherewithal.ledger.entries import Account
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.books.querysets import balance, prove
from wherewithal.web.budgets.actions import end_budget
from wherewithal.web.budgets.models import Budget
from wherewithal.web.payments import actions, answers
from wherewithal.web.payments.models import Payment, Run
from wherewithal.web.people.models import Person
from wherewithal.web.providers.models import Refund
from wherewithal.web.providers.own_bills import bill_people, receive
from wherewithal.web.providers.refunds import refund

AFTER = date(2028, 1, 1)
FOUR_WEEKS = date(2026, 12, 14)
WHY = "We had counted a benefit that nobody may count."
BACK = 20_000 - 4 * 3_485


@pytest.fixture
def given_back(
    managed: Budget, practitioner: User, finance: User, manager: User  # noqa: F811
) -> Refund:  # fmt: skip
    """£60.60 that the person had paid too much for support that the council arranged."""
    person = managed.person
    bill_people(until=FOUR_WEEKS, by=finance, at=LATER - timedelta(days=1))
    receive(person=person, on=FOUR_WEEKS, pence=20_000, text="", by=finance, at=LATER)
    end_budget(budget=managed, last_day=date(2026, 12, 13), reasons="Moved.", by=manager, at=LATER)
    lower(managed, practitioner)
    return refund(person=person, reason=WHY, by=finance, at=LATER)[0]


@pytest.fixture
def own_account(given_back: Refund, finance: User) -> Refund:
    actions.set_payee(
        person=given_back.budget.person, holding="council-managed", account_name="Ada Marlowbridge",
        sort_code="00-00-11", account_number="12345678", by=finance, at=LATER,
    )  # fmt: skip
    return given_back


def in_books(name: str) -> int:
    assert prove(AFTER).holds
    return balance(Account.of_text(name), AFTER)


def sent_back(run: Run, by: User) -> None:
    said = answers.Said(Payment.State.RETURNED, date(2026, 11, 13), "AC04", "it is closed", True)
    answers.record_answer(payment_id=run.payments.get().pk, said=said, by=by, at=LATER)


def test_the_next_run_gives_back_what_was_billed_too_much_and_the_books_come_to_nought(
    own_account: Refund, person: Person, finance: User, make_user: Callable[..., User]
) -> None:
    promised, council = f"payable:{person.reference}/given-back", in_books("funding:council")
    assert in_books(promised) == -BACK
    run = release(prepare(finance), make_user(Role.FINANCE))
    payment = run.payments.get()
    assert (payment.net, payment.refund, payment.account_number) == (BACK, own_account, "12345678")
    assert "We give you back £60.60" in payment.sentence
    assert WHY in payment.sentence
    actions.confirm_run(run_id=run.pk, by=finance, at=datetime.combine(
        run.pay_on, LATER.timetz()
    ))  # fmt: skip
    assert (in_books(promised), in_books(f"sent:{run.pk}")) == (0, 0)
    assert in_books("funding:council") == council - BACK
    assert in_books(f"contribution:{person.reference}") == 0


def test_it_is_given_back_once(
    own_account: Refund, finance: User, make_user: Callable[..., User]
) -> None:
    run = prepare(finance)
    with pytest.raises(NotNow, match="Nothing is due"):
        prepare(finance)
    actions.cancel_run(run_id=run.pk, reason="Too soon.", by=finance, at=LATER)
    again = release(prepare(finance), make_user(Role.FINANCE))
    with pytest.raises(NotNow, match="Nothing is due"):
        prepare(finance)
    twin = again.payments.get()
    twin.pk, twin.run = None, Run.objects.create(
        period=DateRange(date(2026, 11, 16), FOUR_WEEKS), pay_on=FOUR_WEEKS, prepared_at=LATER
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="nothing_is_given_back_twice"), transaction.atomic():
        twin.save()


def test_a_refund_that_came_back_waits_until_the_account_is_right(
    own_account: Refund, person: Person, finance: User, make_user: Callable[..., User]
) -> None:
    sent_back(release(prepare(finance), make_user(Role.FINANCE)), finance)
    assert in_books(f"payable:{person.reference}/given-back") == -BACK
    with pytest.raises(NotNow, match="Money came back from the account"):
        prepare(finance)
    payee = person.payees.get()
    answers.trust_account(payee_id=payee.pk, reason="They read it out.", by=finance, at=LATER)
    assert prepare(finance).total == BACK


def test_who_has_given_no_account_of_their_own_is_named(
    given_back: Refund, person: Person, finance: User, signed_in: Callable[[User], Client]
) -> None:
    with pytest.raises(NotNow, match="no account of their own"):
        prepare(finance)
    staff = signed_in(finance)
    page = staff.post(
        f"/people/{person.reference}/money/account/",
        {"holding": "council-managed", "account_name": "Ada", "sort_code": "000011",
         "account_number": "12345678"}, follow=True,
    ).content.decode()  # fmt: skip
    assert "Money that we give back now goes to" in page
    assert prepare(finance).total == BACK


def test_the_person_reads_when_it_comes_on_the_page_in_the_letter_and_in_the_payment(
    own_account: Refund, person: Person, finance: User, make_user: Callable[..., User],
    signed_in: Callable[[User], Client],
) -> None:  # fmt: skip
    assert person.user is not None
    own = signed_in(person.user)
    address = f"/people/{person.reference}/billed/"
    assert "with the next payment run" in text(own, address)
    letter = words_in(own.get(f"{address}given-back/{own_account.pk}.pdf"))
    assert "a bank account of your own" in letter
    run = release(prepare(finance), make_user(Role.FINANCE))
    assert "It goes to your own account on 13 November 2026." in text(own, address)
    payment = run.payments.get()
    page = text(own, f"/people/{person.reference}/payments/{payment.pk}/")
    assert "We give you back" in page
    assert "For your support" not in page


def test_a_charge_lowered_after_the_end_of_a_direct_payment_is_paid_by_the_next_run(
    payable: Budget, person: Person, practitioner: User, finance: User, manager: User,  # noqa: F811
    make_user: Callable[..., User],
) -> None:  # fmt: skip
    release(prepare(finance), make_user(Role.FINANCE))
    assert in_books(f"payable:{person.reference}") == 0
    end_budget(budget=payable, last_day=date(2026, 12, 13), reasons="Moved.", by=manager, at=LATER)
    lower(payable, practitioner)
    owed = 4 * (8_275 - 3_485)
    assert in_books(f"payable:{person.reference}") == -owed
    run = release(prepare(finance), make_user(Role.FINANCE))
    assert (run.payments.get().gross, run.total) == (0, owed)
    assert in_books(f"payable:{person.reference}") == 0
    with pytest.raises(NotNow, match="Nothing is due"):
        prepare(finance)
