"""A scheme's query, run by PostgreSQL, gives what the explanation gives: row by row."""

from collections.abc import Sequence

import pytest
from django.db import connection
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

pytestmark = pytest.mark.django_db
SOME = settings(QUICK, max_examples=20)


def ask(table: Table, kind: str, *queries: str) -> list[tuple[Sequence[str], list[Row]]]:
    names, rows = table
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS answers")
        kinds = ", ".join(f'"{name}" {kind}' for name in names[1:])
        cursor.execute(f"CREATE TEMPORARY TABLE answers (id text, {kinds})")
        marks = ", ".join(["%s"] * len(names))
        cursor.executemany(f"INSERT INTO answers VALUES ({marks})", rows)  # noqa: S608
        found: list[tuple[Sequence[str], list[Row]]] = []
        for query in queries:
            cursor.execute(query)
            found.append(([each.name for each in cursor.description], cursor.fetchall()))
        return found


def hold_words_alike(data: st.DataObject, scheme: Scheme, crowd: list[Answers]) -> None:
    table = data.draw(in_words(scheme, crowd))
    figures, mistakes = ask(table, "text", *both(scheme, "postgres"))
    hold_alike(scheme, *figures, told(scheme, crowd))
    assert mistakes == (COLUMNS, [])


def hold_places_alike(scheme: Scheme, crowd: list[Answers]) -> None:
    table = in_places(scheme, crowd)
    figures, mistakes = ask(table, "bigint", *both(scheme, "postgres", "places"))
    hold_alike(scheme, *figures, told(scheme, crowd))
    assert mistakes == (COLUMNS, [])


@SOME
@given(st.data())
def test_any_scheme_asked_of_words_in_postgres_gives_the_same_pence(data: st.DataObject) -> None:
    scheme = data.draw(schemes())
    hold_words_alike(data, scheme, data.draw(st.lists(people(scheme), min_size=1, max_size=8)))


@settings(QUICK, max_examples=4)
@given(st.data(), st.sampled_from(["standard-adult", "florida-ibudget-5b"]))
def test_the_schemes_that_come_along_give_the_same_pence_in_postgres(
    data: st.DataObject, name: str
) -> None:
    scheme = packaged(name)
    crowd = data.draw(st.lists(people(scheme), min_size=8, max_size=16))
    hold_words_alike(data, scheme, crowd)
    hold_places_alike(scheme, crowd)


def test_every_kind_of_step_and_outcome_was_asked_of_a_query_in_postgres() -> None:
    hold_every_kind("postgres", lambda table, query: ask(table, "bigint", query)[0])
