"""``wherewithal changes``: why one person's figure moved, at the keyboard."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from wherewithal.cli import main
from wherewithal.scheme import packaged

SCHEME = packaged("standard-adult")
Written = Callable[..., str]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Write a file with one person whose answers are the second ones, but for those named."""

    def write(name: str, **others: str) -> str:
        path = tmp_path / name
        row = {"id": "ada"} | {q.code: q.options[1].code for q in SCHEME.questions} | others
        with path.open("w", encoding="utf-8", newline="") as file:
            sheet = csv.DictWriter(file, list(row))
            sheet.writeheader()
            sheet.writerow(row)
        return str(path)

    return write


def test_each_change_has_its_pence_and_they_add_up(
    written: Written, capsys: pytest.CaptureFixture[str]
) -> None:
    before, after = written("then.csv"), written("now.csv", wash="every-day", dress="no-help")
    call = ["changes", "ada", "--from", SCHEME.code, before, "--to", SCHEME.code, after]
    assert main(call) == 0
    assert capsys.readouterr().out.splitlines()[:6] == [
        "Your figure was £569.20 a week. It is now £615.39. That is £46.19 more.",
        "",
        "Because:",
        "  +£60.25  Your answer to “Do you need help to keep clean?” was “Yes, on some days”. It is"
        " now “Yes, every day”.",
        "  −£14.06  Your answer to “Do you need help to get dressed?” was “Yes, on some days”. It"
        " is now “No, I do this myself”.",
        "  +£46.19  together",
    ]


def test_a_large_fall_is_flagged_from_where_you_say(
    written: Written, capsys: pytest.CaptureFixture[str]
) -> None:
    before, after = written("then.csv"), written("now.csv", wash="no-help")
    call = ["changes", "ada", "--from", SCHEME.code, before, "--to", SCHEME.code, after]
    assert main(call) == 0
    assert "large fall" not in capsys.readouterr().out
    assert main([*call, "--large-fall", "4%"]) == 0
    assert "This is a large fall. A person must look at it with them." in capsys.readouterr().out


def test_someone_who_is_not_in_both_files_is_named(
    written: Written, capsys: pytest.CaptureFixture[str]
) -> None:
    before = written("then.csv")
    call = ["changes", "bob", "--from", SCHEME.code, before, "--to", SCHEME.code, before]
    assert main(call) == 1
    assert "then.csv has the id 'bob'." in capsys.readouterr().err


def test_one_figure_is_printed_in_its_json_form(
    written: Written, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["allocate", SCHEME.code, written("now.csv"), "--json"]
    assert main([*call, "--explain", "ada"]) == 0
    assert capsys.readouterr().out.startswith('{\n  "explanation": 1,')
    assert main(call) == 1
    assert "--json goes with --explain ID" in capsys.readouterr().err
