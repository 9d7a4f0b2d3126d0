"""Comparing two schemes: who gains and loses, who is looked at, what protection costs.

A small council of eight people is tried. Washing takes minutes at a price; the new scheme gives an
hour less a week for the most help, and pays more an hour.
"""

import re
from fractions import Fraction
from pathlib import Path

import pytest

from wherewithal.allocation.cases import CasesMistake
from wherewithal.reports.report import Chart, Report, Table, tables_of
from wherewithal.scheme import Scheme, read_scheme
from wherewithal.simulation import (
    Comparison,
    Protection,
    Threshold,
    compare,
    cost_by_year,
    people_csv,
    people_to_look_at,
    read_population,
    read_protection,
    read_threshold,
    report_on,
)
from wherewithal.simulation.tallies import tally

SCHEME = """
scheme: small
version: "{version}"
title: A small scheme
money: {{currency: {currency}, per: week, rounding: half-up}}
source: made-up
sources:
  made-up: {{text: Made up for a test, date: 2026-04-01, status: unverified, reason: Only a test}}
sections:
  body: {{title: Your body}}
prices:
  day: {{label: Support, hourly: {hourly}, source: made-up}}
questions:
  wash:
    section: body
    ask: Do you need help to wash?
    needs: [A2]
    adds: {{unit: minutes a week, price: day, source: made-up}}
    options:
      no-help: {{label: "No", minutes: 0}}
      some: {{label: Sometimes, minutes: {some}}}
      lots: {{label: Every day, minutes: {lots}}}
  night:
    section: body
    ask: Do you need help at night?
    needs: [A2]
    adds: {{unit: minutes a week, price: day, source: made-up}}
    options:
      never: {{label: "No", minutes: 0}}
      often: {{label: Often, minutes: 60}}
{more}"""
BY_HAND = """
costed-by-hand:
  - {because: Help at night is costed by hand, when: {night: often}}
"""

PEOPLE = """id,wash,night,area
ann,no-help,never,north
bob,some,never,north
cat,lots,never,north
dan,lots,often,north
eve,some,often,south
fay,unknown,never,south
gus,no-help,never,south
hal,lots,never,
"""


def scheme(
    version: str, *, hourly: str = "20", some: int = 60, lots: int = 240, more: str = "",
    currency: str = "GBP",
) -> Scheme:  # fmt: skip
    text = SCHEME.format(
        version=version, hourly=hourly, some=some, lots=lots, more=more, currency=currency
    )
    return read_scheme(text, name=f"version {version}")


NOW = scheme("1")
THEN = scheme("2", hourly="22", lots=180)


def population(folder: Path, text: str = PEOPLE) -> Path:
    path = folder / "people.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def eight(tmp_path: Path) -> Comparison:
    return compare(NOW, THEN, read_population(NOW, THEN, population(tmp_path)))


def table(report: Report, title: str) -> Table:
    found = [t for section in report.sections for t in tables_of(section) if t.title == title]
    return found[0]


def test_each_person_has_a_figure_now_and_then(eight: Comparison) -> None:
    """Bob: an hour at £20, then at £22. Cat: four hours at £20, then three at £22."""
    figures = dict(zip(eight.ids, zip(eight.now, eight.then, strict=True), strict=True))
    assert figures["bob"] == (2000, 2200)
    assert figures["cat"] == (8000, 6600)
    assert figures["dan"] == (10000, 8800)
    assert figures["gus"] == (0, 0)


def test_gains_less_losses_are_the_change_in_all(eight: Comparison) -> None:
    found = tally(eight, read_threshold("15%"), smallest=1)
    assert (found.whole.now, found.whole.then) == (32000, 28600)
    assert (found.gains, found.losses) == (200 + 400, 1400 + 1200 + 1400)
    assert found.whole.change == 600 - 4000


def test_people_are_counted_by_what_happens_to_their_figure(eight: Comparison) -> None:
    """Dan falls by 12%, Cat and Hal by 17.5%; Fay has no figure, and is counted apart."""
    found = tally(eight, read_threshold("15%"), smallest=1)
    rises, same, falls, beyond = found.whole.outcomes
    assert (rises, same, falls, beyond) == (2, 2, 1, 2)
    assert (found.whole.people, found.whole.without) == (7, 1)


def test_groups_are_compared_by_one_label_and_the_total(eight: Comparison) -> None:
    found = tally(eight, read_threshold("15%"), smallest=1)
    assert list(found.by_label) == ["area", "figure now"]
    rows = {row.label: (row.people, row.outcomes, row.change) for row in found.by_label["area"]}
    assert rows == {
        "north": (4, (1, 1, 1, 1), 200 - 1200 - 1400),
        "south": (2, (1, 1, 0, 0), 400),
        "Not known": (1, (0, 0, 0, 1), -1400),
        "Everyone": (7, (2, 2, 1, 2), -3400),
    }


def test_changes_are_banded_by_share_of_the_figure_now_and_by_money(eight: Comparison) -> None:
    found = tally(eight, read_threshold("15%"), smallest=1)
    by_percent = {band.label: (band.people, band.change) for band in found.by_percent}
    assert by_percent["Falls by more than 10%, up to 15%"] == (1, -1200)
    assert by_percent["Falls by more than 15%, up to 20%"] == (2, -2800)
    assert by_percent["Stays the same"] == (2, 0)
    assert by_percent["Rises by more than 5%, up to 10%"] == (2, 600)
    by_pounds = {band.label: band.people for band in found.by_pounds}
    assert by_pounds["Falls by more than £10, up to £25"] == 3
    assert by_pounds["Rises by up to £10"] == 2


@pytest.mark.parametrize(
    ("threshold", "names"),
    [
        ("10%", ["cat", "hal", "dan"]),
        ("12%", ["cat", "hal"]),
        ("17.5%", []),
        ("£11.99", ["cat", "hal", "dan"]),
        ("£12", ["cat", "hal"]),
        ("0%", ["cat", "hal", "dan"]),
    ],
)
def test_whoever_falls_by_more_than_the_threshold_is_named_to_be_looked_at(
    eight: Comparison, threshold: str, names: list[str]
) -> None:
    """More than, exactly: a fall of 12% is not more than 12%."""
    assert [p.id for p in people_to_look_at(eight, read_threshold(threshold))] == names


def test_whoever_loses_their_figure_is_looked_at_first(tmp_path: Path) -> None:
    then = scheme("2", more=BY_HAND)
    people = population(tmp_path)
    found = people_to_look_at(
        compare(NOW, then, read_population(NOW, then, people)), read_threshold("20%")
    )
    assert [(p.id, p.then, p.what) for p in found] == [
        ("dan", None, "to be costed by hand"),
        ("eve", None, "to be costed by hand"),
    ]


def test_the_list_of_people_is_a_file_for_those_who_may_see_it(eight: Comparison) -> None:
    text = people_csv(eight, people_to_look_at(eight, read_threshold("£12")))
    assert text.splitlines() == [
        "id,Now (£),Then (£),Change (£),Fall (%),What happens",
        "cat,80.00,66.00,-14.00,17.5,falls by more than £12.00",
        "hal,80.00,66.00,-14.00,17.5,falls by more than £12.00",
    ]


@pytest.mark.parametrize(
    ("protection", "costs"),
    [
        ("none", [0]),
        ("full", [4000, 0]),
        ("full:2", [4000, 4000, 0]),
        ("cap:10%:3", [600 + 200 + 600, 0, 0, 0]),
        ("cap:5%:2", [1000 + 700 + 1000, 620 + 225 + 620, 0]),
        ("taper:3", [1050 + 900 + 1050, 700 + 600 + 700, 350 + 300 + 350, 0]),
        ("taper:1", [700 + 600 + 700, 0]),
    ],
)
def test_protection_costs_so_much_in_each_year(
    eight: Comparison, protection: str, costs: list[int]
) -> None:
    """Pence a week for Cat, Dan and Hal. A year is 52 weeks; a cap is on the year before."""
    found = cost_by_year(eight, read_protection(protection))
    assert [year.pence for year in found] == [52 * pence for pence in costs]
    assert [year.people for year in found] == [3 if pence else 0 for pence in costs]


def test_the_change_is_split_into_prices_and_rules_and_by_line(eight: Comparison) -> None:
    """At £22 the hours of now would cost a tenth more; the rest is the hour that goes."""
    assert eight.prices == 3200
    lines = {line.code: (line.people, line.now, line.then) for line in eight.lines}
    assert lines == {"wash": (5, 28000, 24200), "night": (2, 4000, 4400)}
    why = next(s for s in report_on(eight, read_threshold("15%"), smallest=1).sections
               if s.title == "Why")  # fmt: skip
    assert "+£32.00 a week" in why.text[0]
    assert "the other −£66.00" in why.text[0]


def test_those_without_a_figure_are_told_by_what_they_lack(tmp_path: Path) -> None:
    then = scheme("2", more=BY_HAND)
    comparison = compare(NOW, then, read_population(NOW, then, population(tmp_path)))
    found = tally(comparison, read_threshold("20%"), smallest=1)
    told = report_on(comparison, read_threshold("20%"), smallest=1).lead[1]
    assert told.endswith("Not counted there: 3 people without both figures.")
    assert [(band.label, band.people) for band in found.statuses] == [
        ("A figure now, costed by hand then", 2),
        ("Answers missing now, answers missing then", 1),
    ]


def test_small_numbers_are_hidden_everywhere_and_nobody_is_named(eight: Comparison) -> None:
    report = report_on(eight, read_threshold("15%"), smallest=3)
    counts = table(report, "What happens to figures: area")
    assert counts.rows[1][0] == "south"
    assert set(counts.rows[1][1:4]) <= {None, "not shown"}
    assert table(report, "All figures added up").rows[0][1] == 32000
    assert table(report, "All figures added up").rows[1][1] == "not shown"
    for section in report.sections:
        for each in tables_of(section):
            for row in each.rows:
                for cell, column in zip(row, each.columns, strict=True):
                    if column.kind == "number" and isinstance(cell, int):
                        assert not 0 < cell < 3, (each.title, row)
    assert not set(re.findall(r"\w+", str(report))) & set(eight.ids)


def test_too_few_people_to_compare_is_said_and_not_shown(eight: Comparison) -> None:
    with pytest.raises(ValueError, match="7 people have a figure under both schemes"):
        report_on(eight, read_threshold("15%"), smallest=10)


def test_every_chart_of_the_report_has_its_table(eight: Comparison) -> None:
    report = report_on(eight, read_threshold("15%"), smallest=1)
    charts = [p for s in report.sections for p in s.parts if isinstance(p, Chart)]
    assert len(charts) >= 5
    assert all(section.parts for section in report.sections)


def test_a_file_must_hold_the_questions_of_both_schemes(tmp_path: Path) -> None:
    text = PEOPLE.replace("night", "nights")
    with pytest.raises(CasesMistake, match="lacks columns that the scheme small 1 asks for: night"):
        read_population(NOW, THEN, population(tmp_path, text))


def test_an_answer_one_scheme_does_not_know_says_which(tmp_path: Path) -> None:
    then = read_scheme(
        SCHEME.format(version=2, hourly=20, some=60, lots=240, more="", currency="GBP").replace(
            "lots:", "all-day:"
        ),
        name="then",
    )
    says = r"row 4, column wash: 'lots' .*This is what small 2 allows"
    with pytest.raises(CasesMistake, match=says):
        read_population(NOW, then, population(tmp_path))


def test_schemes_that_pay_otherwise_are_not_compared(tmp_path: Path) -> None:
    then = scheme("2", currency="EUR")
    people = read_population(NOW, then, population(tmp_path))
    with pytest.raises(ValueError, match="small 1 pays GBP a week, and small 2 pays EUR"):
        compare(NOW, then, people)


@pytest.mark.parametrize("text", ["20", "£50", "0%", "12.5%", "1,200"])
def test_thresholds_are_read_as_written(text: str) -> None:
    threshold = read_threshold(text)
    assert (threshold.percent is None) == ("%" not in text)


@pytest.mark.parametrize("text", ["", "lots", "-5%", "£-3", "5%%", "-£1"])
def test_what_is_no_threshold_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a threshold"):
        read_threshold(text)


@pytest.mark.parametrize("text", ["", "cap", "cap:10%", "taper", "full:x", "half"])
def test_what_is_no_protection_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a protection"):
        read_protection(text)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Protection("full", 0), "Protect for 1 to 20 years"),
        (lambda: Protection("none", 2), "Protect for 1 to 20 years"),
        (lambda: Protection("cap", 2, Fraction(101)), "Use 0% to 100%"),
        (Threshold, "either a percentage or a sum"),
        (lambda: Threshold(Fraction(-1)), "below 0"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(make: object, says: str) -> None:
    assert callable(make)
    with pytest.raises(ValueError, match=says):
        make()
