"""Every letter reaches the person, also where no font here has the signs of a name."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.integration.conftest import NOW
from tests.integration.planned import LIMITS, STARTS, charged, planned

from wherewithal.web.accounts.models import User
from wherewithal.web.budgets import actions
from wherewithal.web.people.letters import print_size
from wherewithal.web.people.models import Person
from wherewithal.web.policy.models import SchemeVersion

LETTERS = (
    "assessment/record.pdf",
    "assessment/eligibility/decision.pdf",
    "assessment/indicative/budget.pdf",
    "plan/support-plan.pdf",
    "budget/personal-budget.pdf",
    "budget/what-you-pay.pdf",
)


@pytest.fixture
def budgeted(
    person: Person, scheme_version: SchemeVersion, practitioner: User, manager: User
) -> Person:
    """Someone with every letter there is: their budget is signed off."""
    plan = planned(person, scheme_version, practitioner)
    charged(person, practitioner)
    budget = actions.propose_budget(plan=plan, starts=STARTS, by=practitioner, at=NOW)
    actions.sign_off(budget=budget, weekly={}, reasons="", limits=LIMITS, by=manager, at=NOW)
    return person


@pytest.mark.parametrize("letter", LETTERS)
@pytest.mark.parametrize(
    ("name", "kind"), [("Zoë", "application/pdf"), ("অদা", "text/plain; charset=utf-8")]
)
def test_a_letter_is_a_pdf_or_plain_text_where_no_font_has_the_name(
    budgeted: Person, signed_in: Callable[[User], Client], practitioner: User, letter: str,
    name: str, kind: str,
) -> None:  # fmt: skip
    Person.objects.filter(pk=budgeted.pk).update(preferred_name=name)
    answer = signed_in(practitioner).get(f"/people/{budgeted.reference}/{letter}")
    assert (answer.status_code, answer["Content-Type"]) == (200, kind)
    assert budgeted.reference in answer["Content-Disposition"]
    if kind.startswith("text"):
        assert f"{name} Marlowbridge" in answer.content.decode()


@pytest.mark.parametrize(
    ("needed", "asked", "size"),
    [
        ("", "", "standard"),
        ("", "large", "large"),
        ("large print", "", "large"),
        ("large print", "standard", "standard"),
        ("large print", "huge", "large"),
    ],
)
def test_the_size_of_print_is_as_asked_or_as_needed(needed: str, asked: str, size: str) -> None:
    assert print_size(Person(communication_format=needed), asked) == size
