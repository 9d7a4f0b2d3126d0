"""Whose figure falls by more than a threshold, or is lost: for a human to look at, one by one."""

import re
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from wherewithal.allocation import STATUSES
from wherewithal.money import half_up, parse_pounds, pounds
from wherewithal.simulation.comparison import Comparison

Column = np.ndarray
_PERCENT = re.compile(r"^(\d{1,3}(?:\.\d{1,2})?)\s*%$")


@dataclass(frozen=True, slots=True)
class Threshold:
    """A fall of more than this matters: a share of the figure now in percent, or pence."""

    percent: Fraction | None = None
    pence: int | None = None

    def __post_init__(self) -> None:
        if (self.percent is None) == (self.pence is None):
            raise ValueError("A threshold is either a percentage or a sum of money. Give one.")
        if (self.percent or self.pence or 0) < 0:
            raise ValueError("A threshold can't be below 0. Give 0 or more.")

    def __str__(self) -> str:
        """Write it as people do: ``20%``, ``£50.00``."""
        if self.percent is not None:
            return f"{float(self.percent):g}%"
        return pounds(self.pence or 0)


def read_threshold(text: str) -> Threshold:
    """Read ``20%`` or ``£50``.

    Raises:
        ValueError: it is neither; the message quotes it and shows the form to use.
    """
    if percent := _PERCENT.match(text.strip()):
        return Threshold(percent=Fraction(percent[1]))
    try:
        pence = parse_pounds(text)
    except ValueError:
        pence = -1
    if pence < 0 or "%" in text:
        raise ValueError(f"{text!r} is not a threshold. Write a percentage like 20% or pounds: £50")
    return Threshold(pence=pence)


def falls_beyond(comparison: Comparison, threshold: Threshold) -> Column:
    """Say whose figure falls by more than the threshold, exactly."""
    fall = -comparison.change
    if threshold.percent is None:
        return np.asarray(fall > (threshold.pence or 0))
    over, under = threshold.percent.as_integer_ratio()
    now = np.where(comparison.both, comparison.now, 0)
    return np.asarray((fall > 0) & (fall * (100 * under) > now * over))


@dataclass(frozen=True, slots=True)
class People:
    """One person to look at: pence now and then, and what happens to the figure, in words.

    ``then``, ``change`` and ``percent`` (the fall, to a tenth) are ``None`` without a figure.
    """

    id: str
    now: int
    then: int | None
    change: int | None
    percent: float | None
    what: str


def people_to_look_at(comparison: Comparison, threshold: Threshold) -> tuple[People, ...]:
    """Return those who lose their figure, then those it falls the most for, in percent.

    Nothing is ever done to them by this list: it is for a person who knows them to look through.
    """
    lost = np.flatnonzero((comparison.status_now == 0) & (comparison.status_then != 0)).tolist()
    falls = np.flatnonzero(falls_beyond(comparison, threshold))
    now, then = comparison.now[falls], comparison.then[falls]
    share = (now - then) / np.maximum(now, 1)
    order = np.lexsort((falls, -share))
    words = f"falls by more than {threshold}"
    found = [_lost(comparison, place) for place in lost]
    for place in falls[order].tolist():
        before, after = int(comparison.now[place]), int(comparison.then[place])
        tenths = half_up(Fraction((before - after) * 1000, before)) / 10
        found.append(People(comparison.ids[place], before, after, after - before, tenths, words))
    return tuple(found)


def _lost(comparison: Comparison, place: int) -> People:
    status = STATUSES[int(comparison.status_then[place])]
    words = (
        "has no figure: answers are missing" if status == "incomplete" else "to be costed by hand"
    )
    return People(comparison.ids[place], int(comparison.now[place]), None, None, None, words)
