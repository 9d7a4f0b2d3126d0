"""``wherewithal scheme import``, ``export`` and ``diff``: schemes as workbooks, side by side."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from wherewithal.cli import Mistake, Subcommands
from wherewithal.cli.outputs import look_at, write_all
from wherewithal.scheme import PACKAGED, Scheme, SchemeMistakes, packaged_text
from wherewithal.scheme.difference import differences, in_words
from wherewithal.scheme.document.comments import read_comments
from wherewithal.scheme.document.emit import Comments
from wherewithal.scheme.document.write import write_scheme
from wherewithal.scheme.workbook import from_workbook, read_workbook, to_workbook

WORKBOOK = ".xlsx"
Load: TypeAlias = Callable[[str], Scheme]


def register(actions: Subcommands, load: Load) -> None:
    """Add the actions; ``load`` reads a scheme by its name or path."""
    imported = actions.add_parser("import", help="read a scheme from a workbook, and write YAML")
    imported.add_argument("workbook", metavar="FILE.xlsx", type=Path)
    imported.add_argument("--out", metavar="FILE.yaml", type=Path, help="where to write it")
    imported.set_defaults(run=run_import)
    export = actions.add_parser("export", help="write a scheme as an Excel workbook")
    export.add_argument("scheme", metavar="SCHEME", help="a YAML file, or the name of a scheme")
    export.add_argument("--out", metavar="FILE.xlsx", type=Path, required=True)
    export.set_defaults(run=lambda arguments: run_export(arguments, load))
    diff = actions.add_parser("diff", help="say in plain words what differs between two schemes")
    diff.add_argument("before", metavar="A", help="a YAML file, a workbook, or a scheme's name")
    diff.add_argument("after", metavar="B", help="the same, for the newer scheme")
    diff.set_defaults(run=lambda arguments: run_diff(arguments, load))


def is_workbook(name: str) -> bool:
    """Say whether a path is one of a workbook."""
    return name.lower().endswith(WORKBOOK)


def load_workbook(name: str) -> Scheme:
    """Read a scheme from a workbook.

    Raises:
        SchemeMistakes: it is not sound.
        OSError: there is no such file.
        Mistake: the part of the installation that reads workbooks is not there.
    """
    try:
        return from_workbook(Path(name), name)
    except ModuleNotFoundError as missing:
        raise Mistake(str(missing)) from None


def run_import(arguments: argparse.Namespace) -> int:
    """Write a workbook's scheme as YAML, with its notes as comments."""
    path: Path = arguments.workbook
    look_at([arguments.out], read=[path])
    try:
        scheme, comments = read_workbook(path, str(path))
        text = write_scheme(scheme, comments=comments)
    except OSError as error:
        raise Mistake(f"{path} can't be read ({error.strerror}). Check the path.") from None
    except (SchemeMistakes, ModuleNotFoundError) as mistakes:
        raise Mistake(str(mistakes)) from None
    if arguments.out is None:
        print(text, end="")
    else:
        write_all({arguments.out: text.encode})
        print(f"Wrote {scheme.title} (version {scheme.version}) to {arguments.out}.")
    return 0


def run_export(arguments: argparse.Namespace, load: Load) -> int:
    """Write a scheme as a workbook, with its comments on the sheet Notes."""
    look_at([arguments.out], read=[arguments.scheme])
    scheme = load(arguments.scheme)
    if not is_workbook(arguments.out.name):
        raise Mistake(f"{arguments.out} is no name for a workbook. End it with {WORKBOOK}.")
    try:
        data = to_workbook(scheme, comments=_comments(arguments.scheme))
    except (ValueError, ModuleNotFoundError) as mistake:
        raise Mistake(str(mistake)) from None
    write_all({arguments.out: lambda: data})
    print(f"Wrote {scheme.title} (version {scheme.version}) to {arguments.out}.")
    return 0


def run_diff(arguments: argparse.Namespace, load: Load) -> int:
    """Print what differs between two schemes."""
    before, after = load(arguments.before), load(arguments.after)
    print(f"From {_named(before)} to {_named(after)}:")
    print(in_words(differences(before, after)))
    return 0


def _named(scheme: Scheme) -> str:
    return f"{scheme.title} (version {scheme.version}, {scheme.hash[:12]})"


def _comments(name: str) -> Comments:
    """Return the comments of a scheme that was loaded by this name."""
    if name in PACKAGED:
        return read_comments(packaged_text(name))
    if is_workbook(name):
        return read_workbook(Path(name), name)[1]
    return read_comments(Path(name).read_text(encoding="utf-8"))
