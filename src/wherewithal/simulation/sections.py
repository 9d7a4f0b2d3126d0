"""The sections of a report that compares two schemes."""

from collections.abc import Sequence
from functools import partial

from wherewithal.money import pounds
from wherewithal.reports import Cell, Chart, Column, Section, Table
from wherewithal.reports.cells import NOT_SHOWN, in_full
from wherewithal.reports.suppression import hidden
from wherewithal.simulation.comparison import Comparison, LineChange
from wherewithal.simulation.counted import BEYOND, Band, Tallies, Tally
from wherewithal.simulation.falls import Threshold
from wherewithal.simulation.protection import PAYMENTS_A_YEAR, Protection, cost_by_year
from wherewithal.simulation.tallies import FIGURE_NOW, NOT_KNOWN
from wherewithal.simulation.ways import name_of


def money_column(comparison: Comparison, name: str, *, signed: bool = False) -> Column:
    """Return a column of pence, in the money that the schemes pay."""
    return Column(name, "pence", signed=signed, symbol=comparison.schemes[0].symbol)


def _share(part: int | None, whole: int | None) -> float | None:
    return None if part is None or not whole else part * 100 / whole


def everyone(comparison: Comparison, found: Tallies, threshold: Threshold) -> Section:
    """Return what happens to figures in all, and all of them added up."""
    whole = found.whole
    compared = int(comparison.both.sum())
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (_begun(name_of(way, threshold)), count, _share(count, compared))
        for way, count in zip(found.ways, whole.outcomes, strict=True)
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
            (name, *([NOT_SHOWN if each is None else each * by for by in sorted({1, times})]))
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


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


def shown(value: float | None, *, few: bool) -> Cell:
    """Return a cell; of what is hidden, whether it is too few or kept back for another's sake."""
    if value is None:
        return None if few else NOT_SHOWN
    return value


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
            *(
                (b.label, b.people, _share(b.people, compared), shown(b.change, few=b.few))
                for b in _within(bands)
            ),
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


def by_group(comparison: Comparison, name: str, found: Tallies, threshold: Threshold) -> Section:
    """Return what happens to the groups of one label, with the total."""
    label = name.replace("_", " ")
    title = label[:1].upper() + label[1:]
    per, rows = comparison.schemes[0].per, found.by_label[name]
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
        tuple(
            (
                _label(name, r),
                *(
                    shown(each, few=r.few[0])
                    for each in (r.now, r.then, r.change, _share_of_now(r), _mean(r))
                ),
            )
            for r in rows
        ),
        foot=1,
    )
    counts = _counts(title, found, name, threshold)
    says = f"The mean change for each {label}. {_from_least_to_most(sums)}"
    chart = Chart("bars", sums, says, title, (f"Mean change a {per}",))
    return Section(title, _about(name), (chart, counts))


def _counts(title: str, found: Tallies, name: str, threshold: Threshold) -> Table:
    apart = found.ways.index((BEYOND,)) if (BEYOND,) in found.ways else None
    columns = [
        Column(title),
        Column("With both figures", "number"),
        *(Column(_begun(name_of(way, threshold)), "number") for way in found.ways),
    ]
    if apart is not None:
        columns.append(Column("Share that falls by more", "percent", 1))
    columns.append(Column("Without a figure in one or both", "number"))
    rows: list[tuple[Cell, ...]] = []
    for r in found.by_label[name]:
        counts = zip((r.people, *r.outcomes, r.without), r.few, strict=True)
        *cells, without = (shown(each, few=few) for each, few in counts)
        if apart is not None:
            share = 0.0 if r.people == 0 else _share(r.outcomes[apart], r.people)
            cells.append(shown(share, few=r.few[apart + 1]))
        rows.append((_label(name, r), *cells, without))
    label = name.replace("_", " ")
    return Table(f"What happens to figures: {label}", tuple(columns), tuple(rows), foot=1)


def _label(name: str, row: Tally) -> str:
    return "No figure" if name == FIGURE_NOW and row.label == NOT_KNOWN else row.label


def _share_of_now(row: Tally) -> float | None:
    """Return the change in percent of the figures now; not a number where they come to nothing."""
    if row.change is None:
        return None
    return row.change * 100 / row.now if row.now else float("nan")


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
    """Return the mean change in pence; not a number where there is nobody to take it of."""
    if row.change is None:
        return None
    return row.change / row.people if row.people else float("nan")


def why(comparison: Comparison, found: Tallies, smallest: int) -> Section:
    """Return the change by prices, by rules, and by line."""
    hide = hidden([line.people for line in comparison.lines], smallest=smallest)
    few_moved = hidden([line.moved for line in comparison.lines], smallest=smallest)
    rows: list[tuple[Cell, ...]] = []
    for line, hides, moves in zip(comparison.lines, hide, few_moved, strict=True):
        small = 0 < line.people < smallest
        cells = (line.people, line.now, *((None, None) if moves else (line.then, _moved(line))))
        rows.append((line.label, *(shown(None if hides else c, few=small) for c in cells)))
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


def _moved(line: LineChange) -> int:
    return line.then - line.now


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
) -> list[Cell]:
    """Return each year's cost, but not of too few people, nor what would tell of too few.

    Where the sum of rises or falls can't be shown, a cost that rests on everybody's falls would
    tell it. One that leaves enough of them out does not.
    """
    cells: list[Cell] = []
    for cost in cost_by_year(comparison, protection, years):
        if 0 < cost.people < smallest:
            cells.append(None)
        elif cost.people and found.losses is None and cost.unprotected < smallest:
            cells.append(NOT_SHOWN)
        else:
            cells.append(cost.pence)
    return cells


def _sum(column: Sequence[Cell]) -> Cell:
    numbers = [each for each in column if isinstance(each, int)]
    return sum(numbers) if len(numbers) == len(column) else NOT_SHOWN


def without_a_figure(found: Tallies) -> Section:
    """Return how many have no figure under one scheme or both."""
    table = Table(
        "People without a figure under one scheme or both",
        (Column("What they have"), Column("People", "number")),
        (
            *((band.label, shown(band.people, few=band.few)) for band in found.statuses),
            ("All of them", found.whole.without),
        ),
        foot=1,
    )
    text = (
        "A scheme gives no figure where answers are missing, or where it would be guessing and"
        " the support has to be costed by hand. These people are in no sum above."
    )
    return Section("Without a figure", (text,), (table,))
