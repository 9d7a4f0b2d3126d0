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

from wherewithal.allocation.anew import NO_HELP, Anew, anew, work_anew
from wherewithal.allocation.answers import Answer, Share
from wherewithal.allocation.describe import describe, standing, with_full
from wherewithal.allocation.explanation import Step, Value
from wherewithal.allocation.hours import Paid
from wherewithal.allocation.line import Given, Part, Result, counted, finish, spread
from wherewithal.allocation.plan import Plan, reaches_of
from wherewithal.allocation.scaled import QUOTIENTS
from wherewithal.allocation.work import exact, plain, work_out
from wherewithal.allocation.working import Written, written
from wherewithal.scheme import Scheme
from wherewithal.scheme import steps as kinds


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

    blocks: tuple[tuple[int, Block], ...]
    anew: tuple[Anew, ...]
    order: Callable[[Sequence[Step]], tuple[Step, ...]]
    codes: tuple[str, ...]
    of: int
    scale: int
    paid: bool
    """Whether it has hours at all."""


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
    blocks = []
    for place, code in enumerate(plan.questions):
        steps = tuple([step for step in alone if code in rests[step.code]])
        if steps:
            scales = tuple([known[step.code].scale for step in steps])
            blocks.append((place, Block(plan.scheme, code, steps, scales)))
    codes = [step.code for _, block in blocks for step in block.steps]
    codes += [step.code for step in several]
    at = {code: place for place, code in enumerate(codes)}
    return LongLine(
        tuple(blocks),
        tuple([anew(plan.scheme, step, at) for step in several]),
        _order([at[step.code] for step in plan.steps]),
        tuple(codes),
        at[plan.line.of],
        known[plan.line.of].scale,
        any(isinstance(step, kinds.Cost) for step in plan.steps),
    )


def _order(places: Sequence[int]) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    return itemgetter(*places) if len(places) > 1 else tuple


@lru_cache(maxsize=16_384)
def found(block: Block, answer: Answer, share: Share) -> Found:
    """Work out and describe a block by the plain rules; ``share`` is the help that counts."""
    said, shares = {block.question: answer}, {block.question: share} if share else {}
    full = work_out(block.scheme, block.steps, said, {})
    left = work_out(block.scheme, block.steps, said, shares) if share else full
    told = standing(block.scheme)
    texts = {c: written(value, told[c].unit, block.scheme.symbol) for c, value in left.items()}
    steps = [describe(block.scheme, each, said, shares, full, texts) for each in block.steps]
    rows = list(zip([step.code for step in block.steps], block.scales, strict=True))
    return Found(
        tuple(steps),
        tuple([plain(full[code] * scale) for code, scale in rows]),
        tuple([plain(left[code] * scale) for code, scale in rows]),
        tuple([texts[code] for code, _ in rows]),
    )


def long_line(plan: Plan, given: tuple[Given, ...]) -> Part:
    """Work out one line from what its blocks come to."""
    line, shares = compiled(plan), counted(plan, given)
    said = {code: each[0] for code, each in zip(plan.questions, given, strict=True)}
    blocks = [
        found(block, given[place][0], given[place][1] if given[place][2] else 0)
        for place, block in line.blocks
    ]
    steps = list(chain.from_iterable([each[0] for each in blocks]))
    left = list(chain.from_iterable([each[2] for each in blocks]))
    full = list(chain.from_iterable([each[1] for each in blocks])) if shares else left
    texts = list(chain.from_iterable([each[3] for each in blocks]))
    for each in line.anew:
        own, worth, step = work_anew(each, left, texts, said, shares)
        if shares:
            whole = each.work(full, said, NO_HELP)
            full.append(whole)
            if whole != own:
                step = with_full(step, exact(whole, each.scale))
        left.append(own)
        texts.append(worth)
        steps.append(step)
    rounding = QUOTIENTS[plan.scheme.rounding]
    result = Result(
        exact(full[line.of], line.scale),
        texts[line.of].value,
        texts[line.of].number,
        rounding(full[line.of] * 100, line.scale),
        rounding(left[line.of] * 100, line.scale),
    )
    hours = _hours(plan, line, said, shares, (full, left), result)
    return finish(plan, given, line.order(steps), result, hours)


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
