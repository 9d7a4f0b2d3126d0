"""Why days that were paid for come to something else today, each reason with its pence.

Facts become known one after another. Where a fact came after a payment for the days it touches,
what those days came to before it and what they come to with it differ by so much: that is its part
of the difference.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from wherewithal.dates import Period
from wherewithal.ledger.schedule import BudgetPiece, came_to
from wherewithal.money import pounds

CARRIED = "carried"
"""What the part of a difference is called that was told before and still waits."""
CAUGHT_UP = "caught-up"
"""What days are called that should have been paid for and were not."""


@dataclass(frozen=True, slots=True)
class Version:
    """What a share of a budget pays from the moment something became known.

    ``what`` names the kind of fact and ``sentence`` tells it to the person; the first version of
    a budget has neither.
    """

    known: datetime
    pieces: tuple[BudgetPiece, ...]
    what: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Paid:
    """The days a payment was for, and when it was worked out."""

    period: Period
    at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """One part of a difference: what it is, its pence (below zero: too much was paid), and why.

    ``causes`` are the sentences of the reasons that a rest comes from, where they were told before.
    """

    what: str
    pence: int
    why: str
    causes: tuple[str, ...] = ()


def reasons(versions: Sequence[Version], paid: Sequence[Paid], *, after: datetime) -> list[Told]:
    """Return what each fact that came after a payment changed about the days it was for.

    Facts that were known by ``after`` were told before, and are left out.
    """
    found = []
    for earlier, later in pairwise(versions):
        if later.known <= after:
            continue
        pence = sum(
            _net(later.pieces, each.period) - _net(earlier.pieces, each.period)
            for each in paid
            if each.at < later.known
        )
        if pence:
            found.append(Told(later.what, pence, later.sentence))
    return found


def complete(
    found: Iterable[Told], difference: int, *, unpaid: str, whole: bool = False,
    before: Sequence[Told] = (),
) -> tuple[Told, ...]:  # fmt: skip
    """Return the reasons with the rest of a difference, so that they add up to it.

    ``unpaid`` names the days, if any, that should have been paid for and never were; ``whole``
    says that the reasons go back to the beginning, so that the rest was settled before. Of those
    told ``before``, oldest first, a rest tells the newest that it can come from again.
    """
    told = list(found)
    rest = difference - sum(each.pence for each in told)
    if rest > 0 and unpaid:
        told.append(Told(CAUGHT_UP, rest, f"You had not been paid for {unpaid}."))
    elif rest and whole:
        put_right = "taken off" if rest > 0 else "paid"
        told.append(Told(CARRIED, rest, f"{pounds(abs(rest))} of that was {put_right} before."))
    elif rest:
        still = "still to be added" if rest > 0 else "still to be taken off"
        causes = _causes(before, rest)
        why = f"From before, {pounds(abs(rest))} was {still}."
        again = f"{why} Why: {' '.join(causes)}" if causes else why
        told.append(Told(CARRIED, rest, again, causes))
    return tuple(told)


def _causes(before: Sequence[Told], rest: int) -> tuple[str, ...]:
    """Return the sentences of the newest reasons that together come to a rest, oldest first."""
    causes: list[str] = []
    left = abs(rest)
    for each in reversed(before):
        if left > 0 and (each.pence > 0) == (rest > 0):
            causes[:0] = each.causes or (each.why,)
            left -= abs(each.pence)
    return tuple(dict.fromkeys(causes))


def sentence(told: Sequence[Told], *, adjustment: int, waits: int) -> str:
    """Tell the parts of a difference, and what is done about it now.

    ``waits`` are the pence still to be taken off later.
    """
    lines = [each.why + _comes_to(each) for each in told]
    if adjustment > 0:
        lines.append(f"So {pounds(adjustment)} is added to this payment.")
    elif adjustment < 0:
        lines.append(f"So {pounds(-adjustment)} is taken off this payment.")
    if waits:
        lines.append(f"{pounds(waits)} waits for a later payment.")
    return " ".join(lines)


def _comes_to(told: Told) -> str:
    if told.what == CARRIED:
        return ""
    much = "more than was paid" if told.pence > 0 else "less than was paid"
    return f" That is {pounds(abs(told.pence))} {much}."


def _net(pieces: Iterable[BudgetPiece], days: Period) -> int:
    gross, contribution = came_to(pieces, days)
    return gross - contribution
