"""A scheme's query by example: what a row of the table says, and what the query says of it."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import duckdb
import pytest

from wherewithal.allocation import Answers, explain
from wherewithal.allocation.sql import mistakes_sql, result_columns, sql
from wherewithal.cli import main
from wherewithal.scheme import Scheme, packaged, read_scheme

SMALL = """
scheme: small
version: "1"
title: A scheme for the manual
money: {currency: GBP, per: week, rounding: ROUNDING}
source: here
sources:
  here: {text: Made up, date: 2026-04-01, status: unverified, reason: it is a test}
sections:
  all: {title: Everything}
prices:
  day: {label: Day, hourly: 24.10, source: here}
questions:
  wash:
    section: all
    ask: Do you need help to wash?
    family-can-help: yes
    may-not-apply: yes
    adds: {unit: minutes a week, price: day, source: here}
    options:
      no-help: {minutes: 0, label: "No"}
      every-day: {minutes: 210, label: "Every day"}
  aids:
    section: all
    ask: What do you use?
    kind: several
    order: none
    options:
      frame: {label: A frame}
      chair: {label: A chair}
      own-car: {label: A car of your own}
  age:
    section: all
    ask: How old are you?
    kind: number
    from: 18
    to: 120
    unit: years
steps:
  aids-time:
    kind: choice
    question: aids
    amounts: {frame: 0.7, chair: 30, own-car: -12.2}
    unit: minutes
    source: here
  aids-whole: {kind: round, of: aids-time, to: 1, rounding: ROUNDING}
  aids-more: {kind: sum, of: [aids-whole], plus: 20, unit: minutes, source: here}
  aids-cost: {kind: cost, of: aids-more, price: day}
  old: {kind: count, of: {age: {at-least: 85}}, unit: minutes, source: here}
  old-cost: {kind: cost, of: old, price: day}
lines:
  aids: {label: Things you use, of: aids-cost}
  old: {label: Getting older, of: old-cost}
"""
HELP = ("wash.help", "carer_willing", "carer_able")
ASKED = ("wash", "aids", "age")
COUNTS = ("not_answered", "not_applicable", "declined", "unknown")


@cache
def small(rounding: str = "half-up") -> Scheme:
    return read_scheme(SMALL.replace("ROUNDING", rounding), name="small.yaml")


def asked(
    query: str, rows: Sequence[Sequence[object]], kind: str = "VARCHAR"
) -> list[dict[str, Any]]:
    names = ("id", *ASKED, *HELP)
    with duckdb.connect() as connection:
        kinds = ", ".join(f'"{name}" {kind}' for name in names[1:])
        connection.execute(f"CREATE TABLE answers (id VARCHAR, {kinds})")
        marks = ", ".join("?" * len(names))
        connection.executemany(f"INSERT INTO answers VALUES ({marks})", rows)  # noqa: S608
        found = connection.execute(query)
        columns = [each[0] for each in found.description]
        return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]


def figure(*cells: object) -> dict[str, Any]:
    (row,) = asked(sql(small(), "duckdb"), [("A", *cells, *[""] * (6 - len(cells)))])
    return row


def test_a_row_gets_its_figure_in_pence_and_every_line_before_and_after_help() -> None:
    row = figure("every-day", "chair", "85", "50", "yes", "yes")
    assert row == {
        "id": "A", "status": "figure", "total": 6266, "total_without_help": 10483,
        "not_answered": 0, "not_applicable": 0, "declined": 0, "unknown": 0,
        "line.wash": 4218, "line.wash.without_help": 8435,
        "line.aids": 2008, "line.aids.without_help": 2008,
        "line.old": 40, "line.old.without_help": 40,
    }  # fmt: skip
    assert tuple(row) == result_columns(small())


@pytest.mark.parametrize(
    ("willing", "able", "paid"),
    [
        ("yes", "yes", 4218),
        ("no", "yes", 8435),
        ("yes", "", 8435),
        ("TRUE", " yes ", 4218),
        ("1", "1", 4218),
        ("1", "0", 8435),
    ],
)
def test_help_counts_only_where_the_carer_is_willing_and_able(
    willing: str, able: str, paid: int
) -> None:
    assert figure("every-day", "none", "40", "50%", willing, able)["line.wash"] == paid


@pytest.mark.parametrize(
    ("cells", "counts"),
    [
        (("", "none", "40"), (1, 0, 0, 0)),
        ((None, "declined", "unknown"), (1, 0, 1, 1)),
        (("n/a", "Declined", "40"), (0, 1, 1, 0)),
        (("every-day", " ", "UNKNOWN"), (1, 0, 0, 1)),
    ],
)
def test_what_is_missing_is_counted_apart_and_leaves_no_figure(
    cells: tuple[object, ...], counts: tuple[int, ...]
) -> None:
    row = figure(*cells)
    assert row["status"] == "incomplete"
    assert tuple(row[name] for name in COUNTS) == counts
    assert row["total"] is None
    assert row["line.aids"] is None


def test_none_of_these_is_read_as_files_are_however_it_is_written() -> None:
    plain, large = (figure("no-help", said, "40") for said in ("none", " NONE "))
    assert (large["status"], large["total"]) == ("figure", plain["total"])


def test_what_does_not_apply_is_an_answer_and_adds_nothing() -> None:
    row = figure("n/a", "none", "40")
    assert (row["status"], row["total"], row["not_applicable"]) == ("figure", 803, 1)


@pytest.mark.parametrize(
    ("told", "ticked"),
    [
        ("none", ()),
        ("frame;chair", ("frame", "chair")),
        (" chair; frame ", ("frame", "chair")),
        ("own-car", ("own-car",)),
        ("frame;own-car", ("frame", "own-car")),
    ],
)
@pytest.mark.parametrize("rounding", ["half-up", "half-even", "up", "down"])
def test_amounts_below_nought_are_rounded_as_in_the_explanation(
    told: str, ticked: tuple[str, ...], rounding: str
) -> None:
    scheme = small(rounding)
    (row,) = asked(sql(scheme, "duckdb"), [("A", "no-help", told, "40", "", "", "")])
    due = explain(scheme, Answers({"wash": "no-help", "aids": frozenset(ticked), "age": 40}))
    assert row["line.aids"] == next(line.pence for line in due.lines if line.code == "aids")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("wash", "sometimes"),
        ("wash", "EVERY-DAY"),
        ("aids", "n/a"),
        ("aids", "frame;frame"),
        ("aids", "frame;"),
        ("aids", "none;chair"),
        ("aids", "stick"),
        ("age", "17"),
        ("age", "121"),
        ("age", "4e1"),
        ("age", "40.0"),
        ("age", "-40"),
        ("age", "9" * 40),
        ("wash.help", "101"),
        ("wash.help", "-5"),
        ("wash.help", "half"),
        ("carer_able", "maybe"),
    ],
)
def test_a_cell_that_is_not_allowed_leaves_no_figure_and_is_listed(column: str, value: str) -> None:
    cells = dict(zip((*ASKED, *HELP), ("every-day", "none", "40", "", "yes", "yes"), strict=True))
    rows = [("A", *cells.values()), ("B", *{**cells, column: value}.values())]
    (good, bad) = asked(sql(small(), "duckdb"), rows)
    assert (good["status"], good["total"]) == ("figure", 9238)
    assert set(bad.values()) == {"B", "mistake", None}
    (listed,) = asked(mistakes_sql(small(), "duckdb"), rows)
    assert (listed["id"], listed["column"], listed["value"]) == ("B", column, value)


def test_the_list_says_what_is_allowed() -> None:
    rows = [("A", "no-help", "stick", "300", "", "", "")]
    told = {row["column"]: row["allowed"] for row in asked(mistakes_sql(small(), "duckdb"), rows)}
    assert told["age"] == "a whole number from 18 to 120, blank, declined or unknown"
    assert told["aids"].startswith("none, or any of frame, chair, own-car")


def test_an_id_that_is_blank_or_stands_twice_is_listed() -> None:
    people = [(name, "no-help", "none", "40", "", "", "") for name in ("A", "A", " ", None)]
    listed = asked(mistakes_sql(small(), "duckdb"), people)
    assert {(row["id"], row["allowed"]) for row in listed} == {
        ("A", "an id of its own for every row"),
        (" ", "an id in every row"),
        (None, "an id in every row"),
    }


@pytest.mark.parametrize(
    ("column", "value"),
    [("wash", 2), ("wash", -5), ("aids", 8), ("aids", -2), ("age", 17), ("age", 40.5),
     ("wash.help", 101), ("carer_able", 2)],
)  # fmt: skip
def test_a_place_that_is_not_allowed_is_listed_too(column: str, value: float) -> None:
    cells = dict(zip((*ASKED, *HELP), (1, 0, 40, 0, 1, 1), strict=True))
    rows = [("B", *{**cells, column: value}.values())]
    (bad,) = asked(sql(small(), "duckdb", answers="places"), rows, "DOUBLE")
    assert bad["status"] == "mistake"
    (listed,) = asked(mistakes_sql(small(), "duckdb", answers="places"), rows, "DOUBLE")
    assert (listed["column"], float(listed["value"])) == (column, value)


def test_a_table_without_a_word_on_family_is_asked_nothing_about_it() -> None:
    query = sql(small(), "duckdb", table="people", family=False)
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE people AS SELECT 7 AS id, 'every-day' AS wash, 'none' AS aids, 40 AS age"
        )
        (row,) = connection.execute(query).fetchall()
    assert row[:4] == (7, "figure", 9238, 9238)


@pytest.mark.parametrize("table", ["cells", "given", "paid", "judged", "people", "mistakes"])
def test_the_table_may_be_called_like_a_part_of_the_query(table: str) -> None:
    with duckdb.connect() as connection:
        connection.execute(
            f"CREATE TABLE {table} AS"
            " SELECT 'A' AS id, 'no-help' AS wash, 'none' AS aids, '40' AS age"
        )
        query = sql(small(), "duckdb", table=table, family=False)
        assert connection.execute(query).fetchall()[0][1] == "figure"
        listing = mistakes_sql(small(), "duckdb", table=table, family=False)
        assert connection.execute(listing).fetchall() == []


def test_the_command_prints_the_query(capsys: pytest.CaptureFixture[str]) -> None:
    scheme = packaged("florida-ibudget-5b")
    command = ["scheme", "sql", "florida-ibudget-5b", "--table", "people"]
    assert main([*command, "--dialect", "spark", "--places"]) == 0
    assert capsys.readouterr().out == sql(scheme, "spark", table="people", answers="places")
    assert main([*command, "--mistakes", "--no-family"]) == 0
    assert capsys.readouterr().out == mistakes_sql(scheme, "duckdb", table="people", family=False)
    assert main([*command[:3], "--table", "a b;"]) == 1
    assert "does not name a table" in capsys.readouterr().err
