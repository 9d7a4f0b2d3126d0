"""What a person pays towards support at home: SI 2014/2672, step by step."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from wherewithal.charging.assess import ChargeAssessment, assess
from wherewithal.charging.capital import tariff_income
from wherewithal.charging.facts import (
    Capital,
    CouncilSettings,
    DisabilityExpense,
    FinancialFacts,
    FreeService,
    HousingCost,
    Income,
    weekly,
)
from wherewithal.charging.light_touch import ASK_FOR_FULL, LightTouchFacts, decide_light_touch
from wherewithal.charging.parameters import parameters_on

IN_2023 = date(2023, 10, 2)
IN_2025 = date(2025, 10, 6)
YEAR = parameters_on(IN_2025)
BOTH = frozenset({"disability", "enhanced-disability"})

DEVON = FinancialFacts(
    on=IN_2023,
    age=40,
    pension_age=False,
    premiums=BOTH,
    income=(
        Income("esa", 225_45),
        Income("pip-daily-living", 101_75),
        Income("pip-mobility", 26_90),
    ),
    housing=(
        HousingCost("rent", 10_00),
        HousingCost("council-tax", 6_00),
        HousingCost("contents-insurance", 1_27),
    ),
    disability_expenses=(DisabilityExpense("Extra laundry and heating", 28_08),),
)
W3 = FinancialFacts(
    on=IN_2025,
    age=30,
    pension_age=False,
    premiums=BOTH,
    income=(
        Income("means-tested-benefit", 188_00),
        Income("pip-daily-living", 110_40),
        Income("pip-mobility", 29_20),
    ),
    capital=(Capital("savings", 15_600_00),),
    housing=(HousingCost("council-tax", 12_50),),
    disability_expenses=(DisabilityExpense("Special diet", 22_75),),
)
W4 = FinancialFacts(
    on=IN_2025,
    age=82,
    pension_age=True,
    income=(
        Income("state-pension", 230_25),
        Income("private-pension", 60_00),
        Income("attendance-allowance", 110_40),
    ),
    capital=(Capital("savings", 23_250_00),),
    housing=(HousingCost("council-tax", 25_00),),
    disability_expenses=(DisabilityExpense("Alarm", 18_40),),
)
W5 = replace(W4, capital=(Capital("savings", 23_250_01),))
W6 = FinancialFacts(
    on=IN_2025,
    age=82,
    pension_age=True,
    income=(Income("state-pension", 230_25),),
    housing=(HousingCost("council-tax", 10_00),),
)


def of(
    facts: FinancialFacts, cost: int = 415_00, settings: CouncilSettings | None = None
) -> ChargeAssessment:
    return assess(facts, YEAR, cost_weekly=cost, settings=settings or CouncilSettings())


# example | facts | cost | settings | tariff | guarantee | available | person pays | council pays
TABLE = [
    ("W1 Devon 2023/24", DEVON, 454_00,
     CouncilSettings(local_housing=frozenset({"contents-insurance"})),
     0, 171_75, 110_10, 110_10, 343_90),
    ("W3 working age, enhanced PIP", W3, 415_00, CouncilSettings(),
     6_00, 186_40, 82_75, 82_75, 332_25),
    ("W4 pension age, exactly the limit", W4, 142_00, CouncilSettings(),
     36_00, 232_60, 160_65, 142_00, 0),
    ("W6 state pension only", W6, 142_00, CouncilSettings(),
     0, 232_60, -12_35, 0, 142_00),
]  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "cost", "settings", "tariff", "guarantee", "available", "pays", "council"),
    [row[1:] for row in TABLE],
    ids=[row[0] for row in TABLE],
)
def test_worked_examples_come_out_to_the_penny(
    facts: FinancialFacts,
    cost: int,
    settings: CouncilSettings,
    tariff: int,
    guarantee: int,
    available: int,
    pays: int,
    council: int,
) -> None:
    charge = assess(facts, parameters_on(facts.on), cost_weekly=cost, settings=settings)
    assert charge.tariff == tariff
    assert charge.guarantee == guarantee
    assert charge.available == available
    assert (charge.contribution, charge.council_amount) == (pays, council)
    assert not charge.full_cost


def test_w5_a_penny_above_the_upper_limit_pays_in_full_without_an_income_test() -> None:
    charge = of(W5, 142_00)
    assert (charge.contribution, charge.council_amount, charge.full_cost) == (142_00, 0, True)
    assert charge.income is None
    assert charge.left_after_charge is None
    assert charge.kept is None
    assert any("ask us to arrange it" in sentence for sentence in charge.for_person)


# capital | tariff income a week
TARIFF = [
    (14_250_00, 0),
    (14_250_01, 1_00),
    (14_500_00, 1_00),
    (14_500_01, 2_00),
    (15_600_00, 6_00),
    (20_000_00, 23_00),
    (23_250_00, 36_00),
]


@pytest.mark.parametrize(("capital", "tariff"), TARIFF)
def test_tariff_income_is_a_pound_for_every_250_or_part_of_it(capital: int, tariff: int) -> None:
    assert tariff_income(Fraction(capital), YEAR, 14_250_00) == tariff
    assert of(replace(W6, capital=(Capital("savings", capital),))).tariff == tariff


def test_the_sum_reads_as_sentences_to_the_person() -> None:
    told = of(W3).for_person
    assert told == (
        "We count savings: £15,600.00.",
        "You have £15,600.00 in savings and other capital that we count. That is not more than "
        "£23,250.00, so we look at your income next.",
        "You have £15,600.00 in savings and other capital that we count. The first £14,250.00 is "
        "not counted. For every £250.00 above that, or part of it, we add £1.00 a week. That is "
        "£6.00 a week.",
        "Your means-tested benefit is £188.00 a week. We count all of it.",
        "Your Personal Independence Payment, daily living part is £110.40 a week. We count all "
        "of it.",
        "Your Personal Independence Payment, mobility part is £29.20 a week. We do not count it.",
        "Your Council Tax is £12.50 a week. You keep this.",
        "Special diet: £22.75 a week because of your disability. You keep this.",
        "The law says you must keep at least £112.50 a week (single, 25 to pension credit age).",
        "On top you keep £49.65 a week (disability premium, single).",
        "On top you keep £24.25 a week (enhanced disability premium, single).",
        "We count £304.40 a week coming in. You keep £221.65. That leaves £82.75 a week that could "
        "go towards your support.",
        "We ask for 100% of it, rounded down: £82.75 a week.",
        "You pay £82.75 a week.",
        "The council pays £332.25 of the £415.00 your support costs each week.",
    )


def test_every_step_names_its_source() -> None:
    assert all(step.source and step.label for step in of(W3).breakdown)


# every | pence | pence a week
PERIODS = [
    ("week", 100_00, Fraction(100_00)),
    ("two-weeks", 100_00, Fraction(50_00)),
    ("four-weeks", 100_00, Fraction(25_00)),
    ("month", 100_00, Fraction(1200_00, 52)),
    ("quarter", 100_00, Fraction(400_00, 52)),
    ("year", 5_200_00, Fraction(100_00)),
]


@pytest.mark.parametrize(("every", "amount", "a_week"), PERIODS)
def test_amounts_become_exact_weekly_ones(every: str, amount: int, a_week: Fraction) -> None:
    assert weekly(amount, every) == a_week


def test_the_charge_is_rounded_down_once_at_the_end() -> None:
    facts = replace(W6, income=(Income("state-pension", 230_25), Income("private-pension", 100_00,
                    "month")))  # fmt: skip
    charge = of(facts)
    assert charge.available == Fraction(230_25) + Fraction(1200_00, 52) - 10_00 - 232_60
    assert charge.contribution == 10_72  # £10.7269… rounded down


INCOMES = [
    ("earnings", 100_00, 0),
    ("pip-mobility", 100_00, 0),
    ("direct-payment", 100_00, 0),
    ("savings-credit", 7_05, 0),
    ("savings-credit", 10_00, 2_95),
    ("war-widow-pension", 30_00, 20_00),
    ("private-pension", 100_00, 100_00),
]


@pytest.mark.parametrize(("kind", "amount", "counted"), INCOMES)
def test_income_counts_by_its_kind(kind: str, amount: int, counted: int) -> None:
    assert of(replace(W6, income=(Income(kind, amount),))).income == counted


def test_tax_comes_off_what_counts_and_never_makes_it_less_than_nothing() -> None:
    pension, tax = Income("private-pension", 100_00), Income("income-tax", 52_00, "month")
    charge = of(replace(W6, income=(tax, pension)))
    assert charge.income == 88_00
    told = [step.for_person for step in charge.breakdown if step.key == "income:income-tax"]
    assert told == [
        "Your income tax on pensions and benefits is £12.00 a week. We take it off what we count."
    ]
    assert of(replace(W6, income=(Income("private-pension", 10_00), tax))).income == 0
    assert of(replace(W6, income=(tax,))).income == 0


def test_what_is_left_out_of_a_kind_is_left_out_once() -> None:
    two = (Income("war-widow-pension", 6_00), Income("war-widow-pension", 30_00))
    charge = of(replace(W6, income=two))
    assert charge.income == 26_00
    told = tuple(s.for_person for s in charge.breakdown if s.key == "income:war-widow-pension")
    assert told == (
        "Your war widow’s or widower’s pension is £6.00 a week. We do not count it.",
        "Your war widow’s or widower’s pension is £30.00 a week. We do not count £4.00 of it, so "
        "it adds £26.00.",
    )


CAPITAL = [
    ("savings", Capital("savings", 10_000_00), 10_000_00),
    ("joint savings in equal shares", Capital("savings", 10_000_01, owners=2),
     Fraction(10_000_01, 2)),
    ("own home", Capital("own-home", 300_000_00), 0),
    ("injury trust", Capital("injury-trust", 90_000_00), 0),
    ("back payment within 52 weeks",
     Capital("benefit-arrears", 5_000_00, since=date(2024, 10, 8)), 0),
    ("back payment after 52 weeks",
     Capital("benefit-arrears", 5_000_00, since=date(2024, 10, 7)), 5_000_00),
    ("house sale after 26 weeks, longer agreed",
     Capital("property-changing-hands", 20_000_00, since=date(2025, 1, 6),
             until=date(2026, 1, 1)), 0),
]  # fmt: skip


@pytest.mark.parametrize(
    ("holding", "counted"), [row[1:] for row in CAPITAL], ids=[row[0] for row in CAPITAL]
)
def test_capital_counts_by_its_kind(holding: Capital, counted: int | Fraction) -> None:
    assert of(replace(W6, capital=(holding,))).capital == counted


def test_housing_costs_are_net_of_help_with_them() -> None:
    rent = HousingCost("rent", 400_00, "four-weeks", help_amount=300_00)
    assert of(replace(W6, housing=(rent,))).housing == 25_00
    more_help = HousingCost("rent", 400_00, "four-weeks", help_amount=500_00)
    assert of(replace(W6, housing=(more_help,))).housing == 0


def test_a_local_housing_cost_counts_only_where_the_council_says_so() -> None:
    insured = replace(W6, housing=(HousingCost("contents-insurance", 1_27),))
    assert of(insured).housing == 0
    allowing = CouncilSettings(local_housing=frozenset({"contents-insurance"}))
    assert of(insured, settings=allowing).housing == 1_27


def test_disability_costs_count_only_against_a_disability_benefit() -> None:
    without = replace(W3, income=(Income("means-tested-benefit", 188_00),))
    assert of(without).disability_expenses == 0
    assert of(W3).disability_expenses == 22_75
    left_out = CouncilSettings(not_counted={"pip-daily-living": 110_40})
    assert of(W3, settings=left_out).disability_expenses == 0


def test_a_standard_allowance_is_a_floor_and_never_a_ceiling() -> None:
    standard = CouncilSettings(standard_expenses=10_85)
    assert of(replace(W3, disability_expenses=()), settings=standard).disability_expenses == 10_85
    assert of(W3, settings=standard).disability_expenses == 22_75


def test_a_refused_expense_shows_its_reason_and_is_not_kept() -> None:
    refused = DisabilityExpense("Cat food", 5_00, allowed=False, why_not="not for the disability")
    charge = of(replace(W3, disability_expenses=(refused,)))
    assert charge.disability_expenses == 0
    assert any("Why: not for the disability." in sentence for sentence in charge.for_person)


# who | changes to a single person of 30 without premiums | guarantee
PLAIN = replace(W3, premiums=frozenset())
GUARANTEES = [
    ("single 18", {"age": 18}, 89_15),
    ("single 24", {"age": 24}, 89_15),
    ("single 25", {"age": 25}, 112_50),
    ("pension age", {"age": 70, "pension_age": True}, 232_60),
    ("lone parent of one", {"household": "lone-parent", "children": 1}, 112_50 + 102_95),
    ("couple", {"household": "couple"}, 88_35),
    ("couple, partner of pension age", {"household": "couple", "partner_pension_age": True},
     177_55),
    ("disability", {"premiums": frozenset({"disability"})}, 112_50 + 49_65),
    ("disability, couple", {"household": "couple", "premiums": BOTH}, 88_35 + 35_40 + 17_45),
    ("carer", {"premiums": frozenset({"carer"})}, 112_50 + 53_25),
    ("pension age keeps no disability premium",
     {"age": 70, "pension_age": True, "premiums": BOTH | {"carer"}}, 232_60 + 53_25),
]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "guarantee"), [row[1:] for row in GUARANTEES], ids=[row[0] for row in GUARANTEES]
)
def test_the_minimum_income_guarantee_follows_circumstances(
    changes: dict[str, object], guarantee: int
) -> None:
    assert of(replace(PLAIN, **changes)).guarantee == guarantee  # type: ignore[arg-type] # each case names its fields


# setting | settings | cost | person pays (of £82.75 available)
SETTINGS = [
    ("does not charge", CouncilSettings(charges=False), 0),
    ("asks for 80%", CouncilSettings(percentage=80), 66_20),
    ("asks for 33%, rounded down", CouncilSettings(percentage=33), 27_30),
    ("most it charges", CouncilSettings(maximum_weekly=50_00), 50_00),
    ("least it collects", CouncilSettings(minimum_weekly=82_76), 0),
    ("exactly the least it collects", CouncilSettings(minimum_weekly=82_75), 82_75),
    ("guarantee 3% higher", CouncilSettings(guarantee_uplift_percent=3), 77_15),
    ("guarantee £5 higher", CouncilSettings(guarantee_uplift_weekly=5_00), 77_75),
    ("night care left out", CouncilSettings(not_counted={"pip-daily-living": 35_90}), 46_85),
    ("kinder lower limit", CouncilSettings(lower_capital_limit=16_000_00), 76_75),
]  # fmt: skip


@pytest.mark.parametrize(
    ("settings", "pays"), [row[1:] for row in SETTINGS], ids=[row[0] for row in SETTINGS]
)
def test_a_council_may_be_kinder_than_the_national_rule(
    settings: CouncilSettings, pays: int
) -> None:
    assert of(W3, settings=settings).contribution == pays


@pytest.mark.parametrize(
    "settings",
    [CouncilSettings(upper_capital_limit=23_249_99), CouncilSettings(lower_capital_limit=1_00)],
)
def test_a_council_may_not_be_harsher(settings: CouncilSettings) -> None:
    with pytest.raises(ValueError, match="below the national"):
        of(W3, settings=settings)


def test_capital_limits_must_be_the_right_way_round() -> None:
    with pytest.raises(ValueError, match="is above the upper one"):
        of(W3, settings=CouncilSettings(lower_capital_limit=24_000_00))


# service | part of a £100.00 plan | chargeable
FREE = [
    ("reablement in week 6", FreeService("reablement", 100_00, weeks=6), 0),
    ("reablement in week 7", FreeService("reablement", 100_00, weeks=7), 100_00),
    ("adaptation for £1,000", FreeService("minor-adaptation", 20_00, whole_cost=1_000_00), 80_00),
    ("adaptation above £1,000", FreeService("minor-adaptation", 20_00, whole_cost=1_000_01),
     100_00),
    ("aftercare", FreeService("aftercare", 60_00), 40_00),
    ("what the carer's cared-for adult gets", FreeService("service-to-cared-for-adult", 100_00),
     0),
]  # fmt: skip


@pytest.mark.parametrize(
    ("service", "chargeable"), [row[1:] for row in FREE], ids=[row[0] for row in FREE]
)
def test_some_services_are_never_charged_for_even_to_the_wealthy(
    service: FreeService, chargeable: int
) -> None:
    charge = assess(W5, YEAR, cost_weekly=100_00, free=(service,))
    assert (charge.chargeable, charge.contribution) == (chargeable, chargeable)
    assert charge.council_amount == 100_00 - chargeable


def test_free_services_cannot_cost_more_than_the_support() -> None:
    with pytest.raises(ValueError, match=r"more than the whole support at £100\.00"):
        assess(W5, YEAR, cost_weekly=100_00, free=(FreeService("nhs", 100_01),))


def test_what_nobody_verified_is_listed_with_why() -> None:
    names = {entry.name: entry.why for entry in of(PLAIN).unverified}
    assert "mig-single-25" not in names
    assert names["income:pip-daily-living"].startswith("written from memory")
    couple = of(replace(PLAIN, household="couple")).unverified
    assert "mig-couple" in {entry.name for entry in couple}
    assert not any(entry.name.startswith("mig-single") for entry in couple)


# ground | consent | evidence | outcome
LIGHT_TOUCH = [
    (LightTouchFacts("over-limit", consent=True, evidence="statement"), "full-cost"),
    (LightTouchFacts("small-charge", consent=True, evidence="statement"), "full-cost"),
    (LightTouchFacts("no-ability", consent=True, evidence="award letter"), "nil"),
    (LightTouchFacts("no-ability", consent=False, evidence="award letter"), None),
    (LightTouchFacts("no-ability", consent=None, evidence="award letter"), None),
    (LightTouchFacts("no-ability", consent=True, evidence=" "), None),
]


@pytest.mark.parametrize(("facts", "outcome"), LIGHT_TOUCH)
def test_a_short_check_needs_consent_and_evidence(
    facts: LightTouchFacts, outcome: str | None
) -> None:
    decision = decide_light_touch(facts)
    assert decision.outcome == outcome
    assert (ASK_FOR_FULL in decision.for_person) is (outcome is not None)
    assert bool(decision.missing) is (outcome is None and facts.consent is not False)
