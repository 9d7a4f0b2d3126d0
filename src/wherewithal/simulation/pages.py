"""What a comparison found, as a report, and the list of people to look at, as a file."""

from collections.abc import Sequence
from functools import partial

from wherewithal.money import pounds
from wherewithal.reports import Cell, Column, Report, Table, to_csv
from wherewithal.reports.cells import TOO_FEW
from wherewithal.simulation.comparison import Comparison, named
from wherewithal.simulation.counted import BEYOND, FALLS, RISES, SAME, Tallies
from wherewithal.simulation.falls import People, Threshold
from wherewithal.simulation.protection import PAYMENTS_A_YEAR, USUAL, Protection
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
) -> Report:
    """Return the report. It names nobody, and hides counts under ``smallest``.

    Raises:
        ValueError: too few people have a figure under both schemes.
    """
    found = tally(comparison, threshold, smallest=smallest)
    now, then = (named(scheme) for scheme in comparison.schemes)
    sections = (
        everyone(comparison, found, threshold),
        by_how_much(comparison, found),
        *(by_group(comparison, name, rows, threshold) for name, rows in found.by_label.items()),
        why(comparison, found, smallest),
        protecting(comparison, protections, found, smallest),
        without_a_figure(found),
    )
    return Report(
        f"From {now} to {then}",
        _lead(comparison, found, threshold),
        (
            ("Scheme now", now),
            ("Scheme then", then),
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


def _or_blank(value: float | None) -> Cell:
    return "" if value is None else value


def _everybody(comparison: Comparison, found: Tallies) -> str:
    """Count everybody; but not where too few lack a figure, whom the difference would tell."""
    if found.whole.without is not None:
        return f"{len(comparison.ids):,}"
    return f"{int(comparison.both.sum()):,} with both figures; {TOO_FEW} without to show"


def _people(count: int | None) -> str:
    if count is None:
        return f"{TOO_FEW} people to show"
    if not count:
        return "nobody"
    return f"{count:,} {'person' if count == 1 else 'people'}"


def _lead(comparison: Comparison, found: Tallies, threshold: Threshold) -> tuple[str, ...]:
    scheme, whole = comparison.schemes[0], found.whole
    change = whole.change or 0
    year = change * PAYMENTS_A_YEAR[scheme.per]
    money = partial(pounds, symbol=scheme.symbol)
    way = "more" if change > 0 else "less"
    total = (
        f"All figures together come to {money(abs(change))} a {scheme.per} {way}: "
        f"{money(abs(year))} a year."
        if change
        else "All figures together come to exactly as much as now."
    )
    falls = [whole.outcomes[FALLS], whole.outcomes[BEYOND]]
    fallen = None if None in falls else sum(each or 0 for each in falls)
    beyond = whole.outcomes[BEYOND]
    look = "" if beyond == 0 else ": somebody who knows them should look at each, one by one"
    return (
        total,
        f"The figure rises for {_people(whole.outcomes[RISES])}, stays the same for "
        f"{_people(whole.outcomes[SAME])} and falls for {_people(fallen)}. It falls by more than "
        f"{threshold} for {_people(beyond)}{look}.",
        "This is a trial on paper. Making it has changed nobody's figure.",
    )
