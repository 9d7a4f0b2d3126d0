"""The light install (numpy, PyYAML, tqdm) does what it promises, and says what more would need."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from wherewithal.scheme import packaged
from wherewithal.scheme.workbook import to_workbook

ROOT = Path(__file__).parents[2]
LIGHT = """
import contextlib, importlib, io, json, os, pkgutil, sys

allowed = {*sys.stdlib_module_names, "numpy", "yaml", "_yaml", "tqdm", "wherewithal"}

class Only:
    def __init__(self, finder):
        self.finder = finder

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in allowed:
            return self.finder.find_spec(name, path, target)

sys.meta_path[:] = [Only(finder) for finder in sys.meta_path]
for name in [name for name in sys.modules if name.partition(".")[0] not in allowed]:
    del sys.modules[name]
"""
COMMANDS = """
from wherewithal.cli import main

found = []
for command in json.loads(sys.argv[1]):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main(command)
    found.append([status, out.getvalue(), err.getvalue()])
print(json.dumps(found))
"""
MODULES = """
import wherewithal

lacking = {}
for module in pkgutil.walk_packages(wherewithal.__path__, "wherewithal."):
    if not module.name.startswith("wherewithal.web"):
        try:
            importlib.import_module(module.name)
        except ModuleNotFoundError as missing:
            lacking[module.name] = missing.name
print(json.dumps(lacking))
"""
ANALYSIS = 'pip install "wherewithal[analysis]"'
WEB = 'pip install "wherewithal[web]"'


def light(script: str, folder: Path, *arguments: str) -> str:
    """Run a script that can import nothing but Python, the light dependencies and ourselves."""
    command = [sys.executable, "-c", LIGHT + script, *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def commands(folder: Path, *lines: str) -> list[tuple[int, str, str]]:
    """Run commands one after the other; return each one's status, output and errors."""
    words = json.dumps([line.split() for line in lines])
    return [tuple(each) for each in json.loads(light(COMMANDS, folder, words))]


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a made-up council and two schemes, made by the light install itself."""
    folder = tmp_path_factory.mktemp("light")
    made, shown = commands(
        folder, "council make --people 300 --seed 3 --out made", "scheme show standard-adult"
    )
    assert (made[0], shown[0]) == (0, 0)
    (folder / "now.yaml").write_text(shown[1], encoding="utf-8")
    then = shown[1].replace("hourly: 24.10, source: home-care", "hourly: 21, source: home-care")
    (folder / "then.yaml").write_text(then, encoding="utf-8")
    (folder / "book.xlsx").write_bytes(to_workbook(packaged("standard-adult")))
    return folder


def test_the_light_dependencies_are_the_three_that_are_allowed_here() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {re.split(r"[\s<>=!~;\[]", each)[0] for each in project["dependencies"]}
    assert names == {"numpy", "pyyaml", "tqdm"}


def test_only_what_draws_or_writes_queries_imports_more(tmp_path: Path) -> None:
    """Each of these is imported by a function that says kindly what to install."""
    assert json.loads(light(MODULES, tmp_path)) == {
        **dict.fromkeys(
            (f"wherewithal.allocation.sql.{name}"
             for name in ("dialects", "page", "query", "said", "worked")), "sqlglot"
        ),
        "wherewithal.letters.pdf": "typst",
        "wherewithal.reports.page": "jinja2",
        "wherewithal.reports.workbook": "xlsxwriter",
    }  # fmt: skip


def test_schemes_and_figures_need_no_more_than_the_light_install(council: Path) -> None:
    lines = (
        "scheme list",
        "scheme check now.yaml",
        "scheme diff now.yaml then.yaml",
        "scheme record standard-adult",
        "allocate standard-adult made/cases.csv --out figures.csv",
        "simulate --from now.yaml --to then.yaml made/cases.csv",
    )
    for line, (status, said, wrong) in zip(lines, commands(council, *lines), strict=True):
        assert status == 0, f"{line}: {wrong}"
        assert said or line.startswith("allocate"), line
    figures = (council / "figures.csv").read_text(encoding="utf-8").splitlines()
    assert len(figures) == len((council / "made/cases.csv").read_text("utf-8").splitlines())


def test_one_person_is_explained_by_the_light_install(council: Path) -> None:
    reference = (council / "made/cases.csv").read_text(encoding="utf-8").splitlines()[1]
    line = f"allocate standard-adult made/cases.csv --explain {reference.partition(',')[0]}"
    (words, form) = commands(council, line, f"{line} --json")
    assert "a week" in words[1]
    assert json.loads(form[1])["explanation"] == 1


NEEDS = {
    "audit standard-adult made/cases.csv": ANALYSIS,
    "calibrate standard-adult made/cases.csv --out fitted.yaml": ANALYSIS,
    "scheme sql standard-adult": ANALYSIS,
    "scheme export standard-adult --out out.xlsx": ANALYSIS,
    "scheme import book.xlsx": ANALYSIS,
    "allocate standard-adult made/cases.csv --out figures.parquet": ANALYSIS,
    "simulate --from now.yaml --to then.yaml made/cases.csv --report r.html": ANALYSIS,
    "simulate --from now.yaml --to then.yaml made/cases.csv --xlsx r.xlsx": ANALYSIS,
    "demo": WEB,
    "manage check": WEB,
    "council load made": WEB,
}


def test_what_needs_more_says_what_to_install(council: Path) -> None:
    for line, (status, _, wrong) in zip(NEEDS, commands(council, *NEEDS), strict=True):
        assert (status, wrong.strip()[-len(NEEDS[line]) :]) == (1, NEEDS[line]), (line, wrong)
