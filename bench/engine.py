"""The engine beside its peer, its floor and a form written by hand: ratios within one run."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np

from bench import more, peers
from bench.arrays import ENGINES
from bench.population import numbers, population
from wherewithal.scheme import Scheme

SIZES = (10_000, 100_000, 1_000_000)
FOLDER = Path(".local/bench/people")
PEOPLE = 1_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """One engine over some people; ``equal`` is how many of them get the exact pence."""

    people: int
    engine: str
    seconds: float
    megabytes: float
    equal: int


def measure() -> None:
    """Print what populations, one explanation, reforms and files take."""
    there = peers.ready()
    traces: dict[str, float] = {}
    for people in SIZES:
        rows, found = _table(people, peer=there)
        traces = found or traces
        show(rows)
    more.explanations(traces)
    more.reforms()
    for people in (more.STREAMED // 5, more.STREAMED):
        for verb in ("make", "stream"):
            command = [sys.executable, "-m", "bench.more", verb, ".local/bench/streamed"]
            subprocess.run([*command, str(people)], check=True)


def _table(people: int, *, peer: bool) -> tuple[list[Row], dict[str, float]]:
    folder = FOLDER / str(people)
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "in").mkdir(parents=True)
    for name, column in population(people).items():
        np.save(folder / "in" / f"{name}.npy", column)
    (folder / "numbers.json").write_text(json.dumps(numbers()), encoding="utf-8")
    found = peers.measured(folder) if peer else {}
    ours = {engine: _alone(folder, engine) for engine in ENGINES}
    exact = np.load(folder / "wherewithal.npy")
    rows = [
        Row(people, engine, each["seconds"], each["MB"], _equal(folder, engine, exact))
        for engine, each in ours.items()
    ]
    if peer:
        rows += [
            Row(people, f"OpenFisca, {name}", found[name], found[f"{name} MB"],
                _equal(folder, name, exact))
            for name in peers.FORMS
        ]  # fmt: skip
    return rows, found


def _alone(folder: Path, engine: str) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.arrays", str(folder), engine]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(answer.stdout)
    return found


def _equal(folder: Path, name: str, exact: np.ndarray) -> int:
    found = np.load(folder / f"{name}.npy")
    return int((found == exact).sum())


def show(rows: list[Row]) -> None:
    """Print the rows of one population; the peer's columns say how many times slower it is."""
    by_name = {row.engine: row.seconds for row in rows}
    peer = [by_name.get(f"OpenFisca, {name}", float("nan")) for name in peers.FORMS]
    heads = "".join(f"{name:>19}" for name in peers.FORMS)
    print(f"\n{'people':>9}  {'engine':<28}{'ms':>10}{'× floor':>9}{heads}{'MB':>9}  pence equal")
    for row in rows:
        ratios = [f"{each / row.seconds:.1f}×" for each in peer]
        same = "" if row.engine == "floor" else "yes" if row.equal == row.people else (
            f"NO, {row.people - row.equal:,} differ")  # fmt: skip
        print(f"{row.people:>9,}  {row.engine:<28}{row.seconds * 1e3:>10.2f}"
              f"{row.seconds / by_name['floor']:>9.1f}{''.join(f'{each:>19}' for each in ratios)}"
              f"{row.megabytes:>9.1f}  {same}")  # fmt: skip


def _columns(scheme: Scheme) -> dict[str, np.ndarray]:
    """Everybody's answers as option numbers, with help from a willing and able family."""
    chance = np.random.default_rng(1)
    columns = {
        question.code: chance.integers(0, len(question.options), PEOPLE, dtype=np.int8)
        for question in scheme.questions
    }
    helped = [question.code for question in scheme.questions if question.helpable]
    shares = np.array([0, 0, 25, 50, 75, 100], dtype=np.int8)
    columns |= {f"{code}.help": chance.choice(shares, PEOPLE) for code in helped}
    willing = np.ones(PEOPLE, dtype=np.int8)
    return columns | {"carer_willing": willing, "carer_able": willing}


def _best(work: Callable[[], object], times: int = 3) -> float:
    seconds = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    return median(seconds)
