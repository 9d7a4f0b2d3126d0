"""The comma-separated files of payments."""

import csv
from datetime import date
from io import StringIO

import pytest

from wherewithal.banking.credits import ControlTotals, Credit, Originator, control_totals
from wherewithal.banking.payments_csv import (
    read_bureau_totals,
    write_bureau_csv,
    write_payments_csv,
)
from wherewithal.spreadsheets import safe_cell

COUNCIL = Originator("123456", "Fernshire Council", "204060", "11223344")
CREDITS = (
    Credit("012233", "01234567", "Zoë O'Neill", 1329_00, "DP 000417"),
    Credit("445566", "76543210", '=cmd|"x", Ltd', 7, "-DP/000418"),
)


def test_a_bureau_file_has_ten_columns_no_heading_and_windows_lines() -> None:
    assert write_bureau_csv(CREDITS, COUNCIL, pay_day=date(2026, 4, 7)) == (
        "012233,01234567,ZOE O NEILL,1329.00,99,204060,11223344,FERNSHIRE COUNCIL,"
        "DP 000417,07/04/2026\r\n"
        "445566,76543210,CMD  X   LTD,0.07,99,204060,11223344,FERNSHIRE COUNCIL,"
        "DP/000418,07/04/2026\r\n"
    )


def test_the_pay_day_may_be_left_to_the_bureau() -> None:
    assert write_bureau_csv(CREDITS[:1], COUNCIL).endswith(",DP 000417,\r\n")


def test_a_bureau_file_proves_its_totals() -> None:
    written = write_bureau_csv(CREDITS, COUNCIL)
    assert read_bureau_totals(written) == control_totals(CREDITS) == ControlTotals(2, 1329_07)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("1,2,3\r\n", "Line 1 has 3 columns. A payment has 10"),
        (
            "012233,01234567,SAM,lots,99,204060,11223344,F,DP 000417,\r\n",
            "Line 1, column 4: 'lots'",
        ),
    ],
)
def test_a_broken_bureau_file_is_not_believed(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        read_bureau_totals(text)


def test_the_largest_amount_fits_nine_digits_of_pounds() -> None:
    large = Credit("012233", "01234567", "Sam Lee", 99_999_999_999, "DP 000417")
    assert "999999999.99" in write_bureau_csv([large], COUNCIL)


def test_a_file_for_people_has_headings_names_as_written_and_totals() -> None:
    rows = list(csv.reader(StringIO(write_payments_csv(CREDITS), newline="")))
    assert rows == [
        ["Name on the account", "Sort code", "Account number", "Reference", "Amount"],
        ["Zoë O'Neill", "01-22-33", "01234567", "DP 000417", "1329.00"],
        ['\'=cmd|"x", Ltd', "44-55-66", "76543210", "'-DP/000418", "0.07"],
        ["Total of 2 payments", "", "", "", "1329.07"],
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "  ="])
def test_no_cell_starts_what_a_spreadsheet_would_run(start: str) -> None:
    assert safe_cell(f"{start}1+1") == f"'{start}1+1"


def test_ordinary_words_are_left_alone() -> None:
    assert safe_cell("Sam-Lee = one") == "Sam-Lee = one"


def test_one_payment_is_told_as_one() -> None:
    assert str(ControlTotals(1, 5)) == "1 payment, £0.05"
    assert "Total of 1 payment," in write_payments_csv(CREDITS[:1])
