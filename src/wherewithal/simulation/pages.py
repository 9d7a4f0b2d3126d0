"""What a comparison found, as a report, and the list of people to look at, as a file."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from wherewithal.reports import Cell, Column, Report, Table, to_csv
from wherewithal.reports.cells import TOO_FEW
from wherewithal.scheme import Scheme
from wherewithal.simulation.comparison import Comparison, named
from wherewithal.simulation.counted import Tallies
from wherewithal.simulation.falls import People, Threshold
from wherewithal.simulation.losers import lead, unverified, who_loses
from wherewithal.simulation.protection import USUAL, Protection
from wherewithal.simulation.sections import (
    by_group,
    by_how_much,
    everyone,
    money_column,
    protecting,
    why,
    without_a_figure,
)
from wherewithal.simulation.tallies import tally


def report_on(
    comparison: Comparison,
    threshold: Threshold,
    protections: Sequence[Protection] = USUAL,
    *,
    smallest: int = 10,
    on: date | None = None,
    source: str = "",
) -> Report:
    """Return the report. It names nobody, and hides counts under ``smallest``.

    ``source`` is what the file of people is called, and ``on`` the day the report is made.

    Raises:
        ValueError: too few people have a figure under both schemes.
    """
    found = tally(comparison, threshold, smallest=smallest)
    now, then = (named(scheme) for scheme in comparison.schemes)
    sections = (
        *who_loses(comparison, found, threshold),
        everyone(comparison, found, threshold),
        by_how_much(comparison, found),
        *(by_group(comparison, name, found, threshold) for name in found.by_label),
        why(comparison, found, smallest),
        protecting(comparison, protections, found, smallest),
        without_a_figure(found),
    )
    return Report(
        f"From {now} to {then}",
        lead(comparison, found, threshold),
        (
            ("Scheme now", _described(comparison.schemes[0])),
            ("Scheme then", _described(comparison.schemes[1])),
            *((("File of people", source),) if source else ()),
            *((("Date", on.isoformat()),) if on else ()),
            ("People", _everybody(comparison, found)),
            ("A large fall is", f"more than {threshold}"),
            ("Small numbers hidden", f"under {smallest:,}" if smallest > 1 else "none"),
            ("Fingerprint now", comparison.schemes[0].hash[:12]),
            ("Fingerprint then", comparison.schemes[1].hash[:12]),
        ),
        sections,
    )


def people_csv(comparison: Comparison, people: Sequence[People]) -> str:
    """Return the people to look at as a CSV file. It names people: keep it among those who may."""
    money = partial(money_column, comparison)
    table = Table(
        "People to look at",
        (
            Column("id"),
            money("Now"),
            money("Then"),
            money("Change"),
            Column("Fall", "percent", 1),
            Column("What happens"),
        ),
        tuple(
            (p.id, p.now, _or_blank(p.then), _or_blank(p.change), _or_blank(p.percent), p.what)
            for p in people
        ),
    )
    return to_csv(table)


def _described(scheme: Scheme) -> str:
    mark = ". Unverified" if unverified(scheme) else ""
    return f"{scheme.title} ({named(scheme)}){mark}"


def _or_blank(value: float | None) -> Cell:
    return "" if value is None else value


def _everybody(comparison: Comparison, found: Tallies) -> str:
    """Count everybody; but not where too few lack a figure, whom the difference would tell."""
    if found.whole.without is not None:
        return f"{len(comparison.ids):,}"
    return f"{int(comparison.both.sum()):,} with both figures; {TOO_FEW} without to show"
