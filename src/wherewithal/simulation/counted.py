"""What is counted where two schemes are compared; ``None`` stands for what is hidden."""

from dataclasses import dataclass
from typing import TypeAlias

OUTCOMES = ("rises", "same", "falls", "falls beyond")
"""What happens to a person's figure; ``falls beyond`` is by more than the threshold."""
RISES, SAME, FALLS, BEYOND = range(4)
NO_FIGURE = -1
Way: TypeAlias = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """People of one group: how many have both figures, in each outcome, and their pence.

    ``without`` counts those who lack a figure under one scheme or both, and are in no other
    number. ``outcomes`` has a count for each of the ways that :class:`Tallies` tells apart.
    ``None`` stands for what is hidden, and ``few`` says of which counts that they are too few: of
    the people, each outcome, and those without.
    """

    label: str
    people: int | None
    outcomes: tuple[int | None, ...]
    now: int | None
    then: int | None
    without: int | None
    few: tuple[bool, ...] = ()

    @property
    def change(self) -> int | None:
        """Return the change in pence."""
        return None if self.now is None or self.then is None else self.then - self.now


@dataclass(frozen=True, slots=True)
class Band:
    """People whose figure changes by so much, and their change in pence; ``None`` where hidden."""

    label: str
    people: int | None
    change: int | None
    few: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Tallies:
    """Everything counted: all people, by each label with a total, by size, and by status.

    ``ways`` are the places in :data:`OUTCOMES` that are counted together: an outcome of too few
    people is counted with the one beside it. ``gains`` and ``losses`` are pence.
    """

    whole: Tally
    ways: tuple[Way, ...]
    gains: int | None
    losses: int | None
    by_label: dict[str, tuple[Tally, ...]]
    by_percent: tuple[Band, ...]
    by_pounds: tuple[Band, ...]
    statuses: tuple[Band, ...]
