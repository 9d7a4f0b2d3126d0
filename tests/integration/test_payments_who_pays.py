"""The NHS, the council and others pay for lines of a budget, and the books hold each its part."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from tests.integration.planned import text, words_in
from tests.integration.test_payments_runs import (  # noqa: F401
    PAY_DAY,
    make_budget,
    payable,
    prepare,
    release,
)

from wherewithal.ledger.entries import Account, Kind
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.books.querysets import balance
from wherewithal.web.budgets.charges.contributions import contribution_on
from wherewithal.web.budgets.funding_actions import Agreed
from wherewithal.web.budgets.funding_models import LineFunding
from wherewithal.web.budgets.models import Budget, BudgetLine, FinancialAssessment
from wherewithal.web.payments import actions
from wherewithal.web.payments.answers import Said, record_answer
from wherewithal.web.payments.funding.actions import decide_funding
from wherewithal.web.payments.funding.changes import by_pot, to_bill
from wherewithal.web.payments.models import Payment
from wherewithal.web.people.models import Person

SignIn = Callable[[User], Client]
FIRST, ARRIVED = date(2026, 11, 16), datetime(2026, 11, 13, 12, 0, tzinfo=UTC)
NHS, COUNCIL = Account(Kind.FUNDING, "nhs"), Account(Kind.FUNDING, "council")
LATER = date(2027, 6, 1)


def agreed(line: BudgetLine, **fields: object) -> Agreed:
    made = Agreed(
        line, FIRST, "nhs", date(2026, 11, 2), "It is a health need.",
        "Harbour and Hills Integrated Care Board", "mental-health",
    )  # fmt: skip
    return replace(made, **fields)  # type: ignore[arg-type]  # named as they are


def decide(line: BudgetLine, by: User, at: datetime = ARRIVED, **fields: object) -> LineFunding:
    return decide_funding(agreed=agreed(line, **fields), by=by, at=at)


def confirm(by: User, other: User) -> None:
    run = prepare(by)
    release(run, other)
    actions.confirm_run(run_id=run.pk, by=by, at=ARRIVED)


@pytest.fixture
def other(make_user: Callable[..., User]) -> User:
    return make_user(Role.FINANCE, "Olive")


@pytest.fixture
def shared(person: Person, payable: Budget) -> Budget:  # noqa: F811
    """£415.00 a week less £82.75: one line of £315.00, one of £100.00."""
    BudgetLine.objects.update(weekly=31_500)
    BudgetLine.objects.create(
        budget=payable, what="Therapy", weekly=10_000, holding="direct-payment"
    )
    return payable


def test_a_confirmed_payment_comes_from_each_in_its_share(
    shared: Budget, finance: User, other: User
) -> None:
    decide(shared.lines.get(what="Therapy"), finance)
    confirm(finance, other)
    assert balance(NHS, LATER) == -40_000
    assert balance(COUNCIL, LATER) == -(132_900 - 40_000)


@pytest.mark.parametrize(("size", "nhs"), [({"percent": 33}, 13_200), ({"weekly": 2_501}, 10_004)])
def test_a_share_is_a_percentage_or_a_sum_a_week(
    shared: Budget, finance: User, other: User, size: dict[str, Any], nhs: int
) -> None:
    decide(shared.lines.get(what="Therapy"), finance, payer="shared", **size)
    confirm(finance, other)
    assert balance(NHS, LATER) == -nhs


def test_nobody_pays_towards_what_the_nhs_pays_for(
    shared: Budget, finance: User, practitioner: User
) -> None:
    shared.charge = FinancialAssessment.objects.create(
        person=shared.person, kind="full", facts={"kind": "full"}, starts=FIRST,
        parameters_year="2026-27", assessed_weekly=8_275, made_at=ARRIVED,
    )  # fmt: skip
    shared.save(update_fields=["charge"])
    decide(shared.lines.get(what="Help"), finance)
    decide(shared.lines.get(what="Therapy"), finance, payer="shared", percent=60)
    after = Budget.objects.get(pk=shared.pk)
    assert contribution_on(after, FIRST) == 4_000  # the council pays £40.00 of it all
    assert prepare(finance).payments.get().contribution == 16_000
    told = after.charge_changes.get().reason
    assert "The NHS pays 60% of Therapy from 16 November 2026" in told


def test_in_summer_a_letter_of_the_first_hour_bears_the_day_it_is_here(
    shared: Budget, finance: User
) -> None:
    shared.charge = FinancialAssessment.objects.create(
        person=shared.person, kind="full", facts={"kind": "full"}, starts=FIRST,
        parameters_year="2026-27", assessed_weekly=8_275, made_at=ARRIVED,
    )  # fmt: skip
    shared.save(update_fields=["charge"])
    half_past_midnight = datetime(2027, 5, 31, 23, 30, tzinfo=UTC)
    for what in ("Help", "Therapy"):
        decide(shared.lines.get(what=what), finance, at=half_past_midnight)
    assert {each.notice_on for each in shared.charge_changes.all()} == {date(2027, 6, 1)}


def test_what_was_paid_before_is_put_right_in_the_books(
    shared: Budget, finance: User, other: User
) -> None:
    confirm(finance, other)
    assert balance(NHS, LATER) == 0
    decide(shared.lines.get(what="Therapy"), finance, from_day=date(2026, 11, 30))
    assert balance(NHS, LATER) == -20_000
    assert balance(COUNCIL, LATER) == -(132_900 - 20_000)
    decide(shared.lines.get(what="Therapy"), finance, from_day=date(2026, 11, 30), payer="council")
    assert (balance(NHS, LATER), balance(COUNCIL, LATER)) == (0, -132_900)


def test_money_that_came_back_is_owed_to_each_in_its_share(
    shared: Budget, finance: User, other: User
) -> None:
    decide(shared.lines.get(what="Therapy"), finance)
    confirm(finance, other)
    said = Said(Payment.State.RETURNED, PAY_DAY, words="The account is closed")
    record_answer(payment_id=Payment.objects.get().pk, said=said, by=finance, at=ARRIVED)
    assert (balance(NHS, LATER), balance(COUNCIL, LATER)) == (0, 0)


def test_who_pays_says_why_whom_and_how_much_and_is_never_changed(
    shared: Budget, finance: User
) -> None:
    line = shared.lines.get(what="Therapy")
    for wrong in (
        {"reason": " "}, {"body": ""}, {"payer": "shared"}, {"pot": ""},
        {"payer": "shared", "percent": 30, "weekly": 100},
    ):  # fmt: skip
        with pytest.raises(ValidationError):
            decide(line, finance, **wrong)
    with pytest.raises(NotNow, match="does not run on 1 January 2026"):
        decide(line, finance, from_day=date(2026, 1, 1))
    row = decide(line, finance)
    for change in (lambda: row.delete(), lambda: LineFunding.objects.update(percent=1)):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_list_for_the_nhs_adds_up_to_the_books_and_shows_each_of_its_budgets(
    shared: Budget, finance: User, other: User, signed_in: SignIn
) -> None:
    decide(shared.lines.get(what="Therapy"), finance)
    decide(shared.lines.get(what="Help"), finance, payer="shared", percent=10, pot="continuing")
    confirm(finance, other)
    rows = to_bill(date(2026, 11, 1))
    assert sum(row.pence for row in rows) == -balance(NHS, LATER) == 40_000 + 12_600
    body = "Harbour and Hills Integrated Care Board"
    assert by_pot(rows) == [
        (body, "Mental health", 40_000), (body, "NHS continuing healthcare", 12_600),
    ]  # fmt: skip
    assert to_bill(date(2026, 12, 1)) == []
    page = text(signed_in(finance), "/payments/nhs/?month=2026-11")
    assert "Mental health" in page
    assert "£526.00" in page
    file = signed_in(finance).get("/payments/nhs.csv?month=2026-11").content.decode("utf-8-sig")
    assert file.count("\r\n") == 3
    assert f"{shared.person.reference},Ada Marlowbridge,Therapy,{body},Mental health" in file
    assert signed_in(shared.person.user).get("/payments/nhs/").status_code == 403  # type: ignore[arg-type]


def test_the_person_reads_who_pays_for_what(
    shared: Budget, finance: User, signed_in: SignIn
) -> None:
    reference = shared.person.reference
    staff, line = signed_in(finance), shared.lines.get(what="Therapy")
    address = f"/people/{reference}/funding/{line.pk}/"
    assert "Who pays for “Therapy”?" in text(staff, address)
    answer = staff.post(address, {"payer": "nhs"})
    assert "Enter why" in answer.content.decode()
    sent = {
        "payer": "nhs", "body": "Harbour Care Board", "pot": "mental-health", "reason": "Health.",
        "from_day_day": "16", "from_day_month": "11", "from_day_year": "2026",
        "agreed_on_day": "2", "agreed_on_month": "11", "agreed_on_year": "2026",
    }  # fmt: skip
    answer = staff.post(address, sent)
    assert answer.status_code == 302, answer.content.decode()
    own = signed_in(shared.person.user)  # type: ignore[arg-type]
    told = "The NHS pays for Therapy, from 16 November 2026"
    for place in ("funding/", "money/", "budget/"):
        assert told in text(own, f"/people/{reference}/{place}"), place
    letter = own.get(f"/people/{reference}/budget/personal-budget.pdf")
    assert "The NHS pays £100.00" in words_in(letter)
    assert own.get(address).status_code == 403
