"""What a support plan costs: times a year over 52 weeks, rounded once for each line, half up."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.careact.plan_costs import OFTEN, Cost, beside, cost_of, how_often, whole


@pytest.mark.parametrize(
    ("quantity", "price", "every", "weekly", "yearly", "one_off"),
    [
        ("7", 1375, "week", 9_625, 500_500, 0),
        ("1.5", 2201, "week", 3_302, 171_678, 0),  # 33.015 a week
        ("1", 4500, "fortnight", 2_250, 117_000, 0),
        ("3", 10_000, "four-weeks", 7_500, 390_000, 0),
        ("1", 10_000, "month", 2_308, 120_000, 0),  # 100.00 × 12 ÷ 52 = 23.0769…
        ("1", 6_100, "year", 117, 6_100, 0),
        ("2", 3_125, "once", 0, 0, 6_250),
    ],
)
def test_a_line_costs_its_times_a_year_over_52_weeks(
    quantity: str, price: int, every: str, weekly: int, yearly: int, one_off: int
) -> None:
    assert cost_of(Fraction(quantity), price, every) == Cost(weekly, yearly, one_off)


@pytest.mark.parametrize(
    ("weekly", "indicative", "above", "sentence"),
    [
        (15_790, 20_000, False, "£42.10 a week below the first figure."),
        (21_800, 20_000, True,
         "£18.00 a week above the first figure. That is allowed."),
        (20_000, 20_000, False, "The same as the first figure."),
        (20_000, None, False, "There is no first figure to compare with. The plan sets the cost."),
    ],
)  # fmt: skip
def test_a_plan_stands_beside_the_first_figure_in_both_directions(
    weekly: int, indicative: int | None, above: bool, sentence: str
) -> None:
    found = beside(weekly, indicative)
    assert (found.above, found.sentence) == (above, sentence)


@pytest.mark.parametrize(
    ("quantity", "unit", "every", "price", "words"),
    [
        ("7", "hour", "week", 1375, "7 hours every week at £13.75 an hour"),
        ("1", "session", "fortnight", 4500, "1 session every fortnight at £45.00 a session"),
        ("1.50", "night", "four-weeks", 12_000, "1.5 nights every four weeks at £120.00 a night"),
        ("1", "once", "once", 6250, "once"),
        ("2", "once", "once", 6250, "2 at £62.50 each, once"),
    ],
)
def test_terms_read_as_people_say_them(
    quantity: str, unit: str, every: str, price: int, words: str
) -> None:
    assert how_often(Fraction(quantity), unit, every, price) == words


@pytest.mark.parametrize(
    ("quantity", "price", "every", "told"),
    [
        ("0", 100, "week", "above zero"),
        ("1", -1, "week", "below zero"),
        ("1", 1, "daily", "'daily' is not how often"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(
    quantity: str, price: int, every: str, told: str
) -> None:
    with pytest.raises(ValueError, match=told):
        cost_of(Fraction(quantity), price, every)


lines = st.lists(
    st.tuples(
        st.decimals("0.01", "999.99", places=2).map(Fraction),
        st.integers(0, 500_000),
        st.sampled_from(sorted(OFTEN)),
    ),
    max_size=8,
)


@given(lines)
def test_what_is_read_adds_up_and_a_penny_moves_no_further_than_its_line(
    drawn: list[tuple[Fraction, int, str]],
) -> None:
    costs = [cost_of(*line) for line in drawn]
    total = whole(costs)
    assert total.weekly == sum(cost.weekly for cost in costs)
    for cost, (_, _, every) in zip(costs, drawn, strict=True):
        assert abs(cost.weekly - Fraction(cost.yearly, 52)) <= Fraction(1, 2) + Fraction(1, 104)
        assert bool(cost.one_off) <= (every == "once")
