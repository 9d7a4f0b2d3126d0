"""Who pays for a line of a budget, and that the parts always add up."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.dates import Period
from wherewithal.ledger.funding import (
    COUNCIL,
    NHS,
    OTHER,
    Funding,
    Held,
    Payer,
    legs,
    of_bill,
    of_days,
)
from wherewithal.ledger.movements import Payable, confirmed, put_right
from wherewithal.ledger.schedule import BudgetPiece

FROM = Period(date(2026, 11, 16))
FOUR_WEEKS = Period(date(2026, 11, 16), date(2026, 12, 14))
ON = date(2026, 12, 14)
PAID = Payable(12, 3, "WW000001", "direct-payment", "16 Nov to 13 Dec 2026", 40_000)


def funding(payer: str, percent: int | None = None, weekly: int | None = None) -> Funding:
    return Funding(1, FROM, Payer(payer), percent, weekly)


@pytest.mark.parametrize(
    ("who", "part"),
    [
        (funding("council"), 0),
        (funding("nhs"), 10_000),
        (funding("other"), 10_000),
        (funding("shared", percent=30), 3_000),
        (funding("shared", weekly=2_500), 2_500),
        (funding("shared", weekly=99_999), 10_000),  # never more than the line costs
    ],
)
def test_what_somebody_else_pays_of_a_line_at_100_pounds_a_week(who: Funding, part: int) -> None:
    assert who.part(10_000) == part


@pytest.mark.parametrize(
    ("payer", "percent", "weekly", "why"),
    [
        ("shared", None, None, "0 sizes"),
        ("shared", 30, 2_500, "2 sizes"),
        ("nhs", 30, None, "1 sizes"),
        ("shared", 100, None, "100 per cent"),
        ("shared", None, 0, "£0.00 a week"),
    ],
)
def test_a_share_has_one_size(
    payer: str, percent: int | None, weekly: int | None, why: str
) -> None:
    with pytest.raises(ValueError, match=why):
        funding(payer, percent, weekly)


def test_only_the_days_that_were_paid_count() -> None:
    held = [Held(BudgetPiece(FROM, 40_000), 10_000, 40_000)]
    assert of_days(funding("nhs"), held, [FOUR_WEEKS]) == 40_000
    later = Funding(1, Period(date(2026, 12, 7)), Payer.NHS)
    assert of_days(later, held, [FOUR_WEEKS]) == 10_000


def test_a_line_bears_its_part_of_what_a_pause_leaves() -> None:
    held = [Held(BudgetPiece(FROM, 20_000), 10_000, 40_000)]  # half of everything is paid
    assert of_days(funding("nhs"), held, [FOUR_WEEKS]) == 20_000


def test_a_bill_is_shared_by_its_days() -> None:
    half = Funding(1, Period(date(2026, 11, 30)), Payer.SHARED, 50)
    assert of_bill(half, 40_000, FOUR_WEEKS) == 10_000
    weekly = Funding(1, FROM, Payer.SHARED, weekly=2_500)
    assert of_bill(weekly, 40_000, FOUR_WEEKS) == 10_000
    assert of_bill(funding("nhs"), 40_000, FOUR_WEEKS) == 40_000


@given(st.integers(0, 10**7), st.dictionaries(st.sampled_from([NHS, OTHER]), st.integers()))
def test_the_parts_of_a_sum_add_up_to_it(pence: int, parts: dict) -> None:  # type: ignore[type-arg]
    assert sum(part for _, part in legs(pence, parts)) == pence


def test_a_confirmed_payment_is_paid_by_each_in_its_share() -> None:
    found = confirmed(PAID, ON, {NHS: 12_000})
    assert {(str(entry.source), entry.pence) for entry in found} == {
        ("funding:council", 28_000), ("funding:nhs", 12_000),
    }  # fmt: skip
    assert {str(entry.target) for entry in found} == {"sent:3"}
    assert "paid by the NHS" in found[1].sentence


def test_who_paid_too_much_before_gets_it_back() -> None:
    found = confirmed(PAID, ON, {NHS: -500})
    assert [(str(one.source), str(one.target), one.pence) for one in found] == [
        ("funding:council", "sent:3", 40_000), ("funding:council", "funding:nhs", 500),
    ]  # fmt: skip


@given(st.integers(1, 10**6), st.integers(-(10**6), 10**6), st.integers(-(10**6), 10**6))
def test_whatever_the_shares_the_whole_sum_is_sent(net: int, nhs: int, other: int) -> None:
    paid = Payable(12, 3, "WW000001", "isf", "November", net)
    found = confirmed(paid, ON, {NHS: nhs, OTHER: other})
    flows = {COUNCIL: 0, NHS: 0, OTHER: 0}
    for entry in found:
        for account in flows:
            flows[account] += entry.pence * ((entry.source == account) - (entry.target == account))
    assert flows == {COUNCIL: net - nhs - other, NHS: nhs, OTHER: other}


def test_nothing_is_put_right_where_nothing_changed() -> None:
    assert put_right("WW000001", {NHS: 0}, ON, document="funding:1") == ()
    assert Fraction(0) == funding("council").part(1)
