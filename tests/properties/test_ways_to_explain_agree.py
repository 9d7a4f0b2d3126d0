"""Every way to work out a line equals the plain rules, in every field of an explanation."""

import pickle
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.properties.made_up_schemes import QUICK, people, schemes

from wherewithal.allocation import AnswerMistake, Answers, explain
from wherewithal.allocation.explain import explain_by
from wherewithal.allocation.explain.line import by_rules
from wherewithal.allocation.explain.long_line import long_line
from wherewithal.allocation.explain.scaled import QUOTIENTS
from wherewithal.allocation.explain.sentences import number
from wherewithal.allocation.explain.work import exact
from wherewithal.allocation.explain.working import writer, written
from wherewithal.money import ROUNDINGS
from wherewithal.scheme import Scheme, packaged


def hold_to_the_rules(scheme: Scheme, person: Answers) -> None:
    told = explain_by(scheme, person, by_rules)
    for found in (explain(scheme, person), explain_by(scheme, person, long_line)):
        assert found == told
        assert found.to_json() == told.to_json()


@QUICK
@given(st.data())
def test_any_scheme_is_explained_as_by_the_plain_rules(data: st.DataObject) -> None:
    scheme = data.draw(schemes())
    hold_to_the_rules(scheme, data.draw(people(scheme)))
    hold_to_the_rules(scheme, data.draw(people(scheme, gaps=False)))


@QUICK
@given(st.data())
def test_shares_of_help_that_are_not_whole_are_explained_as_by_the_rules(
    data: st.DataObject,
) -> None:
    scheme = data.draw(schemes())
    person = data.draw(people(scheme, gaps=False))
    thirds = {code: Fraction(share, 3) for code, share in person.help.items()}
    hold_to_the_rules(scheme, replace(person, help=thirds, carer_willing=True, carer_able=True))


@QUICK
@given(st.data())
def test_a_line_that_rests_on_many_answers_is_explained_as_by_the_rules(
    data: st.DataObject,
) -> None:
    scheme = data.draw(schemes(joined=True))
    person = data.draw(people(scheme, gaps=False))
    hold_to_the_rules(scheme, person)
    hold_to_the_rules(scheme, replace(person, carer_willing=True, carer_able=True))
    hold_to_the_rules(scheme, replace(person, help={}))


@QUICK
@given(st.data())
def test_an_explanation_is_a_whole_value(data: st.DataObject) -> None:
    scheme = data.draw(schemes(joined=data.draw(st.booleans())))
    told = explain(scheme, data.draw(people(scheme)))
    again = pickle.loads(pickle.dumps(told))  # noqa: S301  # what was written a moment ago
    assert again == told
    assert hash(again) == hash(told)
    assert repr(again) == repr(told)


@pytest.mark.parametrize("alike", [True, 1.0, Fraction(1), [1], "1"])
def test_what_only_equals_an_answer_is_refused_also_after_the_answer(alike: Any) -> None:
    scheme = packaged("florida-ibudget-5b")
    number = next(question for question in scheme.questions if question.kind == "number")
    explain(scheme, Answers({number.code: 1}))
    with pytest.raises(AnswerMistake, match=number.code):
        explain(scheme, Answers({number.code: alike}))


@pytest.mark.parametrize("alike", [True, 1.0, [1], None])
def test_what_only_equals_a_share_is_refused_also_after_the_share(alike: Any) -> None:
    scheme = packaged("standard-adult")
    assert explain(scheme, Answers({}, {"wash": 1})).outcome == "incomplete"
    with pytest.raises(AnswerMistake, match="wash, family help"):
        explain(scheme, Answers({}, {"wash": alike}))


@QUICK
@given(st.data(), st.sampled_from(["standard-adult", "florida-ibudget-5b"]))
def test_packaged_schemes_are_explained_as_by_the_plain_rules(
    data: st.DataObject, code: str
) -> None:
    scheme = packaged(code)
    hold_to_the_rules(scheme, data.draw(people(scheme, gaps=False)))


@given(st.sampled_from(sorted(ROUNDINGS)), st.integers(-(10**6), 10**6), st.integers(1, 400))
def test_a_quotient_is_rounded_as_the_fraction_is(name: str, value: int, over: int) -> None:
    assert QUOTIENTS[name](value, over) == ROUNDINGS[name](Fraction(value, over))
    assert exact(value, over) == Fraction(value, over)


@given(st.integers(-(10**12), 10**12), st.integers(0, 9), st.integers(0, 9))
def test_decimals_are_written_to_the_last_place(parts: int, twos: int, fives: int) -> None:
    value = Fraction(parts, 2**twos * 5**fives)
    assert Fraction(number(value).replace(",", "")) == value
    for unit in ("money", "points", "factor"):
        scale = 2**twos * 5**fives
        assert writer(unit, "£", scale)(parts) == written(value, unit, "£")
