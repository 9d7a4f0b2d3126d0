"""A fit holds what a scheme must, whatever the costs, and reading it straight changes nothing."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.properties.made_up_schemes import QUICK, people, schemes
from tests.spec.fitted_cases import cases_of, fitted, some_answers, time_scheme

from wherewithal.allocation import columns_of, explain
from wherewithal.calibration.straight import see
from wherewithal.calibration.whole import in_steps
from wherewithal.scheme.steps import Choice


@QUICK
@given(st.data())
def test_a_scheme_read_straight_gives_the_figures_of_explain(data: st.DataObject) -> None:
    scheme = data.draw(schemes())
    crowd = data.draw(st.lists(people(scheme, gaps=False), min_size=1, max_size=4))
    seen = see(scheme, columns_of(scheme, crowd), frozenset())
    total = np.broadcast_to(seen.total.fixed, (len(crowd),))
    for pounds, person in zip(total, crowd, strict=True):
        told = explain(scheme, person)
        paid = sum(line.pence for line in told.lines)
        assert abs(pounds * 100 - paid) <= len(scheme.lines) * 1.0001 + 1e-6 * abs(paid)


@QUICK
@given(st.data())
def test_fixed_parts_and_factors_add_up_to_what_there_was(data: st.DataObject) -> None:
    scheme = time_scheme()
    columns = some_answers(scheme, 20, seed=data.draw(st.integers(0, 1000)))
    codes = [step.code for step in scheme.steps if isinstance(step, Choice)]
    fitted_steps = frozenset(data.draw(st.sets(st.sampled_from(codes)))) - {"bad.often"}
    whole, split = (see(scheme, columns, each) for each in (frozenset(), fitted_steps))
    total = split.total.fixed
    for code, factor in split.total.factors.items():
        total = total + factor * see(scheme, columns, frozenset()).steps[code].fixed
    np.testing.assert_allclose(total, whole.total.fixed)


amounts = st.lists(st.floats(0, 1000), min_size=1, max_size=6).map(sorted).map(np.array)


@given(st.lists(amounts, min_size=1, max_size=4), st.sampled_from([1, 5, 15]), st.data())
def test_rounding_moves_no_amount_by_a_step_and_keeps_the_total(
    tables: list[np.ndarray], step: int, data: st.DataObject
) -> None:
    weights = st.floats(0.01, 100)
    exposure = [
        np.array(data.draw(st.lists(weights, min_size=len(t), max_size=len(t)))) for t in tables
    ]
    whole = in_steps(tables, exposure, [True] * len(tables), step)
    off = 0.0
    for table, own, weight in zip(tables, whole, exposure, strict=True):
        assert (np.abs(own - table) < step * (1 + 1e-6)).all()
        assert (own % step == 0).all()
        assert (np.diff(own) >= 0).all()
        off += float((own - table) @ weight)
    assert abs(off) <= step * max(float(weight.max()) for weight in exposure) * 1.0001


@settings(max_examples=15, deadline=None)
@given(
    st.integers(0, 10_000),
    st.sampled_from([None, 50, 90]),
    st.sampled_from([1, 7]),
    st.floats(0, 1),
)
def test_any_costs_at_all_give_a_sound_scheme(
    seed: int, percentile: int | None, step: int, nothing: float
) -> None:
    chance = np.random.default_rng(seed)
    columns = some_answers(time_scheme(), 120, seed)
    agreed = chance.integers(0, 200_000, 120) * (chance.random(120) >= nothing)
    agreed[:10] += 1
    made = fitted(time_scheme(), cases_of(columns, agreed), percentile=percentile, step=step)
    assert all(row.fitted >= 0 and row.fitted % step == 0 for row in made.amounts)
    assert made.scheme.hash != made.before.hash
