"""A provider's bill comes once, is held against the plan, and its undisputed part is paid."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from psycopg.types.range import DateRange
from tests.integration.conftest import NOW
from tests.integration.test_payments_runs import make_budget  # noqa: F401  a fixture

from wherewithal.banking.bills_csv import BillsError, read_bills, read_receipts
from wherewithal.dates import Period
from wherewithal.ledger.entries import Account, Kind
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.books.querysets import balance
from wherewithal.web.budgets.models import Budget
from wherewithal.web.budgets.pauses.actions import pause
from wherewithal.web.people.models import Person
from wherewithal.web.providers.actions import (
    Asked,
    add_provider,
    approve,
    ask,
    dispute,
    enter,
    enter_file,
    mark_paid,
    match,
    refuse,
)
from wherewithal.web.providers.models import Invoice, OwnBill, Provider
from wherewithal.web.providers.own_bills import bill_people, receive, receive_file
from wherewithal.web.providers.querysets import (
    billed_for,
    invoices_to_pay,
    own_account,
    sums_by_status,
    waiting,
)

FOUR_WEEKS = Period(date(2026, 11, 16), date(2026, 12, 14))
HEADINGS = "Provider,Invoice,Reference,From,To,Hours,Amount,What\n"


@pytest.fixture
def provider(finance: User) -> Provider:
    return add_provider(
        name="Harbour Home Care", kind="agency", email="", account_name="Harbour Home Care",
        sort_code="00-00-22", account_number="87654321", by=finance, at=NOW,
    )  # fmt: skip


@pytest.fixture
def managed(person: Person, make_budget: Callable[..., Budget]) -> Budget:  # noqa: F811
    """£140.00 a week that the council arranges, of which the person pays £30.00."""
    return make_budget(person, ("council-managed", 14_000), contribution=3_000)


def bill(provider: Provider, person: Person, by: User, **fields: Any) -> Invoice:
    values: dict[str, Any] = {"number": "A1", "pence": 56_000, "units": Decimal(28)}
    asked = Asked(person=person, **({"days": FOUR_WEEKS} | values | fields))
    return enter(provider=provider, asked=asked, by=by, at=NOW)


def test_a_bill_that_is_as_planned_is_paid_in_one_press(
    provider: Provider, person: Person, managed: Budget, finance: User
) -> None:
    made = bill(provider, person, finance)
    assert (made.status, made.line) == ("matched", managed.lines.get())
    assert approve(invoices=[made.pk], by=finance, at=NOW) == 1
    (to_pay,) = invoices_to_pay(date(2026, 12, 14))
    assert (to_pay.pence, to_pay.account and to_pay.account.account_number) == (56_000, "87654321")
    assert balance(Account(Kind.PROVIDER, str(provider.pk)), NOW.date()) == -56_000
    assert balance(Account(Kind.LINE, str(made.line_id)), NOW.date()) == 56_000
    mark_paid(invoices=[made.pk], by=finance, at=NOW)
    assert invoices_to_pay(date(2026, 12, 14)) == []
    assert sums_by_status() == [{"label": "Paid", "bills": 1, "pence": 56_000}]


def test_the_same_bill_is_refused_the_second_time(
    provider: Provider, person: Person, managed: Budget, finance: User
) -> None:
    bill(provider, person, finance)
    with pytest.raises(NotNow, match="already sent bill A1"):
        bill(provider, person, finance, pence=1)


def test_a_bill_above_the_plan_needs_a_reason(
    provider: Provider, person: Person, managed: Budget, finance: User
) -> None:
    made = bill(provider, person, finance, pence=70_000)
    with pytest.raises(ValidationError, match=r"£140\.00 more than the plan"):
        approve(invoices=[made.pk], by=finance, at=NOW)
    approve(invoices=[made.pk], by=finance, at=NOW, reason="Two extra mornings, agreed with Ada.")
    assert Invoice.objects.get().said == "Two extra mornings, agreed with Ada."


def test_the_part_that_nobody_disputes_is_paid_at_once(
    provider: Provider, person: Person, managed: Budget, finance: User
) -> None:
    made = bill(provider, person, finance, pence=70_000)
    ask(invoice=made, question="Which days were longer?", by=finance, at=NOW)
    rest = dispute(
        invoice=made, undisputed=56_000, reason="Ada had no extra hours.", by=finance, at=NOW
    )
    assert (rest.part, rest.pence, rest.status) == (2, 14_000, "disputed")
    assert [each.pence for each in invoices_to_pay(date(2026, 12, 14))] == [56_000]
    refuse(invoice=rest, reason="The provider agrees.", by=finance, at=NOW)
    assert sum(each.pence for each in Invoice.objects.all()) == 70_000


def test_days_in_hospital_and_days_billed_before_are_asked_about(
    provider: Provider, person: Person, managed: Budget, finance: User, practitioner: User
) -> None:
    pause(
        budget=managed, kind="hospital", first_day=date(2026, 12, 7), last_day=date(2026, 12, 9),
        pays="all", reason="A fall.", by=practitioner, at=NOW,
    )  # fmt: skip
    bill(provider, person, finance)
    bill(provider, person, finance, number="A2", pence=14_000, units=None,
         days=Period(date(2026, 12, 7), date(2026, 12, 14)))  # fmt: skip
    rules = [
        sorted(found.rule for found in each.compared.findings if found.stops)
        for each in waiting() if each.compared
    ]  # fmt: skip
    assert rules == [["billed-twice", "while-away"]] * 2
    assert [each.invoice.number for each in billed_for(person)] == ["A2", "A1"]


def test_a_bill_that_could_be_for_two_lines_waits_to_be_matched(
    provider: Provider, person: Person, make_budget: Callable[..., Budget], finance: User  # noqa: F811
) -> None:  # fmt: skip
    budget = make_budget(person, ("council-managed", 14_000), ("council-managed", 5_000),
                         ("isf", 1_000))  # fmt: skip
    made = bill(provider, person, finance)
    assert made.status == "received"
    with pytest.raises(NotNow, match="Choose a line"):
        match(invoice=made, line=budget.lines.get(holding="isf"), by=finance, at=NOW)
    line = budget.lines.filter(holding="council-managed").latest("pk")
    assert match(invoice=made, line=line, by=finance, at=NOW).status == "matched"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Nobody Ltd,B2,{ref},16/11/2026,13/12/2026,28,560.00,", "not a provider here"),
        ("Harbour Home Care,B2,WW000000,16/11/2026,13/12/2026,28,560.00,", "nobody has"),
        ("Harbour Home Care,B1,{ref},16/11/2026,13/12/2026,28,560.00,", "already sent bill B1"),
        ("Harbour Home Care,B2,{ref},16/11/2026,13/11/2026,28,560.00,", "before the day in 'From'"),
        ("Harbour Home Care,B2,{ref},16/11/2026,13/12/2026,-1,560.00,", "column 'Hours'"),
        ("Harbour Home Care,B2,{ref},16/11/2026,13/12/2026,28,lots,", "column 'Amount'"),
        ("Harbour Home Care,,{ref},16/11/2026,13/12/2026,28,5,", "column 'Invoice'"),
        ("Harbour Home Care,B2,{ref},yesterday,13/12/2026,28,5,", "column 'From'"),
    ],
)
def test_a_file_with_one_bad_line_is_refused_whole(
    line: str, told: str, provider: Provider, person: Person, managed: Budget, finance: User
) -> None:
    good = f"Harbour Home Care,B1,{person.reference},16/11/2026,13/12/2026,28,560.00,Care\n"
    content = (HEADINGS + good + line.format(ref=person.reference) + "\n").encode()
    with pytest.raises(BillsError, match="Line 3") as refusal:
        enter_file(bills=read_bills(content), by=finance, at=NOW)
    assert told in str(refusal.value)
    assert Invoice.objects.count() == 0
    enter_file(bills=read_bills((HEADINGS + good).encode()), by=finance, at=NOW)
    assert Invoice.objects.get().pence == 56_000


def test_the_database_keeps_the_sum_of_an_approved_bill(
    provider: Provider, person: Person, managed: Budget, finance: User
) -> None:
    made = bill(provider, person, finance)
    approve(invoices=[made.pk], by=finance, at=NOW)
    for change in (lambda: Invoice.objects.update(pence=1), made.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_person_is_billed_their_contribution_and_what_they_paid_comes_off(
    person: Person, managed: Budget, finance: User, practitioner: User
) -> None:
    (first,) = bill_people(until=date(2026, 12, 14), by=finance, at=NOW)
    assert (first.pence, first.sentence) == (
        12_000, "For 16 Nov to 13 Dec 2026 you pay £120.00 towards your support.",
    )  # fmt: skip
    assert bill_people(until=date(2026, 12, 14), by=finance, at=NOW) == []
    receive(person=person, on=date(2026, 11, 20), pence=5_000, text="", by=finance, at=NOW)
    assert own_account(person).due == 7_000
    assert balance(Account(Kind.CONTRIBUTION, person.reference), date(2026, 12, 1)) == -7_000
    pause(
        budget=managed, kind="hospital", first_day=date(2026, 12, 7), last_day=date(2026, 12, 13),
        pays="nothing", reason="A fall.", by=practitioner, at=NOW,
    )  # fmt: skip
    (second,) = bill_people(until=date(2027, 1, 11), by=finance, at=NOW)
    assert second.pence == 9_000
    assert second.sentence.endswith("£30.00 comes off, as you paid too much before.")


def test_money_paid_in_is_taken_in_whole_and_once(
    person: Person, managed: Budget, finance: User
) -> None:
    good = f"Reference,Date,Amount,Text\n{person.reference},20/11/2026,£50.00,bank\n"
    receive_file(lines=read_receipts(good.encode()), by=finance, at=NOW)
    with pytest.raises(BillsError, match=r"Line 2: £50\.00 of 20 November 2026 was kept before"):
        receive_file(lines=read_receipts(good.encode()), by=finance, at=NOW)
    assert own_account(person).due == -5_000


def test_the_database_bills_nobody_twice_for_a_day(
    person: Person, managed: Budget, finance: User
) -> None:
    bill_people(until=date(2026, 12, 14), by=finance, at=NOW)
    again = OwnBill.objects.get()
    again.pk, again.period = None, DateRange(date(2026, 12, 1), date(2026, 12, 2))
    with pytest.raises(DatabaseError, match="charged_twice"), transaction.atomic():
        again.save(force_insert=True)
