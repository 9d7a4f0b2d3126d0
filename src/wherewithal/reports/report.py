"""What a report is made of: sections of text, tables, and charts drawn from tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

Cell: TypeAlias = str | int | float | None
"""One cell of a table; ``None`` stands for too few people to show, and reads “too few”."""

Kind: TypeAlias = Literal["text", "number", "pence", "percent"]
Drawing: TypeAlias = Literal["bars", "lines", "ranges", "points"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column's name and what its cells are.

    ``pence`` cells are pence and are written in pounds; ``percent`` cells are out of a hundred
    (12.5 is written 12.5%). ``digits`` are those after the point: none but for pence, which are
    written in full unless you ask for ``digits=0``. ``signed`` writes a plus sign before gains, and
    ``symbol`` is the sign that money is written with.
    """

    name: str
    kind: Kind = "text"
    digits: int | None = None
    signed: bool = False
    symbol: str = "£"


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the last ``foot`` rows are totals. The note is printed under it."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    foot: int = 0

    def __post_init__(self) -> None:
        _once([column.name for column in self.columns], f"The table {self.title!r} has columns")
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                wrong = f"{len(row)} cells under {len(self.columns)} columns"
                raise ValueError(f"The table {self.title!r}, row {number}, has {wrong}.")

    def place(self, name: str) -> int:
        """Return the place of the column with this name, counted from 0.

        Raises:
            ValueError: there is none.
        """
        names = [column.name for column in self.columns]
        if name not in names:
            raise ValueError(f"The table {self.title!r} has no column {name!r}: {names}.")
        return names.index(name)


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of a table, which is always printed under it.

    ``says`` tells in a sentence or two what there is to see, for those who can't see it.
    ``values`` are the columns drawn, and ``label`` names them (``lines`` and ``points`` are drawn
    along it); ``low`` and ``high`` are the columns of an interval around the first value.
    ``reference`` draws a line at a value in the column's own units (pence, percent). ``diagonal``
    draws, on ``points``, where both values are the same. Rows of the table's foot aren't drawn.

    ``bars`` lie and begin at 0; ``ranges`` are a dot and its interval; ``lines`` join values in
    order; ``points`` are dots by two numbers.
    """

    kind: Drawing
    table: Table
    says: str
    label: str
    values: tuple[str, ...]
    low: str = ""
    high: str = ""
    reference: float | None = None
    diagonal: bool = False

    def __post_init__(self) -> None:
        for name in (self.label, *self.values, *filter(None, (self.low, self.high))):
            column = self.table.columns[self.table.place(name)]
            if column.kind == "text" and name in self.values:
                raise ValueError(f"{self.table.title!r}: the text of {name!r} can't be drawn.")
        if not self.values or bool(self.low) != bool(self.high):
            raise ValueError(
                f"The chart of {self.table.title!r} needs a column of values, and both ends of an"
                " interval or neither."
            )


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of a report: paragraphs, then tables and charts in order."""

    title: str
    text: tuple[str, ...] = ()
    parts: tuple[Table | Chart, ...] = ()

    def __post_init__(self) -> None:
        _once([table.title for table in tables_of(self)], f"The section {self.title!r} has tables")


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report: what it found (``lead``), what it rests on (``facts``), and its sections."""

    title: str
    lead: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]

    def __post_init__(self) -> None:
        _once([section.title for section in self.sections], "The report has sections")


def tables_of(section: Section) -> tuple[Table, ...]:
    """Return the tables of a section, those under its charts among them."""
    return tuple(part.table if isinstance(part, Chart) else part for part in section.parts)


def _once(names: Sequence[str], whose: str) -> None:
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"{whose} that are both called {name!r}. Give each its own name.")
