"""Figures for tables, data frames and files: the same pence as columns give."""

from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import csv, parquet

from wherewithal.allocation import Answers, Missing, explain
from wherewithal.allocation.tables import FileMistake, columns_in, evaluate_file, evaluate_table
from wherewithal.cli import main
from wherewithal.scheme import packaged

SCHEME = packaged("standard-adult")
FIRST = SCHEME.questions[0].code


def asked(kind: int) -> dict[str, str]:
    """Return an answer to every question, as a file writes it: the option in this place."""
    return {q.code: q.options[min(kind, len(q.options) - 1)].code for q in SCHEME.questions}


def people(rows: int = 9) -> pa.Table:
    answers = [asked(row % 3) for row in range(rows)]
    helped = next(question.code for question in SCHEME.questions if question.helpable)
    columns: dict[str, list[object]] = {"id": [f"P{row}" for row in range(rows)]}
    columns |= {code: [answer[code] for answer in answers] for code in answers[0]}
    columns |= {f"{helped}.help": [50] * rows, "carer_willing": ["yes"] * rows}
    return pa.table(columns | {"carer_able": [row % 2 == 0 for row in range(rows)]})


def totals(table: pa.Table) -> list[int | None]:
    found = []
    for row in table.to_pylist():
        values = {q.code: row[q.code] for q in SCHEME.questions}
        shares = {name[:-5]: share for name, share in row.items() if name.endswith(".help")}
        found.append(explain(SCHEME, Answers(values, shares, True, row["carer_able"])).total)
    return found


def test_a_table_gets_the_pence_that_are_explained() -> None:
    table = people()
    found = evaluate_table(SCHEME, table)
    assert found["id"].to_pylist() == table["id"].to_pylist()
    assert found["total"].to_pylist() == totals(table)


def test_a_data_frame_a_dictionary_and_places_are_all_read() -> None:
    table = people()
    plain = evaluate_table(SCHEME, table)["total"].to_pylist()
    coded = table.set_column(1, FIRST, table[FIRST].dictionary_encode())
    codes = [option.code for option in SCHEME.questions[0].options]
    placed = [codes.index(each) for each in table[FIRST].to_pylist()]
    counted = table.set_column(1, FIRST, pa.array(placed, pa.uint8()))
    for data in (coded, counted, table.to_pandas()):
        assert evaluate_table(SCHEME, data)["total"].to_pylist() == plain


def test_only_the_figures_asked_for_come() -> None:
    found = evaluate_table(SCHEME, people(), figures=["total"])
    assert found.column_names == ["id", "outcome", "total"]


@pytest.mark.parametrize(
    ("cell", "missing"),
    [
        (None, Missing.NOT_ANSWERED),
        ("", Missing.NOT_ANSWERED),
        ("declined", Missing.DECLINED),
        ("unknown", Missing.UNKNOWN),
    ],
)
def test_ways_of_not_answering_stay_apart(cell: str | None, missing: Missing) -> None:
    table = people(3)
    cells = [cell, *table[FIRST].to_pylist()[1:]]
    table = table.set_column(1, FIRST, pa.array(cells, pa.string()))
    assert columns_in(SCHEME, table)[FIRST][0] == missing
    found = evaluate_table(SCHEME, table)
    assert found["outcome"].to_pylist()[0] == "incomplete"
    assert found["total"].to_pylist()[0] is None


def test_null_in_a_column_of_places_is_not_answered() -> None:
    table = people(2).set_column(1, FIRST, pa.array([None, 1], pa.uint8()))
    assert columns_in(SCHEME, table)[FIRST].tolist() == [-1, 1]


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_file_is_worked_out_batch_by_batch(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wherewithal.allocation.tables.BATCH", 4)
    source, out = tmp_path / f"people.{kind}", tmp_path / "figures.parquet"
    write = csv.write_csv if kind == "csv" else parquet.write_table
    write(people(10), source)
    assert evaluate_file(SCHEME, source, out, threads=2) == 10
    assert parquet.read_table(out)["total"].to_pylist() == totals(people(10))


def test_csv_is_written_in_pounds(tmp_path: Path) -> None:
    source, out = tmp_path / "people.parquet", tmp_path / "figures.csv"
    parquet.write_table(people(3), source)
    evaluate_file(SCHEME, source, out)
    told = csv.read_csv(
        out, convert_options=csv.ConvertOptions(column_types={"total": pa.string()})
    )
    pence = [int(each.replace(".", "")) if each else None for each in told["total"].to_pylist()]
    assert pence == totals(people(3))
    assert told["total"].to_pylist()[0][-3] == "."


@pytest.mark.parametrize("odd", ["Q1", "Smith, Jo", 'the "first"'])
def test_csv_comes_out_the_same_from_parquet_and_from_csv(
    tmp_path: Path, odd: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("wherewithal.allocation.tables.BATCH", 4)
    table, second = people(12), SCHEME.questions[1].code
    ids = [odd, *table["id"].to_pylist()[1:]]
    for code, cells in ((FIRST, ["", None, "declined"]), (second, ["unknown"])):
        given = table[code].to_pylist()
        place = table.column_names.index(code)
        table = table.set_column(place, code, pa.array([*cells, *given[len(cells) :]]))
    table = table.set_column(0, "id", pa.array(ids))
    parquet.write_table(table, tmp_path / "people.parquet")
    csv.write_csv(table, tmp_path / "people.csv")
    for kind in ("csv", "parquet"):
        call = ["allocate", "standard-adult", str(tmp_path / f"people.{kind}")]
        assert main([*call, "--out", str(tmp_path / f"from-{kind}.csv")]) == 0
        capsys.readouterr()
        assert main(call) == 0
        assert (tmp_path / f"from-{kind}.csv").read_text("utf-8") == capsys.readouterr().out
    first, other = (tmp_path / f"from-{kind}.csv" for kind in ("csv", "parquet"))
    assert first.read_bytes() == other.read_bytes()
    assert f"{FIRST}:not_answered {second}:unknown" in first.read_text("utf-8")


def test_a_file_without_ids_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "people.parquet"
    parquet.write_table(people(3).drop_columns("id"), source)
    with pytest.raises(FileMistake, match=r"people\.parquet lacks the column id"):
        evaluate_file(SCHEME, source, tmp_path / "figures.csv")


@pytest.mark.parametrize(("kind", "row"), [("csv", 8), ("parquet", 7)])
def test_a_mistake_names_file_row_column_and_value(
    tmp_path: Path, kind: str, row: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wherewithal.allocation.tables.BATCH", 4)
    table = people(10)
    cells = table[FIRST].to_pylist()
    cells[6] = "lots"
    source = tmp_path / f"people.{kind}"
    write = csv.write_csv if kind == "csv" else parquet.write_table
    write(table.set_column(1, FIRST, pa.array(cells)), source)
    wrong = rf"people\.{kind}, row {row}, column {FIRST}: 'lots' can't be used"
    with pytest.raises(FileMistake, match=wrong):
        evaluate_file(SCHEME, source, tmp_path / "figures.parquet")


def test_files_that_can_not_be_used_are_named(tmp_path: Path) -> None:
    out = tmp_path / "figures.parquet"
    with pytest.raises(FileMistake, match=r"neither \.csv nor \.parquet"):
        evaluate_file(SCHEME, tmp_path / "people.xls", out)
    with pytest.raises(FileMistake, match=r"people\.parquet can't be read"):
        evaluate_file(SCHEME, tmp_path / "people.parquet", out)
    (tmp_path / "people.parquet").write_text("not parquet")
    with pytest.raises(FileMistake, match=r"people\.parquet can't be read"):
        evaluate_file(SCHEME, tmp_path / "people.parquet", out)


def test_the_command_streams_parquet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, out = tmp_path / "people.parquet", tmp_path / "figures.parquet"
    parquet.write_table(people(4), source)
    assert main(["allocate", "standard-adult", str(source), "--out", str(out)]) == 0
    assert "4 figures" in capsys.readouterr().out
    assert parquet.read_table(out).num_rows == 4
