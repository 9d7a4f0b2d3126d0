"""``wherewithal year``: live a whole year of a made-up council, prove every penny, and report."""

import argparse
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from tqdm import tqdm

from wherewithal.cli import Mistake, Subcommands
from wherewithal.cli.outputs import write_all
from wherewithal.dates import Period
from wherewithal.reports import Report, Table, to_csv, to_html, to_xlsx
from wherewithal.reports.report import tables_of

FIRST, MOST_MONTHS = date(2025, 4, 1), 12
NAME = "wherewithal_year"


def register(commands: Subcommands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "year",
        help="live a year of a made-up council, prove every penny, and report on it",
        description="Make a council up, live its year day by day through the product's own actions,"
        " prove that every penny is accounted for, and write a report. It uses a database of its"
        " own, which is dropped at the end. It fails where a penny does not agree.",
    )
    parser.add_argument("--people", type=int, default=500, help="how many people (500)")
    parser.add_argument("--seed", type=int, default=7, help="which made-up year (7)")
    parser.add_argument("--first", type=_day, default=FIRST,
                        help=f"the first day of a month, as YYYY-MM-DD ({FIRST})")  # fmt: skip
    parser.add_argument("--months", type=int, default=MOST_MONTHS, help="how many months (12)")
    parser.add_argument("--out", type=Path, default=Path("year"),
                        help="the folder to write the report into (year)")  # fmt: skip
    parser.add_argument("--keep", action="store_true", help="keep the database, and say its name")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Live, prove, report; 1 where a penny does not agree."""
    period = _period(arguments.first, arguments.months)
    if arguments.people < 1 or arguments.seed < 0:
        raise Mistake("Ask for 1 person or more, and a seed from 0 up.")
    try:
        arguments.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Mistake(
            f"{arguments.out} can't be written ({error.strerror}). Name a folder, or a new one."
        ) from None
    with _own_database(keep=arguments.keep):
        report, wrong = _lived(arguments.people, arguments.seed, period)
    written = _write(report, arguments.out)
    print(f"Wrote {', '.join(map(str, written[:2]))} and {len(written) - 2} tables as CSV.")
    if wrong:
        raise Mistake(f"Not every penny is accounted for. {wrong}")
    print("Every penny is accounted for.")
    return 0


def _lived(people: int, seed: int, period: Period) -> tuple[Report, str]:
    """Live a year in the empty database; return its report, and the first difference."""
    import django  # settings are ready only now

    django.setup()
    from wherewithal.web.config import year as lived  # models are ready only now
    from wherewithal.web.config.loading import CannotLoad
    from wherewithal.web.config.year.proofs import proofs
    from wherewithal.web.config.year.report import report_on

    print(f"Making up a council of {people:,} people …", flush=True)
    try:
        year = lived.load(people=people, seed=seed, period=period)
    except (CannotLoad, ValueError) as problem:
        raise Mistake(str(problem)) from problem
    with tqdm(total=period.days, desc="Living the year", unit=" days") as bar:
        lived.live(year, each_day=bar.update)
    print("Proving every penny …", flush=True)
    found = list(proofs(year))
    for proof in found:
        print(f"  {'agrees' if proof.holds else 'DIFFERS':<8}{proof.title}")
    report = report_on(year, found, seed=seed)
    from django.db import connection

    connection.close()
    return report, next(
        (f"{each.title}: {each.difference}" for each in found if not each.holds), ""
    )


@contextmanager
def _own_database(*, keep: bool) -> Iterator[None]:
    """Make a new database with every table, on this machine's own server, and drop it again."""
    from wherewithal.web.config import postgres, year_database

    os.environ["WHEREWITHAL_MODE"] = "trial"
    os.environ["DJANGO_SETTINGS_MODULE"] = "wherewithal.web.config.settings"
    local = Path(os.environ.get("WHEREWITHAL_LOCAL", ".local")).absolute()
    print(f"Starting PostgreSQL under {local}/postgres …", flush=True)
    try:
        server = postgres.join(local / "postgres")
    except postgres.PostgresUnavailable as problem:
        raise Mistake(str(problem)) from problem
    try:
        name = f"{NAME}_{os.getpid()}"
        os.environ["DATABASE_URL"] = year_database.make(server, name)
        yield
        if keep:
            print(f"The database is kept: {os.environ['DATABASE_URL']}")
        else:
            year_database.drop(server, name)
    finally:
        server.leave()


def _write(report: Report, folder: Path) -> list[Path]:
    """Write the page, the workbook, and each table as CSV: all of them or none."""
    files: dict[Path, Callable[[], bytes]] = {
        folder / "year.html": lambda: to_html(report).encode(),
        folder / "year.xlsx": lambda: to_xlsx(report),
    }
    for table in (table for section in report.sections for table in tables_of(section)):
        files[folder / f"{_file_name(table.title)}.csv"] = partial(_csv, table)
    return write_all(files)


def _csv(table: Table) -> bytes:
    return to_csv(table).encode()


def _file_name(title: str) -> str:
    words = "".join(sign for sign in title.lower() if sign.isalnum() or sign == " ")
    return "-".join(words.split())


def _period(first: date, months: int) -> Period:
    if first.day != 1 or not 1 <= months <= MOST_MONTHS:
        raise Mistake(
            "A year begins on the first day of a month and has 1 to 12 months. Write it like"
            f" --first {FIRST} --months {MOST_MONTHS}."
        )
    end = first
    for _ in range(months):
        end = (end + timedelta(days=32)).replace(day=1)
    return Period(first, end)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day. Write it like {FIRST}.") from None
