"""Shared machines, borrowed passwords and proxies: the next to sit there learns nothing."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.integration.conftest import NOW, TODAY
from tests.integration.planned import LIMITS, STARTS, charged, planned

from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.budgets import actions
from wherewithal.web.budgets.models import DirectPaymentDecision
from wherewithal.web.insight.suppression import Cell, suppressed
from wherewithal.web.people.models import Person
from wherewithal.web.policy.models import SchemeVersion


def test_a_password_that_someone_else_knows_opens_only_the_page_to_change_it(
    person: Person, make_user: Callable[..., User], signed_in: Callable[[User], Client]
) -> None:
    user = make_user(Role.FINANCE, password_is_temporary=True)
    client = signed_in(user)
    for path in ("/home/", f"/people/{person.reference}/budget/", "/payments/"):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (302, "/my-password/")
    assert client.post("/payments/prepare/")["Location"] == "/my-password/"
    assert client.get("/my-password/").status_code == 200
    assert client.post("/my-password/", {"password": "a kettle and 4 lanterns"}).status_code == 302
    assert client.get("/payments/").status_code == 200


def test_no_browser_keeps_a_page_that_is_not_public(
    person: Person, practitioner: User, signed_in: Callable[[User], Client], client: Client
) -> None:
    answer = signed_in(practitioner).get(f"/people/{person.reference}/about/")
    assert "no-store" in answer["Cache-Control"]
    assert "no-store" not in client.get("/help/").get("Cache-Control", "")


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
def test_one_click_sign_in_refuses_what_a_proxy_passes_on(
    header: str, practitioner: User, client: Client
) -> None:
    path = "/try/practitioner/"
    assert client.post(path, headers={header: "203.0.113.9"}).status_code == 404
    assert client.post(path).status_code == 302


def test_an_agreement_is_not_signed_for_a_budget_that_has_ended(
    person: Person, practitioner: User, manager: User, finance: User,
    scheme_version: SchemeVersion, signed_in: Callable[[User], Client],
) -> None:  # fmt: skip
    plan = planned(person, scheme_version, practitioner)
    charged(person, finance)
    budget = actions.propose_budget(plan=plan, starts=STARTS, by=practitioner, at=NOW)
    actions.sign_off(budget=budget, weekly={}, reasons="", limits=LIMITS, by=manager, at=NOW)
    DirectPaymentDecision.objects.create(
        budget=budget, facts={}, allowed=True, reasons=[], at=NOW, by=practitioner
    )
    actions.end_budget(budget=budget, last_day=STARTS, reasons="Moved.", by=manager, at=NOW)
    assert person.user is not None
    answer = signed_in(person.user).post(
        f"/people/{person.reference}/budget/holding/agreement/",
        {"name": "Ada", "agrees": "on", "signed_on_day": str(TODAY.day),
         "signed_on_month": str(TODAY.month), "signed_on_year": str(TODAY.year)},
    )  # fmt: skip
    assert answer.status_code == 302
    budget.refresh_from_db()
    assert budget.agreement_on is None


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        ([1, 1, 9, 30], [0, 0, 0, 30]),  # two hidden that must be one each: a third goes with them
        ([2, 4, 9, 30], [0, 0, 9, 30]),
        ([3, 9, 30], [0, 0, 30]),
        ([0, 6, 30], [0, 6, 30]),
        ([1, 1], [0, 0]),
    ],
)
def test_hidden_groups_cannot_be_worked_out_from_the_total(
    numbers: list[int], shown: list[int]
) -> None:
    cells = [Cell(f"group {number}", count) for number, count in enumerate(numbers)]
    assert [cell.number for cell in suppressed(cells)] == shown
