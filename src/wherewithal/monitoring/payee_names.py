"""Names on bank statements: one payee is one payee, whatever the bank writes around it."""

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

LONGEST = 120
_WORDS = re.compile(r"\w+").findall
_TITLES = frozenset({"mr", "mrs", "miss", "ms", "mx", "dr"})


@lru_cache(maxsize=65_536)
def payee_key(payee: str, text: str = "") -> str:
    """Fold a payee so that it can be known again: ``CARD PAYMENT TO J SMITH 03NOV`` → ``j smith``.

    Small letters, no accents, no numbers, none of the bank's own words; the text where no payee
    is named. What is left of nothing but numbers is kept as it stands.
    """
    for written in (payee, text):
        words = folded(written).split()
        named = [
            word for word in words if word.isalpha() or not any(sign.isdigit() for sign in word)
        ]
        kept = [word for word in named if word not in bank_words()] or named
        if kept:
            return " ".join(kept)[:LONGEST].rstrip()
    return folded(f"{payee} {text}")[:LONGEST].rstrip()


def folded(text: str) -> str:
    """Return words in plain small letters with one space between."""
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(_WORDS(plain))


def is_name_of(key: str, given: str, family: str) -> bool:
    """Say whether a folded payee is this person: the family name, and given names or initials."""
    words = [word for word in key.split() if word not in _TITLES]
    last, firsts = folded(family).split(), folded(given).split()
    if not last or not firsts or any(word not in words for word in last):
        return False
    others = [word for word in words if word not in last]
    allowed = {*firsts, *(first[0] for first in firsts)}
    return bool(others) and any(word in allowed for word in others) and all(
        word in allowed or len(word) == 1 for word in others
    )  # fmt: skip


def holds(key: str, name: str) -> bool:
    """Say whether the words of a name stand in a folded payee, one after another."""
    return bool(name) and f" {name} " in f" {key} "


def is_fee(kind: str, text: str) -> bool:
    """Say whether a line is the bank's own charge, or interest."""
    return _told("fees", kind, text)


def is_cash(kind: str, text: str) -> bool:
    """Say whether a line is cash taken out."""
    return _told("cash", kind, text)


@cache
def bank_words() -> frozenset[str]:
    """Words that banks write around a name."""
    return frozenset(str(_data()["dropped"]["words"]).split())


def _told(what: str, kind: str, text: str) -> bool:
    rule, plain = _data()[what], folded(text)
    return kind.upper() in rule["kinds"] or any(holds(plain, each) for each in rule["phrases"])


@cache
def _data() -> dict[str, Any]:
    place = files("wherewithal.monitoring").joinpath("payees.yaml")
    loaded: dict[str, Any] = yaml.safe_load(place.read_text("utf-8"))
    return loaded
