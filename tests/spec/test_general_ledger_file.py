"""The file for a council's general ledger."""

from datetime import date

import pytest

from wherewithal.ledger.entries import Kind
from wherewithal.ledger.general_ledger import Line, Moved, Rule, lines, rule_for, write

DAY = date(2026, 11, 2)
HELD = Moved(DAY, Kind.HELD, "", "payment-approved", 45_000, 0, 2)
PAYABLE = Moved(DAY, Kind.PAYABLE, "", "payment-approved", 0, 45_000, 2)
RULES = [Rule(Kind.HELD, "", "", "1400", "ASC1"), Rule(Kind.PAYABLE, "", "", "2100", "ASC1")]


def test_what_came_in_is_a_debit_and_what_went_out_a_credit() -> None:
    assert lines([HELD, PAYABLE], RULES) == (
        Line(DAY, "1400", "ASC1", "payment-approved", 45_000, 0, 2),
        Line(DAY, "2100", "ASC1", "payment-approved", 0, 45_000, 2),
    )


def test_movements_with_one_code_are_added_up() -> None:
    again = Moved(DAY, Kind.HELD, "WW000001/isf", "payment-approved", 5, 3, 1)
    debit, credit = lines([HELD, again], RULES)
    assert (debit.debit, debit.count) == (45_005, 3)
    assert (credit.credit, credit.count) == (3, 1)


@pytest.mark.parametrize(
    ("of", "what", "nominal"),
    [
        ("council", "payment-confirmed", "4"),
        ("council", "surplus-repaid", "3"),
        ("nhs", "payment-confirmed", "2"),
        ("nhs", "surplus-repaid", "1"),
    ],
)
def test_the_narrowest_rule_wins_account_before_reason(of: str, what: str, nominal: str) -> None:
    rules = [
        Rule(Kind.FUNDING, "", "", "1"),
        Rule(Kind.FUNDING, "", "payment-confirmed", "2"),
        Rule(Kind.FUNDING, "council", "", "3"),
        Rule(Kind.FUNDING, "council", "payment-confirmed", "4"),
    ]
    found = rule_for(Moved(DAY, Kind.FUNDING, of, what, 1, 0, 1), rules)
    assert found is not None
    assert found.nominal == nominal


def test_every_kind_without_a_code_is_named() -> None:
    with pytest.raises(ValueError, match=r"Approved, to be sent .*; Held for somebody") as told:
        lines([HELD, PAYABLE, HELD], [])
    assert str(told.value).count("Held for somebody") == 1


def test_the_file_is_written_in_pounds_and_runs_no_formula() -> None:
    found = [Line(DAY, "=1400", "", "spent", 123_456, 0, 1)]
    assert write(found, first=3, last=9).splitlines() == [
        "Date,Nominal code,Cost centre,Debit,Credit,Reason,Movements,Journals",
        "2026-11-02,'=1400,,1234.56,,Spent,1,3-9",
    ]
