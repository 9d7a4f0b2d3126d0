"""The engine: one explanation, and a population, beside the cost of merely copying its columns."""

import time
from collections.abc import Callable
from statistics import median

import numpy as np

from wherewithal.allocation import Answers, evaluate, explain
from wherewithal.scheme import Scheme, packaged

PEOPLE = 1_000_000


def measure() -> None:
    """Print explanation and evaluation times for the standard scheme."""
    scheme = packaged("standard-adult")
    answers = Answers(
        values={question.code: question.options[1].code for question in scheme.questions},
        help={}, carer_willing=True, carer_able=True,
    )  # fmt: skip
    one = _best(lambda: [explain(scheme, answers) for _ in range(200)]) / 200
    columns = _columns(scheme)
    floor = _best(lambda: [column.copy() for column in columns.values()])
    many = _best(lambda: evaluate(scheme, columns))
    print(f"one explanation, with its sentences      {one * 1e6:8.0f} µs")
    print(f"{PEOPLE:,} people, full breakdown        {many:8.3f} s  ({many / floor:.0f} × a copy)")


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
