"""The eligibility test for adults: SI 2015/313, regulation 2."""

import dataclasses
import itertools

import pytest

from wherewithal.careact.eligibility import (
    EligibilityFacts,
    all_considered,
    decide_adult,
    outcomes_unable,
)
from wherewithal.careact.outcomes import ADULT_OUTCOMES, CRITERIA, WELLBEING_AREAS

U1, U2, U3, U4 = (frozenset({code}) for code in ("U1", "U2", "U3", "U4"))
FIVE = dict.fromkeys(("A1", "A2", "A3", "A5", "A6"), U1)

# rule | cause | unable | impact | eligible
TABLE = [
    ("E1 two outcomes by different criteria", True, {"A1": U1, "A2": U2}, True, True),
    ("E2 one outcome is not enough", True, {"A1": U1}, True, False),
    ("E3 no significant impact", True, {"A1": U1, "A2": U1}, False, False),
    ("E4 no impairment or illness", False, FIVE, True, False),
    ("E5 slowness, and danger to others", True, {"A9": U4, "A10": U3}, True, True),
    ("E6 a spouse meets both in full", True, {"A1": U1, "A2": U1}, True, True),
    ("E7 one outcome by two criteria", True, {"A1": U1 | U2}, True, False),
]


@pytest.mark.parametrize(
    ("cause", "unable", "impact", "eligible"),
    [row[1:] for row in TABLE],
    ids=[row[0] for row in TABLE],
)
def test_all_three_tests_must_be_met(
    cause: bool, unable: dict[str, frozenset[str]], impact: bool, eligible: bool
) -> None:
    decision = decide_adult(EligibilityFacts(cause, all_considered(unable), impact))
    assert decision.eligible is eligible
    assert decision.missing == ()
    assert all(reason.source.cite for reason in decision.reasons)


def test_there_is_no_place_to_record_carer_help() -> None:
    names = {field.name for field in dataclasses.fields(EligibilityFacts)}
    assert names == {"cause", "unable", "impact", "comes_and_goes", "judged_over"}
    decision = decide_adult(EligibilityFacts(True, all_considered({"A1": U1, "A2": U1}), True))
    assert "We did not count help from family or friends in this decision." in decision.for_person


def test_outcomes_are_counted_not_criteria() -> None:
    many = EligibilityFacts(True, all_considered({"A1": U1 | U2 | U3 | U4}), True)
    assert outcomes_unable(many) == ("A1",)
    assert decide_adult(many).eligible is False


@pytest.mark.parametrize(
    ("first", "second"), list(itertools.combinations([o.code for o in ADULT_OUTCOMES], 2))
)
def test_any_two_outcomes_will_do_in_any_order(first: str, second: str) -> None:
    there = decide_adult(EligibilityFacts(True, {first: U1, second: U4}, True))
    back = decide_adult(EligibilityFacts(True, {second: U4, first: U1}, True))
    assert there.eligible is True
    assert there == back


def test_each_test_speaks_to_the_person() -> None:
    decision = decide_adult(EligibilityFacts(True, all_considered({"A1": U1, "A9": U4}), True))
    assert [(test.name, test.met) for test in decision.tests] == [
        ("cause", True),
        ("outcomes", True),
        ("impact", True),
    ]
    assert decision.tests[1].for_person == (
        "There are difficulties with 2 of the 10 everyday things we looked at: eating and drinking "
        "well (you need someone’s help); using places and services near you, like buses and parks "
        "(it takes you much longer than it should). The rule asks for two or more."
    )
    assert decision.tests[1].reason.cited.endswith(
        "(Care and Support (Eligibility Criteria) Regulations 2015 (SI 2015/313), regulation 2.)"
    )


def test_not_eligible_means_written_advice_follows() -> None:
    decision = decide_adult(EligibilityFacts(True, all_considered({"A1": U1}), True))
    follows = " ".join(reason.for_person for reason in decision.what_follows)
    assert "in writing" in follows
    assert "written advice" in follows
    assert "look again at any time" in follows


def test_eligible_means_we_ask_whether_you_want_us_to_meet_the_needs() -> None:
    decision = decide_adult(EligibilityFacts(True, {"A1": U1, "A2": U1}, True))
    assert "ask whether you want us to meet" in decision.what_follows[1].for_person


def test_nothing_answered_is_undecided_and_says_what_is_missing() -> None:
    decision = decide_adult(EligibilityFacts(None, {}, None))
    assert decision.eligible is None
    assert len(decision.missing) == 1 + 10 + 1
    assert decision.what_follows == ()


def test_two_outcomes_are_enough_before_the_rest_are_looked_at() -> None:
    assert decide_adult(EligibilityFacts(True, {"A1": U1, "A2": U1}, True)).eligible is True


def test_one_outcome_is_undecided_while_another_could_still_count() -> None:
    unable = all_considered({"A1": U1})
    del unable["A4"]
    decision = decide_adult(EligibilityFacts(True, unable, True))
    assert decision.eligible is None
    assert decision.missing == ("Look at being dressed for the day and the weather (A4).",)


def test_no_cause_settles_it_whatever_else_is_open() -> None:
    assert decide_adult(EligibilityFacts(False, {}, None)).eligible is False


@pytest.mark.parametrize(("unable", "impact"), [({"A1": U1}, True), ({"A1": U1, "A2": U1}, False)])
def test_needs_that_come_and_go_are_not_refused_until_the_period_is_said(
    unable: dict[str, frozenset[str]], impact: bool
) -> None:
    considered = all_considered(unable)
    without = decide_adult(EligibilityFacts(True, considered, impact, comes_and_goes=True))
    assert without.eligible is None
    assert without.missing == ("The needs come and go: say which days, weeks or months you "
                               "looked at.",)  # fmt: skip
    said = EligibilityFacts(
        True, considered, impact, comes_and_goes=True, judged_over="March to August"
    )
    decision = decide_adult(said)
    assert decision.eligible is False
    assert any("March to August" in sentence for sentence in decision.for_person)


@pytest.mark.parametrize(
    ("unable", "told"), [({"A11": U1}, "A11"), ({"A1": frozenset({"U5"})}, "U5")]
)
def test_an_unknown_code_is_refused_by_name(unable: dict[str, frozenset[str]], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        EligibilityFacts(True, unable, True)


def test_there_are_ten_outcomes_four_criteria_and_nine_parts_of_wellbeing() -> None:
    assert [outcome.code for outcome in ADULT_OUTCOMES] == [f"A{n}" for n in range(1, 11)]
    assert [criterion.code for criterion in CRITERIA] == ["U1", "U2", "U3", "U4"]
    assert len({area.key for area in WELLBEING_AREAS}) == 9
