"""A file of cases: many people's answers as columns, what was agreed for each, and their groups."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from wherewithal.allocation.answers import (
    SAID_WORDS,
    Answer,
    AnswerMistake,
    Answers,
    Missing,
    code_of,
    read_answer,
)
from wherewithal.allocation.casefile import CasesMistake, Text, TextColumn, read_text
from wherewithal.allocation.evaluate.columns import CARER
from wherewithal.money import parse_pounds
from wherewithal.scheme import Question, Scheme

Column = np.ndarray

MONEY = ("agreed", "contingency")
MOST_LABELS = 200
"""A column of more different texts than this tells people apart; it is not a group."""
NOT_KNOWN = frozenset({"", "n/a", "declined", "unknown", "not known", "not stated"})

__all__ = [
    "Cases", "CasesMistake", "Groups", "answers_of", "cases_in", "read_cases", "take",
]  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Which group each person is in, by one way of grouping.

    ``labels`` stand in the order they should be shown; ``codes`` holds each person's place among
    them, or -1 where it is not known.
    """

    labels: tuple[str, ...]
    codes: Column


@dataclass(frozen=True, slots=True, eq=False)
class Cases:
    """Many people: their answers, what was agreed for each, and the groups they belong to.

    ``columns`` are what :func:`wherewithal.allocation.evaluate` takes. ``agreed`` is the agreed
    cost of each plan in pence for the scheme's period, and ``contingency`` what is set aside
    beside it; ``None`` where the file has no such column. ``groups`` holds any other column of
    few different texts by its name, and ``left_out`` names the columns that are none of these.
    """

    ids: tuple[str, ...]
    columns: dict[str, Column]
    agreed: Column | None
    groups: dict[str, Groups]
    contingency: Column | None = None
    left_out: tuple[str, ...] = ()


def read_cases(scheme: Scheme, path: Path) -> Cases:
    """Read cases from a ``.csv`` or ``.parquet`` file.

    It needs the columns ``id`` and each question of the scheme, holding an option's code, a whole
    number, ``a;b`` where several may be ticked, ``n/a``, ``declined``, ``unknown``, or nothing. It
    may have ``<question>.help`` (whole percent), ``carer_willing`` and ``carer_able`` (yes, no,
    blank), ``agreed`` and ``contingency`` (pounds for the scheme's period), and groups.

    Raises:
        CasesMistake: it can't be read or used; names the file, row, column, value and the mend.
    """
    return read_text(path, lambda text: cases_in(scheme, text))


def cases_in(
    scheme: Scheme, text: Text, *, beside: Iterable[Scheme] = (), money: bool = True
) -> Cases:
    """Return the cases that a file's text holds.

    ``beside`` are other schemes whose questions may stand in the file too, and are not taken for
    groups; without ``money`` what was agreed is passed over.

    Raises:
        CasesMistake: a column is missing, or a cell holds what is not allowed.
    """
    others = set(chain.from_iterable(_asked(each) for each in beside))
    _check_header(scheme, text, others)
    columns = {q.code: _answers(text, q) for q in scheme.questions}
    for name in [f"{q.code}.help" for q in scheme.questions if q.helpable]:
        if name in text.columns:
            columns[name] = _codes(text, name, _share, np.uint8)
    for name in CARER:
        if name in text.columns:
            columns[name] = _codes(text, name, _agrees, np.int8)
    paid = {name: _money(text, name) for name in MONEY if money and name in text.columns}
    free = [n for n in text.columns if n not in {"id", *CARER, *MONEY, *_asked(scheme), *others}]
    groups = {name: _groups(text.columns[name]) for name in free if _few(text.columns[name])}
    left_out = tuple(name for name in free if name not in groups)
    ids = text.ids()
    return Cases(ids, columns, paid.get("agreed"), groups, paid.get("contingency"), left_out)


def take(cases: Cases, rows: Column) -> Cases:
    """Return some of the cases: ``rows`` are places, which may repeat, or a mask of booleans."""
    ids = np.empty(len(cases.ids), object)
    ids[:] = cases.ids
    return Cases(
        tuple(ids[rows].tolist()),
        {name: column[rows] for name, column in cases.columns.items()},
        None if cases.agreed is None else cases.agreed[rows],
        {name: Groups(g.labels, g.codes[rows]) for name, g in cases.groups.items()},
        None if cases.contingency is None else cases.contingency[rows],
        cases.left_out,
    )


def answers_of(scheme: Scheme, cases: Cases, reference: str) -> Answers:
    """Return the answers of the first person of this id, as ``explain`` takes them.

    Raises:
        CasesMistake: nobody among the cases has this id.
    """
    if reference not in cases.ids:
        raise CasesMistake(
            f"Nobody among the cases has the id {reference!r}. Use one of their ids."
        )
    row = cases.ids.index(reference)
    told = {name: int(column[row]) for name, column in cases.columns.items()}
    values = {each.code: _answer(each, told[each.code]) for each in scheme.questions}
    shares = {each.code: told.get(f"{each.code}.help", 0) for each in scheme.questions}
    willing, able = (_AGREED[told.get(name, -1)] for name in CARER)
    return Answers(values, {code: share for code, share in shares.items() if share}, willing, able)


_AGREED = {1: True, 0: False, -1: None}


def _answer(question: Question, code: int) -> Answer:
    if code < 0:
        return Missing(code)
    if question.kind == "number":
        return code
    if question.kind == "several":
        ticked = (option for bit, option in enumerate(question.options) if code >> bit & 1)
        return frozenset(option.code for option in ticked)
    return question.options[code].code


def _asked(scheme: Scheme) -> set[str]:
    codes = [question.code for question in scheme.questions]
    return {
        *codes,
        *(f"{question.code}.help" for question in scheme.questions if question.helpable),
    }


def _check_header(scheme: Scheme, text: Text, others: set[str]) -> None:
    needed = ["id", *(question.code for question in scheme.questions)]
    if lacking := [name for name in needed if name not in text.columns]:
        raise CasesMistake(
            f"{text.path} lacks the columns: {', '.join(lacking)}. Leave unknown cells blank."
        )
    known = _asked(scheme) | others
    for name in text.columns:
        if name.endswith(".help") and name not in known:
            helped = [q.code + ".help" for q in scheme.questions if q.helpable]
            raise CasesMistake(
                f"{text.path}, column {name}: family help can't be recorded there. "
                f"Allowed: {', '.join(helped) or 'none in this scheme'}."
            )


def _codes(text: Text, name: str, read: Callable[[str], int], kind: type[np.generic]) -> Column:
    """Read each different text of a column once, and give every row its number."""
    column = text.columns[name]
    numbers = np.zeros(max(len(column.values), 1), np.int64)
    for place, value in enumerate(column.values):
        try:
            numbers[place] = read(value)
        except ValueError as allowed:
            row = text.row(int((column.places == place).argmax()))
            raise CasesMistake(
                f"{text.path}, row {row}, column {name}: {value!r} can't be used. {allowed}"
            ) from None
    return np.asarray(numbers.astype(kind)[column.places])


def _answers(text: Text, question: Question) -> Column:
    small = question.kind == "one" and len(question.options) < 128
    read = _reader(question)
    return _codes(text, question.code, read, np.int8 if small else np.int64)


def _reader(question: Question) -> Callable[[str], int]:
    """Return what turns one text into the number that columns hold for this question."""
    na = "n/a, " if question.may_not_apply else ""
    allowed = f"Allowed: {question.allowed()}, blank, {na}declined or unknown."

    def read(value: str) -> int:
        try:
            return int(code_of(question, read_answer(question, value)))
        except AnswerMistake:
            raise ValueError(allowed) from None

    return read


def _digits(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= 18


def _share(value: str) -> int:
    digits = value.removesuffix("%").strip() or "0"
    if _digits(digits) and int(digits) <= 100:
        return int(digits)
    raise ValueError("Allowed: a whole number from 0 to 100, or blank.")


def _agrees(value: str) -> int:
    if value.lower() in SAID_WORDS:
        return SAID_WORDS[value.lower()]
    raise ValueError("Allowed: yes, no or blank (nobody has asked).")


def _money(text: Text, name: str) -> Column:
    def read(value: str) -> int:
        if name == "contingency" and not value:
            return 0
        try:
            pence = parse_pounds(value)
        except ValueError:
            pence = -1
        if 0 <= pence < 10**12:
            return pence
        mend = "Allowed: pounds like 312.50, from 0 up."
        raise ValueError(mend if value else f"{mend} Leave out people with no agreed plan.")

    return _codes(text, name, read, np.int64)


def _few(column: TextColumn) -> bool:
    return len(column.values) <= MOST_LABELS


def _groups(column: TextColumn) -> Groups:
    """Put a column's labels in order: numbers by size, so that age bands rise."""
    labels = sorted({v for v in column.values if v.lower() not in NOT_KNOWN}, key=_order)
    places = {label: place for place, label in enumerate(labels)}
    codes = np.array([places.get(value, -1) for value in column.values] or [0], np.int16)
    return Groups(tuple(labels), codes[column.places])


def _order(label: str) -> tuple[Any, ...]:
    """Order labels as people do: under 25, 25 to 34, 100 or more; then words by the alphabet."""
    words = label.lower()
    first = 0 if words.startswith(("under", "less than", "up to")) else 1
    parts = re.split(r"(\d+)", words)
    return (first, *((0, int(p), "") if p.isdigit() else (1, 0, p) for p in parts if p))
