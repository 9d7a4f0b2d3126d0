"""When a provider's bill can be paid at once, and what is asked about first."""

from datetime import date
from fractions import Fraction

import pytest

from wherewithal.dates import Period
from wherewithal.ledger.billing import Billed, Planned, Tolerance, compare
from wherewithal.ledger.schedule import BudgetPiece

MONDAY = date(2026, 11, 16)
FOUR_WEEKS = Period(MONDAY, date(2026, 12, 14))
# 7 hours a week at £20.00: £140.00 a week, £560.00 for four weeks
PLAN = Planned((BudgetPiece(Period(MONDAY), 140_00),), "hour", Fraction(7), 20_00)
FIVE_PERCENT = Tolerance(percent=5, pence=5_00)


@pytest.mark.parametrize(
    ("pence", "hours", "within", "rules"),
    [
        (560_00, 28, True, []),
        (588_00, 28, True, []),  # 5% more, and its price too
        (588_01, 28, False, ["sum-above", "price-above"]),
        (588_00, 30, False, ["units-above"]),  # more hours, each cheaper
        (560_00, None, True, []),
        (532_00, 26, True, []),
        (420_00, 21, True, ["sum-below"]),  # a question for the person, not a hindrance
        (500_00, 25, True, ["sum-below", "round-sum"]),
        (600_00, 30, False, ["sum-above", "units-above", "round-sum"]),
    ],
)
def test_a_bill_beside_its_plan(
    pence: int, hours: int | None, within: bool, rules: list[str]
) -> None:
    billed = Billed(FOUR_WEEKS, pence, Fraction(hours) if hours else None)
    found = compare(billed, PLAN, FIVE_PERCENT)
    assert (found.planned, found.units_planned) == (560_00, Fraction(28))
    assert (found.within, [finding.rule for finding in found.findings]) == (within, rules)


def test_on_a_small_line_a_fixed_sum_is_the_tolerance() -> None:
    small = Planned((BudgetPiece(Period(MONDAY), 7_00),))
    assert compare(Billed(FOUR_WEEKS, 33_00), small, FIVE_PERCENT).within
    assert not compare(Billed(FOUR_WEEKS, 33_01), small, FIVE_PERCENT).within


@pytest.mark.parametrize(
    ("days", "rule", "words"),
    [
        (Period(date(2026, 11, 14), date(2026, 12, 12)), "outside-budget",
         "The budget does not run on all days of 14 Nov to 11 Dec 2026."),
        (Period(date(2027, 1, 11), date(2027, 2, 8)), "billed-twice",
         "Another bill for this line is for 11 Jan to 17 Jan 2027 too."),
        (Period(date(2026, 12, 14), date(2027, 1, 11)), "while-away",
         "The person was in hospital or away for 14 Dec to 20 Dec 2026."),
    ],
)  # fmt: skip
def test_days_that_cannot_be_right_are_asked_about(days: Period, rule: str, words: str) -> None:
    found = compare(
        Billed(days, 560_00), PLAN, Tolerance(percent=100, pence=0),
        other_bills=[Billed(Period(date(2027, 1, 4), date(2027, 1, 18)), 280_00)]
        if rule == "billed-twice" else [],
        paused=[Period(date(2026, 12, 10), date(2026, 12, 21))] if rule == "while-away" else [],
    )  # fmt: skip
    assert [(finding.rule, finding.words) for finding in found.findings if finding.stops] == [
        (rule, words)
    ]


@pytest.mark.parametrize(
    ("days", "pence", "units", "told"),
    [
        (Period(MONDAY), 1, None, "has no last day"),
        (FOUR_WEEKS, 0, None, "can't be paid"),
        (FOUR_WEEKS, 1, Fraction(0), "above 0"),
    ],
)
def test_a_bill_without_days_sum_or_hours_is_refused(
    days: Period, pence: int, units: Fraction | None, told: str
) -> None:
    with pytest.raises(ValueError, match=told):
        Billed(days, pence, units)
