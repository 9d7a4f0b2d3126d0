"""What an hour of a personal assistant costs, and whether the direct payment covers it."""

from datetime import date
from fractions import Fraction

import pytest

from wherewithal.employing.assistants import Assistant, Hour, Rate
from wherewithal.employing.on_costs import (
    Cost,
    LocalCosts,
    RateCheck,
    costs,
    must_have_pension,
    with_percent,
    yearly_pay,
)

DAY = date(2026, 10, 1)
LOCAL = LocalCosts(insurance_yearly=61_00, payroll_weekly=10_00)

# whose published rate | pay | percent on top | rate
PUBLISHED = [
    ("Norfolk County Council, 2023/24", 11_00, "26.08", 13_87),
    ("without anything on top", 11_00, "0", 11_00),
]


@pytest.mark.parametrize(("whose", "pay", "percent", "rate"), PUBLISHED)
def test_a_published_percentage_gives_the_published_rate(
    whose: str, pay: int, percent: str, rate: int
) -> None:
    assert with_percent(pay, Fraction(percent)) == rate, whose


# pay | percent on top | rate | enough
COVERED = [
    (11_75, "12.07", 13_75, True),  # Shropshire's rate of 2024/25 covers its pay and holiday,
    (11_75, "17.02", 13_75, True),  # and up to this much on top
    (11_75, "17.03", 13_75, True),  # 13.7510 is still 13.75
    (11_75, "17.1", 13_75, False),
    (11_75, "26.08", 13_75, False),  # but not what Norfolk reckoned with
]


@pytest.mark.parametrize(("pay", "percent", "rate", "enough"), COVERED)
def test_a_rate_is_held_against_pay_with_what_comes_on_top(
    pay: int, percent: str, rate: int, enough: bool
) -> None:
    assert RateCheck(rate, with_percent(pay, Fraction(percent))).enough is enough


def test_too_low_a_rate_blames_nobody() -> None:
    assert RateCheck(13_75, 14_81).sentence == (
        "Your plan has £13.75 for an hour. An hour costs £14.81, so £1.06 is missing for each hour."
        " This is not your fault. Ask us to look at the price in your plan."
    )


def assistant(hours: int, *, name: str = "Sam", pence: int = 13_00, **more: object) -> Assistant:
    rate = Rate(Hour.DAY, pence, date(2026, 4, 1), Fraction(hours))
    facts: dict[str, object] = {"born": date(1990, 5, 1), "starts": date(2026, 4, 1)}
    return Assistant(name=name, rates=(rate,), **(facts | more))  # type: ignore[arg-type]  # facts overridden by name


def parts(cost: Cost) -> dict[str, Fraction]:
    return {part.code: part.yearly for part in cost.parts}


def test_few_regular_hours_cost_pay_holiday_insurance_and_payroll() -> None:
    (cost,) = costs([assistant(6)], DAY, LOCAL)
    worked = 6 * (52 - Fraction("5.6"))
    assert cost.hours == worked
    assert cost.shown_hours == "278.4"  # so that hours times pay is the pay that is shown
    assert cost.pay == worked * 13_00
    assert parts(cost) == {
        "holiday": 6 * Fraction("5.6") * 13_00,  # 5.6 weeks away, paid
        "insurance": 61_00,
        "payroll": 520_00,
    }
    assert cost.yearly == 52 * 6 * 13_00 + 581_00
    assert cost.hourly == 16_66  # 4,637.00 over 278.4 hours is 16.6559
    assert cost.sentence == (
        "You pay Sam £13.00 for an hour of work. With all that comes on top, that hour costs"
        " £16.66."
    )


def test_hours_that_change_earn_holiday_with_each_hour() -> None:
    (cost,) = costs([assistant(6, regular=False)], DAY, LocalCosts())
    assert cost.hours == 312
    assert cost.shown_hours == "312"
    assert parts(cost) == {"holiday": Fraction("12.07") / 100 * 312 * 13_00}
    assert cost.percent == Fraction("12.07")


def test_a_full_week_costs_national_insurance_and_a_pension() -> None:
    (cost,) = costs([assistant(30)], DAY, LocalCosts())
    year = 30 * 52 * 13_00  # 20,280.00
    assert yearly_pay(assistant(30), DAY) == year
    assert parts(cost)["tax"] == Fraction(15, 100) * (year - 5_000_00)
    assert parts(cost)["pension"] == Fraction(3, 100) * (year - 6_240_00)


def test_the_employment_allowance_takes_national_insurance_off_all_assistants_together() -> None:
    two = [assistant(30), assistant(20, name="Alex")]
    assert "tax" not in parts(costs(two, DAY, LocalCosts(), claims_allowance=True)[0])
    many = [assistant(40, name=f"Assistant {n}") for n in range(4)]
    each = Fraction(15, 100) * (40 * 52 * 13_00 - 5_000_00)
    made = costs(many, DAY, LocalCosts(), claims_allowance=True)
    assert sum(parts(cost)["tax"] for cost in made) == 4 * each - 10_500_00


# hours | born | past pension age | must have a pension
PENSIONS = [
    (30, date(1990, 5, 1), False, True),
    (14, date(1990, 5, 1), False, False),  # 9,464 a year
    (15, date(1990, 5, 1), False, True),  # 10,140 a year
    (30, date(2004, 10, 2), False, False),  # 21 for one more day
    (30, date(2004, 10, 1), False, True),
    (30, date(1955, 5, 1), True, False),
]


@pytest.mark.parametrize(("hours", "born", "past", "must"), PENSIONS)
def test_who_must_be_put_into_a_pension(hours: int, born: date, past: bool, must: bool) -> None:
    assert must_have_pension(assistant(hours, born=born, past_pension_age=past), DAY) is must


def test_insurance_is_shared_by_hours_and_whoever_left_has_no_part() -> None:
    three = [assistant(10), assistant(30, name="Alex"),
             assistant(10, name="Kit", ends=date(2026, 9, 30))]  # fmt: skip
    made = costs(three, DAY, LOCAL)
    assert [(cost.name, parts(cost)["insurance"]) for cost in made] == [
        ("Sam", Fraction(61_00, 4)), ("Alex", Fraction(3 * 61_00, 4)),
    ]  # fmt: skip


def test_nothing_comes_on_top_of_a_bill() -> None:
    (cost,) = costs([assistant(10, pence=16_00, employed=False)], DAY, LOCAL)
    assert (cost.parts, cost.hourly) == ((), 16_00)


def test_without_hours_there_is_no_cost_of_an_hour_and_the_page_says_what_is_missing() -> None:
    (cost,) = costs([assistant(0)], DAY, LOCAL)
    assert cost.hourly == 0
    assert cost.sentence == "Say how many hours Sam works, to see what an hour costs."


def test_a_part_says_whether_its_figures_are_verified() -> None:
    (cost,) = costs([assistant(30)], DAY, LOCAL)
    assert {part.code: part.verified for part in cost.parts} == {
        "holiday": True, "tax": False, "pension": False, "insurance": True, "payroll": True,
    }  # fmt: skip


def test_a_cost_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="below zero"):
        LocalCosts(insurance_yearly=-1)
