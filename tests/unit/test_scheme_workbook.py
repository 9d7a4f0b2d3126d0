"""A scheme's workbook: what stands in it, what it refuses, and where it says a mistake is."""

import io
import zipfile
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook
from tests.spec.scheme_chapters import CHAPTERS, scheme_of

from wherewithal.cli import main
from wherewithal.scheme import Scheme, SchemeMistakes, packaged, packaged_text, read_scheme
from wherewithal.scheme.document.comments import read_comments
from wherewithal.scheme.workbook import from_workbook, read_workbook, to_workbook
from wherewithal.scheme.workbook.sheets import README, SHEETS

HERE = Path(__file__).parent
STANDARD = packaged("standard-adult")
FLORIDA = packaged("florida-ibudget-5b")
SMALL = read_scheme((HERE / "sound_scheme.yaml").read_text(encoding="utf-8"), name="small")
Place = tuple[str, int, str]
Grids = dict[str, list[list[Any]]]


class Formula(str):
    """A formula to write in a cell, with the value that is stored beside it."""

    stored: object = ""


def formula(text: str, stored: object) -> Formula:
    made = Formula(text)
    made.stored = stored
    return made


def grids(data: bytes) -> Grids:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {n: book.get_sheet_by_name(n).to_python(skip_empty_area=False) for n in book.sheet_names}


def drawn(found: Grids) -> bytes:
    """Write grids as somebody's spreadsheet program would, with nothing but their values."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in found.items():
        page = book.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, value in enumerate(cells):
                if isinstance(value, Formula):
                    page.write_formula(row, column, str(value), None, value.stored)
                elif hasattr(value, "isoformat"):
                    page.write_datetime(row, column, value, day)
                elif value != "":
                    page.write(row, column, value)
    book.close()
    return file.getvalue()


def changed(scheme: Scheme, changes: Mapping[Place, object]) -> bytes:
    """Return a scheme's workbook with other values in some cells, by sheet, row and column."""
    found = grids(to_workbook(scheme))
    for (sheet, row, name), value in changes.items():
        rows = found[sheet]
        while len(rows) < row:
            rows.append([""] * len(rows[1]))
        rows[row - 1][rows[1].index(name)] = value
    return drawn(found)


def refused(data: bytes) -> list[tuple[str, str, str]]:
    with pytest.raises(SchemeMistakes) as mistakes:
        from_workbook(data, "book.xlsx")
    return [(each.where, each.value, each.mend) for each in mistakes.value.mistakes]


def test_every_sheet_is_there_with_its_headings_and_the_read_me_first() -> None:
    found = grids(to_workbook(STANDARD))
    assert [*found] == [README, *(sheet.name for sheet in SHEETS)]
    assert found["Options"][1] == [
        "question", "code", "label", "minutes", "points", "step 1", "amount 1", "hint", "says",
    ]  # fmt: skip
    assert found["Options"][4][:4] == ["wash", "every-day", "Yes, every day", 210.0]
    assert found["Questions"][0][0] == "What is asked. The answers stand on the sheet Options."


def test_amounts_stand_beside_each_option_with_the_step_they_are_for() -> None:
    head, *rows = grids(to_workbook(FLORIDA))["Options"][1:]
    supported = dict(zip(head, rows[1], strict=True))
    assert (supported["step 1"], supported["amount 1"]) == ("living", 35.822)
    assert (supported["step 3"], supported["amount 3"]) == ("behaviour-weight", 1.4501)


def test_the_same_scheme_gives_the_same_bytes() -> None:
    assert to_workbook(STANDARD) == to_workbook(STANDARD)


def test_a_workbook_saved_by_another_program_is_still_the_same_scheme() -> None:
    for scheme in (STANDARD, FLORIDA, SMALL):
        assert from_workbook(changed(scheme, {}), "again.xlsx").hash == scheme.hash


def test_sheets_are_frozen_printable_and_offer_lists_to_choose_from() -> None:
    with zipfile.ZipFile(io.BytesIO(to_workbook(STANDARD))) as parts:
        steps = parts.read("xl/worksheets/sheet8.xml").decode()
        book = parts.read("xl/workbook.xml").decode()
    assert 'state="frozen"' in steps
    assert "half-even" in steps
    assert "'Sources'!$A$3" in steps.replace("&apos;", "'")
    assert 'orientation="landscape"' in steps
    assert "Print_Titles" in book


def test_no_cell_holds_a_formula_whatever_a_text_begins_with() -> None:
    text = packaged_text("standard-adult").replace(
        "title: Standard scheme for adults", 'title: "=HYPERLINK(1)"'
    )
    data = to_workbook(read_scheme(text, name="sly"))
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if "worksheets/sheet" in name]
        styles = parts.read("xl/styles.xml")
    assert len(sheets) == len(SHEETS) + 1
    assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)
    assert b'quotePrefix="1"' in styles
    assert from_workbook(data, "sly.xlsx").title == "=HYPERLINK(1)"


@pytest.mark.parametrize(
    ("stored", "minutes"),
    [
        (0.1, Fraction(1, 10)),
        (60.0, Fraction(60)),
        ("0.1", Fraction(1, 10)),
        ("12.345678", Fraction("12.345678")),
        (1234567.891, Fraction("1234567.891")),
        (formula("=0.05*2", 0.1), Fraction(1, 10)),
    ],
)
def test_a_number_comes_back_with_the_digits_it_is_shown_with(
    stored: object, minutes: Fraction
) -> None:
    data = changed(SMALL, {("Options", 4, "minutes"): stored, ("Options", 5, "minutes"): 9999999})
    step = next(step for step in from_workbook(data, "b.xlsx").steps if step.code == "wash.time")
    assert getattr(step, "amounts")["some"] == minutes  # noqa: B009  # one kind of step has them


@pytest.mark.parametrize(
    "number",
    ["0.1", "24.10", "0.57", "0.123456789012345", "1500.12345678901234567", "123456789012345678"],
)
def test_a_number_of_any_length_makes_the_round_trip(number: str) -> None:
    text = packaged_text("standard-adult").replace("total-above: 1500", f"total-above: {number}")
    scheme = read_scheme(text, name="standard")
    assert scheme.by_hand[-1].total_above == Fraction(number)
    assert from_workbook(to_workbook(scheme), "b.xlsx").hash == scheme.hash


@pytest.mark.parametrize(
    ("place", "value", "told", "mend"),
    [
        (("Options", 4, "minutes"), "an hour", "an hour", "Write a number in digits"),
        (("Options", 5, "minutes"), 40, "40", "More need would get less money. Write 60 or more"),
        (("Options", 4, "minutes"), "", "", "Write a number here."),
        (("Options", 6, "amount 1"), "", "", "Write the amount for own in setting here."),
        (("Options", 7, "amount 1"), "x", "x", "Write a number in digits"),
        (("Options", 3, "question"), "wahs", "wahs", "There is no such question. Did you mean wa"),
        (("Options", 4, "code"), "", "", "Fill in this cell, or clear the whole row."),
        (("Prices", 3, "hourly"), -1, "-1", "A price can't be below 0."),
        (("Prices", 3, "source"), "x", "x", "Write one of: made-up."),
        (("Questions", 3, "family can help"), "maybe", "maybe", "Write yes or no."),
        (("Questions", 3, "adds price"), "dya", "dya", "Write one of: day."),
        (("Questions", 3, "needs"), "A2, A22", "A22", "Write one of: A1"),
        (("Questions", 4, "section"), "x", "x", "Write one of: body."),
        (("Steps", 5, "price"), "day", "price", "The language has no `price` here."),
        (("Bands & curves", 8, "amount"), 20, "20", "More need would get less money. Write 25"),
        (("Steps", 8, "rounding"), "floor", "floor", "Write one of: down"),
        (("Steps", 8, "kind"), "trim", "trim", "Write one of: after-help"),
        (("Bands & curves", 4, "from"), 7, "7", "There is a gap between this band"),
        (("Bands & curves", 6, "step"), "x", "x", "There is no such step."),
        (("Parts", 4, "value"), "half", "half", "Write a number in digits"),
        (("Lines", 3, "of"), "total", "total", "Write one of:"),
        (("Costed by hand", 3, "at least"), 99, "99", "Nobody can answer this."),
        (("Costed by hand", 3, "because"), "", "", "Fill in this cell."),
        (("About", 7, "value"), "Pounds", "Pounds", "Write one of: EUR, GBP, USD."),
        (("Sources", 3, "date"), "April", "April", "Write a date like 2026-04-06."),
        (("Sections", 3, "title"), "", "", "Fill in this cell."),
    ],
)  # fmt: skip
def test_a_mistake_names_its_sheet_row_column_value_and_mend(
    place: Place, value: object, told: str, mend: str
) -> None:
    found = refused(changed(SMALL, {place: value}))
    where = f"{place[0]}, row {place[1]}, column {place[2]}"
    assert [(at, said) for at, said, how in found if how.startswith(mend)] == [(where, told)]


def test_a_formula_counts_as_the_value_that_is_stored_with_it() -> None:
    place = ("Prices", 3, "hourly")
    data = changed(SMALL, {place: formula("=WEBSERVICE(1)", 20.5)})
    assert from_workbook(data, "b.xlsx").hash == SMALL.hash
    blank = refused(changed(SMALL, {place: formula("=A1", "")}))
    assert ("Prices, row 3, column hourly", "", "This formula has no stored value. Open and save "
            "the workbook, or type the value.") in blank  # fmt: skip
    error = refused(changed(SMALL, {place: formula("=1/0", "#DIV/0!")}))
    assert ("Prices, row 3, column hourly", "#DIV/0!", "This cell shows an error. Mend its "
            "formula, or type the value.") in error  # fmt: skip


def test_a_number_with_more_digits_than_a_spreadsheet_keeps_is_not_guessed() -> None:
    found = refused(changed(SMALL, {("Prices", 3, "hourly"): 0.1234567890123456}))
    assert found == [
        ("Prices, row 3, column hourly", "0.1234567890123456",
         "A spreadsheet keeps 15 digits of a number. Round it, or type it as text."),
    ]  # fmt: skip


def test_a_row_that_is_gone_is_asked_for() -> None:
    found = grids(to_workbook(SMALL))
    assert found["About"].pop(8)[0] == "rounding"
    assert refused(drawn(found)) == [("sheet About", "", "Put the row rounding back.")]


def test_a_code_that_stands_twice_is_named_where_it_stands_again() -> None:
    found = grids(to_workbook(SMALL))
    found["Options"].insert(3, found["Options"][2])
    where = [where for where, _, mend in refused(drawn(found)) if mend.startswith("Another option")]
    assert where == ["Options, row 4, column code"]


def test_all_mistakes_are_named_at_once() -> None:
    places: dict[Place, object] = {
        ("Options", 4, "minutes"): "an hour",
        ("Prices", 3, "hourly"): formula("=1/0", "#N/A"),
        ("Steps", 8, "rounding"): "floor",
    }
    assert len(refused(changed(SMALL, places))) == 3


@pytest.mark.parametrize("gone", [sheet.name for sheet in SHEETS if sheet.name != "Notes"])
def test_a_sheet_that_is_not_there_is_asked_for(gone: str) -> None:
    found = grids(to_workbook(SMALL))
    del found[gone]
    assert [where for where, _, _ in refused(drawn(found))] == [f"sheet {gone}"]


def test_headings_may_move_but_not_be_misspelt_or_left_out() -> None:
    found = grids(to_workbook(SMALL))
    found["Prices"] = [row[::-1] for row in found["Prices"]]
    assert from_workbook(drawn(found), "b.xlsx").hash == SMALL.hash
    found["Prices"][1][1] = "hourlly"
    told = refused(drawn(found))
    assert ("Prices, row 2", "hourlly", "No column is called this. Did you mean `hourly`? "
            "Begin your own headings with #.") in told  # fmt: skip
    found["Prices"][1][1] = "# our notes"
    missing = "These headings are missing: hourly. Put them back."
    assert refused(drawn(found)) == [("Prices, row 2", "", missing)]


def test_points_stand_beside_each_option_and_older_workbooks_lack_the_column() -> None:
    scheme = scheme_of(next(each for each in CHAPTERS if each.title == "Points beside each answer"))
    found = grids(to_workbook(scheme))
    head = found["Options"][1]
    assert [row[head.index("points")] for row in found["Options"][2:]] == [0, 4, 10]
    assert from_workbook(to_workbook(scheme), "b.xlsx").hash == scheme.hash
    assert refused(changed(scheme, {("Options", 4, "points"): "many"}))[0][:2] == (
        "Options, row 4, column points", "many",
    )  # fmt: skip
    older = grids(to_workbook(SMALL))
    place = older["Options"][1].index("points")
    older["Options"][1:] = [row[:place] + row[place + 1 :] for row in older["Options"][1:]]
    assert from_workbook(drawn(older), "b.xlsx").hash == SMALL.hash


def test_columns_of_your_own_are_left_alone() -> None:
    found = grids(to_workbook(SMALL))
    for row, text in zip(found["Prices"], ["", "# checked by", "Ann"], strict=True):
        row.append(text)
    assert from_workbook(drawn(found), "b.xlsx").hash == SMALL.hash


@pytest.mark.parametrize("data", [b"", b"not a workbook", b"PK\x03\x04broken"])
def test_what_is_no_workbook_is_refused_with_words(data: bytes) -> None:
    assert refused(data)[0][2].startswith("This is not an Excel workbook. Save it as .xlsx")


def test_a_workbook_made_to_fill_the_memory_is_refused() -> None:
    found = grids(to_workbook(SMALL))
    found["Sections"] += [[""]] * 20_000 + [["far"]]
    assert "larger than any scheme" in refused(drawn(found))[0][2]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", b" " * 40_000_000)
    assert "larger than any scheme" in refused(file.getvalue())[0][2]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as parts:
        parts.writestr("xl/_rels/workbook.xml.rels", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    assert "document type" in refused(file.getvalue())[0][2]


def test_comments_of_the_document_come_back_in_their_places(tmp_path: Path) -> None:
    for code in ("standard-adult", "florida-ibudget-5b"):
        comments = read_comments(packaged_text(code))
        book, back = tmp_path / f"{code}.xlsx", tmp_path / f"{code}.yaml"
        assert main(["scheme", "export", code, "--out", str(book)]) == 0
        assert main(["scheme", "import", str(book), "--out", str(back)]) == 0
        assert read_comments(back.read_text(encoding="utf-8")) == comments
        assert read_scheme(back.read_text(encoding="utf-8"), name=code).hash == packaged(code).hash


def test_notes_stand_on_a_sheet_of_their_own() -> None:
    data = to_workbook(SMALL, comments={("prices", "day", "hourly"): "between 19 and 22"})
    assert grids(data)["Notes"][2] == ["prices > day > hourly", "beside", "between 19 and 22"]
    assert read_workbook(data, "b.xlsx")[1].beside == {
        ("prices", "day", "hourly"): "between 19 and 22"
    }


def test_a_workbook_is_read_wherever_a_scheme_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "mine.xlsx"
    book.write_bytes(changed(STANDARD, {("Options", 5, "minutes"): 999}))
    assert main(["scheme", "check", str(book)]) == 1
    said = capsys.readouterr().err
    assert f"{book} has 1 mistake" in said
    assert "Options, row 6, column minutes: '420'. More need would get less money." in said
    book.write_bytes(changed(STANDARD, {("Options", 6, "minutes"): 480}))
    assert main(["scheme", "check", str(book)]) == 0
    assert main(["scheme", "diff", "standard-adult", str(book)]) == 0
    assert (
        "Answer “Yes, more than once every day” to “Do you need help to keep clean?”: "
        "from 420 to 480 minutes (+60). Source: Wherewithal standard scheme, first proposal."
    ) in capsys.readouterr().out


def test_commands_say_what_is_wrong_with_a_path(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["scheme", "import", str(tmp_path / "none.xlsx")]) == 1
    assert "none.xlsx can't be read (No such file or directory)" in capsys.readouterr().err
    assert main(["scheme", "check", str(tmp_path / "none.xlsx")]) == 1
    assert "none.xlsx can't be read" in capsys.readouterr().err
    assert main(["scheme", "export", "standard-adult", "--out", str(tmp_path / "mine.csv")]) == 1
    assert "End it with .xlsx." in capsys.readouterr().err
    assert main(["scheme", "export", "standard-adult", "--out", str(tmp_path / "no/m.xlsx")]) == 1
    assert "can't be written (No such file or directory)" in capsys.readouterr().err
