"""A new charge applies to a budget that goes on: from a day, with a reason, and with notice."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from tests.integration.conftest import NOW
from tests.integration.planned import LIMITS, PENSIONER, STARTS, charged, planned

from wherewithal.dates import Period
from wherewithal.web.accounts.models import AuditRow, User
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.budgets import actions
from wherewithal.web.budgets.charges import working_out as charges
from wherewithal.web.budgets.charges.actions import change_charge
from wherewithal.web.budgets.charges.contributions import contribution_on, contribution_pieces
from wherewithal.web.budgets.charges.views import _still
from wherewithal.web.budgets.letters import statement_letter
from wherewithal.web.budgets.models import Budget, ChargeChange, FinancialAssessment
from wherewithal.web.budgets.presenters import charge_changed, shares
from wherewithal.web.people.models import Person
from wherewithal.web.policy.models import SchemeVersion

LATER = date(2027, 1, 4)


@pytest.fixture
def live(
    person: Person, scheme_version: SchemeVersion, practitioner: User, manager: User
) -> Budget:
    """A budget of £199.00 a week from 7 December 2026 towards which the person pays £34.85."""
    plan = planned(person, scheme_version, practitioner)
    charged(person, practitioner)
    budget = actions.propose_budget(plan=plan, starts=STARTS, by=practitioner, at=NOW)
    actions.sign_off(budget=budget, weekly={}, reasons="", limits=LIMITS, by=manager, at=NOW)
    return Budget.objects.get(pk=budget.pk)


def again(person: Person, by: User, private_pension: int) -> FinancialAssessment:
    income = [PENSIONER["income"][0], PENSIONER["income"][1] | {"amount": private_pension}]
    facts = PENSIONER | {"income": income}
    charge = charges.work_out(facts, born=person.date_of_birth, starts=LATER, cost=19_900)
    return actions.keep_charge(
        person=person, facts=facts, starts=LATER, charge=charge, by=by, at=NOW
    )


def test_a_fall_applies_from_its_day_and_the_budget_goes_on(
    live: Budget, practitioner: User
) -> None:
    lower = again(live.person, practitioner, 4_000)
    change = change_charge(
        budget=live, charge=lower, from_day=LATER, reason="Your pension is less.",
        by=practitioner, at=NOW,
    )  # fmt: skip
    assert (change.before, change.contribution) == (3_485, 1_485)
    assert contribution_pieces(live) == ((Period(STARTS, LATER), 3_485), (Period(LATER), 1_485))
    assert contribution_on(live, date(2027, 1, 3)) == 3_485
    assert Budget.objects.get(pk=live.pk).status == Budget.Status.SIGNED_OFF
    assert (
        "£34.85 a week until then, £14.85 after"
        in AuditRow.objects.get(verb="charge.changed").summary
    )


def test_the_statement_gives_what_is_paid_on_its_day(live: Budget, practitioner: User) -> None:
    lower = again(live.person, practitioner, 4_000)
    change_charge(
        budget=live, charge=lower, from_day=LATER, reason="Your pension is less.",
        by=practitioner, at=NOW,
    )  # fmt: skip
    assert charge_changed(live, STARTS) == "From 4 January 2027 it will be £14.85 a week."
    assert shares(live, "You pay", STARTS)[1]["amount"] == "£34.85"
    assert charge_changed(live, LATER) == (
        "What is paid towards it changed on 4 January 2027: it was £34.85 a week."
    )
    assert [item["amount"] for item in shares(live, "You pay", LATER)] == [
        "£199.00", "£14.85", "£184.15",
    ]  # fmt: skip
    words = " ".join(str(block) for block in statement_letter(live, LATER, allowed=True).blocks)
    assert "£14.85" in words
    assert "£184.15" in words
    assert _still(live, lower) is None


def test_a_rise_needs_the_notice_that_the_council_gives(live: Budget, practitioner: User) -> None:
    higher = again(live.person, practitioner, 9_000)
    with pytest.raises(NotNow, match=r"gives 21 days of notice. .* Choose 14 December 2026"):
        change_charge(
            budget=live, charge=higher, from_day=STARTS, reason="Your pension is more.",
            by=practitioner, at=NOW, notice_on=date(2026, 11, 16),
        )  # fmt: skip
    made = change_charge(
        budget=live, charge=higher, from_day=LATER, reason="Your pension is more.",
        by=practitioner, at=NOW, notice_on=date(2026, 11, 16),
    )  # fmt: skip
    assert made.raises
    assert contribution_on(live, LATER) == 6_485


def test_a_rise_with_less_notice_says_why(live: Budget, practitioner: User) -> None:
    higher = again(live.person, practitioner, 9_000)
    made = change_charge(
        budget=live, charge=higher, from_day=STARTS, reason="Your pension is more.",
        by=practitioner, at=NOW, less_notice="You asked for it to begin at once.",
    )  # fmt: skip
    assert made.less_notice == "You asked for it to begin at once."
    assert contribution_pieces(live) == ((Period(STARTS), 6_485),)


def test_the_newest_of_two_changes_from_one_day_counts(live: Budget, practitioner: User) -> None:
    for pension in (4_000, 5_000):
        change_charge(
            budget=live, charge=again(live.person, practitioner, pension), from_day=LATER,
            reason="Your pension is less.", by=practitioner, at=NOW,
            less_notice="It mends a slip of today.",
        )  # fmt: skip
    assert contribution_on(live, LATER) == 2_485


def test_a_day_outside_the_budget_or_no_reason_is_refused(live: Budget, practitioner: User) -> None:
    lower = again(live.person, practitioner, 4_000)
    with pytest.raises(NotNow, match="does not run on 6 December 2026"):
        change_charge(
            budget=live, charge=lower, from_day=date(2026, 12, 6), reason="Less.", by=practitioner,
            at=NOW,
        )  # fmt: skip
    with pytest.raises(ValidationError, match="Enter why"):
        change_charge(
            budget=live, charge=lower, from_day=LATER, reason=" ", by=practitioner, at=NOW
        )


def test_a_change_of_charge_is_never_edited_or_deleted(live: Budget, practitioner: User) -> None:
    change_charge(
        budget=live, charge=again(live.person, practitioner, 4_000), from_day=LATER,
        reason="Your pension is less.", by=practitioner, at=NOW,
    )  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        ChargeChange.objects.update(contribution=0)
    with pytest.raises(DatabaseError), transaction.atomic():
        ChargeChange.objects.all().delete()
