"""``wherewithal council``: make a council of made-up people to try things on."""

import argparse
import os
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from tqdm import tqdm

from wherewithal import council
from wherewithal.cli import Mistake, Subcommands
from wherewithal.scheme import packaged

DEFAULT_DAY = date(2026, 11, 2)
DEFAULT_SCHEME = "standard-adult"


def register(commands: Subcommands) -> None:
    """Add ``council`` and its own commands."""
    parser = commands.add_parser(
        "council", help="make a made-up council to try things on", description=council.__doc__
    )
    actions = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _register_make(actions)
    _register_load(actions)


def _register_make(actions: Subcommands) -> None:
    make = actions.add_parser(
        "make",
        help="write a made-up council as CSV files",
        description="Write a made-up council as CSV files. The same options give the same bytes.",
    )
    make.add_argument("--people", type=int, default=2000, help="how many people (default 2000)")
    make.add_argument("--seed", type=int, default=1, help="a whole number (default 1)")
    make.add_argument("--out", type=Path, required=True, help="the folder to write into")
    make.add_argument(
        "--on",
        type=_day,
        default=DEFAULT_DAY,
        help=f"the day it stands at, as YYYY-MM-DD (default {DEFAULT_DAY})",
    )
    fair = council.Injustices()
    make.add_argument(
        "--older",
        type=_factor,
        default=fair.older,
        help=f"what people aged 65 and over get for like need (default {fair.older}; 1 is fair)",
    )
    make.add_argument(
        "--carer",
        type=_factor,
        default=fair.carer,
        help=f"what people with a carer get for like need (default {fair.carer}; 1 is fair)",
    )
    make.set_defaults(run=run_make)


def _register_load(actions: Subcommands) -> None:
    load = actions.add_parser(
        "load",
        help="load a made-up council into an empty database",
        description="Load a council that `make` wrote into the database of DATABASE_URL (or,"
        " without one, the embedded one), as long as nobody is in it yet.",
    )
    load.add_argument("folder", type=Path, metavar="DIR", help="the folder it was written to")
    load.set_defaults(run=run_load)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a day. Write it like 2026-11-02."
        ) from None


def _factor(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number. Write it like 0.8.") from None


def run_make(arguments: argparse.Namespace) -> int:
    """Make a council and write it, with a bar that moves as each table is done."""
    scheme = packaged(DEFAULT_SCHEME)
    tables: dict[str, Any] = {}
    try:
        injustices = council.Injustices(arguments.older, arguments.carer)
        request = council.Request(arguments.people, arguments.seed, arguments.on, injustices)
        arguments.out.mkdir(parents=True, exist_ok=True)
        with tqdm(total=len(council.TABLES), desc="Making the council", unit="table") as bar:
            for name, table in council.make_tables(request, scheme):
                tables[name] = table
                bar.set_postfix_str(name)
                council.write_table(arguments.out, name, table)
                bar.update()
    except ValueError as error:
        raise Mistake(str(error)) from error
    except OSError as error:
        why = f"{arguments.out} can't be written ({error.strerror}). Name a folder, or a new one."
        raise Mistake(why) from None
    made = council.Council(request, scheme.code, scheme.hash, tables)
    council.write_manifest(arguments.out, made)
    print(f"Wrote {request.people:,} made-up people to {arguments.out}.")
    return 0


def run_load(arguments: argparse.Namespace) -> int:
    """Bring the tables up to date and load a council, all of it or nothing."""
    if not os.environ.get("DATABASE_URL"):
        os.environ.setdefault("WHEREWITHAL_MODE", "trial")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wherewithal.web.config.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from wherewithal.web.config import loading
    from wherewithal.web.tables import earlier

    try:
        call_command("migrate", verbosity=0)
        people = loading.load_folder(arguments.folder, progress=True)
    except (earlier.HalfWay, loading.CannotLoad) as problem:
        raise Mistake(str(problem)) from problem
    print(f"Loaded {people:,} made-up people from {arguments.folder}.")
    return 0
