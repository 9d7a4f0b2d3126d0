"""What a person pays: typed in without haste, worked out by the rules, read step by step."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from tests.integration.conftest import NOW
from tests.integration.planned import (
    LIMITS,
    MORNINGS,
    PENSIONER,
    STARTS,
    charge_typed,
    charged,
    money,
    planned,
    text,
    words_in,
)

from wherewithal.charging.rules import sounds_free
from wherewithal.web.accounts.models import User
from wherewithal.web.budgets import actions
from wherewithal.web.budgets.charges import working_out as charges
from wherewithal.web.budgets.models import Budget, FinancialAssessment
from wherewithal.web.people.models import Person
from wherewithal.web.policy.models import SchemeVersion, Setting

SignIn = Callable[[User], Client]


@pytest.fixture
def proposed(person: Person, scheme_version: SchemeVersion, practitioner: User) -> Budget:
    """A charged budget of £199.00 a week that waits for a decision."""
    plan = planned(person, scheme_version, practitioner)
    charged(person, practitioner)
    return actions.propose_budget(plan=plan, starts=STARTS, by=practitioner, at=NOW)


def test_more_lines_keep_what_was_typed_and_accuse_nobody(
    person: Person, scheme_version: SchemeVersion, practitioner: User, signed_in: SignIn
) -> None:
    planned(person, scheme_version, practitioner)
    typed = charge_typed(
        [("state-pension", "not money")], more="income", **{"income-1-amount": "12.34"}
    )
    page = (
        signed_in(practitioner)
        .post(money(person, "what-you-pay/work-out/"), typed)
        .content.decode()
    )
    assert "There is a problem" not in page
    assert "not money" in page
    assert "12.34" in page
    assert 'name="income-3-kind"' in page
    assert 'name="capital-2-kind"' not in page


def test_a_wrong_line_of_the_charge_says_what_to_mend(
    person: Person, scheme_version: SchemeVersion, practitioner: User, signed_in: SignIn
) -> None:
    planned(person, scheme_version, practitioner)
    typed = charge_typed([("", "12.00")], **{"expenses-0-what": "Taxi", "expenses-0-amount": "5",
                                             "expenses-0-decision": "no"})  # fmt: skip
    page = (
        signed_in(practitioner)
        .post(money(person, "what-you-pay/work-out/"), typed)
        .content.decode()
    )
    assert "Income, line 1: Choose what this income is" in page
    assert "Extra costs because of disability, line 1: Enter why this cost is not allowed" in page
    assert "Taxi" in page


def test_the_person_reads_every_step_of_what_they_pay(proposed: Budget, signed_in: SignIn) -> None:
    person = proposed.person
    assert person.user is not None
    own = signed_in(person.user)
    page = text(own, money(person, "what-you-pay/"))
    # 241.30 + 60.00 − 25.00 − 241.45 (guarantee, pension age, 2026/27) = 34.85
    for words in ("£34.85", "Your State Pension is £241.30 a week.", "Council tax", "£241.45",
                  "Attendance Allowance", "Council Tax Reduction"):  # fmt: skip
        assert words.lower() in page.lower()
    assert own.get(money(person, "what-you-pay/work-out/")).status_code == 403
    assert "£34.85" in words_in(own.get(money(person, "what-you-pay.pdf")))
    assert (proposed.contribution, proposed.cost) == (3_485, 19_900)


@pytest.mark.parametrize(
    ("facts", "pays"),
    [
        (
            {
                "kind": "light",
                "light": {"ground": "no-ability", "consent": True, "evidence": "Seen"},
            },
            0,
        ),
        (
            {
                "kind": "light",
                "light": {"ground": "over-limit", "consent": True, "evidence": "Seen"},
            },
            19_900,
        ),
        ({"kind": "none", "none": {"kind": "aftercare"}}, 0),
        (PENSIONER | {"capital": [{"kind": "savings", "amount": 2_325_001, "owners": 1}]}, 19_900),
        (PENSIONER | {"free": [{"kind": "equipment", "weekly": 18_000}]}, 1_900),
        (PENSIONER | {"settings": {"percentage": 50}}, 1_742),
    ],
)
def test_each_kind_of_check_asks_for_what_it_should(
    facts: dict[str, Any], pays: int, person: Person
) -> None:
    charge = charges.work_out(
        facts, born=person.date_of_birth, starts=date(2026, 11, 2), cost=19_900
    )
    assert charge.contribution == pays
    assert charge.council == 19_900 - pays


def test_a_carer_is_not_charged_unless_the_council_chose_to(
    make_person: Callable[..., Person], practitioner: User, signed_in: SignIn
) -> None:
    carer = make_person(kind="carer")
    typed = charge_typed([("state-pension", "900.00")], confirmed="yes")
    for charges_carers in (False, True):
        Setting.objects.update_or_create(key="charge_carers", defaults={"value": charges_carers})
        signed_in(practitioner).post(money(carer, "what-you-pay/work-out/"), typed)
        stored = FinancialAssessment.objects.latest("id")
        assert (
            charges.charge_of(stored, born=carer.date_of_birth, cost=5_000).contribution > 0
        ) is (charges_carers)


def test_a_check_that_was_brought_in_with_only_its_result_keeps_it(person: Person) -> None:
    stored = FinancialAssessment(
        person=person, kind="full", facts={"origin": "earlier"}, starts=date(2026, 4, 6),
        parameters_year="2026/27", assessed_weekly=5_000,
    )  # fmt: skip
    born = person.date_of_birth
    assert charges.charge_of(stored, born=born, cost=19_900).contribution == 5_000
    assert charges.charge_of(stored, born=born, cost=3_000).contribution == 3_000


def test_a_newer_sum_says_that_the_signed_off_budget_still_stands(
    proposed: Budget, manager: User, signed_in: SignIn
) -> None:
    person = proposed.person
    actions.sign_off(budget=proposed, weekly={}, reasons="", limits=LIMITS, by=manager, at=NOW)
    address = money(person, "what-you-pay/")
    assert "still says" not in text(signed_in(manager), address)
    signed_in(manager).post(
        address + "work-out/", charge_typed([("state-pension", "999.00")], confirmed="yes")
    )
    page = text(signed_in(manager), address)
    assert "still says £34.85 a week" in page
    proposed.refresh_from_db()
    assert proposed.contribution == 3_485


# setting | value | kept with the charge as
SETTINGS = [
    ("charge_percentage", 80, "percentage", 80),
    ("maximum_charge_weekly", 9_000, "maximum_weekly", 9_000),
    ("minimum_charge_weekly", 125, "minimum_weekly", 125),
    ("guarantee_uplift_percent", 3, "guarantee_uplift_percent", 3),
    ("guarantee_uplift_weekly", 500, "guarantee_uplift_weekly", 500),
    ("night_care_not_counted", False, "night_care_not_counted", False),
    ("upper_capital_limit", 3_000_000, "upper_capital_limit", 3_000_000),
    ("lower_capital_limit", 2_000_000, "lower_capital_limit", 2_000_000),
    ("standard_expenses_weekly", 1_085, "standard_expenses", 1_085),
    ("local_housing_contents_insurance", True, "local_housing", ["contents-insurance"]),
]


@pytest.mark.parametrize(("key", "value", "name", "kept"), SETTINGS)
def test_each_choice_of_the_council_is_kept_with_the_charge(
    key: str, value: object, name: str, kept: object, person: Person, practitioner: User,
    scheme_version: SchemeVersion, signed_in: SignIn,
) -> None:  # fmt: skip
    Setting.objects.create(key=key, value=value)
    planned(person, scheme_version, practitioner)
    typed = charge_typed([("state-pension", "241.30")], confirmed="yes")
    signed_in(practitioner).post(money(person, "what-you-pay/work-out/"), typed)
    assert FinancialAssessment.objects.get().facts["settings"][name] == kept


def test_a_couple_is_offered_a_look_at_both_and_it_only_lowers_the_charge(
    person: Person, practitioner: User, scheme_version: SchemeVersion, signed_in: SignIn
) -> None:
    planned(person, scheme_version, practitioner)
    staff, address = signed_in(practitioner), money(person, "what-you-pay/work-out/")
    typed = charge_typed(
        [("state-pension", "341.30")], confirmed="yes", household="couple",
        partner_pension_age="yes",
    )  # fmt: skip
    assert "Choose whether you offered" in staff.post(address, typed).content.decode()
    staff.post(address, typed | {"offered_both": "yes", "partner_income": "100.00"})
    stored = FinancialAssessment.objects.get()
    found = charges.charge_of(stored, born=person.date_of_birth, cost=19_900)
    # one of a couple keeps £177.55: 163.75 alone, and the partner is 77.55 short
    assert found.contribution == 16_375 - 7_755
    page = text(staff, money(person, "what-you-pay/"))
    assert "Your partner chose to show us their money." in page


def test_a_fee_for_arranging_is_only_shown_where_every_condition_holds(
    person: Person, practitioner: User, scheme_version: SchemeVersion, signed_in: SignIn
) -> None:
    Setting.objects.create(key="arrangement_fee_yearly", value=26_000)
    planned(person, scheme_version, practitioner)
    staff, address = signed_in(practitioner), money(person, "what-you-pay/work-out/")
    typed = charge_typed(
        [("state-pension", "241.30")], confirmed="yes", asked_to_arrange="yes",
        **{"capital-0-kind": "savings", "capital-0-amount": "40000"},
    )  # fmt: skip
    staff.post(address, typed)
    assert "You pay nothing for our work" in text(staff, money(person, "what-you-pay/"))
    days = {
        f"fee_{name}_on_{part}": value
        for name in ("told", "agreed")
        for part, value in (("day", "20"), ("month", "10"), ("year", "2026"))
    }
    staff.post(address, typed | days)
    assert "you agreed to pay £4.97 a week" in text(staff, money(person, "what-you-pay/"))


def test_money_given_away_counts_only_with_reasons_and_then_falls(
    person: Person, practitioner: User, scheme_version: SchemeVersion, signed_in: SignIn
) -> None:
    planned(person, scheme_version, practitioner)
    staff, address = signed_in(practitioner), money(person, "what-you-pay/work-out/")
    typed = charge_typed(
        [("state-pension", "341.30")], confirmed="yes",
        **{"capital-0-kind": "notional-capital", "capital-0-amount": "20000",
           "capital-0-since_day": "2", "capital-0-since_month": "11",
           "capital-0-since_year": "2026"},
    )  # fmt: skip
    assert "Enter why you count money" in staff.post(address, typed).content.decode()
    why = "It was given away in the week after the diagnosis."
    staff.post(address, typed | {"deprivation": why})
    stored = FinancialAssessment.objects.get()
    assert stored.facts["capital"][0]["reduces_weekly"] == 2_300
    page = text(staff, money(person, "what-you-pay/"))
    assert why in page


@pytest.mark.parametrize("holding", ["direct-payment", "council-managed", "isf"])
def test_the_charge_is_the_same_however_the_money_is_held(
    holding: str, person: Person, practitioner: User, scheme_version: SchemeVersion
) -> None:
    plan = planned(
        person,
        scheme_version,
        practitioner,
        one=MORNINGS | {"holding": holding, "needs": ["A2", "A4", "A7"]},
    )
    charged(person, practitioner)
    budget = actions.propose_budget(plan=plan, starts=STARTS, by=practitioner, at=NOW)
    assert (budget.cost, budget.contribution) == (15_400, 3_485)


def test_a_part_of_the_plan_that_sounds_free_is_charged_for_by_nobody_unseen(
    person: Person, scheme_version: SchemeVersion, practitioner: User,
    signed_in: Callable[[User], Client],
) -> None:  # fmt: skip
    """The plan has four weeks of reablement in it: the law makes that free."""
    planned(person, scheme_version, practitioner, help=MORNINGS | {"what": "Reablement at home"})
    typed = charge_typed([("state-pension", "900.00")], confirmed="yes")
    staff, address = signed_in(practitioner), money(person, "what-you-pay/work-out/")
    page = staff.post(address, typed).content.decode()
    assert "List “Reablement at home” under the parts that are never charged for" in page
    assert not FinancialAssessment.objects.exists()
    listed = {"free-0-kind": "reablement", "free-0-weekly": "10.00", "free-0-weeks": "4"}
    page = staff.post(address, typed | {"confirmed": ""} | listed).content.decode()
    assert "That takes £10.00 a week off" in page
    staff.post(address, typed | {"none_free": "yes"})
    assert FinancialAssessment.objects.count() == 1


@pytest.mark.parametrize(("what", "kind"), [
    ("Community equipment", "equipment"), ("A ramp at the door", "minor-adaptation"),
    ("Reablement, four weeks", "reablement"), ("An advocate", "advocacy"),
    ("Help for cramped hands", None), ("Help to get up and washed", None),
])  # fmt: skip
def test_words_of_a_plan_tell_what_may_never_be_charged_for(what: str, kind: str | None) -> None:
    found = sounds_free(what)
    assert (found.id if found else None) == kind
