"""A scheme's query, run by DuckDB, gives what the explanation gives: row by row, every column."""

from collections.abc import Sequence

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.properties.made_up_schemes import QUICK, people, schemes
from tests.properties.queries import (
    COLUMNS,
    Row,
    Table,
    both,
    hold_alike,
    hold_every_kind,
    in_places,
    in_words,
    told,
)

from wherewithal.allocation import Answers
from wherewithal.scheme import Scheme, packaged

SOME = settings(QUICK, max_examples=25)


def ask(table: Table, kind: str, *queries: str) -> list[tuple[Sequence[str], list[Row]]]:
    names, rows = table
    with duckdb.connect() as connection:
        kinds = ", ".join(f'"{name}" {kind}' for name in names[1:])
        connection.execute(f"CREATE TABLE answers (id VARCHAR, {kinds})")
        marks = ", ".join("?" * len(names))
        connection.executemany(f"INSERT INTO answers VALUES ({marks})", rows)  # noqa: S608
        return [_asked(connection, query) for query in queries]


def _asked(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[Sequence[str], list[Row]]:
    found = connection.execute(query)
    return [each[0] for each in found.description], found.fetchall()


def hold_words_alike(data: st.DataObject, scheme: Scheme, crowd: list[Answers]) -> None:
    table = data.draw(in_words(scheme, crowd))
    figures, mistakes = ask(table, "VARCHAR", *both(scheme, "duckdb"))
    hold_alike(scheme, *figures, told(scheme, crowd))
    assert mistakes == (COLUMNS, [])


def hold_places_alike(scheme: Scheme, crowd: list[Answers]) -> None:
    table = in_places(scheme, crowd)
    figures, mistakes = ask(table, "BIGINT", *both(scheme, "duckdb", "places"))
    hold_alike(scheme, *figures, told(scheme, crowd))
    assert mistakes == (COLUMNS, [])


@SOME
@given(st.data())
def test_any_scheme_asked_of_words_in_duckdb_gives_the_same_pence(data: st.DataObject) -> None:
    scheme = data.draw(schemes())
    hold_words_alike(data, scheme, data.draw(st.lists(people(scheme), min_size=1, max_size=8)))


@SOME
@given(st.data())
def test_any_scheme_asked_of_places_in_duckdb_gives_the_same_pence(data: st.DataObject) -> None:
    scheme = data.draw(schemes())
    hold_places_alike(scheme, data.draw(st.lists(people(scheme), min_size=1, max_size=8)))


@settings(QUICK, max_examples=4)
@given(st.data(), st.sampled_from(["standard-adult", "florida-ibudget-5b"]))
def test_the_schemes_that_come_along_give_the_same_pence_in_duckdb(
    data: st.DataObject, name: str
) -> None:
    scheme = packaged(name)
    crowd = data.draw(st.lists(people(scheme), min_size=8, max_size=16))
    hold_words_alike(data, scheme, crowd)
    hold_places_alike(scheme, crowd)


def test_every_kind_of_step_and_outcome_was_asked_of_a_query() -> None:
    hold_every_kind("duckdb", lambda table, query: ask(table, "BIGINT", query)[0])
