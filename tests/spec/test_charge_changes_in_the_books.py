"""A charge that changes for days past: each stretch told, and moved in the books."""

from datetime import date

import pytest

from wherewithal.dates import Period
from wherewithal.ledger.charge_changes import Difference, differences, entries, total

MAY, JUNE, JULY = (date(2026, month, 4) for month in (5, 6, 7))
WEEKS = Period(MAY, date(2026, 6, 1))


def test_a_lower_charge_is_owed_back_for_every_day() -> None:
    found = differences([(Period(MAY), 3_500)], [(Period(MAY), 2_100)], WEEKS)
    assert found == (Difference(WEEKS, 3_500, 2_100),)
    assert total(found) == -5_600
    assert found[0].sentence == (
        "4 May to 31 May 2026: you were charged £35.00 a week. It should have been £21.00, "
        "so it was £56.00 too much."
    )


def test_both_sums_are_cut_wherever_either_changes() -> None:
    charged = [(Period(MAY, JUNE), 1_000), (Period(JUNE), 2_000)]
    should = [(Period(MAY, date(2026, 5, 18)), 1_000), (Period(date(2026, 5, 18)), 1_500)]
    found = differences(charged, should, Period(MAY, JULY))
    assert [(each.charged, each.should, each.period.start) for each in found] == [
        (1_000, 1_000, MAY), (1_000, 1_500, date(2026, 5, 18)), (2_000, 1_500, JUNE),
    ]  # fmt: skip
    assert found[0].sentence.endswith("and that was right.")


# charged a week | should have been | what | from | to | pence for four weeks
MOVES = [
    (3_500, 2_100, "charge-lowered", "payable:WW1", "contribution:WW1", 5_600),
    (2_100, 3_500, "charge-raised", "contribution:WW1", "payable:WW1", 5_600),
]


@pytest.mark.parametrize(("charged", "should", "what", "source", "target", "pence"), MOVES)
def test_the_books_move_the_difference_the_right_way(
    charged: int, should: int, what: str, source: str, target: str, pence: int
) -> None:
    found = [Difference(WEEKS, charged, should)]
    (entry,) = entries("WW1", found, on=JULY, document="earlier-charge:1")
    assert (entry.what, str(entry.source), str(entry.target), entry.pence) == (
        what, source, target, pence,
    )  # fmt: skip
    assert (entry.document, entry.person, entry.on) == ("earlier-charge:1", "WW1", JULY)


def test_no_difference_moves_nothing() -> None:
    assert entries("WW1", [Difference(WEEKS, 5, 5)], on=JULY, document="x") == []


def test_part_weeks_are_rounded_down_as_payments_are() -> None:
    three_days = Difference(Period(MAY, date(2026, 5, 7)), 0, 1_000)
    assert three_days.pence == 428
