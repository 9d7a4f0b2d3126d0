"""Charts that stand: lines joined in order, and points by two numbers."""

from collections.abc import Iterator, Sequence
from math import ceil

from wherewithal.reports.bars import number_of
from wherewithal.reports.cells import on_grid
from wherewithal.reports.report import Chart, Column
from wherewithal.reports.scale import Scale, spanning
from wherewithal.reports.svg import level, tag, under, upright, words

TOP, PLOT, FOOT = 46, 250, 46
LEFT, RIGHT = 16, 96
MOST_LABELS = 6
MOST_NAMED = 12

Point = tuple[float, float]


def draw_lines(chart: Chart) -> tuple[str, float]:
    """Return the inside of a picture of lines, and its height in pixels."""
    rows = chart.table.rows[: len(chart.table.rows) - chart.table.foot]
    labels = [row[chart.table.place(chart.label)] for row in rows]
    along = [number_of(cell) for cell in labels]
    evenly = any(place is None for place in along)
    xs = [float(i) if evenly or place is None else place for i, place in enumerate(along)]
    series = [_points(chart, name, xs) for name in chart.values]
    ends = [_points(chart, name, xs) for name in (chart.low, chart.high) if name]
    column = chart.table.columns[chart.table.place(chart.values[0])]
    wide = spanning(xs, LEFT, RIGHT, round_out=False)
    found = [y for points in [*series, *ends] for _, y in points]
    high = spanning([*found, *_reference(chart)], TOP + PLOT, TOP, round_out=True)
    marks = _marked(chart, xs, evenly=evenly)
    drawn = [*_levels(chart, column, high), *_along(wide, marks, chart)]
    if ends:
        drawn.append(_band(ends[0], ends[1], wide, high))
    for place, points in enumerate(series, start=1):
        drawn.append(_line(points, wide, high, place))
    return "".join(drawn), TOP + PLOT + FOOT


def draw_points(chart: Chart) -> tuple[str, float]:
    """Return the inside of a picture of points: the first value is across, the second up."""
    rows = chart.table.rows[: len(chart.table.rows) - chart.table.foot]
    names = [str(row[chart.table.place(chart.label)]) for row in rows]
    across, up = chart.values[0], chart.values[1] if len(chart.values) > 1 else chart.values[0]
    pairs = [tuple(number_of(row[chart.table.place(n)]) for n in (across, up)) for row in rows]
    found = [(n, x, y) for n, (x, y) in zip(names, pairs, strict=True) if None not in (x, y)]
    points = [(name, x, y) for name, x, y in found if x is not None and y is not None]
    xs, ys = [x for _, x, _ in points], [y for _, _, y in points]
    both = [*xs, *ys] if chart.diagonal else []
    wide = spanning([*xs, *both], LEFT, RIGHT, round_out=True)
    high = spanning([*ys, *both, *_reference(chart)], TOP + PLOT, TOP, round_out=True)
    columns = [chart.table.columns[chart.table.place(name)] for name in (across, up)]
    marks = [(tick, on_grid(tick, columns[0])) for tick in wide.ticks()]
    drawn = [*_levels(chart, columns[1], high), *_along(wide, marks, chart)]
    if chart.diagonal:
        drawn.append(_slant(wide, high))
    drawn += [_point(name, x, y, wide, high, len(points)) for name, x, y in points]
    return "".join(drawn), TOP + PLOT + FOOT


def _points(chart: Chart, name: str, xs: Sequence[float]) -> list[Point]:
    place = chart.table.place(name)
    rows = chart.table.rows[: len(chart.table.rows) - chart.table.foot]
    found = [(x, number_of(row[place])) for x, row in zip(xs, rows, strict=True)]
    return [(x, y) for x, y in found if y is not None]


def _reference(chart: Chart) -> list[float]:
    return [] if chart.reference is None else [chart.reference]


def _marked(chart: Chart, xs: Sequence[float], *, evenly: bool) -> list[tuple[float, str]]:
    """Return where labels stand along the foot: all of them, or every second, or third …"""
    place = chart.table.place(chart.label)
    column = chart.table.columns[place]
    if not evenly and len(xs) > MOST_LABELS:
        ticks = spanning(xs, 0, 1, round_out=False).ticks()
        return [(tick, on_grid(tick, column)) for tick in ticks]
    every = max(1, ceil(len(xs) / MOST_LABELS))
    names = [str(row[place]) for row in chart.table.rows]
    return [(x, names[i]) for i, x in enumerate(xs) if i % every == 0]


def _levels(chart: Chart, column: Column, high: Scale) -> Iterator[str]:
    if chart.kind == "points" or len(chart.values) == 1:
        yield words(chart.values[-1], 0, 14, look="axis")
    for tick in high.ticks():
        y = high.at(tick)
        yield level(0, 100, y, "zero" if tick == 0 else "grid")
        yield words(on_grid(tick, column), 0, y - 5, look="tick")
    if chart.reference is not None:
        yield level(0, 100, high.at(chart.reference), "reference")


def _along(wide: Scale, marks: Sequence[tuple[float, str]], chart: Chart) -> Iterator[str]:
    bottom = TOP + PLOT
    for value, text in marks:
        x = wide.at(value)
        yield upright(x, bottom, bottom + 5, "zero")
        yield under(x, bottom + 20, text)
    name = chart.label if chart.kind == "lines" else chart.values[0]
    yield words(name, 100, bottom + 40, look="axis", end="end")


def _stretched(inside: str) -> str:
    """Return shapes drawn on a square of 1,000 by the plot's height, stretched to the page."""
    return tag("svg", inside, x=0, y=0, width="100%", height=TOP + PLOT,
               viewBox=f"0 0 1000 {TOP + PLOT}", preserveAspectRatio="none")  # fmt: skip


def _path(points: Sequence[Point], wide: Scale, high: Scale) -> str:
    return " ".join(f"{wide.at(x) * 10:g},{high.at(y):g}" for x, y in points)


def _line(points: Sequence[Point], wide: Scale, high: Scale, place: int) -> str:
    joined = tag("polyline", points=_path(points, wide, high), class_=f"line-{place}")
    dots = [
        tag("circle", cx=f"{wide.at(x):g}%", cy=f"{high.at(y):g}", r=5, class_=f"dot-{place}")
        for x, y in (points if len(points) <= 2 * MOST_NAMED else ())
    ]
    return _stretched(joined) + "".join(dots)


def _band(lows: Sequence[Point], highs: Sequence[Point], wide: Scale, high: Scale) -> str:
    around = _path([*lows, *reversed(highs)], wide, high)
    return _stretched(tag("polygon", points=around, class_="band"))


def _slant(wide: Scale, high: Scale) -> str:
    low, top = max(wide.low, high.low), min(wide.high, high.high)
    ends = _path([(low, low), (top, top)], wide, high)
    return _stretched(tag("polyline", points=ends, class_="reference"))


def _point(name: str, x: float, y: float, wide: Scale, high: Scale, count: int) -> str:
    across, up = wide.at(x), high.at(y)
    dot = tag("circle", cx=f"{across:g}%", cy=f"{up:g}", r=6 if count <= MOST_NAMED else 4,
              class_="dot-1 clear")  # fmt: skip
    if count > MOST_NAMED or len(name) > 4:
        return dot
    return dot + words(name, across, up - 11, look="tick", end="middle")
