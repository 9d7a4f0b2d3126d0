"""Every reading of a scheme gives the same pence, on made-up schemes of every kind of step."""

import sys
from dataclasses import replace
from fractions import Fraction
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.properties.made_up_schemes import (
    QUICK,
    hold_equal,
    next_answer,
    paid,
    people,
    schemes,
)

from wherewithal.allocation import (
    STATUSES,
    Answers,
    Missing,
    buffers,
    columns_of,
    evaluate,
    explain,
    figures_of,
    scales,
)
from wherewithal.scheme import packaged
from wherewithal.scheme.parts import ASKED
from wherewithal.scheme.steps import KINDS, NAMES, AfterHelp


@QUICK
@given(st.data())
def test_both_readings_of_any_scheme_give_the_same_pence(data: st.DataObject) -> None:
    scheme = data.draw(schemes())
    hold_equal(scheme, data.draw(st.lists(people(scheme), min_size=1, max_size=6)))


@QUICK
@given(st.lists(people(packaged("standard-adult")), min_size=1, max_size=4))
def test_both_readings_of_the_standard_scheme_give_the_same_pence(crowd: list[Answers]) -> None:
    hold_equal(packaged("standard-adult"), crowd)


@QUICK
@given(st.lists(people(packaged("florida-ibudget-5b")), min_size=1, max_size=4))
def test_both_readings_of_floridas_scheme_give_the_same_cents(crowd: list[Answers]) -> None:
    hold_equal(packaged("florida-ibudget-5b"), crowd)


@QUICK
@given(st.data())
def test_lines_add_up_to_the_total_before_and_after_help(data: st.DataObject) -> None:
    scheme = data.draw(schemes())
    told = explain(scheme, data.draw(people(scheme, gaps=False)))
    for line in told.lines:
        assert line.pence == line.pence_without_help - line.pence_taken_away
        assert line.minutes == line.minutes_without_help - line.minutes_taken_away
    if told.total is not None:
        assert paid(told) == told.total
        assert sum(line.pence_without_help for line in told.lines) == told.total_without_help
        assert told.steps[-1].value == Fraction(told.total, 100)


@QUICK
@given(st.data())
def test_hours_by_price_stand_for_the_lines_and_never_for_more(data: st.DataObject) -> None:
    scheme = data.draw(schemes())
    told = explain(scheme, data.draw(people(scheme, gaps=False)))
    codes = {price.code for price in scheme.prices}
    assert sum(row.pence for row in told.hours) <= paid(told)
    assert all(row.minutes <= row.minutes_without_help for row in told.hours)
    if told.lines and {row.code for row in told.hours} == codes:
        assert sum(row.minutes for row in told.hours) == sum(line.minutes for line in told.lines)
        if all(line.price for line in told.lines):
            assert sum(row.pence for row in told.hours) == paid(told)


@QUICK
@given(st.data())
def test_more_need_never_pays_less(data: st.DataObject) -> None:
    scheme = data.draw(schemes())
    person = data.draw(people(scheme, gaps=False))
    before = explain(scheme, person)
    for question in scheme.questions:
        worse = next_answer(question, person.values[question.code])
        if question.rising and worse is not None:
            after = explain(scheme, replace(person, values={**person.values, question.code: worse}))
            assert paid(after) >= paid(before)


@QUICK
@given(st.data())
def test_more_help_from_family_never_pays_more(data: st.DataObject) -> None:
    scheme = data.draw(schemes())
    person = replace(data.draw(people(scheme, gaps=False)), carer_willing=True, carer_able=True)
    before = explain(scheme, person)
    for code, share in person.help.items():
        more = data.draw(st.integers(int(share), 100))
        after = explain(scheme, replace(person, help={**person.help, code: more}))
        assert paid(after) <= paid(before)


@QUICK
@given(st.data(), st.sampled_from([(True, None), (True, False), (False, True), (None, None)]))
def test_help_takes_nothing_away_unless_the_carer_is_willing_and_able(
    data: st.DataObject, agreed: tuple[bool | None, bool | None]
) -> None:
    scheme = data.draw(schemes())
    person = data.draw(people(scheme, gaps=False))
    told = explain(scheme, replace(person, carer_willing=agreed[0], carer_able=agreed[1]))
    assert told.total == told.total_without_help
    assert all(line.pence_taken_away == 0 for line in told.lines)


def test_every_kind_of_step_question_answer_and_outcome_is_made_up() -> None:
    kinds: set[str] = set()
    missing: set[Missing] = set()
    outcomes: set[str] = set()
    asked: set[str] = set()
    helped: set[bool] = set()
    agreed: set[tuple[bool | None, bool | None]] = set()

    @settings(QUICK, max_examples=300, database=None)
    @given(st.data())
    def look(data: st.DataObject) -> None:
        scheme = data.draw(schemes())
        person = data.draw(people(scheme))
        kinds.update(NAMES[type(step)] for step in scheme.steps)
        asked.update(question.kind for question in scheme.questions)
        helped.update(bool(s.still_funded) for s in scheme.steps if isinstance(s, AfterHelp))
        missing.update(each for each in person.values.values() if isinstance(each, Missing))
        agreed.add((person.carer_willing, person.carer_able))
        outcomes.add(explain(scheme, person).outcome)

    look()
    assert kinds == set(KINDS)
    assert asked == set(ASKED)
    assert helped == {True, False}
    assert missing == set(Missing)
    assert outcomes == set(STATUSES)
    assert {(True, True), (True, False), (False, True), (None, None)} <= agreed


@QUICK
@given(st.data())
def test_blocks_threads_and_arrays_of_one_s_own_change_nothing(data: st.DataObject) -> None:
    scheme = data.draw(schemes())
    crowd = data.draw(st.lists(people(scheme), min_size=1, max_size=9))
    columns = columns_of(scheme, crowd)
    steps = tuple(f"step.{step.code}" for step in scheme.steps)
    figures = (*figures_of(scheme), *steps)
    plain = evaluate(scheme, columns, figures=figures)
    own = buffers(scheme, len(crowd), figures)
    with patch.object(sys.modules[evaluate.__module__], "BLOCK", data.draw(st.integers(1, 5))):
        evaluate(scheme, columns, figures=figures, out=own, threads=data.draw(st.integers(1, 3)))
    assert {name: column.tolist() for name, column in plain.items()} == {
        name: column.tolist() for name, column in own.items()
    }


@QUICK
@given(st.data())
def test_every_step_s_value_is_the_one_that_is_explained(data: st.DataObject) -> None:
    scheme = data.draw(schemes())
    person = data.draw(people(scheme, gaps=False))
    told = {step.code: step for step in explain(scheme, person).steps}
    steps = [step.code for step in scheme.steps if step.code in told]
    figures = [f"step.{code}{rest}" for code in steps for rest in ("", ".without_help")]
    found = evaluate(scheme, columns_of(scheme, [person]), figures=figures)
    scale = scales(scheme)
    for code in steps:
        assert Fraction(int(found[f"step.{code}"][0]), scale[code]) == told[code].value
        full = Fraction(int(found[f"step.{code}.without_help"][0]), scale[code])
        assert full == told[code].value_without_help
