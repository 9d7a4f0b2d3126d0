"""Which amounts of a scheme a fit may move, and the columns they stand in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from wherewithal.calibration.asked import FitMistake
from wherewithal.calibration.straight import Columns, Floats
from wherewithal.scheme import Scheme
from wherewithal.scheme.graph import in_order
from wherewithal.scheme.steps import (
    NAMES,
    Bands,
    Choice,
    Curve,
    Highest,
    Lowest,
    Product,
    Step,
    inputs,
)

FITTABLE_UNITS = ("minute", "hour", "point", "score", "money", "pound", "£")


@dataclass(frozen=True, slots=True)
class Part:
    """A choice step to be fitted. ``climbs``: each option has what the one before it has, or more.

    Its columns are one for each option in ``options``. Where options climb, a column is what the
    option adds to the one before; the first option has a column only where its amount is not 0.
    """

    step: str
    question: str
    options: tuple[str, ...]
    places: tuple[int, ...]
    climbs: bool
    before: tuple[float, ...]

    def columns(self, codes: NDArray[np.integer]) -> Floats:
        """Return a column for each option: 1 where the answer has reached it, or ticked it."""
        places = np.array(self.places)
        if self.climbs:
            return (codes[:, None] >= places).astype(float)
        ticked = np.maximum(codes.astype(np.int64), 0)
        return np.asarray((ticked[:, None] >> places) & 1, float)

    def people(self, codes: NDArray[np.integer]) -> NDArray[np.int64]:
        """Return how many people gave each option."""
        if self.climbs:
            return np.array([int((codes == place).sum()) for place in self.places], np.int64)
        return np.asarray(self.columns(codes).sum(axis=0), np.int64)

    def increments(self, amounts: Floats) -> Floats:
        """Return what each column adds, from the amounts of the options."""
        return np.diff(amounts, prepend=0.0) if self.climbs else amounts

    def amounts(self, increments: Floats) -> Floats:
        """Return the amounts of the options, from what each column adds."""
        return np.cumsum(increments) if self.climbs else increments


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a fit moves: the parts, the one curve or table of bands, and what stays, and why."""

    parts: tuple[Part, ...]
    curve: Curve | Bands | None
    kept: Mapping[str, str]

    @property
    def codes(self) -> frozenset[str]:
        """Return the codes of the choice steps to be fitted."""
        return frozenset(part.step for part in self.parts)

    @property
    def width(self) -> int:
        """Return how many columns all parts have."""
        return sum(len(part.options) for part in self.parts)

    def slices(self) -> list[slice]:
        """Return where each part's columns stand."""
        ends = np.cumsum([0, *(len(part.options) for part in self.parts)]).tolist()
        return [slice(a, b) for a, b in pairwise(ends)]


def choose(scheme: Scheme) -> Chosen:
    """Find the amounts of a scheme that can be fitted.

    They are amounts for the options of questions whose options rise with need. Where two such steps
    are multiplied, the one that holds minutes or points is fitted and the other stays. Those that
    a highest or lowest step chooses from stay.

    Raises:
        FitMistake: there are none, or more than one curve stands over them.
    """
    ordered = in_order(scheme.steps, [line.of for line in scheme.lines])
    steps = {step.code: step for step in ordered}
    fitted, kept = _candidates(scheme, ordered)
    below = _below(ordered, fitted)
    for step in ordered:
        if isinstance(step, Product):
            _one_of_each_product(step, steps, below, kept)
            below = _below(ordered, fitted - kept.keys())
        elif isinstance(step, Highest | Lowest):
            for code in below[step.code]:
                kept[code] = f"{step.code} takes the {NAMES[type(step)]} of it and others"
            below = _below(ordered, fitted - kept.keys())
    curves = [step for step in ordered if isinstance(step, Curve | Bands) and below[step.code]]
    if len(curves) > 1:
        names = ", ".join(step.code for step in curves)
        raise FitMistake(f"Amounts go through more than one curve ({names}). A fit can move one.")
    curve = curves[0] if curves else None
    if curve is not None:
        for code in fitted - kept.keys() - below[curve.code]:
            kept[code] = f"it does not go through the curve {curve.code}"
    parts = tuple(
        _part(scheme, step)
        for step in ordered
        if isinstance(step, Choice) and step.code in fitted and step.code not in kept
    )
    if not parts:
        raise FitMistake(
            "No amounts of this scheme can be fitted. It needs a choice step with an amount for "
            "each option of a question whose options rise with need."
        )
    return Chosen(parts, curve, kept)


def _candidates(scheme: Scheme, ordered: Sequence[Step]) -> tuple[set[str], dict[str, str]]:
    questions = {question.code: question for question in scheme.questions}
    fitted: set[str] = set()
    kept: dict[str, str] = {}
    for step in ordered:
        if isinstance(step, Choice):
            if not questions[step.question].rising:
                kept[step.code] = "its options do not stand in order of need"
            elif min(step.amounts.values()) < 0:
                kept[step.code] = "it has amounts below 0"
            else:
                fitted.add(step.code)
    return fitted, kept


def _below(ordered: Sequence[Step], fitted: set[str]) -> dict[str, set[str]]:
    """Return, for each step, the choice steps to be fitted that it rests on."""
    below: dict[str, set[str]] = {}
    for step in ordered:
        own = {step.code} & fitted
        below[step.code] = own.union(*(below[code] for code in inputs(step)))
    return below


def _one_of_each_product(
    step: Product,
    steps: Mapping[str, Step],
    below: Mapping[str, set[str]],
    kept: dict[str, str],
) -> None:
    moving = [code for code in step.of if below[code]]
    if len(moving) < 2:
        return
    ranked = sorted(moving, key=lambda code: (_fits(code, steps), len(below[code])))
    for code in ranked[:-1]:
        for each in below[code] - below[ranked[-1]]:
            kept[each] = f"it multiplies {ranked[-1]}, which is fitted"


def _fits(code: str, steps: Mapping[str, Step]) -> bool:
    """Say whether a step's unit is one that amounts are fitted in."""
    step = steps[code]
    unit = str(getattr(step, "unit", "")).lower()
    while not unit and inputs(step):
        step = steps[inputs(step)[0]]
        unit = str(getattr(step, "unit", "")).lower()
    return unit.startswith(FITTABLE_UNITS)


def _part(scheme: Scheme, step: Choice) -> Part:
    question = scheme.question(step.question)
    climbs = question.kind != "several"
    options = list(enumerate(question.options))
    if climbs and step.amounts[options[0][1].code] == 0:
        options = options[1:]
    return Part(
        step.code,
        step.question,
        tuple(option.code for _, option in options),
        tuple(place for place, _ in options),
        climbs,
        tuple(float(step.amounts[option.code]) for _, option in options),
    )


def matrix(chosen: Chosen, columns: Columns, factors: Mapping[str, Floats], people: int) -> Floats:
    """Return one row a person and one column an amount: what a unit of it adds, in pounds."""
    out = np.zeros((people, chosen.width))
    for part, place in zip(chosen.parts, chosen.slices(), strict=True):
        factor = np.broadcast_to(factors.get(part.step, np.asarray(0.0)), (people,))
        np.multiply(part.columns(columns[part.question]), factor[:, None], out=out[:, place])
    return out
