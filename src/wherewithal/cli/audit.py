"""``wherewithal audit``: hold a scheme, and the plans agreed under it, against its people."""

import argparse
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from wherewithal.allocation import AnswerMistake
from wherewithal.allocation.cases import CasesMistake, read_cases
from wherewithal.cli import Mistake, Subcommands
from wherewithal.cli.outputs import look_at, write_all
from wherewithal.cli.scheme import load
from wherewithal.equity.audit import Audit, Settings, audit
from wherewithal.equity.findings import (
    findings,
    injustices,
    learnt_in_words,
    nothing,
    taken_in_words,
)
from wherewithal.equity.labels import LabelMistake
from wherewithal.equity.yardstick import read_cases_of_both

if TYPE_CHECKING:
    from collections.abc import Callable

_USUAL = Settings()


def register(subparsers: Subcommands) -> None:
    """Add ``audit``."""
    command = subparsers.add_parser(
        "audit",
        help="find out who is short-changed, by a scheme and by the plans agreed under it",
        description=__doc__,
    )
    command.add_argument("scheme", metavar="SCHEME", help="the name of a scheme, or a YAML file")
    command.add_argument("cases", metavar="CASES", type=Path, help="a CSV or Parquet file of cases")
    command.add_argument("--report", metavar="R.html", type=Path, help="write a report to attach")
    command.add_argument("--xlsx", metavar="F", type=Path, help="write its tables as a workbook")
    command.add_argument("--csv", metavar="F", type=Path, help="write every measure as one CSV")
    command.add_argument(
        "--penalties", metavar="F.csv", type=Path,
        help="write what is taken for family help from each person, by reference",
    )  # fmt: skip
    command.add_argument("--by", type=_names, help="columns to group by, as age_band,sex,… (all)")
    command.add_argument(
        "--yardstick", metavar="SCHEME",
        help="measure need by this scheme: one that was not fitted to these plans",
    )  # fmt: skip
    command.add_argument(
        "--tolerance", type=_share, default=_USUAL.tolerance,
        help="a figure further under its plan than this is short (default 10%%)",
    )  # fmt: skip
    command.add_argument(
        "--bootstraps", type=int, default=_USUAL.bootstraps,
        help=f"samples for intervals (default {_USUAL.bootstraps})",
    )  # fmt: skip
    command.add_argument(
        "--seed", type=int, default=_USUAL.seed, help="the same seed gives the same intervals"
    )
    command.add_argument(
        "--smallest", type=int, default=_USUAL.smallest,
        help=f"groups of fewer people are not shown (default {_USUAL.smallest})",
    )  # fmt: skip
    command.add_argument("--on", type=_day, help="the report's date, as YYYY-MM-DD (today)")
    command.set_defaults(run=run)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _share(text: str) -> float:
    try:
        share = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        share = -1.0
    if not 0 <= share < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a share. Write it like 10%.")
    return share


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a day. Write it like 2026-11-02."
        ) from None


def run(arguments: argparse.Namespace) -> int:
    """Audit, print the verdict and write what was asked for."""
    outputs = (arguments.report, arguments.xlsx, arguments.csv, arguments.penalties)
    read = (arguments.scheme, arguments.cases, arguments.yardstick)
    look_at(outputs, read=(each for each in read if each))
    scheme = load(arguments.scheme)
    yardstick = load(arguments.yardstick) if arguments.yardstick else None
    try:
        settings = Settings(
            arguments.tolerance, arguments.bootstraps, arguments.seed, arguments.smallest
        )
        if yardstick:
            cases = read_cases_of_both(scheme, yardstick, arguments.cases)
        else:
            cases = read_cases(scheme, arguments.cases)
        found = audit(scheme, cases, by=arguments.by, settings=settings, yardstick=yardstick)
    except (CasesMistake, LabelMistake, AnswerMistake, ValueError, ImportError) as mistake:
        raise Mistake(str(mistake)) from None
    print(verdict(found))
    on = arguments.on or datetime.now(tz=UTC).date()
    for path in _written(arguments, found, on):
        print(f"Wrote {path}.")
    return 0


def verdict(found: Audit) -> str:
    """Write the verdict as plain text: what was found, what to look into, what was not found."""
    wrong = injustices(found)
    rows = [f"{said} Give it with --yardstick.\n" for said in learnt_in_words(found)]
    if found.yardstick:
        rows.append(
            f"Need is measured by “{found.yardstick.title}” ({found.yardstick.code}, version"
            f" {found.yardstick.version}, hash {found.yardstick.hash[:12]})."
        )
    rows += [
        f"{found.people:,} people; {found.compared:,} with a figure and an agreed plan."
        f" Scheme hash {found.scheme_hash[:12]}, seed {found.settings.seed}."
    ]
    rows += ["", "Found:", *(f"  {each.sentence}" for each in wrong)] if wrong else []
    if others := [each for each in findings(found) if each not in wrong]:
        rows += ["", "To look into:", *(f"  {each.sentence}" for each in others)]
    rows += [f"\nFor family help:\n  {sentence}" for sentence in taken_in_words(found)]
    rows += ["", "Looked for and not found:", *(f"  {sentence}" for sentence in nothing(found))]
    return "\n".join(rows)


def _written(arguments: argparse.Namespace, found: Audit, on: date) -> list[Path]:
    """Write each file that was asked for; return their paths."""
    from wherewithal.equity.report import report
    from wherewithal.equity.tables import measures, penalties
    from wherewithal.reports import to_csv, to_html, to_xlsx

    whole = report(found, on=on, source=arguments.cases.name)
    made: dict[Path | None, Callable[[], bytes]] = {
        arguments.report: lambda: to_html(whole).encode(),
        arguments.xlsx: lambda: to_xlsx(whole),
        arguments.csv: lambda: to_csv(measures(found)).encode(),
        arguments.penalties: lambda: to_csv(penalties(found)).encode(),
    }
    return write_all({path: content for path, content in made.items() if path is not None})
