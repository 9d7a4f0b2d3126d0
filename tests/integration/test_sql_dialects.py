"""What the dialects do not do alike is written out for each, and comes to the same numbers."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import duckdb
import pytest
from django.db import connection

from wherewithal.allocation.sql import DIALECTS, mistakes_sql, result_columns, sql
from wherewithal.allocation.sql.dialects import (
    Dialect,
    Expression,
    at,
    clipped,
    column,
    divided,
    place_of,
    reached,
    words,
)
from wherewithal.allocation.sql.names import safe_names
from wherewithal.money import ROUNDINGS
from wherewithal.scheme import packaged

pytestmark = pytest.mark.django_db
NUMBERS = range(-40, 41)
Ask = Callable[[str], Sequence[Sequence[Any]]]
TABLES: dict[Dialect, str] = {
    "duckdb": "SELECT range AS n FROM range(-40, 41)",
    "postgres": "SELECT n FROM generate_series(-40::bigint, 40) AS n",
}


def ask(dialect: Dialect, query: str) -> Sequence[Sequence[Any]]:
    if dialect == "duckdb":
        return duckdb.execute(query).fetchall()
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def over_numbers(dialect: Dialect, value: Expression) -> dict[int, object]:
    shown = value.sql(dialect)
    rows = ask(dialect, f"SELECT n, {shown} FROM ({TABLES[dialect]}) AS numbers")  # noqa: S608
    return {row[0]: row[1] for row in rows}


@pytest.mark.parametrize("dialect", TABLES)
@pytest.mark.parametrize("rounding", sorted(ROUNDINGS))
@pytest.mark.parametrize("divisor", [1, 2, 3, 4, 7, 10])
def test_every_rounding_is_the_same_below_zero(
    dialect: Dialect, rounding: str, divisor: int
) -> None:
    value = divided(dialect, column("n"), divisor, rounding, negative=True)
    due = {n: ROUNDINGS[rounding](Fraction(n, divisor)) for n in NUMBERS}
    assert over_numbers(dialect, value) == due


@pytest.mark.parametrize("dialect", TABLES)
@pytest.mark.parametrize("rounding", sorted(ROUNDINGS))
def test_what_is_never_below_zero_is_divided_without_more_ado(
    dialect: Dialect, rounding: str
) -> None:
    found = over_numbers(dialect, divided(dialect, column("n"), 4, rounding, negative=False))
    due = {n: ROUNDINGS[rounding](Fraction(n, 4)) for n in NUMBERS if n >= 0}
    assert {n: found[n] for n in due} == due


def test_a_rounding_that_has_no_name_is_refused() -> None:
    with pytest.raises(ValueError, match="sideways"):
        divided("duckdb", column("n"), 2, "sideways", negative=True)


@pytest.mark.parametrize("dialect", TABLES)
def test_a_list_is_read_by_places_counted_from_nought(dialect: Dialect) -> None:
    amounts = [7, -8, 9_000_000_000]
    found = over_numbers(dialect, at(dialect, amounts, column("n")))
    assert [found[n] for n in (0, 1, 2)] == amounts
    early = over_numbers(dialect, at(dialect, [1, 2, 3], column("n"), early=2))
    assert [early[n] for n in (-2, -1, 0)] == [1, 2, 3]
    assert found[3] is None


@pytest.mark.parametrize("dialect", TABLES)
@pytest.mark.parametrize("starts", [[0], [-5, 0, 3], list(range(-30, 30, 5))])
def test_a_value_falls_in_the_last_band_it_has_reached(dialect: Dialect, starts: list[int]) -> None:
    found = over_numbers(dialect, reached(dialect, starts, column("n")))
    assert found == {n: max(sum(start <= n for start in starts) - 1, 0) for n in NUMBERS}


@pytest.mark.parametrize("dialect", TABLES)
def test_a_value_is_kept_within_its_limits(dialect: Dialect) -> None:
    found = over_numbers(dialect, clipped(column("n"), -3, 5))
    assert found == {n: min(max(n, -3), 5) for n in NUMBERS}


@pytest.mark.parametrize("dialect", TABLES)
def test_a_word_that_is_in_no_list_has_no_place(dialect: Dialect) -> None:
    def place(word: str) -> object:
        found = place_of(dialect, ["one", "o'two"], words(word))
        return ask(dialect, f"SELECT {found.sql(dialect)}")[0][0]

    assert [place(word) for word in ("one", "o'two", "three")] == [0, 1, None]


def test_long_names_and_names_that_differ_by_capitals_only_are_told_apart() -> None:
    long = "line." + "a" * 70
    names = safe_names(["line.A", "line.a", "line.b", long])
    assert names["line.b"] == "line.b"
    assert len({name.lower() for name in names.values()}) == 4
    assert all(len(name) <= 63 for name in names.values())


def test_the_result_s_columns_are_known_beforehand() -> None:
    assert result_columns(packaged("florida-ibudget-5b")) == (
        "id", "status", "total", "total_without_help",
        "not_answered", "not_applicable", "declined", "unknown",
        "line.algorithm", "line.algorithm.without_help",
    )  # fmt: skip


def test_a_dialect_that_nobody_speaks_here_is_refused() -> None:
    with pytest.raises(ValueError, match="Write one of: duckdb, postgres, spark"):
        sql(packaged("standard-adult"), "oracle")  # type: ignore[arg-type]  # what is tested


@pytest.mark.parametrize("table", ["answers; DROP TABLE people", "", "an(swers"])
@pytest.mark.parametrize("dialect", DIALECTS)
def test_what_names_no_table_is_refused(table: str, dialect: Dialect) -> None:
    with pytest.raises(ValueError, match="does not name a table"):
        sql(packaged("standard-adult"), dialect, table=table)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_query_carries_the_hash_of_its_scheme(dialect: Dialect) -> None:
    scheme = packaged("standard-adult")
    assert scheme.hash in sql(scheme, dialect)
    assert scheme.hash in mistakes_sql(scheme, dialect)
