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
    chance = np.random.default_rng(1)
    return {
        question.code: chance.choice([option.code for option in question.options], PEOPLE)
        for question in scheme.questions
    }


def _best(work: Callable[[], object], times: int = 3) -> float:
    seconds = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    return median(seconds)
