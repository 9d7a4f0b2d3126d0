"""Where the rules come from, and the findings and reasons that cite them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

import yaml


@dataclass(frozen=True, slots=True)
class Source:
    """One provision of law or guidance; ``verified`` says whether its text was read for this."""

    id: str
    title: str
    where: str
    verified: bool
    note: str = ""

    def __post_init__(self) -> None:
        if not (self.id and self.title and self.where):
            raise ValueError(f"The source {self.id!r} needs an id, a title and a place in it.")

    @property
    def cite(self) -> str:
        """Return the citation as a letter prints it."""
        return f"{self.title}, {self.where}"


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence to the person, and the source it rests on."""

    for_person: str
    source: Source

    @property
    def cited(self) -> str:
        """Return the sentence with its source in brackets."""
        return f"{self.for_person} ({self.source.cite}.)"


@dataclass(frozen=True, slots=True)
class Finding:
    """How one test of a rule came out; ``met`` is ``None`` while it is not yet answered."""

    name: str
    met: bool | None
    for_person: str
    source: Source

    @property
    def reason(self) -> Reason:
        """Return the finding as a reason."""
        return Reason(self.for_person, self.source)


@lru_cache(maxsize=1)
def sources() -> Mapping[str, Source]:
    """Read every source from ``sources.yaml``, by id.

    Raises:
        ValueError: two sources share an id.
    """
    text = files(__package__).joinpath("sources.yaml").read_text(encoding="utf-8")
    found: dict[str, Source] = {}
    for row in yaml.safe_load(text):
        if row["id"] in found:
            raise ValueError(f"sources.yaml has two sources called {row['id']!r}. Rename one.")
        found[row["id"]] = Source(**row)
    return MappingProxyType(found)


def source(source_id: str) -> Source:
    """Return one source.

    Raises:
        KeyError: there is no such source; the message lists the ones there are.
    """
    try:
        return sources()[source_id]
    except KeyError:
        known = ", ".join(sorted(sources()))
        raise KeyError(f"There is no source {source_id!r}. Use one of: {known}.") from None


def all_of(answers: tuple[bool | None, ...]) -> bool | None:
    """Say whether all are true: one ``False`` settles it, else one ``None`` leaves it open."""
    if False in answers:
        return False
    return None if None in answers else True
