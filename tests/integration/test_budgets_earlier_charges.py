"""New facts from an earlier day: paid back at once, or told first and then decided."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone
from tests.integration.planned import PENSIONER, money, text, words_in
from tests.integration.test_payments_runs import (  # noqa: F401
    approve,
    make_budget,
    payable,
    prepare,
)

from wherewithal.dates import Period
from wherewithal.ledger.entries import Account, Kind
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.books.models import Entry
from wherewithal.web.books.querysets import balance
from wherewithal.web.budgets import actions
from wherewithal.web.budgets.charges import working_out as charges
from wherewithal.web.budgets.charges.contributions import contribution_pieces
from wherewithal.web.budgets.charges.earlier_actions import (
    charge_from_earlier,
    decide_earlier,
    tell_earlier,
)
from wherewithal.web.budgets.charges.models import EarlierCharge
from wherewithal.web.budgets.models import Budget, ChargeChange, FinancialAssessment

SignIn = Callable[[User], Client]
FIRST, TODAY = date(2026, 11, 16), date(2026, 12, 21)
LATER = datetime(2026, 12, 21, 10, 0, tzinfo=UTC)
DECEMBER = Period(date(2026, 12, 14), date(2027, 1, 11))


def assessed(budget: Budget, by: User, private_pension: int = 6_000) -> FinancialAssessment:
    """Someone whose charge is £34.85 a week, or as much more as their own pension is."""
    income = [PENSIONER["income"][0], PENSIONER["income"][1] | {"amount": private_pension}]
    facts = PENSIONER | {"income": income}
    born = budget.person.date_of_birth
    found = charges.work_out(facts, born=born, starts=FIRST, cost=budget.cost)
    return actions.keep_charge(
        person=budget.person, facts=facts, starts=FIRST, charge=found, by=by, at=LATER
    )


def from_first_day(budget: Budget, charge: FinancialAssessment, by: User) -> EarlierCharge:
    return charge_from_earlier(
        budget=budget, charge=charge, from_day=FIRST, by=by, at=LATER,
        reason="Nobody had asked about your costs of disability.",
    )  # fmt: skip


@pytest.fixture
def paid(
    payable: Budget, finance: User, make_user: Callable[..., User]  # noqa: F811
) -> Budget:  # fmt: skip
    """Four weeks from 16 November were paid with a contribution of £82.75 a week."""
    approve(prepare(finance), make_user(Role.FINANCE))
    return payable


def test_too_much_is_paid_back_with_the_next_payment_and_the_books_agree(
    paid: Budget, practitioner: User, finance: User, make_user: Callable[..., User]
) -> None:
    row = from_first_day(paid, assessed(paid, practitioner), practitioner)
    assert (row.status, row.pence) == ("paid-back", -23_950)  # five weeks at £47.90
    assert contribution_pieces(Budget.objects.get(pk=paid.pk)) == ((Period(FIRST), 3_485),)
    entry = Entry.objects.get(what="charge-lowered")
    assert entry.pence == 19_160  # four weeks were paid
    run = prepare(finance, DECEMBER)
    payment = run.payments.get()
    assert (payment.gross, payment.contribution, payment.adjustment) == (166_000, 13_940, 19_160)
    approve(run, make_user(Role.FINANCE))
    account = Account(Kind.CONTRIBUTION, paid.person.reference)
    assert balance(account, date(2027, 3, 1)) == -2 * 13_940


def test_too_little_is_never_asked_for_by_itself(
    paid: Budget, practitioner: User, signed_in: SignIn
) -> None:
    row = from_first_day(paid, assessed(paid, practitioner, 15_000), practitioner)
    assert (row.status, row.pence) == ("proposed", 21_050)  # five weeks at £42.10
    assert not ChargeChange.objects.exists()
    assert not Entry.objects.filter(what="charge-raised").exists()
    with pytest.raises(NotNow, match="Tell the person first"):
        decide_earlier(earlier=row, ask=True, reasons="x", by=practitioner, at=LATER)
    with pytest.raises(DatabaseError), transaction.atomic():
        EarlierCharge.objects.update(status="asked", reasons="x")
    assert paid.person.user is not None
    own = signed_in(paid.person.user)
    letter = words_in(own.get(money(paid.person, f"what-you-pay/before/{row.pk}.pdf")))
    assert "Nobody has decided to ask you for it" in letter
    assert "You paid too little, by £210.50" in letter


def test_once_told_an_officer_decides_with_reasons(
    paid: Budget, practitioner: User, finance: User, signed_in: SignIn
) -> None:
    row = from_first_day(paid, assessed(paid, practitioner, 15_000), practitioner)
    staff, address = signed_in(practitioner), money(paid.person, f"what-you-pay/before/{row.pk}/")
    assert "Tell the person" in text(staff, address)
    assert staff.post(f"{address}tell/").status_code == 302
    answer = staff.post(f"{address}decide/", {"ask": "yes", "reasons": ""})
    assert "Enter your reasons" in answer.content.decode()
    why = "You told us in June that your pension rose, and you can pay."
    staff.post(f"{address}decide/", {"ask": "yes", "reasons": why})
    row.refresh_from_db()
    assert row.status == "asked"
    assert Entry.objects.get(what="charge-raised").pence == 16_840
    assert why in text(staff, address)
    payment = prepare(finance, DECEMBER).payments.get()
    assert payment.adjustment == -16_840


def test_no_more_is_asked_for_than_the_letter_told_however_late_it_is_decided(
    paid: Budget, practitioner: User
) -> None:
    row = from_first_day(paid, assessed(paid, practitioner, 15_000), practitioner)
    tell_earlier(earlier=row, by=practitioner, at=LATER)
    weeks_on = LATER + timedelta(weeks=6)
    decide_earlier(earlier=row, ask=True, reasons="You can pay.", by=practitioner, at=weeks_on)
    assert contribution_pieces(Budget.objects.get(pk=paid.pk)) == (
        (Period(FIRST, TODAY), 12_485), (Period(TODAY), 8_275),
    )  # fmt: skip
    assert row.pence == (12_485 - 8_275) * 5


def test_letting_go_changes_no_day_gone_by(paid: Budget, practitioner: User) -> None:
    row = from_first_day(paid, assessed(paid, practitioner, 15_000), practitioner)
    tell_earlier(earlier=row, by=practitioner, at=LATER)
    decide_earlier(earlier=row, ask=False, reasons="It was our slip.", by=practitioner, at=LATER)
    assert EarlierCharge.objects.get().status == "let-go"
    assert contribution_pieces(paid) == ((Period(FIRST), 8_275),)
    with pytest.raises(NotNow):
        decide_earlier(earlier=row, ask=True, reasons="x", by=practitioner, at=LATER)


def test_the_page_shows_the_difference_before_anything_begins(
    paid: Budget, practitioner: User, signed_in: SignIn
) -> None:
    assessed(paid, practitioner, 15_000)
    staff, address = signed_in(practitioner), money(paid.person, "what-you-pay/begin/")
    assert "The new charge" in text(staff, address)
    typed = {"reason": "Your pension rose.", "less_notice": "", "from_day_day": "16",
             "from_day_month": "11", "from_day_year": "2027"}  # fmt: skip
    assert staff.post(address, typed).status_code == 302
    change = ChargeChange.objects.get()
    assert (change.from_day, change.contribution) == (date(2027, 11, 16), 12_485)
    soon = typed | {"from_day_year": str(timezone.localdate().year + 9), "reason": ""}
    assert "Enter what is new" in staff.post(address, soon).content.decode()


def test_a_reason_is_needed(paid: Budget, practitioner: User) -> None:
    with pytest.raises(ValidationError, match="Enter what is new"):
        charge_from_earlier(
            budget=paid, charge=assessed(paid, practitioner), from_day=FIRST, reason=" ",
            by=practitioner, at=LATER,
        )  # fmt: skip
