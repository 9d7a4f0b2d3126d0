"""Every single step in an answer, tried on everybody: does more need ever pay less?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from wherewithal.allocation import Missing, evaluate
from wherewithal.allocation.cases import Cases
from wherewithal.allocation.plan import plans
from wherewithal.scheme import Question, Scheme

Column = np.ndarray
_MOST_NUMBERS = 1_000
_MOST_SORTS, _FEW_SORTS = 1 << 40, 1 << 20


@dataclass(frozen=True, slots=True)
class Tried:
    """One step from an answer to the next one up, tried on everybody whom the question is for.

    ``people`` were tried; the figure of ``fell`` of them fell. ``least`` and ``most`` are the
    smallest and largest change in pence; ``standing`` people now give the answer before the step.
    ``jump`` is the largest change where both answers give a figure, for ``both`` of them; for
    ``by_hand`` a figure would give way to costing from the bottom up.
    """

    question: str
    ask: str
    before: str
    after: str
    people: int
    fell: int
    least: int
    most: int
    standing: int
    jump: int
    both: int
    by_hand: int


def tried_steps(scheme: Scheme, cases: Cases) -> list[Tried]:
    """Try every step of every question whose answers stand in an order of need.

    All else stays as each person answered it. Only the lines a question touches are worked out
    again, and once for people who are alike in all that those lines read: which is exact.
    """
    status = evaluate(scheme, cases.columns, figures=("status",))["status"]
    found: list[Tried] = []
    for question in scheme.questions:
        if question.rising:
            found += _of(scheme, cases, question, status)
    return found


def _of(scheme: Scheme, cases: Cases, question: Question, status: Column) -> Iterator[Tried]:
    touched = [plan for plan in plans(scheme) if question.code in plan.questions]
    own = cases.columns[question.code]
    rows = np.flatnonzero((status != 1) & (own != Missing.NOT_APPLICABLE))
    if not touched or not rows.size:
        return
    beside = {code for plan in touched for code in plan.questions}
    reads = [
        name
        for name in cases.columns
        if name.removesuffix(".help") in beside or name.startswith("carer_")
    ]
    if question.kind != "several":
        reads.remove(question.code)
    first, like = _alike([cases.columns[name][rows] for name in reads], len(rows))
    alike = _least(scheme, cases, len(first))
    alike |= {name: cases.columns[name][rows][first] for name in reads}
    lines = [f"line.{plan.line.code}" for plan in touched]

    def paid(values: Column) -> Column:
        out = evaluate(scheme, {**alike, question.code: values.astype(own.dtype)})
        return np.asarray(np.sum([out[line] for line in lines], axis=0))

    has_figure = _who_has(scheme, cases, question, status, rows)
    before: Column | None = None
    had: Column | None = None
    for low, high, names, standing in _pairs(question, alike, own[rows]):
        had = has_figure(low[like]) if had is None or question.kind == "several" else had
        before = paid(low) if before is None or question.kind == "several" else before
        after = paid(high)
        change = after - before
        has = has_figure(high[like])
        now = standing if question.kind == "several" else slice(None)
        jumps, real, lost = change[like][now], (had & has)[now], (had & ~has)[now]
        before, had = after, has
        if jumps.size:
            fell = int((jumps < 0).sum())
            ends = int(jumps.min()), int(jumps.max())
            yield Tried(
                question.code, question.ask, *names, len(jumps), fell, *ends, int(standing.sum()),
                int(jumps[real].max()) if real.any() else 0, int(real.sum()), int(lost.sum()),
            )  # fmt: skip


def _who_has(
    scheme: Scheme, cases: Cases, question: Question, status: Column, rows: Column
) -> Callable[[Column], Column]:
    """Return what says who would have a figure, were these the answers to a question.

    The answer alone may lead to costing from the bottom up, and so may what it brings the total to.
    """
    decides = any(
        rule.total_above is not None or any(each.question == question.code for each in rule.when)
        for rule in scheme.by_hand
    )
    if not decides:
        now = np.asarray(status[rows] == 0)
        return lambda answers: now
    own = {name: column[rows] for name, column in cases.columns.items()}
    kind = cases.columns[question.code].dtype

    def has_figure(answers: Column) -> Column:
        changed = {**own, question.code: answers.astype(kind)}
        found = evaluate(scheme, changed, figures=("status",))
        return np.asarray(found["status"] == 0)

    return has_figure


def _pairs(
    question: Question, alike: dict[str, Column], own: Column
) -> Iterator[tuple[Column, Column, tuple[str, str], Column]]:
    """Yield each step: columns before and after it, its two names, and who stands before it."""
    many = len(next(iter(alike.values())))
    if question.kind == "several":
        mask = alike[question.code].astype(np.int64)
        for bit, option in enumerate(question.options):
            one = np.int64(1) << np.int64(bit)
            without = own & one == 0
            yield mask & ~one, mask | one, ("not ticked", option.label), without
        return
    if question.kind == "number":
        least, most = question.least, min(question.most, question.least + _MOST_NUMBERS)
        names = {value: str(value) for value in range(least, most + 1)}
    else:
        least, most = 0, len(question.options) - 1
        names = {place: option.label for place, option in enumerate(question.options)}
    for value in range(least, most):
        yield (
            np.full(many, value, np.int64),
            np.full(many, value + 1, np.int64),
            (names[value], names[value + 1]),
            own == value,
        )


def _alike(read: list[Column], people: int) -> tuple[Column, Column]:
    """Return one place of each sort of people who are alike in all columns, and each one's sort."""
    key, sorts = np.zeros(people, np.int64), 1
    for column in read:
        least = int(column.min())
        span = int(column.max()) - least + 1
        if sorts * span > _MOST_SORTS:
            values, key = np.unique(key, return_inverse=True)
            sorts = len(values)
        key = key * span + (column.astype(np.int64) - least)
        sorts *= span
    if sorts > 4 * people + _FEW_SORTS:
        _, first, like = np.unique(key, return_index=True, return_inverse=True)
        return first, like
    place = np.full(sorts, -1)
    place[key[::-1]] = np.arange(people)[::-1]
    used = np.flatnonzero(place >= 0)
    rank = np.zeros(sorts, np.int64)
    rank[used] = np.arange(len(used))
    return place[used], rank[key]


def _least(scheme: Scheme, cases: Cases, many: int) -> dict[str, Column]:
    """Return columns of the least answer to everything: they don't touch the lines looked at.

    They are of the cases' own types, so that nothing is compiled anew.
    """
    numbers = {question.code: question.least for question in scheme.questions}
    return {
        name: np.full(many, numbers.get(name, 0), column.dtype)
        for name, column in cases.columns.items()
    }


def cliffs(tried: list[Tried], many: int = 10) -> list[Tried]:
    """Return the steps with the largest jumps from a figure to a figure, the largest first."""
    real = [step for step in tried if step.both]
    return sorted(real, key=lambda step: (-step.jump, step.question, step.before))[:many]


def to_hand(tried: list[Tried], many: int = 10) -> list[Tried]:
    """Return the steps that most often lead from a figure to costing from the bottom up."""
    some = [step for step in tried if step.by_hand]
    return sorted(some, key=lambda step: (-step.by_hand / step.people, step.question))[:many]
