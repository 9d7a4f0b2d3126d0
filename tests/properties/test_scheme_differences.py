"""Two schemes differ in something that is told, or they are equal."""

from dataclasses import replace

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.properties.made_up_schemes import QUICK, schemes

from wherewithal.scheme import PACKAGED, Scheme, packaged
from wherewithal.scheme.difference import differences, in_words

MODEST = hypothesis_settings(QUICK, max_examples=100)


@MODEST
@given(schemes(), schemes())
def test_differences_are_empty_only_where_hashes_are_equal(one: Scheme, other: Scheme) -> None:
    assert (differences(one, other) == ()) == (one.hash == other.hash)
    assert differences(one, one) == ()


@MODEST
@given(st.data(), st.one_of(schemes(), st.sampled_from(PACKAGED).map(packaged)))
def test_one_change_of_words_changes_no_figure(data: st.DataObject, scheme: Scheme) -> None:
    place = data.draw(st.integers(0, len(scheme.questions) - 1))
    questions = list(scheme.questions)
    questions[place] = replace(questions[place], hint="Take your time.")
    found = differences(scheme, _with(scheme, questions=tuple(questions)))
    assert [each.figure for each in found] == [False]
    assert in_words(found).startswith("Nothing that changes a figure.")


@MODEST
@given(st.data(), schemes().filter(lambda scheme: scheme.prices))
def test_one_change_of_a_price_is_told_exactly(data: st.DataObject, scheme: Scheme) -> None:
    place = data.draw(st.integers(0, len(scheme.prices) - 1))
    prices = list(scheme.prices)
    prices[place] = replace(prices[place], hourly=prices[place].hourly * 2)
    after = _with(scheme, prices=tuple(prices))
    found = differences(scheme, after)
    assert [(each.group, each.by, each.figure) for each in found] == [
        ("Prices", scheme.prices[place].hourly, True)
    ]


@MODEST
@given(schemes())
def test_a_change_of_order_is_told(scheme: Scheme) -> None:
    turned = _with(scheme, questions=scheme.questions[::-1])
    groups = {each.group for each in differences(scheme, turned)}
    assert groups == ({"Order"} if len(scheme.questions) > 1 else set())


def _with(scheme: Scheme, **parts: object) -> Scheme:
    return replace(scheme, **parts)  # type: ignore[arg-type]  # each part has its own type
