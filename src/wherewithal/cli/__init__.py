"""The ``wherewithal`` command. Each module of this folder adds its own sub-commands."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import TypeAlias

COMMANDS = (
    "allocate",
    "audit",
    "calibrate",
    "changes",
    "council",
    "demo",
    "manage",
    "scheme",
    "simulate",
)


Subcommands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


class Mistake(Exception):
    """Something the person at the keyboard can mend; the message says what and how."""


def parser() -> argparse.ArgumentParser:
    """Build the parser from every command module's ``register(subparsers)``."""
    top = argparse.ArgumentParser(
        prog="wherewithal", description=import_module("wherewithal").__doc__
    )
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name in COMMANDS:
        import_module(f"wherewithal.cli.{name}").register(commands)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status (0 done, 1 the input needs mending, 2 usage)."""
    arguments = parser().parse_args(argv)
    try:
        return int(arguments.run(arguments))
    except Mistake as mistake:
        print(mistake, file=sys.stderr)
        return 1
    except ModuleNotFoundError as missing:
        if find_spec("django"):
            raise
        mend = 'Install what it needs with: pip install "wherewithal[web]"'
        print(f"This command needs {missing.name}, which is not here. {mend}", file=sys.stderr)
        return 1
