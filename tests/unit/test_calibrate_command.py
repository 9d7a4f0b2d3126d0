"""The command ``wherewithal calibrate``."""

import csv
from pathlib import Path

import numpy as np
import pytest
from tests.spec.fitted_cases import OPTIONS, TIME, some_answers, time_scheme

from wherewithal.calibration.people import figures
from wherewithal.cli import main
from wherewithal.scheme import read_scheme


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    scheme = time_scheme()
    columns = some_answers(scheme, 400)
    from tests.spec.fitted_cases import cases_of, costs

    agreed = costs(figures(scheme, cases_of(columns, np.zeros(400))) * 1.2, 0.4)
    codes = [question.code for question in scheme.questions]
    with (tmp_path / "cases.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", *codes, "agreed", "spent", "sex"])
        for row in range(400):
            said = [OPTIONS[columns[code][row]] for code in codes]
            pounds = f"{agreed[row] / 100:.2f}"
            writer.writerow(
                [row, *said, pounds, pounds if row else "", "Female" if row % 2 else "Male"]
            )
    (tmp_path / "scheme.yaml").write_text(TIME, encoding="utf-8")
    return str(tmp_path / "scheme.yaml"), str(tmp_path / "cases.csv")


def test_it_writes_the_scheme_and_every_report(
    files: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, page = tmp_path / "fitted.yaml", tmp_path / "report.html"
    book, table = tmp_path / "report.xlsx", tmp_path / "amounts.csv"
    options = [
        "--percentile",
        "65",
        "--fair-within",
        "20%",
        "--bootstraps",
        "20",
        "--on",
        "2026-04-01",
    ]
    written = ["--out", str(out), "--report", str(page), "--xlsx", str(book), "--csv", str(table)]
    assert main(["calibrate", *files, *options, *written]) == 0
    said = capsys.readouterr().out
    assert "On 80 people that the fit had not seen" in said
    assert "This fit adds £" in said
    assert "Of 400 people, figures fall for" in said
    assert "It was asked to cover 65 in 100 people" in said
    assert read_scheme(out.read_text(encoding="utf-8"), name="out").version == "1-fitted-2026-04-01"
    html = page.read_text(encoding="utf-8")
    for heading in ("How near figures come to costs", "Who is covered", "What each answer adds",
                    "Sums that are not the same", "No group far below the whole"):  # fmt: skip
        assert heading in html
    assert book.read_bytes().startswith(b"PK")
    rows = list(csv.reader(table.read_text(encoding="utf-8").splitlines()))
    assert rows[0][:3] == ["Question", "Answer", "Was"]
    assert len(rows) == 13


def test_past_spend_is_named_in_the_first_sentence(
    files: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = ["--out", str(tmp_path / "f.yaml"), "--bootstraps", "0"]
    assert main(["calibrate", *files, "--past-spend", "spent", *out]) == 0
    assert capsys.readouterr().out.startswith("This scheme is fitted to past spend (spent), not")
    assert "past spend" in (tmp_path / "f.yaml").read_text(encoding="utf-8").splitlines()[0]


@pytest.mark.parametrize(("options", "says"), [
    (["--target", "sex"], "row 2, column sex: 'Male' is not an amount of money"),
    (["--target", "price"], "has no column 'price'"),
    (["--percentile", "120"], "percentile: 120 can't be used"),
    (["--fair-within", "2%", "--fair-by", "age"], "no groups by age"),
])  # fmt: skip
def test_what_is_wrong_is_said_with_the_mend(
    files: tuple[str, str], tmp_path: Path, options: list[str], says: str,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    out = ["--out", str(tmp_path / "f.yaml"), "--bootstraps", "0"]
    assert main(["calibrate", *files, *options, *out]) == 1
    assert says in capsys.readouterr().err
