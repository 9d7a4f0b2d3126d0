"""What each step of a payment moves in the books, and that nothing is left behind at its end."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from wherewithal.ledger.entries import Entry
from wherewithal.ledger.movements import (
    Payable,
    approved,
    came_back,
    confirmed,
    refund_promised,
    sent,
    taken_back,
)

ON = date(2026, 11, 2)
PAID = Payable(12, 3, "WW000001", "direct-payment", "16 Nov to 13 Dec 2026", 132_900, 33_100)
INVOICE = replace(PAID, provider="7", contribution=0)
payables = st.builds(
    Payable, st.just(12), st.just(3), st.just("WW000001"), st.just("isf"), st.just("November"),
    st.integers(0, 10**7), st.integers(0, 10**7), st.integers(-(10**6), 10**6),
)  # fmt: skip


def left(*steps: Iterable[Entry]) -> dict[str, int]:
    """Return what every account holds after some steps, noughts left out."""
    held: Counter[str] = Counter()
    for step in steps:
        for entry in step:
            held[str(entry.source)] -= entry.pence
            held[str(entry.target)] += entry.pence
    return {account: pence for account, pence in held.items() if pence}


def test_approving_promises_the_council_s_part_and_the_person_s_own() -> None:
    assert left(approved(PAID, ON)) == {
        "payable:WW000001": -132_900,
        "contribution:WW000001": -33_100,
        "held:WW000001/direct-payment": 166_000,
    }


def test_sent_money_is_on_its_way_until_the_bank_has_paid() -> None:
    assert left(approved(PAID, ON), sent(PAID, ON))["sent:3"] == -132_900
    done = left(approved(PAID, ON), sent(PAID, ON), confirmed(PAID, ON))
    assert done == {
        "funding:council": -132_900,
        "contribution:WW000001": -33_100,
        "held:WW000001/direct-payment": 166_000,
    }


def test_an_invoice_goes_to_its_provider_and_promises_nothing_to_the_person() -> None:
    assert left(approved(INVOICE, ON), sent(INVOICE, ON), confirmed(INVOICE, ON)) == {
        "provider:7": 132_900,
        "funding:council": -132_900,
    }


def test_what_is_given_back_was_promised_before_and_leaves_nothing_once_it_arrives() -> None:
    paid = replace(PAID, given_back=True)
    promised = (refund_promised(paid.person, paid.net, ON, document="refund:3"),)
    assert left(promised) == {
        "payable:WW000001/given-back": -132_900,
        "funding:council": 132_900,
    }
    assert approved(paid, ON) == ()
    assert left(promised, sent(paid, ON), confirmed(paid, ON)) == {}
    assert left(promised, sent(paid, ON), came_back(paid, ON, arrived=False, why="x")) == left(
        promised
    )


@given(payables, st.booleans(), st.booleans())
def test_money_that_comes_back_leaves_only_what_changed_charges_had_put_there(
    paid: Payable, arrived: bool, is_invoice: bool
) -> None:
    paid = replace(paid, provider="7") if is_invoice else paid
    steps = [approved(paid, ON), sent(paid, ON)]
    steps += [confirmed(paid, ON)] if arrived else []
    assert left(*steps, came_back(paid, ON, arrived=arrived, why="it is closed")) == {}


@given(payables)
def test_a_cancelled_payment_leaves_nothing(paid: Payable) -> None:
    assert left(approved(paid, ON), taken_back(paid, ON, "the run was cancelled")) == {}


@given(payables)
def test_once_sent_nothing_is_payable_but_what_a_changed_charge_posted_itself(
    paid: Payable,
) -> None:
    held = left(approved(paid, ON), sent(paid, ON))
    assert held.get("payable:WW000001", 0) == paid.recharged


def test_every_entry_names_the_payment_and_the_person() -> None:
    for entry in (*approved(PAID, ON), *sent(PAID, ON), *confirmed(PAID, ON)):
        assert (entry.document, entry.person) == ("payment:12", "WW000001")
