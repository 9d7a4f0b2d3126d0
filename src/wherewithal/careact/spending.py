"""What a direct payment may be spent on: yes, ask first, or no, with why and what says so.

Sources: Care Act 2014, section 33; SI 2014/2871, regulations 3 and 6; and what many councils write
into their agreements, which is marked as local because no law says it.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal, cast

import yaml

Verdict = Literal["yes", "ask", "no"]
VERDICTS: dict[Verdict, str] = {"yes": "Yes", "ask": "Ask first", "no": "No"}
_SHORTEST_WORD = 3


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing people ask about. ``local`` is not law; ``verified`` is false where from memory.

    Raises:
        ValueError: it has no reason, no source, or a verdict that is none.
    """

    code: str
    verdict: Verdict
    what: str
    why: str
    source: str
    words: tuple[str, ...] = ()
    local: bool = False
    verified: bool = True

    def __post_init__(self) -> None:
        if self.verdict not in VERDICTS:
            raise ValueError(f"{self.code} says {self.verdict!r}. Use {', '.join(VERDICTS)}.")
        if not (self.why and self.source):
            raise ValueError(f"{self.code} needs a reason and a source.")

    def match(self, asked: frozenset[str]) -> int:
        """Return how many of the words asked about are about this."""
        known = frozenset().union(*(words_of(each) for each in (self.what, *self.words)))
        return len(asked & known)


@lru_cache(maxsize=1)
def things() -> tuple[Thing, ...]:
    """Return every entry of the guide, in the order of the file: yes, ask, no."""
    text = files(__package__).joinpath("spending.yaml").read_text(encoding="utf-8")
    document: dict[str, Any] = yaml.safe_load(text)
    return tuple(
        Thing(
            code=row["code"],
            verdict=_verdict(row["verdict"]),
            what=row["what"],
            why=row["why"],
            source=document["sources"][row["source"]],
            words=tuple(map(str, row["words"])),
            local=row.get("local", False),
            verified=row.get("verified", True),
        )
        for row in document["things"]
    )


def by_verdict() -> dict[Verdict, tuple[Thing, ...]]:
    """Return the guide in its three parts."""
    return {
        verdict: tuple(thing for thing in things() if thing.verdict == verdict)
        for verdict in VERDICTS
    }


def look_up(text: str) -> tuple[Thing, ...]:
    """Return what the guide says about something in somebody's own words, nearest first."""
    asked = words_of(text)
    scored = [(thing.match(asked), place, thing) for place, thing in enumerate(things())]
    found = sorted((-score, place, thing.code) for score, place, thing in scored if score)
    by_code = {thing.code: thing for thing in things()}
    return tuple(by_code[code] for _, _, code in found)


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text as they are compared: small letters, without a plural's s."""
    words = re.findall(r"[a-z][a-z-]*", text.lower().replace("’", "'"))
    return frozenset(
        _stem(word) for word in words if len(word) >= _SHORTEST_WORD and word not in _SAY_NOTHING
    )


def _stem(word: str) -> str:
    for ending in ("ers", "er", "ing", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_WORD:
            return word.removesuffix(ending)
    return word


def _verdict(value: object) -> Verdict:
    """Read a verdict; YAML takes a bare yes or no for true or false."""
    word = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
    return cast("Verdict", word)


_SAY_NOTHING = frozenset(
    {"the", "and", "for", "with", "you", "your", "who", "not", "does", "that", "this", "may", "can",
     "use", "pay", "paying", "buy", "cost", "costs", "money", "help", "lives", "live", "what",
     "when", "from", "have", "has", "are", "its", "our", "out"}
)  # fmt: skip
