"""What commands write: whole or not at all, never over what they read, and said kindly."""

import csv
from datetime import date
from pathlib import Path

import pytest

from wherewithal import cli
from wherewithal.allocation.tables import FileMistake, evaluate_file
from wherewithal.allocation.whole_files import written_whole
from wherewithal.council import Request, make_council
from wherewithal.council.files import write_table
from wherewithal.council.needs import Injustices
from wherewithal.scheme import packaged

SCHEME = "standard-adult"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("outputs")
    council = make_council(Request(120, 1, date(2026, 11, 2)), packaged(SCHEME))
    return write_table(folder, "cases", council.tables["cases"])


def rows_of(cases: Path) -> list[list[str]]:
    with cases.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def commands(cases: Path) -> dict[str, list[str]]:
    return {
        "allocate": ["allocate", SCHEME, str(cases)],
        "audit": ["audit", SCHEME, str(cases), "--bootstraps", "100"],
        "calibrate": ["calibrate", SCHEME, str(cases), "--bootstraps", "0"],
        "simulate": ["simulate", str(cases), "--from", SCHEME, "--to", SCHEME],
        "export": ["scheme", "export", SCHEME],
    }


WRITES = {"allocate": "--out", "audit": "--csv", "calibrate": "--out", "simulate": "--csv",
          "export": "--out"}  # fmt: skip
ENDS = {"export": ".xlsx"}


@pytest.mark.parametrize("command", WRITES)
def test_a_place_that_cannot_be_written_to_is_named(
    command: str, made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere = made.parent / "nowhere" / f"file{ENDS.get(command, '.csv')}"
    assert cli.main([*commands(made)[command], WRITES[command], str(nowhere)]) == 1
    assert f"{nowhere} can't be written" in capsys.readouterr().err
    folder = made.parent / f"folder{ENDS.get(command, '.csv')}"
    folder.mkdir(exist_ok=True)
    assert cli.main([*commands(made)[command], WRITES[command], str(folder)]) == 1
    assert f"{folder} can't be written (Is a directory)" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["allocate", "audit", "calibrate", "simulate"])
def test_a_file_that_is_read_is_not_overwritten(
    command: str, made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = made.read_bytes()
    assert cli.main([*commands(made)[command], WRITES[command], str(made)]) == 1
    assert f"{made} is read, and would be overwritten" in capsys.readouterr().err
    assert made.read_bytes() == before


def test_two_files_of_one_name_are_refused(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "fitted.yaml"
    named = ["--out", str(out), "--report", str(tmp_path / "." / "fitted.yaml")]
    assert cli.main([*commands(made)["calibrate"], *named]) == 1
    assert "is named for two files" in capsys.readouterr().err
    assert not out.exists()


def test_one_file_that_fails_keeps_the_others_as_they_were(tmp_path: Path) -> None:
    from wherewithal.cli.outputs import write_all

    first, second = tmp_path / "first", tmp_path / "second"
    first.write_text("as it was", encoding="utf-8")

    def fails() -> bytes:
        raise OSError(28, "No space left on device")

    with pytest.raises(cli.Mistake, match=r"second can't be written \(No space left on device\)"):
        write_all({first: lambda: b"new", second: fails})
    assert first.read_text(encoding="utf-8") == "as it was"
    assert [each.name for each in tmp_path.iterdir()] == ["first"]


def test_what_was_there_stays_until_all_is_written_and_keeps_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("as it was", encoding="utf-8")
    path.chmod(0o640)
    with written_whole(path) as part:
        part.write_text("new", encoding="utf-8")
        assert path.read_text(encoding="utf-8") == "as it was"
    assert path.read_text(encoding="utf-8") == "new"
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_mistake_deep_in_a_file_of_answers_leaves_no_half_of_the_figures(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pyarrow import csv as arrow
    from pyarrow import parquet

    rows = rows_of(made)
    rows[60][1] = "sometimes-maybe"
    bad = tmp_path / "bad.csv"
    with bad.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    answers, out = tmp_path / "answers.parquet", tmp_path / "figures.parquet"
    parquet.write_table(arrow.read_csv(bad), answers)
    monkeypatch.setattr("wherewithal.allocation.tables.BATCH", 16)
    with pytest.raises(FileMistake, match="row 60, column wash: 'sometimes-maybe'"):
        evaluate_file(packaged(SCHEME), answers, out)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["answers.parquet", "bad.csv"]
    with pytest.raises(FileMistake, match="is read, and would be overwritten"):
        evaluate_file(packaged(SCHEME), answers, answers)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--out", "figures.xlsx"], "figures.xlsx is neither .csv nor .parquet"),
        (["--out", "f.csv", "--explain", "WW000001"], "--out goes without --explain ID"),
    ],
)
def test_what_allocate_cannot_write_is_refused(
    more: list[str], says: str, made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([*commands(made)["allocate"], *more]) == 1
    assert says in capsys.readouterr().err


def test_a_percent_sign_is_said_once(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main([*commands(made)["simulate"], "--threshold", "1000%"])
    assert "'1000%' is not a threshold" in capsys.readouterr().err


def test_nonsense_for_protection_is_refused_in_words(
    made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        cli.main([*commands(made)["simulate"], "--protect", "cap:10.123456789012345678901:3"])
    assert "at most two digits after the point" in capsys.readouterr().err
    twice = ["--protect", "full:1", "--protect", "full:1"]
    assert cli.main([*commands(made)["simulate"], *twice]) == 0


@pytest.mark.parametrize("factor", ["nan", "inf", "0.8123456789012345678901", "5"])
def test_a_made_up_council_is_not_made_with_nonsense(
    factor: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = ["council", "make", "--people", "5", "--out", str(tmp_path), "--older", factor]
    assert cli.main(made) == 1
    assert "Use one from 0.1 to 2" in capsys.readouterr().err
    assert Injustices().older < 1


def test_a_council_is_not_written_over_a_file(
    made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["council", "make", "--people", "5", "--out", str(made)]) == 1
    assert f"{made} can't be written (File exists)" in capsys.readouterr().err


def test_groups_that_nobody_is_known_to_be_in_can_be_asked_for(made: Path, tmp_path: Path) -> None:
    rows = rows_of(made)
    place = rows[0].index("sex")
    unknown = tmp_path / "unknown.csv"
    with unknown.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [cell if row == 0 or at != place else "n/a" for at, cell in enumerate(cells)]
            for row, cells in enumerate(rows)
        )
    assert cli.main([*commands(unknown)["audit"], "--by", "sex"]) == 0
