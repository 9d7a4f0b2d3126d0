"""Sources are data: each rule cites one that exists, and unread ones say so."""

import re
from importlib.resources import files

import pytest

from wherewithal.careact.sources import Source, all_of, source, sources

CODE = re.compile(r'"((?:act|eligibility|guidance|direct-payments|advocacy)-[a-z0-9-]+)"')


def cited_in_code() -> set[str]:
    package = files("wherewithal.careact")
    modules = [path for path in package.iterdir() if path.name.endswith(".py")]
    return {found for path in modules for found in CODE.findall(path.read_text(encoding="utf-8"))}


def test_every_source_the_rules_cite_exists_and_every_source_is_cited() -> None:
    assert cited_in_code() == set(sources())


def test_an_unknown_source_is_refused_with_the_ones_there_are() -> None:
    with pytest.raises(KeyError, match="eligibility-2"):
        source("nowhere")


def test_a_source_needs_a_title() -> None:
    with pytest.raises(ValueError, match="title"):
        Source("x", "", "section 1", True)


@pytest.mark.parametrize(
    ("answers", "whole"),
    [
        ((True, True), True),
        ((True, None), None),
        ((False, None), False),
        ((False, True), False),
        ((), True),
    ],
)
def test_one_no_settles_it_and_one_gap_leaves_it_open(
    answers: tuple[bool | None, ...], whole: bool | None
) -> None:
    assert all_of(answers) is whole
