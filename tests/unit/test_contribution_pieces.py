"""The days of a budget cut where the person's contribution changes."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from wherewithal.dates import Period
from wherewithal.web.budgets.charges.contributions import pieces

APRIL, MAY, JUNE, JULY = (date(2026, month, 6) for month in (4, 5, 6, 7))
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def test_without_a_change_the_whole_budget_is_one_piece() -> None:
    assert pieces(Period(APRIL), 1_000, []) == ((Period(APRIL), 1_000),)


def test_each_change_begins_a_piece_that_lasts_until_the_next() -> None:
    found = pieces(Period(APRIL, JULY), 1_000, [(MAY, 1_200), (JUNE, 900)])
    assert found == (
        (Period(APRIL, MAY), 1_000), (Period(MAY, JUNE), 1_200), (Period(JUNE, JULY), 900),
    )  # fmt: skip


def test_a_change_before_the_first_day_counts_from_the_first_day() -> None:
    assert pieces(Period(MAY), 1_000, [(APRIL, 500)]) == ((Period(MAY), 500),)


def test_a_change_after_the_last_day_is_left_out() -> None:
    assert pieces(Period(APRIL, JUNE), 1_000, [(JUNE, 5)]) == ((Period(APRIL, JUNE), 1_000),)


def test_a_change_to_the_same_sum_makes_no_new_piece() -> None:
    found = pieces(Period(APRIL), 1_000, [(MAY, 1_000), (JUNE, 900)])
    assert found == ((Period(APRIL, JUNE), 1_000), (Period(JUNE), 900))


@given(days, st.none() | st.integers(1, 300), st.dictionaries(days, st.integers(0, 3)))
def test_pieces_join_cover_the_budget_and_give_each_day_its_newest_sum(
    first: date, length: int | None, changes: dict[date, int]
) -> None:
    end = None if length is None else date.fromordinal(first.toordinal() + length)
    found = pieces(Period(first, end), 7, sorted(changes.items()))
    assert (found[0][0].start, found[-1][0].end) == (first, end)
    for (period, weekly), (after, other) in pairwise(found):
        assert period.end == after.start
        assert weekly != other
    for period, weekly in found:
        begun = [day for day in changes if day <= period.start]
        assert weekly == (changes[max(begun)] if begun else 7)
