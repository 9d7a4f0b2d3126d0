"""An allocation scheme as a frozen value: what is asked, what each answer adds, at which price."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields, is_dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from wherewithal.scheme.checks import mistakes_in
from wherewithal.scheme.mistakes import SchemeMistakes
from wherewithal.scheme.parts import SYMBOLS, ByHand, Line, Price, Question, Section, Source
from wherewithal.scheme.steps import KINDS, Step


@dataclass(frozen=True, slots=True, eq=False)
class Scheme:
    """A whole scheme. It is checked as it is built, and two with the same content are equal.

    Raises:
        SchemeMistakes: it is not sound; every mistake is listed.
    """

    code: str
    version: str
    title: str
    summary: str
    currency: str
    per: str
    rounding: str
    source: Source
    sources: tuple[Source, ...]
    sections: tuple[Section, ...]
    prices: tuple[Price, ...]
    questions: tuple[Question, ...]
    steps: tuple[Step, ...]
    lines: tuple[Line, ...]
    by_hand: tuple[ByHand, ...] = ()
    hash: str = field(init=False)

    def __post_init__(self) -> None:
        if found := mistakes_in(self):
            raise SchemeMistakes(self.code, found)
        text = json.dumps(canonical(self), ensure_ascii=False, separators=(",", ":"))
        object.__setattr__(self, "hash", hashlib.sha256(text.encode()).hexdigest())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Scheme) and self.hash == other.hash

    def __hash__(self) -> int:
        return hash(self.hash)

    @property
    def symbol(self) -> str:
        """Return the sign money is written with."""
        return SYMBOLS[self.currency]

    def question(self, code: str) -> Question:
        """Return the question with this code.

        Raises:
            KeyError: there is none.
        """
        return {question.code: question for question in self.questions}[code]

    def price(self, code: str) -> Price:
        """Return the price with this code.

        Raises:
            KeyError: there is none.
        """
        return {price.code: price for price in self.prices}[code]


REMEMBERED = 20_000
_WRITTEN: dict[int, tuple[object, dict[str, Any]]] = {}
"""The form of parts that schemes share, by identity; each part is kept so that it stays unique."""


def _unsaid(part: Field[Any], value: object) -> bool:
    return "later" in part.metadata and value == part.default


def canonical(value: Any) -> Any:
    """Turn a scheme, or a part of it, into plain JSON in one fixed form; fractions as ``n/d``."""
    if isinstance(value, Mapping):
        return [[key, canonical(part)] for key, part in value.items()]
    if isinstance(value, tuple):
        return [canonical(part) for part in value]
    if isinstance(value, Fraction | date):
        return str(value)
    if is_dataclass(value):
        if (kept := _WRITTEN.get(id(value))) is not None:
            return kept[1]
        told = [f for f in fields(value) if f.init and not _unsaid(f, getattr(value, f.name))]
        parts = {f.name: canonical(getattr(value, f.name)) for f in told}
        kind = next((name for name, step in KINDS.items() if isinstance(value, step)), "")
        found = dict(sorted(({"kind": kind} | parts if kind else parts).items()))
        if not isinstance(value, Scheme):
            if len(_WRITTEN) >= REMEMBERED:
                _WRITTEN.clear()
            _WRITTEN[id(value)] = (value, found)
        return found
    return value
