"""What a person has a right to: a reason for less, a sum shown first, a day that stays."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from tests.integration.conftest import NOW, TODAY
from tests.integration.in_use import DIRECT, budget_in_use
from tests.integration.planned import (
    LIMITS,
    STARTS,
    assessed,
    charge_typed,
    charged,
    money,
    planned,
    text,
)

from wherewithal.web.accounts.models import User
from wherewithal.web.budgets import actions
from wherewithal.web.budgets.holding import sign_agreement
from wherewithal.web.budgets.models import Budget, DirectPaymentDecision, FinancialAssessment
from wherewithal.web.checks.actions import surplus
from wherewithal.web.people.models import Person
from wherewithal.web.policy.models import SchemeVersion

SignIn = Callable[[User], Client]


def followed_by_less(
    person: Person, scheme: SchemeVersion, by: User, *, before: int
) -> dict[str, Any]:
    """Give a person a budget of so many pence a week, then propose one of £199.00."""
    budget_in_use(person, scheme, weekly=before)
    assessed(person, scheme, by)
    plan = planned(person, scheme, by)
    charged(person, by)
    proposed = actions.propose_budget(plan=plan, starts=STARTS, by=by, at=NOW)
    return {"budget": proposed, "weekly": {}, "limits": LIMITS, "at": NOW, "end_earlier": True}


def test_a_budget_that_is_less_than_the_one_before_it_needs_reasons_that_the_person_reads(
    person: Person, scheme_version: SchemeVersion, practitioner: User, manager: User,
    signed_in: SignIn,
) -> None:  # fmt: skip
    """Ombudsman decision 19 018 919: a budget was cut, and nobody said why."""
    asked = followed_by_less(person, scheme_version, practitioner, before=41_500)
    with pytest.raises(ValidationError, match=r"less than the budget before it, which is £415\.00"):
        actions.sign_off(reasons="", by=manager, **asked)
    actions.sign_off(reasons="She swims by herself now.", by=manager, **asked)
    assert person.user is not None
    assert "She swims by herself now." in text(signed_in(person.user), money(person))


@pytest.mark.parametrize("before", [19_900, 15_000])
def test_a_budget_that_is_no_less_than_the_one_before_it_needs_none(
    before: int, person: Person, scheme_version: SchemeVersion, practitioner: User, manager: User
) -> None:
    asked = followed_by_less(person, scheme_version, practitioner, before=before)
    actions.sign_off(reasons="", by=manager, **asked)
    assert Budget.objects.get(pk=asked["budget"].pk).status == "signed-off"


def test_a_signed_agreement_never_counts_from_an_earlier_day(
    person: Person, scheme_version: SchemeVersion, practitioner: User, signed_in: SignIn
) -> None:
    """Money spent before it was signed can't be made something to ask back (19 018 919)."""
    budget = budget_in_use(person, scheme_version, agreement_on=date(2026, 6, 4))
    DirectPaymentDecision.objects.create(
        budget=budget, facts={}, allowed=True, reasons=[], at=NOW, by=practitioner
    )
    typed = {"name": "Ada Marlowbridge", "agrees": "yes", "signed_on_day": "3",
             "signed_on_month": "6", "signed_on_year": "2026"}  # fmt: skip
    page = signed_in(practitioner).post(money(person, "holding/agreement/"), typed)
    assert "The agreement was signed on 4 June 2026." in page.content.decode()
    sign_agreement(budget=budget, name="Ada", on=date(2026, 6, 5), by=practitioner, at=NOW)
    budget.refresh_from_db()
    assert budget.agreement_on == date(2026, 6, 5)


def test_a_charge_is_shown_before_it_is_kept_also_where_every_figure_is_confirmed(
    person: Person, scheme_version: SchemeVersion, practitioner: User, signed_in: SignIn
) -> None:
    planned(person, scheme_version, practitioner)
    staff, address = signed_in(practitioner), money(person, "what-you-pay/work-out/")
    typed = charge_typed([]) | {"kind": "none", "never": "reablement"}
    page = staff.post(address, typed).content.decode()
    assert "There is a problem" not in page
    assert "Nothing is saved yet" in page
    assert "nobody has confirmed" not in page
    assert not FinancialAssessment.objects.exists()
    assert staff.post(address, typed | {"seen": "yes"}).status_code == 302
    assert FinancialAssessment.objects.filter(person=person).exists()


def test_two_sums_of_one_day_read_differently_and_are_called_what_they_are(
    person: Person, scheme_version: SchemeVersion, finance: User, signed_in: SignIn
) -> None:
    budget_in_use(person, scheme_version)
    item = surplus.Item(
        on=TODAY - timedelta(days=3), payee="FAST CABS", pence=4_200, why="A trip for a friend",
        rule="Agreement, part 4",
    )  # fmt: skip
    stamp: dict[str, Any] = {"by": finance, "at": NOW}
    for reasons in ("It was in the plan.", ""):
        found = surplus.propose_spending(
            person=person, holding=DIRECT, items=[item], why_words="I was ill.", **stamp
        )
        if reasons:
            surplus.leave_it(proposal=found, reasons=reasons, **stamp)
    surplus.decide(proposal=found, pence=4_200, reasons="It was not in it.", **stamp)
    surplus.tell(proposal=found, on=TODAY, **stamp)
    assert person.user is not None
    own = signed_in(person.user)
    page = text(own, f"/people/{person.reference}/checks/")
    for number in (1, 2):
        assert f"Money spent on something else, {TODAY:%-d %B %Y} ({number})" in page
    assert "A letter about money that was spent: please answer by" in text(
        own, f"/people/{person.reference}/money/"
    )
