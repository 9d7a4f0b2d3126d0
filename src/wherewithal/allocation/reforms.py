"""Many reforms of one scheme over the same people: what each costs, and who would lose by it.

The reforms are written onto one tape, so whatever a reform leaves as it was is worked out once.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from wherewithal.allocation.evaluate import any_help
from wherewithal.allocation.evaluate.columns import checked
from wherewithal.allocation.evaluate.compiled import Writer
from wherewithal.allocation.evaluate.tape import Column, Tape, finish, run
from wherewithal.scheme import Scheme

TOGETHER = 40
"""Reforms on one tape."""
TILE = 32_768
"""People worked out at a time: so few that what all these reforms share stays in the cache."""
ABSENT = -1
WIDE = np.dtype(np.int64)


@dataclass(slots=True)
class Tally:
    """What is added up for one reform, block by block."""

    total: int = 0
    people: int = 0
    both: int = 0
    losers: int = 0
    gainers: int = 0
    biggest_loss: int = 0

    def add(self, now: Column, before: Column, _: Any) -> None:
        """Add a block of figures in pence, now and before; :data:`ABSENT` where there is none."""
        there = now != ABSENT
        if there.all() and (before != ABSENT).all():
            self.people += len(now)
            self.total += int(now.sum())
            self._compare(now, before)
            return
        self.people += int(there.sum())
        self.total += int(now[there].sum())
        there &= before != ABSENT
        self._compare(now[there], before[there])

    def _compare(self, now: Column, before: Column) -> None:
        self.both += len(now)
        if now is before or not len(now):
            return
        moved = now - before
        self.losers += int(np.count_nonzero(moved < 0))
        self.gainers += int(np.count_nonzero(moved > 0))
        self.biggest_loss = max(self.biggest_loss, -int(moved.min()))


@dataclass(frozen=True, slots=True)
class Effect:
    """What a reform does to everybody, in pence for the scheme's period.

    ``total`` is what the ``people`` with a figure under the reform get. Of the ``both`` who have a
    figure before and after, ``losers`` get less, ``gainers`` more, and nobody loses more than
    ``biggest_loss``.
    """

    total: int
    people: int
    both: int
    losers: int
    gainers: int
    biggest_loss: int


@dataclass(frozen=True, slots=True)
class _Group:
    scheme: Scheme
    reforms: Sequence[Scheme]
    columns: Mapping[str, Column]
    state: tuple[bool, bool]
    tallies: list[Tally] = field(default_factory=list)


def compare_reforms(
    scheme: Scheme, reforms: Sequence[Scheme], columns: Mapping[str, Column], *, threads: int = 1
) -> tuple[Effect, ...]:
    """Return what each reform does, beside the scheme as it stands, to everybody in ``columns``.

    ``columns`` are as for :func:`wherewithal.allocation.evaluate`. A reform is another scheme that
    asks the same questions: vary amounts, prices, curves or limits with
    :func:`dataclasses.replace`.

    Raises:
        AnswerMistake: a column is missing or holds what the scheme does not allow.
        ValueError: a reform does not ask the same questions.
    """
    count, gaps = checked(scheme, columns, threads)
    for number, reform in enumerate(reforms):
        if reform.questions is not scheme.questions and reform.questions != scheme.questions:
            raise ValueError(
                f"Reform {number} ({reform.code} {reform.version}) does not ask the questions of "
                f"{scheme.code} {scheme.version}. Compare reforms that ask the same."
            )
    state = any_help(scheme, columns), gaps
    groups = [
        _Group(scheme, reforms[start : start + TOGETHER], columns, state)
        for start in range(0, len(reforms), TOGETHER)
    ]
    with ThreadPoolExecutor(max(threads, 1)) as pool:
        list(pool.map(lambda group: _work(group, count), groups))
    return tuple(
        Effect(t.total, t.people, t.both, t.losers, t.gainers, t.biggest_loss)
        for group in groups
        for t in group.tallies
    )


def _work(group: _Group, count: int) -> None:
    tape = Tape()
    kinds = {name: column.dtype for name, column in group.columns.items()}
    standing = Writer(group.scheme, kinds, *group.state, tape)
    before = _figure(standing)
    counted = {}
    for number, reform in enumerate(group.reforms):
        tally = Tally()
        now = _figure(Writer(reform, kinds, *group.state, tape, standing))
        counted[str(number)] = tape.write(tally.add, now, before, np.bool_, ("tally", number))
        group.tallies.append(tally)
    program = finish(tape, counted, {})
    if count:
        run(program, group.columns, {}, range(0, count, min(TILE, count)))


def _figure(writer: Writer) -> int:
    """Return the slot of the total in pence, :data:`ABSENT` where there is none."""
    tape = writer.tape
    total = tape.to(writer.total(left=True).slot, WIDE)
    status = writer.status()
    return total if status is None else tape.write(_blank, total, status, WIDE)


def _blank(total: Column, status: Column, out: Column) -> None:
    np.copyto(out, total)
    if status.any():
        out[status != 0] = ABSENT
