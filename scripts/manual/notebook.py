"""A page as a notebook: its Python cells are run, and what they print is written under them.

A page is one when its second block is a comment that begins with ``notebook``. Each fenced block
of Python in it is a cell, and the block of text straight below is what it prints.
"""

import contextlib
import io
import itertools
import json
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

MARK = re.compile(r"<!-- notebook.*? -->\n\n", re.DOTALL)
CODE = re.compile(r"```python\n(?P<code>.*?)```\n(?:\n```text\n(?P<shown>.*?)```\n)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Cell:
    """A stretch of prose, or code with what it prints."""

    kind: str
    source: str
    shown: str = ""


def cells(page: str) -> list[Cell]:
    """Take a page apart, in order; the mark of a notebook is left out."""
    return list(_cells(MARK.sub("", page, count=1)))


def _cells(page: str) -> Iterator[Cell]:
    end = 0
    for found in CODE.finditer(page):
        if prose := page[end : found.start()].strip():
            yield Cell("markdown", prose)
        yield Cell("code", found["code"].rstrip("\n"), found["shown"] or "")
        end = found.end()
    if prose := page[end:].strip():
        yield Cell("markdown", prose)


def ran(page: str) -> list[Cell]:
    """Run a page's cells from the first to the last, in an empty folder of their own.

    Raises:
        RuntimeError: a cell failed; says which, and the error is its cause.
    """
    names: dict[str, Any] = {"__name__": "__main__"}
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        return [_ran(cell, names) if cell.kind == "code" else cell for cell in cells(page)]


def _ran(cell: Cell, names: dict[str, Any]) -> Cell:
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said):
            exec(compile(cell.source, "<cell>", "exec"), names)  # noqa: S102  # our own page
    except Exception as error:
        first = cell.source.splitlines()[0]
        raise RuntimeError(f"The cell that begins with {first!r} failed: {error!r}") from error
    return replace(cell, shown=said.getvalue())


def refreshed(page: str) -> str:
    """Return a page with what its cells print when they are run now."""
    made = iter([cell for cell in ran(page) if cell.kind == "code"])

    def anew(found: re.Match[str]) -> str:
        cell = next(made)
        shown = f"\n```text\n{cell.shown}```\n" if cell.shown else ""
        return f"```python\n{found['code']}```\n{shown}"

    return CODE.sub(anew, page)


def as_notebook(page: str) -> str:
    """Write a page as a Jupyter notebook (nbformat 4.5), with what its cells print."""
    count = itertools.count(1)
    written = [_written(number, cell, count) for number, cell in enumerate(cells(page), start=1)]
    whole = {
        "cells": written,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _written(number: int, cell: Cell, count: Iterator[int]) -> dict[str, Any]:
    lines = cell.source.splitlines(keepends=True)
    head = {"cell_type": cell.kind, "id": f"cell-{number}", "metadata": {}, "source": lines}
    if cell.kind == "markdown":
        return head
    text = cell.shown.splitlines(keepends=True)
    shown = [{"output_type": "stream", "name": "stdout", "text": text}] if text else []
    return {**head, "execution_count": next(count), "outputs": shown}
