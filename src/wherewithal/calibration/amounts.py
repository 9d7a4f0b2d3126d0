"""Each fitted amount with what it was, how sure it is and on how many people it rests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from wherewithal.calibration.asked import Asked
from wherewithal.calibration.bootstrap import Spread
from wherewithal.calibration.chain import Worked
from wherewithal.calibration.learnt import Learnt
from wherewithal.calibration.parts import Chosen
from wherewithal.reports.suppression import hidden
from wherewithal.scheme.mistakes import Path
from wherewithal.scheme.steps import Bands

AMOUNT = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Amount:
    """The amount of one option. ``sure`` holds the 95% interval, and ``None`` without resamples.

    ``people`` gave this answer, and ``credit`` (0 to 1) is how much they count beside the scheme's
    own number. Where nobody gave it (``kept``) the scheme's own number stays. ``withheld``: so few
    gave this answer, or another that could be had from it, that neither number is to be shown.
    """

    step: str
    question: str
    option: str
    unit: str
    before: Fraction
    fitted: int
    sure: AMOUNT | None
    people: int
    credit: float
    kept: bool
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Knot:
    """What a score of ``start`` points is worth in pounds, with its 95% interval."""

    start: Fraction
    pounds: int
    sure: AMOUNT | None


def amounts(
    learnt: Learnt, worked: Worked, spread: Spread | None, asked: Asked
) -> tuple[Amount, ...]:
    """Return a row for each fitted option."""
    units = {step.code: str(getattr(step, "unit", "")) for step in learnt.scheme.steps}
    rows = []
    for number, (part, place) in enumerate(
        zip(learnt.chosen.parts, learnt.chosen.slices(), strict=True)
    ):
        gave = learnt.gave[place].tolist()
        few = _few(learnt, part.question, gave, asked.fewest)
        for at, option in enumerate(part.options):
            people = int(gave[at])
            sure = None
            if spread is not None and people:
                sure = round(spread.low[number][at]), round(spread.high[number][at])
            rows.append(
                Amount(
                    part.step,
                    part.question,
                    option,
                    units[part.step],
                    Fraction(part.before[at]).limit_denominator(10**6),
                    int(worked.amounts[number][at]),
                    sure,
                    people,
                    people / (people + asked.prior_people) if people else 0.0,
                    not people,
                    few[at],
                )
            )
    return tuple(rows)


def _few(learnt: Learnt, question: str, gave: Sequence[int], fewest: int) -> list[bool]:
    """Say which numbers of people to withhold: those of few, and those that would give them away.

    Everybody gave one answer, so those of no fitted option are what is left over of all; of several
    that may be ticked none can be had from the others.
    """
    if learnt.scheme.question(question).kind == "several":
        return [0 < each < fewest for each in gave]
    left = max(len(learnt.target) - sum(gave), 0)
    return hidden([*gave, left], smallest=fewest)[:-1]


def knots(learnt: Learnt, worked: Worked, spread: Spread | None) -> tuple[Knot, ...]:
    """Return a row for each knot or band of the fitted curve."""
    if worked.shape is None or worked.heights is None:
        return ()
    ends = spread.heights if spread is not None else None
    # the first knot pays nothing and stays so, and was never drawn again
    early = 1 if worked.shape.from_nothing else 0
    rows = []
    for at, (start, pounds) in enumerate(
        zip(worked.shape.starts.tolist(), worked.heights.tolist(), strict=True)
    ):
        sure = None
        if ends is not None:
            sure = round(float(ends[0][at])), round(float(ends[1][at]))
        if at < early:
            sure = None
        rows.append(Knot(Fraction(start).limit_denominator(10**6), int(pounds), sure))
    return tuple(rows)


def written(number: Fraction) -> str:
    """Write a number as the scheme's author did, as nearly as a short text can."""
    return str(number) if number.denominator == 1 else f"{float(number):g}"


def comments(
    chosen: Chosen, rows: tuple[Amount, ...], bends: tuple[Knot, ...], asked: Asked
) -> Mapping[Path, str]:
    """Return what stands beside each fitted number in the scheme's document."""
    said: dict[Path, str] = {}
    if asked.past_spend:
        said["scheme",] = (
            f"Fitted to past spend ({asked.target}), not to agreed plan costs: whatever was unfair "
            "in what was spent is copied into these numbers."
        )
    for row in rows:
        said["steps", row.step, "amounts", row.option] = _beside(row, asked.fewest)
    if chosen.curve is not None:
        kind = "bands" if isinstance(chosen.curve, Bands) else "knots"
        for number, knot in enumerate(bends, start=1):
            if knot.sure is not None:
                low, high = knot.sure
                said["steps", chosen.curve.code, kind, str(number)] = f"95%: {low} to {high}"
    return said


def _beside(row: Amount, fewest: int) -> str:
    if row.kept:
        return f"nobody gave this answer; kept near the scheme's own {written(row.before)}"
    sure = "" if row.sure is None else f"95%: {row.sure[0]} to {row.sure[1]}; "
    people = f"fewer than {fewest} people" if row.people < fewest else f"{row.people:,} people"
    if row.withheld and row.people >= fewest:
        people = f"{fewest} people or more"
    return f"{sure}was {written(row.before)}; {people}"
