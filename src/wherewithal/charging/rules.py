"""What counts and what does not, read from ``rules.yaml``: kinds of income, capital and cost."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal

import yaml

Treatment = Literal["counted", "disregarded", "partly", "taken-off"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of income, capital, housing cost or free service, and how it is treated.

    ``limit`` names the yearly figure, or ``limit_pence`` gives the pence a week, up to which
    income is not counted. ``weeks`` is how long capital is not counted. ``local`` marks a cost
    that only some councils allow. ``example`` shows what someone might write; ``words`` are those
    in a plan by which something that is never charged for is known.
    """

    id: str
    label: str
    source: str
    verified: bool
    treatment: Treatment = "counted"
    limit: str = ""
    limit_pence: int = 0
    disability_benefit: bool = False
    weeks: int = 0
    weeks_up_to: int = 0
    cost_up_to: int = 0
    local: bool = False
    example: str = ""
    words: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.treatment == "partly" and not (self.limit or self.limit_pence):
            raise ValueError(f"{self.id} is partly counted. Say up to what it is not counted.")


@lru_cache(maxsize=1)
def _document() -> dict[str, Any]:
    text = files(__package__).joinpath("rules.yaml").read_text(encoding="utf-8")
    document: dict[str, Any] = yaml.safe_load(text)
    return document


@lru_cache(maxsize=8)
def kinds(section: str) -> Mapping[str, Kind]:
    """Return every kind of a section by id.

    Sections are ``income``, ``capital``, ``housing``, ``expenses`` and ``free``.
    """
    rows = _document()[section]
    return MappingProxyType(
        {
            key: Kind(
                id=key,
                **row | {"source": cite(row["source"]), "words": tuple(row.get("words", ()))},
            )
            for key, row in rows.items()
        }
    )


def kind(section: str, kind_id: str) -> Kind:
    """Return one kind.

    Raises:
        ValueError: there is none of that name; the message lists the ones there are.
    """
    found = kinds(section).get(kind_id)
    if found is None:
        known = ", ".join(kinds(section))
        raise ValueError(f"{kind_id!r} is not a kind of {section}. Use one of: {known}.")
    return found


def sounds_free(what: str) -> Kind | None:
    """Return the service that is never charged for which words of a plan sound like, if any."""
    said = what.casefold()
    for free in kinds("free").values():
        if any(re.search(rf"\b{word}", said) for word in free.words):
            return free
    return None


def cite(source_id: str) -> str:
    """Return the full citation for a source's short name."""
    cited: str = _document()["sources"][source_id]
    return cited
