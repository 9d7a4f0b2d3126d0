"""The limit on care home stays, checked against counting every day of every year."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from wherewithal.careact.care_home_stays import GAP_DAYS, check_stays
from wherewithal.dates import Period

START = date(2026, 1, 1)
LENGTHS_AND_GAPS = st.lists(st.tuples(st.integers(1, 40), st.integers(1, 35)), max_size=20)


def stays_from(pairs: list[tuple[int, int]]) -> list[Period]:
    stays, day = [], START
    for length, gap in pairs:
        stays.append(Period(day, day + timedelta(days=length)))
        day += timedelta(days=length + gap)
    return stays


def longest_by_counting(pairs: list[tuple[int, int]]) -> int:
    """Mark each day with the number of its run, then look at every stretch of 365 days."""
    runs: list[int] = []
    run = 1
    for length, gap in pairs:
        runs += [run] * length + [0] * gap
        run += gap >= GAP_DAYS
    years = (runs[day : day + 365] for day in range(len(runs)))
    return max((year.count(number) for year in years for number in set(year) - {0}), default=0)


@given(LENGTHS_AND_GAPS)
def test_the_longest_run_is_what_counting_day_by_day_gives(pairs: list[tuple[int, int]]) -> None:
    assert check_stays(stays_from(pairs)).longest_days == longest_by_counting(pairs)


@given(LENGTHS_AND_GAPS)
def test_the_order_in_which_stays_are_entered_does_not_matter(
    pairs: list[tuple[int, int]],
) -> None:
    stays = stays_from(pairs)
    assert check_stays(stays[::-1]) == check_stays(stays)
