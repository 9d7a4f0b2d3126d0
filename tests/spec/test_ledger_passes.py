"""Passes over entries: what is in order goes on, and what is not is told."""

from dataclasses import replace
from datetime import date

from wherewithal.ledger.entries import Account, Entry, Kind, reversal
from wherewithal.ledger.passes import (
    in_open_months,
    of_known_accounts,
    read,
    reversals_paired,
    through,
    written_once,
)

ROW = {
    "on": "2026-04-06", "source": "payable:WW000001", "target": "held:WW000001/isf",
    "pence": "40000", "what": "payment-approved", "sentence": "Four weeks.",
    "document": "payment:12", "person": "WW000001",
}  # fmt: skip
ENTRY = Entry(
    date(2026, 4, 6), Account.of_text("payable:WW000001"), Account.of_text("held:WW000001/isf"),
    40_000, "payment-approved", "Four weeks.", "payment:12", "WW000001",
)  # fmt: skip
BACK = reversal(ENTRY, on=date(2026, 4, 9), sentence="It was an error.")


def test_rows_of_text_become_entries() -> None:
    assert read([ROW]) == ((ENTRY,), ())
    assert read([ROW | {"about": "2026-03-01"}])[0][0].about == date(2026, 3, 1)


def test_every_row_that_cannot_be_read_is_told_with_its_place() -> None:
    rows = [
        ROW, ROW | {"on": "6 April"}, ROW | {"pence": "400.00"}, ROW | {"source": "purse:1"},
        ROW | {"what": "spent"}, {key: value for key, value in ROW.items() if key != "pence"},
    ]  # fmt: skip
    entries, mistakes = read(rows)
    assert entries == (ENTRY,)
    assert [(mistake.what, mistake.why.split(".")[0]) for mistake in mistakes] == [
        ("Row 3", "'6 April' is not a day"),
        ("Row 4", "'400"),
        ("Row 5", "The books keep no 'purse' accounts"),
        ("Row 6", "'Spent' can't move money from payable:WW000001 to held:WW000001/isf"),
        ("Row 7", "the column 'pence' is missing"),
    ]


def test_an_account_that_nobody_knows_is_told() -> None:
    kept, mistakes = of_known_accounts(lambda account: account.kind is not Kind.HELD)([ENTRY])
    assert kept == ()
    assert "nobody knows the account held:WW000001/isf" in mistakes[0].why
    assert of_known_accounts(lambda account: True)([ENTRY]) == ((ENTRY,), ())


def test_a_closed_month_takes_no_entries() -> None:
    kept, mistakes = in_open_months(date(2026, 4, 7))([ENTRY, BACK])
    assert kept == (BACK,)
    assert "closed before 7 April 2026" in mistakes[0].why


def test_a_document_is_written_once_for_each_movement() -> None:
    other = replace(ENTRY, source=Account.of_text("contribution:WW000001"), what="contribution-due")
    kept, mistakes = written_once([ENTRY, other, ENTRY])
    assert kept == (ENTRY, other)
    assert "payment:12 is already written" in mistakes[0].why


def test_a_document_can_be_written_again_once_it_was_taken_back() -> None:
    assert written_once([ENTRY, BACK, ENTRY]) == ((ENTRY, BACK, ENTRY), ())
    assert len(written_once([ENTRY, BACK, ENTRY, ENTRY])[1]) == 1


def test_entries_without_a_document_are_not_compared() -> None:
    bare = replace(ENTRY, document="")
    assert written_once([bare, bare]) == ((bare, bare), ())


def test_a_reversal_takes_back_one_entry_that_came_before_it() -> None:
    assert reversals_paired([ENTRY, BACK]) == ((ENTRY, BACK), ())
    for wrong in ([BACK], [BACK, ENTRY], [ENTRY, BACK, BACK], [ENTRY, replace(BACK, pence=1)]):
        assert len(reversals_paired(wrong)[1]) == 1


def test_passes_are_joined_and_tell_all_that_they_found() -> None:
    kept, mistakes = through(
        [ENTRY, ENTRY, BACK, BACK], written_once, reversals_paired, in_open_months(date(2026, 4, 8))
    )
    assert kept == (BACK,)
    assert [mistake.why.split()[0] for mistake in mistakes] == ["payment:12", "it", "the"]
