"""Commands shown in the documentation are run, and print what the documentation says."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from wherewithal.cli import main, parser

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(
    r"<!-- (?P<mark>tested|file: (?P<name>[\w.-]+)) -->\n```(?P<language>\w+)\n(?P<text>.*?)```\n",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """One command as a page shows it, and the output the page says it has."""

    command: str
    output: str


def blocks(text: str) -> Iterator[re.Match[str]]:
    yield from BLOCK.finditer(text)


def commands(text: str) -> Iterator[Shown]:
    for part in re.split(r"(?m)^\$ ", text)[1:]:
        command, _, output = part.partition("\n")
        yield Shown(command, output)


def run(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Run one command where we stand: ours in this process, others in a shell."""
    words, _, into = command.partition(" > ")
    if not words.startswith("wherewithal ") or "|" in words:
        done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
        return done.stdout + done.stderr
    capsys.readouterr()
    main(shlex.split(words)[1:])
    said = capsys.readouterr()
    shown = said.out + re.sub(r"(?m)^.*\r.*$\n?|\r[^\n]*\n?", "", said.err)  # no progress bars
    if into:
        Path(into.strip()).write_text(shown, encoding="utf-8")
        return ""
    return shown


TESTED = [page for page in PAGES if page.exists() and BLOCK.search(page.read_text("utf-8"))]


def test_there_are_commands_to_try() -> None:
    assert {page.name for page in TESTED} >= {"state-a-scheme.md", "allocate-a-file.md"}


@pytest.mark.parametrize("document", TESTED, ids=lambda page: page.name)
def test_a_page_s_commands_print_what_it_says(
    document: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:/usr/bin:/bin")
    for block in blocks(document.read_text(encoding="utf-8")):
        if block["name"]:
            (tmp_path / block["name"]).write_text(block["text"], encoding="utf-8")
        else:
            for shown in commands(block["text"]):
                assert run(shown.command, capsys) == shown.output, shown.command


def test_every_command_that_a_page_shows_exists() -> None:
    """Also where a page's command is not run: its sub-command is one the parser knows."""
    (top,) = (each for each in parser()._actions if isinstance(each.choices, dict))
    assert isinstance(top.choices, dict)
    known = set(top.choices)
    for page in PAGES:
        if page.exists():
            text = page.read_text(encoding="utf-8")
            used = re.findall(r"(?m)^\$ (?:\.venv/bin/)?wherewithal (\w+)", text)
            assert set(used) <= known, page.name
