"""Costs because of disability: asked for on a phone, decided with reasons, never forgotten.

An ombudsman's decision of November 2025 (24 021 093) found that a council had never asked about
them, nor about the costs of the home.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from tests.integration.conftest import NOW
from tests.integration.planned import PENSIONER, charge_typed, money, planned, text

from wherewithal.charging.rules import kinds
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.budgets.charges.better_off import worth_asking
from wherewithal.web.budgets.charges.expense_actions import (
    ask_for_expense,
    decide_expense,
    withdraw_expense,
)
from wherewithal.web.budgets.charges.models import ExpenseClaim
from wherewithal.web.budgets.models import FinancialAssessment
from wherewithal.web.people.models import Person
from wherewithal.web.policy.models import SchemeVersion

SignIn = Callable[[User], Client]
TYPED = {
    "kind": "laundry", "what": "Powder and four more loads", "pence": "6.50", "every": "week",
    "sharers": "1", "why": "I need clean sheets each night.", "evidence": "",
}  # fmt: skip
VALUES: dict[str, Any] = {
    "kind": "heating", "what": "The house is warm all day", "pence": 1_200, "every": "week",
    "sharers": 2, "why": "I cannot move about.", "evidence": "",
}  # fmt: skip


@pytest.fixture
def claim(person: Person) -> ExpenseClaim:
    assert person.user is not None
    return ask_for_expense(person=person, values=VALUES, by=person.user, at=NOW)


def test_the_person_asks_in_their_own_words_and_reads_the_decision(
    person: Person, practitioner: User, signed_in: SignIn
) -> None:
    assert person.user is not None
    own, staff = signed_in(person.user), signed_in(practitioner)
    page = text(own, money(person, "what-you-pay/costs/new/"))
    for kind in kinds("expenses").values():
        assert kind.example in page
    assert own.post(money(person, "what-you-pay/costs/new/"), TYPED).status_code == 302
    claim = ExpenseClaim.objects.get()
    decide = money(person, f"what-you-pay/costs/{claim.pk}/")
    assert own.get(decide).status_code == 403
    part = {"status": "part", "allowed_pence": "5.00", "reasons": ""}
    assert "Enter your reasons" in staff.post(decide, part).content.decode()
    why = "Part of the washing is your son’s."
    assert staff.post(decide, part | {"reasons": why}).status_code == 302
    page = text(own, money(person, "what-you-pay/costs/"))
    assert why in page
    assert "£5.00 a week" in page
    assert "Allowed in part" in page


def test_a_decided_cost_waits_in_the_next_charge_with_its_reasons(
    claim: ExpenseClaim, person: Person, practitioner: User, scheme_version: SchemeVersion,
    signed_in: SignIn,
) -> None:  # fmt: skip
    planned(person, scheme_version, practitioner)
    staff, address = signed_in(practitioner), money(person, "what-you-pay/work-out/")
    assert "cost waits" in text(staff, address)
    decide_expense(
        claim=claim, status="part", allowed_pence=800, reasons="Half the day.", by=practitioner,
        at=NOW,
    )  # fmt: skip
    page = text(staff, address)
    assert "cost waits" not in page
    assert "The house is warm all day" in page
    typed = charge_typed(
        [("state-pension", "241.30"), ("attendance-allowance", "114.60")], confirmed="yes",
        **{"expenses-0-what": "The house is warm all day", "expenses-0-amount": "12.00",
           "expenses-0-sharers": "2", "expenses-0-decision": "part", "expenses-0-allow": "8.00",
           "expenses-0-why_not": "Half the day.", "expenses-0-claim": str(claim.pk)},
    )  # fmt: skip
    del typed["none_expenses"]
    assert staff.post(address, typed).status_code == 302
    stored = FinancialAssessment.objects.get()
    assert stored.facts["expenses"][0]["claim"] == claim.pk
    page = text(staff, money(person, "what-you-pay/"))
    assert "We allowed £4.00 of it, and you keep that. Why not all: Half the day." in page


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        ("none_housing", "Ask about rent, Council Tax and other costs of the home"),
        ("none_expenses", "Ask about extra costs because of disability"),
    ],
)
def test_a_full_check_is_not_finished_before_home_and_disability_costs_were_asked_about(
    missing: str, told: str, person: Person, practitioner: User, scheme_version: SchemeVersion,
    signed_in: SignIn,
) -> None:  # fmt: skip
    planned(person, scheme_version, practitioner)
    typed = charge_typed([("state-pension", "241.30")], confirmed="yes")
    del typed[missing]
    answer = signed_in(practitioner).post(money(person, "what-you-pay/work-out/"), typed)
    assert told in answer.content.decode()
    assert not FinancialAssessment.objects.exists()


def test_less_than_all_needs_reasons_in_the_action_and_in_the_database(
    claim: ExpenseClaim, practitioner: User
) -> None:
    for status in ("part", "refused"):
        with pytest.raises(ValidationError, match="Enter your reasons"):
            decide_expense(
                claim=claim, status=status, allowed_pence=5, reasons=" ", by=practitioner, at=NOW
            )
    with pytest.raises(ValidationError, match=r"up to £11\.99"):
        decide_expense(
            claim=claim, status="part", allowed_pence=1_200, reasons="x", by=practitioner, at=NOW
        )
    with pytest.raises(DatabaseError), transaction.atomic():
        ExpenseClaim.objects.filter(pk=claim.pk).update(status="refused", decided_at=NOW)


def test_what_was_asked_and_decided_stays(claim: ExpenseClaim, practitioner: User) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        ExpenseClaim.objects.update(pence=1)
    decide_expense(claim=claim, status="allowed", reasons="", by=practitioner, at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        ExpenseClaim.objects.update(reasons="Otherwise")
    with pytest.raises(NotNow):
        decide_expense(claim=claim, status="refused", reasons="No.", by=practitioner, at=NOW)


def test_a_request_can_be_taken_back_until_it_is_decided(
    claim: ExpenseClaim, person: Person, signed_in: SignIn
) -> None:
    assert person.user is not None
    own = signed_in(person.user)
    assert own.post(money(person, f"what-you-pay/costs/{claim.pk}/back/")).status_code == 302
    assert ExpenseClaim.objects.get().status == "withdrawn"
    with pytest.raises(NotNow):
        withdraw_expense(claim=claim, by=person.user, at=NOW)


def test_the_better_off_page_says_what_counts_what_not_and_what_is_missing(
    person: Person, practitioner: User, scheme_version: SchemeVersion, signed_in: SignIn
) -> None:
    planned(person, scheme_version, practitioner)
    assert person.user is not None
    own, address = signed_in(person.user), money(person, "what-you-pay/better-off/")
    assert "Nothing has been counted yet." in text(own, address)
    typed = charge_typed([("state-pension", "241.30")], confirmed="yes")
    signed_in(practitioner).post(money(person, "what-you-pay/work-out/"), typed)
    page = text(own, address)
    for words in (
        "You may be missing", "Ask about Attendance Allowance", "Your State Pension is £241.30",
        "What you earn from work.", "The law says you must keep at least £241.45",
        "aftercare", "Gluten-free food",
    ):  # fmt: skip
        assert words.lower() in page.lower()


def test_what_is_worth_asking_follows_what_was_asked() -> None:
    born, on = date(1950, 5, 1), date(2026, 11, 2)
    bare = PENSIONER | {"housing": []}
    assert "Tell us what your home costs: rent, Council Tax, service charges." in worth_asking(
        bare, born, on
    )
    asked = bare | {"asked_none": ["housing"]}
    assert not any("home costs" in each for each in worth_asking(asked, born, on))
    couple = PENSIONER | {"household": "couple"}
    assert any("both partners" in each for each in worth_asking(couple, born, on))
    young, disabled = date(1990, 5, 1), {"kind": "full", "income": [{"kind": "pip-daily-living"}]}
    assert any("disability premium" in each for each in worth_asking(disabled, young, on))
    with_it = disabled | {"premiums": ["disability"]}
    assert not any("disability premium" in each for each in worth_asking(with_it, young, on))
