"""The sections of a report that compares two schemes."""

from collections.abc import Sequence
from functools import partial

from wherewithal.money import pounds
from wherewithal.reports import Cell, Chart, Column, Section, Table
from wherewithal.reports.cells import in_full
from wherewithal.reports.suppression import hidden
from wherewithal.simulation.comparison import Comparison
from wherewithal.simulation.counted import (
    BEYOND,
    FALLS,
    RISES,
    SAME,
    Band,
    Tallies,
    Tally,
)
from wherewithal.simulation.falls import Threshold
from wherewithal.simulation.protection import PAYMENTS_A_YEAR, Protection, cost_by_year
from wherewithal.simulation.tallies import FIGURE_NOW


def money_column(comparison: Comparison, name: str, *, signed: bool = False) -> Column:
    """Return a column of pence, in the money that the schemes pay."""
    return Column(name, "pence", signed=signed, symbol=comparison.schemes[0].symbol)


def _share(part: int | None, whole: int | None) -> float | None:
    return None if part is None or not whole else part * 100 / whole


def everyone(comparison: Comparison, found: Tallies, threshold: Threshold) -> Section:
    """Return what happens to figures in all, and all of them added up."""
    whole = found.whole
    compared = int(comparison.both.sum())
    names = {
        RISES: "Rises", SAME: "Stays the same",
        FALLS: f"Falls by {threshold} or less", BEYOND: f"Falls by more than {threshold}",
    }  # fmt: skip
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (name, whole.outcomes[way], _share(whole.outcomes[way], compared))
        for way, name in names.items()
    )
    count = Table(
        "What happens to people's figures",
        (Column("Figure"), Column("People", "number"), Column("Share", "percent", 1)),
        (*rows, ("All with both figures", compared, 100.0)),
        foot=1,
    )
    money = partial(money_column, comparison)
    times = PAYMENTS_A_YEAR[comparison.schemes[0].per]
    losses = None if found.losses is None else -found.losses
    sums = (
        ("Now", whole.now), ("Rises", found.gains), ("Falls", losses), ("Then", whole.then),
    )  # fmt: skip
    totals = Table(
        "All figures added up",
        (
            Column("Sum"),
            money(f"A {comparison.schemes[0].per}"),
            *((money("A year"),) if times > 1 else ()),
        ),
        tuple(
            (name, each, *((None if each is None else each * times,) if times > 1 else ()))
            for name, each in sums
        ),
        "Now, with the rises added and the falls taken away, is then, to the penny."
        + (f" A year is {times} {comparison.schemes[0].per}s." if times > 1 else ""),
        foot=1,
    )
    says = "How many people's figures rise, stay the same, fall, and fall by a lot."
    return Section(
        "Everyone",
        ("People with a figure under both schemes are compared. The others are counted last.",),
        (Chart("bars", count, says, "Figure", ("People",)), totals),
    )


def by_how_much(comparison: Comparison, found: Tallies) -> Section:
    """Return how many figures fall or rise by so much."""
    return Section(
        "By how much",
        ("A fall or a rise is measured against the person's own figure now.",),
        (
            _banded(comparison, "By share of the figure now", found.by_percent),
            _banded(comparison, f"By money a {comparison.schemes[0].per}", found.by_pounds),
        ),
    )


def _banded(comparison: Comparison, title: str, bands: Sequence[Band]) -> Chart:
    compared = int(comparison.both.sum())
    table = Table(
        title,
        (
            Column("Figure"),
            Column("People", "number"),
            Column("Share", "percent", 1),
            money_column(comparison, "Change in all", signed=True),
        ),
        (
            *((b.label, b.people, _share(b.people, compared), b.change) for b in _within(bands)),
            ("All with both figures", compared, 100.0, int(comparison.change.sum())),
        ),
        foot=1,
    )
    says = "How many people's figures fall or rise by so much, the largest fall first."
    return Chart("bars", table, says, "Figure", ("People",))


def _within(bands: Sequence[Band]) -> Sequence[Band]:
    """Leave out the bands at both ends that nobody is in."""
    some = [place for place, band in enumerate(bands) if band.people != 0]
    return bands[some[0] : some[-1] + 1]


def by_group(
    comparison: Comparison, name: str, rows: Sequence[Tally], threshold: Threshold
) -> Section:
    """Return what happens to the groups of one label, with the total."""
    label = name.replace("_", " ")
    title = label[:1].upper() + label[1:]
    per = comparison.schemes[0].per
    money = partial(money_column, comparison)
    sums = Table(
        f"Mean change: {label}",
        (
            Column(title),
            money("Now"),
            money("Then"),
            money("Change", signed=True),
            Column("Change in percent", "percent", 1, signed=True),
            money(f"Mean change a {per}", signed=True),
        ),
        tuple((r.label, r.now, r.then, r.change, _share(r.change, r.now), _mean(r)) for r in rows),
        foot=1,
    )
    counts = Table(
        f"What happens to figures: {label}",
        (
            Column(title),
            Column("With both figures", "number"),
            Column("Rises", "number"),
            Column("Same", "number"),
            Column(f"Falls by {threshold} or less", "number"),
            Column(f"Falls by more than {threshold}", "number"),
            Column("Share that falls by more", "percent", 1),
            Column("Without a figure in one or both", "number"),
        ),
        tuple(
            (r.label, r.people, *r.outcomes, _share(r.outcomes[BEYOND], r.people), r.without)
            for r in rows
        ),
        foot=1,
    )
    says = f"The mean change for each {label}. {_from_least_to_most(sums)}"
    chart = Chart("bars", sums, says, title, (f"Mean change a {per}",))
    return Section(title, _about(name), (chart, counts))


def _from_least_to_most(sums: Table) -> str:
    """Say in words where the mean change is the least and the most."""
    column = sums.columns[-1]
    known = [(cell, row[0]) for *row, cell in sums.rows[:-1] if isinstance(cell, int | float)]
    if not known:
        return "No group is large enough to show."
    (least, low), (most, high) = (pick(known, key=lambda pair: pair[0]) for pick in (min, max))
    return f"It goes from {in_full(least, column)} ({low}) to {in_full(most, column)} ({high})."


def _about(name: str) -> tuple[str, ...]:
    if name == FIGURE_NOW:
        return ("People by the size of the figure they have now.",)
    return ()


def _mean(row: Tally) -> float | None:
    return None if row.change is None or not row.people else row.change / row.people


def why(comparison: Comparison, found: Tallies, smallest: int) -> Section:
    """Return the change by prices, by rules, and by line."""
    hide = hidden([line.people for line in comparison.lines], smallest=smallest)
    rows = []
    for line, hides in zip(comparison.lines, hide, strict=True):
        cells = (line.people, line.now, line.then, line.then - line.now)
        rows.append((line.label, *((None,) * len(cells) if hides else cells)))
    money = partial(money_column, comparison)
    whole = found.whole
    table = Table(
        "The change by line",
        (
            Column("Line"),
            Column("People with it", "number"),
            money("Now"),
            money("Then"),
            money("Change", signed=True),
        ),
        (
            *(row for row in rows if row[1] != 0),
            ("All lines", int(comparison.both.sum()), whole.now, whole.then, whole.change),
        ),
        foot=1,
    )
    return Section("Why", _because(comparison, found), (table,))


def _because(comparison: Comparison, found: Tallies) -> tuple[str, ...]:
    scheme, change = comparison.schemes[0], found.whole.change or 0
    answers = "Nobody's answers change here, so all of it comes from the scheme."
    if comparison.prices is None:
        return (f"{answers} The prices could not be told apart from the rules.",)
    parts = [comparison.prices, change - comparison.prices]
    money = [("+" if part > 0 else "") + pounds(part, symbol=scheme.symbol) for part in parts]
    return (
        f"{answers} The new prices alone, in the rules as they are now, make {money[0]} a "
        f"{scheme.per}. The new amounts and rules make the other {money[1]}.",
    )


def protecting(
    comparison: Comparison, protections: Sequence[Protection], found: Tallies, smallest: int
) -> Section:
    """Return what each protection costs in each year."""
    years = max((each.years for each in protections), default=0) + 1
    columns = [_cost_cells(comparison, each, years, found, smallest) for each in protections]
    names = [str(each) for each in protections]
    table = Table(
        "What protection costs each year",
        (Column("Year"), *(money_column(comparison, name) for name in names)),
        (
            *((f"Year {row + 1}", *(column[row] for column in columns)) for row in range(years)),
            ("All years", *(_sum(column) for column in columns)),
        ),
        "Above what the new scheme costs. Figures are taken to stay as they are but for this.",
        foot=1,
    )
    says = "What each way of protecting people costs, year by year, until it has ended."
    chart = Chart("lines", table, says, "Year", tuple(names[:4]))
    text = (
        "People whose figure falls can be protected for a time. Whoever's figure rises has the "
        "rise at once. People without a figure under one of the schemes are not counted."
    )
    return Section("Protecting people while it changes", (text,), (chart,))


def _cost_cells(
    comparison: Comparison, protection: Protection, years: int, found: Tallies, smallest: int
) -> list[int | None]:
    costs = cost_by_year(comparison, protection, years)
    small = [0 < cost.people < smallest for cost in costs]
    if found.losses is None:
        small = [cost.people > 0 for cost in costs]
    return [None if hide else cost.pence for cost, hide in zip(costs, small, strict=True)]


def _sum(column: Sequence[int | None]) -> int | None:
    return None if None in column else sum(each or 0 for each in column)


def without_a_figure(found: Tallies) -> Section:
    """Return how many have no figure under one scheme or both."""
    table = Table(
        "People without a figure under one scheme or both",
        (Column("What they have"), Column("People", "number")),
        (
            *((band.label, band.people) for band in found.statuses),
            ("All of them", found.whole.without),
        ),
        foot=1,
    )
    text = (
        "A scheme gives no figure where answers are missing, or where it would be guessing and"
        " the support has to be costed by hand. These people are in no sum above."
    )
    return Section("Without a figure", (text,), (table,))
