"""The commands ``wherewithal scheme`` and ``wherewithal allocate``."""

import csv
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import csv as csv_file
from pyarrow import parquet

from wherewithal.cli import main
from wherewithal.scheme import packaged, packaged_text

STANDARD = packaged("standard-adult")
CODES = [question.code for question in STANDARD.questions]
NO_NEED = {question.code: question.options[0].code for question in STANDARD.questions}


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    rows = [
        {"id": "one", **NO_NEED, "wash": "every-day", "wash.help": "50%", "carer_willing": "yes",
         "carer_able": "YES"},
        {"id": "two", **NO_NEED, "wash": "every-day", "child": "n/a"},
        {"id": "three", **NO_NEED, "mood": "declined", "start": "unknown", "alone": ""},
        {"id": "four", **NO_NEED, "nights": "all-night"},
    ]  # fmt: skip
    path = tmp_path / "answers.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        head = ["id", *CODES, "wash.help", "carer_willing", "carer_able"]
        writer = csv.DictWriter(file, head)
        writer.writeheader()
        writer.writerows(rows)
    return path


def change(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


def test_a_sound_scheme_is_said_to_be_sound(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scheme", "check", "standard-adult"]) == 0
    said = capsys.readouterr().out
    assert "is sound" in said
    assert "Largest cliff: bad-often from week to most moves the figure by £337.40 a week." in said
    assert STANDARD.hash in said


def test_a_scheme_that_is_not_there_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scheme", "check", "nowhere.yaml"]) == 1
    assert "nowhere.yaml can't be read" in capsys.readouterr().err


def test_the_packaged_schemes_are_listed_and_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scheme", "list"]) == 0
    assert "florida-ibudget-5b\t" in capsys.readouterr().out
    assert main(["scheme", "show", "standard-adult"]) == 0
    assert capsys.readouterr().out == packaged_text("standard-adult")


def test_everybody_gets_a_row(answers: Path, tmp_path: Path) -> None:
    out = tmp_path / "figures.csv"
    assert main(["allocate", "standard-adult", str(answers), "--out", str(out)]) == 0
    with out.open(encoding="utf-8", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    one = rows["one"]
    assert (one["total"], one["total_without_help"], one["help_taken_away"]) == (
        "42.18", "84.35", "42.17",
    )  # fmt: skip
    assert rows["two"]["total"] == rows["two"]["wash"] == "84.35"
    assert rows["three"]["outcome"] == "incomplete"
    assert rows["three"]["total"] == ""
    assert rows["three"]["missing"] == "mood:declined start:unknown alone:not_answered"
    assert rows["four"]["outcome"] == "cost-it-bottom-up"
    assert {rows["four"][line.code] for line in STANDARD.lines} == {""}


def test_a_table_is_printed_without_out(answers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["allocate", "standard-adult", str(answers)]) == 0
    assert capsys.readouterr().out.splitlines()[1].startswith("one,figure,42.18,84.35,42.17,")


def test_one_figure_is_explained_in_words(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["allocate", "standard-adult", str(answers), "--explain", "one"]) == 0
    said = capsys.readouterr().out
    assert "You told us you need help to keep clean every day." in said
    assert "Your carer is willing and able to do half of this" in said
    assert "All lines add up to £42.18 a week." in said


def test_what_is_missing_is_explained(answers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["allocate", "standard-adult", str(answers), "--explain", "three"]) == 0
    said = capsys.readouterr().out
    assert "There is no figure yet: 3 answers are missing." in said
    assert "Do you need help to get going? (unknown)" in said


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("\none,every-day", "\none,often", "Row 2, column wash: 'often' can't be used. Allowed: "
         "no-help, some-days, every-day, more-than-once, blank, declined or unknown."),
        ("50%", "half", "Row 2, column wash.help: 'half' can't be used. Allowed: a whole number"),
        ("50%", "101", "Row 2, column wash.help: '101' can't be used. Allowed: a whole number"),
        ("YES", "perhaps", "Row 2, column carer_able: 'perhaps' can't be used. Allowed: yes, no"),
        ("\ntwo,", "\none,", "row 3, column id: 'one' is also the id of row 2."),
        ("\ntwo,", "\n,", "row 3, column id: it is blank."),
        ("id,wash,", "id,wsh,", "lacks the columns: wash."),
        ("wash.help", "wash.hepl", "column wash.hepl: family help can't be recorded there."),
        ("id,wash,", "id,dress,", "two columns are called 'dress'."),
        ("\ntwo,", "\ntwo,extra,", "row 3: 26 cells under 25 columns."),
    ],
)  # fmt: skip
def test_a_bad_file_says_which_row_column_and_value(
    answers: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, message: str
) -> None:
    change(answers, old, new)
    assert main(["allocate", "standard-adult", str(answers)]) == 1
    assert message in capsys.readouterr().err


def test_an_id_that_is_not_there_is_said_so(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["allocate", "standard-adult", str(answers), "--explain", "nine"]) == 1
    assert "has the id 'nine'" in capsys.readouterr().err


def test_columns_that_play_no_part_are_named(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = answers.read_text(encoding="utf-8").splitlines()
    answers.write_text("\n".join([f"{text[0]},note", f"{text[1]},hello"]), encoding="utf-8")
    assert main(["allocate", "standard-adult", str(answers)]) == 0
    assert "No part is played by the columns: note." in capsys.readouterr().err


def test_floridas_answers_are_read_from_columns(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    codes = [question.code for question in packaged("florida-ibudget-5b").questions]
    cells = ["RH4" if code == "setting" else "40" if code == "age" else "4" for code in codes]
    path = tmp_path / "florida.csv"
    path.write_text(f"id,{','.join(codes)}\nx,{','.join(cells)}\n", encoding="utf-8")
    assert main(["allocate", "florida-ibudget-5b", str(path)]) == 0
    assert "x,figure,227863.12,227863.12,0.00,,227863.12" in capsys.readouterr().out


def test_somebody_in_a_parquet_file_is_explained_as_from_a_csv_file(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    columns = csv_file.read_csv(
        answers, convert_options=csv_file.ConvertOptions(strings_can_be_null=False)
    )
    texts = [column.cast(pa.string()) for column in columns.columns]
    table = pa.table(texts, names=columns.column_names)
    parquet.write_table(table, answers.with_suffix(".parquet"))
    said = []
    for path in (answers, answers.with_suffix(".parquet")):
        assert main(["allocate", "standard-adult", str(path), "--explain", "one"]) == 0
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]
