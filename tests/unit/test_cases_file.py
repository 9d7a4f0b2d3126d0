"""A file of cases: the same from CSV and Parquet, with or without pyarrow, and kind when wrong."""

import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from wherewithal.allocation import columns_of, evaluate
from wherewithal.allocation.answers import Answer, Answers, Missing
from wherewithal.allocation.cases import Cases, CasesMistake, Groups, read_cases, take
from wherewithal.scheme import Scheme, packaged, read_scheme

TICKS = """
scheme: ticks
version: "1"
title: Ticks
money: {currency: GBP, per: week, rounding: half-up}
source: made-up
sources:
  made-up: {text: Made up for a test, date: 2026-04-01, status: unverified, reason: Only a test}
sections:
  all: {title: All of it}
questions:
  ill:
    section: all
    ask: Which of these do you live with?
    kind: several
    options: {fits: {label: Fits}, pain: {label: Pain}, sores: {label: Sores}}
steps:
  money:
    kind: choice
    question: ill
    amounts: {fits: 10, pain: 20, sores: 30}
    source: made-up
    unit: money
lines:
  all: {label: All of it, of: money}
"""
PLAIN = {"wash": "no-help", "work": "n/a", "child": "n/a", "bad-more": "n/a"}


def scheme() -> Scheme:
    return packaged("standard-adult")


def row(scheme: Scheme, **cells: str) -> dict[str, str]:
    """One person with the least answer to every question, but for the cells given."""
    least = {q.code: PLAIN.get(q.code, q.options[0].code) for q in scheme.questions}
    return {"id": "A1", **least, **{name.replace("_help", ".help"): c for name, c in cells.items()}}


def write(path: Path, rows: list[dict[str, str]]) -> Path:
    lines = [",".join(rows[0]), *(",".join(each.values()) for each in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(params=["with pyarrow", "without pyarrow"])
def reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "without pyarrow":
        monkeypatch.setitem(sys.modules, "pyarrow", None)
    return str(request.param)


@pytest.mark.usefixtures("reader")
def test_a_row_becomes_a_person_with_answers_help_cost_and_groups(tmp_path: Path) -> None:
    one = row(scheme(), wash_help="50%", carer_willing="yes", carer_able="", agreed="£312.5")
    two = {**one, "id": "A2", "wash": "every-day", "wash.help": "", "agreed": "0"}
    two |= {"dress": "unknown", "meals": "declined", "move": " ", "carer_willing": "no"}
    for each, age, alone in ((one, "85+", "yes"), (two, "18–24", "Unknown")):
        each |= {"contingency": "20" if each is one else "", "age_band": age, "alone_at": alone}
    cases = read_cases(scheme(), write(tmp_path / "cases.csv", [one, two]))
    assert cases.ids == ("A1", "A2")
    assert cases.columns["wash"].tolist() == [0, 2]
    assert cases.columns["wash.help"].tolist() == [50, 0]
    assert [cases.columns[code][1] for code in ("dress", "meals", "move")] == [-4, -3, -1]
    assert cases.columns["work"].tolist() == [-2, -2]
    assert cases.columns["carer_willing"].tolist() == [1, 0]
    assert cases.columns["carer_able"].tolist() == [-1, -1]
    assert cases.agreed is not None
    assert cases.agreed.tolist() == [31250, 0]
    assert cases.contingency is not None
    assert cases.contingency.tolist() == [2000, 0]
    assert cases.groups["age_band"].labels == ("18–24", "85+")
    assert cases.groups["age_band"].codes.tolist() == [1, 0]
    assert cases.groups["alone_at"].codes.tolist() == [0, -1]
    assert evaluate(scheme(), cases.columns)["status"].tolist() == [0, 1]


@pytest.mark.usefixtures("reader")
def test_ticks_are_joined_by_semicolons_and_held_as_bits(tmp_path: Path) -> None:
    """The options are fits, pain and sores: bits 1, 2 and 4."""
    ticks = read_scheme(TICKS, name="ticks")
    cells = ["fits", "pain; fits", "none", "sores", "declined", ""]
    rows = [{"id": f"A{place}", "ill": cell} for place, cell in enumerate(cells)]
    cases = read_cases(ticks, write(tmp_path / "cases.csv", rows))
    assert cases.columns["ill"].tolist() == [1, 3, 0, 4, -3, -1]
    said: list[Answer] = [frozenset({"fits"}), frozenset({"pain", "fits"}), frozenset()]
    made = columns_of(ticks, [Answers({"ill": each}) for each in said])
    assert made["ill"].tolist() == [1, 3, 0]
    assert made["ill"].dtype == cases.columns["ill"].dtype
    for wrong in ("fits;fits", "fits;cold", "fits,none", ";"):
        with pytest.raises(CasesMistake, match=r"row 2, column ill: .* Allowed: none, or any of"):
            read_cases(ticks, write(tmp_path / "c.csv", [{"id": "A", "ill": f'"{wrong}"'}]))


@pytest.mark.usefixtures("reader")
def test_columns_are_those_that_people_one_by_one_would_make(tmp_path: Path) -> None:
    least = row(scheme())
    cases = read_cases(scheme(), write(tmp_path / "cases.csv", [least]))
    said = {
        code: Missing.NOT_APPLICABLE if text == "n/a" else text
        for code, text in least.items()
        if code != "id"
    }
    made = columns_of(scheme(), [Answers(said)])
    for name, column in cases.columns.items():
        assert column.tolist() == made[name].tolist(), name
        assert column.dtype == made[name].dtype, name


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"wash": "sometimes"}, r"cases.csv, row 3, column wash: 'sometimes' can't be used. Allow"),
        ({"wash": "n/a"}, "row 3, column wash: 'n/a' can't be used. Allowed: no-help, .*unknown"),
        ({"wash_help": "101"}, "row 3, column wash.help: '101' .* whole number from 0 to 100"),
        ({"agreed": "lots"}, "row 3, column agreed: 'lots' .* pounds like 312.50"),
        ({"agreed": ""}, "row 3, column agreed: '' .* Leave out people with no agreed plan"),
        ({"agreed": "-5"}, "row 3, column agreed: '-5' .* from 0 up"),
        ({"carer_able": "perhaps"}, "row 3, column carer_able: 'perhaps' .* yes, no or blank"),
        ({"id": ""}, "row 3, column id: it is blank. Give every row an id"),
        ({"id": "A1"}, "row 3, column id: 'A1' is also the id of row 2. Give each row its own"),
    ],
)
@pytest.mark.usefixtures("reader")
def test_a_mistake_names_the_file_row_column_value_and_mend(
    tmp_path: Path, cells: dict[str, str], says: str
) -> None:
    well = row(scheme(), wash_help="0", agreed="1.00", carer_able="yes")
    wrong = well | {"id": "A2"} | {name.replace("_help", ".help"): c for name, c in cells.items()}
    with pytest.raises(CasesMistake, match=says):
        read_cases(scheme(), write(tmp_path / "cases.csv", [well, wrong]))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "lacks the columns: id, wash"),
        ("id,wash\n1,no-help\n", "lacks the columns: dress"),
        ("id,wash,wash \n1,a,b\n", "two columns are called 'wash'. Keep one"),
        ("id,wash\n1,no-help,2\n", "row 2: 3 cells under 2 columns"),
        ("id;wash\n1;no-help\n", "columns are parted by semicolons. Save it with commas"),
        ("id\twash\n1\tno-help\n", "columns are parted by tabs. Save it with commas"),
        (",id,wash\n0,1,no-help\n", "column 1 has no name. Give it one, or delete the column"),
    ],
)
@pytest.mark.usefixtures("reader")
def test_a_file_of_the_wrong_shape_is_refused(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "cases.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CasesMistake, match=says):
        read_cases(scheme(), path)


@pytest.mark.usefixtures("reader")
def test_help_where_none_is_asked_for_is_refused(tmp_path: Path) -> None:
    wrong = row(scheme()) | {"bad-often.help": "5"}
    with pytest.raises(
        CasesMistake, match=r"column bad-often\.help: family help can't be recorded"
    ):
        read_cases(scheme(), write(tmp_path / "cases.csv", [wrong]))


@pytest.mark.usefixtures("reader")
def test_blank_lines_are_passed_over_and_still_counted(tmp_path: Path) -> None:
    path = write(tmp_path / "cases.csv", [row(scheme())])
    first, second = path.read_text().splitlines()
    blanks = "," * first.count(",")
    path.write_text(f"{first}\n\n{second}\n{blanks}\n\n{second.replace('A1', 'A2')}\n")
    assert read_cases(scheme(), path).ids == ("A1", "A2")
    path.write_text(f"{first}\n\n{second}\n{blanks}\n\n{second}\n")
    with pytest.raises(CasesMistake, match="row 6, column id: 'A1' is also the id of row 3"):
        read_cases(scheme(), path)


def test_a_file_that_is_not_there_or_not_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(CasesMistake, match=r"can't be read .* Check the path"):
        read_cases(scheme(), tmp_path / "none.csv")
    for name in ("odd.csv", "odd.parquet"):
        (tmp_path / name).write_bytes(b"id,wash\n\xff\xfe,1\n")
        with pytest.raises(CasesMistake, match=rf"{name} is not a"):
            read_cases(scheme(), tmp_path / name)


@pytest.mark.usefixtures("reader")
def test_empty_columns_without_a_name_are_passed_over(tmp_path: Path) -> None:
    """Spreadsheets leave them at the right, with empty rows below."""
    path = write(tmp_path / "cases.csv", [row(scheme(), area="North")])
    lines = [f"{line},," for line in path.read_text(encoding="utf-8").splitlines()]
    empty = "," * (lines[0].count(","))
    path.write_text("\r\n".join([*lines, empty, empty, ""]), encoding="utf-8")
    cases = read_cases(scheme(), path)
    assert len(cases.ids) == 1
    assert list(cases.groups) == ["area"]


def test_parquet_with_two_columns_of_one_name_is_refused(tmp_path: Path) -> None:
    table = pa.Table.from_arrays([pa.array(["1"]), pa.array(["a"]), pa.array(["b"])],
                                 names=["id", "wash", "wash"])  # fmt: skip
    parquet.write_table(table, tmp_path / "cases.parquet")
    with pytest.raises(CasesMistake, match=r"two columns are called 'wash'\. Keep one"):
        read_cases(scheme(), tmp_path / "cases.parquet")


def test_parquet_holds_the_same_cases_in_types_of_its_own(tmp_path: Path) -> None:
    one = row(scheme(), wash="declined")
    table = {name: [cell, cell] for name, cell in one.items()} | {
        "id": [7, 8],
        "wash.help": [50.0, None],
        "carer_able": [True, None],
        "agreed": [312.5, 20.0],
        "area": ["North", None],
    }
    parquet.write_table(pa.table(table), tmp_path / "cases.parquet")
    cases = read_cases(scheme(), tmp_path / "cases.parquet")
    assert cases.ids == ("7", "8")
    assert cases.columns["wash"].tolist() == [-3, -3]
    assert cases.columns["wash.help"].tolist() == [50, 0]
    assert cases.columns["carer_able"].tolist() == [1, -1]
    assert cases.agreed is not None
    assert cases.agreed.tolist() == [31250, 2000]
    assert cases.groups["area"].codes.tolist() == [0, -1]


def test_parquet_without_pyarrow_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (tmp_path / "cases.parquet").write_bytes(b"")
    with pytest.raises(CasesMistake, match=r'pip install "wherewithal\[analysis\]"'):
        read_cases(scheme(), tmp_path / "cases.parquet")


def test_a_column_that_tells_everybody_apart_is_no_group(tmp_path: Path) -> None:
    rows = [row(scheme()) | {"id": f"A{n}", "note": f"n{n}", "area": "x"} for n in range(300)]
    cases = read_cases(scheme(), write(tmp_path / "cases.csv", rows))
    assert set(cases.groups) == {"area"}
    assert cases.left_out == ("note",)


def test_labels_stand_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    labels = ["100 or more", "25 to 34", "under 25", "9", "unknown", "Æ", "B"]
    rows = [row(scheme()) | {"id": f"A{n}", "band": b} for n, b in enumerate(labels)]
    cases = read_cases(scheme(), write(tmp_path / "cases.csv", rows))
    assert cases.groups["band"].labels == ("under 25", "9", "25 to 34", "100 or more", "B", "Æ")


@pytest.mark.parametrize("rows", [[1, 1, 0], [False, True, False]])
def test_some_of_the_cases_can_be_taken_and_taken_twice(rows: list[int]) -> None:
    three = np.array([10, 20, 30])
    groups = {"area": Groups(("n", "s"), np.array([0, 1, -1]))}
    cases = Cases(("a", "b", "c"), {"wash": three}, three, groups, three)
    wanted = np.array(rows)
    took = take(cases, wanted)
    places = wanted if wanted.dtype != bool else np.flatnonzero(wanted)
    assert took.ids == tuple("abc"[place] for place in places)
    assert took.columns["wash"].tolist() == three[wanted].tolist()
    assert took.agreed is not None
    assert took.agreed.tolist() == three[wanted].tolist()
    assert took.groups["area"].codes.tolist() == groups["area"].codes[wanted].tolist()
