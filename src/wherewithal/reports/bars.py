"""Charts that lie: bars from 0, and ranges with a dot for the value; one row for each label."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite

from wherewithal.reports.cells import TOO_FEW, in_brief, on_grid
from wherewithal.reports.report import Cell, Chart, Column
from wherewithal.reports.scale import Scale, spanning
from wherewithal.reports.svg import (
    LINE_HEIGHT,
    label,
    label_lines,
    level,
    tag,
    under,
    upright,
    words,
)

ROOM = 80
"""How far across bars may reach, in percent: the rest is for the number beside the longest."""
INSET = 2
BAR, GAP, ROW_GAP = 18, 4, 14
HEAD, FOOT = 24, 28


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a chart: its label, a number for each value, and an interval for the first."""

    label: str
    values: tuple[float | None, ...]
    interval: tuple[float, float] | None


def draw_rows(chart: Chart) -> tuple[str, float]:
    """Return the inside of the picture, and its height in pixels."""
    rows = list(_rows(chart))
    scale = _scale(chart, rows)
    columns = [chart.table.columns[chart.table.place(name)] for name in chart.values]
    head = HEAD if chart.reference is not None else 6
    drawn, y = [], float(head)
    for row in rows:
        lines = label_lines(row.label)
        drawn.append(label(lines, y + 14))
        y += LINE_HEIGHT * len(lines) + 2
        for place, value in enumerate(row.values):
            interval = row.interval if place == 0 else None
            draw = _bar if chart.kind == "bars" else _dot
            drawn.append(draw(value, interval, columns[place], scale, y, place + 1))
            y += BAR + GAP
        y += ROW_GAP - GAP
    bottom = y - ROW_GAP + 8
    grid = "".join(_grid(chart, columns[0], scale, head - 2, bottom))
    return grid + "".join(drawn), bottom + FOOT


def number_of(cell: Cell) -> float | None:
    """Return what a cell draws at; nothing where there is no number to draw."""
    if cell is None or isinstance(cell, str) or not isfinite(cell):
        return None
    return float(cell)


def _rows(chart: Chart) -> Iterator[Row]:
    table = chart.table
    places = [table.place(name) for name in chart.values]
    for cells in table.rows[: len(table.rows) - table.foot]:
        interval = None
        if chart.low:
            ends = [number_of(cells[table.place(name)]) for name in (chart.low, chart.high)]
            if ends[0] is not None and ends[1] is not None:
                interval = ends[0], ends[1]
        values = tuple(number_of(cells[place]) for place in places)
        yield Row(str(cells[table.place(chart.label)]), values, interval)


def _scale(chart: Chart, rows: list[Row]) -> Scale:
    found = [value for row in rows for value in row.values if value is not None]
    found += [end for row in rows if row.interval for end in row.interval]
    if chart.reference is not None:
        found.append(chart.reference)
    if chart.kind == "bars":
        found.append(0)
    return spanning(found, INSET if chart.kind == "ranges" else 0, ROOM, round_out=False)


def _bar(
    value: float | None,
    interval: tuple[float, float] | None,
    column: Column,
    scale: Scale,
    y: float,
    place: int,
) -> str:
    if value is None:
        return words(TOO_FEW, scale.at(0), y + 14, dx=6, look="few")
    left, right = sorted((scale.at(0), scale.at(value)))
    look = f"series-{place}" if value >= 0 else f"series-{place} loss"
    width = f"{max(right - left, 0.3):g}%"
    bar = tag("rect", x=f"{left:g}%", y=f"{y:g}", width=width, height=BAR, class_=look)
    bar = bar if value else ""
    end = max(right, scale.at(interval[1])) if interval else right
    return bar + _whisker(interval, scale, y) + _beside(value, column, end, y)


def _dot(
    value: float | None,
    interval: tuple[float, float] | None,
    column: Column,
    scale: Scale,
    y: float,
    place: int,
) -> str:
    if value is None:
        return words(TOO_FEW, 0, y + 14, look="few")
    end = scale.at(max(value, interval[1]) if interval else value)
    look = f"dot-{place}"
    dot = tag("circle", cx=f"{scale.at(value):g}%", cy=f"{y + 9:g}", r=6, class_=look)
    return _whisker(interval, scale, y) + dot + _beside(value, column, end, y, dx=12)


def _beside(value: float, column: Column, end: float, y: float, *, dx: float = 8) -> str:
    return words(in_brief(value, column), end, y + 14, dx=dx, look="value")


def _whisker(interval: tuple[float, float] | None, scale: Scale, y: float) -> str:
    if interval is None:
        return ""
    low, high = (scale.at(end) for end in interval)
    return "".join(
        level(low, high, y + 9, look)
        + "".join(upright(end, y + 4, y + 14, look) for end in (low, high))
        for look in ("whisker-case", "whisker")
    )


def _grid(chart: Chart, column: Column, scale: Scale, top: float, bottom: float) -> Iterator[str]:
    for tick in scale.ticks(3):
        x = scale.at(tick)
        yield upright(x, top, bottom, "zero" if tick == 0 else "grid")
        yield under(x, bottom + 18, on_grid(tick, column))
    if chart.reference is not None:
        x = scale.at(chart.reference)
        yield upright(x, top, bottom, "reference")
        yield under(x, top - 6, on_grid(chart.reference, column))
