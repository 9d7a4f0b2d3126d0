"""What an audit measures, on populations small enough to check by hand.

The scheme pays £100 a week for ``some`` need and £200 for ``lots``; family may do part of it. A
population is written as rows: how many people, what they answer, what was agreed, and who they are.
"""

from dataclasses import replace
from math import isnan

import numpy as np
import pytest

from wherewithal.allocation.cases import Cases, Groups
from wherewithal.equity.audit import Audit, Settings, audit
from wherewithal.equity.findings import findings, injustices, nothing
from wherewithal.equity.labels import LabelMistake
from wherewithal.equity.tables import covered, gaps, levels, measures, penalties, rates
from wherewithal.scheme import Scheme, packaged, read_scheme

SCHEME = """
scheme: two-steps
version: "1"
title: Two steps
money: {currency: GBP, per: week, rounding: half-up}
source: made-up
sources:
  made-up: {text: Made up for a test, date: 2026-04-01, status: unverified, reason: It is a test}
sections:
  body: {title: Your body}
prices:
  day: {label: Support in the day, hourly: 20, source: made-up}
questions:
  wash:
    section: body
    ask: Do you need help to wash?
    needs: [A2]
    family-can-help: yes
    adds: {unit: minutes a week, price: day, source: made-up}
    options:
      no-help: {label: "No", minutes: 0}
      some: {label: Sometimes, minutes: 300}
      lots: {label: Every day, minutes: 600}
"""
ASKS_WHO = SCHEME.replace(
    "questions:",
    """questions:
  home:
    section: body
    ask: Where do you live?
    order: none
    options:
      own: {label: On my own}
      shared: {label: With others}""",
) + (
    """
steps:
  extra:
    kind: choice
    question: home
    amounts: {own: 60, shared: 15}
    unit: minutes
    source: made-up
  extra.cost: {kind: cost, of: extra, price: day}
lines:
  extra: {label: For where you live, of: extra.cost}
"""
)
QUICK = Settings(bootstraps=100)
ANSWERS = {"no-help": 0, "some": 1, "lots": 2, "": -1}

Row = tuple[int, str, int, dict[str, str]]
"""How many people, the answer, what was agreed in pounds, and their groups."""


def scheme(text: str = SCHEME) -> Scheme:
    return read_scheme(text, name="a test")


def cases(*rows: Row, share: int = 0, willing: int = -1) -> Cases:
    people = [row for row in rows for _ in range(row[0])]
    names = list(dict.fromkeys(name for row in rows for name in row[3]))
    many = len(people)
    groups = {}
    for name in names:
        labels = tuple(dict.fromkeys(row[3][name] for row in rows if name in row[3]))
        codes = [labels.index(row[3][name]) if name in row[3] else -1 for row in people]
        groups[name] = Groups(labels, np.array(codes))
    return Cases(
        tuple(f"P{number}" for number in range(many)),
        {
            "wash": np.array([ANSWERS[row[1]] for row in people]),
            "wash.help": np.full(many, share),
            "carer_willing": np.full(many, willing),
            "carer_able": np.full(many, willing),
        },
        np.array([row[2] * 100 for row in people]),
        groups,
    )


def audited(*rows: Row, settings: Settings = QUICK) -> Audit:
    return audit(scheme(), cases(*rows), settings=settings)


# --- Figures beside plans -------------------------------------------------------------------------

NORTH, SOUTH = {"area": "north"}, {"area": "south"}
PLACES: tuple[Row, ...] = (
    (30, "some", 100, NORTH),
    (30, "lots", 250, NORTH),
    (40, "some", 105, SOUTH),
    (20, "lots", 400, SOUTH),
)


@pytest.mark.parametrize(
    ("group", "people", "rate", "times", "severity", "calibration", "residual"),
    [
        # 30 of 60 get £200 for a plan of £250: a fifth is missing.
        ("north", 60, 0.5, 0.5 / (50 / 120), 0.2, 9000 / 10500, 25.0),
        # £100 for £105 is within a tenth; 20 of 60 get £200 for £400: half is missing.
        ("south", 60, 1 / 3, (1 / 3) / (50 / 120), 0.5, 8000 / 12200, 70.0),
        ("", 120, 50 / 120, 1.0, (30 * 0.2 + 20 * 0.5) / 50, 17000 / 22700, 47.5),
    ],
)
def test_how_often_and_how_far_figures_fall_short(
    group: str, people: int, rate: float, times: float, severity: float, calibration: float,
    residual: float,
) -> None:  # fmt: skip
    found = {row.group: row for row in audited(*PLACES).shortfalls}[group]
    assert found.people == people
    assert found.rate.value == pytest.approx(rate)
    assert found.times.value == pytest.approx(times)
    assert found.severity.value == pytest.approx(severity)
    assert found.calibration.value == pytest.approx(calibration)
    assert found.residual.value == pytest.approx(residual)


def test_a_wider_tolerance_forgives_more() -> None:
    wide = audited(*PLACES, settings=replace(QUICK, tolerance=0.2))
    assert wide.shortfalls[0].rate.value == pytest.approx(20 / 120)  # £200 for £250 is a fifth


def test_a_figure_that_is_under_by_just_the_tolerance_is_not_short() -> None:
    """£100 for £625 is 84% under, to the penny; in binary fractions it would come out as more."""
    rows: tuple[Row, ...] = ((60, "some", 625, NORTH),)
    just, less = (
        audited(*rows, settings=replace(QUICK, tolerance=tolerance)) for tolerance in (0.84, 0.83)
    )
    assert just.shortfalls[0].rate.value == just.shortfalls[0].right_rate.value == 0.0
    assert less.shortfalls[0].rate.value == 1.0


def test_each_tenth_of_the_figures_is_held_beside_its_plans() -> None:
    tenths = {(each.group, each.tenth): each for each in audited(*PLACES).tenths}
    lowest, highest = min(tenth for _, tenth in tenths), max(tenth for _, tenth in tenths)
    assert tenths["", lowest].calibration.value == pytest.approx(7000 / 7200)
    assert tenths["south", highest].calibration.value == pytest.approx(200 / 400)
    assert sum(each.people for key, each in tenths.items() if key[0] == "") == 120


# --- What was agreed for like need ----------------------------------------------------------------


def like(ratio: float, group: dict[str, str], many: int = 60) -> tuple[Row, ...]:
    """Plans spread evenly about a ratio of the figure."""
    return tuple(
        (many // 4, answer, round(figure * ratio * spread), group)
        for answer, figure in (("some", 100), ("lots", 200))
        for spread in (0.9, 1.1)
    )


def test_a_fifth_less_for_like_need_is_found_and_said() -> None:
    found = audited(*like(1, {"age_band": "25-34"}), *like(0.8, {"age_band": "85+"}))
    gap = {gap.group: gap for gap in found.gaps}["85+"]
    assert gap.ratio
    assert gap.ratio.value == pytest.approx(0.8)
    assert gap.ratio.low < 0.8 < gap.ratio.high
    assert gap.pence == -3000  # £120 agreed on average, where £150 would be like the others
    (only,) = injustices(found)
    assert only.sentence.startswith(
        "People aged 85 and over: plans are 20% lower than for people under 65 with like need"
    )
    assert only.sentence.endswith("That is about £30 a week for each of 60 people.")


def test_need_itself_is_no_gap() -> None:
    """The south is agreed twice as much, for twice the need."""
    rows: list[Row] = [(30, "some", 90, NORTH), (30, "some", 110, NORTH)]
    rows += [(30, "lots", 180, SOUTH), (30, "lots", 220, SOUTH), (10, "lots", 200, NORTH)]
    found = audited(*rows)
    assert [gap.ratio.value for gap in found.gaps if gap.ratio] == pytest.approx([1.0, 1.0])
    assert injustices(found) == []


def test_two_gaps_of_overlapping_groups_are_told_apart() -> None:
    rows: list[Row] = []
    for age, factor, many in (("25-34", 1.0, (80, 40)), ("85+", 0.8, (40, 80))):
        for carer, less, people in (("no", 1.0, many[0]), ("yes", 0.9, many[1])):
            rows += like(factor * less, {"age_band": age, "has_carer": carer}, people)
    ratios = {gap.group: gap.ratio for gap in audited(*rows).gaps}
    assert ratios["85+"]
    assert ratios["85+"].value == pytest.approx(0.8, abs=0.005)
    assert ratios["yes"]
    assert ratios["yes"].value == pytest.approx(0.9, abs=0.005)
    assert ratios["no"] is None  # others are held against those without a carer


def test_a_gap_is_also_shown_by_how_much_need_there_is() -> None:
    """Nothing less at some need, two fifths less at lots: a fifth and more in all."""
    young, old = {"age_band": "25-34"}, {"age_band": "85+"}
    rows: list[Row] = [*like(1, young, 240)]
    for answer, figure, factor in (("some", 100, 1.0), ("lots", 200, 0.6)):
        rows += [(60, answer, round(figure * factor * spread), old) for spread in (0.9, 1.1)]
    found = {each.third: each.ratio.value for each in audited(*rows).at_need}
    assert found[min(found)] == pytest.approx(1.0, abs=0.01)
    assert found[max(found)] == pytest.approx(0.6, abs=0.01)


def test_two_ways_of_grouping_that_are_the_same_cannot_be_told_apart() -> None:
    rows = [
        *like(1, {"area": "north", "team": "one"}),
        *like(0.8, {"area": "south", "team": "two"}),
    ]
    found = audited(*rows)
    assert {gap.note for gap in found.gaps} == {"can't be told apart from another group"}
    assert injustices(found) == []


def test_figures_are_held_beside_plans_with_the_gaps_undone() -> None:
    """Plans a fifth too low make figures look right; undone, the figure is as short for all."""
    rows = [*like(1.25, {"age_band": "25-34"}, 120), *like(1.0, {"age_band": "85+"}, 120)]
    by_group = {row.group: row for row in audited(*rows).shortfalls}
    assert by_group["85+"].calibration.value == pytest.approx(1.0)
    assert by_group["85+"].right_calibration.value == pytest.approx(0.8)
    assert by_group["25-34"].right_calibration.value == pytest.approx(0.8)
    assert not any(row.found_rate or row.found_calibration for row in by_group.values())


# --- What is taken away for family help -----------------------------------------------------------


@pytest.mark.parametrize(
    ("share", "willing", "pounds", "percent", "counted"),
    [(50, 1, 50, 0.5, 60), (25, 1, 25, 0.25, 60), (50, 0, 0, 0, 0), (50, -1, 0, 0, 0)],
)
def test_help_is_taken_away_only_where_the_carer_is_willing_and_able(
    share: int, willing: int, pounds: int, percent: float, counted: int
) -> None:
    people = cases((60, "some", 100, NORTH), share=share, willing=willing)
    found = audit(scheme(), people, settings=QUICK)
    whole = found.carers.groups[0]
    assert (whole.people, whole.counted) == (60, counted)
    assert whole.pence.value == pytest.approx(pounds * 100)
    assert whole.share.value == pytest.approx(percent)
    assert found.carers.unasked.size == 0
    assert found.carers.pence.tolist() == [pounds * 100] * 60
    assert penalties(found).rows[0][:4] == ("P0", 10000, pounds * 100, percent * 100)


def test_taking_help_from_anybody_not_willing_would_be_the_gravest_finding() -> None:
    found = audit(scheme(), cases((60, "some", 100, NORTH), share=50, willing=1), settings=QUICK)
    wrong = replace(found, carers=replace(found.carers, unasked=np.array([3, 5])))
    first = findings(wrong)[0]
    assert first.kind == "taken without asking"
    assert "from 2 people with no carer recorded as willing and able" in first.sentence
    assert not any("Nothing is taken away" in sentence for sentence in nothing(wrong))


# --- The same answers, another group --------------------------------------------------------------


def test_a_scheme_that_does_not_ask_gives_the_same_figure_whoever_you_are() -> None:
    (swap,) = audited(*PLACES).swaps
    assert (swap.label, swap.question, swap.people, swap.largest) == ("area", "", 120, 0)
    assert any(
        "the same figure, to the penny" in sentence for sentence in nothing(audited(*PLACES))
    )


def test_a_scheme_that_asks_who_you_are_must_say_why() -> None:
    people = cases((60, "some", 115, NORTH), (40, "lots", 215, SOUTH))
    columns = people.columns | {"home": np.array([0] * 60 + [1] * 40)}
    found = audit(scheme(ASKS_WHO), replace(people, columns=columns), settings=QUICK)
    asked = [swap for swap in found.swaps if swap.question]
    assert [(s.before, s.after, s.people, s.mean, s.largest) for s in asked] == [
        ("On my own", "With others", 100, -1500.0, -1500)
    ]
    (said,) = (each for each in findings(found) if each.kind == "asks who you are")
    assert "the answer alone moves figures by up to £15.00 a week" in said.sentence


def test_the_published_scheme_that_asks_age_and_setting_is_told_to_say_why() -> None:
    """Florida's iBudget Model 5b steps up at 21 and at 31, and pays by where somebody lives."""
    florida = packaged("florida-ibudget-5b")
    chance = np.random.default_rng(1)
    columns = {
        q.code: chance.integers(q.least, q.most + 1, 60)
        if q.kind == "number"
        else chance.integers(0, len(q.options), 60)
        for q in florida.questions
    }
    people = Cases(tuple(map(str, range(60))), columns, None, {})
    swaps = audit(florida, people, settings=QUICK).swaps
    by_age = {(s.before, s.after): s.largest for s in swaps if s.label == "age"}
    assert {pair for pair, moved in by_age.items() if moved} == {("12", "24"), ("24", "36")}
    assert sum(s.label == "setting" and s.largest != 0 for s in swaps) == 15  # each two of six


# --- More need, more money ------------------------------------------------------------------------


def test_every_step_is_tried_on_everybody() -> None:
    people = cases((10, "no-help", 50, NORTH), (50, "some", 100, NORTH), share=50, willing=1)
    steps = audit(scheme(), people, settings=QUICK).steps
    assert [(s.before, s.after, s.people, s.fell, s.least, s.most, s.standing) for s in steps] == [
        ("No", "Sometimes", 60, 0, 5000, 5000, 10),
        ("Sometimes", "Every day", 60, 0, 5000, 5000, 50),
    ]


# --- Who has no figure ----------------------------------------------------------------------------


def test_who_has_no_figure_is_counted_by_group() -> None:
    rows: list[Row] = [(60, "some", 100, NORTH), (30, "some", 100, SOUTH), (30, "", 100, SOUTH)]
    found = audited(*rows)
    shares = {row.group: (row.people, row.without, row.share.value) for row in found.coverage}
    assert shares == {"": (120, 30, 0.25), "north": (60, 0, 0.0), "south": (60, 30, 0.5)}
    assert found.compared == 90
    (said,) = (each for each in findings(found) if each.kind == "no figure")
    assert said.sentence == (
        "People who live in south: 50% get no figure from the scheme, against 25% of everybody."
        " Most of these have answers missing. Look after how theirs are worked out."
    )


# --- Few people -----------------------------------------------------------------------------------


def test_groups_of_too_few_people_are_not_shown_nor_what_would_give_them_away() -> None:
    rows = [*like(1, {"area": "north"}, 80), *like(1, {"area": "south"}, 20)]
    found = audited(*rows, (4, "some", 20, {"area": "east"}))
    table = gaps(found)
    shown = {row[0]: row[1:] for row in table.rows}
    assert shown["Area: east"] == (None,) * 7
    assert shown["Area: south"][0] is None  # or 4 could be had from the rest
    assert shown["Area: north"][0] == 80
    assert "east" not in {row[2] for row in measures(found).rows}


def test_no_table_lets_a_small_group_be_worked_out_from_everybody() -> None:
    """One person is in the east: everybody less the north and the south would be theirs."""
    rows = [*like(1, {"area": "north"}, 80), *like(1, {"area": "south"}, 20)]
    found = audited(*rows, (1, "lots", 333, {"area": "east"}))
    for table in (rates(found), levels(found), covered(found)):
        shown = {row[0]: row[1] for row in table.rows}
        assert shown["Everybody"] == 101
        assert shown["Area: north"] == 80
        assert shown["Area: south"] is None
        assert "Area: east" not in shown
    sums = {row[0]: row[5] for row in levels(found).rows}
    assert sums["Area: south"] is None  # the mean of plan less figure
    told = [row for row in measures(found).rows if row[2] == "south"]
    assert {row[3] for row in told} == {None}
    kept = [row[4] for row in told if row[0] not in ("agreed_for_like_need", "no_figure")]
    numbers = [value for value in kept if isinstance(value, float) and not isnan(value)]
    assert numbers == [round(value, 2) for value in numbers] != []
    assert "plan_less_figure_pounds" not in {row[0] for row in told}


def test_too_few_with_a_plan_are_not_compared() -> None:
    found = audited((20, "some", 100, NORTH), (20, "some", 50, SOUTH))
    assert found.gaps == ()
    assert found.shortfalls == ()
    assert found.coverage[0].people == 40


def test_cases_without_agreed_plans_can_still_be_audited() -> None:
    people = replace(cases(*PLACES), agreed=None)
    found = audit(scheme(), people, settings=QUICK)
    assert (found.compared, found.gaps) == (0, ())
    assert found.coverage[0].people == 120
    assert len(found.steps) == 2


def test_a_finding_does_not_give_a_hidden_number_away() -> None:
    rows = [*like(1, {"area": "north"}, 240), *like(0.6, {"area": "south"}, 40)]
    found = audited(*rows, (4, "some", 100, {"area": "east"}))
    (only,) = injustices(found)
    assert only.sentence.endswith("a week for each of them.")
    assert "40" not in only.sentence.replace("40%", "")


def test_what_few_people_share_is_not_shown_of_a_larger_group() -> None:
    """Four of sixty are short: the rate would say so."""
    rows: list[Row] = [(56, "some", 100, NORTH), (4, "some", 300, NORTH), (60, "some", 100, SOUTH)]
    found = audited(*rows)
    shown = {row[0]: row[2:5] for row in rates(found).rows}
    assert shown["Area: north"] == (None, None, None)
    assert shown["Area: south"][0] == 0.0
    told = {(row[0], row[2]) for row in measures(found).rows}
    assert ("short_rate", "north") not in told
    assert ("short_rate", "south") in told


# --- Asking wrongly -------------------------------------------------------------------------------


def test_a_grouping_that_is_not_there_is_named() -> None:
    with pytest.raises(LabelMistake, match=r"no groups called 'team'\. There are: area"):
        audit(scheme(), cases(*PLACES), by=("team",), settings=QUICK)


@pytest.mark.parametrize(
    ("name", "value"),
    [("tolerance", 0.95), ("bootstraps", 10), ("seed", -1), ("smallest", 2), ("material", 0.6)],
)
def test_a_setting_out_of_range_is_named(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=f"{name} is {value}. Use a number from"):
        replace(QUICK, **{name: value})  # type: ignore[arg-type]  # wrong on purpose
