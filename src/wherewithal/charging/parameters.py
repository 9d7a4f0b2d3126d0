"""The figures of a charging year, each with its source, and whether anyone has verified it.

A day is served by the tax year it falls in. A year that lacks a needed figure is refused, so that
nobody is charged by a guess, unless the caller asks for last year's figures to be carried forward;
those are then flagged unverified.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from wherewithal.dates import Period, long_date


class ParametersError(LookupError):
    """No year, or not every figure, is there for the day asked about."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One amount in pence: ``unit`` says per what, ``start`` from when, ``source`` where from.

    ``confirmed`` says who confirmed it, where an officer did.
    """

    name: str
    label: str
    value: int
    unit: str
    start: date
    source: str
    verified: bool
    carried_from: str = ""
    confirmed: str = ""

    def __post_init__(self) -> None:
        if self.value < 0:
            raise ValueError(f"The figure {self.name} is {self.value}p. It can't be below zero.")
        if not self.source:
            raise ValueError(f"The figure {self.name} has no source. Say where it comes from.")

    @property
    def why_unverified(self) -> str:
        """Return why the figure still has to be confirmed; empty once it is verified."""
        if self.verified:
            return ""
        if self.carried_from:
            return f"carried forward from {self.carried_from}"
        return f"not confirmed: {self.source[0].lower()}{self.source[1:]}"


@dataclass(frozen=True, slots=True)
class Parameters:
    """The figures of one charging year by name."""

    year: str
    period: Period
    figures: Mapping[str, Figure]

    def __getitem__(self, name: str) -> Figure:
        """Return one figure.

        Raises:
            ParametersError: the year lacks it, or there is no such figure at all.
        """
        if name in self.figures:
            return self.figures[name]
        declared = _document()["figures"]
        if name not in declared:
            raise ParametersError(
                f"There is no figure {name!r}. Use one of: {', '.join(declared)}."
            )
        raise ParametersError(_missing_message(self.year, [name]))

    @property
    def unverified(self) -> tuple[Figure, ...]:
        """Return every figure of the year that nobody has verified."""
        return tuple(figure for figure in self.figures.values() if not figure.verified)

    def unverified_used(self, names: Iterable[str]) -> tuple[Figure, ...]:
        """Return those of the named figures that nobody has verified."""
        return tuple(self[name] for name in names if not self[name].verified)

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the names of the needed figures that the year lacks."""
        declared = _document()["figures"]
        return tuple(
            n for n, about in declared.items() if about["needed"] and n not in self.figures
        )


def parameters_on(
    day: date, *, allow_carried_forward: bool = False, confirmed: Iterable[Figure] = ()
) -> Parameters:
    """Return the figures in force on a day.

    ``confirmed`` are figures an officer has looked up; each replaces or completes those of the year
    that begins on its ``start``, also of a year that the package does not have yet.

    Raises:
        ParametersError: no year covers the day, or a needed figure is missing and may not be
            carried forward; the message names each one.
    """
    years = _all_years(tuple(confirmed))
    for index, year in enumerate(years):
        if day in year.period:
            if allow_carried_forward:
                return _carry_forward(year, years[:index])
            if year.missing:
                raise ParametersError(_missing_message(year.year, year.missing))
            return year
    raise ParametersError(_no_year_message(day, years))


def last_complete_year(day: date) -> Parameters:
    """Return the newest year, begun on or before a day, that lacks no needed figure.

    Raises:
        ParametersError: no such year had begun.
    """
    years = _years()
    for year in reversed(years):
        if year.period.start <= day and not year.missing:
            return year
    raise ParametersError(_no_year_message(day, years))


def benefit_rates() -> Mapping[str, tuple[str, ...]]:
    """Return the figures that are rates of a benefit, with the kinds of income paid at them."""
    declared = _document()["figures"]
    return {name: tuple(about["income"]) for name, about in declared.items() if "income" in about}


def newest_figure(name: str) -> int:
    """Return a figure of the newest year that has it, in pence.

    Raises:
        ParametersError: no year has it.
    """
    for year in reversed(_years()):
        if name in year.figures:
            return year.figures[name].value
    raise ParametersError(f"No year has a figure {name!r}.")


def year_of(day: date) -> tuple[str, Period]:
    """Return the name and the days of the tax year that a day falls in: 6 April to 5 April."""
    first = day.year - (day < date(day.year, 4, 6))
    return f"{first}/{(first + 1) % 100:02}", Period(date(first, 4, 6), date(first + 1, 4, 6))


def declared() -> Mapping[str, Mapping[str, Any]]:
    """Return every figure there can be, by name: ``label``, ``unit`` and whether ``needed``."""
    found: Mapping[str, Mapping[str, Any]] = MappingProxyType(_document()["figures"])
    return found


def _all_years(confirmed: tuple[Figure, ...]) -> tuple[Parameters, ...]:
    """Return the packaged years with what was confirmed, then years that only officers opened."""
    if unknown := {figure.name for figure in confirmed} - _document()["figures"].keys():
        raise ParametersError(f"There is no figure called {', '.join(sorted(unknown))} to confirm.")
    by_start: dict[date, dict[str, Figure]] = {}
    for figure in confirmed:
        by_start.setdefault(figure.start, {})[figure.name] = figure
    packaged = [
        replace(
            year,
            figures=MappingProxyType({**year.figures, **by_start.pop(year.period.start, {})}),
        )
        for year in _years()
    ]
    last = packaged[-1].period.end
    opened = [
        Parameters(*year_of(start), MappingProxyType(figures))
        for start, figures in sorted(by_start.items())
        if last is not None and start >= last
    ]
    return (*packaged, *opened)


def _carry_forward(year: Parameters, earlier: tuple[Parameters, ...]) -> Parameters:
    figures = dict(year.figures)
    for before in reversed(earlier):
        for name, figure in before.figures.items():
            if name not in figures:
                figures[name] = replace(figure, verified=False, carried_from=before.year)
    return replace(year, figures=MappingProxyType(figures))


def _missing_message(year: str, names: Iterable[str]) -> str:
    declared = _document()["figures"]
    listed = "; ".join(f"{declared[name]['label']} ({name})" for name in names)
    return (
        f"The figures for {year} lack: {listed}. Look them up in that year’s charging circular and "
        "confirm them, or ask for last year’s to be carried forward for trying things out."
    )


def _no_year_message(day: date, years: tuple[Parameters, ...]) -> str:
    first, last = years[0].period.start, years[-1].period.end
    until = long_date(last - timedelta(days=1)) if last else "today"
    return (
        f"No charging figures cover {long_date(day)}. There are figures from {long_date(first)} to "
        f"{until}. Choose a day in between, or add the figures for that year: on the pages, open "
        "Charges and confirm one of them."
    )


@lru_cache(maxsize=1)
def _years() -> tuple[Parameters, ...]:
    return tuple(_read_years(_document()))


@lru_cache(maxsize=1)
def _document() -> dict[str, Any]:
    text = files(__package__).joinpath("parameters.yaml").read_text(encoding="utf-8")
    document: dict[str, Any] = yaml.safe_load(text)
    return document


def _read_years(document: dict[str, Any]) -> Iterator[Parameters]:
    for year in document["years"]:
        figures = {
            name: Figure(
                name=name,
                label=document["figures"][name]["label"],
                value=cell["value"],
                unit=document["figures"][name]["unit"],
                start=year["from"],
                source=document["sources"][cell["source"]].strip(),
                verified=cell["verified"],
            )
            for name, cell in year["values"].items()
        }
        period = Period(year["from"], year["to"])
        yield Parameters(str(year["name"]), period, MappingProxyType(figures))
