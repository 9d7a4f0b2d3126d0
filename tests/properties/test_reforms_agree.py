"""Reforms compared together come to what each comes to alone."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, reject
from hypothesis import strategies as st
from tests.properties.made_up_schemes import QUICK, people, schemes

from wherewithal.allocation import Answers, columns_of, evaluate
from wherewithal.allocation.reforms import Effect, compare_reforms
from wherewithal.scheme import Price, Scheme, SchemeMistakes, packaged
from wherewithal.scheme.steps import Choice, Limit, Step


def alone(scheme: Scheme, reform: Scheme, crowd: list[Answers]) -> Effect:
    """Return a reform's effect, worked out the long way."""
    before, now = (evaluate(each, columns_of(scheme, crowd)) for each in (scheme, reform))
    there = now["status"] == 0
    both = there & (before["status"] == 0)
    moved = (now["total"] - before["total"])[both]
    return Effect(
        int(now["total"][there].sum()),
        int(there.sum()),
        int(both.sum()),
        int((moved < 0).sum()),
        int((moved > 0).sum()),
        int(-min(0, *moved)) if len(moved) else 0,
    )


@st.composite
def reforms(draw: st.DrawFn, scheme: Scheme) -> Scheme:
    """Make a reform up: some amounts, prices and limits are other than they were."""
    times = draw(st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(3, 2), Fraction(0)]))

    def varied(step: Step) -> Step:
        if isinstance(step, Choice) and draw(st.booleans()):
            amounts = {code: amount * times for code, amount in step.amounts.items()}
            return replace(step, amounts=amounts)
        if isinstance(step, Limit) and step.most is not None and draw(st.booleans()):
            return replace(step, most=step.most + 7)
        return step

    def priced(price: Price) -> Price:
        return replace(price, hourly=price.hourly * 2) if draw(st.booleans()) else price

    steps, prices = tuple(map(varied, scheme.steps)), tuple(map(priced, scheme.prices))
    rules = scheme.by_hand if draw(st.booleans()) else ()
    try:
        return replace(scheme, steps=steps, prices=prices, by_hand=rules)
    except SchemeMistakes:
        reject()


@QUICK
@given(st.data())
def test_reforms_together_come_to_what_each_comes_to_alone(data: st.DataObject) -> None:
    scheme = data.draw(schemes())
    crowd = data.draw(st.lists(people(scheme), min_size=1, max_size=6))
    varied = [scheme, *data.draw(st.lists(reforms(scheme), min_size=1, max_size=4))]
    threads = data.draw(st.integers(1, 2))
    found = compare_reforms(scheme, varied, columns_of(scheme, crowd), threads=threads)
    assert list(found) == [alone(scheme, reform, crowd) for reform in varied]


def test_a_dearer_hour_costs_more_and_nobody_loses() -> None:
    scheme = packaged("standard-adult")
    dear = replace(scheme, prices=tuple(replace(p, hourly=p.hourly + 1) for p in scheme.prices))
    worst = {q.code: q.options[1].code for q in scheme.questions}
    crowd = columns_of(scheme, [Answers(worst)] * 5)
    same, more = compare_reforms(scheme, [scheme, dear], crowd)
    assert (same.losers, same.gainers, same.biggest_loss) == (0, 0, 0)
    assert more.total > same.total
    assert (more.people, more.losers, more.gainers) == (5, 0, 5)


def test_nobody_at_all_is_no_effect() -> None:
    scheme = packaged("standard-adult")
    assert compare_reforms(scheme, [scheme], columns_of(scheme, [])) == (Effect(0, 0, 0, 0, 0, 0),)


def test_a_reform_that_asks_something_else_is_refused() -> None:
    scheme, other = packaged("standard-adult"), packaged("florida-ibudget-5b")
    columns = {q.code: np.zeros(1, np.int8) for q in scheme.questions}
    with pytest.raises(ValueError, match="does not ask the questions of standard-adult"):
        compare_reforms(scheme, [other], columns)
