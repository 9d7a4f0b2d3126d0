"""The generated reference knows when it is stale, and covers what it says it covers."""

from pathlib import Path

import pytest
from scripts import reference
from scripts.manual import keys, markdown, schemes

from wherewithal.scheme.steps import KINDS


def test_a_page_that_says_something_else_is_named(tmp_path: Path) -> None:
    (tmp_path / "same.md").write_text("one\n", encoding="utf-8")
    (tmp_path / "old.md").write_text("one\n", encoding="utf-8")
    (tmp_path / "left.md").write_text("one\n", encoding="utf-8")
    found = reference.stale({"same.md": "one\n", "old.md": "two\n", "new.md": "three\n"}, tmp_path)
    assert found == [
        f"{tmp_path}/old.md is stale: the code says something else now.",
        f"{tmp_path}/new.md is missing.",
        f"{tmp_path}/left.md is written by nothing. Delete it.",
    ]


def test_nothing_is_said_where_nothing_is_stale(tmp_path: Path) -> None:
    (tmp_path / "same.md").write_text("one\n", encoding="utf-8")
    assert reference.stale({"same.md": "one\n"}, tmp_path) == []


def test_every_page_of_the_reference_is_there() -> None:
    assert {path.name for path in reference.FOLDER.glob("*.md")} == set(reference.pages())


def test_every_kind_of_step_has_words_for_its_keys() -> None:
    assert set(keys.KEYS) - set(keys.PLACES) == set(KINDS) - {"number"}


def test_a_key_without_words_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(keys.KEYS, "money", {"currency": "", "per": "", "colour": ""})
    with pytest.raises(LookupError, match=r"money: rounding.*money: colour"):
        keys.asked_for(schemes._reads())


def test_nothing_in_a_cell_can_end_it() -> None:
    assert markdown.table(["a"], [["one | two\nthree"]]).splitlines()[2] == "| one \\| two three |"


def test_the_same_code_gives_the_same_pages() -> None:
    pages = reference.pages()
    for name in ("commands.md", "charging-figures.md", "settings.md"):
        assert pages[name]() == pages[name]()
