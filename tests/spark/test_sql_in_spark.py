"""A scheme's query, run by Spark, gives what the explanation gives: row by row, every column."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyspark.sql import SparkSession
from tests.properties.made_up_schemes import QUICK, people, schemes
from tests.properties.queries import (
    COLUMNS,
    Row,
    Table,
    both,
    hold_alike,
    in_places,
    in_words,
    told,
)

from wherewithal.allocation import STATUSES, Answers
from wherewithal.allocation.sql.dialects import column, divided
from wherewithal.money import ROUNDINGS
from wherewithal.scheme import packaged
from wherewithal.scheme.steps import KINDS, NAMES

pytestmark = pytest.mark.filterwarnings("default")  # Spark's own
Spark = Any
"""A running session; pyspark says nothing of its types that holds here."""


@pytest.fixture(scope="module")
def spark() -> Iterator[Spark]:
    builder = SparkSession.builder.master("local[2]").appName("wherewithal")
    for key, value in {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "1",
        "spark.default.parallelism": "1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
    }.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def ask(spark: Spark, table: Table, kind: str, *queries: str) -> list[tuple[Sequence[str], Any]]:
    names, rows = table
    kinds = ", ".join(f"`{name}` {kind}" for name in names[1:])
    frame = spark.createDataFrame(rows, f"id string, {kinds}")
    frame.createOrReplaceTempView("answers")
    found = [spark.sql(query) for query in queries]
    return [(each.columns, [tuple(row) for row in each.collect()]) for each in found]


@pytest.mark.parametrize("name", ["standard-adult", "florida-ibudget-5b"])
def test_the_schemes_that_come_along_give_the_same_pence_in_spark(spark: Spark, name: str) -> None:
    scheme = packaged(name)

    @settings(QUICK, max_examples=2, database=None)
    @given(st.data())
    def look(data: st.DataObject) -> None:
        crowd = data.draw(st.lists(people(scheme), min_size=20, max_size=30))
        table = data.draw(in_words(scheme, crowd))
        figures, mistakes = ask(spark, table, "string", *both(scheme, "spark"))
        hold_alike(scheme, *figures, told(scheme, crowd))
        assert mistakes == (COLUMNS, [])

    look()


def test_any_scheme_with_every_kind_of_step_gives_the_same_pence_in_spark(spark: Spark) -> None:
    kinds: set[str] = set()
    statuses: set[object] = set()
    asked: list[Sequence[Row]] = []

    @settings(QUICK, max_examples=400, database=None)
    @given(st.data())
    def look(data: st.DataObject) -> None:
        scheme = data.draw(schemes())
        crowd: list[Answers] = data.draw(st.lists(people(scheme), min_size=5, max_size=10))
        words = data.draw(in_words(scheme, crowd))
        met = {NAMES[type(step)] for step in scheme.steps}
        if met <= kinds and statuses == set(STATUSES) and len(asked) >= 12:
            return
        due = told(scheme, crowd)
        ((names, rows),) = ask(spark, words, "string", both(scheme, "spark")[0])
        hold_alike(scheme, names, rows, due)
        places = in_places(scheme, crowd)
        ((names, rows),) = ask(spark, places, "bigint", both(scheme, "spark", "places")[0])
        hold_alike(scheme, names, rows, due)
        kinds.update(met)
        statuses.update(row[1] for row in rows)
        asked.append(rows)

    look()
    assert kinds == set(KINDS)
    assert statuses == set(STATUSES)


@pytest.mark.parametrize("rounding", sorted(ROUNDINGS))
@pytest.mark.parametrize("divisor", [2, 3, 4, 7, 10])
def test_spark_rounds_below_zero_as_above(spark: Spark, rounding: str, divisor: int) -> None:
    spark.range(-40, 41).createOrReplaceTempView("numbers")
    value = divided("spark", column("id"), divisor, rounding, negative=True)
    rows = spark.sql(f"SELECT id, {value.sql('spark')} FROM numbers").collect()  # noqa: S608
    assert dict(map(tuple, rows)) == {
        n: ROUNDINGS[rounding](Fraction(n, divisor)) for n in range(-40, 41)
    }
