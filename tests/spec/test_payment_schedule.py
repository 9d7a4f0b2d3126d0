"""How a budget held as a direct payment is paid, period after period."""

from datetime import date

import pytest

from wherewithal.dates import Period
from wherewithal.ledger.schedule import BudgetPiece, due

MONDAY = date(2026, 1, 12)
FOUR_WEEKS = Period(MONDAY, date(2026, 2, 9))


def test_four_weeks_of_a_budget_is_four_times_the_week() -> None:
    # Cost 415.00 a week, contribution 82.75: the council pays 332.25 a week.
    piece = BudgetPiece(Period(MONDAY), 415_00, 82_75)
    (payment,) = due([piece], anchor=MONDAY, window=FOUR_WEEKS)
    assert (payment.days, payment.gross, payment.contribution, payment.net) == (
        28,
        1660_00,
        331_00,
        1329_00,
    )
    assert payment.period == FOUR_WEEKS
    assert payment.sentence == (
        "12 Jan to 8 Feb 2026: 28 days at £415.00 a week is £1,660.00. "
        "Your contribution of £82.75 a week is £331.00, which leaves £1,329.00."
    )


@pytest.mark.parametrize(
    ("days", "weekly_gross", "weekly_contribution", "gross", "contribution", "net"),
    [
        (7, 415_00, 82_75, 415_00, 82_75, 332_25),
        (1, 415_00, 82_75, 59_29, 11_82, 47_47),  # 59.2857 half up; 11.8214 down
        (10, 415_00, 82_75, 592_86, 118_21, 474_65),  # 592.857 half up; 118.214 down
        (14, 50_00, 0, 100_00, 0, 100_00),
        (3, 1, 1, 0, 0, 0),  # three sevenths of a penny is nothing
        (4, 1, 1, 1, 0, 1),  # four sevenths is a penny of cost, and none of contribution
        (28, 142_00, 142_00, 568_00, 568_00, 0),  # a contribution that meets the whole cost
        (28, 100_00, 142_00, 400_00, 400_00, 0),  # is never charged beyond it
    ],
)
def test_part_of_a_period_is_paid_by_the_day(
    days: int, weekly_gross: int, weekly_contribution: int, gross: int, contribution: int, net: int
) -> None:
    ends = date.fromordinal(MONDAY.toordinal() + days)
    piece = BudgetPiece(Period(MONDAY, ends), weekly_gross, weekly_contribution)
    (payment,) = due([piece], anchor=MONDAY, window=FOUR_WEEKS)
    assert payment.days == days
    assert (payment.gross, payment.contribution, payment.net) == (gross, contribution, net)


def test_a_change_in_the_middle_of_a_period_makes_two_parts() -> None:
    change = date(2026, 1, 22)
    pieces = [
        BudgetPiece(Period(MONDAY, change), 415_00, 82_75),
        BudgetPiece(Period(change), 500_00, 82_75),
    ]
    (payment,) = due(pieces, anchor=MONDAY, window=FOUR_WEEKS)
    assert [(part.days, part.gross, part.contribution) for part in payment.parts] == [
        (10, 592_86, 118_21),
        (18, 1285_71, 212_78),
    ]
    assert payment.net == 1547_58
    assert payment.sentence == (
        "12 Jan to 21 Jan 2026: 10 days at £415.00 a week is £592.86. "
        "Your contribution of £82.75 a week is £118.21, which leaves £474.65. "
        "22 Jan to 8 Feb 2026: 18 days at £500.00 a week is £1,285.71. "
        "Your contribution of £82.75 a week is £212.78, which leaves £1,072.93. "
        "Together that is £1,547.58."
    )


def test_a_year_of_four_week_periods_is_thirteen_payments() -> None:
    piece = BudgetPiece(Period(MONDAY), 415_00, 82_75)
    payments = due([piece], anchor=MONDAY, window=Period(MONDAY, date(2027, 1, 11)))
    assert [payment.net for payment in payments] == [1329_00] * 13


def test_a_budget_that_starts_late_in_a_period_is_paid_from_its_first_day() -> None:
    piece = BudgetPiece(Period(date(2026, 2, 2)), 70_00)
    (payment,) = due([piece], anchor=MONDAY, window=FOUR_WEEKS)
    assert payment.period == FOUR_WEEKS
    assert (payment.days, payment.net) == (7, 70_00)
    assert payment.sentence == "2 Feb to 8 Feb 2026: 7 days at £70.00 a week is £70.00."


def test_pay_periods_keep_step_with_the_anchor_before_it_as_well_as_after() -> None:
    piece = BudgetPiece(Period(date(2025, 1, 1)), 70_00)
    payments = due([piece], anchor=MONDAY, window=Period(date(2025, 12, 15), date(2026, 2, 9)))
    assert [payment.period.start for payment in payments] == [date(2025, 12, 15), MONDAY]
    assert payments[0].sentence.startswith("15 Dec 2025 to 11 Jan 2026: 28 days")


def test_periods_can_be_any_number_of_weeks() -> None:
    piece = BudgetPiece(Period(MONDAY), 70_00)
    payments = due([piece], anchor=MONDAY, weeks_each=2, window=FOUR_WEEKS)
    assert [(payment.days, payment.net) for payment in payments] == [(14, 140_00), (14, 140_00)]


def test_nothing_is_due_where_nothing_is_budgeted() -> None:
    assert due([], anchor=MONDAY, window=FOUR_WEEKS) == ()
    over = BudgetPiece(Period(date(2025, 1, 1), MONDAY), 70_00)
    assert due([over], anchor=MONDAY, window=FOUR_WEEKS) == ()


def test_a_gap_in_the_budget_is_not_paid() -> None:
    pieces = [
        BudgetPiece(Period(MONDAY, date(2026, 1, 19)), 70_00),
        BudgetPiece(Period(date(2026, 2, 2)), 70_00),
    ]
    (payment,) = due(pieces, anchor=MONDAY, window=FOUR_WEEKS)
    assert (payment.days, payment.net) == (14, 140_00)


def test_one_day_is_told_as_one_day() -> None:
    piece = BudgetPiece(Period(MONDAY, date(2026, 1, 13)), 70_00)
    (payment,) = due([piece], anchor=MONDAY, window=FOUR_WEEKS)
    assert payment.sentence == "12 Jan 2026: 1 day at £70.00 a week is £10.00."


def test_two_budgets_for_the_same_day_are_refused() -> None:
    pieces = [
        BudgetPiece(Period(MONDAY, date(2026, 2, 1)), 70_00),
        BudgetPiece(Period(date(2026, 1, 30)), 80_00),
    ]
    with pytest.raises(ValueError, match=r"2026-01-12 and the one from 2026-01-30 cover the same"):
        due(pieces, anchor=MONDAY, window=FOUR_WEEKS)


def test_a_window_without_end_is_refused() -> None:
    with pytest.raises(ValueError, match="have no last day"):
        due([], anchor=MONDAY, window=Period(MONDAY))


def test_a_period_without_a_week_is_refused() -> None:
    with pytest.raises(ValueError, match="pay period of 0 weeks"):
        due([], anchor=MONDAY, weeks_each=0, window=FOUR_WEEKS)


def test_a_negative_amount_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"weekly budget from 2026-01-12 is −£0\.01"):
        BudgetPiece(Period(MONDAY), -1)
    with pytest.raises(ValueError, match=r"weekly contribution from 2026-01-12 is −£5\.00"):
        BudgetPiece(Period(MONDAY), 100, -5_00)
