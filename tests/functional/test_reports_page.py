"""A report's page in a real browser: for everyone, at every width, and on paper."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.functional.looking import Visit

from wherewithal.reports import Chart, Column, Report, Section, Table, to_html

pytestmark = pytest.mark.browser

BY_AGE = Table(
    "Weekly figure by age",
    (
        Column("Age"),
        Column("Now", "pence"),
        Column("Then", "pence"),
        Column("Least", "pence"),
        Column("Most", "pence"),
    ),
    (
        ("18 to 64, with a label that goes on for longer than a line", 12345, 23456, 11000, 13000),
        ("65 to 84", 500, 400, 300, 800),
        ("85 and over", None, None, None, None),
        ("Everyone", 9900, 9800, 9000, 10000),
    ),
    "Before anyone pays towards it.",
    foot=1,
)
WIDE = Table(
    "A table too wide for a telephone",
    (Column("Group"), *(Column(f"Column number {n}", "number") for n in range(20))),
    (("All", *range(0, 20_000_000, 1_000_000)),),
)


def drawn(title: str, chart: Chart) -> Section:
    return Section(title, ("What there is to see.",), (chart,))


def everything() -> Report:
    says, values = "Younger people have the largest figure.", ("Now", "Then")
    bars = Chart("bars", BY_AGE, says, "Age", values, low="Least", high="Most")
    ranges = Chart("ranges", BY_AGE, says, "Age", ("Now",), "Least", "Most", reference=10000)
    lines = Chart("lines", BY_AGE, says, "Age", values, low="Least", high="Most")
    points = Chart("points", BY_AGE, says, "Age", values, diagonal=True)
    return Report(
        "A report with everything in it",
        ("It says what it found.",),
        (("People", "12,345"), ("Scheme", "standard-adult-with-a-very-long-name 2026.1")),
        (
            drawn("Bars", bars),
            drawn("Ranges", ranges),
            drawn("Lines", lines),
            drawn("Points", points),
            Section("Wide", (), (WIDE,)),
        ),
    )


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_the_page_is_for_everyone_at_every_width(
    browser: Browser, tmp_path: Path, width: int
) -> None:
    """320 is what 1,280 leaves at 400%."""
    path = tmp_path / "report.html"
    path.write_text(to_html(everything()), encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(path.as_uri())
    Visit(page).check().sees("too few", "£123.45", "Contents")
    pictures = page.locator("svg[role=img]").all()
    assert len(pictures) == 4
    for picture in pictures:
        box = picture.bounding_box()
        assert box is not None
        assert box["width"] <= width
    sizes = page.locator("svg.chart text").evaluate_all(
        "words => words.map(w => w.getBoundingClientRect().height)"
    )
    assert min(sizes) > 12
    page.close()


def test_a_table_too_wide_is_reached_and_moved_with_the_keyboard(
    browser: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "report.html"
    path.write_text(to_html(everything()), encoding="utf-8")
    page = browser.new_page(viewport={"width": 375, "height": 800})
    page.goto(path.as_uri())
    region = page.get_by_role("region", name="Wide A table too wide for a telephone")
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("e => e.scrollLeft > 0", arg=region.element_handle())
    page.close()
