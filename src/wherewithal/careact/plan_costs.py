"""What a support plan costs: each line a week and a year, and the whole beside the first figure.

A year is 52 weeks, 26 fortnights, 13 times four weeks or 12 months, as in the financial
assessment. Fractions of a penny are rounded once, line by line, by :data:`ROUNDING`; the whole is
the sum of its rounded lines, so that what is read always adds up.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from wherewithal.money import half_up, pounds

ROUNDING = half_up
WEEKS_IN_A_YEAR = 52
TIMES_A_YEAR: Mapping[str, int] = MappingProxyType(
    {"week": 52, "fortnight": 26, "four-weeks": 13, "month": 12, "year": 1}
)
ONCE = "once"
OFTEN: Mapping[str, str] = MappingProxyType(
    {
        "week": "every week",
        "fortnight": "every fortnight",
        "four-weeks": "every four weeks",
        "month": "every month",
        "year": "every year",
        ONCE: "once",
    }
)


@dataclass(frozen=True, slots=True)
class Cost:
    """Pence a week, pence a year, and pence paid once. What is paid once is in neither other."""

    weekly: int = 0
    yearly: int = 0
    one_off: int = 0

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(
            self.weekly + other.weekly, self.yearly + other.yearly, self.one_off + other.one_off
        )


@dataclass(frozen=True, slots=True)
class Beside:
    """A plan's weekly cost beside the first figure; pence above it, negative below, or ``None``."""

    difference: int | None
    sentence: str

    @property
    def above(self) -> bool:
        """Say whether the plan costs more than the first figure, so that a reason is asked for."""
        return self.difference is not None and self.difference > 0


def cost_of(quantity: Fraction, unit_price: int, every: str) -> Cost:
    """Return what ``quantity`` units at ``unit_price`` pence come to, bought ``every`` so often.

    Raises:
        ValueError: the quantity is not above zero, the price is below it, or ``every`` is unknown.
    """
    if quantity <= 0:
        raise ValueError(f"The quantity is {quantity}. Enter a number above zero.")
    if unit_price < 0:
        raise ValueError(f"The price is {pounds(unit_price)}. It can't be below zero.")
    if every not in OFTEN:
        raise ValueError(f"{every!r} is not how often something comes. Use {', '.join(OFTEN)}.")
    each_time = quantity * unit_price
    if every == ONCE:
        return Cost(one_off=ROUNDING(each_time))
    in_a_year = each_time * TIMES_A_YEAR[every]
    return Cost(weekly=ROUNDING(in_a_year / WEEKS_IN_A_YEAR), yearly=ROUNDING(in_a_year))


def whole(costs: Iterable[Cost]) -> Cost:
    """Add up the lines of a plan."""
    return sum(costs, Cost())


def beside(weekly: int, indicative: int | None) -> Beside:
    """Compare a plan's weekly cost with the indicative figure, in either direction."""
    if indicative is None:
        return Beside(None, "There is no first figure to compare with. The plan sets the cost.")
    difference = weekly - indicative
    if difference > 0:
        told = f"{pounds(difference)} a week above the first figure. That is allowed."
    elif difference < 0:
        told = f"{pounds(-difference)} a week below the first figure."
    else:
        told = "The same as the first figure."
    return Beside(difference, told)


def how_often(quantity: Fraction, unit: str, every: str, unit_price: int) -> str:
    """Write a line's terms as people say them: ``7 hours every week at £13.75 an hour``."""
    number = _written(quantity)
    if unit == ONCE:
        return f"{number} at {pounds(unit_price)} each, {OFTEN[every]}" if quantity != 1 else "once"
    name = unit if quantity == 1 else f"{unit}s"
    article = "an" if unit == "hour" else "a"
    return f"{number} {name} {OFTEN[every]} at {pounds(unit_price)} {article} {unit}"


def _written(quantity: Fraction) -> str:
    """Write a quantity of up to two decimal places without idle zeros: ``7``, ``1.5``."""
    return f"{float(quantity):.2f}".rstrip("0").rstrip(".")
