"""Small numbers stay hidden: no row and no column gives one away by subtraction."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from wherewithal.reports.suppression import hidden, hidden_in_table

COUNTS = st.one_of(st.integers(0, 12), st.integers(0, 200))


@given(st.lists(COUNTS, max_size=8), st.integers(1, 15))
def test_no_small_count_is_shown_nor_had_from_the_total(counts: list[int], smallest: int) -> None:
    hide = hidden(counts, smallest=smallest)
    for count, hides in zip(counts, hide, strict=True):
        assert hides or not 0 < count < smallest
        assert count > 0 or not hides
    held = [count for count, hides in zip(counts, hide, strict=True) if hides]
    if sum(counts) >= smallest and sum(map(bool, counts)) > 1:
        assert len(held) != 1
        assert not held or sum(held) >= smallest


@settings(max_examples=200)
@given(
    st.integers(1, 5).flatmap(
        lambda wide: st.lists(st.lists(COUNTS, min_size=wide, max_size=wide), min_size=1)
    ),
    st.integers(2, 15),
)
def test_no_row_or_column_of_a_table_leaves_one_cell_to_work_out(
    counts: list[list[int]], smallest: int
) -> None:
    hide = np.array(hidden_in_table(counts, smallest=smallest))
    table = np.array(counts)
    full = np.block([[table, table.sum(1, keepdims=True)], [table.sum(0), table.sum()]])
    assert not ((full > 0) & (full < smallest) & ~hide).any()
    for line, hides in [*zip(full, hide, strict=True), *zip(full.T, hide.T, strict=True)]:
        assert hides.sum() != 1
        cells = line[:-1][hides[:-1]]
        if len(cells) and not hides[-1] and (line[:-1] > 0).sum() > len(cells):
            assert cells.sum() >= smallest


def test_the_smallest_of_the_others_is_hidden_with_it() -> None:
    assert hidden([3, 40, 20, 0], smallest=10) == [True, False, True, False]
    assert hidden([1, 1, 50, 60], smallest=5) == [True, True, True, False]
    assert hidden([50, 60, 0], smallest=5) == [False, False, False]


def test_a_table_hides_a_square_of_cells_and_keeps_its_totals() -> None:
    counts = [[3, 40, 20], [30, 50, 60], [70, 80, 90]]
    assert hidden_in_table(counts, smallest=10) == [
        [True, False, True, False],
        [True, False, True, False],
        [False, False, False, False],
        [False, False, False, False],
    ]
