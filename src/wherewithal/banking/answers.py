"""What a bank says became of payments: values that every kind of answer file is read into."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

import yaml


class Outcome(StrEnum):
    """What became of a payment."""

    ARRIVED = "arrived"
    CAME_BACK = "came-back"
    ON_ITS_WAY = "on-its-way"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one line of a file says of one payment.

    ``name`` is what the payment was called in the file that asked for it; where a file does not
    carry it, ``account`` (sort code and number), ``pence`` and ``reference`` say which it was.
    """

    outcome: Outcome
    line: int
    name: str = ""
    code: str = ""
    words: str = ""
    on: date | None = None
    pence: int | None = None
    account: str = ""
    reference: str = ""


class AnswerError(ValueError):
    """A file of answers can't be taken in; the message says which line, why, and what to do."""


@dataclass(frozen=True, slots=True)
class Why:
    """A reason code in words, and whether the account itself is in doubt because of it."""

    code: str
    words: str
    account: bool
    source: str
    verified: bool


@lru_cache(maxsize=1)
def reasons() -> Mapping[str, Why]:
    """Return every reason code with its words, by code."""
    text = files("wherewithal.banking").joinpath("reasons.yaml").read_text("utf-8")
    return MappingProxyType({
        str(code): Why(str(code), each["words"], each["account"], part["title"], part["verified"])
        for part in yaml.safe_load(text).values()
        for code, each in part["codes"].items()
    })  # fmt: skip


def why(code: str, words: str = "") -> Why:
    """Return a reason in words, also where its code is not one we know."""
    known = reasons().get(code)
    if known is not None:
        return known
    told = words or (f"the bank gave the code {code}" if code else "the bank gave no reason")
    return Why(code, told, account=True, source="", verified=False)
