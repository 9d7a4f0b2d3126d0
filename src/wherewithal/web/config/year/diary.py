"""What is to be done on which day, in the order of a working day."""

from collections.abc import Callable, Iterator
from datetime import date
from heapq import heappop, heappush
from itertools import count

Deed = Callable[[date], None]
DECIDE, PREPARE, RELEASE, ARRIVE, READ, CHECK, CLOSE = range(7)
"""The turns of a day: decisions, runs, what the bank does, papers, accounts, the books."""


class Diary:
    """Deeds by day and turn; a deed may put down others, for the same day or later."""

    def __init__(self) -> None:
        self._deeds: list[tuple[date, int, int, Deed]] = []
        self._numbers = count()

    def note(self, on: date, deed: Deed, *, turn: int = DECIDE) -> None:
        """Put something down for a day."""
        heappush(self._deeds, (on, turn, next(self._numbers), deed))

    def of(self, day: date) -> Iterator[Deed]:
        """Take out what is due by a day, one after the other."""
        while self._deeds and self._deeds[0][0] <= day:
            yield heappop(self._deeds)[-1]
