"""Whatever is typed into a box or an address gets a page that says what to do, never a fault."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.integration.conftest import NOW
from tests.integration.planned import LIMITS, MORNINGS, STARTS, charge_typed, charged, planned

from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.budgets import actions
from wherewithal.web.budgets.models import FinancialAssessment
from wherewithal.web.people.models import Person
from wherewithal.web.plans.models import PlanLine
from wherewithal.web.policy.models import SchemeVersion

PASSWORD = "a long enough password"


@pytest.mark.parametrize("typed", ["foo", "12", "a%00b", "start:home", ":*", "//evil.example", ""])
def test_an_odd_way_onward_leads_home_after_signing_in(
    typed: str, practitioner: User, signed_in: Callable[[User], Client]
) -> None:
    answer = signed_in(practitioner).get(f"/sign-in/?next={typed}")
    assert (answer.status_code, answer["Location"]) == (302, "/home/")


def test_a_way_onward_to_another_site_is_not_followed(practitioner: User, client: Client) -> None:
    practitioner.set_password(PASSWORD)
    practitioner.save()
    typed = {"username": practitioner.username, "password": PASSWORD}
    for away in ("https://evil.example", "//evil.example", "/\\evil.example", "evil"):
        answer = client.post("/sign-in/", typed | {"next": away})
        assert (answer.status_code, answer["Location"]) == (302, "/home/")
        client.logout()


@pytest.mark.parametrize("path", ["/people/%00/", "/people/WW%00/about/", "/people/%00/plan/"])
def test_an_address_that_no_reference_can_have_is_not_found(
    path: str, practitioner: User, signed_in: Callable[[User], Client]
) -> None:
    assert signed_in(practitioner).get(path).status_code == 404


@pytest.mark.parametrize("typed", ["%00", "a%00b", "x" * 10_000, "%ff", "&|!:*()"])
def test_any_search_is_answered(
    typed: str, make_user: Callable[..., User], practitioner: User,
    signed_in: Callable[[User], Client],
) -> None:  # fmt: skip
    administrator = signed_in(make_user(Role.ADMINISTRATOR))
    assert administrator.get(f"/users/?q={typed}").status_code == 200
    assert signed_in(practitioner).get(f"/staff/find/?q={typed}").status_code == 200


LINE = {
    "what": "Help", "needs": "A2", "quantity": "1", "unit": "hour", "every": "week",
    "unit_price": "1", "holding": "council-managed",
}  # fmt: skip


@pytest.mark.parametrize(
    ("odd", "told"),
    [
        ({"quantity": "9" * 60}, "must be 999,999 or less"),
        ({"quantity": "9" * 12}, "must be 999,999 or less"),
        ({"unit_price": "9" * 12}, "must be £999,999.99 or less"),
        ({"unit_price": "9" * 6000}, "must be an amount of money"),
        ({"quantity": "999999", "unit_price": "999999"}, "come to more than £999,999.99"),
    ],
)
def test_a_line_too_large_to_add_up_is_refused_with_a_reason(
    odd: dict[str, str], told: str, person: Person, practitioner: User,
    scheme_version: SchemeVersion, signed_in: Callable[[User], Client],
) -> None:  # fmt: skip
    planned(person, scheme_version, practitioner, mornings=MORNINGS)
    answer = signed_in(practitioner).post(
        f"/people/{person.reference}/plan/support/add/", LINE | odd
    )
    assert answer.status_code == 200
    assert told in answer.content.decode()
    assert PlanLine.objects.count() == 1


def dated(name: str, day: str, month: str, year: str) -> dict[str, str]:
    return {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year}


def test_a_budget_does_not_end_after_the_end_of_time(
    person: Person, practitioner: User, manager: User, finance: User,
    scheme_version: SchemeVersion, signed_in: Callable[[User], Client],
) -> None:  # fmt: skip
    plan = planned(person, scheme_version, practitioner)
    charged(person, finance)
    budget = actions.propose_budget(plan=plan, starts=STARTS, by=practitioner, at=NOW)
    boxes = {f"line-{line.pk}": "99999999999999" for line in budget.lines.all()}
    decided = signed_in(manager).post(
        f"/people/{person.reference}/budget/decide/", {"kind": "sign-off", "reasons": "x"} | boxes
    )
    assert "must be £999,999.99 or less" in decided.content.decode()
    actions.sign_off(budget=budget, weekly={}, reasons="", limits=LIMITS, by=manager, at=NOW)
    for year, told in (
        ("9999", "31 December 2199 or earlier"),
        ("0001", "1 January 1800 or later"),
    ):
        answer = signed_in(manager).post(
            f"/people/{person.reference}/budget/end/",
            dated("last_day", "31", "12", year) | {"reasons": "A slip."},
        )
        assert answer.status_code == 200
        assert told in answer.content.decode()


@pytest.mark.parametrize("income", ["99999999999999", "500000"])
def test_an_income_beyond_reason_is_refused_or_kept_but_never_a_fault(
    income: str, person: Person, finance: User, scheme_version: SchemeVersion,
    signed_in: Callable[[User], Client],
) -> None:  # fmt: skip
    typed: dict[str, Any] = charge_typed(
        [("private-pension", income)] * 2, confirmed="on", seen="1"
    )
    path = f"/people/{person.reference}/budget/what-you-pay/work-out/"
    answer = signed_in(finance).post(path, typed)
    assert answer.status_code == (302 if income == "500000" else 200)
    assert FinancialAssessment.objects.count() == (1 if income == "500000" else 0)
