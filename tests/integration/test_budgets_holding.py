"""How money is held: no direct payment before its conditions are met, and no gap after."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from tests.integration.conftest import NOW
from tests.integration.planned import (
    CHOIR,
    DIRECT,
    LIMITS,
    MORNINGS,
    STARTS,
    charged,
    money,
    planned,
    text,
    words_in,
)

from wherewithal.web.accounts.models import AuditRow, User
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.budgets import actions, holding
from wherewithal.web.budgets.holding_changes import CAN_DO
from wherewithal.web.budgets.models import Budget, DirectPaymentDecision
from wherewithal.web.casework.querysets import timeline_of
from wherewithal.web.checks.decisions import decisions_about
from wherewithal.web.people.models import Person
from wherewithal.web.policy.models import SchemeVersion, Setting

SignIn = Callable[[User], Client]


@pytest.fixture
def live(
    person: Person, scheme_version: SchemeVersion, practitioner: User, manager: User
) -> Budget:
    plan = planned(person, scheme_version, practitioner)
    charged(person, practitioner)
    budget = actions.propose_budget(plan=plan, starts=STARTS, by=practitioner, at=NOW)
    actions.sign_off(budget=budget, weekly={}, reasons="", limits=LIMITS, by=manager, at=NOW)
    return Budget.objects.get(pk=budget.pk)


def held(budget: Budget) -> dict[str, str]:
    return dict(budget.lines.values_list("what", "holding"))


PARTNER = {
    "pays_someone_known": "yes",
    "relationship": "spouse",
    "same_household": "no",
    "purpose": "care",
}


@pytest.mark.parametrize(
    ("changes", "allowed", "reason"),
    [
        ({}, True, "You can manage the direct payment, alone or with help."),
        ({"orders": ["drug_rehabilitation"]}, False, "The law does not let us"),
        ({"manages": "no", "why_not": "Nobody is there to help"}, False, "Why: Nobody is there"),
        (PARTNER, False, "You can still ask for a direct payment that pays someone else."),
        (PARTNER | {"necessary": "yes", "necessary_reason": "No one else at night"}, True,
         "Why: No one else at night."),
        (PARTNER | {"relationship": "sibling"}, True, "because they do not live with you"),
        ({"has_capacity_for_this": "no", "manages": "other", "authorised_by": "mca",
          "other_mca_person": "no", "best_interests": "yes", "family_or_friend": "no"}, True,
         "An enhanced criminal record check must be seen"),
        ({"has_capacity_for_this": "no", "manages": "other", "authorised_by": "appointee",
          "other_mca_person": "no", "best_interests": "yes"}, False, "does not give the power"),
    ],
)  # fmt: skip
def test_the_conditions_decide_and_the_person_reads_why(
    changes: dict[str, Any], allowed: bool, reason: str, live: Budget, practitioner: User,
    signed_in: SignIn,
) -> None:  # fmt: skip
    answer = signed_in(practitioner).post(
        money(live.person, "holding/direct-payment/"), DIRECT | changes
    )
    assert answer.status_code == 302, answer.content.decode()
    decision = DirectPaymentDecision.objects.get()
    assert decision.allowed is allowed
    assert held(live)[CHOIR["what"]] == ("direct-payment" if allowed else "council-managed")
    assert held(live)[MORNINGS["what"]] == "council-managed"
    assert live.person.user is not None
    page = text(signed_in(live.person.user), money(live.person, "holding/"))
    assert reason in page
    assert ("You will not be left without." in page) is not allowed


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"manages": "no"}, "Write why, for this person, the condition"),
        ({"has_capacity_for_this": "no", "manages": "other"}, "Not yet answered"),
        ({"orders": ["none", "drug_rehabilitation"]}, "on its own"),
        ({"pays_someone_known": "yes"}, "Choose who that is to the person"),
        (PARTNER | {"necessary": "no"}, "Enter why it is, or is not, necessary"),
    ],
)
def test_what_is_not_answered_is_asked_for_and_nothing_is_decided(
    changes: dict[str, Any], told: str, live: Budget, practitioner: User, signed_in: SignIn
) -> None:
    answer = signed_in(practitioner).post(
        money(live.person, "holding/direct-payment/"), DIRECT | changes
    )
    assert answer.status_code == 200
    assert told in answer.content.decode()
    assert not DirectPaymentDecision.objects.exists()


def test_no_line_becomes_a_direct_payment_before_it_is_allowed(
    live: Budget, practitioner: User, signed_in: SignIn
) -> None:
    line = live.lines.first()
    assert line is not None
    with pytest.raises(NotNow, match="once its conditions have been checked"):
        holding.change_holding(
            budget=live, choices={line.pk: "direct-payment"}, reason="Ada wishes it.",
            by=practitioner, at=NOW,
        )  # fmt: skip
    care = signed_in(practitioner)
    typed = {f"line-{one.pk}": "direct-payment" for one in live.lines.all()}
    assert care.post(money(live.person, "holding/"), typed).status_code == 200
    assert set(held(live).values()) == {"council-managed"}


def test_a_line_can_be_held_another_way_later_and_it_is_on_record(
    live: Budget, practitioner: User, signed_in: SignIn
) -> None:
    care = signed_in(practitioner)
    typed = {f"line-{one.pk}": "isf" for one in live.lines.all()}
    unsaid = care.post(money(live.person, "holding/"), typed)
    assert "Enter why it changes. The person reads it." in unsaid.content.decode()
    assert set(held(live).values()) == {"council-managed"}
    typed["reason"] = "Ada wants Lantern Care to look after the money."
    assert care.post(money(live.person, "holding/"), typed).status_code == 302
    assert set(held(live).values()) == {"isf"}
    rows = AuditRow.objects.filter(verb="holding.changed", person_reference=live.person.reference)
    assert rows.count() == 2
    assert "Individual service fund" in rows[0].summary
    assert live.person.user is not None
    own = text(signed_in(live.person.user), money(live.person, "holding/"))
    assert own.count("Ada wants Lantern Care to look after the money.") == 2
    assert "What you can do" not in own
    assert "Up to 4 weeks of the budget may be carried over, for you alone." in own
    assert "No part held as an individual service fund is called a fee." in own
    live.lines.filter(pk=live.lines.earliest("pk").pk).update(what="Lantern Care: fee")
    fee = text(signed_in(live.person.user), money(live.person, "holding/"))
    assert "is called a fee" not in fee
    again = care.post(money(live.person, "holding/"), typed | {"reason": ""})
    assert again.status_code == 302  # nothing changes, so nothing is to be explained


def test_whoever_loses_a_direct_payment_reads_why_what_goes_on_and_what_they_can_do(
    live: Budget, practitioner: User, signed_in: SignIn
) -> None:
    care, why = signed_in(practitioner), "The account was used for rent. We talked on 2 November."
    care.post(money(live.person, "holding/direct-payment/"), DIRECT)
    (choir,) = live.lines.filter(holding="direct-payment")
    assert live.person.user is not None
    own, page = signed_in(live.person.user), money(live.person, "holding/")
    assert own.get(money(live.person, "holding/ended.pdf")).status_code == 404
    with pytest.raises(ValidationError):
        holding.change_holding(
            budget=live, choices={choir.pk: "council-managed"}, reason=" ", by=practitioner, at=NOW
        )
    assert held(live)[choir.what] == "direct-payment"
    typed = {f"line-{one.pk}": "council-managed" for one in live.lines.all()}
    assert care.post(page, typed | {"reason": why}).status_code == 302
    shown = text(own, page)
    letter = words_in(own.get(money(live.person, "holding/ended.pdf")))
    goes_on = f"{choir.what} goes on. The council arranges it from that day."
    for told in (shown, letter):
        assert "Your direct payment has changed" in told
        assert why in told
        assert goes_on in told
        assert all(each in told for each in CAN_DO)
    about = decisions_about(live.person, NOW.date())["direct-payment"]
    assert why in about.told
    assert about.by_id == practitioner.pk
    rows = [row.summary for row in timeline_of(live.person, practitioner)]
    assert any(why in row for row in rows)


def test_the_person_cannot_change_the_holding_alone_but_is_told_whom_to_ask(
    live: Budget, signed_in: SignIn
) -> None:
    assert live.person.user is not None
    own = signed_in(live.person.user)
    typed = {f"line-{one.pk}": "isf" for one in live.lines.all()}
    own.post(money(live.person, "holding/"), typed)
    assert set(held(live).values()) == {"council-managed"}
    assert "01632 960111" in text(own, money(live.person, "holding/"))


def test_there_is_no_agreement_without_a_direct_payment(live: Budget, signed_in: SignIn) -> None:
    assert live.person.user is not None
    answer = signed_in(live.person.user).get(money(live.person, "holding/agreement/"), follow=True)
    assert "There is no direct payment to agree to yet." in answer.content.decode()


def test_the_agreement_says_how_long_to_keep_records_and_what_notice_there_is(
    live: Budget, practitioner: User, signed_in: SignIn
) -> None:
    signed_in(practitioner).post(money(live.person, "holding/direct-payment/"), DIRECT)
    assert live.person.user is not None
    own, page = signed_in(live.person.user), money(live.person, "holding/agreement/")
    shown = text(own, page)
    assert "bank statements of this year and the 6 years before it" in shown
    assert "with reasons, 4 weeks before" in shown
    Setting.objects.create(key="records_years", value=3)
    assert "the 3 years before it" in text(own, page)


def test_a_refusal_after_an_agreement_leaves_no_gap(
    live: Budget, practitioner: User, signed_in: SignIn
) -> None:
    care, address = signed_in(practitioner), money(live.person, "holding/direct-payment/")
    care.post(address, DIRECT)
    assert held(live)[CHOIR["what"]] == "direct-payment"
    care.post(address, DIRECT | {"appropriate": "no", "why_not": "The account was closed"})
    assert held(live)[CHOIR["what"]] == "council-managed"
