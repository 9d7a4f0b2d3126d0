"""What the BACS files refuse to write or to believe, and what they say."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from wherewithal.banking.credits import digits
from wherewithal.banking.standard18 import (
    Credit,
    Originator,
    Standard18Error,
    read_standard18,
    write_standard18,
)

COUNCIL = Originator("123456", "Fernshire Council", "204060", "11223344")
SAM = Credit("112233", "01234567", "Sam Lee", 1329_00, "DP 000417")
USUAL: dict[str, Any] = {
    "serial": 1,
    "created": date(2026, 3, 30),
    "processing": date(2026, 4, 2),
    "file_number": 1,
}
GOOD_FRIDAY = date(2026, 4, 3)


def credit(**changed: Any) -> Credit:
    values: dict[str, Any] = {
        "sort_code": "112233",
        "account_number": "01234567",
        "account_name": "Sam Lee",
        "amount": 100,
        "reference": "DP 000417",
    }
    return Credit(**{**values, **changed})


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"sort_code": "11-22-33"}, "The sort code '11-22-33' for 'Sam Lee' is not 6 digits"),
        ({"sort_code": "11223"}, "The sort code '11223'"),
        ({"sort_code": "١١٢٢٣٣"}, "is not 6 digits"),
        ({"account_number": "1234567"}, "The account number '1234567' for 'Sam Lee' is not 8"),
        ({"account_number": "12345678\n"}, "is not 8 digits"),
        ({"account_name": "李"}, "The account name '李' has no letter or digit"),
        ({"account_name": ""}, "The account name '' has no letter or digit"),
        ({"amount": 0}, r"The payment for 'Sam Lee' is £0\.00\. BACS carries from £0\.01"),
        ({"amount": -1}, r"is −£0\.01"),
        ({"amount": 100_000_000_000}, r"is £1,000,000,000\.00"),
        ({"reference": "DP417"}, "The reference 'DP417' for 'Sam Lee' is too plain"),
        ({"reference": "000000"}, "not all the same"),
        ({"reference": "  !DP417! "}, "too plain"),
        ({"reference": "DIRECT PAYMENT 000417"}, "has 21 characters. BACS carries 18"),
    ],
)
def test_a_payment_bacs_cannot_carry_is_refused_by_name(changed: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        credit(**changed)


@pytest.mark.parametrize(
    ("values", "says"),
    [
        (("12345", "Fernshire", "204060", "11223344"), "service user number '12345' is not 6"),
        (("123456", "...", "204060", "11223344"), r"service user name '\.\.\.'"),
        (("123456", "Fernshire", "20406", "11223344"), "sort code '20406' of 'Fernshire'"),
        (("123456", "Fernshire", "204060", "1122334"), "account number '1122334'"),
        (("123456", "Fernshire", "204060", "11223344", 0), r"limit for one payment is £0\.00"),
    ],
)
def test_a_council_bacs_could_not_know_is_refused(values: tuple[Any, ...], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Originator(*values)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"serial": 0}, "serial number is 0"),
        ({"serial": 1_000_000}, "Use a number from 1 to 999999"),
        ({"file_number": 1000}, "file number is 1000"),
        ({"work": "WEEKLY"}, "work code 'WEEKLY' is not known"),
        ({"uhl1_identifier": "999999"}, "has 6 characters"),
        ({"processing": date(2026, 4, 4)}, "Saturday 2026-04-04 is not a working day"),
        ({"processing": GOOD_FRIDAY, "holidays": {GOOD_FRIDAY}}, "Friday 2026-04-03 is not a work"),
        ({"processing": date(2026, 3, 30)}, "does not follow 2026-03-30"),
        ({"processing": date(2026, 4, 30)}, "within 30 days"),
    ],
)
def test_a_submission_that_would_be_rejected_is_refused(changed: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        write_standard18([SAM], COUNCIL, **{**USUAL, **changed})


def test_a_file_without_payments_is_refused() -> None:
    with pytest.raises(ValueError, match="There are no payments"):
        write_standard18([], COUNCIL, **USUAL)


def test_a_payment_above_the_councils_limit_is_refused() -> None:
    careful = Originator("123456", "Fernshire", "204060", "11223344", item_limit=1000_00)
    with pytest.raises(ValueError, match=r"£1,329\.00 for 'Sam Lee' is above the limit of £1,000"):
        write_standard18([SAM], careful, **USUAL)


def test_a_total_the_contra_cannot_hold_is_refused() -> None:
    most = credit(amount=99_999_999_999)
    with pytest.raises(ValueError, match="Split them over two files"):
        write_standard18([most, SAM], COUNCIL, **USUAL)


def test_a_sort_code_can_be_read_as_people_type_it() -> None:
    assert digits(" 11-22 33 ") == "112233"


def replaced(record: int, first: int, text: str) -> Callable[[list[str]], list[str]]:
    def change(records: list[str]) -> list[str]:
        old = records[record]
        new = old[: first - 1] + text + old[first - 1 + len(text) :]
        return [*records[:record], new, *records[record + 1 :]]

    return change


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            replaced(4, 36, "00000132901"),
            r"Record 6: the contra takes £1,329\.00, but the .* £1,329\.01",
        ),
        (replaced(5, 36, "00000132901"), "Record 6: the contra takes"),
        (replaced(8, 5, "0000000132901"), r"Record 9: UTL1 says 1 debit of £1,329\.01"),
        (replaced(8, 38, "0000002"), "2 credits of"),
        (replaced(7, 6, "99999"), r"Record 8 \(EOF2\) does not repeat HDR2"),
        (replaced(6, 42, " 26001"), r"Record 7 \(EOF1\) does not repeat HDR1"),
        (replaced(4, 16, "01"), "Record 5: account type and transaction code"),
        (replaced(4, 18, "999999"), "Record 5: the payment leaves account 99999911223344"),
        (replaced(5, 1, "999999"), "Record 6: the contra names account 99999911223344"),
        (replaced(4, 36, "0000O132900"), "Record 5, positions 36 to 46: '0000O132900' is not"),
        (replaced(4, 1, "11223X"), "Record 5: The sort code '11223X'"),
        (replaced(3, 5, " 26400"), "Record 4: ' 26400' is not a date"),
        (replaced(3, 31, "OFTEN"), "Record 4: The work code 'OFTEN'"),
        (replaced(0, 1, "VOL2"), "Record 1 begins 'VOL2', but 'VOL1' belongs there"),
        (lambda records: [*records[:4], *records[5:]], "The file has 8 records"),
        (lambda records: [records[0] + " ", *records[1:]], r"Record 1 \(VOL1\) has 81 characters"),
        (lambda records: [*records[:4], records[4] + "X", *records[5:]], "Record 5 has 101"),
        (lambda records: [*records[:5], records[4], *records[5:]], "payments come to £2,658"),
        (lambda records: [], "The file has 0 records"),
    ],
)
def test_a_file_that_does_not_add_up_is_not_believed(
    change: Callable[[list[str]], list[str]], says: str
) -> None:
    good = write_standard18([SAM], COUNCIL, **USUAL).splitlines()
    with pytest.raises(Standard18Error, match=says):
        read_standard18("\n".join(change(good)))
