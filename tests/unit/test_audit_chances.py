"""The audit's tests of chance agree with textbooks and with SciPy's own."""

import numpy as np
import pytest
from scipy import stats

from wherewithal.equity.chance import holm, same_share, seen_gap, spread_of_share, two_sided
from wherewithal.equity.labels import Label, in_words
from wherewithal.equity.resampling import columns, interval, resample


@pytest.mark.parametrize(
    ("having", "people", "others_having", "others"),
    [
        (3, 4, 1, 4),
        (0, 12, 30, 400),
        (50, 60, 100, 400),
        (5, 5, 0, 9),
        (0, 5, 0, 9),
        (90, 2000, 40, 3000),
    ],
)
def test_shares_are_compared_by_fishers_exact_test(
    having: int, people: int, others_having: int, others: int
) -> None:
    table = [[having, people - having], [others_having, others - others_having]]
    expected = stats.fisher_exact(table).pvalue
    assert same_share(having, people, others_having, others) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize(("difference", "spread", "people"), [(0.2, 0.1, 11), (-0.5, 0.1, 400)])
def test_a_difference_is_held_against_students_t(
    difference: float, spread: float, people: int
) -> None:
    expected = 2 * stats.t.sf(abs(difference) / spread, people - 1)
    assert two_sided(difference, spread, people) == pytest.approx(expected)


def test_a_difference_with_no_spread_says_nothing() -> None:
    assert two_sided(0.5, 0.0, 20) == 1.0
    assert two_sided(0.5, float("nan"), 20) == 1.0


@pytest.mark.parametrize(
    ("chances", "of", "adjusted"),
    [
        ([0.01, 0.04, 0.03], None, [0.03, 0.06, 0.06]),  # Holm 1979: times 3, 2 and 1
        ([0.5, 0.01], None, [0.5, 0.02]),
        ([0.01, 0.04], 10, [0.1, 0.36]),
        ([], None, []),
    ],
)
def test_holms_method(chances: list[float], of: int | None, adjusted: list[float]) -> None:
    assert holm(chances, of) == pytest.approx(adjusted)


def test_a_gap_of_the_size_said_is_found_four_times_in_five() -> None:
    spread, people, tests = 0.05, 2_000, 40
    drawn = np.random.default_rng(1).normal(seen_gap(spread, people, tests), spread, 20_000)
    strict = stats.t.isf(0.05 / 2 / tests, people - 1) * spread
    assert np.mean(drawn > strict) == pytest.approx(0.8, abs=0.01)


def test_the_share_of_everybody_spreads_not_at_all_about_itself() -> None:
    assert spread_of_share(0.3, 100, 100) == 0
    assert spread_of_share(0.5, 25, 10**9) == pytest.approx(0.1)


def test_samples_spread_as_drawing_people_anew_does() -> None:
    values = np.random.default_rng(2).gamma(2, 50, 20_000)
    ((whole, drawn),) = resample([columns([values, np.ones(20_000)])], 20_000, 1000, 5)
    means = drawn[:, 0] / drawn[:, 1]
    assert whole[0] / whole[1] == pytest.approx(values.mean())
    assert means.std() == pytest.approx(values.std() / np.sqrt(20_000), rel=0.08)
    low, high = interval(means)
    assert low < values.mean() < high


def test_nobody_cannot_be_resampled() -> None:
    with pytest.raises(ValueError, match="Give at least one case"):
        resample([columns([np.zeros(0)])], 0, 100, 1)


@pytest.mark.parametrize(
    ("name", "group", "words"),
    [
        ("age_band", "85+", "People aged 85 and over"),
        ("age_band", "65–74", "People aged 65 to 74"),
        ("sex", "Female", "Women"),
        ("has_carer", "yes", "People with a carer"),
        ("first_language", "Welsh", "People whose first language is Welsh"),
    ],
)
def test_groups_are_spoken_of_as_people(name: str, group: str, words: str) -> None:
    assert Label(name, (group,), np.zeros(1)).people(group) == words


@pytest.mark.parametrize(
    ("name", "groups", "place", "beside"),
    [
        ("age_band", ("18-64", "65-84", "85+"), 2, {0}),
        ("age_band", ("under 25", "25-64", "85+"), 0, {1}),
        ("age_band", ("65-84", "85+"), 0, {1}),  # nobody under 65: held beside the rest
        ("has_carer", ("no", "yes"), 1, {0}),
        ("has_carer", ("no", "yes"), 0, set()),
        ("area", ("a", "b", "c"), 1, {0, 2}),
    ],
)
def test_whom_a_group_is_compared_with(
    name: str, groups: tuple[str, ...], place: int, beside: set[int]
) -> None:
    chosen = Label(name, groups, np.zeros(1)).reference(place)
    assert set(np.flatnonzero(chosen).tolist()) == beside


def test_numbers_stay_as_they_are_in_words() -> None:
    assert in_words("ZZ1") == "ZZ1"
