"""The arithmetic of a scheme: more need never pays less, no gaps, units agree, numbers fit."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from wherewithal.scheme.alone import LESS, alone, at_step, write
from wherewithal.scheme.graph import WHOLE, Reach, reaches
from wherewithal.scheme.mistakes import Mistake, Path
from wherewithal.scheme.parts import Question
from wherewithal.scheme.steps import (
    AfterHelp,
    Bands,
    Cost,
    Curve,
    Highest,
    Lowest,
    Pick,
    Product,
    Square,
    Step,
    Sum,
    inputs,
)

if TYPE_CHECKING:
    from wherewithal.scheme.scheme import Scheme

MONEY = "money"
MINUTES = "minutes"

Reaches = Mapping[str, Reach]


def arithmetic(scheme: "Scheme", ordered: Sequence[Step]) -> list[Mistake]:
    """Return what is wrong with the numbers of a scheme whose names all hold."""
    questions = {question.code: question for question in scheme.questions}
    found = [mistake for step in ordered for mistake in alone(step, questions)]
    if found:
        return found
    found += _units(scheme, ordered)
    hourly = {price.code: price.hourly for price in scheme.prices}
    known = reaches(ordered, questions, hourly)
    for step in ordered:
        found += [*_falls(step, known), *_dips(step, known), *_gaps(step, known)]
        found += [*_helped(step, known, questions), *_too_big(step, known)]
    found += [mistake for line in scheme.lines for mistake in _line(line.code, line.of, known)]
    if sum(known[line.of].hi for line in scheme.lines) * 100 >= WHOLE:
        mend = "All lines together can grow too large to be added exactly. Pay less, or limit them."
        found.append(Mistake(0, str(len(scheme.lines)), "lines", mend, ("lines",)))
    return found


def _falls(step: Step, known: Reaches) -> Iterator[Mistake]:
    """Find where a value that rises with need would come out falling."""
    match step:
        case Sum():
            for term in step.terms:
                if term.times < 0 and known[term.of].rising:
                    mend = f"{LESS} Write a weight of 0 or more."
                    yield at_step(step, term.times, mend, "of", term.of)
        case Product() if known[step.code].rising:
            for code in step.of:
                if known[code].lo < 0:
                    mend = f"{LESS} {code} can be {write(known[code].lo)}; keep it at 0 or more."
                    yield at_step(step, code, mend, "of", code)
        case Square() if known[step.of].rising and known[step.of].lo < 0:
            mend = f"{LESS} {step.of} can be {write(known[step.of].lo)}; keep it at 0 or more."
            yield at_step(step, step.of, mend, "of", step.of)
        case _:
            pass


def _dips(step: Step, known: Reaches) -> Iterator[Mistake]:
    """Find where a table over a value that rises with need goes down."""
    if isinstance(step, Bands):
        kind, heights = "bands", [band.amount for band in step.bands]
    elif isinstance(step, Curve):
        kind, heights = "knots", [height for _, height in step.knots]
    else:
        return
    if known[step.of].rising:
        for number, (before, after) in enumerate(pairwise(heights), start=2):
            if after < before:
                yield at_step(
                    step, after, f"{LESS} Write {write(before)} or more.", kind, str(number)
                )


def _gaps(step: Step, known: Reaches) -> Iterator[Mistake]:
    """Find values that come in but that a table says nothing about."""
    if isinstance(step, Bands):
        first, last = step.bands[0].start, step.bands[-1].below
        count = len(step.bands)
    elif isinstance(step, Curve):
        (first, _), (last, _) = step.knots[0], step.knots[-1]
        count = len(step.knots)
    else:
        return
    kind = "bands" if isinstance(step, Bands) else "knots"
    of = known[step.of]
    if of.lo < first:
        mend = f"{step.of} can be as low as {write(of.lo)}. Begin there."
        yield at_step(step, first, mend, kind, "1")
    if last is not None and (of.hi >= last if isinstance(step, Bands) else of.hi > last):
        mend = f"{step.of} can be as high as {write(of.hi)}. Go on until past that."
        yield at_step(step, last, mend, kind, str(count))


def _helped(step: Step, known: Reaches, questions: Mapping[str, Question]) -> Iterator[Mistake]:
    if not isinstance(step, AfterHelp):
        return
    if not questions[step.question].helpable:
        mend = "Family help is not asked for here. Write `family-can-help: yes` on that question."
        yield at_step(step, step.question, mend, "question")
    if known[step.of].lo < 0:
        mend = f"Help can't be taken from less than nothing; {step.of} can be "
        yield at_step(step, step.of, f"{mend}{write(known[step.of].lo)}.", "of", step.of)


def _too_big(step: Step, known: Reaches) -> Iterator[Mistake]:
    if known[step.code].peak >= WHOLE:
        mend = (
            "This can grow too large to be worked out exactly for many people at once. "
            "Round a step before it, or use fewer decimals."
        )
        yield at_step(step, step.code, mend)


def pence(reach: Reach) -> tuple[int, int]:
    """Return ``(times, over)``: a scaled value times ``times`` and divided by ``over`` is pence."""
    part = Fraction(100, reach.scale)
    return part.numerator, part.denominator


def _line(code: str, of: str, known: Reaches) -> Iterator[Mistake]:
    path: Path = ("lines", code)
    times, over = pence(known[of])
    if known[of].lo < 0:
        mend = (
            f"A line can't pay less than nothing; {of} can be {write(known[of].lo)}. Add a limit."
        )
        yield Mistake(0, of, f"line {code}", mend, path)
    if 2 * known[of].peak * times + over >= WHOLE:
        mend = "This can grow too large to be rounded exactly. Round a step before it."
        yield Mistake(0, of, f"line {code}", mend, path)


def _units(scheme: "Scheme", ordered: Sequence[Step]) -> Iterator[Mistake]:
    units: dict[str, str] = {}
    for step in ordered:
        units[step.code] = _unit(step, units)
        if isinstance(step, Cost) and units[step.of] != MINUTES:
            mend = f"A price is paid for minutes; {step.of} is in {units[step.of]}."
            yield at_step(step, step.of, mend, "of", step.of)
        mixed = sorted({units[code] for code in inputs(step)})
        if isinstance(step, Pick) and len(mixed) > 1:
            both = " and ".join(mixed)
            mend = "All the steps that are picked from have one unit."
            yield at_step(step, both, mend, "of")
        if isinstance(step, Highest | Lowest) and len(mixed) > 1:
            both = " and ".join(mixed)
            mend = "Only numbers of one unit can be compared. Name steps of one unit."
            yield at_step(step, both, mend, "of")
        if isinstance(step, Sum) and not step.unit and len(mixed) > 1:
            both = " and ".join(mixed)
            mend = f"{both} can't be added as they are. Say the `unit` of the sum."
            yield at_step(step, both, mend)
        if not units[step.code]:
            yield at_step(step, step.code, "Every number has a unit. Write `unit:`.", "unit")
    for line in scheme.lines:
        if units[line.of] != MONEY:
            mend = f"A line pays money; {line.of} is in {units[line.of]}. Make it a cost in money."
            yield Mistake(0, line.of, f"line {line.code}", mend, ("lines", line.code))


def _unit(step: Step, units: Mapping[str, str]) -> str:
    if isinstance(step, Cost):
        return MONEY
    own = getattr(step, "unit", "")
    return own or (units[inputs(step)[0]] if inputs(step) else "")
