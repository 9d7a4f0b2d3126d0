"""Ways of grouping people: what to call each group, and whom to compare it with."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import yaml

from wherewithal.allocation.cases import Cases

Column = np.ndarray
MOST_GROUPS = 40
"""A way of grouping with more groups than this is left out unless it is asked for by name."""
_OLDER_FROM = 65


class LabelMistake(ValueError):  # a mistake to mend, in the words of the house
    """A way of grouping that is asked for is not in the cases; says which there are."""


@dataclass(frozen=True, slots=True, eq=False)
class Label:
    """One way of grouping people; ``codes`` is each person's place in ``groups``, or -1."""

    name: str
    groups: tuple[str, ...]
    codes: Column

    @property
    def title(self) -> str:
        """Return what the way of grouping is called at the head of a table."""
        return str(_words(self.name)["title"]).format(spoken(self.name).capitalize())

    @property
    def than(self) -> str:
        """Return whom its groups are compared with, to follow “than for”."""
        return str(_words(self.name)["than"])

    def people(self, group: str) -> str:
        """Return what the people of a group are called at the head of a sentence."""
        names = _words(self.name)["people"]
        known = names.get(group) or names.get("any", "People whose {label} is {}")
        return str(known).format(in_words(group), label=spoken(self.name))

    def reference(self, place: int) -> Column:
        """Say which groups the one at ``place`` is compared with: none where it is the yardstick.

        Never itself; a group of age bands under 65 is compared with the others under 65.
        """
        against = _words(self.name)["against"]
        if against == "under-65":
            chosen = np.array([_starts_at(group) < _OLDER_FROM for group in self.groups])
        elif against in self.groups:
            chosen = np.array([group == against for group in self.groups])
        else:
            chosen = np.ones(len(self.groups), bool)
        if not chosen.any():
            chosen[:] = True
        chosen[place] = False
        return chosen


@cache
def _all_words() -> Any:
    return yaml.safe_load(
        files("wherewithal.equity").joinpath("labels.yaml").read_text(encoding="utf-8")
    )


def _words(name: str) -> Any:
    known = _all_words()
    return known.get(name.lower().replace("-", "_").replace(" ", "_"), known["any"])


def spoken(name: str) -> str:
    """Write a column's name as words."""
    return name.replace("_", " ").replace("-", " ").lower()


def in_words(group: str) -> str:
    """Write an age band as words: ``85 and over``, ``65 to 74``; other groups as they are."""
    if found := re.fullmatch(r"(\d+)\+", group):
        return f"{found[1]} and over"
    if found := re.fullmatch(r"(\d+)\s*[-–]\s*(\d+)", group):
        return f"{found[1]} to {found[2]}"
    return group


def _starts_at(group: str) -> int:
    if re.match(r"(under|less|up to)", group.lower()):
        return 0
    found = re.search(r"\d+", group)
    return int(found[0]) if found else 0


def labels_of(cases: Cases, by: tuple[str, ...] | None) -> tuple[Label, ...]:
    """Return the ways of grouping to look at: those asked for, or all that have few groups.

    Raises:
        LabelMistake: one that is asked for is not there.
    """
    if by is None:
        names = [name for name, g in cases.groups.items() if 2 <= len(g.labels) <= MOST_GROUPS]
    else:
        names = list(dict.fromkeys(by))
    for name in names:
        if name not in cases.groups:
            known = ", ".join(cases.groups) or "none"
            raise LabelMistake(f"The cases have no groups called {name!r}. There are: {known}.")
    return tuple(
        Label(name, cases.groups[name].labels, cases.groups[name].codes.astype(np.int64))
        for name in names
    )
