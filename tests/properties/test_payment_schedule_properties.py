"""What must hold of every payment schedule."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from wherewithal.dates import Period
from wherewithal.ledger.schedule import BudgetPiece, Due, came_to, due

START = date(2026, 4, 6)

amounts = st.integers(0, 5_000_00)


@st.composite
def budgets(draw: st.DrawFn) -> list[BudgetPiece]:
    pieces = []
    day = START + timedelta(days=draw(st.integers(-40, 40)))
    for _ in range(draw(st.integers(1, 5))):
        day += timedelta(days=draw(st.sampled_from([0, 0, 0, 1, 9])))
        end = day + timedelta(days=draw(st.integers(1, 120)))
        pieces.append(BudgetPiece(Period(day, end), draw(amounts), draw(amounts)))
        day = end
    return pieces


windows = st.builds(
    lambda first, days: Period(START + timedelta(first), START + timedelta(first + days)),
    st.integers(-60, 60),
    st.integers(1, 400),
)
schedules = {
    "anchor": st.dates(date(2024, 1, 1), date(2028, 1, 1)),
    "weeks_each": st.integers(1, 6),
}


def exact(pieces: list[BudgetPiece], window: Period) -> tuple[Fraction, Fraction]:
    """Count day by day, without rounding: the slow and obvious way."""
    assert window.end is not None
    gross = contribution = Fraction(0)
    for number in range(window.days):
        day = window.start + timedelta(days=number)
        for piece in pieces:
            if day in piece.period:
                gross += Fraction(piece.weekly_gross, 7)
                contribution += Fraction(min(piece.weekly_contribution, piece.weekly_gross), 7)
    return gross, contribution


def totals(dues: tuple[Due, ...]) -> tuple[int, int, int]:
    return (
        sum(each.gross for each in dues),
        sum(each.contribution for each in dues),
        sum(each.net for each in dues),
    )


@given(pieces=budgets(), window=windows, **schedules)
def test_every_day_is_paid_once_within_a_penny_a_part(
    pieces: list[BudgetPiece], window: Period, anchor: date, weeks_each: int
) -> None:
    dues = due(pieces, anchor=anchor, weeks_each=weeks_each, window=window)
    parts = [part for each in dues for part in each.parts]
    gross, contribution = exact(pieces, window)
    assert abs(sum(part.gross for part in parts) - gross) <= len(parts)
    assert abs(contribution - sum(part.contribution for part in parts)) <= len(parts)
    days = [part.period.start + timedelta(n) for part in parts for n in range(part.days)]
    assert len(set(days)) == len(days)
    assert all(day in window for day in days)


@given(pieces=budgets(), **schedules)
def test_a_whole_budget_is_rounded_once_and_its_contribution_in_the_persons_favour(
    pieces: list[BudgetPiece], anchor: date, weeks_each: int
) -> None:
    window = Period(START - timedelta(100), START + timedelta(800))
    dues = due(pieces, anchor=anchor, weeks_each=weeks_each, window=window)
    gross, contribution = exact(pieces, window)
    stretches = len(pieces)
    assert abs(sum(each.gross for each in dues) - gross) <= Fraction(stretches, 2)
    assert 0 <= contribution - sum(each.contribution for each in dues) <= stretches
    assert (sum(each.gross for each in dues), sum(each.contribution for each in dues)) == came_to(
        pieces, window
    )


@given(pieces=budgets(), window=windows, **schedules)
def test_each_payment_is_gross_less_contribution_and_falls_a_penny_below_zero_at_most(
    pieces: list[BudgetPiece], window: Period, anchor: date, weeks_each: int
) -> None:
    for each in due(pieces, anchor=anchor, weeks_each=weeks_each, window=window):
        assert each.net >= -len(each.parts)
        assert each.net == each.gross - each.contribution
        assert each.days == sum(part.days for part in each.parts) <= 7 * weeks_each


@given(pieces=budgets(), window=windows, data=st.data(), **schedules)
def test_writing_a_budget_in_two_pieces_changes_nothing(
    pieces: list[BudgetPiece], window: Period, data: st.DataObject, anchor: date, weeks_each: int
) -> None:
    which = data.draw(st.integers(0, len(pieces) - 1))
    piece = pieces[which]
    cut = piece.period.start + timedelta(data.draw(st.integers(0, piece.period.days)))
    halves = [
        BudgetPiece(period, piece.weekly_gross, piece.weekly_contribution)
        for period in (Period(piece.period.start, cut), Period(cut, piece.period.end))
    ]
    split = [*pieces[:which], *halves, *pieces[which + 1 :]]
    whole_dues = due(pieces, anchor=anchor, weeks_each=weeks_each, window=window)
    assert due(split, anchor=anchor, weeks_each=weeks_each, window=window) == whole_dues


@given(pieces=budgets(), window=windows, data=st.data(), **schedules)
def test_paying_in_two_runs_moves_no_penny(
    pieces: list[BudgetPiece], window: Period, data: st.DataObject, anchor: date, weeks_each: int
) -> None:
    cut = window.start + timedelta(data.draw(st.integers(0, window.days)))
    runs = [Period(window.start, cut), Period(cut, window.end)]
    one = totals(due(pieces, anchor=anchor, weeks_each=weeks_each, window=window))
    two = [totals(due(pieces, anchor=anchor, weeks_each=weeks_each, window=run)) for run in runs]
    assert one == tuple(first + second for first, second in zip(*two, strict=True))
