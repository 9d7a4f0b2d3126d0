"""A scheme as one query, to run where the answers are: in DuckDB, PostgreSQL or Spark.

The query gives the same pence as :func:`wherewithal.allocation.explain`, to the penny and row by
row. See the how-to guide ``run-a-national-file``.
"""

from typing import TYPE_CHECKING, Literal, get_args

from wherewithal.scheme import Scheme

if TYPE_CHECKING:
    from wherewithal.allocation.sql.page import Page

__all__ = ["DIALECTS", "Answers", "Dialect", "mistakes_sql", "result_columns", "sql"]

Dialect = Literal["duckdb", "postgres", "spark"]
"""A database a query can be written for."""
DIALECTS: tuple[Dialect, ...] = get_args(Dialect)
"""The databases a query can be written for."""
Answers = Literal["words", "places"]
"""How the table holds answers: as a CSV file's words, or as the whole numbers of ``columns_of``."""


def sql(
    scheme: Scheme,
    dialect: Dialect,
    *,
    table: str = "answers",
    answers: Answers = "words",
    family: bool = True,
) -> str:
    """Write a scheme as one query that gives everybody's figure.

    ``table`` has one row a person: ``id``, a column for each question, and for each question
    where family can help ``<question>.help`` (whole percent), with ``carer_willing`` and
    ``carer_able``. With ``family=False`` it has none of these last. ``answers="words"``: all
    are texts as ``wherewithal allocate`` reads them, or numbers and booleans that read so.
    ``"places"``: all are whole numbers, as :func:`wherewithal.allocation.columns_of` makes them.

    The result has the columns of :func:`result_columns`, money in whole pence. ``status`` is as
    :data:`wherewithal.allocation.STATUSES`, or ``mistake`` where a cell holds what the scheme does
    not allow (:func:`mistakes_sql` lists these). Totals are NULL unless the status is ``figure``;
    lines are NULL where it is ``mistake`` or ``incomplete``.

    Raises:
        ModuleNotFoundError: sqlglot is not installed.
        ValueError: there is no such dialect, or the name of the table can't be read.
    """
    page = _page(scheme, dialect, table, answers, family)
    from wherewithal.allocation.sql.query import figures_query

    return figures_query(page)


def mistakes_sql(
    scheme: Scheme,
    dialect: Dialect,
    *,
    table: str = "answers",
    answers: Answers = "words",
    family: bool = True,
) -> str:
    """Write a query that lists each cell the scheme does not allow.

    Its columns are ``id``, ``column``, ``value`` and ``allowed``. An id that is blank, or that
    two rows have, is listed too. Arguments and errors are those of :func:`sql`.
    """
    page = _page(scheme, dialect, table, answers, family)
    from wherewithal.allocation.sql.query import mistakes_query

    return mistakes_query(page)


def result_columns(scheme: Scheme) -> tuple[str, ...]:
    """Return the columns of a scheme's query, in order.

    They are ``id``, ``status``, ``total``, ``total_without_help``, the counts ``not_answered``,
    ``not_applicable``, ``declined`` and ``unknown``, and for each line ``line.<code>`` and
    ``line.<code>.without_help``. A name of more than 63 characters, or that differs from another
    by capitals only, is cut to 50 and given the first 8 digits of its SHA-256.
    """
    from wherewithal.allocation.sql.names import output_names

    return output_names(scheme)


def _page(scheme: Scheme, dialect: Dialect, table: str, answers: Answers, family: bool) -> "Page":
    if dialect not in DIALECTS:
        raise ValueError(f"There is no dialect {dialect!r}. Write one of: {', '.join(DIALECTS)}.")
    try:
        from sqlglot import exp, maybe_parse
        from sqlglot.errors import ParseError, TokenError
    except ModuleNotFoundError:
        raise ModuleNotFoundError(
            'Writing a scheme as a query needs sqlglot: pip install "wherewithal[analysis]"'
        ) from None
    from wherewithal.allocation.sql.page import page_of

    try:
        named = maybe_parse(table, into=exp.Table, dialect=dialect)
    except (ParseError, TokenError) as error:
        raise ValueError(
            f"{table!r} does not name a table. Write a name such as answers or council.answers."
        ) from error
    return page_of(scheme, dialect, named, answers == "places", family)
