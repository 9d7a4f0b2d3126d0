"""Answers as files write them: ticked options, none of these, numbers, and what is missing."""

from pathlib import Path

import pytest

from wherewithal.allocation import AnswerMistake, Missing, columns_of, evaluate
from wherewithal.allocation.answers import Answer, Answers, code_of, read_answer, write_answer
from wherewithal.cli import main
from wherewithal.scheme import Option, Question, read_scheme

SCHEME = Path(__file__).parent / "sound_scheme_of_ticks.yaml"
OPTIONS = tuple(Option(code, code) for code in ("fits", "pain", "sores"))
ILL = Question("ill", "body", "Which?", kind="several", options=OPTIONS)
AGE = Question("age", "body", "How old?", kind="number", least=18, most=110)


@pytest.mark.parametrize(
    ("text", "answer", "written", "bits"),
    [
        ("none", frozenset(), "none", 0),
        ("None", frozenset(), "none", 0),
        ("pain", frozenset({"pain"}), "pain", 2),
        ("sores; fits", frozenset({"fits", "sores"}), "fits;sores", 5),
        ("fits;pain;sores", frozenset({"fits", "pain", "sores"}), "fits;pain;sores", 7),
        ("", Missing.NOT_ANSWERED, "", -1),
        ("declined", Missing.DECLINED, "declined", -3),
        ("unknown", Missing.UNKNOWN, "unknown", -4),
    ],
)
def test_ticked_options_are_read_written_and_held_as_bits(
    text: str, answer: Answer, written: str, bits: int
) -> None:
    assert read_answer(ILL, text) == answer
    assert write_answer(ILL, answer) == written
    assert code_of(ILL, answer) == bits


@pytest.mark.parametrize("text", ["heart", "fits;fits", "fits;", "none;fits", "fits,pain", "n/a"])
def test_what_cannot_be_ticked_is_refused_with_what_can(text: str) -> None:
    with pytest.raises(AnswerMistake, match=r"none, or any of fits, pain, sores \(write fits;pain"):
        read_answer(ILL, text)


@pytest.mark.parametrize("text", ["17", "111", "1e2", "-20", "forty", "9" * 400])
def test_a_number_is_a_whole_one_within_its_bounds(text: str) -> None:
    with pytest.raises(AnswerMistake, match="a whole number from 18 to 110"):
        read_answer(AGE, text)


@pytest.mark.parametrize("mask", [8, -5, -2])
def test_bits_that_stand_for_nothing_are_refused(mask: int) -> None:
    scheme = read_scheme(SCHEME.read_text(encoding="utf-8"), name="ticks")
    values: dict[str, Answer] = {"ill": frozenset(), "falls": "never", "age": 20, "home": "own"}
    columns = columns_of(scheme, [Answers(values), Answers(values)])
    columns["ill"][1] = mask
    with pytest.raises(AnswerMistake, match=f"row 1, column ill: {mask} can't be used"):
        evaluate(scheme, columns)


def test_a_file_of_ticks_is_worked_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "people.csv"
    rows = ["id,ill,falls,age,home", "A,fits;sores,often,90,own", "B,none,never,20,shared"]
    path.write_text("\n".join([*rows, "C,,never,20,own"]), encoding="utf-8")
    assert main(["allocate", str(SCHEME), str(path)]) == 0
    figures = capsys.readouterr().out.splitlines()[1:]
    assert [line.split(",")[1:3] for line in figures] == [
        ["figure", "83.53"], ["figure", "0.00"], ["incomplete", ""],
    ]  # fmt: skip
    path.write_text(f"{rows[0]}\nA,fits;heart,often,90,own", encoding="utf-8")
    assert main(["allocate", str(SCHEME), str(path)]) == 1
    assert "Row 2, column ill: 'fits;heart' can't be used." in capsys.readouterr().err
