"""A step that rests on several answers: compiled once, then worked out for each person anew."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from wherewithal.allocation.answers import Answer, Share
from wherewithal.allocation.describe import Standing, answered, as_step, how_with, standing
from wherewithal.allocation.explanation import Step, Value
from wherewithal.allocation.plan import reaches_of
from wherewithal.allocation.scaled import Work, scaled
from wherewithal.allocation.working import How, Written, writer
from wherewithal.scheme import Scheme
from wherewithal.scheme import steps as kinds

NOBODY: Mapping[str, Answer] = {}
NO_HELP: Mapping[str, Share] = {}
READS_FEW = 3
"""A step that reads no more steps than this is remembered by their values."""
REMEMBERED = 4096
"""So many results of one step are remembered, at about 1 KB each."""

Worked = tuple[Value, Written, Step]
"""A step's scaled value, the same in words, and the step as it is where help changes nothing."""
Recall = Callable[..., Worked]
Take = Callable[[Sequence[Value]], tuple[Value, ...]]


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
    take: Take
    asks: bool
    """Whether answers or shares of help go into it."""
    recall: Recall | None
    """Remembers the step by the values it reads, where they are few and all that goes into it."""


def anew(scheme: Scheme, step: kinds.Step, at: Mapping[str, int]) -> Anew:
    """Compile a step; ``at`` are the places that the steps before it have."""
    known, told = reaches_of(scheme), standing(scheme)[step.code]
    read = kinds.inputs(step)
    places = tuple([at[code] for code in read])
    how = how_with(scheme, step, scale=known[read[0]].scale if read else 1)
    write = writer(told.unit, scheme.symbol, known[step.code].scale)
    asks = bool(kinds.asks(step)) or isinstance(step, kinds.AfterHelp)
    few = not asks and len(read) <= READS_FEW
    recall = _recall(scheme, step, how, write) if few else None
    work = scaled(scheme, step, at, known)
    scale = known[step.code].scale
    return Anew(scheme, step, told, places, scale, work, how, write, _taker(places), asks, recall)


def _taker(places: Sequence[int]) -> Take:
    if len(places) > 1:
        take: Take = itemgetter(*places)
        return take
    return lambda values: tuple([values[place] for place in places])


def _recall(
    scheme: Scheme, step: kinds.Step, how: How, write: Callable[[Value], Written]
) -> Recall:
    known, told = reaches_of(scheme), standing(scheme)
    read = kinds.inputs(step)
    work = scaled(scheme, step, {code: place for place, code in enumerate(read)}, known)
    writers = [writer(told[code].unit, scheme.symbol, known[code].scale) for code in read]

    @lru_cache(maxsize=REMEMBERED)
    def recall(*values: Value) -> Worked:
        own = work(values, NOBODY, NO_HELP)
        worth = write(own)
        texts = [each(value) for each, value in zip(writers, values, strict=True)]
        text = how(texts, values[0], NOBODY, NO_HELP)
        return own, worth, as_step(told[step.code], (), texts, text, worth)

    return recall


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
    return own, worth, as_step(each.told, answers, read, how, worth)
