"""A report as one HTML page."""

from functools import cache
from importlib.resources import files
from itertools import count

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from wherewithal.reports.bars import draw_rows
from wherewithal.reports.cells import in_full
from wherewithal.reports.lines import draw_lines, draw_points
from wherewithal.reports.report import Chart, Column, Report
from wherewithal.reports.svg import tag

DRAW = {"bars": draw_rows, "ranges": draw_rows, "lines": draw_lines, "points": draw_points}


def page(report: Report) -> str:
    """Return the page: plain HTML and SVG, its one style sheet within it."""
    return _environment().from_string(_packaged("page.html")).render(report=report)


@cache
def _packaged(name: str) -> str:
    return files("wherewithal.reports").joinpath(name).read_text(encoding="utf-8")


def _environment() -> Environment:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    numbers = count(1)
    environment.globals.update(
        style=Markup(_packaged("page.css")),  # noqa: S704  our own style sheet
        number=lambda: next(numbers),
        picture=picture,
        in_full=in_full,
        is_chart=lambda part: isinstance(part, Chart),
        keys=_keys,
        look=_look,
    )
    return environment


def picture(chart: Chart, number: int) -> Markup:
    """Return a chart as SVG with a title and a description that screen readers read out."""
    inside, height = DRAW[chart.kind](chart)
    title, says = f"chart-{number}-title", f"chart-{number}-says"
    escaped = [str(Markup.escape(text)) for text in (chart.table.title, chart.says)]
    head = tag("title", escaped[0], id=title) + tag("desc", escaped[1], id=says)
    svg = tag("svg", head + inside, role="img", aria_labelledby=f"{title} {says}",
              class_="chart", width="100%", height=f"{height:g}")  # fmt: skip
    return Markup(svg)  # noqa: S704  every word in it was escaped by tag and words


def _keys(chart: Chart) -> list[tuple[str, str]]:
    """Return what each colour stands for, where there is more than one."""
    if chart.kind == "points" or len(chart.values) < 2:
        return []
    shape = {"bars": "series", "lines": "line", "ranges": "dot"}[chart.kind]
    return [(name, f"{shape}-{place}") for place, name in enumerate(chart.values, start=1)]


def _look(cell: object, column: Column) -> str:
    looks = [] if column.kind == "text" else ["number"]
    return " ".join([*looks, "few"] if cell is None else looks)
