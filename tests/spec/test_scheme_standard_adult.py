"""The standard adult scheme: plain questions, minutes a week at a price, and nothing hidden."""

from fractions import Fraction

import pytest

from wherewithal.allocation import Answers, columns_of, evaluate, explain
from wherewithal.allocation.cliffs import largest_cliff
from wherewithal.scheme import OUTCOMES, packaged

STANDARD = packaged("standard-adult")
NO_NEED = {question.code: question.options[0].code for question in STANDARD.questions}


def total(answers: dict[str, str]) -> int | None:
    return explain(STANDARD, Answers({**NO_NEED, **answers})).total


def test_it_asks_about_every_outcome_of_the_care_act() -> None:
    asked = {need for question in STANDARD.questions for need in question.needs}
    assert asked == set(OUTCOMES)


def test_it_is_short_and_every_question_has_three_to_five_options() -> None:
    assert len(STANDARD.questions) <= 22
    assert {len(question.options) for question in STANDARD.questions} <= {3, 4, 5}


def test_it_says_nothing_of_dreams_and_has_a_sentence_for_every_option() -> None:
    for question in STANDARD.questions:
        text = f"{question.ask} {question.hint}".lower()
        assert "dream" not in text
        assert question.ask.endswith("?")
        assert question.hint
        for option in question.options:
            assert option.says.startswith(("you ", "your ", "one person"))


def test_questions_are_short_sentences() -> None:
    for question in STANDARD.questions:
        for sentence in f"{question.ask} {question.hint}".replace("?", ".").split("."):
            assert len(sentence.split()) <= 22, sentence


def test_mind_and_safety_weigh_as_much_as_the_body() -> None:
    most = {
        question.code: max(step.amounts.values())
        for question in STANDARD.questions
        for step in STANDARD.steps
        if step.code == f"{question.code}.time" and hasattr(step, "amounts")
    }
    in_section = {
        section.code: [most[q.code] for q in STANDARD.questions if q.section == section.code
                       and q.code in most]
        for section in STANDARD.sections
    }  # fmt: skip
    body, mind = in_section["body"], in_section["mind"]
    assert Fraction(sum(mind), len(mind)) >= Fraction(sum(body), len(body))
    assert sum(in_section["safe"]) >= sum(body)


@pytest.mark.parametrize(
    ("who", "answers", "pence"),
    [
        ("nobody's help needed", {}, 0),
        (
            "some help with the body and the home",
            {"wash": "every-day", "dress": "every-day", "meals": "some-meals",
             "home": "most-jobs", "out": "new-places"},
            25306,
        ),
        (
            "serious need of mind only, with bad days",
            {"memory": "some-days", "decide": "most-weeks", "mood": "every-day",
             "start": "every-day", "harm": "most-weeks", "out": "most-trips",
             "bad-often": "most", "bad-more": "lot"},
            79531,
        ),
        (
            "help with everything about body, home and life",
            {"wash": "more-than-once", "dress": "more-than-once", "toilet": "many-times",
             "meals": "eating-too", "move": "every-move", "health": "many-times",
             "home": "all-jobs", "people": "most-days", "out": "every-trip"},
            120701,
        ),
    ],
)  # fmt: skip
def test_what_people_would_be_given(who: str, answers: dict[str, str], pence: int) -> None:
    assert total(answers) == pence, who


def test_each_answer_adds_its_minutes_times_the_price() -> None:
    told = explain(STANDARD, Answers({**NO_NEED, "wash": "more-than-once"}))
    (line,) = [line for line in told.lines if line.pence]
    assert (line.minutes, line.pence) == (420, 16870)
    assert line.sentence == (
        "You told us you need help to keep clean more than once every day. "
        "That adds 7 hours a week: £168.70."
    )


@pytest.mark.parametrize(
    ("often", "more", "minutes"),
    [
        ("never", "all-day", 0), ("most", "same", 0), ("month", "bit", 15), ("week", "lot", 180),
        ("most", "bit", 180), ("most", "all-day", 1260),
    ],
)  # fmt: skip
def test_bad_days_count_by_how_often_they_come(often: str, more: str, minutes: int) -> None:
    told = explain(STANDARD, Answers({**NO_NEED, "bad-often": often, "bad-more": more}))
    (line,) = [line for line in told.lines if line.code == "bad-days"]
    assert line.minutes == minutes


def test_hours_are_shown_for_each_price_and_add_up() -> None:
    told = explain(STANDARD, Answers({**NO_NEED, "nights": "most-nights", "out": "every-trip"}))
    assert [(h.code, h.minutes, h.pence) for h in told.hours] == [
        ("day", 0, 0), ("night", 420, 20244), ("out", 360, 14460),
    ]  # fmt: skip
    assert sum(hours.pence for hours in told.hours) == told.total


@pytest.mark.parametrize(
    ("answers", "because"),
    [
        ({"two-helpers": "most-of-day"}, "two people at once"),
        ({"nights": "all-night"}, "awake all night"),
        ({"alone": "not-safe", "memory": "all-day", "mood": "every-day", "start": "each-task",
          "wash": "more-than-once", "meals": "eating-too", "toilet": "many-times"}, "So much"),
    ],
)  # fmt: skip
def test_what_lies_beyond_the_questions_is_costed_by_hand(
    answers: dict[str, str], because: str
) -> None:
    told = explain(STANDARD, Answers({**NO_NEED, **answers}))
    assert told.outcome == "cost-it-bottom-up"
    assert told.total is None
    assert because in told.because[0]
    assert told.lines


def test_no_number_of_it_passes_for_verified() -> None:
    assert all(not source.verified and source.reason for source in STANDARD.sources)


def test_no_step_between_two_answers_is_worth_more_than_four_hundred_pounds() -> None:
    assert 0 < largest_cliff(STANDARD).pence < 40_000


def test_age_place_and_diagnosis_are_not_asked() -> None:
    assert {question.kind for question in STANDARD.questions} == {"one"}
    assert all(question.rising for question in STANDARD.questions)


def test_every_option_moves_a_figure_from_what_it_is_without_need() -> None:
    for question in STANDARD.questions:
        for option in question.options[1:]:
            base = {**NO_NEED, "bad-often": "most", "bad-more": "lot"}
            crowd = [Answers(base), Answers({**base, question.code: option.code})]
            paid = evaluate(STANDARD, columns_of(STANDARD, crowd))
            changed = [sum(int(paid[f"line.{line.code}"][row]) for line in STANDARD.lines)
                       for row in (0, 1)]  # fmt: skip
            assert changed[0] != changed[1] or base[question.code] == option.code
