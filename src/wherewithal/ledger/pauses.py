"""What a pause does to a budget: from a day on nothing, less, or all of it goes on being paid.

A person goes into hospital or a care home, or goes away. Some costs go on all the same: a personal
assistant keeps their wages, or they will not be there when the person comes home. So a pause says
what goes on being paid, and for how many days from its first everything does.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from wherewithal.dates import Period
from wherewithal.ledger.schedule import BudgetPiece
from wherewithal.money import pounds


class Pays(StrEnum):
    """What goes on being paid while a pause lasts."""

    NOTHING = "nothing"
    ALL = "all"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which a budget is paid differently.

    ``weekly`` is the pence a week that go on being paid, only where ``pays`` is weekly.
    ``full_days`` are the first days, on which everything still is.

    Raises:
        ValueError: a weekly sum is missing, or given where none is paid; a number is negative.
    """

    period: Period
    pays: Pays
    weekly: int = 0
    full_days: int = 0

    def __post_init__(self) -> None:
        if (self.pays == Pays.WEEKLY) != (self.weekly > 0):
            raise ValueError(
                f"The pause from {self.period.start} pays {self.pays} with {pounds(self.weekly)} "
                "a week. Give a weekly sum where one goes on being paid, and only there."
            )
        if self.full_days < 0:
            raise ValueError(f"The pause from {self.period.start} has {self.full_days} full days.")

    @property
    def changed(self) -> Period | None:
        """Return the days on which less is paid, if there are any."""
        first = self.period.start + timedelta(days=self.full_days)
        if self.pays == Pays.ALL or (self.period.end is not None and first >= self.period.end):
            return None
        return Period(first, self.period.end)

    def applied(self, piece: BudgetPiece) -> BudgetPiece:
        """Return what a piece pays on paused days; never more, nor with a greater contribution."""
        gross = min(self.weekly, piece.weekly_gross)
        contribution = min(piece.weekly_contribution, gross)
        return replace(piece, weekly_gross=gross, weekly_contribution=contribution)


def with_pauses(pieces: Iterable[BudgetPiece], pauses: Iterable[Pause]) -> tuple[BudgetPiece, ...]:
    """Return the pieces as they are paid when these pauses count.

    Where two pauses cover a day, the one that pays less counts.
    """
    found = tuple(pieces)
    for pause in pauses:
        days = pause.changed
        if days is not None:
            found = tuple(cut for piece in found for cut in _cut(piece, days, pause))
    return found


def _cut(piece: BudgetPiece, days: Period, pause: Pause) -> Iterator[BudgetPiece]:
    common = piece.period.intersection(days)
    if common is None:
        yield piece
        return
    if piece.period.start < common.start:
        yield replace(piece, period=Period(piece.period.start, common.start))
    yield replace(pause.applied(piece), period=common)
    if common.end is not None and (piece.period.end is None or common.end < piece.period.end):
        yield replace(piece, period=Period(common.end, piece.period.end))
