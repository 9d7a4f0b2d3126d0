"""``wherewithal scheme sql``: write a scheme as one query, to run where the answers are."""

import argparse
from collections.abc import Callable
from functools import partial

from wherewithal.allocation.sql import DIALECTS, mistakes_sql, sql
from wherewithal.cli import Mistake, Subcommands
from wherewithal.scheme import Scheme


def register(actions: Subcommands, load: Callable[[str], Scheme]) -> None:
    """Add ``scheme sql``; ``load`` finds a scheme by its name or file."""
    query = actions.add_parser("sql", help="write a scheme as one query, for a database to run")
    query.add_argument("scheme", metavar="SCHEME", help="the name of a scheme, or a YAML file")
    query.add_argument("--dialect", choices=DIALECTS, default="duckdb", help="who runs it")
    query.add_argument(
        "--table", metavar="NAME", default="answers", help="the table that holds the answers"
    )
    query.add_argument(
        "--places",
        action="store_true",
        help="the table holds whole numbers (the place of each option), not words",
    )
    query.add_argument(
        "--no-family",
        action="store_true",
        help="the table has no columns about help from family, or about the carer",
    )
    query.add_argument(
        "--mistakes",
        action="store_true",
        help="list the cells that the scheme does not allow, in place of the figures",
    )
    query.set_defaults(run=partial(run, load))


def run(load: Callable[[str], Scheme], arguments: argparse.Namespace) -> int:
    """Print the query."""
    write = mistakes_sql if arguments.mistakes else sql
    scheme = load(arguments.scheme)
    try:
        query = write(
            scheme,
            arguments.dialect,
            table=arguments.table,
            answers="places" if arguments.places else "words",
            family=not arguments.no_family,
        )
    except (ModuleNotFoundError, ValueError) as error:
        raise Mistake(str(error)) from None
    print(query, end="")
    return 0
