"""Independent advocacy: Care Act 2014, sections 67 and 68."""

from dataclasses import replace

import pytest

from wherewithal.careact.advocacy import (
    DIFFICULTIES,
    NOT_APPROPRIATE,
    SECTION_67,
    SECTION_68,
    AdvocacyFacts,
    AppropriatePerson,
    decide_advocacy,
)

SISTER = AppropriatePerson("Your sister")
HARD = AdvocacyFacts("adult_assessment", frozenset({"retain"}), SISTER)

TABLE = [
    ("no difficulty", replace(HARD, difficulties=frozenset(), helper=None), False),
    ("difficulty, and someone suitable", HARD, False),
    ("difficulty, and nobody", replace(HARD, helper=None), True),
    ("hospital for 27 days", replace(HARD, hospital_days=27), False),
    ("hospital for 28 days", replace(HARD, hospital_days=28), True),
    ("care home for 7 weeks", replace(HARD, care_home_weeks=7), False),
    ("care home for 8 weeks", replace(HARD, care_home_weeks=8), True),
    ("care home, not in their interests",
     replace(HARD, care_home_weeks=8, stay_in_interests=False), False),
    ("both sides want one", replace(HARD, disagreement_both_want_advocate=True), True),
    ("nobody to disagree with",
     replace(HARD, helper=None, disagreement_both_want_advocate=True), True),
    ("not asked", replace(HARD, difficulties=None), None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "needed"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_when_an_advocate_is_needed(facts: AdvocacyFacts, needed: bool | None) -> None:
    decision = decide_advocacy(facts)
    assert decision.needed is needed
    assert bool(decision.missing) is (needed is None)


@pytest.mark.parametrize("difficulty", DIFFICULTIES)
def test_any_one_difficulty_is_enough(difficulty: str) -> None:
    facts = AdvocacyFacts("plan", frozenset({difficulty}))
    assert decide_advocacy(facts).needed is True


@pytest.mark.parametrize("ground", NOT_APPROPRIATE)
def test_someone_ruled_out_does_not_take_an_advocates_place(ground: str) -> None:
    helper = AppropriatePerson("Your neighbour", frozenset({ground}))
    decision = decide_advocacy(replace(HARD, helper=helper))
    assert decision.needed is True
    assert any(NOT_APPROPRIATE[ground] in reason.for_person for reason in decision.reasons)


@pytest.mark.parametrize("process", sorted(SECTION_67 | SECTION_68))
def test_every_process_names_its_section(process: str) -> None:
    decision = decide_advocacy(AdvocacyFacts(process, frozenset({"communicate"})))
    section = "section 68" if process in SECTION_68 else "section 67"
    assert decision.reasons[0].source.where == section


def test_capacity_plays_no_part() -> None:
    assert not any("capacity" in name for name in AdvocacyFacts.__dataclass_fields__)


@pytest.mark.parametrize("process", ["", "parking"])
def test_an_unknown_process_is_refused(process: str) -> None:
    with pytest.raises(ValueError, match="adult_assessment"):
        AdvocacyFacts(process, None)


def test_unknown_words_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match="hearing"):
        AdvocacyFacts("plan", frozenset({"hearing"}))
    with pytest.raises(ValueError, match="grumpy"):
        AppropriatePerson("Your neighbour", frozenset({"grumpy"}))
