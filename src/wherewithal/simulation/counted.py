"""What is counted where two schemes are compared; ``None`` stands for what is hidden."""

from dataclasses import dataclass

OUTCOMES = ("rises", "same", "falls", "falls beyond")
"""What happens to a person's figure; ``falls beyond`` is by more than the threshold."""
RISES, SAME, FALLS, BEYOND = range(4)
NO_FIGURE = -1


@dataclass(frozen=True, slots=True)
class Tally:
    """People of one group: how many have both figures, in each outcome, and their pence.

    ``without`` counts those who lack a figure under one scheme or both, and are in no other
    number. ``None`` stands for what is hidden.
    """

    label: str
    people: int | None
    outcomes: tuple[int | None, ...]
    now: int | None
    then: int | None
    without: int | None

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


@dataclass(frozen=True, slots=True, eq=False)
class Tallies:
    """Everything counted: all people, by each label with a total, by size, and by status."""

    whole: Tally
    gains: int | None
    losses: int | None
    by_label: dict[str, tuple[Tally, ...]]
    by_percent: tuple[Band, ...]
    by_pounds: tuple[Band, ...]
    statuses: tuple[Band, ...]
