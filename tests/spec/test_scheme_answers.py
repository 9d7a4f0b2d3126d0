"""What counts as an answer: missing ones, family help, and answers that are not allowed."""

from fractions import Fraction

import pytest

from wherewithal.allocation import (
    AnswerMistake,
    Answers,
    Missing,
    columns_of,
    evaluate,
    explain,
)
from wherewithal.scheme import packaged, read_scheme

STANDARD = packaged("standard-adult")
NO_NEED = {question.code: question.options[0].code for question in STANDARD.questions}
WASH = {**NO_NEED, "wash": "every-day"}
FLORIDA = packaged("florida-ibudget-5b")


@pytest.mark.parametrize("why", [Missing.NOT_ANSWERED, Missing.DECLINED, Missing.UNKNOWN])
def test_a_missing_answer_is_listed_and_never_becomes_nought(why: Missing) -> None:
    told = explain(STANDARD, Answers({**WASH, "mood": why}))
    assert told.outcome == "incomplete"
    assert told.total is None
    assert told.total_without_help is None
    assert told.help_taken_away is None
    assert told.lines == ()
    assert told.missing == (("mood", why),)


def test_a_question_nobody_put_is_not_answered() -> None:
    told = explain(STANDARD, Answers({}))
    assert [code for code, _ in told.missing] == [q.code for q in STANDARD.questions]
    assert {why for _, why in told.missing} == {Missing.NOT_ANSWERED}


def test_what_does_not_apply_adds_nothing_and_says_so() -> None:
    told = explain(STANDARD, Answers({**WASH, "child": Missing.NOT_APPLICABLE}))
    (line,) = [line for line in told.lines if line.code == "child"]
    assert (line.pence, line.answer_label) == (0, "Does not apply")
    assert line.sentence == (
        "You told us “Do you need help to look after a child?” does not apply to you. "
        "That adds nothing."
    )
    assert told.total == 8435


def test_only_some_questions_may_not_apply() -> None:
    with pytest.raises(AnswerMistake, match=r"wash: 'not applicable' can't be used\."):
        explain(STANDARD, Answers({**WASH, "wash": Missing.NOT_APPLICABLE}))


@pytest.mark.parametrize(
    ("willing", "able", "share", "total", "words"),
    [
        (True, True, 50, 4218, "is willing and able to do half of this, so 1 hour 45 minutes is"),
        (True, True, 100, 0, "is willing and able to do all of this, so 3 hours 30 minutes is"),
        (True, True, 0, 8435, "That adds 3 hours 30 minutes a week: £84.35."),
        (False, True, 50, 8435, "because we count it only where the people who help have told us"),
        (True, False, 50, 8435, "because we count it only where the people who help have told us"),
        (True, None, 50, 8435, "because we count it only where the people who help have told us"),
        (None, None, 50, 8435, "because we count it only where the people who help have told us"),
    ],
)
def test_family_help_counts_only_where_the_carer_is_willing_and_able(
    willing: bool | None, able: bool | None, share: int, total: int, words: str
) -> None:
    told = explain(STANDARD, Answers(WASH, {"wash": share}, willing, able))
    assert told.total == total
    assert told.total_without_help == 8435
    assert told.help_taken_away == 8435 - total
    assert words in told.lines[0].sentence


def test_the_reasons_never_tell_what_a_carer_said() -> None:
    said = [(False, True), (True, False), (False, False), (None, True), (None, None)]
    told = {
        explain(STANDARD, Answers(WASH, {"wash": 50}, *each)).lines[0].sentence for each in said
    }
    assert len(told) == 1


def test_a_third_is_a_third() -> None:
    told = explain(STANDARD, Answers(WASH, {"wash": Fraction(100, 3)}, True, True))
    assert told.step("wash.kept").value == 140
    assert told.total == 5623


def test_the_figure_says_what_it_would_be_without_the_help() -> None:
    told = explain(STANDARD, Answers(WASH, {"wash": 50}, True, True))
    assert told.sentence == (
        "The figure is £42.18 a week. It can go up or down. "
        "Without the help your family gives it would be £84.35 a week."
    )


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        (Answers({**WASH, "wash": "often"}), "wash: 'often' can't be used. Allowed: no-help, some"),
        (Answers({**WASH, "wash": 2}), "wash: 2 can't be used. Allowed: no-help"),
        (Answers({**WASH, "wsh": "some-days"}), "wsh: 'wsh' can't be used. Allowed: a question of"),
        (Answers(WASH, {"wash": 101}), "wash, family help: 101 can't be used. Allowed: a share"),
        (Answers(WASH, {"bad-often": 10}), "bad-often, family help: 10 can't be used. Allowed: no"),
    ],
)
def test_an_answer_that_is_not_allowed_says_what_is(answers: Answers, message: str) -> None:
    with pytest.raises(AnswerMistake) as refused:
        explain(STANDARD, answers)
    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("wash", 4, "row 1, column wash: 4 can't be used. Allowed: 0 to 3 for no-help, some-days"),
        ("wash", -5, "row 1, column wash: -5 can't be used."),
        ("wash", -2, "row 1, column wash: -2 can't be used."),
        ("wash.help", 101, "row 1, column wash.help: 101 can't be used. Allowed: 0 to 100 percent"),
        ("carer_able", 2, "row 1, column carer_able: 2 can't be used. Allowed: 1 (yes), 0 (no)"),
    ],
)
def test_a_column_that_is_not_allowed_names_row_column_and_value(
    column: str, value: int, message: str
) -> None:
    columns = columns_of(STANDARD, [Answers(WASH), Answers(WASH)])
    columns[column][1] = value
    with pytest.raises(AnswerMistake) as refused:
        evaluate(STANDARD, columns)
    assert message in str(refused.value)


def test_columns_that_do_not_fit_are_refused() -> None:
    columns = columns_of(STANDARD, [Answers(WASH)])
    with pytest.raises(AnswerMistake, match="column wash: None can't be used"):
        evaluate(STANDARD, {name: each for name, each in columns.items() if name != "wash"})
    with pytest.raises(AnswerMistake, match="column wsh: 'wsh' can't be used"):
        evaluate(STANDARD, {**columns, "wsh": columns["wash"]})
    with pytest.raises(AnswerMistake, match=r"column wash: 'float64' can't be used"):
        evaluate(STANDARD, {**columns, "wash": columns["wash"].astype(float)})
    with pytest.raises(AnswerMistake, match="columns of one length"):
        evaluate(STANDARD, {**columns, "wash": columns["wash"][:0]})


def test_nobody_gets_no_figures() -> None:
    assert evaluate(STANDARD, columns_of(STANDARD, []))["total"].tolist() == []


def test_a_share_in_a_column_is_a_whole_percentage() -> None:
    with pytest.raises(AnswerMistake, match="a whole percentage in columns"):
        columns_of(STANDARD, [Answers(WASH, {"wash": Fraction(100, 3)})])


def test_a_number_out_of_range_is_refused() -> None:
    answers = {question.code: 0 for question in FLORIDA.questions}
    with pytest.raises(AnswerMistake, match=r"Q14: 5 can't be used\. Allowed: a whole"):
        explain(FLORIDA, Answers({**answers, "setting": "FH", "Q14": 5}))


TWO_HELPED = """
scheme: two-helped
version: "1"
title: One budget from two needs
money: {currency: GBP, per: week, rounding: half-up}
source: here
sources:
  here: {text: Made up, date: 2026-04-01, status: unverified, reason: it is a test}
sections:
  all: {title: Everything}
prices:
  day: {label: Day, hourly: 24.00, source: here}
questions:
  wash:
    section: all
    ask: Do you need help to wash?
    family-can-help: yes
    options: {no-help: {label: "No"}, every-day: {label: Every day}}
  meals:
    section: all
    ask: Do you need help with meals?
    family-can-help: yes
    options: {no-help: {label: "No"}, every-day: {label: Every day}}
steps:
  wash-time:
    {kind: choice, question: wash, amounts: {no-help: 0, every-day: 120}, unit: minutes,
     source: here}
  meal-time:
    {kind: choice, question: meals, amounts: {no-help: 0, every-day: 180}, unit: minutes,
     source: here}
  wash-left: {kind: after-help, of: wash-time, question: wash}
  meal-left: {kind: after-help, of: meal-time, question: meals}
  time: {kind: sum, of: [wash-left, meal-left]}
  cost: {kind: cost, of: time, price: day}
lines:
  all: {label: Your budget, of: cost}
"""


def test_a_line_of_several_needs_names_what_family_helps_with_and_takes_it_away_once() -> None:
    scheme = read_scheme(TWO_HELPED, name="two")
    values = {"wash": "every-day", "meals": "every-day"}
    told = explain(scheme, Answers(values, {"wash": 50, "meals": 100}, True, True))
    assert told.lines[0].sentence == (
        "Your budget. That adds 5 hours a week: £120.00. Your carer is willing and able to do half "
        "of “Do you need help to wash?” and all of “Do you need help with meals?”, so 4 hours is "
        "taken away: £96.00."
    )
    assert (told.total, told.total_without_help) == (2400, 12000)
