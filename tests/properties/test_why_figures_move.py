"""Whatever changes, the parts of a change notice add up exactly to what the figure moved."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from tests.properties.made_up_schemes import QUICK, people, schemes

from wherewithal.allocation import Answers, explain
from wherewithal.allocation.changes import ORDER, ChangeNotice, changes
from wherewithal.money import ROUNDINGS
from wherewithal.scheme import Scheme, SchemeMistakes
from wherewithal.scheme.steps import Choice

MORE = st.sampled_from([Fraction(0), Fraction(7, 4), Fraction(5)])


def holds(notice: ChangeNotice) -> None:
    moved = notice.moved
    if notice.before.total is None or notice.after.total is None:
        assert (moved, notice.parts, notice.large_fall) == (None, (), False)
        return
    assert moved == notice.after.total - notice.before.total
    assert sum(change.pence for change in notice.parts) == moved
    assert all(change.pence for change in notice.parts)
    assert not any(change.pence for change in notice.no_effect)
    kinds = [ORDER.index(change.kind) for change in notice.parts]
    assert kinds == sorted(kinds)
    assert all(change.sentence.endswith(".") for change in notice.parts)


@QUICK
@given(st.data())
def test_between_two_schemes_with_other_questions(data: st.DataObject) -> None:
    before, after = data.draw(schemes()), data.draw(schemes())
    then, now = data.draw(people(before, gaps=False)), data.draw(people(after, gaps=False))
    holds(changes((before, then), (after, now)))


@QUICK
@given(st.data())
def test_between_two_versions_of_one_scheme(data: st.DataObject) -> None:
    before = data.draw(schemes())
    after = data.draw(versions(before))
    then, now = data.draw(people(before)), data.draw(people(after))
    holds(changes((before, then), (after, now)))


@QUICK
@given(st.data())
def test_nothing_moves_where_nothing_changed(data: st.DataObject) -> None:
    scheme = data.draw(schemes())
    person = data.draw(people(scheme))
    notice = changes((scheme, person), (scheme, person))
    assert (notice.parts, notice.no_effect) == ((), ())
    assert notice.moved == (None if explain(scheme, person).total is None else 0)


@QUICK
@given(st.data())
def test_one_changed_answer_is_the_whole_reason(data: st.DataObject) -> None:
    scheme = data.draw(schemes())
    then, other = data.draw(people(scheme, gaps=False)), data.draw(people(scheme, gaps=False))
    code = data.draw(st.sampled_from([question.code for question in scheme.questions]))
    now = Answers({**then.values, code: other.values[code]}, then.help, then.carer_willing,
                  then.carer_able)  # fmt: skip
    notice = changes((scheme, then), (scheme, now))
    holds(notice)
    assert {(change.kind, change.code) for change in notice.parts} <= {("answer", code)}


@st.composite
def versions(draw: st.DrawFn, scheme: Scheme) -> Scheme:
    """Change prices, amounts and the rounding of a scheme, as far as it stays sound."""
    factor = draw(st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(103, 100)]))
    prices = tuple(replace(price, hourly=price.hourly + draw(MORE)) for price in scheme.prices)
    steps = tuple(
        replace(step, amounts={code: each * factor for code, each in step.amounts.items()})
        if isinstance(step, Choice)
        else step
        for step in scheme.steps
    )
    rounding = draw(st.sampled_from(sorted(ROUNDINGS)))
    try:
        return replace(scheme, prices=prices, steps=steps, rounding=rounding)
    except SchemeMistakes:
        return scheme
