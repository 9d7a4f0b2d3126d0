"""Words for the records of the made-up council: the same person always gets the same."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def words() -> Any:
    """Return all of ``words.yaml``."""
    text = files("wherewithal.web.config.loading").joinpath("words.yaml").read_text("utf-8")
    return yaml.safe_load(text)


def pick(kind: str, person: int) -> Any:
    """Return one of the words of a kind."""
    choices = words()[kind]
    return choices[person % len(choices)]


def outcome(code: str, person: int) -> str:
    """Return what someone wants from life, for a Care Act outcome."""
    choices = words()["outcomes"][code]
    return str(choices[person % len(choices)])


def cause(reason: str) -> str:
    """Return what needs come from, by the start of the primary support reason."""
    return str(
        next((told for start, told in words()["cause"].items() if reason.startswith(start)), "")
    )
