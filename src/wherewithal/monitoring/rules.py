"""What in an account is worth a conversation, as data: why it matters, and how to ask."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

SORTS = ("welfare", "support", "question")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``sort`` says what it asks first; ``closer`` calls for a closer look meanwhile.

    Raises:
        ValueError: the sort is unknown, or a sentence that somebody has to read is empty.
    """

    code: str
    title: str
    sort: str
    closer: bool
    source: str
    verified: bool
    matters: str
    ask: str

    def __post_init__(self) -> None:
        if self.sort not in SORTS:
            raise ValueError(
                f"{self.sort!r} is not a sort of rule, in {self.code}."
                f" Use one of {', '.join(SORTS)}."
            )
        if not (self.title and self.matters and self.ask and self.source):
            raise ValueError(
                f"The rule {self.code!r} needs a title, what matters, how to ask, and a source."
            )

    @property
    def place(self) -> int:
        """Return where the rule stands in a list: the well-being of the person comes first."""
        return SORTS.index(self.sort)


@lru_cache(maxsize=1)
def rules() -> Mapping[str, Rule]:
    """Read every rule from ``rules.yaml``, by code, welfare first."""
    read = _read()
    found = []
    for row in read["rules"]:
        source = read["sources"][row["source"]]
        found.append(
            Rule(**(row | {"source": source["title"], "verified": bool(source["verified"])}))
        )
    codes = [rule.code for rule in found]
    if len(set(codes)) < len(codes):
        raise ValueError("rules.yaml has two rules of one code. Rename one.")
    return MappingProxyType(
        {rule.code: rule for rule in sorted(found, key=lambda rule: rule.place)}
    )


def rule(code: str) -> Rule:
    """Return one rule.

    Raises:
        KeyError: there is no such rule; the message lists those there are.
    """
    try:
        return rules()[code]
    except KeyError:
        raise KeyError(f"There is no rule {code!r}. Use one of: {', '.join(rules())}.") from None


@lru_cache(maxsize=1)
def words() -> Mapping[str, tuple[str, ...]]:
    """Return the words on statements that may be worth a question, by kind."""
    found: dict[str, list[str]] = _read()["words"]
    return MappingProxyType({kind: tuple(listed) for kind, listed in found.items()})


def _read() -> dict[str, Any]:
    text = files(__package__).joinpath("rules.yaml").read_text(encoding="utf-8")
    read: dict[str, Any] = yaml.safe_load(text)
    return read
