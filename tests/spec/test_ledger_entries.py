"""How money is written down: one entry is one movement."""

from dataclasses import replace
from datetime import date

import pytest

from wherewithal.ledger.entries import (
    LABELS,
    MOST_PENCE,
    REVERSED,
    WHATS,
    Account,
    Entry,
    Kind,
    brought_into,
    reversal,
)

PROVIDER = Account.of_text("provider:5")
PAYABLE, HELD = Account.of_text("payable:WW000001"), Account.of_text("held:WW000001/isf")
APPROVED = Entry(
    date(2026, 4, 6), PAYABLE, HELD, 40_000, "payment-approved", "Four weeks of support.",
    "payment:12", "WW000001",
)  # fmt: skip


@pytest.mark.parametrize(
    ("what", "source", "target"),
    [
        ("payment-approved", "payable:WW000001", "held:WW000001/direct-payment"),
        ("contribution-due", "contribution:WW000001", "held:WW000001/direct-payment"),
        ("payment-sent", "sent:31", "payable:WW000001"),
        ("payment-confirmed", "funding:council", "sent:31"),
        ("payment-confirmed", "funding:nhs", "sent:31"),
        ("payment-returned", "payable:WW000001", "sent:31"),
        ("payment-returned", "payable:WW000001", "funding:council"),
        ("spent", "held:WW000001/direct-payment", "line:77"),
        ("contribution-paid-in", "funding:person", "contribution:WW000001"),
        ("refunded", "line:77", "held:WW000001/direct-payment"),
        ("invoice-approved", "provider:5", "line:77"),
        ("invoice-paid", "sent:31", "provider:5"),
        ("contribution-charged", "contribution:WW000001", "funding:council"),
        ("arrangement-charged", "contribution:WW000001", "funding:council"),
        ("surplus-decided", "held:WW000001/direct-payment", "recovery:WW000001"),
        ("own-share-returned", "held:WW000001/direct-payment", "funding:person"),
        ("surplus-repaid", "recovery:WW000001", "funding:council"),
        ("surplus-let-go", "recovery:WW000001", "held:WW000001/direct-payment"),
        ("surplus-taken-off", "recovery:WW000001", "payable:WW000001"),
        ("charge-lowered", "payable:WW000001", "contribution:WW000001"),
        ("charge-raised", "contribution:WW000001", "payable:WW000001"),
        ("charge-settled", "payable:WW000001", "held:WW000001/direct-payment"),
        ("charge-settled", "held:WW000001/direct-payment", "payable:WW000001"),
        ("contribution-settled", "contribution:WW000001", "held:WW000001/direct-payment"),
        ("contribution-corrected", "contribution:WW000001", "held:WW000001/direct-payment"),
        ("contribution-corrected", "held:WW000001/direct-payment", "contribution:WW000001"),
    ],
)
def test_money_moves_along_the_ways_it_is_meant_to(what: str, source: str, target: str) -> None:
    before, after = Account.of_text(source), Account.of_text(target)
    entry = Entry(date(2026, 4, 6), before, after, 1, what, "For what it was for.")
    assert (str(entry.source), str(entry.target)) == (source, target)


def account(kind: Kind, of: str) -> Account:
    return Account(kind, f"{of}/isf" if kind is Kind.HELD else of)


@pytest.mark.parametrize("what", WHATS)
@pytest.mark.parametrize("source", Kind)
@pytest.mark.parametrize("target", Kind)
def test_money_moves_no_other_way(what: str, source: Kind, target: Kind) -> None:
    before, after = account(source, "council"), account(target, "nhs")
    if (source, target) in WHATS[what].moves:
        assert Entry(date(2026, 4, 6), before, after, 1, what, "Why.").what == what
    else:
        with pytest.raises(ValueError, match="can't move money"):
            Entry(date(2026, 4, 6), before, after, 1, what, "Why.")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"pence": 0}, "To move money the other way, swap the accounts".lower()),
        ({"pence": -1}, "-1 pence"),
        ({"pence": 10.0}, "10.0 pence"),
        ({"pence": True}, "True pence"),
        ({"pence": MOST_PENCE + 1}, "999,999,999.99"),
        ({"target": PAYABLE}, "to itself"),
        ({"what": "gift"}, "'gift' is not a reason"),
        ({"what": "spent"}, "It moves it from held to line"),
        ({"what": REVERSED, "source": PROVIDER}, "the opposite of any other move"),
        ({"sentence": " "}, "has no sentence"),
        ({"sentence": "One\nTwo"}, "in one line"),
        ({"document": "d" * 121}, "121 characters"),
        ({"person": "WW00000000001"}, "13 characters"),
    ],
)
def test_an_entry_that_cannot_be_true_cannot_be_made(change: dict[str, object], told: str) -> None:
    with pytest.raises(ValueError, match="(?i)" + told.replace("(", r"\(")):
        replace(APPROVED, **change)  # type: ignore[arg-type]  # values of a wrong kind are the point


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("bank:1", "keep no 'bank' accounts"),
        ("line:", "not a name the books can keep"),
        ("line:one two", "not a name the books can keep"),
        ("line:" + "1" * 61, "Use up to 60"),
        ("funding:lottery", "Name one of: council, nhs, other, person"),
        ("held:WW000001", "does not say whose money is held and how"),
        ("held:WW000001/", "does not say whose money is held and how"),
    ],
)
def test_an_account_has_a_kind_and_a_name_that_fits_it(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        Account.of_text(text)


def test_accounts_are_read_as_they_are_written() -> None:
    assert Account.of_text(str(HELD)) == HELD
    assert HELD.kind is Kind.HELD


def test_every_reason_has_a_plain_label() -> None:
    assert set(LABELS) == {*WHATS, REVERSED}
    assert all(label[0].isupper() and "-" not in label for label in LABELS.values())


def test_an_entry_is_taken_back_by_its_opposite() -> None:
    back = reversal(APPROVED, on=date(2026, 4, 9), sentence="It was approved in error.")
    assert (back.source, back.target, back.pence) == (HELD, PAYABLE, 40_000)
    assert (back.what, back.document, back.person) == (REVERSED, "payment:12", "WW000001")


def test_an_entry_without_a_document_cannot_be_taken_back() -> None:
    with pytest.raises(ValueError, match="it names no document"):
        reversal(replace(APPROVED, document=""), on=date(2026, 4, 9), sentence="An error.")


def test_a_reversal_is_not_taken_back_itself() -> None:
    back = reversal(APPROVED, on=date(2026, 4, 9), sentence="It was approved in error.")
    with pytest.raises(ValueError, match="it takes another back itself"):
        reversal(back, on=date(2026, 4, 10), sentence="An error.")


def test_a_change_for_days_of_a_closed_month_stands_in_the_open_one_and_says_so() -> None:
    late = brought_into(APPROVED, date(2026, 6, 1))
    assert (late.on, late.about) == (date(2026, 6, 1), date(2026, 4, 6))
    assert late.sentence == (
        "Four weeks of support. This is about 6 April 2026, whose month was closed."
    )
    assert brought_into(APPROVED, date(2026, 4, 1)) is APPROVED
