"""``wherewithal simulate``: try a new scheme on people before it is theirs."""

import argparse
from pathlib import Path

from wherewithal.allocation import AnswerMistake
from wherewithal.allocation.cases import CasesMistake
from wherewithal.cli import Mistake, Subcommands
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
    simulate.add_argument("--report", type=Path, metavar="FILE.html", help="write the report")
    simulate.add_argument("--xlsx", type=Path, metavar="FILE", help="write it as a workbook")
    simulate.add_argument("--csv", type=Path, metavar="FILE",
                          help="write the references of the people to look at")  # fmt: skip
    simulate.set_defaults(run=run)


def _threshold(text: str) -> Threshold:
    try:
        return read_threshold(text)
    except ValueError as mistake:
        raise argparse.ArgumentTypeError(str(mistake).replace("%", "%%")) from None


def _protection(text: str) -> Protection:
    try:
        return read_protection(text)
    except ValueError as mistake:
        raise argparse.ArgumentTypeError(str(mistake)) from None


def run(arguments: argparse.Namespace) -> int:
    """Print what was found, and write the report and the list where asked."""
    now, then = load(arguments.now), load(arguments.then)
    try:
        population = read_population(now, then, arguments.population)
        comparison = compare(now, then, population)
        report = report_on(
            comparison,
            arguments.threshold,
            arguments.protect or USUAL,
            smallest=arguments.smallest,
        )
        print("\n".join([report.title, "", *report.lead]))
        _write(arguments, comparison, report)
    except (CasesMistake, AnswerMistake, ValueError, ImportError) as mistake:
        raise Mistake(str(mistake)) from None
    except OSError as error:
        raise Mistake(f"{error.filename} can't be written ({error.strerror}).") from None
    return 0


def _write(arguments: argparse.Namespace, comparison: Comparison, report: Report) -> None:
    if arguments.report:
        arguments.report.write_text(to_html(report), encoding="utf-8")
        print(f"Wrote the report to {arguments.report}. It names nobody.")
    if arguments.xlsx:
        arguments.xlsx.write_bytes(to_xlsx(report))
        print(f"Wrote the workbook to {arguments.xlsx}. It names nobody.")
    if arguments.csv:
        people = people_to_look_at(comparison, arguments.threshold)
        text = people_csv(comparison, people)
        arguments.csv.write_text(text, encoding="utf-8", newline="")
        print(
            f"Wrote {len(people):,} people to look at to {arguments.csv}. It holds references:"
            " keep it among those who may see them."
        )
