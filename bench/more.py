"""One explanation, many reforms, and a file larger than memory."""

import random
import resource
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import partial
from pathlib import Path
from statistics import median

from bench.population import population, scheme
from wherewithal.allocation import Answers, explain
from wherewithal.allocation.reforms import compare_reforms
from wherewithal.allocation.tables import evaluate_file
from wherewithal.scheme import Scheme, packaged
from wherewithal.scheme.steps import Choice, Curve, Limit, Step

REFORMS, PEOPLE, STREAMED = 1_000, 100_000, 10_000_000
CROWD, CROWDS = 300, 40
ANSWERS = "answers.parquet"
SHARES = (0, 0, 25, 50, 75)


def people(asked: Scheme, seed: int) -> list[Answers]:
    """Make people up, with a willing and able family."""
    chance = random.Random(seed)  # noqa: S311  # made-up people, not secrets
    return [
        Answers(
            {q.code: chance.choice(q.options).code for q in asked.questions},
            {q.code: chance.choice(SHARES) for q in asked.questions if q.helpable},
            carer_willing=True,
            carer_able=True,
        )
        for _ in range(CROWD)
    ]


def timed(work: Callable[[], object]) -> float:
    """Return the seconds of one run."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def explanations(traces: dict[str, float]) -> None:
    """Print one explanation with its sentences, of people not met before.

    Beside it stands the peer's trace, of the exact form that its manual asks for.
    """
    print(f"\n{'one explanation, with its sentences':<52}{'µs':>9}{'trace is':>11}")
    for asked in (packaged("standard-adult"), scheme()):
        first = timed(partial(_all, asked, people(asked, 0)[:1]))
        each = [timed(partial(_all, asked, people(asked, n))) / CROWD for n in range(1, CROWDS)]
        _explained(f"{asked.code}, the very first person", first, traces)
        _explained(f"{asked.code}, the next {CROWD} people", each[0], traces)
        _explained(f"{asked.code}, new people after {CROWDS // 2 * CROWD:,}, at the median",
                   median(each[CROWDS // 2 :]), traces)  # fmt: skip
        _explained(f"{asked.code}, the same, at best", min(each[CROWDS // 2 :]), traces)


def _all(asked: Scheme, crowd: list[Answers]) -> None:
    for one in crowd:
        explain(asked, one)


def _explained(name: str, seconds: float, traces: dict[str, float]) -> None:
    trace = traces.get("exact trace", float("nan"))
    print(f"{name:<52}{seconds * 1e6:>9.0f}{trace / seconds:>10.1f}×")


def reformed(chance: random.Random, number: int) -> Scheme:
    """Vary the points of two questions, the curve, the areas and the least of the scheme."""

    def varied(step: Step) -> Step:
        if step.code in ("nights-points", "risk-points") and isinstance(step, Choice):
            most = max(step.amounts.values())
            points = sorted(chance.sample(range(int(most)), len(step.amounts) - 1))
            amounts = map(Fraction, [*points, int(most)])
            return replace(step, amounts=dict(zip(step.amounts, amounts, strict=True)))
        if isinstance(step, Curve):
            times = Fraction(chance.randrange(90, 111), 100)
            return replace(step, knots=tuple((x, y * times) for x, y in step.knots))
        if step.code == "here" and isinstance(step, Choice):
            more = Fraction(chance.randrange(-200, 200), 10_000)
            return replace(step, amounts={k: v + more for k, v in step.amounts.items()})
        if isinstance(step, Limit):
            return replace(step, least=Fraction(chance.randrange(10, 60)))
        return step

    return replace(scheme(), version=str(number), steps=tuple(map(varied, scheme().steps)))


def reforms() -> None:
    """Print what many reforms of everything take."""
    chance = random.Random(1)  # noqa: S311  # made-up reforms, not secrets
    made: list[Scheme] = []
    building = timed(lambda: made.extend(reformed(chance, n) for n in range(REFORMS)))
    columns = population(PEOPLE)
    print(f"\n{REFORMS:,} reforms × {PEOPLE:,} people; points, curve, areas and least all vary")
    print(f"  building and checking the schemes  {building:8.2f} s")
    for threads in (1, 2):
        seconds = timed(partial(compare_reforms, scheme(), made, columns, threads=threads))
        print(f"  comparing them, {threads} thread(s)        {seconds:8.2f} s"
              f"  ({seconds / REFORMS / PEOPLE * 1e9:.0f} ns a person)")  # fmt: skip


def make(folder: Path, people: int) -> None:
    """Write a Parquet file of answers."""
    import pyarrow as pa
    from pyarrow import parquet

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    part, writer = 500_000, None
    for start in range(0, people, part):
        columns = {"id": range(start, start + part), **population(part, seed=start)}
        table = pa.table({name: pa.array(column) for name, column in columns.items()})
        writer = writer or parquet.ParquetWriter(folder / ANSWERS, table.schema)
        writer.write_table(table)
    if writer is not None:
        writer.close()


def stream(folder: Path, people: int) -> None:
    """Work out a Parquet file of answers into another, and say how much memory it took."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    out = folder / "figures.parquet"
    seconds = timed(lambda: evaluate_file(scheme(), folder / ANSWERS, out, threads=2))
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{people:>12,} people from Parquet to Parquet {seconds:8.2f} s, at most"
          f" {after / 1024:.0f} MB in all ({before / 1024:.0f} MB before)")  # fmt: skip


if __name__ == "__main__":
    {"make": make, "stream": stream}[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
