"""How money that was agreed to go back moves through the books."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.ledger.repaying import (
    CameBack,
    PayingBack,
    instalments,
    not_noted,
    says_paid_back,
    spread,
)

BACK = PayingBack("WW000001", "direct-payment", "surplus:12")
DAY = date(2026, 11, 30)


def test_a_sum_moves_from_the_account_to_what_is_owed_and_then_to_the_council() -> None:
    entries = [BACK.decided(560_00, on=DAY), BACK.repaid(280_00, on=DAY)]
    assert [(str(e.source), str(e.target), e.pence, e.what) for e in entries] == [
        ("held:WW000001/direct-payment", "recovery:WW000001", 560_00, "surplus-decided"),
        ("recovery:WW000001", "funding:council", 280_00, "surplus-repaid"),
    ]
    assert {entry.document for entry in entries} == {"surplus:12"}
    assert entries[0].sentence == (
        "It was settled on 30 November 2026 that £560.00 goes back to the council."
    )


def test_the_person_s_own_share_is_theirs_to_take_out() -> None:
    entry = BACK.own_share(140_00, on=DAY)
    assert (str(entry.source), str(entry.target)) == (
        "held:WW000001/direct-payment",
        "funding:person",
    )


def test_what_is_let_go_returns_to_the_account_with_the_reason() -> None:
    entry = BACK.let_go(10_00, on=DAY, why="It would leave\nnothing for the winter.")
    assert (str(entry.source), str(entry.target)) == (
        "recovery:WW000001",
        "held:WW000001/direct-payment",
    )
    assert entry.sentence.endswith("Why: It would leave nothing for the winter.")


def test_what_is_taken_off_a_payment_goes_to_what_is_payable() -> None:
    entry = BACK.taken_off(50_00, on=DAY)
    assert (str(entry.target), entry.what) == ("payable:WW000001", "surplus-taken-off")


@pytest.mark.parametrize(
    ("pence", "count", "parts"),
    [
        (560_00, 4, (140_00, 140_00, 140_00, 140_00)),
        (100_00, 3, (33_33, 33_33, 33_34)),
        (5, 1, (5,)),
    ],
)
def test_instalments_are_equal_but_for_the_last_pennies(
    pence: int, count: int, parts: tuple[int, ...]
) -> None:
    assert instalments(pence, count) == parts


@pytest.mark.parametrize(("pence", "count"), [(100, 0), (3, 4)])
def test_a_part_of_nothing_is_refused(pence: int, count: int) -> None:
    with pytest.raises(ValueError, match="Use fewer parts"):
        instalments(pence, count)


@given(st.integers(1, 10_000_000), st.integers(1, 60))
def test_instalments_always_add_up(pence: int, count: int) -> None:
    if pence >= count:
        assert sum(instalments(pence, count)) == pence


DECEMBER, LATER, JANUARY = date(2026, 12, 1), date(2026, 12, 4), date(2027, 1, 4)


@pytest.mark.parametrize(
    ("shown", "noted", "left"),
    [
        # nobody noted it: it is to be noted
        ([(DECEMBER, 5_000)], [], [(DECEMBER, 5_000)]),
        # it was noted by hand some days later
        ([(DECEMBER, 5_000)], [(LATER, 5_000)], []),
        # the part of the month after is not the part of this month
        ([(DECEMBER, 5_000), (JANUARY, 5_000)], [(LATER, 5_000)], [(JANUARY, 5_000)]),
        # one sum was noted as two parts
        ([(DECEMBER, 8_000)], [(DECEMBER, 5_000), (DECEMBER, 3_000)], []),
        # a part of it was noted
        ([(DECEMBER, 8_000)], [(DECEMBER, 5_000)], [(DECEMBER, 3_000)]),
        # of two sums near, the equal one is the one that was noted
        (
            [(DECEMBER, 3_000), (DECEMBER, 5_000)], [(LATER, 5_000)], [(DECEMBER, 3_000)],
        ),
    ],
)  # fmt: skip
def test_what_a_bank_shows_is_noted_once(
    shown: list[tuple[date, int]], noted: list[tuple[date, int]], left: list[tuple[date, int]]
) -> None:
    found = not_noted([CameBack(*each) for each in shown], [CameBack(*each) for each in noted])
    assert [(each.on, each.pence) for each in found] == left


@pytest.mark.parametrize(
    ("pence", "paid"), [(0, [0, 0]), (30, [30, 0]), (60, [50, 10]), (100, [50, 20])]
)
def test_a_sum_pays_the_first_part_first(pence: int, paid: list[int]) -> None:
    assert spread(pence, [50, 20]) == paid


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("PAID BACK WW000012", True), ("Repayment Dec", True), ("re-paid", True),
        ("money back to council", True), ("CARE BILL", False), ("BACKPACK", False), ("", False),
    ],
)  # fmt: skip
def test_the_words_with_a_payment_say_whether_it_pays_back(text: str, says: bool) -> None:
    assert says_paid_back(text) is says
