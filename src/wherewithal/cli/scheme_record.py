"""``wherewithal scheme record``: the transparency record of a scheme, written from the scheme."""

import argparse
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeAlias

import yaml

from wherewithal.allocation.record import CouncilFacts, Record, facts_from, transparency_record
from wherewithal.allocation.record.files import to_html, to_json, to_markdown
from wherewithal.cli import Mistake, Subcommands
from wherewithal.cli.outputs import write_all
from wherewithal.scheme import Scheme

Load: TypeAlias = Callable[[str], Scheme]
FORMS = ("markdown", "html", "json")


def register(actions: Subcommands, load: Load) -> None:
    """Add the action; ``load`` reads a scheme by its name or path."""
    record = actions.add_parser("record", help="write the transparency record of a scheme")
    record.add_argument("scheme", metavar="SCHEME", help="a YAML file, or the name of a scheme")
    record.add_argument("--facts", metavar="FACTS.yaml", type=Path,
                        help="what only the council can say")  # fmt: skip
    record.add_argument("--as", dest="form", choices=FORMS, default="markdown")
    record.add_argument("--on", type=_day, metavar="ON", help="its date, as YYYY-MM-DD (today)")
    record.add_argument("--out", metavar="FILE", type=Path, help="where to write it")
    record.set_defaults(run=lambda arguments: run(arguments, load))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date like 2026-04-01.") from None


def run(arguments: argparse.Namespace, load: Load) -> int:
    """Print or write the record of a scheme."""
    scheme = load(arguments.scheme)
    on = arguments.on or datetime.now(UTC).date()
    record = transparency_record(scheme, written_on=on, facts=read_facts(arguments.facts))
    text = written(record, arguments.form)
    if arguments.out is None:
        print(text, end="")
        return 0
    write_all({arguments.out: text.encode})
    print(f"Wrote the record to {arguments.out}.")
    for entry in record.open:
        print(f"  Not said yet: {entry.heading} ({entry.fact})")
    if record.open and arguments.facts is None:
        print("Write lines like `team: Adult care` in a file, and give it with --facts.")
    return 0


def written(record: Record, form: str) -> str:
    """Return a record in one of :data:`FORMS`.

    Raises:
        Mistake: a part that this form needs is not installed.
    """
    if form == "json":
        return json.dumps(to_json(record), ensure_ascii=False, indent=2) + "\n"
    try:
        return to_html(record) if form == "html" else to_markdown(record)
    except ImportError as missing:
        raise Mistake(str(missing)) from None


def read_facts(path: Path | None) -> CouncilFacts:
    """Read the council's facts from a YAML file; none where no file is named.

    Raises:
        Mistake: it can't be read, or holds something that is not a fact.
    """
    if path is None:
        return CouncilFacts()
    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
        if not isinstance(said, dict):
            raise Mistake(f"{path} has no facts in it. Write lines like `team: Adult care`.")
        return facts_from({str(name): value for name, value in said.items()})
    except OSError as error:
        raise Mistake(f"{path} can't be read ({error.strerror}). Check the path.") from None
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        raise Mistake(f"{path}: {error}") from None
