"""One broken scheme for each kind of mistake: its line, its value and how to mend it are named."""

from pathlib import Path

import pytest

from wherewithal.cli import main
from wherewithal.scheme import SchemeMistakes, read_scheme

HERE = Path(__file__).parent
BROKEN = sorted((HERE / "broken_schemes").glob("*.yaml"))


def expected(text: str) -> dict[str, str]:
    """Read what a fixture's first lines say will be found."""
    marks = [line.removeprefix("# ").partition(":") for line in text.splitlines()[1:6]]
    return {name: value.strip() for name, _, value in marks}


@pytest.mark.parametrize(
    ("name", "code"), [("sound_scheme", "small"), ("sound_scheme_of_ticks", "ticks")]
)
def test_the_schemes_they_are_made_from_are_sound(name: str, code: str) -> None:
    text = (HERE / f"{name}.yaml").read_text(encoding="utf-8")
    assert read_scheme(text, name=name).code == code


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_scheme_says_where_and_how_to_mend_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    with pytest.raises(SchemeMistakes) as refused:
        read_scheme(text, name=path.name)
    want = expected(text)
    found = [
        {"line": str(m.line), "value": m.value, "where": m.where, "mend": m.mend}
        for m in refused.value.mistakes
    ]
    assert {key: want[key] for key in ("line", "value", "where", "mend")} in found
    assert len(found) == int(want["mistakes"])


def test_there_is_a_fixture_for_more_than_a_hundred_kinds_of_mistake() -> None:
    assert len(BROKEN) > 120


def test_several_mistakes_are_all_named_at_once() -> None:
    text = (HERE / "sound_scheme.yaml").read_text(encoding="utf-8")
    text = text.replace("minutes: 60", "minutes: an hour").replace("[A2]", "[A22]")
    text = text.replace("rounding: down", "rounding: floor")
    with pytest.raises(SchemeMistakes) as refused:
        read_scheme(text, name="three")
    assert [m.value for m in refused.value.mistakes] == ["A22", "an hour", "floor"]


@pytest.mark.parametrize(
    ("right", "wrong", "value"),
    [
        ("whole: 0.5", "whole: half", "half"),
        ("when: {score: {at-least: 10}, home: [own]}", "when: score", "score"),
        ("most: 18", "most: eighteen", "eighteen"),
    ],
)
def test_a_slip_is_told_alone_and_not_with_what_follows_from_it(
    right: str, wrong: str, value: str
) -> None:
    text = (HERE / "sound_scheme.yaml").read_text(encoding="utf-8")
    assert text.count(right) == 1
    with pytest.raises(SchemeMistakes) as refused:
        read_scheme(text.replace(right, wrong), name="one")
    assert [mistake.value for mistake in refused.value.mistakes] == [value]


def test_the_command_prints_every_mistake_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    path = HERE / "broken_schemes" / "band_gap.yaml"
    assert main(["scheme", "check", str(path)]) == 1
    said = capsys.readouterr().err
    assert "has 1 mistake" in said
    assert "line 85: step banded: '7'. There is a gap" in said
