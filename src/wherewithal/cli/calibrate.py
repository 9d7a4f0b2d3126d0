"""``wherewithal calibrate``: fit the amounts of a scheme to what was agreed for people."""

import argparse
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from wherewithal.allocation import AnswerMistake
from wherewithal.allocation.casefile import Text, read_text
from wherewithal.allocation.cases import Cases, CasesMistake, read_cases
from wherewithal.cli import Mistake, Subcommands
from wherewithal.cli.outputs import look_at, write_all
from wherewithal.cli.scheme import load
from wherewithal.money import parse_pounds
from wherewithal.scheme import Scheme

if TYPE_CHECKING:
    from collections.abc import Callable

    from wherewithal.calibration.fit import Asked, Fit

AGREED = "agreed"


def register(subparsers: Subcommands) -> None:
    """Add ``calibrate``."""
    command = subparsers.add_parser(
        "calibrate",
        help="fit the amounts of a scheme to agreed plan costs, and say how good the fit is",
        description=__doc__,
    )
    add = command.add_argument
    add("scheme", metavar="SCHEME", help="the name of a scheme, or a YAML file")
    add("cases", metavar="CASES", type=Path, help="a CSV or Parquet file of cases")
    add("--out", metavar="FITTED.yaml", type=Path, required=True, help="write the fitted scheme")
    add("--report", metavar="R.html", type=Path, help="write how good the fit is, as one page")
    add("--xlsx", metavar="F.xlsx", type=Path, help="write the report's tables as a workbook")
    add("--csv", metavar="F.csv", type=Path, help="write the fitted amounts as CSV")
    costs = command.add_mutually_exclusive_group()
    also = costs.add_argument
    also("--target", metavar="COLUMN", default=AGREED,
         help="the column of agreed plan costs, in pounds (default agreed)")  # fmt: skip
    also("--past-spend", metavar="COLUMN",
         help="fit to a column of past spend instead, and say so first")  # fmt: skip
    add("--percentile", type=int, metavar="P", help="figures that cover P in 100 people, like 65")
    add("--holdout", type=_share, default=0.2, metavar="SHARE",
        help="people kept out of the fit, to try it on (default 20%%)")  # fmt: skip
    add("--total", type=_share, default=1.0, metavar="SHARE",
        help="what figures come to, as a share of agreed costs (default 100%%)")  # fmt: skip
    add("--fair-within", type=_share, metavar="SHARE",
        help="no group's figures further below what was agreed than this above the whole,"
        " like 2%%; it can't say that what was agreed was fair")  # fmt: skip
    add("--fair-by", type=_names, default=(), metavar="COLUMNS",
        help="which groups that is asked for, as age_band,sex (default all)")  # fmt: skip
    add(
        "--step", type=int, default=1, metavar="N", help="amounts are multiples of this (default 1)"
    )
    add("--prior-people", type=int, default=30, metavar="N",
        help="how many people the scheme's own amounts count for (default 30)")  # fmt: skip
    add("--bootstraps", type=int, default=1000, metavar="N",
        help="resamples for 95%% intervals (default 1000; 0 for none)")  # fmt: skip
    add("--seed", type=int, default=1, help="the same seed gives the same fit (default 1)")
    add("--on", type=_day, metavar="DAY", help="the date of the fitted numbers (default today)")
    command.set_defaults(run=run)


def _share(text: str) -> float:
    try:
        return float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a share. Write it like 20% or 0.2."
        ) from None


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a day. Write it like 2026-11-02."
        ) from None


def run(arguments: argparse.Namespace) -> int:
    """Fit, write what was asked for, and print how near it comes."""
    from wherewithal.calibration.fit import FitMistake, fit
    from wherewithal.calibration.report import lead

    outputs = (arguments.out, arguments.report, arguments.xlsx, arguments.csv)
    look_at(outputs, read=(arguments.scheme, arguments.cases))
    scheme = load(arguments.scheme)
    on = arguments.on or datetime.now(tz=UTC).date()
    try:
        asked = _asked(arguments)
        cases = _cases(scheme, arguments)
        made = fit(scheme, cases, asked, on=on, named=arguments.cases.name)
    except (CasesMistake, AnswerMistake, FitMistake) as mistake:
        raise Mistake(str(mistake)) from None
    print("\n".join(lead(made)))
    for path in _written(arguments, made, on):
        print(f"Wrote {path}.")
    return 0


def _asked(arguments: argparse.Namespace) -> "Asked":
    from wherewithal.calibration.asked import Asked

    return Asked(
        percentile=arguments.percentile,
        holdout=arguments.holdout,
        total=arguments.total,
        fair_within=arguments.fair_within,
        fair_by=arguments.fair_by,
        bootstraps=arguments.bootstraps,
        seed=arguments.seed,
        step=arguments.step,
        prior_people=arguments.prior_people,
        target=arguments.past_spend or arguments.target,
        past_spend=arguments.past_spend is not None,
        ceiling=any((arguments.report, arguments.xlsx)),
    )


def _cases(scheme: Scheme, arguments: argparse.Namespace) -> Cases:
    """Read the cases, with the column that is to be fitted to as what was agreed."""
    cases = read_cases(scheme, arguments.cases)
    name = arguments.past_spend or arguments.target
    if name == AGREED and arguments.past_spend is None:
        return cases
    groups = {by: group for by, group in cases.groups.items() if by != name}
    costs = read_text(arguments.cases, lambda text: costs_in(text, name))
    return replace(cases, agreed=costs, groups=groups)


def costs_in(text: Text, name: str) -> np.ndarray:
    """Return a column of pounds as pence; -1 where it is blank.

    Raises:
        CasesMistake: there is no such column, or a cell is not an amount.
    """
    if name not in text.columns:
        known = ", ".join(text.columns)
        raise CasesMistake(f"{text.path} has no column {name!r}. It has: {known}.")
    column = text.columns[name]
    pence = np.full(max(len(column.values), 1), -1, np.int64)
    for place, value in enumerate(column.values):
        if not value:
            continue
        try:
            pence[place] = parse_pounds(value)
        except ValueError as mistake:
            row = text.row(int((column.places == place).argmax()))
            raise CasesMistake(f"{text.path}, row {row}, column {name}: {mistake}") from None
    return np.asarray(pence[column.places])


def _written(arguments: argparse.Namespace, made: "Fit", on: date) -> list[Path]:
    """Write each file that was asked for; return their paths."""
    from wherewithal.calibration.report import report
    from wherewithal.calibration.report_amounts import amounts_section
    from wherewithal.reports import to_csv, to_html, to_xlsx
    from wherewithal.reports.report import tables_of
    from wherewithal.scheme.document.write import write_scheme

    whole = report(made, on=on, source=arguments.cases.name)
    writers: dict[Path | None, Callable[[], bytes]] = {
        arguments.out: lambda: write_scheme(made.scheme, comments=made.comments).encode(),
        arguments.report: lambda: to_html(whole).encode(),
        arguments.xlsx: lambda: to_xlsx(whole),
        arguments.csv: lambda: to_csv(tables_of(amounts_section(made))[0]).encode(),
    }
    return write_all({path: content for path, content in writers.items() if path is not None})
