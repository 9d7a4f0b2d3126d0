"""The highest or the lowest of several values: what is said of it, and whose hours are told."""

import numpy as np
import pytest
from tests.spec.fitted_cases import cases_of, costs, fitted, some_answers, time_scheme
from tests.spec.scheme_chapters import CHAPTERS, text_of

from wherewithal.allocation import Answers, columns_of, evaluate, explain
from wherewithal.calibration.asked import FitMistake
from wherewithal.calibration.straight import see
from wherewithal.scheme import Scheme, read_scheme
from wherewithal.scheme.document.write import write_scheme
from wherewithal.web.start.figure import explained

TWO = """
scheme: two
version: "1"
title: The dearer of two
money: {currency: GBP, per: week, rounding: half-up}
source: here
sources: {here: {text: Made up, date: 2026-04-01, status: unverified, reason: it is a test}}
sections: {all: {title: All}}
prices:
  day: {label: Day, hourly: 20, source: here}
  night: {label: Night, hourly: 30, source: here}
questions:
  wash:
    section: all
    ask: Do you need help to wash?
    family-can-help: yes
    options: {none: {label: "No"}, lots: {label: Lots}}
  turn:
    section: all
    ask: Do you need help at night?
    options: {none: {label: "No"}, lots: {label: Lots}}
steps:
  washing:
    {kind: choice, question: wash, amounts: {none: 0, lots: 240}, unit: minutes, source: here}
  left: {kind: after-help, of: washing, question: wash}
  by-day: {kind: cost, label: By day, of: left, price: day}
  turning:
    {kind: choice, question: turn, amounts: {none: 0, lots: 120}, unit: minutes, source: here}
  by-night: {kind: cost, label: By night, of: turning, price: night}
  care: {kind: highest, label: Care, of: [by-day, by-night]}
lines:
  care: {label: Care, of: care}
"""


def two(kind: str = "highest") -> Scheme:
    return read_scheme(TWO.replace("kind: highest", f"kind: {kind}"), name="two")


def person(wash: str, turn: str, share: int = 0) -> Answers:
    return Answers({"wash": wash, "turn": turn}, {"wash": share}, True, True)


@pytest.mark.parametrize(
    ("kind", "wash", "turn", "share", "pounds", "hours"),
    [
        ("highest", "lots", "none", 0, 80, {"day": 240, "night": 0}),
        ("highest", "lots", "lots", 0, 80, {"day": 240, "night": 0}),
        ("highest", "none", "lots", 0, 60, {"day": 0, "night": 120}),
        ("highest", "lots", "lots", 10, 72, {"day": 216, "night": 0}),
        ("lowest", "lots", "lots", 0, 60, {"day": 0, "night": 120}),
        ("lowest", "lots", "none", 0, 0, {"day": 0, "night": 0}),
    ],
)
def test_the_hours_of_the_value_that_counts_are_told(
    kind: str, wash: str, turn: str, share: int, pounds: int, hours: dict[str, int]
) -> None:
    scheme, answers = two(kind), person(wash, turn, share)
    told = explain(scheme, answers)
    assert told.total == pounds * 100
    assert {each.code: each.minutes for each in told.hours} == hours
    assert evaluate(scheme, columns_of(scheme, [answers]))["total"].tolist() == [told.total]


@pytest.mark.parametrize(
    ("kind", "wash", "turn", "share", "pounds"),
    [
        ("highest", "none", "none", 0, 0),  # both come to the same
        ("highest", "lots", "lots", 50, 60),  # before family help the day counts, then the night
        ("lowest", "lots", "lots", 50, 40),  # and here it is the other way round
    ],
)
def test_no_hours_are_told_where_it_is_not_certain_whose_they_are(
    kind: str, wash: str, turn: str, share: int, pounds: int
) -> None:
    told = explain(two(kind), person(wash, turn, share))
    assert told.total == pounds * 100
    assert told.hours == ()
    assert (told.lines[0].price, told.lines[0].minutes) == ("", 0)


def test_family_help_can_make_another_value_count() -> None:
    scheme, answers = two(), person("lots", "lots", 100)
    told = explain(scheme, answers)
    assert (told.total_without_help, told.total) == (8000, 6000)
    out = evaluate(scheme, columns_of(scheme, [answers]))
    assert (out["total_without_help"][0], out["total"][0]) == (8000, 6000)


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("highest", "“Care” comes to £80.00: the higher of £80.00 and £60.00."),
        ("lowest", "“Care” comes to £60.00: the lower of £80.00 and £60.00."),
    ],
)
def test_the_reasons_name_all_values_it_was_chosen_from(kind: str, says: str) -> None:
    step = explain(two(kind), person("lots", "lots")).step("care")
    assert step.sentence == says
    end = "higher" if kind == "highest" else "lower"
    assert step.rule == f"the {end} of by-day and by-night"
    assert (step.unit, step.source) == ("money", "")


def test_of_three_values_the_highest_counts() -> None:
    flat = "  flat: {kind: sum, of: {by-day: 0}, plus: 65, unit: money, source: here}\n"
    text = TWO.replace("[by-day, by-night]", "[by-day, by-night, flat]")
    scheme = read_scheme(text.replace("lines:\n", f"{flat}lines:\n"), name="three")
    told = explain(scheme, person("none", "lots"))
    assert told.step("care").sentence == (
        "“Care” comes to £65.00: the highest of £0.00, £60.00 and £65.00."
    )
    assert told.hours == ()


def test_a_scheme_page_says_it_in_words() -> None:
    assert "“Care” is the higher of “By day” and “By night”." in explained(two()).sums
    assert "“Care” is the lower of “By day” and “By night”." in explained(two("lowest")).sums


def test_no_number_stands_in_the_step_so_no_source_does() -> None:
    written = "kind: highest\n    label: Care\n    of: [by-day, by-night]\n\nlines:"
    assert written in write_scheme(two())


@pytest.mark.parametrize("kind", ["highest", "lowest"])
def test_more_need_in_either_never_gives_less(kind: str) -> None:
    text = text_of(next(each for each in CHAPTERS if each.kind == "highest"))
    scheme = read_scheme(text.replace("kind: highest", f"kind: {kind}"), name=kind)
    crowd = [Answers({"score": a, "alone": b}) for a in range(11) for b in range(11)]
    total = evaluate(scheme, columns_of(scheme, crowd))["total"].reshape(11, 11)
    keep = np.maximum if kind == "highest" else np.minimum
    assert (total == 100 * keep.outer(np.arange(11), np.arange(11))).all()


def test_amounts_that_one_is_chosen_from_are_not_fitted() -> None:
    text = write_scheme(time_scheme()).replace("of: bad.cost, question", "of: dearer, question")
    more = """
  dearer: {kind: highest, of: [bad.cost, other]}
  other: {kind: sum, of: {bad.cost: 0.5}, plus: 5, source: own}

lines:"""
    scheme = read_scheme(text.replace("\nlines:", more), name="dearer")
    columns = some_answers(scheme, 200)
    made = fitted(scheme, cases_of(columns, costs(np.full(200, 20000.0), 0.2)))
    assert made.chosen.kept["bad.more"] == "dearer takes the highest of it and others"
    assert "wash.time" in made.chosen.codes
    with pytest.raises(FitMistake, match="The step dearer takes the highest of amounts"):
        see(scheme, columns, frozenset({"bad.more"}))
