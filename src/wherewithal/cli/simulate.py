"""``wherewithal simulate``: try a new scheme on people before it is theirs."""

import argparse
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from wherewithal.allocation import AnswerMistake
from wherewithal.allocation.cases import CasesMistake
from wherewithal.cli import Mistake, Subcommands
from wherewithal.cli.outputs import look_at, write_all
from wherewithal.cli.scheme import load
from wherewithal.reports import Report, to_html, to_xlsx
from wherewithal.simulation import (
    Comparison,
    Protection,
    Threshold,
    compare,
    people_csv,
    people_to_look_at,
    read_population,
    read_protection,
    read_threshold,
    report_on,
)
from wherewithal.simulation.protection import USUAL

if TYPE_CHECKING:
    from collections.abc import Callable


def register(subparsers: Subcommands) -> None:
    """Add ``simulate``."""
    simulate = subparsers.add_parser(
        "simulate",
        help="compare two schemes on the same people: who gains, who loses, what it costs",
    )
    simulate.add_argument("population", metavar="POPULATION", type=Path,
                          help="a .csv or .parquet file with the questions of both")  # fmt: skip
    simulate.add_argument("--from", dest="now", metavar="SCHEME", required=True,
                          help="the scheme now: a name, or a YAML file")  # fmt: skip
    simulate.add_argument("--to", dest="then", metavar="SCHEME", required=True,
                          help="the scheme to compare it with")  # fmt: skip
    simulate.add_argument("--threshold", type=_threshold, default=_threshold("20%"),
                          metavar="20%|£50",
                          help="whose figure falls by more is to be looked at")  # fmt: skip
    simulate.add_argument("--protect", type=_protection, action="append", metavar="HOW",
                          help="none, full, full:YEARS, cap:PERCENT:YEARS or taper:YEARS;"
                          " may be given more than once")  # fmt: skip
    simulate.add_argument("--smallest", type=int, default=10, metavar="N",
                          help="hide counts of fewer people (10 unless you say)")  # fmt: skip
    simulate.add_argument("--on", type=_day, metavar="DAY",
                          help="the date of the report (default today)")  # fmt: skip
    simulate.add_argument("--report", type=Path, metavar="FILE.html", help="write the report")
    simulate.add_argument("--xlsx", type=Path, metavar="FILE", help="write it as a workbook")
    simulate.add_argument("--csv", type=Path, metavar="FILE",
                          help="write the references of the people to look at")  # fmt: skip
    simulate.set_defaults(run=run)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a day. Write it like 2026-11-02."
        ) from None


def _threshold(text: str) -> Threshold:
    try:
        return read_threshold(text)
    except ValueError as mistake:
        raise argparse.ArgumentTypeError(str(mistake)) from None


def _protection(text: str) -> Protection:
    try:
        return read_protection(text)
    except ValueError as mistake:
        raise argparse.ArgumentTypeError(str(mistake)) from None


def run(arguments: argparse.Namespace) -> int:
    """Print what was found, and write the report and the list where asked."""
    outputs = (arguments.report, arguments.xlsx, arguments.csv)
    look_at(outputs, read=(arguments.population, arguments.now, arguments.then))
    now, then = load(arguments.now), load(arguments.then)
    try:
        population = read_population(now, then, arguments.population)
        comparison = compare(now, then, population)
        report = report_on(
            comparison,
            arguments.threshold,
            tuple(dict.fromkeys(arguments.protect or USUAL)),
            smallest=arguments.smallest,
            on=arguments.on or datetime.now(tz=UTC).date(),
            source=arguments.population.name,
        )
    except (CasesMistake, AnswerMistake, ValueError, ImportError) as mistake:
        raise Mistake(str(mistake)) from None
    print("\n".join([report.title, "", *report.lead]))
    _write(arguments, comparison, report)
    return 0


def _write(arguments: argparse.Namespace, comparison: Comparison, report: Report) -> None:
    people = people_to_look_at(comparison, arguments.threshold)
    made: dict[Path | None, tuple[Callable[[], bytes], str]] = {
        arguments.report: (
            lambda: to_html(report).encode(),
            f"Wrote the report to {arguments.report}. It names nobody.",
        ),
        arguments.xlsx: (
            lambda: to_xlsx(report),
            f"Wrote the workbook to {arguments.xlsx}. It names nobody.",
        ),
        arguments.csv: (
            lambda: people_csv(comparison, people).encode(),
            f"Wrote {len(people):,} people to look at to {arguments.csv}. It holds references:"
            " keep it among those who may see them.",
        ),
    }
    asked = {path: each for path, each in made.items() if path is not None}
    write_all({path: content for path, (content, _) in asked.items()})
    for _, said in asked.values():
        print(said)
