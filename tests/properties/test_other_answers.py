"""What another answer would give is what explaining that answer gives."""

from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.properties.made_up_schemes import QUICK, people, schemes

from wherewithal.allocation import Answers, Missing, explain
from wherewithal.allocation.answers import read_answer
from wherewithal.allocation.whatif import (
    Alternative,
    by_question,
    in_a_sentence,
    nearest,
    what_if,
)
from wherewithal.scheme import packaged

SCHEME = packaged("standard-adult")
SAID = {question.code: question.options[1].code for question in SCHEME.questions}


def instead(answers: Answers, other: Alternative, question: str) -> Answers:
    if other.kind == "help":
        counts = other.answer == "counted"
        return replace(answers, carer_willing=counts, carer_able=counts)
    return replace(answers, values=MappingProxyType({**answers.values, question: other.answer}))


@QUICK
@given(st.data())
def test_each_alternative_gives_what_explaining_it_gives(data: st.DataObject) -> None:
    scheme = data.draw(schemes())
    person = data.draw(people(scheme))
    told = explain(scheme, person)
    found = what_if(scheme, person)
    if told.total is None:
        assert found == ()
        return
    for other in found:
        changed = instead(person, other, other.question)
        if other.kind == "answer":
            question = scheme.question(other.question)
            answer = read_answer(question, other.answer)
            values = MappingProxyType({**person.values, question.code: answer})
            changed = replace(person, values=values)
            assert answer != person.values[question.code]
        then = explain(scheme, changed).total
        assert other.total == then
        assert other.moves == (None if then is None else then - told.total)


@QUICK
@given(st.data())
def test_more_need_never_moves_a_figure_down(data: st.DataObject) -> None:
    scheme = data.draw(schemes())
    for other in what_if(scheme, data.draw(people(scheme, gaps=False))):
        rising = other.kind == "answer" and scheme.question(other.question).rising
        if rising and other.moves and other.away:
            assert (other.moves > 0) == (other.away > 0)


def test_every_option_but_the_one_given_is_tried_in_the_order_of_the_form() -> None:
    found = by_question(what_if(SCHEME, Answers(SAID)))
    assert list(found) == [question.code for question in SCHEME.questions]
    assert [each.answer for each in found["wash"]] == ["no-help", "every-day", "more-than-once"]
    assert [each.away for each in found["wash"]] == [-1, 1, 2]
    assert [each.moves for each in found["wash"]] == [-2410, 6025, 14460]


def test_people_are_shown_the_answers_beside_theirs_and_not_the_worst() -> None:
    shown = by_question(nearest(what_if(SCHEME, Answers(SAID))))["wash"]
    assert [each.label for each in shown] == ["No, I do this myself", "Yes, every day"]
    assert [in_a_sentence(each, "£", "week") for each in shown] == [
        "“No, I do this myself” would make it £24.10 a week less.",
        "“Yes, every day” would make it £60.25 a week more.",
    ]


@pytest.mark.parametrize(("counts", "other", "moves"), [(True, "not counted", 1205),
                                                        (False, "counted", -1205)])  # fmt: skip
def test_family_help_is_tried_the_other_way_round(counts: bool, other: str, moves: int) -> None:
    found = what_if(SCHEME, Answers(SAID, {"wash": 50}, counts, counts))
    assert [(each.answer, each.moves) for each in found if each.kind == "help"] == [(other, moves)]
    assert not [each for each in what_if(SCHEME, Answers(SAID)) if each.kind == "help"]
    assert not [each for each in nearest(found) if each.kind == "help"]


def test_of_many_numbers_one_less_and_one_more_are_tried() -> None:
    scheme = packaged("florida-ibudget-5b")
    said = {q.code: q.options[0].code if q.options else q.least for q in scheme.questions}
    found = by_question(what_if(scheme, Answers(said | {"age": 40})))
    assert [each.answer for each in found["age"]] == ["39", "41"]
    assert [each.answer for each in found["Q18"]] == ["1", "2", "3", "4"]
    assert {each.away for each in found["setting"]} == {0}


def test_there_are_no_alternatives_to_no_figure() -> None:
    assert what_if(SCHEME, Answers(SAID | {"wash": Missing.UNKNOWN})) == ()
