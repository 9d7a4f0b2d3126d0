"""What a support plan must hold: Care Act 2014, section 25."""

from dataclasses import replace

import pytest

from wherewithal.careact.plan import (
    Involvement,
    PlanFacts,
    PlanLine,
    PlanNeed,
    gaps,
    is_complete,
)

WASHING = PlanNeed("n1", "help to wash", eligible=True, council_will_meet=True)
OUT = PlanNeed("n2", "getting out", eligible=False, council_will_meet=False)
MORNINGS = PlanLine(
    "l1", "a PA in the mornings", frozenset({"n1"}), "direct_payment", 9_800, "week"
)

COMPLETE = PlanFacts(
    needs=(WASHING, OUT),
    lines=(MORNINGS,),
    outcomes=("I want to sing in the choir again",),
    personal_budget=9_800,
    advice_reducing="A bath seat from the equipment library.",
    advice_preventing="The falls class on Tuesdays.",
    person_took_part=True,
    agreed=True,
    contingency="The agency sends someone the same day.",
    copy_given=True,
)


def codes(plan: PlanFacts) -> list[str]:
    return [gap.code for gap in gaps(plan)]


def with_need(**changes: object) -> PlanFacts:
    return replace(COMPLETE, needs=(replace(WASHING, **changes), OUT))  # type: ignore[arg-type] # each case names a field of PlanNeed


def with_line(**changes: object) -> PlanFacts:
    return replace(COMPLETE, lines=(replace(MORNINGS, **changes),))  # type: ignore[arg-type] # each case names a field of PlanLine


def test_a_complete_plan_has_no_gap() -> None:
    assert gaps(COMPLETE) == ()
    assert is_complete(COMPLETE)


TABLE = [
    ("needs from the assessment", replace(COMPLETE, needs=(), lines=()), "no-needs"),
    ("whether each need is eligible", with_need(eligible=None), "need-not-decided"),
    ("which needs the council meets", with_need(council_will_meet=None), "need-not-placed"),
    ("how each is met", replace(COMPLETE, lines=()), "need-without-how"),
    ("why an eligible need is not met", with_need(council_will_meet=False),
     "need-not-met-without-reason"),
    ("the outcomes it helps with", replace(COMPLETE, outcomes=(" ",)), "no-outcomes"),
    ("the personal budget", replace(COMPLETE, personal_budget=None), "no-personal-budget"),
    ("advice on reducing needs", replace(COMPLETE, advice_reducing=""), "no-advice-reducing"),
    ("advice on preventing needs", replace(COMPLETE, advice_preventing=""),
     "no-advice-preventing"),
    ("needs of a direct payment", with_line(needs=frozenset()), "direct-payment-without-need"),
    ("amount of a direct payment", with_line(amount=None), "direct-payment-without-amount"),
    ("frequency of a direct payment", with_line(frequency=""),
     "direct-payment-without-frequency"),
    ("a line for a need of the plan", with_line(needs=frozenset({"n1", "n9"})),
     "line-for-unknown-need"),
    ("a need for every line", with_line(deployment="isf", needs=frozenset()),
     "line-without-need"),
    ("the person took part", replace(COMPLETE, person_took_part=None), "person-not-involved"),
    ("the carer took part", replace(COMPLETE, others=(Involvement("your carer", None),)),
     "someone-not-involved"),
    ("steps to agree", replace(COMPLETE, agreed=False), "not-agreed"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("plan", "code"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_what_is_missing_is_named_and_blocks_signing(plan: PlanFacts, code: str) -> None:
    found = {gap.code: gap for gap in gaps(plan)}
    assert code in found
    assert found[code].level == "required"
    assert found[code].sentence.endswith(".")
    assert "Care Act 2014" in found[code].source.cite
    assert not is_complete(plan)


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (replace(COMPLETE, contingency=""), "no-contingency"),
        (replace(COMPLETE, copy_given=False), "copy-not-given"),
    ],
)
def test_what_is_expected_is_named_but_does_not_block(plan: PlanFacts, code: str) -> None:
    assert codes(plan) == [code]
    assert is_complete(plan)


@pytest.mark.parametrize(
    "plan",
    [
        replace(COMPLETE, agreed=False, steps_to_agree="We met twice and changed the mornings."),
        replace(COMPLETE, person_took_part=False, person_why_not="She asked her sister to."),
        replace(COMPLETE, others=(Involvement("your carer", False, "He did not want to."),)),
        replace(
            with_need(council_will_meet=False, why_not_met="Her husband wants to do this."),
            lines=(),
        ),
        replace(with_need(how="the day centre"), lines=()),
    ],
)
def test_a_reason_in_words_closes_a_gap(plan: PlanFacts) -> None:
    assert codes(plan) == []


def test_a_line_without_direct_payment_needs_no_frequency() -> None:
    assert codes(with_line(deployment="council_managed", amount=None, frequency="")) == []


def test_required_gaps_come_before_expected_ones() -> None:
    levels = [gap.level for gap in gaps(replace(COMPLETE, contingency="", personal_budget=None))]
    assert levels == ["required", "expected"]


def test_a_plan_cannot_name_two_needs_alike() -> None:
    with pytest.raises(ValueError, match="n1"):
        replace(COMPLETE, needs=(WASHING, WASHING))


def test_a_line_is_held_in_one_of_five_ways() -> None:
    with pytest.raises(ValueError, match="council_managed"):
        with_line(deployment="cash")
