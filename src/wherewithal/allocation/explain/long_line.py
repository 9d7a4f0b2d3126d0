"""A line that rests on many answers: compiled once, then worked out fast, as by the plain rules.

What rests on a single answer is worked out by the plain rules and remembered. What rests on several
is worked out for each person anew, in whole numbers (see ``scaled``).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple

from wherewithal.allocation.answers import Answer, Share
from wherewithal.allocation.explain.anew import Anew, Run, runs, whole_anew, work_anew
from wherewithal.allocation.explain.describe import describe, standing, with_full
from wherewithal.allocation.explain.hours import Paid
from wherewithal.allocation.explain.line import Given, Part, Result, counted, finish, spread
from wherewithal.allocation.explain.scaled import QUOTIENTS
from wherewithal.allocation.explain.work import exact, plain, work_out
from wherewithal.allocation.explain.working import Written, written
from wherewithal.allocation.explanation import Step, Value
from wherewithal.allocation.plan import Plan, reaches_of
from wherewithal.scheme import Scheme
from wherewithal.scheme import steps as kinds

REMEMBERED = 2048
"""So many answers to the question of a block are remembered, at about 2 KB each."""


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Steps of a line that rest on the answer to one question."""

    scheme: Scheme
    question: str
    steps: tuple[kinds.Step, ...]
    scales: tuple[int, ...]


class Found(NamedTuple):
    """The steps of a block for one answer, their scaled values before and after help, in words."""

    steps: tuple[Step, ...]
    full: tuple[Value, ...]
    left: tuple[Value, ...]
    texts: tuple[Written, ...]


@dataclass(frozen=True, slots=True, eq=False)
class LongLine:
    """A line's blocks, each with the place of its question; its other steps; and their order."""

    blocks: tuple[tuple[int, Callable[[Given], Found]], ...]
    later: tuple[Anew | Run, ...]
    order: Callable[[Sequence[Step]], tuple[Step, ...]]
    codes: tuple[str, ...]
    of: int
    scale: int
    paid: bool
    """Whether it has hours at all."""
    asks: bool
    """Whether answers or shares of help go into what is worked out anew, or into hours."""


@lru_cache(maxsize=256)
def compiled(plan: Plan) -> LongLine:
    """Sort a line's steps into those that rest on one answer, and those to be worked out anew."""
    known = reaches_of(plan.scheme)
    rests: dict[str, set[str]] = {}
    for step in plan.steps:
        own = {*kinds.asks(step)}
        own |= {step.question} if isinstance(step, kinds.AfterHelp) else set()
        rests[step.code] = own.union(*[rests[code] for code in kinds.inputs(step)])
    alone = [step for step in plan.steps if len(rests[step.code]) == 1]
    several = [step for step in plan.steps if len(rests[step.code]) != 1]
    blocks, codes = [], list[str]()
    for place, code in enumerate(plan.questions):
        steps = tuple([step for step in alone if code in rests[step.code]])
        if steps:
            scales = tuple([known[step.code].scale for step in steps])
            blocks.append((place, finder(Block(plan.scheme, code, steps, scales))))
            codes += [step.code for step in steps]
    codes += [step.code for step in several]
    at = {code: place for place, code in enumerate(codes)}
    paid = any(isinstance(step, kinds.Cost) for step in plan.steps)
    later = tuple(runs(plan.scheme, several, at))
    return LongLine(
        tuple(blocks),
        later,
        _order([at[step.code] for step in plan.steps]),
        tuple(codes),
        at[plan.line.of],
        known[plan.line.of].scale,
        paid,
        paid or any(isinstance(each, Anew) and each.asks for each in later),
    )


def _order(places: Sequence[int]) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    return itemgetter(*places) if len(places) > 1 else tuple


def finder(block: Block) -> Callable[[Given], Found]:
    """Return what works out and describes a block by the plain rules, and remembers it."""
    scheme, told = block.scheme, standing(block.scheme)
    rows = list(zip([step.code for step in block.steps], block.scales, strict=True))

    @lru_cache(maxsize=REMEMBERED)
    def find(given: Given) -> Found:
        answer, share, counts = given
        said, shares = {block.question: answer}, {block.question: share} if counts else {}
        full = work_out(scheme, block.steps, said, {})
        left = work_out(scheme, block.steps, said, shares) if counts else full
        texts = {c: written(value, told[c].unit, scheme.symbol) for c, value in left.items()}
        steps = [describe(scheme, each, said, shares, full, texts) for each in block.steps]
        return Found(
            tuple(steps),
            tuple([plain(full[code] * scale) for code, scale in rows]),
            tuple([plain(left[code] * scale) for code, scale in rows]),
            tuple([texts[code] for code, _ in rows]),
        )

    return find


def long_line(plan: Plan, given: tuple[Given, ...]) -> Part:
    """Work out one line from what its blocks come to."""
    line = compiled(plan)
    helped = any([each[2] for each in given])  # noqa: C419  # a list is faster here
    said: Mapping[str, Answer] = {}
    shares: Mapping[str, Share] = {}
    if line.asks:
        said = {code: each[0] for code, each in zip(plan.questions, given, strict=True)}
        shares = counted(plan, given)
    blocks = [find(given[place]) for place, find in line.blocks]
    steps = list(chain.from_iterable([each[0] for each in blocks]))
    left = list(chain.from_iterable([each[2] for each in blocks]))
    full = list(chain.from_iterable([each[1] for each in blocks])) if helped else left
    texts = list(chain.from_iterable([each[3] for each in blocks]))
    for each in line.later:
        if isinstance(each, Run):
            worked = each.work(*each.take(left))
            whole = each.whole(*each.take(full)) if helped else None
        else:
            worked = work_anew(each, left, texts, said, shares)
            whole = whole_anew(each, full, said) if helped else None
        left += worked[0]
        texts += worked[1]
        if whole is None:
            steps += worked[2]
        else:
            full += whole[0]
            steps += map(with_full, worked[2], whole[1])
    ends = full[line.of], left[line.of], texts[line.of]
    result = _result(line, plan.scheme.rounding, *ends)
    hours = _hours(plan, line, said, shares, (full, left), result)
    return finish(plan, given, line.order(steps), result, hours)


def _result(line: LongLine, rounding: str, full: Value, left: Value, worth: Written) -> Result:
    rounded, scale = QUOTIENTS[rounding], line.scale
    pence = rounded(left * 100, scale)
    if full == left:
        return Result(worth.value, worth.value, worth.number, pence, pence)
    return Result(exact(full, scale), worth.value, worth.number, rounded(full * 100, scale), pence)


def _hours(
    plan: Plan,
    line: LongLine,
    said: Mapping[str, Answer],
    shares: Mapping[str, Share],
    values: tuple[Sequence[Value], Sequence[Value]],
    result: Result,
) -> tuple[Paid, Paid] | None:
    if not line.paid:
        return {}, {}
    known = reaches_of(plan.scheme)
    full, left = [
        {
            code: exact(parts, known[code].scale)
            for code, parts in zip(line.codes, each, strict=True)
        }
        for each in values
    ]
    return spread(plan, said, shares, (full, left), result)
