"""Every ``wherewithal`` command, as its own help describes it."""

import argparse
import os
from collections.abc import Iterator

from scripts.manual.markdown import fenced, page

from wherewithal.cli import parser

WIDTH = "90"


def commands() -> str:
    """Write the help of each command and of the commands inside it."""
    before = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = WIDTH
    try:
        blocks = [
            f"## `{each.prog}`\n\n{fenced(each.format_help(), 'text')}" for each in walk(parser())
        ]
    finally:
        if before is None:
            del os.environ["COLUMNS"]
        else:
            os.environ["COLUMNS"] = before
    intro = (
        "A command ends with 0 when it is done, with 1 when something you gave it needs mending "
        "(it says what), and with 2 when it was called in a way it does not know."
    )
    return page("Commands", intro, *blocks)


def walk(command: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Yield a command and every command inside it, in the order of its help."""
    yield command
    for action in command._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                yield from walk(inner)
