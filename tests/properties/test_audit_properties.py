"""What holds of every audit, on made-up schemes of every kind and made-up people."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.properties.made_up_schemes import QUICK, people, schemes

from wherewithal.allocation import Missing, columns_of, evaluate
from wherewithal.allocation.cases import Cases, Groups
from wherewithal.equity.answer_steps import tried_steps
from wherewithal.equity.audit import Settings, audit
from wherewithal.equity.chance import holm
from wherewithal.equity.labels import labels_of
from wherewithal.equity.population import population
from wherewithal.equity.resampling import by_group, columns, resample
from wherewithal.equity.swaps import swaps
from wherewithal.scheme import Scheme

FEW = settings(QUICK, max_examples=40)


def crowd(data: st.DataObject, scheme: Scheme) -> Cases:
    answers = data.draw(st.lists(people(scheme), min_size=3, max_size=12))
    codes = data.draw(st.lists(st.integers(-1, 2), min_size=len(answers), max_size=len(answers)))
    ids = tuple(f"P{number}" for number in range(len(answers)))
    groups = {"area": Groups(("a", "b", "c"), np.array(codes))}
    agreed = np.full(len(answers), 10_000)
    return Cases(ids, columns_of(scheme, answers), agreed, groups)


@FEW
@given(st.data())
def test_nothing_is_ever_added_for_family_help_nor_taken_without_asking(
    data: st.DataObject,
) -> None:
    scheme = data.draw(schemes())
    everybody = population(scheme, crowd(data, scheme), ())
    assert (everybody.taken >= 0).all()
    assert not (everybody.taken[~everybody.willing_and_able] > 0).any()
    assert not (everybody.taken[~everybody.helped] > 0).any()


@FEW
@given(st.data())
def test_swapping_who_people_are_changes_no_figure_where_the_scheme_does_not_ask(
    data: st.DataObject,
) -> None:
    scheme = data.draw(schemes())
    cases = crowd(data, scheme)
    for swap in swaps(scheme, cases, labels_of(cases, None)):
        assert swap.question or swap.same


@FEW
@given(st.data())
def test_each_step_tried_is_what_working_everything_out_again_gives(data: st.DataObject) -> None:
    scheme = data.draw(schemes())
    cases = crowd(data, scheme)
    whole = evaluate(scheme, cases.columns)["status"] != 1
    for step in tried_steps(scheme, cases):
        assert step.fell == 0
        question = scheme.question(step.question)
        if question.kind != "one":
            continue
        own = cases.columns[step.question]
        asked = whole & (own != Missing.NOT_APPLICABLE)
        place = [option.label for option in question.options].index(step.before)
        paid = [
            _paid(scheme, {**cases.columns, step.question: np.full_like(own, place + more)})
            for more in (0, 1)
        ]
        moved = (paid[1] - paid[0])[asked]
        assert (step.people, step.least, step.most) == (asked.sum(), moved.min(), moved.max())
        had, has = (
            evaluate(scheme, {**cases.columns, step.question: np.full_like(own, place + more)})
            for more in (0, 1)
        )
        both = asked & (had["status"] == 0) & (has["status"] == 0)
        assert step.both == both.sum()
        assert step.by_hand == (asked & (had["status"] == 0) & (has["status"] == 2)).sum()
        if both.any():
            assert step.jump == (has["total"] - had["total"])[both].max()


def _paid(scheme: Scheme, answers: dict[str, np.ndarray]) -> np.ndarray:
    out = evaluate(scheme, answers)
    return np.asarray(np.sum([out[f"line.{line.code}"] for line in scheme.lines], axis=0))


@FEW
@given(st.data())
def test_groups_add_up_to_everybody(data: st.DataObject) -> None:
    many = data.draw(st.integers(1, 300))
    chance = np.random.default_rng(data.draw(st.integers(0, 999)))
    codes, values = chance.integers(0, 4, many), chance.integers(0, 1000, many).astype(float)
    parts = [columns([values]), by_group(codes, 4, [values])]
    (whole, drawn), (groups, each) = resample(parts, many, 100, 1)
    assert groups.sum() == whole[0] == values.sum()
    assert np.allclose(each.sum(axis=1), drawn[:, 0])


@settings(deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_holm_never_makes_a_finding_likelier_and_keeps_their_order(chances: list[float]) -> None:
    adjusted = holm(chances)
    assert all(0 <= one <= two <= 1 for one, two in zip(chances, adjusted, strict=True))
    order = np.argsort(chances, kind="stable")
    assert (np.diff(np.array(adjusted)[order]) >= 0).all()


@settings(deadline=None, max_examples=12, derandomize=True)
@given(st.floats(0.6, 0.85), st.sampled_from(["area", "support_reason", "sex"]), st.integers(0, 99))
def test_an_injustice_to_any_group_is_found(factor: float, name: str, seed: int) -> None:
    """Wherever it is put: 1,500 people, one in three in the wronged group."""
    from tests.spec.test_audit_measures import SCHEME

    from wherewithal.scheme import read_scheme

    chance = np.random.default_rng(seed)
    wash, codes = chance.integers(1, 3, 1500), chance.integers(0, 3, 1500)
    fair = np.array([0, 10_000, 20_000])[wash] * np.exp(0.3 * chance.standard_normal(1500))
    agreed = np.round(fair * np.where(codes == 1, factor, 1)).astype(np.int64)
    groups = {
        name: Groups(("a", "b", "c"), codes),
        "team": Groups(("x", "y"), chance.integers(0, 2, 1500)),
    }
    columns = {"wash": wash}
    cases = Cases(tuple(map(str, range(1500))), columns, agreed, groups)
    scheme = read_scheme(SCHEME, name="a test")
    found = audit(scheme, cases, settings=Settings(bootstraps=100))
    assert {(gap.label.name, gap.group) for gap in found.gaps if gap.lower} == {(name, "b")}
    fairly = audit(
        scheme, replace(cases, agreed=np.round(fair).astype(int)), settings=Settings(bootstraps=100)
    )
    assert not any(gap.found for gap in fairly.gaps)
