"""What may I spend it on? Yes, ask first, or no: each with a reason and with what says so."""

import pytest

from wherewithal.careact.spending import VERDICTS, Thing, by_verdict, look_up, things

# asked in one's own words | the first thing the guide says, or the verdicts of both sides
ASKED = [
    ("Can I pay my wife?", ["partner"]),
    ("a bottle of wine", ["alcohol"]),
    ("lottery tickets", ["going-with", "gambling"]),
    ("taxi to the day centre", ["taxi"]),
    ("a cleaner", ["cleaning"]),
    ("Someone to do my gardening", ["cleaning"]),
    ("my brother", ["relative-elsewhere", "relative-at-home"]),
    ("physio", ["nhs"]),
    ("payroll and insurance", ["employer"]),
    ("my electricity bill", ["living"]),
    ("xyzzy", []),
]


@pytest.mark.parametrize(("words", "codes"), ASKED)
def test_the_guide_understands_people_s_own_words(words: str, codes: list[str]) -> None:
    found = [thing.code for thing in look_up(words)]
    assert set(codes) <= set(found)
    assert bool(found) is bool(codes)


NEVER = ["gambling", "alcohol", "debts", "nhs", "income-tax", "partner", "relative-at-home"]


@pytest.mark.parametrize("code", NEVER)
def test_what_is_never_paid_for_has_a_reason(code: str) -> None:
    thing = next(thing for thing in by_verdict()["no"] if thing.code == code)
    assert thing.why
    assert thing.source


def test_a_rule_of_councils_is_never_shown_as_law() -> None:
    for thing in things():
        assert ("no law says it" in thing.source) is thing.local, thing.code


def test_a_relative_elsewhere_and_a_friend_at_home_may_be_paid() -> None:
    codes = {thing.code for thing in by_verdict()["yes"]}
    assert {"relative-elsewhere", "friend"} <= codes


def test_the_guide_has_three_parts_and_no_entry_twice() -> None:
    assert list(by_verdict()) == list(VERDICTS)
    codes = [thing.code for thing in things()]
    assert len(codes) == len(set(codes)) == sum(map(len, by_verdict().values()))


def test_an_entry_without_a_reason_or_with_another_verdict_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a reason"):
        Thing("x", "yes", "X", "", "a source")
    with pytest.raises(ValueError, match="says 'maybe'"):
        Thing("x", "maybe", "X", "Why", "a source")  # type: ignore[arg-type]  # it is refused
