"""Look through columns of answers before a scheme is evaluated over them."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from wherewithal.allocation.answers import AnswerMistake, Missing
from wherewithal.allocation.evaluate.tape import Column
from wherewithal.scheme import Question, Scheme

CARER = ("carer_willing", "carer_able")


def checked(scheme: Scheme, columns: Mapping[str, Column], threads: int = 1) -> tuple[int, bool]:
    """Look through every column; return how many rows there are, and if any answer is missing.

    Raises:
        AnswerMistake: a column is missing or holds something the scheme does not allow; the row
            (from 0), the column and the value are named.
    """
    _named(scheme, columns)
    lengths = {len(column) for column in columns.values()}
    if len(lengths) != 1:
        raise AnswerMistake("columns", sorted(lengths), "columns of one length")
    count = lengths.pop()
    if not count:
        return count, False
    ends = _ends(columns, threads)
    for question in scheme.questions:
        _in_range(question, columns[question.code], ends[question.code])
        name = f"{question.code}.help"
        if name in columns:
            most = 100 if question.helpable else 0
            _between(name, columns[name], ends[name], (0, most), f"0 to {most} percent")
    for name in CARER:
        if name in columns:
            allowed = "1 (yes), 0 (no) or -1 (not asked)"
            _between(name, columns[name], ends[name], (-1, 1), allowed)
    return count, any(ends[question.code][0] < 0 for question in scheme.questions)


def _named(scheme: Scheme, columns: Mapping[str, Column]) -> None:
    known = set(CARER)
    for question in scheme.questions:
        if question.code not in columns:
            raise AnswerMistake(
                f"column {question.code}", None, f"a column of {question.allowed()}"
            )
        known |= {question.code, f"{question.code}.help"}
    for name, column in columns.items():
        if name not in known:
            raise AnswerMistake(f"column {name}", name, f"a question of the scheme {scheme.code}")
        if column.dtype.kind not in "iu":
            raise AnswerMistake(f"column {name}", str(column.dtype), "whole numbers")


def _ends(columns: Mapping[str, Column], threads: int) -> dict[str, tuple[int, int]]:
    if threads > 1:
        with ThreadPoolExecutor(threads) as pool:
            return dict(zip(columns, pool.map(_end, columns.values()), strict=True))
    return {name: _end(column) for name, column in columns.items()}


def _end(column: Column) -> tuple[int, int]:
    """Return the least and the most of a column, in one pass where nothing is below 0."""
    if column.dtype.itemsize == 1 and column.flags.c_contiguous:
        most = int(column.view(np.uint8).max())
        if most < 128 or column.dtype.kind == "u":
            return 0, most
    return int(column.min()), int(column.max())


def places(question: Question) -> int:
    """Return how many different answers (that are not missing) a question with options has."""
    return 2 ** len(question.options) if question.kind == "several" else len(question.options)


def _in_range(question: Question, column: Column, ends: tuple[int, int]) -> None:
    choice = question.kind != "number"
    most = places(question) - 1 if choice else question.most
    allowed = f"0 to {most} for {question.allowed()}" if choice else question.allowed()
    _between(question.code, column, ends, (Missing.UNKNOWN.value, most), allowed)
    if ends[0] < 0 and not question.may_not_apply:
        _none(question.code, column, column == Missing.NOT_APPLICABLE, allowed)
    if not choice and question.least > 0 and int(column.min()) < question.least:
        _none(question.code, column, (column >= 0) & (column < question.least), allowed)


def _between(
    name: str, column: Column, ends: tuple[int, int], allowed: tuple[int, int], words: str
) -> None:
    least, most = allowed
    if ends[0] < least or ends[1] > most:
        _none(name, column, _outside(column, least, most), words)


def _outside(column: Column, least: int, most: int) -> Any:
    if column.dtype.kind == "u":
        return column > most
    return (column < least) | (column > most)


def _none(name: str, column: Column, wrong: Column, allowed: str) -> None:
    if wrong.any():
        row = int(wrong.argmax())
        raise AnswerMistake(f"row {row}, column {name}", int(column[row]), allowed)
