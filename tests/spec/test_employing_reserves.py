"""What an employer should have put by: holiday, redundancy, tax and pension, insurance."""

from datetime import date
from fractions import Fraction

import pytest

from wherewithal.employing.assistants import Assistant, Hour, Rate
from wherewithal.employing.on_costs import LocalCosts, costs
from wherewithal.employing.payslips import PayMonth, month_totals
from wherewithal.employing.reserves import (
    anniversary,
    each_month,
    earmarks,
    holiday_owed,
    leave_year,
    redundancy,
)

STARTS = date(2024, 11, 30)


def assistant(
    *, born: date = date(1990, 5, 1), starts: date = STARTS, hours: int = 10,
    regular: bool = True, employed: bool = True,
) -> Assistant:  # fmt: skip
    card = (Rate(Hour.DAY, 13_00, starts, Fraction(hours)),)
    return Assistant("Sam", born, starts, card, regular=regular, employed=employed)


# born | started | ends on | weekly pay counted | weeks | due
REDUNDANCY = [
    (date(1990, 5, 1), STARTS, date(2026, 11, 29), 130_00, "1", 0),  # a day short of two years
    (date(1990, 5, 1), STARTS, date(2026, 11, 30), 130_00, "2", 260_00),
    (date(2004, 6, 1), STARTS, date(2026, 11, 30), 130_00, "1", 130_00),  # both begun under 22
    (date(2003, 6, 1), STARTS, date(2026, 11, 30), 130_00, "1.5", 195_00),  # one begun at 22
    (date(1984, 6, 1), STARTS, date(2026, 11, 30), 130_00, "2.5", 325_00),  # one begun at 41
    (date(1960, 6, 1), date(2001, 1, 1), date(2026, 11, 30), 130_00, "30", 3_900_00),  # 20 count
]


@pytest.mark.parametrize(("born", "starts", "ends", "week", "weeks", "due"), REDUNDANCY)
def test_redundancy_counts_whole_years_by_age(
    born: date, starts: date, ends: date, week: int, weeks: str, due: int
) -> None:
    found = redundancy(assistant(born=born, starts=starts), ends)
    assert (found.week, found.weeks, found.due) == (week, Fraction(weeks), due)


def test_a_week_counts_up_to_the_cap_which_nobody_has_verified() -> None:
    found = redundancy(assistant(hours=70), date(2026, 11, 30))
    assert (found.week, found.due) == (751_00, 1_502_00)
    assert [figure.verified for figure in found.figures] == [False]


def test_redundancy_is_built_up_from_the_first_day() -> None:
    half_way = redundancy(assistant(), date(2025, 5, 31))
    assert (half_way.due, half_way.built_up) == (0, 64_83)  # 182 of 365 days of 130.00, up


def test_a_leave_year_turns_on_the_day_the_job_began() -> None:
    year = leave_year(assistant(), date(2026, 11, 22))
    assert (year.start, year.end) == (date(2025, 11, 30), date(2026, 11, 30))
    assert anniversary(date(2024, 2, 29), 1) == date(2025, 3, 1)
    with pytest.raises(ValueError, match="Sam starts on 30 November 2024"):
        leave_year(assistant(), date(2024, 11, 29))


def slip(month: date, **more: object) -> PayMonth:
    return PayMonth(month=month, gross=560_00, **more)  # type: ignore[arg-type]  # by name


def test_regular_hours_earn_holiday_day_by_day() -> None:
    day = date(2026, 5, 31)  # 182 days into the leave year
    slips = [slip(date(2026, 3, 1), holiday_hours=Fraction(10)),
             slip(date(2025, 11, 1), holiday_hours=Fraction(10))]  # fmt: skip  # last year's
    found = holiday_owed(assistant(), day, slips)
    assert found.earned == Fraction("5.6") * 10 * Fraction(182, 365)
    assert found.taken == 10
    assert found.pence == 233_01  # 17.9233 hours at 13.00, rounded up


def test_hours_that_change_earn_holiday_with_the_hours_on_the_payslips() -> None:
    slips = [slip(date(2026, 3, 1), hours=Fraction(43))]
    found = holiday_owed(assistant(regular=False), date(2026, 5, 31), slips)
    assert found.earned == Fraction("12.07") / 100 * 43
    usual = holiday_owed(assistant(regular=False), date(2026, 5, 31))
    assert usual.earned == Fraction("12.07") / 100 * 10 * Fraction(182, 7)


def test_what_was_taken_too_early_is_no_money_below_zero() -> None:
    slips = [slip(date(2026, 1, 1), holiday_hours=Fraction(56))]
    found = holiday_owed(assistant(), date(2026, 5, 31), slips)
    assert found.left < 0
    assert found.pence == 0


def test_payslips_of_a_month_are_added_up() -> None:
    totals = month_totals([
        slip(date(2026, 9, 1), taken_off=40_00, employer_insurance=20_00, own_pension=10_00,
             employer_pension=6_00),
        slip(date(2026, 9, 1), tax_paid=True, taken_off=1_00),
        slip(date(2026, 8, 1)),
    ])  # fmt: skip
    assert [total.month for total in totals] == [date(2026, 8, 1), date(2026, 9, 1)]
    september = totals[1]
    assert (september.gross, september.net, september.cost) == (1120_00, 1069_00, 1146_00)
    assert (september.tax_due, september.pension_due) == (60_00, 16_00)


def test_a_payslip_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match=r"more than £560\.00"):
        slip(date(2026, 9, 1), taken_off=560_01)
    with pytest.raises(ValueError, match="A month begins on its first day"):
        slip(date(2026, 9, 2))
    with pytest.raises(ValueError, match="below zero"):
        slip(date(2026, 9, 1), employer_pension=-1)


def test_what_is_spoken_for_has_a_kind_and_a_reason() -> None:
    day = date(2026, 11, 30)
    slips = {"Sam": [slip(date(2026, 10, 1), taken_off=40_00, employer_pension=6_00)]}
    marks = earmarks(
        [assistant()], slips, day, insurance_yearly=61_00, insured_since=date(2026, 9, 18)
    )
    assert [(mark.kind, mark.pence) for mark in marks] == [
        ("redundancy", 260_00), ("tax", 40_00), ("tax", 6_00), ("insurance", 12_20),
    ]  # fmt: skip  # the leave year begins anew that day, so no holiday is owed
    assert marks[0].sentence == (
        "Sam has worked for you since 30 November 2024. If the job ended today, £260.00 would"
        " be due."
    )
    assert not marks[0].verified


def test_nothing_is_spoken_for_where_nobody_works() -> None:
    assert earmarks([], {}, date(2026, 11, 30)) == ()
    assert earmarks([assistant(employed=False)], {}, date(2026, 11, 30)) == ()


def test_what_to_put_by_each_month_pays_every_bill_of_the_year() -> None:
    sam, day, local = assistant(), date(2026, 11, 22), LocalCosts(61_00, 10_00)
    rows = {row.label: row.pence for row in each_month(costs([sam], day, local), [sam], day)}
    assert rows == {
        "Holiday pay": 60_67,  # 5.6 weeks of 130.00 over twelve months, rounded up
        "Employer’s National Insurance": 22_00,  # 15% of 6,760.00 less 5,000.00, over twelve
        "Insurance": 5_09,
        "Redundancy pay": 10_84,
    }
