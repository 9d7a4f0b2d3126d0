"""The kinds of step a scheme is built from: what each is written like, and what it comes to."""

from fractions import Fraction

import pytest

from wherewithal.allocation import Answers, columns_of, evaluate, explain
from wherewithal.scheme import Scheme, SchemeMistakes, read_scheme
from wherewithal.scheme.graph import reaches
from wherewithal.scheme.steps import KINDS

HEAD = """
scheme: manual
version: "1"
title: A scheme for the manual
money: {currency: GBP, per: week, rounding: half-up}
source: here
sources:
  here: {text: Made up, date: 2026-04-01, status: unverified, reason: it is a test}
sections:
  all: {title: Everything}
prices:
  day: {label: Day, hourly: 24.10, source: here}
questions:
  wash:
    section: all
    ask: Do you need help to wash?
    family-can-help: yes
    options:
      none: {label: No help}
      some: {label: Some help}
      lots: {label: Lots of help}
  home:
    section: all
    ask: Who do you live with?
    order: none
    options:
      alone: {label: Nobody}
      others: {label: Others}
  score:
    section: all
    ask: How hard is an ordinary day?
    kind: number
    from: 0
    to: 10
    unit: points
steps:
  time:
    kind: choice
    question: wash
    amounts: {none: 0, some: 60, lots: 210}
    unit: minutes
    source: here
  kept: {kind: after-help, of: time, question: wash}
  cost: {kind: cost, of: kept, price: day}
  living:
    kind: choice
    question: home
    amounts: {alone: 1.5, others: 1}
    unit: factor
    source: here
  sized: {kind: product, of: [score, living], unit: points}
"""
TAIL = """
lines:
  washing: {label: Washing, of: cost, question: wash}
  points: {label: Money for points, of: tried}
"""

WRITTEN = [
    # the kind, how it is written, and pounds for scores 0, 4, 7 and 10 of somebody living alone
    ("product", "{kind: product, of: [sized, living], unit: money}", ["0", "9", "15.75", "22.5"]),
    ("square", "{kind: square, of: sized, unit: money}", ["0", "36", "110.25", "225"]),
    (
        "sum",
        "{kind: sum, of: {score: 0.25, sized: 2}, plus: 1.5, unit: money, source: here}",
        ["1.5", "14.5", "24.25", "34"],
    ),
    (
        "limit",
        "{kind: limit, of: money, least: 3, most: 14, reason: so it says, source: here}",
        ["3", "6", "10.5", "14"],
    ),
    (
        "bands",
        "{kind: bands, of: sized, bands: [{from: 0, below: 6, amount: 5}, "
        "{from: 6, below: 15, amount: 8}, {from: 15, amount: 20}], unit: money, source: here}",
        ["5", "8", "8", "20"],
    ),
    (
        "curve",
        "{kind: curve, of: sized, knots: [[0, 2], [6, 5], [15, 50]], unit: money, source: here}",
        ["2", "5", "27.5", "50"],
    ),
    (
        "count",
        "{kind: count, of: {score: {at-least: 7}, home: [alone]}, unit: money, source: here}",
        ["1", "1", "2", "2"],
    ),
    (
        "pick",
        "{kind: pick, question: home, of: {alone: money, others: other}}",
        ["0", "6", "10.5", "15"],
    ),
    ("highest", "{kind: highest, of: [money, other]}", ["0", "6", "10.5", "15"]),
    ("lowest", "{kind: lowest, of: [other, money]}", ["0", "4", "7", "10"]),
    ("round", "{kind: round, of: money, to: 4, rounding: half-up}", ["0", "8", "12", "16"]),
    ("round", "{kind: round, of: money, to: 4, rounding: down}", ["0", "4", "8", "12"]),
    ("round", "{kind: round, of: money, to: 4, rounding: up}", ["0", "8", "12", "16"]),
    ("round", "{kind: round, of: money, to: 5, rounding: half-even}", ["0", "5", "10", "15"]),
]
REST = "  rest: {kind: sum, of: {sized: 0}, unit: money, source: here}\n"
REST_LINE = "  rest: {label: The rest, of: rest}\n"
OTHER = "  other: {kind: sum, of: [score], unit: money}\n"
MONEY = "  money: {kind: sum, of: [sized], unit: money}\n"


def written(step: str) -> Scheme:
    money = MONEY if "money" in step.replace("unit: money", "") else ""
    money += OTHER if "other" in step else ""
    if "count" in step:
        return read_scheme(f"{HEAD}{REST}  tried: {step}\n{TAIL}{REST_LINE}", name="manual")
    return read_scheme(f"{HEAD}{money}  tried: {step}\n{TAIL}", name="manual")


def person(score: int, home: str = "alone", wash: str = "none") -> Answers:
    return Answers({"score": score, "home": home, "wash": wash})


@pytest.mark.parametrize(("kind", "step", "pounds"), WRITTEN)
def test_what_a_step_comes_to(kind: str, step: str, pounds: list[str]) -> None:
    scheme = written(step)
    crowd = [person(score) for score in (0, 4, 7, 10)]
    told = [explain(scheme, each) for each in crowd]
    assert [each.step("tried").value for each in told] == [Fraction(each) for each in pounds]
    assert {each.step("tried").kind for each in told} == {kind}
    assert evaluate(scheme, columns_of(scheme, crowd))["total"].tolist() == [
        each.total for each in told
    ]


def test_every_kind_of_step_stands_in_this_manual() -> None:
    shown = {kind for kind, _, _ in WRITTEN} | {"choice", "number", "after-help", "cost"}
    assert shown == set(KINDS)


@pytest.mark.parametrize(("answer", "minutes"), [("none", 0), ("some", 60), ("lots", 210)])
def test_a_choice_gives_the_amount_of_the_answer(answer: str, minutes: int) -> None:
    told = explain(written(WRITTEN[0][1]), person(0, wash=answer))
    assert told.step("time").value == minutes


def test_a_cost_is_minutes_at_the_price_of_an_hour_rounded_once() -> None:
    told = explain(written(WRITTEN[0][1]), person(0, wash="lots"))
    assert told.step("cost").value == Fraction("84.35")
    assert told.lines[0].pence == 8435


@pytest.mark.parametrize(
    ("counted", "share", "left"), [("1", 50, 105), ("1", 100, 0), ("0.5", 100, 105), ("0", 90, 210)]
)
def test_after_help_leaves_what_family_does_not_do(counted: str, share: int, left: int) -> None:
    text = HEAD.replace("question: wash}", f"question: wash, counted: {counted}, source: here}}")
    scheme = read_scheme(f"{text}  tried: {WRITTEN[0][1]}\n{TAIL}", name="manual")
    answers = Answers({"score": 1, "home": "alone", "wash": "lots"}, {"wash": share}, True, True)
    told = explain(scheme, answers)
    assert told.step("kept").value == left
    assert told.step("kept").value_without_help == 210
    found = evaluate(scheme, columns_of(scheme, [answers]))
    assert found["total"][0] == told.total


def test_a_group_that_is_no_order_of_need_may_go_either_way() -> None:
    scheme = written(WRITTEN[0][1])
    assert explain(scheme, person(4, "others")).total == 400
    assert explain(scheme, person(4, "alone")).total == 900


def test_steps_stand_in_the_order_they_depend_on_each_other() -> None:
    told = explain(written(WRITTEN[2][1]), person(4))
    seen: set[str] = set()
    for step in told.steps:
        assert set(step.children) <= seen
        seen.add(step.code)
    assert told.steps[-1].code == "total"
    assert told.step("tried").rule == "1.5 + 0.25 × score + 2 × sized"
    assert told.step("tried").source == "Made up (2026-04-01; not yet verified)"
    assert told.step("line points").inputs == (("tried", "14.5"),)


def test_the_json_form_is_plain_versioned_and_exact() -> None:
    told = explain(written(WRITTEN[2][1]), person(4)).to_json()
    assert told["explanation"] == 1
    assert told["total"] == 1450
    by_code = {step["code"]: step for step in told["steps"]}
    assert by_code["tried"]["value"] == "29/2"
    assert told["lines"][1]["pence"] == 1450


def test_the_same_scheme_has_the_same_hash_and_another_has_another() -> None:
    one, two = written(WRITTEN[0][1]), written(WRITTEN[0][1])
    assert one == two
    assert one.hash == two.hash
    assert len({one, two}) == 1
    dearer = read_scheme(
        f"{HEAD.replace('24.10', '24.11')}  tried: {WRITTEN[0][1]}\n{TAIL}", name="dearer"
    )
    assert dearer.hash != one.hash


def test_a_comment_or_another_layout_does_not_change_the_hash() -> None:
    text = f"# why\n{HEAD}  tried: {WRITTEN[0][1]}\n{TAIL}"
    assert read_scheme(text, name="again").hash == written(WRITTEN[0][1]).hash


def test_a_scheme_cannot_be_changed() -> None:
    scheme = written(WRITTEN[0][1])
    with pytest.raises(AttributeError):
        scheme.version = "2"  # type: ignore[misc]  # the point of the test
    amounts = next(step for step in scheme.steps if step.code == "time")
    with pytest.raises(TypeError):
        amounts.amounts["some"] = Fraction(1)  # type: ignore[union-attr,index]  # likewise


def test_a_scheme_built_in_code_is_checked_as_well() -> None:
    scheme = written(WRITTEN[0][1])
    parts = {name: getattr(scheme, name) for name in Scheme.__dataclass_fields__ if name != "hash"}
    with pytest.raises(SchemeMistakes, match="Nothing reads this"):
        Scheme(**{**parts, "lines": parts["lines"][:1]})


def test_what_a_step_can_reach_bounds_what_it_comes_to() -> None:
    for _, text, _ in WRITTEN:
        scheme = written(text)
        asked = {question.code: question for question in scheme.questions}
        reach = reaches(scheme.steps, asked, {"day": scheme.price("day").hourly})["tried"]
        for score in range(11):
            for home in ("alone", "others"):
                value = explain(scheme, person(score, home)).step("tried").value
                assert reach.lo <= value <= reach.hi
                assert (value * reach.scale).denominator == 1
