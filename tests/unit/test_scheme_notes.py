"""What a sound scheme is told on top: hard words, roundings without a name, numbers untraced."""

from pathlib import Path

import pytest

from wherewithal.cli import main
from wherewithal.scheme import packaged, read_scheme
from wherewithal.scheme.notes import notes_on
from wherewithal.scheme.reading import grade, hardest, passages

SOUND = (Path(__file__).parent / "sound_scheme.yaml").read_text(encoding="utf-8")
HARD = "Do you necessitate multidisciplinary assistance regarding personal hygiene activities?"


def test_easy_words_have_a_low_grade_and_hard_ones_a_high_one() -> None:
    assert grade("The cat sat on the mat. It was a big cat.") < 1
    assert grade(HARD) > 15
    assert grade("") == grade("12:30") == 0


def test_the_standard_scheme_can_be_read_at_age_eleven() -> None:
    scheme = packaged("standard-adult")
    assert all(passage.grade <= 6 for passage in passages(scheme))
    assert notes_on(scheme) == ()


def test_a_hard_question_is_named_and_the_scheme_is_still_sound() -> None:
    scheme = read_scheme(SOUND.replace("Do you need help to wash?", HARD), name="hard")
    found = hardest(scheme)
    assert found is not None
    assert found.where == "question wash"
    (note,) = [each for each in notes_on(scheme) if each.where == "question wash"]
    assert "has reading grade" in note.text


def test_a_label_of_a_few_words_has_no_grade() -> None:
    scheme = read_scheme(SOUND.replace("Every day", "Multidisciplinary assistance"), name="label")
    assert all("option" not in passage.where for passage in passages(scheme))


def test_a_rounding_without_a_label_and_a_number_without_a_source_are_named() -> None:
    notes = {note.where: note.text for note in notes_on(read_scheme(SOUND, name="sound"))}
    assert notes["step whole"].startswith("Say in `label:`")
    assert "without a `source:`" in notes["costed by hand, rule 1"]
    named = SOUND.replace("    kind: round\n", "    kind: round\n    label: To half a pound\n")
    named = named.replace("by a person.\n", "by a person.\n    source: made-up\n")
    assert {n.where for n in notes_on(read_scheme(named, name="named"))} == notes.keys() - {
        "step whole",
        "costed by hand, rule 1",
    }


def test_the_check_prints_notes_after_the_verdict(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "hard.yaml"
    path.write_text(SOUND.replace("Do you need help to wash?", HARD), encoding="utf-8")
    assert main(["scheme", "check", str(path)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].endswith("is sound.")
    assert any(line.startswith("  Hardest to read: “Do you necessitate") for line in said)
    assert any(line.startswith("  Worth a look: question wash: ") for line in said)
    assert any(line.startswith("  Largest cliff: ") for line in said)


def test_the_hardest_words_come_after_what_nobody_verified_and_each_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    labels = [f"{HARD[:-1]} {'multidisciplinary ' * extra}again?" for extra in range(1, 8)]
    options = [*labels, labels[0]]
    many = "".join(f'      o{n}: {{label: "{each}"}}\n' for n, each in enumerate(options))
    path = tmp_path / "hard.yaml"
    own = "      own: {label: On my own}\n      shared: {label: With others}\n"
    text = SOUND.replace(own, f"{own}{many}")
    more = "".join(f"      o{n}: 1\n" for n in range(8))
    path.write_text(text.replace("      shared: 1\n", f"      shared: 1\n{more}"), encoding="utf-8")
    assert main(["scheme", "check", str(path)]) == 0
    said = capsys.readouterr().out.splitlines()
    places = [n for n, line in enumerate(said) if line.startswith("  Not verified: ")]
    looks = [line for line in said if line.startswith("  Worth a look: ")]
    assert places[-1] < said.index(looks[0])
    hard = [line for line in looks if "has reading grade" in line]
    assert [line.split(", ")[1].split(":")[0] for line in hard] == [
        f"option o{n}" for n in (6, 5, 4, 3, 2)
    ]
    assert looks[-1] == "  Worth a look: and 2 more that are hard."


def test_words_at_the_limit_are_not_hard() -> None:
    assert all(round(note.grade, 1) > 6 for note in notes_on(packaged("florida-ibudget-5b"))
               if note.grade)  # fmt: skip


def test_the_check_says_which_questions_it_did_not_try(
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = Path(__file__).parent / "sound_scheme.yaml"
    assert main(["scheme", "check", str(path)]) == 0
    said = capsys.readouterr().out
    assert "for the 2 questions whose answers stand in order of need, and more family" in said
    assert "  Not tried: home (order: none)." in said


def test_a_tick_can_be_a_cliff(capsys: pytest.CaptureFixture[str]) -> None:
    path = Path(__file__).parent / "sound_scheme_of_ticks.yaml"
    assert main(["scheme", "check", str(path)]) == 0
    assert "Largest cliff: ill from none to sores moves the figure by £55.02" in (
        capsys.readouterr().out
    )
