"""How a line of an account is known: whose it was, why, and how surely."""

from datetime import date

import pytest

from wherewithal.ledger.entries import Account, Kind
from wherewithal.ledger.spending import Seen as Posted
from wherewithal.ledger.spending import corrected, entry_of
from wherewithal.monitoring.matching import Known, Meaning, Part, Rule, Seen, Sent, match
from wherewithal.monitoring.payee_names import is_name_of, payee_key

MONDAY = date(2026, 11, 2)
ASSISTANT = Part(1, "Personal assistant", "", 11_000)
CENTRE = Part(2, "Day centre", "Harbour Day Centre", 4_500)
ADA = Known(
    parts=(ASSISTANT, CENTRE),
    sent=(Sent(MONDAY, 48_000, "SUPPORT WW000001"),),
    names=(("Ada", "Marlowbridge"),),
    council="Ambleford Council",
)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("CARD PAYMENT TO J SMITH 03NOV", "j smith"),
        ("J. Smith", "j smith"),
        ("SO Harbour Day Centre Ltd REF 00123", "harbour day centre"),
        ("Café Crème 4421", "cafe creme"),
        ("TO A/C 12345678", "a c"),
        ("12345678", "12345678"),
    ],
)
def test_the_banks_words_around_a_name_are_left_out(written: str, key: str) -> None:
    assert payee_key(written) == key


@pytest.mark.parametrize(
    ("key", "yes"),
    [
        ("ada marlowbridge", True), ("a marlowbridge", True), ("marlowbridge a", True),
        ("marlowbridge", False), ("bea marlowbridge", False), ("marlowbridge stores", False),
    ],
)  # fmt: skip
def test_a_person_is_known_by_given_name_or_initial_with_the_family_name(
    key: str, yes: bool
) -> None:
    assert is_name_of(key, "Ada", "Marlowbridge") is yes


@pytest.mark.parametrize(
    ("pence", "payee", "meaning", "budget_line", "sure", "why"),
    [
        (48_000, "AMBLEFORD COUNCIL", Meaning.PAYMENT, None, True, "The council sent this sum"),
        (47_000, "AMBLEFORD COUNCIL", Meaning.PAYMENT, None, False, "we sent no such sum"),
        (3_000, "MISS A MARLOWBRIDGE", Meaning.CONTRIBUTION, None, True, "in your name"),
        (-3_000, "A MARLOWBRIDGE", Meaning.TRANSFER, None, False, "in your name"),
        (-4_500, "HARBOUR DAY CENTRE LTD", Meaning.SPENT, 2, True, "Your plan names"),
        (4_500, "HARBOUR DAY CENTRE LTD", Meaning.REFUND, 2, True, "Your plan names"),
        (-22_000, "J SMITH", Meaning.SPENT, 1, False, "as much as 2 weeks of"),
        (-500, "MONTHLY ACCOUNT FEE", Meaning.FEE, None, True, "a charge or interest"),
        (-2_000, "LINK CASH HIGH ST", Meaning.UNMATCHED, None, False, "Cash was taken out"),
        (-1_999, "TESCO STORES 1234", Meaning.UNMATCHED, None, False, "not seen this name"),
        (-500, "AMBLEFORD COUNCIL", Meaning.REPAID, None, False, "It went to the council."),
    ],
)
def test_a_line_is_known_by_who_paid_and_how_much(
    pence: int, payee: str, meaning: Meaning, budget_line: int | None, sure: bool, why: str
) -> None:
    found = match([Seen(1, MONDAY, pence, payee)], ADA)[1]
    assert (found.meaning, found.budget_line, found.sure) == (meaning, budget_line, sure)
    assert why in found.why


@pytest.mark.parametrize(
    ("own", "why"),
    [
        (True, "“J SMITH” was “Personal assistant” last time."),
        (False, "“J SMITH” is “Personal assistant” for everybody."),
    ],
)
def test_a_payee_is_what_it_was_last_time(own: bool, why: str) -> None:
    line = None if not own else 1
    rule = Rule(7, "j smith", False, Meaning.SPENT, line, "personal assistant", own)
    known = Known(rules=(rule,), parts=ADA.parts)
    found = match([Seen(1, MONDAY, -9_900, "FPO J SMITH 77")], known)[1]
    assert (found.budget_line, found.sure, found.why, found.rule) == (1, True, why, 7)


def test_the_persons_own_word_comes_before_what_holds_for_everybody() -> None:
    rules = (
        Rule(1, "j smith", False, Meaning.SPENT, 2, own=True),
        Rule(9, "j smith", False, Meaning.SPENT, None, "personal assistant", own=False),
    )
    known = Known(rules=rules, parts=ADA.parts)
    assert match([Seen(1, MONDAY, -9_900, "J SMITH")], known)[1].budget_line == 2


def test_a_rule_for_a_line_that_this_budget_does_not_have_says_nothing() -> None:
    known = Known(rules=(Rule(1, "j smith", False, Meaning.SPENT, 99),), parts=ADA.parts)
    assert match([Seen(1, MONDAY, -9_900, "J SMITH")], known)[1].meaning is Meaning.UNMATCHED


@pytest.mark.parametrize(
    ("meaning", "pence", "line", "source", "target", "what"),
    [
        ("spent", -500, 12, "held:WW1/direct_payment", "line:12", "spent"),
        ("refund", 500, 12, "line:12", "held:WW1/direct_payment", "refunded"),
        ("contribution", 500, None, "funding:person", "contribution:WW1", "contribution-paid-in"),
        ("fee", -500, None, "held:WW1/direct_payment", "funding:other", "other-out"),
        ("fee", 500, None, "funding:other", "held:WW1/direct_payment", "other-in"),
        ("transfer", -500, None, "held:WW1/direct_payment", "funding:person", "other-out"),
        ("other", -500, None, "held:WW1/direct_payment", "funding:other", "other-out"),
    ],
)
def test_what_a_line_was_says_where_its_money_went(
    meaning: str, pence: int, line: int | None, source: str, target: str, what: str
) -> None:
    entry = entry_of(
        Posted(MONDAY, pence, meaning, "WW1", "direct_payment", "line:1", line, "J SMITH")
    )
    assert entry is not None
    assert (str(entry.source), str(entry.target), entry.pence, entry.what) == (
        source, target, 500, what,
    )  # fmt: skip


@pytest.mark.parametrize("meaning", ["payment", "repaid", "unmatched"])
def test_what_the_books_hold_already_is_not_written_again(meaning: str) -> None:
    line = Posted(MONDAY, 500, meaning, "WW1", "direct_payment", "line:1")
    assert entry_of(line) is None


def test_a_corrected_line_is_taken_back_and_written_anew() -> None:
    before = Posted(MONDAY, -500, "spent", "WW1", "direct_payment", "line:1", 12, "J SMITH")
    after = Posted(MONDAY, -500, "spent", "WW1", "direct_payment", "line:1", 13, "J SMITH")
    back, anew = corrected(before, after)
    assert (str(back.source), str(back.target), back.on) == (
        "line:12", "held:WW1/direct_payment", MONDAY,
    )  # fmt: skip
    assert anew.target == Account(Kind.LINE, "13")
    assert corrected(before, before) == []
