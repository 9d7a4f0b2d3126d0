"""The ``wherewithal`` command. Each module of this folder adds its own sub-commands."""

import argparse
import os
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
    "ledger",
    "manage",
    "scheme",
    "simulate",
    "year",
)


Subcommands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


CLOSED = 141
"""The exit status where whoever read the output stopped reading: 128 and the signal, SIGPIPE."""


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
    """Run one command; return its exit status.

    0 is done, 1 the input needs mending, 2 usage, 141 nobody reads the output any more.
    """
    arguments = parser().parse_args(argv)
    try:
        status = int(arguments.run(arguments))
        sys.stdout.flush()
    except BrokenPipeError:
        _hush()
        return CLOSED
    except Mistake as mistake:
        print(mistake, file=sys.stderr)
        return 1
    except ModuleNotFoundError as missing:
        if find_spec("django"):
            raise
        mend = 'Install what it needs with: pip install "wherewithal[web]"'
        print(f"This command needs {missing.name}, which is not here. {mend}", file=sys.stderr)
        return 1
    return status


def _hush() -> None:
    """Send what is still to be printed nowhere, so that leaving does not stumble over it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
