"""Queries that are asked on every page, and differ only in whom they are about.

Django writes the SQL of a query anew each time it is asked, which takes longer than PostgreSQL
takes to answer most of these. Here the SQL is written once and kept; the query itself is declared
as any other is, with a mark in place of each value that differs.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

PERSON = -1
"""Stands for a person in such a query: nobody has this id."""
M = TypeVar("M", bound=Model)


def rows_of(query: Callable[[], "QuerySet[M]"], *marks: Any) -> Callable[..., list[M]]:
    """Return what reads the rows of a query, given the values in the order of their marks.

    The query may say ``only`` and ``annotate``; it selects the columns of one table.
    """

    @cache
    def written() -> tuple[type[M], str, Sequence[Any]]:
        asked = query()
        return (asked.model, *asked.query.sql_with_params())

    def read(*values: Any) -> list[M]:
        model, sql, params = written()
        return list(model._default_manager.raw(sql, _given(params, marks, values)))

    return read


def columns_of(
    query: Callable[[], "QuerySet[Any, Any]"], *marks: Any
) -> Callable[..., list[tuple[Any, ...]]]:
    """Return what reads plain columns, as the database gives them, given the values of the marks.

    Not for columns that Django reads in its own way, such as JSON.
    """

    @cache
    def written() -> tuple[str, Sequence[Any]]:
        return query().query.sql_with_params()

    def read(*values: Any) -> list[tuple[Any, ...]]:
        sql, params = written()
        with connection.cursor() as cursor:
            cursor.execute(sql, _given(params, marks, values))
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found

    return read


def _given(params: Sequence[Any], marks: Sequence[Any], values: Sequence[Any]) -> list[Any]:
    """Put each value in the place of its mark."""
    by_mark = dict(zip(marks, values, strict=True))
    return [by_mark.get(each, each) for each in params]
