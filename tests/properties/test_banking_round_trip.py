"""Whatever payments go into a file come out of it, to the penny."""

from datetime import date, timedelta
from typing import Literal

from hypothesis import assume, given
from hypothesis import strategies as st

from wherewithal.banking.credits import Credit, Originator, as_carried, cleaned, control_totals
from wherewithal.banking.payments_csv import read_bureau_totals, write_bureau_csv
from wherewithal.banking.standard18 import read_standard18, write_standard18
from wherewithal.dates import is_working_day

COUNCIL = Originator("123456", "Fernshire Council", "204060", "11223344")


def number(length: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=length, max_size=length)


names = st.text(max_size=40).map(lambda text: f"A{text}")
references = st.text("ABCabc 019/.&-é", max_size=12).map(lambda text: f"DP417X{text}")
credits_ = st.builds(Credit, number(6), number(8), names, st.integers(1, 9_999_999_999), references)
files = st.lists(credits_, min_size=1, max_size=9)


@given(
    payments=files,
    serial=st.integers(1, 999_999),
    file_number=st.integers(1, 999),
    created=st.dates(date(2024, 1, 1), date(2060, 1, 1)),
    ahead=st.integers(1, 30),
    work=st.sampled_from(["DAILY", "MULTI"]),
)
def test_a_standard_18_file_reads_back_as_it_was_written(
    payments: list[Credit],
    serial: int,
    file_number: int,
    created: date,
    ahead: int,
    work: Literal["DAILY", "MULTI"],
) -> None:
    processing = created + timedelta(days=ahead)
    assume(is_working_day(processing, ()))
    text = write_standard18(
        payments,
        COUNCIL,
        serial=serial,
        created=created,
        processing=processing,
        file_number=file_number,
        work=work,
    )
    assert text.isascii()
    read = read_standard18(text)
    assert read.credits == tuple(as_carried(credit) for credit in payments)
    assert read.totals == control_totals(payments)
    submission = read.submission
    assert (submission.serial, submission.file_number) == (serial, file_number)
    assert (submission.created, submission.processing) == (created, processing)


@given(payments=files)
def test_a_bureau_file_adds_up_to_what_was_paid(payments: list[Credit]) -> None:
    assert read_bureau_totals(write_bureau_csv(payments, COUNCIL)) == control_totals(payments)


@given(st.text())
def test_cleaning_leaves_only_what_bacs_carries_and_does_so_once(text: str) -> None:
    once = cleaned(text)
    assert set(once) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .&/-")
    assert cleaned(once) == once
