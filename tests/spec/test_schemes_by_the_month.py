"""A scheme pays by the week, the month or the year: what it says, and what a year of it costs."""

from dataclasses import replace
from pathlib import Path

import pytest

from wherewithal.allocation import Answer, Answers, explain
from wherewithal.allocation.form import from_json
from wherewithal.scheme import Scheme, SchemeMistakes, read_scheme
from wherewithal.scheme.document.write import write_scheme
from wherewithal.scheme.workbook import from_workbook, to_workbook
from wherewithal.simulation import (
    compare,
    cost_by_year,
    read_population,
    read_protection,
    read_threshold,
    report_on,
)

SMALL = (Path(__file__).parents[1] / "unit" / "sound_scheme.yaml").read_text(encoding="utf-8")
WASH: dict[str, Answer] = {"home": "shared", "score": 0}


def paid_by(per: str) -> Scheme:
    text = SMALL.replace("per: week", f"per: {per}").replace("minutes a week", f"minutes a {per}")
    return read_scheme(text, name=per)


@pytest.mark.parametrize("per", ["week", "month", "year"])
def test_a_figure_says_the_time_it_is_for(per: str) -> None:
    told = explain(paid_by(per), Answers({**WASH, "wash": "lots"}))
    assert f"£74.75 a {per}" in told.sentence
    assert f"3 hours 30 minutes a {per}: £71.75" in told.lines[0].sentence
    assert from_json(told.to_json()) == told


@pytest.mark.parametrize("per", ["week", "month", "year"])
def test_it_is_written_and_read_again_with_its_time(per: str) -> None:
    scheme = paid_by(per)
    assert read_scheme(write_scheme(scheme), name="again") == scheme
    assert from_workbook(to_workbook(scheme), "again.xlsx") == scheme


def test_minutes_are_for_the_same_time_as_the_figure() -> None:
    with pytest.raises(SchemeMistakes, match=r"'minutes a week'\. Write: minutes a month"):
        read_scheme(SMALL.replace("per: week", "per: month"), name="mixed")


@pytest.mark.parametrize(("per", "times"), [("week", 52), ("month", 12), ("year", 1)])
def test_a_year_holds_so_many_of_them(per: str, times: int, tmp_path: Path) -> None:
    """Somebody with the most help falls by half an hour at £20.50: £10.25 each time."""
    now = paid_by(per)
    less = write_scheme(now).replace("minutes: 210", "minutes: 180")
    then = replace(read_scheme(less, name="then"), version="2")
    people = tmp_path / "people.csv"
    people.write_text("id,wash,home,score\nann,lots,shared,0\n", encoding="utf-8")
    found = compare(now, then, read_population(now, then, people))
    (first, *_) = cost_by_year(found, read_protection("full:1"))
    assert first.pence == 1025 * times
    said = str(report_on(found, read_threshold("15%"), smallest=1))
    assert f"£10.25 a {per} less: £{10.25 * times:,.2f} a year" in said
    assert (f"A year is {times} {per}s." in said) == (times > 1)
