"""A scheme seen as straight lines in the amounts to be fitted.

Once everybody's answers are known, most of a scheme is a straight line in its amounts: each amount
times something that is known for the person (the share family does not do, a price, a factor).
Every value is held as ``fixed`` plus, for each part that is to be fitted, that known factor.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from wherewithal.calibration.asked import FitMistake
from wherewithal.scheme import Scheme
from wherewithal.scheme.graph import in_order
from wherewithal.scheme.parts import Condition, Question
from wherewithal.scheme.steps import (
    NAMES,
    AfterHelp,
    Bands,
    Choice,
    Cost,
    Count,
    Curve,
    Highest,
    Limit,
    Lowest,
    Number,
    Pick,
    Product,
    Round,
    Square,
    Step,
    Sum,
)

Floats = NDArray[np.float64]
Columns = Mapping[str, NDArray[np.integer]]

MISSING = 4
"""Missing answers are held as -1 to -4, so tables begin four places early."""


@dataclass(frozen=True, slots=True, eq=False)
class Straight:
    """A value for each person: ``fixed``, plus each part to be fitted times its factor."""

    fixed: Floats
    factors: Mapping[str, Floats] = field(default_factory=dict)

    def times(self, by: Floats) -> "Straight":
        """Return this value with everything multiplied by ``by``."""
        return Straight(
            self.fixed * by, {code: factor * by for code, factor in self.factors.items()}
        )


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """All steps of a scheme for some people, and what reading it as straight lines passed over.

    ``total`` is the sum of the lines in pounds. ``inside`` holds, for each curve or table of bands
    over fitted amounts, the value that goes into it. ``notes`` says what was taken as straight.
    """

    steps: Mapping[str, Straight]
    total: Straight
    inside: Mapping[str, Straight]
    notes: tuple[str, ...]


def see(scheme: Scheme, columns: Columns, fitted: frozenset[str]) -> Seen:
    """Read a scheme as straight lines in the amounts of the choice steps ``fitted``.

    Raises:
        FitMistake: a step makes it something else, and it is named.
    """
    reader = _Reader(scheme, columns, fitted)
    for step in in_order(scheme.steps, [line.of for line in scheme.lines]):
        reader.known[step.code] = reader.read(step)
    total = _added([(reader.known[line.of], 1.0) for line in scheme.lines], 0.0)
    return Seen(reader.known, total, reader.inside, tuple(reader.notes))


def _added(parts: Sequence[tuple[Straight, float]], plus: float) -> Straight:
    fixed = np.asarray(plus, float)
    factors: dict[str, Floats] = {}
    for part, times in parts:
        fixed = fixed + part.fixed * times
        for code, factor in part.factors.items():
            factors[code] = factors[code] + factor * times if code in factors else factor * times
    return Straight(np.asarray(fixed), factors)


def after_help(columns: Columns, step: AfterHelp) -> Floats:
    """Return the share of a need still to be funded, for each person."""
    said = [columns.get(name) for name in ("carer_willing", "carer_able")]
    share = columns.get(f"{step.question}.help")
    if share is None or said[0] is None or said[1] is None:
        return np.asarray(1.0)
    kept = np.array([float(step.kept(percent)) for percent in range(101)])
    counts = np.where((said[0] == 1) & (said[1] == 1), share, 0)
    return np.asarray(kept[counts.astype(np.intp)])


def amounts_of(step: Choice, question: Question, codes: NDArray[np.integer]) -> Floats:
    """Return the amount each person's answer has in a choice step; 0 where there is no answer."""
    amounts = [float(step.amounts[option.code]) for option in question.options]
    if question.kind == "several":
        ticked = np.maximum(codes.astype(np.int64), 0)
        return np.asarray(
            sum(((ticked >> bit) & 1) * amount for bit, amount in enumerate(amounts)), float
        )
    return np.array([0.0] * MISSING + amounts)[codes.astype(np.intp) + MISSING]


class _Reader:
    """Reads step after step; what is already read is in ``known``."""

    def __init__(self, scheme: Scheme, columns: Columns, fitted: frozenset[str]) -> None:
        self.scheme, self.columns, self.fitted = scheme, columns, fitted
        self.questions = {question.code: question for question in scheme.questions}
        self.known: dict[str, Straight] = {}
        self.inside: dict[str, Straight] = {}
        self.notes: list[str] = []

    def read(self, step: Step) -> Straight:
        """Return a step's value."""
        match step:
            case Choice():
                if step.code in self.fitted:
                    return Straight(np.asarray(0.0), {step.code: np.asarray(1.0)})
                question = self.questions[step.question]
                return Straight(amounts_of(step, question, self.columns[step.question]))
            case Number():
                question = self.questions[step.code]
                return Straight(
                    np.clip(self.columns[step.code], question.least, question.most).astype(float)
                )
            case Count():
                return Straight(sum((self._met(each) for each in step.of), np.asarray(0.0)))
            case Pick():
                return self._pick(step)
            case Sum():
                parts = [(self.known[term.of], float(term.times)) for term in step.terms]
                return _added(parts, float(step.plus))
            case Product():
                return self._product(step)
            case Highest() | Lowest():
                return self._one_of(step)
            case _:
                return self._of_one(step, self.known[step.of])

    def _of_one(self, step: Step, of: Straight) -> Straight:
        match step:
            case AfterHelp():
                return of.times(after_help(self.columns, step))
            case Cost():
                return of.times(np.asarray(float(self.scheme.price(step.price).hourly / 60)))
            case Round() | Limit() if of.factors:
                if isinstance(step, Limit):
                    self.notes.append(f"{step.label} ({step.code}): {step.reason}")
                return of
            case Curve() | Bands() if of.factors:
                self.inside[step.code] = of
                return Straight(np.asarray(0.0), {step.code: np.asarray(1.0)})
            case Square() if of.factors:
                raise FitMistake(
                    f"The step {step.code} squares amounts that would be fitted, and a fit is made "
                    "of straight lines. State it as a curve, or fit it outside."
                )
            case _:
                return Straight(_bent(step, of.fixed))

    def _product(self, step: Product) -> Straight:
        whole = Straight(np.asarray(1.0))
        for code in step.of:
            part = self.known[code]
            if whole.factors and part.factors:
                raise FitMistake(
                    f"The step {step.code} multiplies amounts that would be fitted by each other. "
                    "Keep one of them as it is."
                )
            whole = part.times(whole.fixed) if part.factors else whole.times(part.fixed)
        return whole

    def _one_of(self, step: Highest | Lowest) -> Straight:
        parts = [self.known[code] for code in step.of]
        if any(part.factors for part in parts):
            kind = NAMES[type(step)]
            raise FitMistake(
                f"The step {step.code} takes the {kind} of amounts that would be fitted, and a fit "
                "is made of straight lines. Keep these amounts as they are."
            )
        choose = np.maximum if isinstance(step, Highest) else np.minimum
        return Straight(np.asarray(reduce(choose, [part.fixed for part in parts])))

    def _pick(self, step: Pick) -> Straight:
        codes = self.columns[step.question]
        parts = []
        for place, option in enumerate(self.questions[step.question].options):
            here = (codes == place).astype(float)
            parts.append((self.known[step.of[option.code]].times(here), 1.0))
        return _added(parts, 0.0)

    def _met(self, condition: Condition) -> Floats:
        question, codes = self.questions[condition.question], self.columns[condition.question]
        if condition.at_least is not None:
            return (codes >= condition.at_least).astype(float)
        places = {option.code: place for place, option in enumerate(question.options)}
        if question.kind == "several":
            ticked = np.maximum(codes.astype(np.int64), 0)
            each = [(ticked >> places[option]) & 1 for option in condition.options]
            return np.asarray(sum(each), float)
        return np.isin(codes, [places[option] for option in condition.options]).astype(float)


def _bent(step: Step, values: Floats) -> Floats:
    """Return what a step that is no straight line makes of values that are not fitted."""
    match step:
        case Square():
            return np.asarray(values * values)
        case Limit():
            least = -np.inf if step.least is None else float(step.least)
            most = np.inf if step.most is None else float(step.most)
            return np.asarray(np.clip(values, least, most), float)
        case Bands():
            starts = np.array([float(band.start) for band in step.bands])
            amounts = np.array([float(band.amount) for band in step.bands])
            place = np.maximum(np.searchsorted(starts, values + 1e-9, side="right") - 1, 0)
            return np.asarray(amounts[place])
        case Curve():
            across = np.array([float(x) for x, _ in step.knots])
            up = np.array([float(y) for _, y in step.knots])
            return np.asarray(np.interp(values, across, up))
        case Round():
            return _rounded(np.round(values / float(step.to), 9), step.rounding) * float(step.to)
        case _:
            raise AssertionError(f"{step} has no rule")


def _rounded(values: Floats, rounding: str) -> Floats:
    match rounding:
        case "down":
            return np.floor(values)
        case "up":
            return np.ceil(values)
        case "half-even":
            return np.round(values)
        case _:
            return np.floor(values + 0.5)
