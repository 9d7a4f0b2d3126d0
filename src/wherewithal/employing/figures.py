"""The figures an employer meets, by day: each with its unit, its source, and whether verified."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from wherewithal.dates import long_date


class FigureError(LookupError):
    """There is no such figure, or none yet on the day asked about."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure from ``start`` on; ``value`` is pence, percent, weeks or years, as ``unit`` says.

    Raises:
        ValueError: the figure is below zero or has no source.
    """

    name: str
    label: str
    value: Fraction
    unit: str
    start: date
    source: str
    verified: bool

    def __post_init__(self) -> None:
        if self.value < 0:
            raise ValueError(f"The figure {self.name} is {self.value}. It can't be below zero.")
        if not self.source:
            raise ValueError(f"The figure {self.name} has no source. Say where it comes from.")

    @property
    def share(self) -> Fraction:
        """Return a percentage as a share of one."""
        return self.value / 100

    @property
    def whole(self) -> int:
        """Return a figure that is whole by its nature: pence or years.

        Raises:
            ValueError: it is not whole.
        """
        if self.value.denominator != 1:
            raise ValueError(f"The figure {self.name} is {self.value}, which is not whole.")
        return self.value.numerator


def figure_on(name: str, day: date) -> Figure:
    """Return the figure of a name that is in force on a day.

    Raises:
        FigureError: there is no figure of this name, or it begins after the day.
    """
    known = _series()
    if name not in known:
        raise FigureError(f"There is no figure {name!r}. Use one of: {', '.join(known)}.")
    begun = [figure for figure in known[name] if figure.start <= day]
    if not begun:
        first = known[name][0]
        raise FigureError(
            f"There is no figure for “{first.label}” on {long_date(day)}."
            f" The first begins on {long_date(first.start)}."
        )
    return begun[-1]


def every_figure() -> tuple[Figure, ...]:
    """Return every figure of every day, in the order of the file."""
    return tuple(figure for series in _series().values() for figure in series)


@lru_cache(maxsize=1)
def _series() -> dict[str, tuple[Figure, ...]]:
    text = files(__package__).joinpath("figures.yaml").read_text(encoding="utf-8")
    document: dict[str, Any] = yaml.safe_load(text)
    return {
        name: tuple(_read(name, about, document["sources"]))
        for name, about in document["figures"].items()
    }


def _read(name: str, about: dict[str, Any], sources: dict[str, str]) -> Iterator[Figure]:
    for row in sorted(about["values"], key=lambda row: row["from"]):
        yield Figure(
            name=name,
            label=about["label"],
            value=Fraction(row["value"]),
            unit=about["unit"],
            start=row["from"],
            source=sources[row["source"]].strip(),
            verified=row["verified"],
        )
