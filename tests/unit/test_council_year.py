"""A made-up year: the same seed gives the same, and what banks say of it can be read back."""

from datetime import date
from io import BytesIO
from itertools import pairwise

import pytest

from wherewithal.banking.statements.recognise import read_statement
from wherewithal.council.bank import BankAccount, Item, Move, week_of
from wherewithal.council.bank_files import WRITERS, statement_file
from wherewithal.council.year import FORMS, Chance, habits, happenings, quarters
from wherewithal.dates import Period

YEAR = Period(date(2025, 4, 1), date(2026, 4, 1))
PEOPLE = [f"WW{number:06}" for number in range(200)]
MONDAY = date(2025, 4, 7)
ASSISTANT = Item(11, "Help at home", "A personal assistant they chose", 40_000)
AGENCY = Item(12, "Day club", "Ambleford Allotment Club", 3_800)
SMALL = Item(13, "Fares", "As needed", 2_500)


def test_the_same_seed_draws_the_same_and_another_does_not() -> None:
    assert Chance(7).of("died", "WW000001") == Chance(7).of("died", "WW000001")
    assert Chance(7).of("died", "WW000001") != Chance(8).of("died", "WW000001")
    assert happenings(Chance(7), PEOPLE, YEAR) == happenings(Chance(7), PEOPLE, YEAR)
    assert happenings(Chance(7), PEOPLE, YEAR) != happenings(Chance(8), PEOPLE, YEAR)


def test_what_befalls_people_falls_within_the_year_and_comes_once_to_whoever_dies() -> None:
    found = happenings(Chance(7), PEOPLE, YEAR)
    assert {each.kind for each in found} >= {"died", "hospital", "care-home", "away", "frozen"}
    assert all(YEAR.start <= each.on < date(2026, 4, 1) for each in found)
    died = {each.person for each in found if each.kind == "died"}
    assert all(each.kind == "died" for each in found if each.person in died)


def test_a_small_council_has_its_stays_and_deaths_too() -> None:
    kinds = [each.kind for each in happenings(Chance(1), PEOPLE[:12], YEAR)]
    assert kinds.count("died") == 2
    assert kinds.count("frozen") <= 1


def test_statements_come_each_quarter_and_the_last_before_the_end() -> None:
    days = quarters(YEAR, before_end=18)
    assert len(days) == 4
    assert days[-1] == date(2026, 3, 14)
    assert all((later - earlier).days == 91 for earlier, later in pairwise(days))


def test_whoever_stops_paying_their_part_stops_for_three_payments() -> None:
    late = next(
        found
        for number in range(500)
        if (found := habits(Chance(7), str(number), payments=13, standing_order=True)).misses
    )
    assert sum(not late.pays_in(number) for number in range(13)) == 3


def test_a_week_buys_what_the_account_is_for_and_no_more() -> None:
    own = habits(Chance(7), "WW000001", payments=13, standing_order=True)
    lines = {ASSISTANT.line: 0, AGENCY.line: 0, SMALL.line: 0}
    for week in range(52):
        monday = date.fromordinal(MONDAY.toordinal() + 7 * week)
        for move in week_of(Chance(7), "one", monday, (ASSISTANT, AGENCY, SMALL), own):
            assert monday <= move.on < date.fromordinal(monday.toordinal() + 7)
            assert move.pence < 0
            if move.line:
                lines[move.line] -= move.pence
    for item in (ASSISTANT, AGENCY, SMALL):
        assert 0 < lines[item.line] <= item.weekly * 53


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_statement_is_read_back_to_the_penny(form: str) -> None:
    moves = [
        Move(date(2025, 4, 9), -1_250, "Hedgerow Grocers", "CARD", "DEB", "spent", 13),
        Move(date(2025, 4, 4), 160_000, "Ambleford Council", "SUPPORT WW000001", "BAC", "payment"),
        Move(date(2025, 4, 11), -40_000, "Sunny Okonjo", "WAGES", "FPO", "spent", 11),
        Move(date(2025, 4, 11), -1, "O’Neil & Sons <Ltd>", "CARD", "DEB", "spent", 13),
    ]
    own = habits(Chance(7), "WW000001", payments=13, standing_order=False)
    account = BankAccount("001234", "10000010", "Rose Marlow", 5_000, MONDAY, own, moves)
    name, content = statement_file(account, moves, 5_000, form)
    read = read_statement(BytesIO(content), name=name)
    lines = sorted((line.on, line.pence) for line in read.lines)
    assert lines == sorted((move.on, move.pence) for move in moves)
    (sums,) = read.accounts.values()
    assert sums.closing == account.balance
    assert set(WRITERS) == set(FORMS)
