"""The friendly list of what an employer has to see to."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from wherewithal.employing.assistants import Assistant, Hour, Rate
from wherewithal.employing.duties import Check, InPlace, State, checks
from wherewithal.employing.on_costs import LocalCosts, costs

DAY = date(2026, 11, 22)
STARTS = date(2026, 5, 4)


def assistant(hours: str = "9", pence: int = 13_00, **more: Any) -> Assistant:
    facts = {"statement_on": STARTS, "right_to_work_on": date(2026, 4, 20)} | more
    card = (Rate(Hour.DAY, pence, date(2026, 4, 1), Fraction(hours)),)
    return Assistant("Sam", date(1990, 5, 1), STARTS, card, **facts)


def check(code: str, who: Assistant, **place: Any) -> Check:
    found = checks([who], InPlace(**place), DAY)
    return next(each for each in found if each.code == code)


# what is in place | state | words in it
INSURANCE = [
    ({}, State.DO, "fined up to £2,500.00 a day"),
    ({"insured_until": date(2026, 11, 21)}, State.DO, "It ended on 21 November 2026"),
    ({"insured_until": date(2027, 4, 1), "insured_for": 2_000_000_00}, State.DO, "Yours is for"),
    ({"insured_until": date(2027, 4, 1), "insured_for": 5_000_000_00}, State.GOOD, "until 1 April"),
    ({"insured_until": date(2026, 11, 22)}, State.GOOD, "until 22 November 2026"),
]


@pytest.mark.parametrize(("place", "state", "words"), INSURANCE)
def test_insurance_has_to_be_there_run_on_and_be_enough(
    place: dict[str, Any], state: State, words: str
) -> None:
    found = check("insured", assistant(), **place)
    assert found.state == state
    assert words in found.sentence


def test_insurance_that_ends_soon_is_to_be_renewed() -> None:
    assert check("insured", assistant(), insured_until=date(2026, 12, 20)).next
    assert not check("insured", assistant(), insured_until=date(2026, 12, 21)).next


# hours | other pay | registered | state
PAYE = [
    ("9.61", False, None, State.NOT_NEEDED),  # 124.93 a week
    ("9.62", False, None, State.DO),  # 125.06 a week
    ("9.62", False, True, State.GOOD),
    ("2", True, None, State.DO),
    ("2", True, True, State.GOOD),
]


@pytest.mark.parametrize(("hours", "other", "registered", "state"), PAYE)
def test_an_employer_registers_from_the_lower_earnings_limit_or_where_there_is_other_pay(
    hours: str, other: bool, registered: bool | None, state: State
) -> None:
    found = check("paye", assistant(hours, has_other_pay=other), has_paye=registered)
    assert found.state == state


# hours | there is a pension | state
PENSIONS = [("9", None, State.NOT_NEEDED), ("30", None, State.DO), ("30", True, State.GOOD)]


@pytest.mark.parametrize(("hours", "there", "state"), PENSIONS)
def test_a_pension_is_needed_where_the_law_says_so(
    hours: str, there: bool | None, state: State
) -> None:
    assert check("pension", assistant(hours), has_pension=there).state == state


def test_terms_are_due_in_writing_on_the_first_day() -> None:
    assert check("statement", assistant()).state == State.GOOD
    late = check("statement", assistant(statement_on=date(2026, 6, 1)))
    assert (late.state, "should be the first day" in late.sentence) == (State.GOOD, True)
    missing = check("statement", assistant(statement_on=None))
    assert (missing.state, "it was due on the first day" in missing.next) == (State.DO, True)


def test_the_right_to_work_is_seen_before_the_first_day() -> None:
    assert check("right-to-work", assistant()).state == State.GOOD
    assert (
        "after the first day"
        in check("right-to-work", assistant(right_to_work_on=date(2026, 7, 1))).sentence
    )
    assert check("right-to-work", assistant(right_to_work_on=None)).state == State.DO


def test_pay_below_the_least_wage_is_to_be_made_good() -> None:
    found = check("wage", assistant(pence=12_70))
    assert (found.state, found.next) == (
        State.DO,
        "Pay £12.71 or more, and make up what was short.",
    )


def test_someone_self_employed_needs_no_insurance_or_paye_but_a_test() -> None:
    found = checks([assistant(employed=False)], InPlace(), DAY)
    assert [(each.code, each.state) for each in found] == [("self-employed", State.ASK)]


def test_whoever_left_is_no_longer_on_the_list() -> None:
    assert checks([assistant(ends=date(2026, 11, 1))], InPlace(), DAY) == ()


@pytest.mark.parametrize(("rate", "state"), [(16_00, State.GOOD), (14_00, State.ASK)])
def test_the_price_in_the_plan_is_held_against_the_cost_of_an_hour(rate: int, state: State) -> None:
    made = costs([assistant()], DAY, LocalCosts())
    found = checks([assistant()], InPlace(), DAY, made=made, rate=rate)
    price = next(each for each in found if each.code == "price")
    assert price.state == state
    assert "not your fault" in price.sentence or price.state == State.GOOD


def test_whatever_is_to_be_done_says_how_and_what_says_so() -> None:
    found = checks(
        [assistant("30", 12_00, statement_on=None, right_to_work_on=None)], InPlace(), DAY
    )
    assert {each.code for each in found if each.state == State.DO} == {
        "wage", "statement", "right-to-work", "insured", "paye", "pension",
    }  # fmt: skip
    assert all(each.next and each.source for each in found if each.state == State.DO)
