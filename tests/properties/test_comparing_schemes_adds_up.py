"""Comparing schemes: sums add up to the penny, and protection protects and then ends."""

from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from wherewithal.allocation.cases import Groups
from wherewithal.scheme import packaged
from wherewithal.simulation import (
    Comparison,
    Protection,
    Threshold,
    cost_by_year,
    people_to_look_at,
    report_on,
)
from wherewithal.simulation.protection import protected
from wherewithal.simulation.tallies import tally

STANDARD = packaged("standard-adult")
PENCE = st.integers(0, 200_000)
PROTECTIONS = st.one_of(
    st.just(Protection("none")),
    st.builds(Protection, st.just("full"), st.integers(1, 5)),
    st.builds(
        Protection,
        st.just("cap"),
        st.integers(1, 5),
        st.fractions(0, 100, max_denominator=100),
    ),
    st.builds(Protection, st.just("taper"), st.integers(1, 5)),
)
THRESHOLDS = st.one_of(
    st.builds(Threshold, percent=st.sampled_from([Fraction(p) for p in (0, 5, 20, 33)])),
    st.builds(Threshold, pence=st.sampled_from([0, 1000, 5000, 12345])),
)


@st.composite
def comparisons(draw: st.DrawFn, fewest: int = 1) -> Comparison:
    people = draw(st.integers(fewest, fewest + 40))
    row = st.tuples(
        PENCE,
        st.integers(-3, 3),
        st.sampled_from([1, 700, 9000]),
        st.sampled_from([0, 0, 0, 0, 1, 2]),
        st.integers(-1, 2),
    )
    rows = draw(st.lists(row, min_size=people, max_size=people))
    now = [pence for pence, *_ in rows]
    then = [max(0, pence + times * size) for pence, times, size, _, _ in rows]
    statuses = [status for _, _, _, status, _ in rows]
    area = np.array([place for *_, place in rows], np.int8)
    return Comparison(
        (STANDARD, STANDARD),
        tuple(f"p{place}" for place in range(people)),
        np.array(now, np.int64),
        np.array(then, np.int64),
        np.array([*[0] * fewest, *statuses[fewest:]], np.int8),
        np.zeros(people, np.int8),
        {"area": Groups(("north", "south", "west"), area)},
        (),
        0,
    )


@given(comparisons(), THRESHOLDS)
def test_rises_less_falls_are_the_change_in_every_table(
    comparison: Comparison, threshold: Threshold
) -> None:
    found = tally(comparison, threshold, smallest=1)
    assert found.gains is not None
    assert found.losses is not None
    assert found.gains - found.losses == found.whole.change
    assert sum(band.change or 0 for band in found.by_percent) == found.whole.change
    assert sum(band.change or 0 for band in found.by_pounds) == found.whole.change
    for *rows, whole in found.by_label.values():
        assert sum(row.change or 0 for row in rows) == whole.change
        assert sum(row.people or 0 for row in rows) == whole.people == comparison.both.sum()
        assert sum(row.without or 0 for row in rows) == whole.without
        assert all(sum(each or 0 for each in row.outcomes) == row.people for row in rows)


@given(comparisons(), THRESHOLDS)
def test_everyone_who_falls_beyond_is_named_and_nobody_else(
    comparison: Comparison, threshold: Threshold
) -> None:
    named = {p.id for p in people_to_look_at(comparison, threshold) if p.then is not None}
    for person, a, b, both in zip(
        comparison.ids, comparison.now, comparison.then, comparison.both, strict=True
    ):
        fall = int(a) - int(b)
        if threshold.percent is None:
            beyond = fall > (threshold.pence or 0)
        else:
            beyond = fall > 0 and Fraction(fall * 100) > threshold.percent * int(a)
        assert (person in named) == (bool(both) and beyond)
    whole = tally(comparison, threshold, smallest=1).whole
    assert whole.outcomes[-1] == len(named)


@given(comparisons(), PROTECTIONS)
def test_protection_never_pays_less_than_the_new_figure_and_ends(
    comparison: Comparison, protection: Protection
) -> None:
    now, then = comparison.now, comparison.then
    before = np.maximum(now, then)
    for year in range(1, protection.years + 2):
        paid = protected(now, then, protection, year)
        assert (paid >= then).all()
        assert (paid <= before).all()
        assert (paid[then >= now] == then[then >= now]).all()
        before = paid
    costs = cost_by_year(comparison, protection)
    assert costs[-1].pence == 0
    assert [year.pence for year in costs] == sorted((y.pence for y in costs), reverse=True)


@given(comparisons(), st.integers(1, 5), st.fractions(0, 100, max_denominator=100))
def test_a_cap_keeps_every_yearly_fall_within_it(
    comparison: Comparison, years: int, percent: Fraction
) -> None:
    before = comparison.now
    protection = Protection("cap", years, percent)
    for year in range(1, years + 1):
        paid = protected(comparison.now, comparison.then, protection, year)
        for a, b in zip(before.tolist(), paid.tolist(), strict=True):
            assert Fraction(a - b) <= Fraction(a) * percent / 100
        before = paid


@settings(max_examples=50, deadline=None)
@given(comparisons(fewest=8), THRESHOLDS, st.integers(2, 8))
def test_no_count_under_the_smallest_is_in_any_tally(
    comparison: Comparison, threshold: Threshold, smallest: int
) -> None:
    found = tally(comparison, threshold, smallest=smallest)
    rows = [row for rows in found.by_label.values() for row in rows]
    counts = [each for row in rows for each in (row.people, row.without, *row.outcomes)]
    counts += [band.people for band in (*found.by_percent, *found.by_pounds, *found.statuses)]
    assert not [count for count in counts if count is not None and 0 < count < smallest]
    for *parts, whole in found.by_label.values():
        for place in range(len(whole.outcomes)):
            column = [row.outcomes[place] for row in parts]
            if whole.outcomes[place] is not None:
                assert column.count(None) != 1
        assert [row.people for row in parts].count(None) != 1
    assert report_on(comparison, threshold, smallest=smallest).sections
