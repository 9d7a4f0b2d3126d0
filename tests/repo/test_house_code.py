"""The rules of the house, held over every file of the code."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "wherewithal"
CODE = sorted(
    path
    for folder in (SOURCE, ROOT / "tests", ROOT / "scripts", ROOT / "bench")
    for path in folder.rglob("*.py")
    if "migrations" not in path.parts
)
NOT_OURS = ("govuk-frontend",)
WORDS_OF_NO_USE = frozenset({"core", "common", "utils", "helpers", "misc"})
LATER = "TO" + "DO", "FIX" + "ME", "XX" + "X"
BEGINNINGS = re.compile(r"request: HttpRequest|ArgumentParser|argparse\.Namespace|JobContext")
UNITS = ("pence", "penny")
NOT_MONEY = frozenset(
    {"position", "quantity", "count", "help_percent", "communication_size", "progress"}
)


def place(path: Path) -> str:
    return str(path.relative_to(ROOT))


def kept() -> list[Path]:
    """Return every file that git keeps, apart from those another project wrote."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file() and not path.name.startswith(NOT_OURS)]


def texts() -> Iterator[tuple[Path, str]]:
    for path in kept():
        try:
            yield path, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_file_is_longer_than_five_hundred_lines() -> None:
    counted = {place(path): len(path.read_text(encoding="utf-8").splitlines()) for path in CODE}
    assert {name: lines for name, lines in counted.items() if lines > 500} == {}


def test_no_function_is_longer_than_sixty_lines() -> None:
    long = [
        f"{place(path)}: {node.name} has {length(node)} lines"
        for path in CODE
        for node in functions(path)
        if length(node) > 60
    ]
    assert long == []


def test_no_folder_or_file_has_a_name_that_says_nothing() -> None:
    found = {place(path) for path in CODE if WORDS_OF_NO_USE & {*path.parts, path.stem}}
    assert found == set()


def test_nothing_is_put_off_until_later() -> None:
    found = [
        f"{place(path)}: {word}"
        for path, text in texts()
        for word in LATER
        if re.search(rf"\b{word}\b", text)
    ]
    assert found == []


def test_the_clock_is_read_only_where_a_request_or_a_command_comes_in() -> None:
    clock = re.compile(r"\b(?:timezone\.now|localdate|datetime\.now|date\.today|time\.time)\(")
    found = []
    for path in CODE:
        text = path.read_text(encoding="utf-8")
        if path.is_relative_to(SOURCE / "web" / "config") or not path.is_relative_to(SOURCE):
            continue
        if clock.search(text) and not BEGINNINGS.search(text):
            found.append(place(path))
    assert found == []


def test_the_day_of_a_moment_is_the_day_it_was_here() -> None:
    """A moment is kept in UTC: in a summer's first hour after midnight, that is the day before."""
    found = []
    for path in (SOURCE / "web").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = ast.unparse(node.func)
            bare = called.endswith(".date") and not node.args and "localtime(" not in called
            told = called == "long_date" and re.search(r"(\b|_)at$", ast.unparse(node.args[0]))
            if bare or told:
                found.append(f"{place(path)}:{node.lineno}: {ast.unparse(node)}")
    assert found == []


def test_every_whole_number_that_is_kept_says_that_it_is_pence_or_is_no_money() -> None:
    silent = [
        str(field)
        for model in apps.get_models()
        if model.__module__.startswith("wherewithal.")
        for field in model._meta.get_fields()
        if isinstance(field, models.IntegerField)
        if not (isinstance(field, models.AutoField) or field.name in NOT_MONEY)
        if not any(word in f"{field.name} {field.help_text}".lower() for word in UNITS)
    ]
    assert silent == []


def test_no_field_holds_money_as_a_float() -> None:
    found = [
        str(field)
        for model in apps.get_models()
        if model.__module__.startswith("wherewithal.")
        for field in model._meta.get_fields()
        if isinstance(field, models.FloatField)
    ]
    assert found == []


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "uv.toml"])
def test_a_lock_file_names_no_address_of_an_index(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert (
        re.findall(r"(?m)^\s*(?:--(?:extra-)?index-url|--find-links).*$|https?://\S+", text) == []
    )


def test_nothing_names_a_folder_of_somebody_s_own_machine() -> None:
    own = re.compile(r"(?<![\w.~-])/(?:home|Users|root|work)/\w+")
    assert [
        f"{place(path)}: {own.findall(text)[:3]}" for path, text in texts() if own.search(text)
    ] == []


def test_no_file_is_larger_than_a_megabyte() -> None:
    assert [place(path) for path in kept() if path.stat().st_size > 1_000_000] == []
