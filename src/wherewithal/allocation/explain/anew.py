"""Steps that rest on several answers: compiled once, then worked out for each person anew."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from wherewithal.allocation.answers import Answer, Share
from wherewithal.allocation.explain.describe import Standing, answered, as_step, how_with, standing
from wherewithal.allocation.explain.scaled import Work, scaled
from wherewithal.allocation.explain.work import exact
from wherewithal.allocation.explain.working import How, Written, writer
from wherewithal.allocation.explanation import Step, Value
from wherewithal.allocation.plan import reaches_of
from wherewithal.scheme import Scheme
from wherewithal.scheme import steps as kinds

NOBODY: Mapping[str, Answer] = {}
NO_HELP: Mapping[str, Share] = {}
READS_FEW = 3
"""A run of steps that reads no more than this from before it is remembered by what it reads."""
REMEMBERED = 4096
"""So many results of one run of steps are remembered, at about 1 KB for each of its steps."""


@dataclass(frozen=True, slots=True, eq=False)
class Anew:
    """A step that rests on several answers; ``places`` are those of the steps it reads."""

    scheme: Scheme
    step: kinds.Step
    told: Standing
    places: tuple[int, ...]
    scale: int
    work: Work
    how: How
    write: Callable[[Value], Written]
    asks: bool
    """Whether answers or shares of help go into it."""


class Worked(NamedTuple):
    """Scaled values of steps, the same in words, and the steps where help changes nothing."""

    parts: tuple[Value, ...]
    texts: tuple[Written, ...]
    steps: tuple[Step, ...]


Whole = tuple[tuple[Value, ...], tuple[Value, ...]]
"""Values of steps before family help: scaled, and as they are."""


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """Steps one after the other that read few values from before them, and remember by these."""

    take: Callable[[Sequence[Value]], tuple[Value, ...]]
    work: Callable[..., Worked]
    whole: Callable[..., Whole]


def anew(scheme: Scheme, step: kinds.Step, at: Mapping[str, int]) -> Anew:
    """Compile a step; ``at`` are the places that the steps before it have."""
    known, told = reaches_of(scheme), standing(scheme)[step.code]
    read, scale = kinds.inputs(step), known[step.code].scale
    how = how_with(scheme, step, scale=known[read[0]].scale if read else 1)
    write = writer(told.unit, scheme.symbol, scale)
    places = tuple([at[code] for code in read])
    work = scaled(scheme, step, at, known)
    return Anew(scheme, step, told, places, scale, work, how, write, _asks(step))


def _asks(step: kinds.Step) -> bool:
    return bool(kinds.asks(step)) or isinstance(step, kinds.AfterHelp)


def runs(
    scheme: Scheme, steps: Sequence[kinds.Step], at: Mapping[str, int]
) -> Iterator[Anew | Run]:
    """Sort steps, in their order, into runs, and those that read too much to be remembered."""
    mine: list[kinds.Step] = []
    read: list[str] = []
    for step in steps:
        own = {each.code for each in mine}
        more = [*read, *[code for code in kinds.inputs(step) if code not in own]]
        fits = not _asks(step) and len(set(more)) <= READS_FEW
        if mine and not fits:
            yield _run(scheme, mine, list(dict.fromkeys(read)), at)
            mine, more = [], list(kinds.inputs(step))
        if _asks(step) or len(set(more)) > READS_FEW:
            yield anew(scheme, step, at)
            mine, read = [], []
        else:
            mine, read = [*mine, step], more
    if mine:
        yield _run(scheme, mine, list(dict.fromkeys(read)), at)


def _run(
    scheme: Scheme, steps: Sequence[kinds.Step], read: Sequence[str], at: Mapping[str, int]
) -> Run:
    known, told = reaches_of(scheme), standing(scheme)
    here = {code: place for place, code in enumerate([*read, *[step.code for step in steps]])}
    compiled = [anew(scheme, step, here) for step in steps]
    writers = [writer(told[code].unit, scheme.symbol, known[code].scale) for code in read]

    @lru_cache(maxsize=REMEMBERED)
    def work(*values: Value) -> Worked:
        left = list(values)
        texts = [write(value) for write, value in zip(writers, values, strict=True)]
        found: list[Step] = []
        for each in compiled:
            own = each.work(left, NOBODY, NO_HELP)
            worth = each.write(own)
            mine = [texts[place] for place in each.places]
            how = each.how(mine, left[each.places[0]], NOBODY, NO_HELP)
            found.append(as_step(each.told, (), mine, how, worth))
            left.append(own)
            texts.append(worth)
        return Worked(tuple(left[len(read) :]), tuple(texts[len(read) :]), tuple(found))

    @lru_cache(maxsize=REMEMBERED)
    def whole(*values: Value) -> Whole:
        full = list(values)
        for each in compiled:
            full.append(each.work(full, NOBODY, NO_HELP))
        parts = tuple(full[len(read) :])
        return parts, tuple([exact(n, each.scale) for n, each in zip(parts, compiled, strict=True)])

    return Run(_taker([at[code] for code in read]), work, whole)


def _taker(places: Sequence[int]) -> Callable[[Sequence[Value]], tuple[Value, ...]]:
    if len(places) > 1:
        take: Callable[[Sequence[Value]], tuple[Value, ...]] = itemgetter(*places)
        return take
    return lambda values: tuple([values[place] for place in places])


def work_anew(
    each: Anew,
    left: Sequence[Value],
    texts: Sequence[Written],
    said: Mapping[str, Answer],
    shares: Mapping[str, Share],
) -> Worked:
    """Work out a step from the values before it, and the same in words."""
    own = each.work(left, said, shares)
    worth = each.write(own)
    read = [texts[place] for place in each.places]
    how = each.how(read, left[each.places[0]] if read else 0, said, shares)
    answers = answered(each.scheme, each.step, said, shares) if each.asks else ()
    return Worked((own,), (worth,), (as_step(each.told, answers, read, how, worth),))


def whole_anew(each: Anew, full: Sequence[Value], said: Mapping[str, Answer]) -> Whole:
    """Work out a step's value before family help."""
    own = each.work(full, said, NO_HELP)
    return (own,), (exact(own, each.scale),)
