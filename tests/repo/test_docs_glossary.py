"""The glossary calls things what the code calls them."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
GLOSSARY = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
ROWS = [line.split(" | ") for line in GLOSSARY.splitlines() if line.startswith("| ")]
TERMS = [row for row in ROWS if len(row) > 2 and row[0] not in ("| term", "| ---")]


def code_words() -> set[str]:
    """Return every name, and every word of a text, that stands in the code."""
    source = ROOT / "src" / "wherewithal"
    words: set[str] = set()
    for path in source.rglob("*.py"):
        words |= set(re.findall(r"[A-Za-z_][\w-]*", path.read_text(encoding="utf-8")))
        words |= {*path.relative_to(source).with_suffix("").parts}
    return words


def test_every_name_that_the_glossary_gives_stands_in_the_code() -> None:
    known = code_words()
    lacking = [
        f"{row[0].removeprefix('| ')}: {name}"
        for row in TERMS
        for quoted in re.findall(r"`([^`]+)`", row[2])
        for name in re.findall(r"[A-Za-z_][\w-]*", quoted)
        if name not in known
    ]
    assert lacking == []


def test_each_term_stands_once_under_its_heading_and_in_order() -> None:
    for part in GLOSSARY.split("\n## ")[1:]:
        rows = [line.split(" | ")[0].removeprefix("| ") for line in part.splitlines()]
        terms = [row for row in rows[4:] if row and not row.startswith("|")]
        assert terms == sorted(set(terms), key=str.lower), part.splitlines()[0]
