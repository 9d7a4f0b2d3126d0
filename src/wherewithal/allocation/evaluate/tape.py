"""A tape of array operations: written once for a scheme, run for one block of people at a time.

An operation that was written before is not written again, so whatever two figures (or two schemes)
share is worked out once. Scratch memory is reused as soon as it is free, so that a block stays in
the processor's cache.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

Column = np.ndarray
Work = Callable[[Any, Any, Any], object]
"""An operation on two inputs that writes into the third: a NumPy ufunc, or one of those below."""
Operation = tuple[Work, int, int, int]
NOTHING = 0


def cast(values: Any, _: Any, out: Column) -> None:
    """Copy whole numbers into another width that is known to hold them."""
    np.copyto(out, values, casting="unsafe")


def look_up(table: Column, places: Column, out: Column) -> None:
    """Read a table at these places; places outside it read its ends."""
    np.take(table, places, out=out, mode="clip")


def look_up_around(table: Column, places: Column, out: Column) -> None:
    """Read a table at these places; those below 0 count from its end."""
    np.take(table, places, out=out, mode="wrap")


def larger(one: Any, other: Any, out: Column) -> None:
    """Keep the larger of two numbers."""
    np.maximum(one, other, out=out)


def smaller(one: Any, other: Any, out: Column) -> None:
    """Keep the smaller of two numbers."""
    np.minimum(one, other, out=out)


def widely(one: Any, other: Any, out: Column) -> None:
    """Multiply in the width of the result."""
    np.multiply(one, other, out=out, dtype=out.dtype)


IN_PLACE = (larger, smaller)
"""These, and every ufunc, may write where they read."""


@dataclass(slots=True)
class Tape:
    """What has been written so far. Slots are numbers; slot 0 stands for nothing."""

    kinds: list[np.dtype[Any]] = field(default_factory=lambda: [np.dtype(np.int8)])
    inputs: dict[int, str] = field(default_factory=dict)
    constants: dict[int, Any] = field(default_factory=lambda: {NOTHING: None})
    views: dict[int, int] = field(default_factory=dict)
    operations: list[Operation] = field(default_factory=list)
    written: dict[Hashable, int] = field(default_factory=dict)

    def _slot(self, key: Hashable, kind: Any) -> int:
        slot = len(self.kinds)
        self.kinds.append(np.dtype(kind))
        self.written[key] = slot
        return slot

    def input(self, name: str, kind: Any) -> int:
        """Return the slot of a column."""
        key = ("input", name)
        if key in self.written:
            return self.written[key]
        slot = self._slot(key, kind)
        self.inputs[slot] = name
        return slot

    def constant(self, number: int, kind: Any) -> int:
        """Return the slot of a whole number, held as this kind (wrapped round, if it must be)."""
        kind = np.dtype(kind)
        key = ("constant", number, kind.char)
        if key in self.written:
            return self.written[key]
        slot = self._slot(key, kind)
        wrapped = number % 2 ** (8 * kind.itemsize) if kind.kind == "u" else number
        self.constants[slot] = kind.type(wrapped)
        return slot

    def table(self, values: Column) -> int:
        """Return the slot of a table to look up values in."""
        key = ("table", values.dtype.char, values.tobytes())
        if key in self.written:
            return self.written[key]
        slot = self._slot(key, values.dtype)
        self.constants[slot] = values
        return slot

    def write(
        self, work: Work, one: int, other: int, kind: Any, name: tuple[object, ...] = ()
    ) -> int:
        """Write an operation, unless it is there already, and return the slot of its result.

        ``name`` tells apart operations that were made for the purpose.
        """
        kind = np.dtype(kind)
        key = (name or work, one, other, kind.char)
        found = self.written.get(key)
        if found is not None:
            return found
        slot = self._slot(key, kind)
        self.operations.append((work, one, other, slot))
        return slot

    def as_numbers(self, truth: int) -> int:
        """Look at true and false as 1 and 0, without copying."""
        key = ("view", truth)
        if key in self.written:
            return self.written[key]
        slot = self._slot(key, np.uint8)
        self.views[slot] = truth
        return slot

    def to(self, slot: int, kind: Any) -> int:
        """Return the same numbers in another width."""
        same = self.kinds[slot] == np.dtype(kind)
        return slot if same else self.write(cast, slot, NOTHING, kind)


@dataclass(frozen=True, slots=True)
class Program:
    """A tape that is ready to run.

    ``places`` gives each slot the number of its scratch memory, of ``sizes`` bytes a person.
    ``direct`` are slots that are written straight into a result, ``copied`` the other results.
    """

    operations: tuple[Operation, ...]
    kinds: tuple[np.dtype[Any], ...]
    inputs: Mapping[int, str]
    constants: Mapping[int, Any]
    places: Mapping[int, int]
    sizes: tuple[int, ...]
    direct: Mapping[int, str]
    copied: tuple[tuple[str, int], ...]


def finish(tape: Tape, results: Mapping[str, int], kinds: Mapping[str, np.dtype[Any]]) -> Program:
    """Leave out what no result needs, and say which scratch memory each operation uses.

    ``results`` are the slots wanted by name, ``kinds`` the widths they are wanted in; a result
    without one is worked out, but written nowhere.
    """
    owner = tape.views
    kept = _in_order(tape, results.values())
    direct, copied = _results(tape, results, kinds)
    places, sizes = _places(tape, kept, direct, [owner.get(slot, slot) for _, slot in copied])
    for view, slot in owner.items():
        if slot in places:
            places[view] = places[slot]
    read = {slot for operation in kept for slot in operation[1:3]} | {*results.values()}
    named = {slot: name for slot, name in tape.inputs.items() if slot in read}
    return Program(
        tuple(kept), tuple(tape.kinds), named, tape.constants, places, tuple(sizes), direct, copied
    )


def _in_order(tape: Tape, results: Iterable[int]) -> list[Operation]:
    """Return what the results need, each operation as late as it can be: sums as they grow."""
    made = {operation[3]: operation for operation in tape.operations}
    kept: dict[int, Operation] = {}
    for result in results:
        waiting = [result]
        while waiting:
            slot = tape.views.get(waiting[-1], waiting[-1])
            operation = made.get(slot)
            if operation is None or slot in kept:
                waiting.pop()
                continue
            needed = [tape.views.get(each, each) for each in operation[1:3]]
            ahead = [each for each in needed if each in made and each not in kept]
            if ahead:
                waiting.append(ahead[0])
            else:
                kept[slot] = operation
                waiting.pop()
    return list(kept.values())


def _results(
    tape: Tape, results: Mapping[str, int], kinds: Mapping[str, np.dtype[Any]]
) -> tuple[dict[int, str], tuple[tuple[str, int], ...]]:
    made = {operation[3] for operation in tape.operations}
    direct: dict[int, str] = {}
    copied = []
    for name, slot in results.items():
        if name not in kinds:
            continue
        if slot in made and slot not in direct and tape.kinds[slot] == kinds[name]:
            direct[slot] = name
        else:
            copied.append((name, slot))
    return direct, tuple(copied)


def _places(
    tape: Tape, kept: Sequence[Operation], direct: Mapping[int, str], late: Sequence[int]
) -> tuple[dict[int, int], list[int]]:
    """Give scratch memory to every slot, and take it back after the last time it is read."""
    owner = tape.views
    last: dict[int, int] = {}
    for number, (_, one, other, made) in enumerate(kept):
        last[owner.get(one, one)] = last[owner.get(other, other)] = last[made] = number
    last.update(dict.fromkeys(late, len(kept)))
    places: dict[int, int] = {}
    sizes: list[int] = []
    free: dict[int, list[int]] = {}
    for number, (work, one, other, made) in enumerate(kept):
        read = {owner.get(one, one), owner.get(other, other)}
        done = [slot for slot in read if last[slot] == number and slot in places]
        in_place = isinstance(work, np.ufunc) or work in IN_PLACE
        if in_place:
            _give_back(done, tape, places, free)
        if made not in direct:
            width = tape.kinds[made].itemsize
            if not free.get(width):
                sizes.append(width)
                free[width] = [len(sizes) - 1]
            places[made] = free[width].pop()
        if not in_place:
            _give_back(done, tape, places, free)
    return places, sizes


def _give_back(
    done: Sequence[int], tape: Tape, places: Mapping[int, int], free: dict[int, list[int]]
) -> None:
    for slot in done:
        free.setdefault(tape.kinds[slot].itemsize, []).append(places[slot])


def run(
    program: Program,
    columns: Mapping[str, Column],
    out: Mapping[str, Column],
    rows: range,
    after: Callable[[slice], object] | None = None,
) -> None:
    """Run a program over ``rows``, whose step is the size of a block.

    ``after`` is called with the rows of each block when its results are there.
    """
    scratch = [np.empty(rows.step * size, np.uint8) for size in program.sizes]
    slots: list[Any] = [program.constants.get(slot) for slot in range(len(program.kinds))]
    for start in rows:
        block = slice(start, min(start + rows.step, rows.stop))
        count = block.stop - block.start
        if start == rows.start or count < rows.step:
            for slot, place in program.places.items():
                kind = program.kinds[slot]
                slots[slot] = scratch[place][: count * kind.itemsize].view(kind)
        for slot, name in program.inputs.items():
            slots[slot] = columns[name][block]
        for slot, name in program.direct.items():
            slots[slot] = out[name][block]
        for work, one, other, made in program.operations:
            work(slots[one], slots[other], slots[made])
        for name, slot in program.copied:
            np.copyto(out[name][block], slots[slot], casting="unsafe")
        if after is not None:
            after(block)
