"""The command that compares two schemes: files written, and kind words where it can't."""

from pathlib import Path

import pytest

from wherewithal import cli
from wherewithal.council import Request, make_council, write
from wherewithal.council.council import Council
from wherewithal.scheme import packaged, packaged_text

STANDARD = "standard-adult"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up council, and the standard scheme with cheaper days."""
    made = tmp_path_factory.mktemp("made")
    write(council(), made)
    text = packaged_text(STANDARD).replace("hourly: 24.10", "hourly: 21.50", 1)
    (made / "then.yaml").write_text(text.replace('version: "1"', 'version: "2"'), "utf-8")
    return made


def council() -> Council:
    from wherewithal.cli.council import DEFAULT_DAY

    return make_council(Request(400, 7, DEFAULT_DAY), packaged(STANDARD))


def simulate(folder: Path, *more: str, cases: str = "cases.csv") -> int:
    then = str(folder / "then.yaml")
    return cli.main(["simulate", "--from", STANDARD, "--to", then, str(folder / cases), *more])


def test_it_says_what_changes_and_writes_what_is_asked_for(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = {name: folder / f"out.{name}" for name in ("html", "xlsx", "csv")}
    status = simulate(
        folder, "--threshold", "8%", "--protect", "cap:5%:2", "--protect", "none",
        "--report", str(out["html"]), "--xlsx", str(out["xlsx"]), "--csv", str(out["csv"]),
    )  # fmt: skip
    said = capsys.readouterr().out
    assert status == 0
    assert "From standard-adult 1 to standard-adult 2" in said
    assert "a week less" in said
    people = out["csv"].read_text("utf-8").splitlines()
    assert f"{len(people) - 1} people to look at" in said
    assert people[1].startswith("WW000")
    page = out["html"].read_text("utf-8")
    assert "Nobody falls more than 5% a year for 2 years" in page
    assert "WW000" not in page
    assert out["xlsx"].read_bytes().startswith(b"PK")


def test_a_file_without_the_questions_of_both_is_met_kindly(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (folder / "cases.csv").read_text("utf-8").replace(",nights,", ",evenings,", 1)
    (folder / "lacking.csv").write_text(text, "utf-8")
    assert simulate(folder, cases="lacking.csv") == 1
    said = capsys.readouterr().err
    assert "lacks columns that the scheme standard-adult 1 asks for: nights" in said
    assert "has the questions of both" in said


def test_what_can_not_be_written_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert simulate(folder, "--report", str(folder / "none" / "r.html")) == 1
    assert "r.html can't be written" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [
        ("--threshold", "some", "is not a threshold. Write a percentage like 20%"),
        ("--protect", "some", "is not a protection. Write none, full"),
    ],
)
def test_an_option_that_is_not_one_shows_the_form(
    folder: Path, capsys: pytest.CaptureFixture[str], option: str, value: str, says: str
) -> None:
    with pytest.raises(SystemExit):
        simulate(folder, option, value)
    assert says in capsys.readouterr().err


def test_help_can_be_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["simulate", "--help"])
    assert "20%|£50" in capsys.readouterr().out


def test_how_few_have_no_figure_cannot_be_had_from_how_many_people_there_are(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (folder / "cases.csv").read_text(encoding="utf-8").splitlines()
    head, rows = text[0].split(","), [line.split(",") for line in text[1:]]
    asked = [question.code for question in packaged("standard-adult").questions]
    full = [row for row in rows if all(row[head.index(code)] for code in asked)]
    full[0][head.index(asked[0])] = ""
    few = folder / "few.csv"
    few.write_text("\n".join(",".join(row) for row in [head, *full]), encoding="utf-8")
    page = folder / "few.html"
    assert simulate(folder, "--report", str(page), cases="few.csv") == 0
    assert "too few without to show" in page.read_text(encoding="utf-8")
    assert f">{len(full):,}<" not in page.read_text(encoding="utf-8")
    capsys.readouterr()
    assert simulate(folder, "--smallest", "-5") == 1
    assert "smallest is -5. Use a whole number from 0" in capsys.readouterr().err


def test_the_first_page_says_whose_scheme_which_file_what_day_and_who_loses_most(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = folder / "first.html"
    assert simulate(folder, "--on", "2026-11-02", "--report", str(page)) == 0
    said = capsys.readouterr().out
    assert "The groups whose figures fall most: " in said
    assert "Nobody has verified every number of standard-adult 1 or of standard-adult 2" in said
    html = page.read_text("utf-8")
    for words in ("2026-11-02", "cases.csv", f"{packaged(STANDARD).title} (standard-adult 2)",
                  "Unverified", "Who loses most"):  # fmt: skip
        assert words in html
    with pytest.raises(SystemExit):
        simulate(folder, "--on", "today")
