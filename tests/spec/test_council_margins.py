"""The made-up council follows England's published figures, and is unfair by known amounts.

Each table below gives a share as it is published (or assumed, where ``margins.yaml`` says so) for
30,000 made-up people; what is made must be within the tolerance named.
"""

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from wherewithal.council import Council, Injustices, Request, make_council
from wherewithal.council.figures import Figure, delivery_shares, figures
from wherewithal.scheme import packaged

ON = date(2026, 11, 2)
PEOPLE = 30_000
WITHIN = 0.01  # one percentage point of everybody
WITHIN_A_GROUP = 0.015  # one and a half percentage points of a group

FAIR = Injustices(older=Decimal(1), carer=Decimal(1))


@cache
def council(injustices: Injustices = Injustices()) -> Council:  # noqa: B008  # frozen
    return make_council(Request(PEOPLE, 20261102, ON, injustices), packaged("standard-adult"))


def people(column: str) -> NDArray[Any]:
    return council().tables["people"][column]


def ages() -> NDArray[Any]:
    born = [day.astype(object) for day in people("date_of_birth")]
    return np.array(
        [ON.year - day.year - ((ON.month, ON.day) < (day.month, day.day)) for day in born]
    )


def adults() -> NDArray[Any]:
    return np.asarray(people("kind") == "adult")


def of_age(group: str) -> NDArray[Any]:
    return np.asarray(adults() & ((ages() >= 65) == (group == "older")))


def test_it_is_as_big_as_asked() -> None:
    assert council().rows("people") == PEOPLE


@pytest.mark.parametrize(
    ("youngest", "oldest", "share"),
    [
        (18, 64, 0.49),
        (65, 120, 0.51),
        (18, 24, 0.49 * 0.13),
        (25, 34, 0.49 * 0.20),
        (35, 44, 0.49 * 0.16),
        (45, 54, 0.49 * 0.21),
        (55, 64, 0.49 * 0.30),
        (65, 74, 0.51 * 0.19),
        (75, 84, 0.51 * 0.38),
        (85, 120, 0.51 * 0.43),
    ],
)
def test_adults_are_spread_over_the_age_bands(youngest: int, oldest: int, share: float) -> None:
    years = ages()[adults()]
    assert np.mean((years >= youngest) & (years <= oldest)) == pytest.approx(share, abs=WITHIN)


@pytest.mark.parametrize(
    ("youngest", "oldest", "share"), [(18, 64, 0.557), (65, 84, 0.360), (85, 120, 0.083)]
)
def test_carers_are_spread_over_the_age_bands(youngest: int, oldest: int, share: float) -> None:
    years = ages()[~adults()]
    assert np.mean((years >= youngest) & (years <= oldest)) == pytest.approx(share, abs=0.025)


@pytest.mark.parametrize(
    ("reason", "younger", "older"),
    [
        ("Physical support: Access and mobility only", 0.063, 0.115),
        ("Physical support: Personal care support", 0.234, 0.626),
        ("Sensory support: Support for visual impairment", 0.007, 0.008),
        ("Sensory support: Support for hearing impairment", 0.003, 0.003),
        ("Sensory support: Support for dual impairment", 0.002, 0.002),
        ("Support with memory and cognition", 0.017, 0.134),
        ("Learning disability support", 0.461, 0.032),
        ("Mental health support", 0.186, 0.062),
        ("Social support: Substance misuse support", 0.003, 0.001),
        ("Social support: Asylum seeker support", 0.000, 0.000),
        ("Social support: Support for social isolation or other reason", 0.023, 0.016),
    ],
)
def test_reasons_for_support_follow_the_published_table_by_age(
    reason: str, younger: float, older: float
) -> None:
    for group, share in (("younger", younger), ("older", older)):
        made = np.mean(people("primary_support_reason")[of_age(group)] == reason)
        assert made == pytest.approx(share, abs=WITHIN_A_GROUP)


def test_every_carer_has_the_carers_reason_for_support() -> None:
    reasons = set(people("primary_support_reason")[~adults()])
    assert reasons == {"Social support: Support to unpaid carer"}


def delivery_of_adults_at_home() -> tuple[NDArray[Any], NDArray[Any]]:
    """Return who (row numbers in people) has which delivery mechanism, care homes left out."""
    plans = council().tables["plans"]
    rows = plans["person_id"] - 1
    at_home = adults()[rows] & (people("accommodation_status")[rows] != "Registered care home")
    return rows[at_home], plans["delivery"][at_home]


def test_direct_payments_reach_the_newest_published_share() -> None:
    _, delivery = delivery_of_adults_at_home()
    direct = np.isin(delivery, ["direct_payment", "part_direct_payment"])
    assert np.mean(direct) == pytest.approx(0.245, abs=WITHIN)


@pytest.mark.parametrize(
    ("group", "direct", "part", "managed", "commissioned"),
    [("younger", 0.261, 0.097, 0.547, 0.094), ("older", 0.100, 0.035, 0.777, 0.088)],
)
def test_delivery_by_age_keeps_the_published_shape(
    group: str, direct: float, part: float, managed: float, commissioned: float
) -> None:
    rows, delivery = delivery_of_adults_at_home()
    made = delivery[of_age(group)[rows]]
    expected = {
        "direct_payment": direct,
        "part_direct_payment": part,
        "council_managed": managed,
        "council_commissioned": commissioned,
    }
    assert delivery_shares(group) == pytest.approx(expected, abs=0.001)
    for mechanism, share in expected.items():
        assert np.mean(made == mechanism) == pytest.approx(share, abs=WITHIN_A_GROUP)


@pytest.mark.parametrize(
    ("group", "share"),
    [
        ("White", 0.806),
        ("Asian or Asian British", 0.064),
        ("Black, Black British, Caribbean or African", 0.053),
        ("Mixed or multiple ethnic groups", 0.016),
        ("Other ethnic group", 0.016),
        ("No data", 0.045),
    ],
)
def test_ethnicity_follows_the_published_groups(group: str, share: float) -> None:
    made = np.array([label.partition(":")[0] for label in people("ethnicity")])
    assert np.mean(made == group) == pytest.approx(share, abs=WITHIN)


@pytest.mark.parametrize(("group", "share"), [("younger", 0.45), ("older", 0.55)])
def test_about_half_have_a_carer(group: str, share: float) -> None:
    assert np.mean(has_carer()[of_age(group)]) == pytest.approx(share, abs=WITHIN_A_GROUP)


def has_carer() -> NDArray[Any]:
    supporters = council().tables["supporters"]
    return np.isin(people("id"), supporters["person_id"][supporters["is_carer"]])


def test_people_who_live_alone_less_often_have_a_carer_and_never_one_at_home() -> None:
    alone = people("lives_alone") & adults()
    assert np.mean(has_carer()[alone]) < 0.75 * np.mean(has_carer()[~alone & adults()])
    supporters = council().tables["supporters"]
    assert not np.any(supporters["lives_with"] & alone[supporters["person_id"] - 1])


@pytest.mark.parametrize(
    ("group", "share"), [("younger", 0.42), ("learning", 0.15), ("older", 0.50)]
)
def test_living_alone_depends_on_age_and_learning_disability(group: str, share: float) -> None:
    learning = people("primary_support_reason") == "Learning disability support"
    who = {
        "older": of_age("older"),
        "learning": of_age("younger") & learning,
        "younger": of_age("younger") & ~learning,
    }[group]
    assert np.mean(people("lives_alone")[who]) == pytest.approx(share, abs=0.02)


def test_over_a_third_of_younger_people_with_a_learning_disability_live_with_family() -> None:
    learning = people("primary_support_reason") == "Learning disability support"
    homes = people("accommodation_status")[of_age("younger") & learning]
    family = homes == "Settled mainstream housing with family or friends"
    assert np.mean(family) == pytest.approx(0.37, abs=WITHIN_A_GROUP)


@pytest.mark.parametrize(
    ("stage", "share"),
    [
        ("contact", 0.04),
        ("assessment", 0.07),
        ("eligible", 0.04),
        ("plan_drafted", 0.04),
        ("awaiting_sign_off", 0.03),
        ("live", 0.78),
    ],
)
def test_people_stand_at_every_stage_of_the_road(stage: str, share: float) -> None:
    assert np.mean(people("stage") == stage) == pytest.approx(share, abs=WITHIN)


# --- What it costs --------------------------------------------------------------------------------


def costs(of: Council) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Return adults' rows in people, their agreed costs, and the costs if treated alike."""
    plans, need = of.tables["plans"], of.tables["need"]
    rows = plans["person_id"] - 1
    adult = adults()[rows]
    return (
        rows[adult],
        plans["weekly_cost_pence"][adult],
        need["true_weekly_cost_pence"][rows][adult],
    )


def test_costs_are_as_high_and_as_skewed_as_real_ones() -> None:
    rows, agreed, _ = costs(council())
    at_home = people("accommodation_status")[rows] != "Registered care home"
    mean, median = np.mean(agreed[at_home]), np.median(agreed[at_home])
    assert mean == pytest.approx(339_00, rel=0.05)
    assert mean / median == pytest.approx(1.40, abs=0.08)


@pytest.mark.parametrize(
    ("older", "carer", "factor"),
    [(False, False, 1.0), (True, False, 0.80), (False, True, 0.88), (True, True, 0.80 * 0.88)],
)
def test_injustice_is_there_to_be_found(older: bool, carer: bool, factor: float) -> None:
    rows, agreed, alike = costs(council())
    group = (of_age("older")[rows] == older) & (has_carer()[rows] == carer)
    assert agreed[group].sum() / alike[group].sum() == pytest.approx(factor, abs=0.001)


def test_a_regression_recovers_both_injustices() -> None:
    rows, agreed, alike = costs(council())
    columns = np.column_stack([np.ones(rows.size), of_age("older")[rows], has_carer()[rows]])
    found, *_ = np.linalg.lstsq(columns, np.log(agreed / alike), rcond=None)
    assert np.exp(found) == pytest.approx([1.0, 0.80, 0.88], abs=0.001)


def test_without_injustice_everyone_gets_exactly_what_their_need_costs() -> None:
    _, agreed, alike = costs(council(FAIR))
    assert np.array_equal(agreed, alike)


def test_injustice_changes_nothing_about_the_people() -> None:
    for table in ("people", "supporters", "need", "answers", "events"):
        unfair, fair = council().tables[table], council(FAIR).tables[table]
        assert all(np.array_equal(unfair[name], fair[name]) for name in unfair), table


def test_cost_rises_with_need_but_need_alone_does_not_settle_it() -> None:
    _, _, alike = costs(council())
    plans, need = council().tables["plans"], council().tables["need"]["need"]
    rows = plans["person_id"] - 1
    correlation = np.corrcoef(need[rows][adults()[rows]], np.log(alike))[0, 1]
    assert 0.5 < correlation**2 < 0.8


# --- Answers --------------------------------------------------------------------------------------


def mean_place(question: str, reason: str) -> float:
    """Return how far along its options people with this reason answer, from 0 to 1."""
    options = [option.code for option in packaged("standard-adult").question(question).options]
    answers = council().tables["answers"]
    theirs = people("primary_support_reason")[answers["person_id"] - 1] == reason
    chosen = answers["option"][theirs & (answers["question"] == question)]
    places = [options.index(code) for code in chosen if code in options]
    return float(np.mean(places)) / (len(options) - 1)


def test_more_need_shows_in_more_of_the_answers() -> None:
    answers, need = council().tables["answers"], council().tables["need"]["need"]
    for question in packaged("standard-adult").questions:
        if question.kind == "one" and question.rising:
            places = {option.code: place for place, option in enumerate(question.options)}
            rows = np.flatnonzero(answers["question"] == question.code)
            rows = rows[[code in places for code in answers["option"][rows]]]
            chosen = [places[code] for code in answers["option"][rows]]
            theirs = need[answers["person_id"][rows] - 1]
            assert np.corrcoef(chosen, theirs)[0, 1] > 0.25, question.code


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("memory", "Support with memory and cognition"),
        ("decide", "Support with memory and cognition"),
        ("nights", "Support with memory and cognition"),
        ("mood", "Mental health support"),
        ("start", "Mental health support"),
        ("wash", "Physical support: Personal care support"),
        ("move", "Physical support: Personal care support"),
        ("decide", "Learning disability support"),
    ],
)
def test_answers_go_with_the_reason_for_support(question: str, reason: str) -> None:
    least = "Physical support: Access and mobility only"
    if question == "move":
        least = "Mental health support"
    assert mean_place(question, reason) > mean_place(question, least) + 0.1


def test_bad_days_go_with_need_that_comes_and_goes() -> None:
    answers, need = council().tables["answers"], council().tables["need"]
    asked = answers["question"] == "bad-often"
    fluctuating = need["fluctuating"][answers["person_id"][asked] - 1]
    often = np.isin(answers["option"][asked], ["week", "most"])
    assert np.mean(often[fluctuating]) > 3 * np.mean(often[~fluctuating])


def test_how_bad_days_differ_is_asked_only_of_those_who_have_them() -> None:
    answers = council().tables["answers"]
    for question, none in (("bad-often", "never"), ("bad-more", "n/a")):
        assert none in answers["option"][answers["question"] == question]
    never = answers["person_id"][
        (answers["question"] == "bad-often") & (answers["option"] == "never")
    ]
    more = answers["question"] == "bad-more"
    spared = answers["person_id"][more & (answers["option"] == "n/a")]
    asked = answers["person_id"][more]
    assert set(spared.tolist()) == set(never.tolist()) & set(asked.tolist())


# --- Sources --------------------------------------------------------------------------------------


@pytest.mark.parametrize("figure", figures().values(), ids=figures().keys())
def test_a_figure_is_either_verified_or_says_what_it_rests_on(figure: Figure) -> None:
    grounds = ("assum", "derived", "general knowledge")
    assert figure.verified != any(word in figure.source.lower() for word in grounds)
