"""The layout of a BACS Standard 18 file, position by position.

Positions count from 1, as descriptions of the format give them. The file shown pays two people
£1,329.00 and £83.07 from the account of a made-up council.
"""

from datetime import date

import pytest

from wherewithal.banking.credits import cleaned
from wherewithal.banking.standard18 import Credit, Originator, read_standard18, write_standard18

COUNCIL = Originator("123456", "Fernshire Council", "204060", "11223344")
CREDITS = (
    Credit("112233", "01234567", "Zoë O’Neill", 1329_00, "DP 000417"),
    Credit("445566", "76543210", "A very long name that is cut short", 83_07, "dp/000418-Apr"),
)
WRITTEN_ON = date(2026, 3, 30)  # the 89th day of 2026
PROCESSED_ON = date(2026, 4, 2)  # the 92nd

DAILY = write_standard18(
    CREDITS, COUNCIL, serial=42, created=WRITTEN_ON, processing=PROCESSED_ON, file_number=7
).split("\r\n")
MULTI = write_standard18(
    CREDITS,
    COUNCIL,
    serial=42,
    created=WRITTEN_ON,
    processing=PROCESSED_ON,
    file_number=7,
    work="MULTI",
).split("\r\n")


def at(record: str, first: int, last: int) -> str:
    return record[first - 1 : last]


def test_records_come_in_order_and_each_ends_its_line() -> None:
    assert [record[:4] for record in DAILY] == [
        "VOL1",
        "HDR1",
        "HDR2",
        "UHL1",
        "1122",
        "4455",
        "2040",
        "EOF1",
        "EOF2",
        "UTL1",
        "",
    ]


def test_labels_have_80_characters_and_payments_100() -> None:
    assert [len(record) for record in DAILY] == [80, 80, 80, 80, 100, 100, 100, 80, 80, 80, 0]


def test_payments_of_a_multi_day_file_have_106() -> None:
    assert [len(record) for record in MULTI] == [80, 80, 80, 80, 106, 106, 106, 80, 80, 80, 0]


@pytest.mark.parametrize(
    ("record", "first", "last", "holds", "what"),
    [
        (0, 1, 4, "VOL1", "label"),
        (0, 5, 10, "000042", "serial number"),
        (0, 11, 37, " " * 27, "reserved"),
        (0, 38, 51, "    123456    ", "owner: the service user number"),
        (0, 52, 79, " " * 28, "reserved"),
        (0, 80, 80, "1", "label standard level"),
        (1, 1, 4, "HDR1", "label"),
        (1, 5, 21, "A123456S  1123456", "file identifier"),
        (1, 22, 27, "000042", "serial number, as in VOL1"),
        (1, 28, 31, "0001", "file section"),
        (1, 32, 35, "0001", "file sequence"),
        (1, 36, 41, " " * 6, "generation, unused"),
        (1, 42, 47, " 26089", "creation date"),
        (1, 48, 53, " 26092", "expiry date"),
        (1, 54, 80, " " * 27, "reserved"),
        (2, 1, 5, "HDR2F", "label and fixed-length format"),
        (2, 6, 10, "02000", "block length"),
        (2, 11, 15, "00100", "record length"),
        (2, 16, 80, " " * 65, "reserved"),
        (3, 1, 4, "UHL1", "label"),
        (3, 5, 10, " 26092", "processing date"),
        (3, 11, 20, "999999    ", "identifier: check with your bank"),
        (3, 21, 22, "00", "currency"),
        (3, 23, 28, "000000", "country"),
        (3, 29, 37, "1 DAILY  ", "work code"),
        (3, 38, 40, "007", "file number"),
        (3, 41, 80, " " * 40, "reserved"),
        (4, 1, 6, "112233", "destination sort code"),
        (4, 7, 14, "01234567", "destination account"),
        (4, 15, 15, "0", "account type"),
        (4, 16, 17, "99", "bank giro credit"),
        (4, 18, 23, "204060", "originating sort code"),
        (4, 24, 31, "11223344", "originating account"),
        (4, 32, 35, "    ", "free format"),
        (4, 36, 46, "00000132900", "amount in pence"),
        (4, 47, 64, "FERNSHIRE COUNCIL ", "service user name"),
        (4, 65, 82, "DP 000417         ", "reference"),
        (4, 83, 100, "ZOE O NEILL       ", "destination account name"),
        (5, 36, 46, "00000008307", "amount in pence"),
        (5, 65, 82, "DP/000418-APR     ", "reference"),
        (5, 83, 100, "A VERY LONG NAME T", "destination account name, cut"),
        (6, 1, 14, "20406011223344", "contra: the council's own account"),
        (6, 15, 15, "0", "account type"),
        (6, 16, 17, "17", "debit"),
        (6, 18, 31, "20406011223344", "the council's own account again"),
        (6, 32, 35, "    ", "free format"),
        (6, 36, 46, "00000141207", "the sum of the payments"),
        (6, 47, 64, "BATCH 000042      ", "narrative"),
        (6, 65, 82, "CONTRA            ", "says that it balances"),
        (6, 83, 100, "FERNSHIRE COUNCIL ", "council name"),
        (7, 1, 4, "EOF1", "label"),
        (8, 1, 4, "EOF2", "label"),
        (9, 1, 4, "UTL1", "label"),
        (9, 5, 17, "0000000141207", "debit total"),
        (9, 18, 30, "0000000141207", "credit total"),
        (9, 31, 37, "0000001", "debits: the contra"),
        (9, 38, 44, "0000002", "credits"),
        (9, 45, 80, " " * 36, "reserved"),
    ],
)
def test_daily_file_holds(record: int, first: int, last: int, holds: str, what: str) -> None:
    assert at(DAILY[record], first, last) == holds, what


def test_end_labels_repeat_the_headers() -> None:
    assert DAILY[7][4:] == DAILY[1][4:]
    assert DAILY[8][4:] == DAILY[2][4:]


@pytest.mark.parametrize(
    ("record", "first", "last", "holds"),
    [
        (2, 11, 15, "00106"),
        (3, 5, 10, "      "),
        (3, 29, 37, "4 MULTI  "),
        (4, 101, 106, " 26092"),
        (6, 101, 106, " 26092"),
    ],
)
def test_multi_day_file_carries_the_date_in_each_payment(
    record: int, first: int, last: int, holds: str
) -> None:
    assert at(MULTI[record], first, last) == holds


def test_the_identifier_a_bank_asks_for_takes_the_place_of_the_usual_one() -> None:
    written = write_standard18(
        CREDITS,
        COUNCIL,
        serial=42,
        created=WRITTEN_ON,
        processing=PROCESSED_ON,
        file_number=7,
        uhl1_identifier="123456    ",
    )
    assert at(written.split("\r\n")[3], 11, 20) == "123456    "


@pytest.mark.parametrize(
    ("written", "carried"),
    [
        ("Sam Lee", "SAM LEE"),
        ("Zoë", "ZOE"),
        ("O'Neill & Sons", "O NEILL & SONS"),
        ("Łukasz Świątek", "LUKASZ SWIATEK"),
        ("Bjørn Straße", "BJORN STRASSE"),
        ("A.B-C/D", "A.B-C/D"),
        ("=SUM(A1)", "SUM A1"),
        ("a\tb\nc", "A B C"),
        ("ﬁt, 5½", "FIT  51 2"),
        ("李", ""),
    ],
)
def test_text_is_put_in_the_letters_bacs_carries(written: str, carried: str) -> None:
    assert cleaned(written) == carried


@pytest.mark.parametrize("lines", [DAILY, MULTI])
def test_a_file_reads_back_as_what_was_paid(lines: list[str]) -> None:
    read = read_standard18("\r\n".join(lines))
    assert (read.totals.count, read.totals.pence) == (2, 1412_07)
    assert str(read.totals) == "2 payments, £1,412.07"
    assert read.originator == Originator("123456", "FERNSHIRE COUNCIL", "204060", "11223344")
    assert (read.submission.serial, read.submission.file_number) == (42, 7)
    assert (read.submission.created, read.submission.processing) == (WRITTEN_ON, PROCESSED_ON)
    assert read.credits[0] == Credit("112233", "01234567", "ZOE O NEILL", 1329_00, "DP 000417")
