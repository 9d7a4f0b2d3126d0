"""A surplus is never negative, never more than is there, and the person's share comes first."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from wherewithal.ledger.surplus import Earmark, EarmarkKind, SurplusFacts, surplus

sums = st.integers(0, 5_000_000)
earmarks = st.builds(
    Earmark, st.sampled_from(EarmarkKind), st.integers(1, 500_000), st.just("It is due")
)
accounts = st.builds(
    SurplusFacts,
    on=st.just(date(2026, 9, 30)),
    balance=st.integers(-1_000_000, 10_000_000),
    weekly_gross=st.integers(0, 500_000),
    reserve_weeks=st.integers(0, 52),
    earmarks=st.lists(earmarks, max_size=4).map(tuple),
    advance=sums,
    council_paid_in=sums,
    own_paid_in=sums,
)


@given(accounts)
def test_nothing_is_lost_and_nothing_is_negative(facts: SurplusFacts) -> None:
    found = surplus(facts)
    assert found.person_share + found.reclaim == found.over
    assert 0 <= found.reclaim <= found.over <= max(0, facts.balance)
    assert found.person_share >= 0


@given(accounts)
def test_the_person_never_gets_less_than_their_part(facts: SurplusFacts) -> None:
    found = surplus(facts)
    paid_in = facts.own_paid_in + facts.council_paid_in
    assert found.person_share * paid_in >= found.over * facts.own_paid_in
    assert (found.person_share - 1) * paid_in < found.over * facts.own_paid_in or not paid_in


@given(accounts, earmarks)
def test_setting_more_aside_never_raises_what_can_be_asked_for(
    facts: SurplusFacts, more: Earmark
) -> None:
    fewer, after = surplus(facts), surplus(replace(facts, earmarks=(*facts.earmarks, more)))
    assert after.over <= fewer.over
    assert after.reclaim <= fewer.reclaim


@given(accounts, st.integers(1, 1_000_000))
def test_paying_in_more_oneself_never_raises_what_can_be_asked_for(
    facts: SurplusFacts, more: int
) -> None:
    after = surplus(replace(facts, own_paid_in=facts.own_paid_in + more))
    assert after.reclaim <= surplus(facts).reclaim


@given(accounts)
def test_the_lines_add_up(facts: SurplusFacts) -> None:
    found = surplus(facts)
    until = next(n for n, step in enumerate(found.steps) if step.title == "What is over")
    left = sum(step.pence for step in found.steps[:until])
    assert found.steps[until].pence == max(0, left)
    assert found.steps[-1].pence == found.reclaim
