"""Reports: nothing hidden is told, nothing runs, and pictures say what their tables say."""

import re
import sys
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from wherewithal.reports import Chart, Column, Report, Section, Table, to_csv, to_html, to_xlsx
from wherewithal.reports.cells import in_brief, in_full
from wherewithal.reports.report import Cell, Drawing
from wherewithal.reports.scale import spanning

POUNDS = Column("Cost", "pence")
CHANGE = Column("Change", "pence", signed=True)
SHARE = Column("Share", "percent", 1)
EVIL = '=cmd|"/c calc"!A1 <script>alert(1)</script>'


def table(*rows: tuple[Cell, ...], foot: int = 0, title: str = "Cost by age") -> Table:
    return Table(title, (Column("Age"), POUNDS, CHANGE, SHARE), rows, "A note.", foot)


def report(*parts: Table | Chart, lead: str = "Costs rise.") -> Report:
    return Report("A report", (lead,), (("People", "12"),), (Section("Ages", ("Text.",), parts),))


def chart(kind: Drawing = "bars") -> Chart:
    rows = table(("18–64", 10000, 500, 50.0), ("65+", 20000, -250, 100.0), ("85+", None, 0, 1.0))
    values = ("Cost", "Change") if kind == "points" else ("Cost",)
    return Chart(kind, rows, "Costs double at 65.", "Age", values)


@pytest.mark.parametrize(
    ("cell", "column", "full"),
    [
        (123456, POUNDS, "£1,234.56"),
        (-123456, POUNDS, "−£1,234.56"),
        (123456, Column("x", "pence", 0), "£1,235"),
        (5, CHANGE, "+£0.05"),
        (0, CHANGE, "£0.00"),
        (-5, CHANGE, "−£0.05"),
        (12.5, SHARE, "12.5%"),
        (-0.01, SHARE, "0.0%"),
        (1234567, Column("x", "number"), "1,234,567"),
        (None, POUNDS, "too few"),
        (float("nan"), SHARE, "–"),
        ("none", POUNDS, "none"),
        (7, Column("x"), "7"),
    ],
)
def test_cells_read_as_people_write(cell: Cell, column: Column, full: str) -> None:
    assert in_full(cell, column) == full


@pytest.mark.parametrize(
    ("pence", "brief"),
    [(125, "£1.25"), (500, "£5"), (1250, "£12"), (1234567, "£12,346"), (-123456789, "−£1.2m")],
)
def test_charts_round_money_to_what_can_be_read(pence: int, brief: str) -> None:
    assert in_brief(pence, POUNDS) == brief


def test_a_csv_has_pounds_units_and_no_formulas() -> None:
    text = to_csv(table((EVIL, 123450, -5, 12.5), ("-1", None, 0, float("nan"))))
    first, one, two = text.splitlines()
    assert first == "Age,Cost (£),Change (£),Share (%)"
    assert one.startswith("\"'=cmd")
    assert one.endswith(",1234.50,-0.05,12.5")
    assert two == "'-1,too few,0.00,"


def test_a_workbook_holds_numbers_as_numbers_and_formulas_as_text() -> None:
    made = report(table((EVIL, 123450, -5, 12.5), ("All", None, 3, 2.0), foot=1), lead="=1+1")
    book = CalamineWorkbook.from_filelike(BytesIO(to_xlsx(made)))
    assert book.sheet_names == ["About", "Cost by age"]
    rows = book.get_sheet_by_name("Cost by age").to_python()
    assert rows[2] == ["Age", "Cost (£)", "Change (£)", "Share (%)"]
    assert rows[3] == [EVIL, 1234.5, -0.05, 12.5]
    assert rows[4][:2] == ["All", "too few"]
    about = book.get_sheet_by_name("About").to_python()
    assert any("=1+1" in row for row in about)


def test_a_workbook_is_the_same_to_the_byte() -> None:
    assert to_xlsx(report(chart())) == to_xlsx(report(chart()))


def test_sheets_of_long_and_like_names_are_told_apart() -> None:
    long = "What [people] have: a very long title indeed"
    made = report(table(title=long + " 1"), table(title=long + " 2"), table(title="About"))
    names = CalamineWorkbook.from_filelike(BytesIO(to_xlsx(made))).sheet_names
    assert len({name.lower() for name in names}) == 4
    assert all(len(name) <= 31 for name in names)


def test_a_page_is_one_file_without_a_script() -> None:
    page = to_html(report(table((EVIL, 1, 2, 3.0)), lead=EVIL))
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert not re.search(r'(src|href)="(?!#)', page)
    assert '<html lang="en-GB">' in page
    assert page.count("<h1") == 1
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for link in re.findall(r'(?:href="#|aria-labelledby=")([^"]+)"', page):
        assert set(link.split()) <= set(ids)


def test_a_picture_has_a_title_a_description_and_its_table() -> None:
    made = chart()
    page = to_html(report(Chart("bars", made.table, f"See {EVIL}", "Age", ("Cost",))))
    assert re.search(r'<svg role="img" aria-labelledby="(\S+) (\S+)"', page)
    assert ">Cost by age</title>" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;</desc>" in page
    assert '<td class="number">£200.00</td>' in page
    assert '<td class="number few">too few</td>' in page


def test_bars_are_as_long_as_their_numbers_and_too_few_has_none() -> None:
    page = to_html(report(chart()))
    widths = [float(w) for w in re.findall(r'<rect x="0%" y="\S+" width="([\d.]+)%"', page)]
    assert len(widths) == 2
    assert widths[1] == pytest.approx(2 * widths[0])
    assert ">too few</text>" in page


def test_a_loss_lies_left_of_nothing_in_a_colour_of_its_own() -> None:
    rows = table(("up", 1, 300, 1.0), ("down", 1, -100, 1.0))
    page = to_html(report(Chart("bars", rows, "Some lose.", "Age", ("Change",))))
    up, down = re.findall(r'<rect x="([\d.]+)%" y="\S+" width="([\d.]+)%" \S+ class="(.*?)"', page)
    assert down[2] == "series-1 loss"
    assert float(down[0]) == 0
    assert float(down[1]) == pytest.approx(float(up[0]))
    assert float(up[1]) == pytest.approx(3 * float(down[1]))


@pytest.mark.parametrize("kind", ["bars", "ranges", "lines", "points"])
def test_every_kind_of_chart_is_drawn_with_its_reference_and_without(kind: Drawing) -> None:
    plain = to_html(report(chart(kind)))
    made = chart(kind)
    marked = Chart(kind, made.table, "x", "Age", made.values, reference=15000)
    assert 'class="reference"' not in plain.partition("</style>")[2]
    assert 'class="reference"' in to_html(report(marked)).partition("</style>")[2]


@pytest.mark.parametrize("kind", ["bars", "ranges", "lines", "points"])
@pytest.mark.parametrize("cell", [None, "none", float("nan"), 0])
def test_a_chart_of_nothing_is_still_a_page(kind: Drawing, cell: Cell) -> None:
    rows = table(("18–64", cell, cell, cell))
    values = ("Cost", "Change") if kind == "points" else ("Cost",)
    made = Chart(kind, rows, "Nothing to see.", "Age", values)
    assert "nan" not in to_html(report(made)).partition("</style>")[2]
    assert "<caption" in to_html(report(Chart(kind, table(), "Empty.", "Age", values)))


def test_totals_stand_apart_and_are_not_drawn() -> None:
    rows = table(("18–64", 100, 0, 1.0), ("All", 100, 0, 1.0), foot=1)
    page = to_html(report(Chart("bars", rows, "One bar.", "Age", ("Cost",))))
    assert page.count("<rect ") == 1
    assert '<tbody class="foot">' in page


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Table("T", (Column("A"), Column("A")), ()), "both called 'A'"),
        (lambda: Table("T", (Column("A"),), ((1, 2),)), "row 1, has 2 cells under 1 columns"),
        (lambda: Section("S", (), (table(), table())), "both called 'Cost by age'"),
        (lambda: Chart("bars", table(), "x", "Age", ("Sum",)), "no column 'Sum'"),
        (lambda: Chart("bars", table(), "x", "Cost", ("Age",)), "text of 'Age' can't be drawn"),
        (lambda: Chart("bars", table(), "x", "Age", ("Cost",), low="Share"), "both ends"),
    ],
)
def test_a_report_that_makes_no_sense_is_refused(make: object, says: str) -> None:
    assert callable(make)
    with pytest.raises(ValueError, match=says):
        make()


@pytest.mark.parametrize("values", [[0.0], [5.0], [-3.0, -1.0], [1e-9, 2e9], [7.0, 7.0], []])
def test_scales_hold_their_values_and_stand_at_round_numbers(values: list[float]) -> None:
    for round_out in (True, False):
        scale = spanning(values, 10, 90, round_out=round_out)
        assert scale.low < scale.high
        assert all(10 <= scale.at(value) <= 90 for value in values)
        assert all(10 <= scale.at(tick) <= 90 for tick in scale.ticks())
        assert 1 <= len(scale.ticks()) <= 9


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, library in (("page", "jinja2"), ("workbook", "xlsxwriter")):
        monkeypatch.setitem(sys.modules, library, None)
        monkeypatch.delitem(sys.modules, f"wherewithal.reports.{module}", raising=False)
        with pytest.raises(ImportError, match=rf"needs {library}.*wherewithal\[analysis\]"):
            (to_html if module == "page" else to_xlsx)(report(table()))
