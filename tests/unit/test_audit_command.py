"""``wherewithal audit``: the verdict, the files it writes, and what it says to a mistake."""

import csv
import sys
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from wherewithal import cli
from wherewithal.council import Request, make_council
from wherewithal.council.files import write_table
from wherewithal.scheme import packaged, packaged_text


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the cases of a made-up council of 1,500 people, as unfair as it comes."""
    made = make_council(Request(1_500, 1, date(2026, 11, 2)), packaged("standard-adult"))
    path: Path = tmp_path_factory.mktemp("audit")
    write_table(path, "cases", made.tables["cases"])
    return path


def run(folder: Path, *more: str) -> int:
    cases = str(folder / "cases.csv")
    return cli.main(["audit", "standard-adult", cases, "--bootstraps", "100", *more])


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_verdict_is_printed_in_plain_words(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder) == 0
    said = capsys.readouterr().out
    assert "People aged 85 and over: plans are" in said
    assert "lower than for people under 65 with like need (interval" in said
    assert "Sex: nothing found." in said
    assert "no figure fell" in said


def test_the_report_can_be_attached_to_a_decision(folder: Path) -> None:
    out = folder / "report.html"
    assert run(folder, "--report", str(out), "--on", "2026-11-22", "--seed", "9") == 0
    page = out.read_text(encoding="utf-8")
    for fact in (packaged("standard-adult").hash, "22 November 2026", "seed 9", "cases.csv"):
        assert fact in page
    assert "<script" not in page
    assert page.count("<svg") >= 4
    assert page.count("<table") >= page.count('role="img"')
    assert "What this audit cannot say" in page
    assert "WW0" not in page, "a report names nobody, not even by reference"


def test_the_same_seed_writes_the_same_files(folder: Path) -> None:
    for name in ("one.csv", "two.csv"):
        assert run(folder, "--csv", str(folder / name)) == 0
    assert (folder / "one.csv").read_bytes() == (folder / "two.csv").read_bytes()


def test_every_measure_is_written_for_other_programs(folder: Path) -> None:
    out = folder / "measures.csv"
    assert run(folder, "--csv", str(out), "--by", "age_band,sex") == 0
    found = rows(out)
    assert {row["grouping"] for row in found} == {"everybody", "age_band", "sex"}
    assert {"agreed_for_like_need", "short_rate", "no_figure", "taken_for_family_help"} <= {
        row["measure"] for row in found
    }
    for row in found:
        if row["value"] not in ("", "nan"):
            assert float(row["low"]) <= float(row["high"])


def test_what_is_taken_from_each_person_is_written_by_reference(folder: Path) -> None:
    out = folder / "penalties.csv"
    assert run(folder, "--penalties", str(out)) == 0
    found = rows(out)
    with_help = {
        row["id"]
        for row in rows(folder / "cases.csv")
        if any(value not in ("", "0") for name, value in row.items() if name.endswith(".help"))
    }
    assert {row["id"] for row in found} <= with_help
    assert all(0 <= float(row["taken_percent"]) <= 100 for row in found)
    assert {row["willing_and_able_recorded"] for row in found} <= {"yes", ""}


def test_the_tables_are_written_as_a_workbook(folder: Path) -> None:
    out = folder / "audit.xlsx"
    assert run(folder, "--xlsx", str(out)) == 0
    with ZipFile(BytesIO(out.read_bytes())) as book:
        assert sum(name.startswith("xl/worksheets/sheet") for name in book.namelist()) >= 8


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--by", "team"], "The cases have no groups called 'team'."),
        (["--smallest", "2"], "smallest is 2. Use a number from 5 to 1000."),
        (["--report", "nowhere/r.html"], "can't be written"),
    ],
)
def test_a_mistake_says_how_to_mend_it(
    folder: Path, more: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, *more) == 1
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--tolerance", "ten"], "Write it like 10%"),
        (["--on", "today"], "Write it like 2026-11-02"),
    ],
)
def test_an_option_that_cannot_be_read_says_how_to_write_it(
    folder: Path, more: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        run(folder, *more)
    assert said in capsys.readouterr().err


def fitted(folder: Path) -> str:
    """A scheme that says it was fitted, beside the cases."""
    document = packaged_text("standard-adult").replace('version: "1"', 'version: "1-fitted"', 1)
    path = folder / "fitted.yaml"
    path.write_text(document, encoding="utf-8")
    return str(path)


def test_a_fitted_scheme_is_told_to_bring_a_yardstick_before_anything_else(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    quick = ["--bootstraps", "100", "--by", "sex"]
    assert cli.main(["audit", fitted(folder), str(folder / "cases.csv"), *quick]) == 0
    said = capsys.readouterr().out
    assert said.startswith("This scheme was fitted to agreed plans.")
    assert "--yardstick" in said.splitlines()[0]
    assert "Sex: nothing found" not in said


def test_a_yardstick_measures_need_instead(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    quick = ["--bootstraps", "100", "--by", "sex", "--yardstick", "standard-adult"]
    assert cli.main(["audit", fitted(folder), str(folder / "cases.csv"), *quick]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Need is measured by “")
    assert packaged("standard-adult").hash[:12] in said.splitlines()[0]
    assert "Sex: nothing found" in said


def test_a_yardstick_that_asks_something_else_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "--yardstick", "florida-ibudget-5b") == 1
    assert "The yardstick 'florida-ibudget-5b' asks what the cases" in capsys.readouterr().err


SMALL = """
scheme: {code}
version: "1"
title: Small
money: {{currency: GBP, per: week, rounding: half-up}}
source: made-up
sources:
  made-up: {{text: Made up for a test, date: 2026-04-01, status: unverified, reason: A test}}
sections: {{body: {{title: Your body}}}}
prices: {{day: {{label: Support, hourly: 20, source: made-up}}}}
questions:
  {code}:
    section: body
    ask: Do you need help?
    family-can-help: yes
    adds: {{unit: minutes a week, price: day, source: made-up}}
    options:
      some: {{label: Some, minutes: 300}}
      lots: {{label: Lots, minutes: 600}}
"""


def test_a_yardstick_may_ask_other_questions_that_stand_in_the_same_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The audited scheme sees no need; only the yardstick's question tells the groups apart."""
    for code in ("wash", "eat"):
        (tmp_path / f"{code}.yaml").write_text(SMALL.format(code=code), encoding="utf-8")
    people = [("some", 100, "north"), ("lots", 200, "south")] * 60
    lines = [f"P{n},some,{eat},50,{cost},{area}" for n, (eat, cost, area) in enumerate(people)]
    path = tmp_path / "cases.csv"
    path.write_text("\n".join(["id,wash,eat,eat.help,agreed,area", *lines]), encoding="utf-8")
    command = ["audit", str(tmp_path / "wash.yaml"), str(path), "--bootstraps", "100"]
    assert cli.main([*command, "--by", "area", "--yardstick", str(tmp_path / "eat.yaml")]) == 0
    assert "plans are" not in capsys.readouterr().out
    assert cli.main([*command, "--yardstick", str(tmp_path / "eat.yaml"), "--by", "eat"]) == 1
    assert "There are: area." in capsys.readouterr().err


def test_a_light_install_is_told_what_an_audit_needs(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "scipy.special", None)
    assert run(folder) == 1
    assert 'pip install "wherewithal[analysis]"' in capsys.readouterr().err
