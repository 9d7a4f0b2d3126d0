"""What must hold of every way of saying what the lines of an account were."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from wherewithal.monitoring.matching import (
    Known,
    Match,
    Meaning,
    Part,
    Rule,
    Seen,
    Sent,
    match,
)
from wherewithal.monitoring.payee_names import payee_key

START = date(2026, 9, 1)
NAMES = ("J SMITH", "Harbour Day Centre", "AMBLEFORD COUNCIL", "A Marlowbridge", "TESCO 1234", "")
PARTS = (
    Part(1, "Personal assistant", "", 11_000),
    Part(2, "Day centre", "Harbour Day Centre", 4_500),
)
days = st.integers(0, 20).map(lambda number: START + timedelta(number))
sums = st.sampled_from([-22_000, -11_000, -4_500, -199, 44_000, 44_000, 5_000])
lines = st.lists(
    st.tuples(days, sums, st.sampled_from(NAMES), st.sampled_from(["", "SUPPORT WW000001"])),
    max_size=12,
).map(
    lambda rows: [
        Seen(number, on, pence, payee, text) for number, (on, pence, payee, text) in enumerate(rows)
    ]
)
payments = st.lists(
    st.builds(Sent, days, st.just(44_000), st.sampled_from(["SUPPORT WW000001", ""])), max_size=3
)
rules = st.lists(
    st.builds(
        Rule,
        id=st.integers(1, 99),
        payee=st.sampled_from([payee_key(name) for name in NAMES if name]),
        incoming=st.booleans(),
        meaning=st.sampled_from([Meaning.SPENT, Meaning.OTHER, Meaning.FEE]),
        budget_line=st.sampled_from([1, 2]),
        own=st.booleans(),
    ),
    max_size=4,
    unique_by=lambda rule: rule.id,
)
known = st.builds(
    lambda found, sent: Known(
        tuple(found), PARTS, tuple(sent), (("Ada", "Marlowbridge"),), "Ambleford Council"
    ),
    rules,
    payments,
)


def told(found: dict[int, Match], seen: list[Seen]) -> Counter[tuple[Seen, Match]]:
    """Count what was said of lines that look the same, whatever their numbers."""
    return Counter((replace(line, id=0), found[line.id]) for line in seen)


@given(lines, known, st.randoms(use_true_random=False))
def test_the_order_of_the_lines_changes_nothing(
    seen: list[Seen], facts: Known, random: "st.DataObject"
) -> None:
    shuffled = list(seen)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random
    renumbered = [replace(line, id=number) for number, line in enumerate(shuffled)]
    again = replace(facts, _decided={})
    assert told(match(seen, facts), seen) == told(match(renumbered, again), renumbered)


@given(lines, known)
def test_every_line_is_said_to_be_something_and_why(seen: list[Seen], facts: Known) -> None:
    found = match(seen, facts)
    assert set(found) == {line.id for line in seen}
    for each in found.values():
        assert each.why
        assert not each.sure or each.meaning is not Meaning.UNMATCHED
        if each.sure and each.meaning in {Meaning.SPENT, Meaning.REFUND}:
            assert each.budget_line in {1, 2}


@given(lines, known)
def test_no_payment_of_the_council_is_found_twice(seen: list[Seen], facts: Known) -> None:
    found = match(seen, facts)
    sure = [line for line in seen if found[line.id].meaning == Meaning.PAYMENT]
    certain = [line for line in sure if found[line.id].sure and found[line.id].rule is None]
    assert len(certain) <= len(facts.sent)
    assert all(line.pence == 44_000 for line in certain)


@given(lines, known, st.sampled_from(NAMES[:5]), st.booleans(), st.sampled_from([1, 2]))
def test_what_the_person_said_last_wins_over_everything_but_our_own_payments(
    seen: list[Seen], facts: Known, name: str, incoming: bool, budget_line: int
) -> None:
    said = Rule(1000, payee_key(name), incoming, Meaning.SPENT, budget_line)
    others = tuple(rule for rule in facts.rules if not rule.own or rule.payee != said.payee)
    found = match(seen, replace(facts, rules=(*others, said), _decided={}))
    for line in seen:
        each = found[line.id]
        ours = each.meaning is Meaning.PAYMENT and each.sure
        if line.key == said.payee and (line.pence > 0) == incoming and not ours:
            assert (each.meaning, each.budget_line, each.sure) == (
                Meaning.SPENT, budget_line, True,
            )  # fmt: skip
            assert each.rule == 1000


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_folded_name_stays_as_it_is(payee: str, text: str) -> None:
    key = payee_key(payee, text)
    assert len(key) <= 120
    assert payee_key(key) == key
