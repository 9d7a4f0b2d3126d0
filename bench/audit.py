"""Auditing: how long it takes with a thousand samples, and how much memory."""

import time
import tracemalloc
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from wherewithal.allocation.cases import Cases, read_cases, take
from wherewithal.council import Request, make_council
from wherewithal.council.files import write_table
from wherewithal.equity.audit import Settings, audit
from wherewithal.scheme import packaged

PEOPLE, DRAWN_FROM = 100_000, 5_000
BOOTSTRAPS = 1_000
TIMES = 3


def measure() -> None:
    """Print what an audit of many people takes: time of all processors, wall clock, memory."""
    cases = crowd(PEOPLE)
    settings = Settings(bootstraps=BOOTSTRAPS)
    audit(packaged("standard-adult"), take(cases, np.arange(2_000)), settings=settings)
    found = []
    for _ in range(TIMES):
        begun, worked = time.perf_counter(), time.process_time()
        audit(packaged("standard-adult"), cases, settings=settings)
        found.append((time.perf_counter() - begun, time.process_time() - worked))
    wall, work = min(found)
    print(f"audit, {PEOPLE:,} people, {BOOTSTRAPS:,} samples {wall:8.2f} s")
    print(f"  of processors' time                {work:8.2f} s")
    tracemalloc.start()
    audit(packaged("standard-adult"), cases, settings=settings)
    print(
        f"  memory beyond the cases            {tracemalloc.get_traced_memory()[1] / 1e6:8.0f} MB"
    )
    tracemalloc.stop()


def crowd(people: int) -> Cases:
    """Draw many cases from a made-up council, each plan a little different from the next."""
    scheme = packaged("standard-adult")
    made = make_council(Request(DRAWN_FROM, 1, date(2026, 11, 2)), scheme)
    with TemporaryDirectory() as folder:
        cases = read_cases(scheme, write_table(Path(folder), "cases", made.tables["cases"]))
    chance = np.random.default_rng(1)
    drawn = take(cases, chance.integers(0, len(cases.ids), people))
    if drawn.agreed is not None:
        noise = np.exp(0.2 * chance.standard_normal(people))
        drawn.agreed[:] = np.maximum(drawn.agreed * noise, 1)
    return drawn


if __name__ == "__main__":
    measure()
