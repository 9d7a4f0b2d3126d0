"""Fitting a scheme: what is fitted, what stays, and what is said about it."""

from itertools import pairwise

import numpy as np
import pytest
from tests.spec.fitted_cases import (
    BANDS,
    LETTERS,
    TRUE_MINUTES,
    TRUE_POINTS,
    cases_of,
    costs,
    fitted,
    points_scheme,
    some_answers,
    time_scheme,
    with_amounts,
)

from wherewithal.allocation.cases import Cases, Groups, take
from wherewithal.calibration.accuracy import coverage, explained
from wherewithal.calibration.fit import Asked, Fit, FitMistake
from wherewithal.calibration.people import figures
from wherewithal.calibration.report import lead
from wherewithal.calibration.report_amounts import amounts_section
from wherewithal.calibration.report_groups import _covered
from wherewithal.reports import Table
from wherewithal.reports.cells import NOT_SHOWN
from wherewithal.scheme import packaged, read_scheme
from wherewithal.scheme.document.write import write_scheme
from wherewithal.scheme.steps import Bands, Choice, Curve

TICKED = """
scheme: ticked
version: "1"
title: Ticked
summary: Tick all that apply.
money: {currency: GBP, per: week, rounding: half-up}
source: own
sources:
  own: {text: Our guess, date: 2026-01-01, status: unverified, reason: To be fitted}
sections: {all: {title: All}}
prices: {day: {label: Day, hourly: 24, source: own}}
questions:
  falls: {section: all, ask: What helps, kind: several,
          options: {rail: {label: A rail}, call: {label: A call}, visit: {label: A visit}}}
  where: {section: all, ask: Where, order: none,
          options: {town: {label: Town}, farm: {label: Farm}}}
steps:
  minutes: {kind: choice, label: Minutes, question: falls, unit: minutes, source: own,
            amounts: {rail: 10, call: 10, visit: 10}}
  far: {kind: sum, label: Twice, of: {minutes: 2}, source: own}
  here: {kind: pick, label: By place, question: where, of: {town: minutes, farm: far}}
  cost: {kind: cost, label: Cost, of: here, price: day}
lines:
  budget: {label: Budget, of: cost}
"""


def time_cases(people: int = 4000, noise: float = 0.0) -> Cases:
    scheme = time_scheme()
    columns = some_answers(scheme, people)
    mean = figures(with_amounts(scheme, TRUE_MINUTES), cases_of(columns, np.zeros(people)))
    return cases_of(columns, costs(mean, noise))


def points_cases(people: int = 6000, noise: float = 0.0) -> Cases:
    columns = some_answers(points_scheme(), people)
    agrees = (columns["carer_willing"] == 1) & (columns["carer_able"] == 1)
    points = sum(
        np.array([0, *TRUE_POINTS])[columns[q]] * (1 - columns[f"{q}.help"] * agrees / 100)
        for q in LETTERS
    )
    pounds = (3 * points + points**2 / 20) * np.where(columns["area"] == 1, 1.2, 1)
    return cases_of(columns, costs(pounds * 100, noise))


def amounts(made: Fit, step: str) -> list[int]:
    return [row.fitted for row in made.amounts if row.step == step]


@pytest.mark.parametrize("step", TRUE_MINUTES)
def test_amounts_that_made_the_costs_are_found_again(step: str) -> None:
    made = fitted(time_scheme(), time_cases(), prior_people=0)
    assert amounts(made, step) == pytest.approx(TRUE_MINUTES[step], abs=1)


def test_with_costs_that_spread_the_fit_comes_close_to_the_best_the_answers_allow() -> None:
    cases = time_cases(noise=0.45)
    made = fitted(time_scheme(), cases)
    best = figures(with_amounts(time_scheme(), TRUE_MINUTES), cases)
    fresh = costs(best, 0.45, seed=9)
    assert explained(figures(made.scheme, cases), fresh) > 0.99 * explained(best, fresh)


def test_points_and_the_curve_over_them_are_fitted_together() -> None:
    cases = points_cases()
    made = fitted(points_scheme(), cases)
    assert cases.agreed is not None
    assert explained(figures(made.scheme, cases), cases.agreed) > 0.99
    some, daily, always = amounts(made, "a.points")
    assert (some / always, daily / always) == pytest.approx((2 / 12, 5 / 12), abs=0.08)


def test_the_most_points_anyone_can_have_stay_about_as_they_were() -> None:
    made = fitted(points_scheme(), points_cases())
    most = sum(amounts(made, f"{q}.points")[-1] for q in LETTERS)
    assert most == pytest.approx(8 * 30, abs=4)


def test_bands_keep_where_they_begin_and_never_fall() -> None:
    made = fitted(points_scheme(BANDS), points_cases())
    (bands,) = [step for step in made.scheme.steps if isinstance(step, Bands)]
    heights = [band.amount for band in bands.bands]
    assert [band.start for band in bands.bands] == [0, 40, 90, 150]
    assert heights == sorted(heights)
    assert heights[-1] > 300


def test_a_curve_rises_in_whole_pounds_and_begins_at_nothing_where_it_did() -> None:
    made = fitted(points_scheme(), points_cases(noise=0.5))
    (curve,) = [step for step in made.scheme.steps if isinstance(step, Curve)]
    assert [float(end) for end in curve.knots[0]] == [0, 0]
    assert all(up.denominator == 1 for _, up in curve.knots)
    assert all(below[1] <= above[1] for below, above in pairwise(curve.knots))


@pytest.mark.parametrize("step", [1, 5, 15])
def test_amounts_are_multiples_of_the_step_asked_for_and_the_total_stays(step: int) -> None:
    cases = time_cases(noise=0.6)
    made = fitted(time_scheme(), cases, step=step)
    assert all(row.fitted % step == 0 for row in made.amounts)
    learnt = made.totals
    assert learnt.figures == pytest.approx(learnt.agreed, rel=0.02)


def test_more_need_never_adds_less_even_where_costs_say_so() -> None:
    cases = time_cases()
    assert cases.agreed is not None
    agreed = np.where(cases.columns["mood"] == 3, cases.agreed // 3, cases.agreed)
    made = fitted(time_scheme(), cases_of(cases.columns, agreed))
    for step in made.scheme.steps:
        if isinstance(step, Choice):
            assert list(step.amounts.values()) == sorted(step.amounts.values())


def test_amounts_of_ticked_answers_and_of_groups_with_their_own_rule_are_fitted() -> None:
    scheme = read_scheme(TICKED, name="ticked")
    chance = np.random.default_rng(4)
    columns = {"falls": chance.integers(0, 8, 3000), "where": chance.integers(0, 2, 3000)}
    ticked = np.array([30, 0, 90]) @ [(columns["falls"] >> bit) & 1 for bit in range(3)]
    agreed = ticked * np.where(columns["where"] == 1, 2, 1) * 40
    made = fitted(scheme, cases_of(columns, agreed), prior_people=0)
    assert amounts(made, "minutes") == [30, 0, 90]


def test_what_multiplies_a_fitted_amount_stays_and_is_named() -> None:
    made = fitted(time_scheme(), time_cases())
    assert made.chosen.kept == {"bad.often": "it multiplies bad.more, which is fitted"}


def test_an_answer_that_nobody_gave_keeps_the_schemes_own_number() -> None:
    cases = time_cases()
    cases.columns["night"] = np.minimum(cases.columns["night"], 2)
    made = fitted(time_scheme(), cases)
    (row,) = [row for row in made.amounts if row.step == "night.time" and row.option == "always"]
    assert (row.fitted, row.kept, row.people, row.sure) == (900, True, 0, None)
    comment = made.comments["steps", "night.time", "amounts", "always"]
    assert comment == "nobody gave this answer; kept near the scheme's own 900"


def test_an_answer_few_gave_is_drawn_towards_the_schemes_own_number() -> None:
    cases = time_cases(noise=0.3)
    rare = np.flatnonzero(cases.columns["night"] == 3)[3:]
    keep = np.setdiff1d(np.arange(len(cases.ids)), rare)
    free, held = (
        fitted(time_scheme(), take(cases, keep), prior_people=count) for count in (0, 10_000)
    )
    level = sum(amounts(held, "wash.time")) / 660
    assert amounts(held, "night.time")[2] == pytest.approx(900 * level, rel=0.15)
    assert amounts(free, "night.time")[2] != amounts(held, "night.time")[2]


def test_intervals_hold_the_truth_and_narrow_with_more_people() -> None:
    few, many = (
        fitted(time_scheme(), time_cases(n, 0.45), bootstraps=200, prior_people=0)
        for n in (500, 8000)
    )
    truth = [amount for step in TRUE_MINUTES for amount in TRUE_MINUTES[step]]
    sure = [row.sure for row in many.amounts if row.sure]
    inside = [low - 1 <= t <= high + 1 for t, (low, high) in zip(truth, sure, strict=True)]
    assert sum(inside) >= 10
    wide = [row.sure[1] - row.sure[0] for row in few.amounts if row.sure]
    assert sum(wide) > 2 * sum(high - low for low, high in sure)


def test_intervals_of_a_curve_stand_around_it() -> None:
    made = fitted(points_scheme(), points_cases(2000, 0.5), bootstraps=50)
    assert made.knots[0].sure is None
    for knot in made.knots[1:]:
        assert knot.sure is not None
        low, high = knot.sure
        assert low - 15 <= knot.pounds <= high + 15


@pytest.mark.parametrize(("scheme", "cases"), [
    (time_scheme, lambda: time_cases(noise=0.5)),
    (points_scheme, lambda: points_cases(noise=0.5)),
])  # fmt: skip
def test_a_percentile_is_covered_among_people_not_seen(scheme, cases) -> None:  # type: ignore[no-untyped-def]  # makers of two kinds
    made = fitted(scheme(), cases(), percentile=80)
    assert made.coverage[0].covered == pytest.approx(0.8, abs=0.04)
    shown = {row.group for row in made.coverage if row.by == "band of need"}
    assert {"second fifth", "middle fifth", "fourth fifth", "highest fifth"} <= shown


def test_four_sums_are_kept_apart() -> None:
    totals = fitted(time_scheme(), time_cases(noise=0.5), percentile=80).totals
    assert totals.need == pytest.approx(totals.agreed, rel=0.02)
    assert totals.figures > 1.1 * totals.need
    assert totals.projected == totals.figures + totals.held > totals.agreed


def test_the_fitted_scheme_says_where_its_numbers_come_from() -> None:
    made = fitted(time_scheme(), time_cases())
    assert made.scheme.version == "1-fitted-2026-04-01"
    source = made.scheme.source
    assert source.text == "Fitted to agreed plan costs of 3,200 people in cases.csv"
    assert (source.status, source.date.isoformat()) == ("unverified", "2026-04-01")
    again = fitted(made.scheme, time_cases())
    assert again.scheme.version == made.scheme.version
    assert again.scheme.title == made.scheme.title == f"{time_scheme().title}, fitted 2026-04-01"


def test_a_fit_to_past_spend_says_so_first() -> None:
    made = fitted(time_scheme(), time_cases(), target="spend", past_spend=True)
    assert made.scheme.source.text.startswith("Fitted to past spend, not to what people need")
    assert made.scheme.source.reason.startswith("Past spend copies past injustice")
    text = write_scheme(made.scheme, comments=made.comments)
    assert "Fitted to past spend (spend)" in text.splitlines()[0]


@pytest.mark.parametrize("bootstraps", [0, 50])
def test_a_fitted_scheme_is_written_as_a_document_with_its_intervals(bootstraps: int) -> None:
    made = fitted(time_scheme(), time_cases(noise=0.4), bootstraps=bootstraps)
    text = write_scheme(made.scheme, comments=made.comments)
    assert read_scheme(text, name="again") == made.scheme
    assert ("95%: " in text) == bool(bootstraps)
    assert "was 60; " in text


def older_cheaper(people: int = 6000) -> Cases:
    """People in one group, who need more at night than others, were given less for it."""
    cases = time_cases(people, 0.3)
    older = np.random.default_rng(5).random(people) < np.where(
        cases.columns["night"] >= 2, 0.8, 0.2
    )
    assert cases.agreed is not None
    agreed = np.where(older, cases.agreed, cases.agreed * 13 // 10)
    groups = {"age": Groups(("younger", "older"), older.astype(np.int8))}
    return cases_of(cases.columns, agreed, groups)


def test_no_group_lacks_more_than_asked_at_the_same_total_and_the_price_is_told() -> None:
    plain = fitted(time_scheme(), older_cheaper())
    made = fitted(time_scheme(), older_cheaper(), fair_within=0.05)
    assert made.fairness is not None
    assert max(lack.before for lack in made.fairness.lacks) > 0.06
    assert max(lack.after for lack in made.fairness.lacks) <= 0.0502
    assert (made.fairness.possible, made.fairness.agree) == (True, True)
    assert made.totals.need == pytest.approx(plain.totals.need, rel=0.01)
    assert made.accuracy[0].r2 < plain.accuracy[0].r2
    assert made.accuracy[1].r2 == plain.accuracy[0].r2


def test_intervals_under_a_condition_are_those_of_refits_under_it() -> None:
    made = fitted(time_scheme(), older_cheaper(), fair_within=0.05, bootstraps=40)
    assert made.spread is not None
    assert made.spread.resamples == 40
    for row in made.amounts:
        assert row.sure is not None
        assert row.sure[0] - 8 <= row.fitted <= row.sure[1] + 8


def test_fairness_through_a_curve_is_looked_at_again_in_whole_amounts() -> None:
    cases = points_cases(noise=0.3)
    assert cases.agreed is not None
    high = cases.columns["b"] >= 2
    group = Groups(("no", "yes"), (high & (np.arange(6000) % 2 == 0)).astype(np.int8))
    agreed = np.where(group.codes == 1, cases.agreed * 5 // 4, cases.agreed)
    told = cases_of(cases.columns, agreed, {"g": group})
    made = fitted(points_scheme(), told, fair_within=0.06, bootstraps=20)
    assert made.fairness is not None
    assert max(lack.before for lack in made.fairness.lacks) > 0.08
    assert max(lack.after for lack in made.fairness.lacks) <= 0.0602


def test_bands_too_can_be_fitted_under_a_condition() -> None:
    cases = points_cases(600, 0.3)
    assert cases.agreed is not None
    groups = {"half": Groups(("a", "b"), (np.arange(600) % 2).astype(np.int8))}
    told = cases_of(cases.columns, cases.agreed, groups)
    made = fitted(points_scheme(BANDS), told, fair_within=0.05, bootstraps=5, percentile=60)
    assert made.fairness is not None
    assert len(made.knots) == 4
    assert max(lack.after for lack in made.fairness.lacks) <= 0.0502


def test_what_no_amounts_can_do_is_said_with_the_nearest_that_can_be() -> None:
    cases = time_cases(noise=0.2)
    assert cases.agreed is not None
    lucky = np.arange(len(cases.ids)) % 2
    agreed = np.where(lucky == 1, cases.agreed * 3 // 2, cases.agreed)
    groups = {"coin": Groups(("heads", "tails"), lucky.astype(np.int8))}
    made = fitted(time_scheme(), cases_of(cases.columns, agreed, groups), fair_within=0.01)
    assert made.fairness is not None
    assert not made.fairness.possible
    assert made.fairness.agree
    assert made.fairness.nearest == pytest.approx(0.16, abs=0.03)
    assert made.fairness.standing_in_the_way == ("coin: tails",)


def test_other_ways_stand_beside_it_on_the_same_people() -> None:
    made = fitted(points_scheme(), points_cases(noise=0.6), ceiling=True)
    r2 = {each.name: each.r2 for each in made.accuracy}
    assert {each.people for each in made.accuracy} == {1200}
    assert r2["The fitted scheme"] > r2["Rising table on points"] > r2["The scheme as it was"]
    assert r2["Percentile table, as councils use"] < r2["Rising table on points"]
    trees = r2["Gradient-boosted trees (a ceiling, not a scheme)"]
    assert trees == pytest.approx(r2["The fitted scheme"], abs=0.08)


def test_a_table_by_rank_overpays_the_top_and_underpays_the_bottom() -> None:
    made = fitted(points_scheme(), points_cases(noise=1.0))
    by_rank = made.calibration["Percentile table, as councils use"]
    assert by_rank[-1].paid > 1.1
    assert next(tenth for tenth in by_rank if tenth.agreed).paid < 0.9
    ours = made.calibration["The fitted scheme"]
    assert abs(ours[-1].paid - 1) < abs(by_rank[-1].paid - 1)


def test_groups_too_small_to_show_are_not_measured() -> None:
    cases = time_cases(noise=0.4)
    codes = np.where(np.arange(len(cases.ids)) < 12, 0, np.arange(len(cases.ids)) % 2 + 1)
    groups = {"area": Groups(("hamlet", "east", "west"), codes.astype(np.int8))}
    assert cases.agreed is not None
    made = fitted(time_scheme(), cases_of(cases.columns, cases.agreed, groups))
    shown = {row.group: row.covered for row in made.coverage if row.by == "area"}
    assert shown["hamlet"] is None
    assert [covered is None for covered in shown.values()].count(True) == 2


def test_one_group_is_not_shown_where_it_would_tell_of_the_few_whose_group_is_not_known() -> None:
    cases = time_cases(noise=0.4)
    codes = np.where(np.arange(len(cases.ids)) < 12, -1, np.arange(len(cases.ids)) % 2)
    groups = {"area": Groups(("east", "west"), codes.astype(np.int8))}
    assert cases.agreed is not None
    made = fitted(time_scheme(), cases_of(cases.columns, cases.agreed, groups))
    shown = [row.covered for row in made.coverage if row.by == "area"]
    assert [covered is None for covered in shown] in ([True, False], [False, True])


def test_a_large_group_that_would_give_a_small_one_away_is_not_called_too_few() -> None:
    """Of 400 men and women and the few who said neither, men are left out for the few."""
    codes = np.repeat([0, 1, -1], [250, 147, 3])
    groups = {"sex": Groups(("female", "male"), codes.astype(np.int8))}
    agreed = np.full(400, 100)
    rows = coverage(agreed, agreed, groups, 10)
    assert [(row.group, row.covered, row.few) for row in rows[1:]] == [
        ("female", 1.0, False),
        ("male", None, False),
    ]
    codes[codes < 0] = 1
    east = {"area": Groups(("east", "west"), np.repeat([0, 1], [393, 7]).astype(np.int8))}
    assert [row.few for row in coverage(agreed, agreed, east, 10)[1:]] == [False, True]
    assert _covered(rows[2])[1:] == (NOT_SHOWN,) * 3


def test_how_few_gave_an_answer_cannot_be_had_from_its_weight_nor_from_the_other_answers() -> None:
    cases = time_cases(noise=0.3)
    rare = np.flatnonzero(cases.columns["night"] == 3)[3:]
    keep = np.setdiff1d(np.arange(len(cases.ids)), rare)
    made = fitted(time_scheme(), take(cases, keep))
    few = [row for row in made.amounts if row.step == "night.time" and 0 < row.people < 10]
    assert [row.option for row in few] == ["always"]
    (table,) = amounts_section(made).parts
    assert isinstance(table, Table)
    ask = made.scheme.question("night").ask
    shown = [row[-2:] for row in table.rows if row[0] == ask]
    assert shown.count((None, None)) == 2
    options = [row.option for row in made.amounts if row.step == "night.time"]
    comments = [made.comments["steps", "night.time", "amounts", option] for option in options]
    assert sum("fewer than 10 people" in text for text in comments) == 1
    assert sum("10 people or more" in text for text in comments) == 1


def test_the_same_seed_gives_the_same_fit_and_another_holds_out_others() -> None:
    cases = time_cases(noise=0.4)
    one, same, other = (
        fitted(time_scheme(), cases, seed=seed, bootstraps=20) for seed in (1, 1, 2)
    )
    assert (one.scheme, one.amounts) == (same.scheme, same.amounts)
    assert one.scheme != other.scheme


@pytest.mark.parametrize(("asked", "says"), [
    ({"percentile": 100}, "percentile: 100 can't be used"),
    ({"holdout": 0.9}, "holdout: 0.9 can't be used"),
    ({"fair_within": 2}, "fair-within: 2 can't be used"),
    ({"step": 0}, "step: 0 can't be used"),
    ({"seed": -1}, "seed: -1 can't be used"),
])  # fmt: skip
def test_what_is_asked_for_is_looked_at(asked: dict[str, int], says: str) -> None:
    with pytest.raises(FitMistake, match=says):
        Asked(**asked)  # type: ignore[arg-type]  # wrong on purpose


def test_costs_that_are_all_the_same_leave_no_differences_to_account_for() -> None:
    cases = time_cases(people=400)
    made = fitted(time_scheme(), cases_of(cases.columns, np.full(400, 30_000)))
    said = " ".join(lead(made))
    assert "nan" not in said
    assert "all have the same agreed plan costs" in said


def test_what_cannot_be_fitted_is_refused_with_the_reason() -> None:
    florida = packaged("florida-ibudget-5b")
    with pytest.raises(FitMistake, match="No amounts of this scheme can be fitted"):
        fitted(florida, cases_of({}, np.zeros(0)))
    cases = time_cases()
    with pytest.raises(FitMistake, match="no column `agreed`"):
        fitted(time_scheme(), Cases(cases.ids, cases.columns, None, {}))
    with pytest.raises(FitMistake, match="Only 20 people"):
        fitted(time_scheme(), take(cases, np.arange(20)))
    with pytest.raises(FitMistake, match="All agreed costs are 0"):
        fitted(time_scheme(), cases_of(cases.columns, np.zeros(len(cases.ids), np.int64)))
    with pytest.raises(FitMistake, match="no groups by place"):
        fitted(time_scheme(), cases, fair_within=0.1, fair_by=("place",))
