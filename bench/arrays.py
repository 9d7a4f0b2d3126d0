"""One NumPy engine over the people of a folder, in a process of its own: ``FOLDER ENGINE``."""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from bench import handwritten
from bench.population import Column, helped, scheme
from wherewithal.allocation import buffers, evaluate

ENGINES = (
    "floor",
    "by hand",
    "by hand, 2 threads",
    "wherewithal",
    "wherewithal, 2 threads",
    "wherewithal, all figures",
)


def figures() -> tuple[str, ...]:
    """Return what every engine works out: points left by question, the score, and the pence."""
    return ("total", "status", "step.adjusted", *(f"step.{code}-left" for code in helped()))


def work(engine: str, columns: dict[str, Column], out: dict[str, Column]) -> Callable[[], object]:
    """Return what is timed."""
    threads = 2 if engine.endswith("2 threads") else 1
    if engine == "floor":
        pairs = _pairs(columns, out)
        return lambda: _copied(pairs)
    if engine.startswith("by hand"):
        tables = handwritten.Tables()
        return lambda: handwritten.shared(tables, columns, out, threads)
    if engine.endswith("all figures"):
        return lambda: out.update(total=evaluate(scheme(), columns)["total"])
    return lambda: evaluate(scheme(), columns, figures=figures(), out=out, threads=threads)


def _copied(pairs: list[tuple[Column, Column]]) -> None:
    for into, values in pairs:
        np.copyto(into, values, casting="unsafe")


def _pairs(columns: dict[str, Column], out: dict[str, Column]) -> list[tuple[Column, Column]]:
    """Pair every byte that comes in, and every byte that goes out, with one to copy it to."""
    read = [(np.empty_like(column), column) for column in columns.values()]
    return read + [(column, np.zeros_like(column)) for column in out.values()]


def main(folder: Path, engine: str) -> None:
    """Measure, and write the pence beside the people."""
    columns = {path.stem: np.load(path) for path in folder.glob("in/*.npy")}
    count = len(columns["area"])
    out = buffers(scheme(), count, figures())
    for column in out.values():
        column[:] = 1
    timed = work(engine, {name: column[:64] for name, column in columns.items()},
                 {name: column[:64] for name, column in out.items()})  # fmt: skip
    timed()
    timed = work(engine, columns, out)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    timed()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    seconds = []
    for _ in range(max(5, min(200, 3_000_000 // count))):
        begun = time.perf_counter()
        timed()
        seconds.append(time.perf_counter() - begun)
    np.save(folder / f"{engine}.npy", out["total"])
    print(json.dumps({"seconds": min(seconds), "MB": peak / 1024}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
