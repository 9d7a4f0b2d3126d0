"""What a council may choose in charging, and what it never may."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from wherewithal.charging.arrangement import ArrangementFacts, arrangement_fee
from wherewithal.charging.assess import assess, falls_weekly
from wherewithal.charging.better_off import better_off
from wherewithal.charging.capital import diminished
from wherewithal.charging.facts import (
    Capital,
    CouncilSettings,
    DisabilityExpense,
    FinancialFacts,
    HousingCost,
    Income,
)
from wherewithal.charging.parameters import parameters_on
from wherewithal.charging.uprating import Assumption, published_rates, uprate

IN_2024 = date(2024, 10, 7)
ON = date(2025, 10, 6)
YEAR = parameters_on(ON)
BOTH = frozenset({"disability", "enhanced-disability"})
YOUNG = FinancialFacts(
    on=IN_2024, age=22, pension_age=False, premiums=BOTH, no_night_care=True,
    income=(Income("esa", 150_00), Income("pip-daily-living", 108_55)),
)  # fmt: skip
OLDER = FinancialFacts(
    on=ON, age=82, pension_age=True,
    income=(Income("state-pension", 230_25), Income("private-pension", 100_00)),
)  # fmt: skip


def test_knowsley_2024_keeps_160_30_and_leaves_35_90_for_night_care_out() -> None:
    night = CouncilSettings(night_care_not_counted=True)
    charge = assess(YOUNG, parameters_on(IN_2024), cost_weekly=300_00, settings=night)
    assert charge.guarantee == 160_30
    assert charge.income == 150_00 + 108_55 - 35_90
    told = next(s.for_person for s in charge.breakdown if s.key == "income:pip-daily-living")
    assert "We do not count £35.90 of it" in told
    assert "That part is for care at night, and your support has none." in told


# care at night | council leaves it out | benefit | counted
NIGHT = [
    (False, True, 108_55, 72_65),
    (True, True, 108_55, 108_55),
    (False, False, 108_55, 108_55),
    (False, True, 72_65, 72_65),
    (False, True, 50_00, 50_00),
    (False, True, 120_00, 84_10),
]


@pytest.mark.parametrize(("night_care", "left_out", "benefit", "counted"), NIGHT)
def test_only_the_step_between_the_rates_is_left_out_and_only_without_night_care(
    night_care: bool, left_out: bool, benefit: int, counted: int
) -> None:
    facts = replace(
        YOUNG, income=(Income("pip-daily-living", benefit),), no_night_care=not night_care
    )
    settings = CouncilSettings(night_care_not_counted=left_out)
    charge = assess(facts, parameters_on(IN_2024), cost_weekly=300_00, settings=settings)
    assert charge.income == counted


# weeks since it was first counted | left of £1,000.00 that falls by £12.50 a week
FALLING = [(0, 1_000_00), (1, 987_50), (40, 500_00), (80, 0), (100, 0)]


@pytest.mark.parametrize(("weeks", "left"), FALLING)
def test_money_given_away_falls_every_week_until_it_is_gone(weeks: int, left: int) -> None:
    since = date(2025, 4, 7)
    given = Capital("notional-capital", 1_000_00, since=since, reduces_weekly=12_50)
    assert diminished(given, date.fromordinal(since.toordinal() + 7 * weeks)) == left


def test_money_given_away_falls_by_what_it_adds_to_the_charge() -> None:
    given = Capital("notional-capital", 20_000_00)
    facts = replace(OLDER, capital=(given,))
    # £20,000 gives £23 a week; £97.65 is available without it
    assert falls_weekly(facts, YEAR, cost_weekly=300_00, settings=CouncilSettings()) == 23_00


def test_a_shared_cost_is_kept_by_each_adults_share() -> None:
    benefit = (Income("attendance-allowance", 110_40),)
    heating = DisabilityExpense("Heating", 12_00, sharers=2)
    charge = assess(
        replace(OLDER, income=benefit, disability_expenses=(heating,)), YEAR, cost_weekly=100_00
    )
    assert charge.disability_expenses == 6_00


def test_a_cost_allowed_in_part_keeps_that_part_and_says_why() -> None:
    benefit = (Income("attendance-allowance", 110_40),)
    cleaner = DisabilityExpense("Cleaner", 40_00, allow=30_00, why_not="Part is for your lodger.")
    charge = assess(
        replace(OLDER, income=benefit, disability_expenses=(cleaner,)), YEAR, cost_weekly=100_00
    )
    assert charge.disability_expenses == 30_00
    told = next(s.for_person for s in charge.breakdown if s.key == "expense:1")
    assert told.endswith("We allowed £30.00 of it, and you keep that. Why not all: Part is for "
                         "your lodger.")  # fmt: skip


PARTNER = FinancialFacts(
    on=ON, age=80, pension_age=True, household="couple", income=(Income("state-pension", 150_00),)
)


@pytest.mark.parametrize(
    ("partner_income", "pays"),
    [(150_00, 125_15), (177_55, 152_70), (300_00, 152_70), (0, 0)],
)
def test_a_look_at_a_partners_money_only_ever_lowers_the_charge(
    partner_income: int, pays: int
) -> None:
    # one of a couple keeps £177.55; 330.25 − 177.55 = 152.70 alone
    facts = replace(OLDER, household="couple")
    partner = replace(PARTNER, income=(Income("state-pension", partner_income),))
    charge = assess(facts, YEAR, cost_weekly=300_00)
    found = better_off(charge, partner, YEAR, CouncilSettings())
    assert (found.alone, found.together) == (152_70, pays)
    assert found.helps is (pays < 152_70)


def test_joint_savings_count_by_equal_shares_and_the_partners_own_never() -> None:
    joint = Capital("savings", 40_000_00, owners=2)
    charge = assess(replace(OLDER, household="couple", capital=(joint,)), YEAR, cost_weekly=300_00)
    assert charge.capital == 20_000_00
    assert not charge.full_cost


ARRANGED = ArrangementFacts(
    above_upper_limit=True, asked_us=True, carer=False, care_home=False, yearly_cost=260_00,
    starts=ON, told_on=date(2025, 9, 1), agreed_on=date(2025, 9, 8),
)  # fmt: skip


def test_a_fee_for_arranging_is_the_councils_own_cost_by_the_week() -> None:
    fee = arrangement_fee(ARRANGED)
    assert (fee.weekly, fee.refused) == (4_97, ())  # £260.00 × 7 ÷ 366
    assert "£4.97 a week" in fee.for_person
    assert fee.weekly * 366 // 7 <= ARRANGED.yearly_cost


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"carer": True}, "A carer is never asked"),
        ({"care_home": True}, "outside a care home"),
        ({"above_upper_limit": False}, "not above the upper limit"),
        ({"asked_us": False}, "has not asked"),
        ({"told_on": None}, "before it starts on 6 October 2025"),
        ({"told_on": ON}, "Tell the person"),
        ({"agreed_on": None}, "must agree"),
    ],
)
def test_a_fee_for_arranging_is_refused_without_every_condition(
    changes: dict[str, object], why: str
) -> None:
    fee = arrangement_fee(replace(ARRANGED, **changes))  # type: ignore[arg-type]  # by name
    assert fee.weekly == 0
    assert len(fee.refused) == 1
    assert why in fee.refused[0]


def test_published_rates_become_the_new_ones_and_other_sums_rise_by_a_percentage() -> None:
    new = parameters_on(date(2026, 4, 6), allow_carried_forward=True)
    rates = published_rates(YEAR, new)
    assumed = {
        "pip-daily-living": Assumption(rates=rates["pip-daily-living"], source="gov.uk rates"),
        "state-pension": Assumption(Fraction("4.8"), rates["state-pension"], "gov.uk rates"),
        "esa": Assumption(Fraction("3.8"), source="September’s prices"),
        "housing": Assumption(Fraction(5), source="rent letter"),
    }
    before = (
        Income("pip-daily-living", 441_60, "four-weeks"), Income("state-pension", 200_00),
        Income("esa", 150_00), Income("private-pension", 60_00),
    )  # fmt: skip
    found = uprate(before, (HousingCost("rent", 100_00, help_amount=40_00),), (), assumed)
    assert found.income == (
        Income("pip-daily-living", 114_60), Income("state-pension", 209_60),
        Income("esa", 155_70), Income("private-pension", 60_00),
    )  # fmt: skip
    assert found.housing == (HousingCost("rent", 105_00, help_amount=42_00),)
    assert "goes from £110.40 to £114.60 a week. We took this from: gov.uk rates." in found.told[0]
    assert found.told[3] == "We took your private or work pension to stay at £60.00 a week."


def test_an_assumption_says_where_it_comes_from() -> None:
    with pytest.raises(ValueError, match="Say where each assumed change comes from"):
        Assumption(Fraction(3))
