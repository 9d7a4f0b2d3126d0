"""Money as whole pence, and the named ways of rounding to them.

A sum of money is an ``int`` of pence. Fractions of a penny exist only inside a calculation, as
:class:`fractions.Fraction`, and leave it through one of the roundings named here, so that every
place where a penny can move has a name that a scheme or a rule can cite.
"""

import re
from collections.abc import Callable
from fractions import Fraction
from math import ceil, floor


def half_up(value: int | Fraction) -> int:
    """Round to the nearest whole, halves towards plus infinity (2.5 → 3, −2.5 → −2)."""
    if type(value) is int:
        return value
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def half_even(value: int | Fraction) -> int:
    """Round to the nearest whole, halves to the even neighbour (2.5 → 2, 3.5 → 4)."""
    return round(value)


def down(value: int | Fraction) -> int:
    """Round towards minus infinity: what a charge does, in the person's favour."""
    return floor(value)


def up(value: int | Fraction) -> int:
    """Round towards plus infinity."""
    return ceil(value)


ROUNDINGS: dict[str, Callable[[int | Fraction], int]] = {
    "half-up": half_up,
    "half-even": half_even,
    "down": down,
    "up": up,
}


def share(numerator: int, denominator: int, of: int) -> Fraction:
    """Return ``numerator/denominator`` of a sum in pence, exactly."""
    return Fraction(numerator * of, denominator)


PENCE = tuple([f"{part:02d}" for part in range(100)])
"""Pence as they stand behind the point."""


def pounds(pence: int, *, symbol: str = "£") -> str:
    """Write pence as the page and the letter do: ``£1,234.50``, ``−£3.00``, ``£20``.

    Whole pounds keep their pence (``£20.00``), so that columns align and nothing looks rounded.
    """
    if pence < 0:
        return "−" + pounds(-pence, symbol=symbol)
    whole, part = divmod(pence, 100)
    return f"{symbol}{whole:,}.{PENCE[part]}"


_TYPED = re.compile(r"^(?P<sign>[-−]?)£?(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<part>\d{1,2}))?$")


def parse_pounds(text: str) -> int:
    """Read an amount as people type it (``£1,234.50``, ``12``, ``12.5``) and return pence.

    Raises:
        ValueError: the text is not an amount; the message quotes it and shows the form to use.
    """
    match = _TYPED.match(text.strip().replace(" ", ""))
    if match is None:
        raise ValueError(f"{text!r} is not an amount of money. Write pounds like 12.50 or 1,200.")
    part = (match["part"] or "").ljust(2, "0")
    pence = int(match["whole"].replace(",", "")) * 100 + int(part)
    return -pence if match["sign"] else pence
