"""Whatever a bank shows, in whatever order it is read, is noted once and no penny more."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from wherewithal.ledger.repaying import CameBack, not_noted, spread

FIRST = date(2026, 12, 1)
sums = st.lists(
    st.builds(
        lambda day, pence: CameBack(FIRST + timedelta(days=day), pence),
        st.integers(0, 90), st.integers(1, 20_000),
    ),
    max_size=8,
)  # fmt: skip


@given(shown=sums, noted=sums)
def test_noting_what_is_left_leaves_nothing_to_note(
    shown: list[CameBack], noted: list[CameBack]
) -> None:
    left = not_noted(shown, noted)
    asked, known = sum(each.pence for each in shown), sum(each.pence for each in noted)
    assert max(0, asked - known) <= sum(each.pence for each in left) <= asked
    assert not_noted(shown, [*noted, *left]) == []


@given(shown=sums)
def test_what_was_noted_from_the_bank_is_known_when_it_is_read_again(shown: list[CameBack]) -> None:
    assert not_noted(shown, not_noted(shown, [])) == []


@given(pence=st.integers(0, 50_000), parts=st.lists(st.integers(1, 20_000), max_size=6))
def test_parts_are_paid_by_a_sum_to_the_penny(pence: int, parts: list[int]) -> None:
    assert sum(spread(pence, parts)) == min(pence, sum(parts))
