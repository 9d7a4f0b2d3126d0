"""Evaluate a scheme for many people at once: the same pence as :func:`explain`, to the penny."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from wherewithal.allocation.answers import AnswerMistake
from wherewithal.allocation.evaluate.columns import checked
from wherewithal.allocation.evaluate.compiled import WITHOUT, Writer, reached
from wherewithal.allocation.evaluate.tape import NOTHING, Column, Program, cast, finish, run
from wherewithal.scheme import Scheme

STATUSES = ("figure", "incomplete", "cost-it-bottom-up")
"""What the numbers in the column ``status`` stand for."""

NO_FIGURE = -(10**9)
"""Stands where there is no figure; so far from any budget that a sum over it can't be missed."""

BLOCK = 131_072
"""People worked out at a time: many enough that two threads seldom wait for each other's turn."""

TOTALS = ("total", "total_without_help")
Kinds = tuple[tuple[str, np.dtype[Any]], ...]


def evaluate(
    scheme: Scheme,
    columns: Mapping[str, Column],
    *,
    figures: Sequence[str] | None = None,
    out: Mapping[str, Column] | None = None,
    threads: int = 1,
) -> dict[str, Column]:
    """Work out everybody's figure.

    ``columns`` are as :func:`wherewithal.allocation.columns_of` makes them: one integer array for
    each question (the place of the option, the bits of the ticked options, the number, or a
    :class:`Missing`), and optionally
    ``<question>.help`` (whole percent) with ``carer_willing`` and ``carer_able`` (1, 0, -1).

    Returns ``status`` (see :data:`STATUSES`), ``total`` and ``total_without_help`` in pence, and
    ``line.<code>`` and ``line.<code>.without_help`` for each line. Where there is no figure the
    totals are :data:`NO_FIGURE`, and so are the lines of the incomplete.

    ``figures`` names the ones that are wanted; ``step.<code>`` and ``step.<code>.without_help``
    can then be asked for as well (see :func:`scales`; 0 for the incomplete). Results go into the
    arrays of ``out`` where they are given, as :func:`buffers` makes them: new memory costs more
    time than the arithmetic. More ``threads`` share the people between them.

    Raises:
        AnswerMistake: a column is missing or holds something the scheme does not allow; the row
            (from 0), the column and the value are named.
        ValueError: a figure is not one of this scheme, or an array of ``out`` can't hold it.
    """
    wanted = _wanted(scheme, figures)
    count, gaps = checked(scheme, columns, threads)
    helped = any_help(scheme, columns)
    results = _results(scheme, wanted, count, out)
    kinds = tuple((name, column.dtype) for name, column in columns.items())
    into = {name: results[name] for name in wanted}
    work = compiled(scheme, kinds, _kinds(into), (helped, gaps))
    hidden = {} if "status" in into or not work.some else {"status": np.empty(count, np.int8)}
    _run(work, columns, {**into, **hidden}, count, threads)
    return results


def scales(scheme: Scheme) -> dict[str, int]:
    """Return, for each step, how many of the whole numbers in its column make 1 of its unit."""
    return {code: reach.scale for code, reach in reached(scheme).items()}


def figures_of(scheme: Scheme) -> tuple[str, ...]:
    """Return the names of the figures that come when nothing else is asked for."""
    lines = [f"line.{line.code}" for line in scheme.lines]
    return ("status", *TOTALS, *lines, *(f"{n}{WITHOUT}" for n in lines))


def buffers(scheme: Scheme, count: int, figures: Sequence[str] | None = None) -> dict[str, Column]:
    """Make arrays for :func:`evaluate` to write into, as narrow as each figure's bounds allow.

    Pence are ``int32`` unless a line can pay more than that holds; steps are unsigned where they
    can't be below 0.
    """
    wanted = _wanted(scheme, figures)
    return {name: np.zeros(count, _narrowest(*_bounds(scheme, name))) for name in wanted}


def _narrowest(lo: int, hi: int) -> np.dtype[Any]:
    for kind in "BHI" if lo >= 0 else "bhi":
        if np.iinfo(kind).min <= lo and hi <= np.iinfo(kind).max:
            return np.dtype(kind)
    return np.dtype(np.int64)


def _bounds(scheme: Scheme, name: str) -> tuple[int, int]:
    """Return the least and the most a figure's column can hold."""
    name = name.removesuffix(WITHOUT)
    if name == "status":
        return -1, len(STATUSES)
    reach = reached(scheme)
    if name.startswith("step."):
        step = reach[name.removeprefix("step.")]
        return min(int(step.lo * step.scale), 0), max(int(step.hi * step.scale), 0)
    most = {line.code: int(reach[line.of].hi * 100) + 1 for line in scheme.lines}
    return NO_FIGURE, sum(most.values()) if name in TOTALS else most[name.removeprefix("line.")]


def _wanted(scheme: Scheme, figures: Sequence[str] | None) -> tuple[str, ...]:
    standing = figures_of(scheme)
    if figures is None:
        return standing
    steps = [f"step.{step.code}" for step in scheme.steps]
    known = {*standing, *steps, *(f"{step}{WITHOUT}" for step in steps)}
    for name in figures:
        if name not in known:
            raise ValueError(
                f"{name!r} is no figure of the scheme {scheme.code}. Ask for any of: "
                f"{', '.join(standing[:3])}, line.<code> or step.<code>."
            )
    return tuple(dict.fromkeys(figures))


def _results(
    scheme: Scheme, wanted: Sequence[str], count: int, out: Mapping[str, Column] | None
) -> dict[str, Column]:
    if out is None:
        return {name: np.empty(count, np.int8 if name == "status" else np.int64) for name in wanted}
    for name in wanted:
        column = out.get(name)
        if column is None or len(column) != count:
            held = "no array" if column is None else f"{len(column)} places"
            raise ValueError(f"out has {held} for {name}. Give it an array of {count}.")
        lo, hi = _bounds(scheme, name)
        whole = column.dtype.kind in "iu"
        if not whole or np.iinfo(column.dtype).min > lo or np.iinfo(column.dtype).max < hi:
            raise ValueError(
                f"out[{name!r}] is of {column.dtype}, which can't hold {lo} to {hi}. "
                "Let `buffers` make it."
            )
    return {name: out[name] for name in wanted}


def _kinds(columns: Mapping[str, Column]) -> Kinds:
    return tuple((name, column.dtype) for name, column in columns.items())


def any_help(scheme: Scheme, columns: Mapping[str, Column]) -> bool:
    """Say whether anybody's family help counts."""
    names = [f"{question.code}.help" for question in scheme.questions if question.helpable]
    agreed = [columns.get(name) for name in ("carer_willing", "carer_able")]
    if any(column is None or not (column == 1).any() for column in agreed):
        return False
    return any(name in columns and bool(columns[name].any()) for name in names)


@dataclass(frozen=True, slots=True)
class Compiled:
    """A scheme ready to run; ``some`` people may have no figure, ``hidden`` by the named ones."""

    program: Program
    some: bool
    totals: tuple[str, ...]
    lines: tuple[str, ...]
    steps: tuple[str, ...]


@lru_cache(maxsize=64)
def compiled(scheme: Scheme, kinds: Kinds, wanted: Kinds, state: tuple[bool, bool]) -> Compiled:
    """Prepare a scheme for columns and results of these kinds."""
    helped, gaps = state
    writer = Writer(scheme, dict(kinds), helped, gaps)
    names = sorted((name for name, _ in wanted if name != "status"), key=_turn)
    slots = {name: figure(writer, name) for name in names}
    widths = dict(wanted)
    status = writer.status()
    if status is not None:
        slots["status"] = status
    elif "status" in widths:
        tape = writer.tape
        slots["status"] = tape.write(cast, tape.constant(0, np.int8), NOTHING, np.int8)
    widths.setdefault("status", np.dtype(np.int8))
    program = finish(writer.tape, slots, widths)
    turns = [tuple(name for name in names if _turn(name) == turn) for turn in range(3)]
    return Compiled(program, status is not None, *turns)


def _turn(name: str) -> int:
    """Put totals first: what they need is then worked out while it is at hand."""
    return 0 if name in TOTALS else 2 if name.startswith("step.") else 1


def figure(writer: Writer, name: str) -> int:
    """Return the slot of a figure."""
    if name in TOTALS:
        return writer.total(left=name == "total").slot
    left = not name.endswith(WITHOUT)
    name = name.removesuffix(WITHOUT)
    kind, _, code = name.partition(".")
    if kind == "line":
        return writer.line(code, left=left).slot
    return writer.whole(code, left=left)


def _run(
    work: Compiled,
    columns: Mapping[str, Column],
    out: Mapping[str, Column],
    count: int,
    threads: int,
) -> None:
    def after(block: slice) -> None:
        status = out["status"][block]
        if status.any():
            _blank(work, out, block, status)

    share = max(-(-count // max(threads, 1)), 1)
    share = -(-share // BLOCK) * BLOCK
    parts = [
        range(start, min(start + share, count), min(BLOCK, count))
        for start in range(0, count, share)
    ]
    look = after if work.some else None
    if len(parts) == 1:
        run(work.program, columns, out, parts[0], look)
    elif parts:
        with ThreadPoolExecutor(len(parts)) as pool:
            list(pool.map(lambda part: run(work.program, columns, out, part, look), parts))


def _blank(work: Compiled, out: Mapping[str, Column], block: slice, status: Column) -> None:
    """Take away the figures of those who have none."""
    without, incomplete = status != 0, status == 1
    for name in work.totals:
        out[name][block][without] = NO_FIGURE
    for name in work.lines:
        out[name][block][incomplete] = NO_FIGURE
    for name in work.steps:
        out[name][block][incomplete] = 0


__all__ = [
    "NO_FIGURE", "STATUSES", "AnswerMistake", "buffers", "evaluate", "figures_of", "scales",
]  # fmt: skip
