"""Chance, one named stream for each thing that is drawn.

Each column has a stream of its own, seeded by the council's seed and the column's name, and takes a
fixed number of draws for each person in turn. So the same seed gives the same people whatever is
added later, and a bigger council begins with the whole of the smaller one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indexes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Draws:
    """The chance of one council; ``people`` is how many rows each stream is drawn for."""

    seed: int
    people: int

    def __post_init__(self) -> None:
        if self.seed < 0:
            raise ValueError(f"The seed is {self.seed}. Use a whole number from 0 up.")
        if self.people < 1:
            raise ValueError(f"A council of {self.people} people can't be made. Ask for 1 or more.")

    def _stream(self, name: str) -> np.random.Generator:
        return np.random.Generator(np.random.PCG64([self.seed, crc32(name.encode())]))

    def uniform(self, name: str, each: int | None = None) -> Floats:
        """Draw numbers from 0 up to 1: one a person, or a row of ``each``."""
        return self._stream(name).random(self.people if each is None else (self.people, each))

    def normal(self, name: str, each: int | None = None) -> Floats:
        """Draw standard normal numbers: one a person, or a row of ``each``."""
        size = self.people if each is None else (self.people, each)
        return self._stream(name).standard_normal(size)

    def yes(self, name: str, chance: float | Floats) -> NDArray[np.bool_]:
        """Draw true or false with the given chance of true."""
        return self.uniform(name) < chance

    def below(self, name: str, count: int | Indexes) -> Indexes:
        """Draw a whole number from 0 up to but not including ``count``."""
        return np.floor(self.uniform(name) * count).astype(np.int64)

    def label(self, name: str, table: Mapping[str, float]) -> NDArray[Any]:
        """Draw one label a person from a table of shares."""
        return pick(self.uniform(name), table)

    def label_by(
        self, name: str, groups: NDArray[Any], tables: Mapping[str, Mapping[str, float]]
    ) -> NDArray[Any]:
        """Draw one label a person from the table of the person's group."""
        uniform = self.uniform(name)
        drawn = np.full(self.people, "", dtype=object)
        for group, table in tables.items():
            of_group = groups == group
            drawn[of_group] = pick(uniform[of_group], table)
        return drawn

    def member(self, name: str, members: Sequence[str]) -> NDArray[Any]:
        """Draw one member a person, each as likely as the next."""
        return np.array(members, dtype=object)[self.below(name, len(members))]


def pick(uniform: Floats, table: Mapping[str, float]) -> NDArray[Any]:
    """Turn numbers from 0 up to 1 into labels, by a table of shares that adds up to one."""
    labels = np.array(list(table), dtype=object)
    edges = np.cumsum(list(table.values()))[:-1]
    return labels[np.searchsorted(edges, uniform, side="right")]
