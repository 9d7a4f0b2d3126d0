"""What holds for every financial assessment, whoever the person is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from hypothesis import Phase, find, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from wherewithal.charging.assess import ChargeAssessment, assess
from wherewithal.charging.better_off import better_off
from wherewithal.charging.facts import (
    PREMIUMS,
    WEEKLY,
    Capital,
    CouncilSettings,
    DisabilityExpense,
    FinancialFacts,
    FreeService,
    Household,
    HousingCost,
    Income,
)
from wherewithal.charging.parameters import parameters_on
from wherewithal.charging.rules import kinds

ON = date(2025, 10, 6)
YEAR = parameters_on(ON)
FIND_ONLY = hypothesis_settings(phases=(Phase.generate,), max_examples=500)
SORTS: tuple[Callable[[ChargeAssessment], bool], ...] = (
    lambda charge: charge.full_cost,
    lambda charge: charge.contribution > 0 and not charge.full_cost,
    lambda charge: charge.contribution == 0,
)
PENCE = st.integers(min_value=0, max_value=500_00)
EVERY = st.sampled_from(sorted(WEEKLY))
HOUSEHOLDS: tuple[Household, ...] = ("single", "lone-parent", "couple")

EVERYDAY_INCOME = st.builds(Income, st.just("private-pension"), st.integers(200_00, 1_200_00))
INCOMES = st.builds(Income, st.sampled_from(sorted(kinds("income"))), PENCE, EVERY)
BELOW_LIMIT, ABOVE_LIMIT = st.integers(0, 23_250_00), st.integers(23_250_01, 40_000_00)
SAVINGS = st.builds(Capital, st.just("savings"), BELOW_LIMIT | BELOW_LIMIT | ABOVE_LIMIT)
CAPITAL = st.builds(
    Capital,
    st.sampled_from(sorted(kinds("capital"))),
    st.integers(min_value=0, max_value=20_000_00),
    st.integers(min_value=1, max_value=3),
    st.dates(date(2024, 1, 1), ON),
)
HOUSING = st.builds(
    HousingCost, st.sampled_from(sorted(kinds("housing"))), PENCE, EVERY, help_amount=PENCE
)
EXPENSES = st.builds(
    DisabilityExpense, st.just("Extra washing"), PENCE, EVERY, sharers=st.integers(1, 3)
)
FACTS = st.builds(
    FinancialFacts,
    on=st.just(ON),
    age=st.integers(18, 100),
    pension_age=st.booleans(),
    household=st.sampled_from(HOUSEHOLDS),
    partner_pension_age=st.booleans(),
    children=st.integers(0, 4),
    premiums=st.frozensets(st.sampled_from(sorted(PREMIUMS))),
    income=st.tuples(EVERYDAY_INCOME, INCOMES, INCOMES),
    capital=st.tuples(SAVINGS) | st.tuples(SAVINGS, CAPITAL) | st.just(()),
    housing=st.lists(HOUSING, max_size=3).map(tuple),
    disability_expenses=st.lists(EXPENSES, max_size=2).map(tuple),
    no_night_care=st.booleans(),
)
SETTINGS = st.builds(
    CouncilSettings,
    charges=st.sampled_from([True, True, True, False]),
    percentage=st.sampled_from([100, 80, 33, 0]),
    maximum_weekly=st.none() | PENCE,
    minimum_weekly=st.integers(0, 5_00),
    guarantee_uplift_percent=st.integers(0, 25),
    guarantee_uplift_weekly=st.integers(0, 20_00),
    standard_expenses=st.integers(0, 20_00),
    not_counted=st.dictionaries(st.sampled_from(["pip-daily-living", "esa"]), PENCE),
    local_housing=st.frozensets(st.just("contents-insurance")),
    night_care_not_counted=st.booleans(),
    lower_capital_limit=st.none() | st.integers(14_250_00, 20_000_00),
    upper_capital_limit=st.none() | st.integers(23_250_00, 60_000_00),
)
COSTS = st.integers(min_value=0, max_value=2_000_00)


def test_the_generated_people_include_those_who_pay_after_a_means_test() -> None:
    """The invariants say something only if charges arise: find one of each kind."""
    for sort in SORTS:
        assert sort(find(FACTS.map(_charge), sort, settings=FIND_ONLY))


def _charge(facts: FinancialFacts) -> ChargeAssessment:
    return assess(facts, YEAR, cost_weekly=500_00)


@hypothesis_settings(max_examples=3_000)
@given(FACTS, SETTINGS, COSTS)
def test_a_charge_leaves_the_minimum_and_the_costs_untouched(
    facts: FinancialFacts, settings: CouncilSettings, cost: int
) -> None:
    charge = assess(facts, YEAR, cost_weekly=cost, settings=settings)
    if charge.left_after_charge is not None and charge.kept is not None and charge.contribution:
        assert charge.left_after_charge >= charge.kept


@given(FACTS, SETTINGS, COSTS)
def test_a_charge_is_never_negative_nor_above_the_cost(
    facts: FinancialFacts, settings: CouncilSettings, cost: int
) -> None:
    charge = assess(facts, YEAR, cost_weekly=cost, settings=settings)
    assert 0 <= charge.contribution <= charge.chargeable <= cost
    assert charge.contribution + charge.council_amount == cost


@given(FACTS, SETTINGS, COSTS, PENCE)
def test_more_income_never_means_a_lower_charge(
    facts: FinancialFacts, settings: CouncilSettings, cost: int, more: int
) -> None:
    richer = replace(facts, income=(*facts.income, Income("private-pension", more)))
    before = assess(facts, YEAR, cost_weekly=cost, settings=settings)
    after = assess(richer, YEAR, cost_weekly=cost, settings=settings)
    assert after.contribution >= before.contribution


@given(FACTS, FACTS, SETTINGS, COSTS)
def test_a_partners_money_never_raises_a_charge(
    facts: FinancialFacts, partner: FinancialFacts, settings: CouncilSettings, cost: int
) -> None:
    charge = assess(facts, YEAR, cost_weekly=cost, settings=settings)
    both = better_off(charge, replace(partner, household="couple"), YEAR, settings)
    assert 0 <= both.together <= charge.contribution


@given(FACTS, SETTINGS, COSTS)
def test_care_at_night_left_out_never_raises_a_charge(
    facts: FinancialFacts, settings: CouncilSettings, cost: int
) -> None:
    counted = replace(settings, night_care_not_counted=False)
    left_out = replace(settings, night_care_not_counted=True)
    before, after = (
        assess(facts, YEAR, cost_weekly=cost, settings=each) for each in (counted, left_out)
    )
    assert after.contribution <= before.contribution


@given(FACTS, COSTS, st.integers(min_value=0, max_value=30_000_00))
def test_more_savings_never_mean_a_lower_charge(
    facts: FinancialFacts, cost: int, more: int
) -> None:
    richer = replace(facts, capital=(*facts.capital, Capital("savings", more)))
    before = assess(facts, YEAR, cost_weekly=cost)
    assert assess(richer, YEAR, cost_weekly=cost).contribution >= before.contribution


@given(FACTS, COSTS, st.integers(min_value=1, max_value=50_00))
def test_a_kinder_minimum_never_means_a_higher_charge(
    facts: FinancialFacts, cost: int, uplift: int
) -> None:
    kinder = CouncilSettings(guarantee_uplift_weekly=uplift)
    national = assess(facts, YEAR, cost_weekly=cost)
    local = assess(facts, YEAR, cost_weekly=cost, settings=kinder)
    assert local.contribution <= national.contribution
    if local.guarantee is not None and national.guarantee is not None:
        assert local.guarantee >= national.guarantee


@given(FACTS, COSTS, st.sampled_from(["pip-mobility", "earnings", "direct-payment"]), PENCE)
def test_income_that_is_not_counted_changes_nothing(
    facts: FinancialFacts, cost: int, kind: str, amount: int
) -> None:
    with_it = replace(facts, income=(*facts.income, Income(kind, amount)))
    before = assess(facts, YEAR, cost_weekly=cost)
    assert assess(with_it, YEAR, cost_weekly=cost).contribution == before.contribution


@given(FACTS, SETTINGS, COSTS)
def test_support_that_is_all_free_costs_nobody_anything(
    facts: FinancialFacts, settings: CouncilSettings, cost: int
) -> None:
    free = (FreeService("aftercare", cost),)
    charge = assess(facts, YEAR, cost_weekly=cost, settings=settings, free=free)
    assert charge.contribution == 0


@given(FACTS, SETTINGS, COSTS)
def test_every_step_is_a_sentence_with_a_source(
    facts: FinancialFacts, settings: CouncilSettings, cost: int
) -> None:
    for step in assess(facts, YEAR, cost_weekly=cost, settings=settings).breakdown:
        assert step.for_person.endswith(".")
        assert step.source
