"""A contribution is shared over the ways of holding without gaining or losing a penny."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.ledger.contributions import shared_contribution

costs = st.dictionaries(
    st.sampled_from(["direct-payment", "council-managed", "isf", "third-party", "trust"]),
    st.integers(0, 500_000),
    min_size=1,
)


@given(costs, st.data())
def test_shares_add_up_and_none_exceeds_its_cost(
    weekly: dict[str, int], data: st.DataObject
) -> None:
    contribution = data.draw(st.integers(0, sum(weekly.values())))
    shares = shared_contribution(weekly, contribution)
    assert sum(shares.values()) == contribution
    assert all(0 <= shares[name] <= weekly[name] for name in weekly)


def test_equal_lines_bear_equal_shares_to_the_penny() -> None:
    assert shared_contribution({"a": 100, "b": 100, "c": 100}, 100) == {"a": 34, "b": 33, "c": 33}


def test_a_contribution_above_the_cost_is_refused() -> None:
    with pytest.raises(ValueError, match="more than the cost"):
        shared_contribution({"a": 100}, 101)
