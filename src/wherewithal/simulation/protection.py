"""Ways to protect people while a scheme changes, and what each costs, year by year."""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np

from wherewithal.simulation.comparison import Comparison

Column = np.ndarray
Kind = Literal["none", "full", "cap", "taper"]
PAYMENTS_A_YEAR = {"week": 52, "month": 12, "year": 1}
LONGEST = 20
_DIGITS = 2
_WRITTEN = re.compile(r"^(?:(none)|(full)(?::(\d+))?|(cap):(\d+(?:\.\d+)?)%?:(\d+)|(taper):(\d+))$")


@dataclass(frozen=True, slots=True)
class Protection:
    """What is paid for some years to people whose figure falls; those it rises for get the rise.

    ``none``: the new figure at once. ``full``: nobody falls for ``years``, as long as until their
    next review. ``cap``: nobody falls by more than ``percent`` of the year before, for ``years``.
    ``taper``: the fall comes in equal steps, one a year, the last when ``years`` are over. After
    ``years`` everybody has the new figure.
    """

    kind: Kind
    years: int = 0
    percent: Fraction = Fraction(0)

    def __post_init__(self) -> None:
        if (self.kind == "none") != (self.years == 0) or not 0 <= self.years <= LONGEST:
            raise ValueError(
                f"{self.kind!r} for {self.years} years can't be. Protect for 1 to {LONGEST} years."
            )
        if self.kind == "cap" and not 0 <= self.percent <= 100:
            raise ValueError(f"A cap of {self.percent}% can't be. Use 0% to 100%.")

    def __str__(self) -> str:
        """Write it in words."""
        years = "1 year" if self.years == 1 else f"{self.years} years"
        return {
            "none": "No protection",
            "full": f"Nobody falls for {years}",
            "cap": f"Nobody falls more than {float(self.percent):g}% a year for {years}",
            "taper": f"The fall comes in {self.years + 1} equal yearly steps",
        }[self.kind]


USUAL = (
    Protection("none"),
    Protection("full", 1),
    Protection("cap", 3, Fraction(10)),
    Protection("taper", 3),
)


@dataclass(frozen=True, slots=True)
class YearCost:
    """What protecting people costs in one year, the first being 1: how many, and pence.

    ``unprotected`` counts those whose figure falls and who get nothing by this in that year.
    """

    year: int
    people: int
    pence: int
    unprotected: int = 0


def read_protection(text: str) -> Protection:
    """Read ``none``, ``full``, ``full:2`` (years), ``cap:10%:3`` or ``taper:3``.

    Raises:
        ValueError: it is none of these; the message quotes it and shows the forms to use.
    """
    found = _WRITTEN.match(text.strip().lower())
    if found is None:
        raise ValueError(
            f"{text!r} is not a protection. Write none, full, full:2 (years), cap:10%:3 (percent a"
            " year, years) or taper:3 (years)."
        )
    none, full, full_years, cap, percent, cap_years, _, taper_years = found.groups()
    if none:
        return Protection("none")
    if full:
        return Protection("full", int(full_years or 1))
    if cap and len(percent.partition(".")[2]) > _DIGITS:
        raise ValueError(
            f"A cap of {percent}% can't be. Use 0% to 100%, with at most two digits after the"
            " point."
        )
    if cap:
        return Protection("cap", int(cap_years), Fraction(percent))
    return Protection("taper", int(taper_years))


def protected(now: Column, then: Column, protection: Protection, year: int) -> Column:
    """Return what each person is paid in a year (from 1), in pence; parts of a penny go to them.

    ``now`` and ``then`` are everybody's figures, all of them known.
    """
    if year > protection.years:
        return then
    match protection.kind:
        case "full":
            return np.asarray(np.maximum(now, then))
        case "cap":
            over, under = protection.percent.as_integer_ratio()
            paid = now
            for _ in range(year):
                paid = np.maximum(then, paid - paid * over // (100 * under))
            return paid
        case "taper":
            steps = protection.years + 1
            fall = np.maximum(now - then, 0)
            return np.asarray(then - (-fall * (steps - year) // steps))
        case _:
            return then


def cost_by_year(
    comparison: Comparison, protection: Protection, years: int | None = None
) -> tuple[YearCost, ...]:
    """Return what a protection costs in each year, until it has ended (or for so many years).

    A week's figure is paid 52 times a year, a month's 12 times.
    """
    times = PAYMENTS_A_YEAR[comparison.schemes[0].per]
    now, then = comparison.now[comparison.both], comparison.then[comparison.both]
    found = []
    for year in range(1, (protection.years + 1 if years is None else years) + 1):
        more = protected(now, then, protection, year) - then
        left = int(((more == 0) & (then < now)).sum())
        found.append(YearCost(year, int((more > 0).sum()), int(more.sum()) * times, left))
    return tuple(found)
