"""Small help with tables: counts of people that are hidden where they are few."""

from collections.abc import Iterable, Sequence

from wherewithal.reports import Cell, Column, Table
from wherewithal.reports.cells import NOT_SHOWN
from wherewithal.reports.suppression import hidden, hidden_in_table, small_ones
from wherewithal.web.insight.suppression import SMALLEST

PEOPLE = Column("People", "number")


def shown(counts: Sequence[int]) -> list[Cell]:
    """Return counts of people for a column whose total is shown."""
    hide = hidden(counts, smallest=SMALLEST)
    few = small_ones(counts, hide, smallest=SMALLEST)
    return [
        None if told else NOT_SHOWN if hides else count
        for count, hides, told in zip(counts, hide, few, strict=True)
    ]


def counted(
    title: str, of: str, rows: Iterable[tuple[str, int]], *, total: str = "Altogether",
    column: Column = PEOPLE, note: str = "",
) -> Table:  # fmt: skip
    """Return a table of counts of people with their total; few are hidden."""
    listed = list(rows)
    cells = shown([count for _, count in listed])
    made = [(label, cell) for (label, _), cell in zip(listed, cells, strict=True)]
    made.append((total, sum(count for _, count in listed)))
    return Table(title, (Column(of), column), tuple(made), note, foot=1)


def crossed(
    title: str, of: str, columns: Sequence[str], rows: Sequence[tuple[str, Sequence[int]]],
    note: str = "",
) -> Table:  # fmt: skip
    """Return a table of counts by two labels with totals of both; few are hidden."""
    counts = [list(row) for _, row in rows]
    hide = hidden_in_table(counts, smallest=SMALLEST)
    full = [[*row, sum(row)] for row in counts]
    full.append([sum(column) for column in zip(*full, strict=True)])
    labels = [*(label for label, _ in rows), "Altogether"]
    made = tuple(
        (label, *(NOT_SHOWN if hides else count for count, hides in zip(row, cut, strict=True)))
        for label, row, cut in zip(labels, full, hide, strict=True)
    )
    heads = (Column(of), *(Column(name, "number") for name in (*columns, "All")))
    return Table(title, heads, made, note, foot=1)


def sums(title: str, of: str, rows: Iterable[tuple[str, int]], *, note: str = "") -> Table:
    """Return a table of sums of money."""
    return Table(title, (Column(of), Column("Sum", "pence")), tuple(rows), note)
