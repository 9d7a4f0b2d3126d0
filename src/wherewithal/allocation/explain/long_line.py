"""A line that rests on many answers: compiled once, then worked out fast, as by the plain rules.

What rests on a single answer is worked out by the plain rules and remembered. What rests on several
is worked out for each person anew, in whole numbers (see ``scaled``).
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from wherewithal.allocation.answers import Answer, Share
from wherewithal.allocation.explain.describe import (
    answered,
    describe,
    hows,
    stating,
    units_of,
)
from wherewithal.allocation.explain.hours import Paid
from wherewithal.allocation.explain.line import Part, Result, closing, counted, spread
from wherewithal.allocation.explain.said import Said
from wherewithal.allocation.explain.scaled import QUOTIENTS, scaled, scaled_of_one
from wherewithal.allocation.explain.work import exact, plain, work_out
from wherewithal.allocation.explain.working import OF_ONE, Written, rests_of, writer, written
from wherewithal.allocation.explanation import Step, Value, new
from wherewithal.allocation.plan import Plan, picks, reaches_of
from wherewithal.scheme import Scheme
from wherewithal.scheme import steps as kinds

NOBODY: Mapping[str, Answer] = {}
NO_HELP: Mapping[str, Share] = {}
NOTHING: tuple[tuple[()], ...] = ((),) * 7
"""What a step reads that reads nothing."""
REMEMBERED = 16_384
"""So many answers to the questions of long lines are remembered, at about 3 KB each."""

Found = tuple[Step, Value, Value, Written, str, str, tuple[str, str]]
"""A step, its scaled value before family help and after, and the latter as it is written: in every
way, with its unit, bare, and as it is named among what goes into a later step."""
Later = Callable[[Sequence[Found], Mapping[str, Answer], Mapping[str, Share]], Found]
"""Works a step out from those before it, the answers, and family's shares."""


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Steps of a line that rest on the answer to one question."""

    plan: Plan
    steps: tuple[kinds.Step, ...]


@dataclass(frozen=True, slots=True, eq=False)
class LongLine:
    """A line's blocks, each with the place of its question; its other steps; and their order."""

    blocks: tuple[tuple[int, Block], ...]
    later: tuple[Later, ...]
    order: Callable[[Sequence[Found]], Sequence[Found]]
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
    rests: dict[str, set[str]] = {}
    for step in plan.steps:
        own = {*kinds.asks(step)}
        own |= {step.question} if isinstance(step, kinds.AfterHelp) else set()
        rests[step.code] = own.union(*[rests[code] for code in kinds.inputs(step)])
    blocks = [
        (place, Block(plan, tuple([step for step in plan.steps if rests[step.code] == {code}])))
        for place, code in enumerate(plan.questions)
    ]
    several = [step for step in plan.steps if len(rests[step.code]) != 1]
    codes = [step.code for step in chain(*[block.steps for _, block in blocks], several)]
    at = {code: place for place, code in enumerate(codes)}
    paid = any(isinstance(step, kinds.Cost) for step in plan.steps)
    return LongLine(
        tuple([(place, block) for place, block in blocks if block.steps]),
        tuple([later(plan, step, at) for step in several]),
        picks([at[step.code] for step in plan.steps]),
        tuple(codes),
        at[plan.line.of],
        reaches_of(plan.scheme)[plan.line.of].scale,
        paid,
        paid or any(map(_asks, several)),
    )


def _asks(step: kinds.Step) -> bool:
    return bool(kinds.asks(step)) or isinstance(step, kinds.AfterHelp)


@lru_cache(maxsize=REMEMBERED)
def found(block: Block, said: Said) -> tuple[Found, ...]:
    """Work out and describe a block by the plain rules, and remember it."""
    scheme = block.plan.scheme
    known, units = reaches_of(scheme), units_of(scheme)
    values, shares = {said.code: said.answer}, {said.code: said.share} if said.counts else {}
    full = work_out(scheme, block.steps, values, {})
    left = work_out(scheme, block.steps, values, shares) if shares else full
    texts = {code: written(each, units[code], scheme.symbol) for code, each in left.items()}
    return tuple(
        [
            (
                describe(scheme, step, values, shares, full, texts),
                plain(full[step.code] * known[step.code].scale),
                plain(left[step.code] * known[step.code].scale),
                *_words(step.code, texts[step.code]),
            )
            for step in block.steps
        ]
    )


def _words(code: str, worth: Written) -> tuple[Written, str, str, tuple[str, str]]:
    _, number, amount, bare = worth
    return worth, amount, bare, (code, number)


def later(plan: Plan, step: kinds.Step, at: Mapping[str, int]) -> Later:
    """Compile a step that rests on several answers; ``at`` are the places of those before it."""
    read = kinds.inputs(step)
    if isinstance(step, OF_ONE):
        return _of_one(plan.scheme, step, at[read[0]])
    return _of_several(plan.scheme, step, [at[code] for code in read])


def _of_one(scheme: Scheme, step: kinds.Step, place: int) -> Later:
    known, unit = reaches_of(scheme), units_of(scheme)[step.code]
    code, scale, same = step.code, known[step.code].scale, _same(scheme, step)
    work, write = scaled_of_one(scheme, step, known), writer(unit, scheme.symbol, scale)
    starts, rests = rests_of(scheme, step, scale=known[kinds.inputs(step)[0]].scale)
    state = stating(scheme)[code]

    def find(before: Sequence[Found], *given: object) -> Found:  # it asks nothing
        _, full, left, read, amount, _, named = before[place]
        own, whole = work(left), work(full)
        worth = read if same and own == left * same else write(own)
        value, number, said, bare = worth
        how = f"{amount}{rests[bisect_right(starts, left)]}"
        made = state((named,), how, worth, value if whole == own else exact(whole, scale))
        return made, whole, own, worth, said, bare, (code, number)

    return find


def _of_several(scheme: Scheme, step: kinds.Step, places: Sequence[int]) -> Later:
    known, unit = reaches_of(scheme), units_of(scheme)[step.code]
    code, scale, same = step.code, known[step.code].scale, _same(scheme, step)
    work, write = scaled(scheme, step, known), writer(unit, scheme.symbol, scale)
    how, state, asks = hows(scheme)[code], stating(scheme)[code], _asks(step)
    take: Callable[[Sequence[Found]], Sequence[Found]] = picks(places)

    def find(
        before: Sequence[Found], values: Mapping[str, Answer], shares: Mapping[str, Share]
    ) -> Found:
        columns = zip(*take(before)) if places else NOTHING  # noqa: B905  # of one length
        _, full, left, read, amounts, bares, inputs = columns
        own, whole = work(left, values, shares), work(full, values, NO_HELP)
        worth = read[0] if same and own == left[0] * same else write(own)
        if asks:
            inputs = (*answered(scheme, step, values, shares), *inputs)
        value, number, said, bare = worth
        text = how(amounts, bares, values, shares)
        made = state(inputs, text, worth, value if whole == own else exact(whole, scale))
        return made, whole, own, worth, said, bare, (code, number)

    return find


def _same(scheme: Scheme, step: kinds.Step) -> int:
    """Return the first value read times what is the step's own, where both are the same value.

    It is 0 where they are written in different ways.
    """
    read, units = kinds.inputs(step), units_of(scheme)
    if not read or units[read[0]] != units[step.code]:
        return 0
    known = reaches_of(scheme)
    times, rest = divmod(known[step.code].scale, known[read[0]].scale)
    return 0 if rest else times


def long_line(plan: Plan, *said: Said) -> Part:
    """Work out one line from what its blocks come to."""
    line = compiled(plan)
    values, shares = NOBODY, NO_HELP
    if line.asks:
        values, shares = {each.code: each.answer for each in said}, counted(said)
    steps = list(chain.from_iterable([found(block, said[place]) for place, block in line.blocks]))
    for find in line.later:
        steps.append(find(steps, values, shares))
    result = _result(line, plan.scheme.rounding, steps[line.of])
    hours = _hours(plan, line, (values, shares), steps, result)
    return closing(plan)(said, [each[0] for each in line.order(steps)], result, hours)


def _result(line: LongLine, rounding: str, last: Found) -> Result:
    rounded, scale = QUOTIENTS[rounding], line.scale
    step, full, left, worth, *_ = last
    pence = rounded(left * 100, scale)
    pence_full = pence if full == left else rounded(full * 100, scale)
    return new(Result, (step.value_without_help, step.value, worth.number, pence_full, pence))


def _hours(
    plan: Plan,
    line: LongLine,
    given: tuple[Mapping[str, Answer], Mapping[str, Share]],
    steps: Sequence[Found],
    result: Result,
) -> tuple[Paid, Paid] | None:
    if not line.paid:
        return {}, {}
    told = [each[0] for each in steps]
    full = {step.code: step.value_without_help for step in told}
    left = {step.code: step.value for step in told}
    return spread(plan, *given, (full, left), result)
