"""What can be wrong with one step by itself: tables that fall or leave gaps, odd shares."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise

from wherewithal.scheme.mistakes import Mistake
from wherewithal.scheme.parts import Condition, Question
from wherewithal.scheme.steps import (
    NAMES,
    AfterHelp,
    Bands,
    Choice,
    Count,
    Curve,
    Highest,
    Limit,
    Lowest,
    Product,
    Round,
    Step,
    Sum,
)

LESS = "More need would get less money."


def at_step(step: Step, value: object, mend: str, *path: str) -> Mistake:
    """Return a mistake that stands at a step, or at ``path`` inside it."""
    return Mistake(0, write(value), f"step {step.code}", mend, ("steps", step.code, *path))


def write(value: object) -> str:
    """Write a number as a scheme's author would: ``12.5``; other values as they are."""
    if isinstance(value, Fraction) and value.denominator != 1:
        text = f"{float(value):.10f}".rstrip("0")
        return text if Fraction(text) == value else str(value)
    return str(value)


def alone(step: Step, questions: Mapping[str, Question]) -> Iterator[Mistake]:
    """Find what is wrong with one step's own numbers, whatever the others come to."""
    match step:
        case Choice() if questions[step.question].rising:
            yield from _rising(step, questions[step.question])
        case AfterHelp():
            yield from _shares(step)
        case Count():
            for condition in step.of:
                yield from _upper(step, questions[condition.question], condition)
        case Sum() | Product() | Highest() | Lowest():
            yield from _enough(step)
        case Round() if step.to <= 0:
            yield at_step(step, step.to, "Round to a number above 0, like 0.01.", "to")
        case Limit():
            yield from _limit(step)
        case Bands():
            yield from _contiguous(step)
        case Curve():
            yield from _knots(step)
        case _:
            pass


def _enough(step: Sum | Product | Highest | Lowest) -> Iterator[Mistake]:
    if isinstance(step, Product) and len(step.of) < 2:
        yield at_step(step, step.code, "Name at least two steps to multiply.", "of")
    if isinstance(step, Sum) and not step.terms:
        yield at_step(step, step.code, "Name at least one step to add up, under `of:`.", "of")
    if isinstance(step, Highest | Lowest) and len({*step.of}) < 2:
        kind = NAMES[type(step)]
        mend = f"Name at least two different steps, so that the {kind} of them can count."
        yield at_step(step, step.code, mend, "of")


def _rising(step: Choice, question: Question) -> Iterator[Mistake]:
    if question.kind == "several":
        for code, amount in step.amounts.items():
            if amount < 0:
                mend = f"{LESS} Each tick is more need here. Write 0 or more."
                yield at_step(step, amount, mend, "amounts", code)
        return
    for before, code in pairwise([option.code for option in question.options]):
        if step.amounts[code] < step.amounts[before]:
            least = write(step.amounts[before])
            mend = (
                f"{LESS} Write {least} or more, as the option before it ({before}) has; or write "
                f"`order: none` on question {question.code} if its options are no order of need."
            )
            yield at_step(step, step.amounts[code], mend, "amounts", code)


def _upper(step: Count, question: Question, condition: Condition) -> Iterator[Mistake]:
    """Find an answer that is not counted though it stands for more need than one that is."""
    if question.kind != "one" or not question.rising:
        return
    codes = [option.code for option in question.options]
    first = min(codes.index(code) for code in condition.options)
    for code in codes[first:]:
        if code not in condition.options:
            mend = f"{LESS} {codes[first]} is counted, so count {code} as well: it is more need."
            yield at_step(step, code, mend, "of", question.code)


def _shares(step: AfterHelp) -> Iterator[Mistake]:
    if step.still_funded:
        yield from _still_funded(step)
    elif not 0 <= step.counted <= 1:
        yield at_step(step, step.counted, "A share lies between 0 and 1.", "counted")


def _still_funded(step: AfterHelp) -> Iterator[Mistake]:
    """Find rows of a table of help that are no shares, or that rise with help."""
    if step.counted != 1:
        mend = "Write either `counted` or `still-funded`, not both."
        yield at_step(step, step.counted, mend, "counted")
    if step.still_funded[0] != (Fraction(0), Fraction(1)):
        first = f"[{write(step.still_funded[0][0])}, {write(step.still_funded[0][1])}]"
        mend = "Without help all of the need is to be funded. Let the first row be [0, 1]."
        yield at_step(step, first, mend, "still-funded", "1")
    for number, (percent, share) in enumerate(step.still_funded, start=1):
        if not 0 <= percent <= 100:
            mend = "Family help is a percentage. Write a number from 0 to 100."
            yield at_step(step, percent, mend, "still-funded", str(number))
        if not 0 <= share <= 1:
            yield at_step(step, share, "A share lies between 0 and 1.", "still-funded", str(number))
    for number, (before, after) in enumerate(pairwise(step.still_funded), start=2):
        if after[0] <= before[0]:
            mend = f"Rows go upwards. Write a percentage above {write(before[0])}."
            yield at_step(step, after[0], mend, "still-funded", str(number))
        if after[1] > before[1]:
            mend = f"More family help would get more money. Write {write(before[1])} or less."
            yield at_step(step, after[1], mend, "still-funded", str(number))


def _limit(step: Limit) -> Iterator[Mistake]:
    if step.least is None and step.most is None:
        yield at_step(step, step.code, "Say what it may not go under (`least`) or over (`most`).")
    if step.least is not None and step.most is not None and step.least > step.most:
        yield at_step(step, step.least, f"Let `least` be {write(step.most)} or less.", "least")


def _contiguous(step: Bands) -> Iterator[Mistake]:
    for number, (band, after) in enumerate(pairwise(step.bands), start=2):
        path = ("bands", str(number))
        if band.below is None or after.start < band.below:
            mend = "This band overlaps the one before it. Begin it where that one ends"
        elif after.start > band.below:
            mend = (
                "There is a gap between this band and the one before it. Begin it where that ends"
            )
        else:
            continue
        end = "" if band.below is None else f": {write(band.below)}"
        yield at_step(step, after.start, f"{mend}{end}.", *path)
    for number, band in enumerate(step.bands, start=1):
        if band.below is not None and band.below <= band.start:
            mend = f"The band ends before it begins. Let `below` be more than {write(band.start)}."
            yield at_step(step, band.below, mend, "bands", str(number))


def _knots(step: Curve) -> Iterator[Mistake]:
    if len(step.knots) < 2:
        yield at_step(step, len(step.knots), "Give a curve at least two knots.", "knots")
    for number, ((x0, _), (x1, _)) in enumerate(pairwise(step.knots), start=2):
        if x1 <= x0:
            mend = f"Knots go upwards. Write a value above {write(x0)}."
            yield at_step(step, x1, mend, "knots", str(number))
