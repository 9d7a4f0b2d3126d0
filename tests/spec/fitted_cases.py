"""Two small schemes and made-up people whose costs follow a known truth, for trying fits on."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np

from wherewithal.allocation.cases import Cases, Groups
from wherewithal.calibration.fit import Asked, Fit, fit
from wherewithal.scheme import Scheme, read_scheme
from wherewithal.scheme.steps import Choice

ON = date(2026, 4, 1)
OPTIONS = ("none", "some", "daily", "always")

HEAD = """
version: "1"
title: A small scheme
summary: A few questions.
money: {currency: GBP, per: week, rounding: half-up}
source: own
sources:
  own: {text: Our guess, date: 2026-01-01, status: unverified, reason: To be fitted}
sections: {all: {title: All}}
"""

TIME = f"""
scheme: small-time
{HEAD}
prices:
  day: {{label: Day, hourly: 24, source: own}}
  night: {{label: Night, hourly: 30, source: own}}
questions:
  wash: {{section: all, ask: "Do you need help to wash?", family-can-help: yes,
         adds: {{unit: minutes a week, price: day, source: own}},
         options: {{none: {{minutes: 0, label: "No"}}, some: {{minutes: 60, label: Some}},
                   daily: {{minutes: 200, label: Daily}},
                   always: {{minutes: 400, label: Always}}}}}}
  mood: {{section: all, ask: "Do you need support?",
         adds: {{unit: minutes a week, price: day, source: own}},
         options: {{none: {{minutes: 0, label: "No"}}, some: {{minutes: 50, label: Some}},
                   daily: {{minutes: 150, label: Daily}},
                   always: {{minutes: 600, label: Always}}}}}}
  night: {{section: all, ask: "Do you need help at night?",
         adds: {{unit: minutes a week, price: night, source: own}},
         options: {{none: {{minutes: 0, label: "No"}}, some: {{minutes: 90, label: Some}},
                   daily: {{minutes: 300, label: Daily}},
                   always: {{minutes: 900, label: Always}}}}}}
  often: {{section: all, ask: "How often are days bad?",
         options: {{none: {{label: Never}}, some: {{label: Weekly}},
                   daily: {{label: Often}}, always: {{label: Always}}}}}}
  more: {{section: all, ask: "How much more then?",
         options: {{none: {{label: "No"}}, some: {{label: Some}},
                   daily: {{label: Much}}, always: {{label: All day}}}}}}
steps:
  bad.often: {{kind: choice, label: Days, question: often, unit: days a week, source: own,
              amounts: {{none: 0, some: 0.5, daily: 1, always: 3}}}}
  bad.more: {{kind: choice, label: Minutes a day, question: more, unit: minutes a day, source: own,
             amounts: {{none: 0, some: 60, daily: 120, always: 240}}}}
  bad.time: {{kind: product, label: Bad days, of: [bad.often, bad.more], unit: minutes}}
  bad.cost: {{kind: cost, label: Bad days, of: bad.time, price: day}}
lines:
  bad: {{label: Bad days, of: bad.cost, question: more}}
"""

TRUE_MINUTES: Mapping[str, tuple[int, ...]] = {
    "wash.time": (45, 150, 500),
    "mood.time": (100, 220, 480),
    "night.time": (60, 240, 700),
    "bad.more": (30, 150, 200),
}
"""What help truly takes in the made-up people, unlike what the scheme guesses."""

POINTS = """
scheme: small-points
{head}
questions:
{questions}
  area: {{section: all, ask: "Where do you live?", order: none,
         options: {{low: {{label: Low cost}}, high: {{label: High cost}}}}}}
steps:
{steps}
  score: {{kind: sum, label: Score, of: [{kept}]}}
  pounds: {{kind: {curve}, label: Pounds, of: score, unit: money, source: own}}
  factor: {{kind: choice, label: Area, question: area, unit: times, source: own,
           amounts: {{low: 1, high: 1.2}}}}
  paid: {{kind: product, label: Paid, of: [pounds, factor], unit: money}}
lines:
  budget: {{label: Budget, of: paid}}
"""

LETTERS = "abcdefgh"
TRUE_POINTS = (2, 5, 12)
CURVE = "curve, knots: [[0, 0], [60, 150], [150, 300], [240, 900]]"
BANDS = (
    "bands, bands: [{from: 0, below: 40, amount: 0}, {from: 40, below: 90, amount: 100}, "
    "{from: 90, below: 150, amount: 200}, {from: 150, amount: 300}]"
)


def time_scheme() -> Scheme:
    """Minutes for each answer times a price an hour."""
    return read_scheme(TIME, name="small-time")


def points_scheme(curve: str = CURVE) -> Scheme:
    """Points for each answer, what family does taken off, by a curve or bands, times an area."""
    questions = "\n".join(
        f"  {q}: {{section: all, ask: Question {q}, family-can-help: yes, options: "
        "{none: {label: No}, some: {label: Some}, daily: {label: Daily}, always: {label: Always}}}"
        for q in LETTERS
    ).replace("label: No}", 'label: "No"}')
    steps = "\n".join(
        f"  {q}.points: {{kind: choice, label: Points, question: {q}, unit: points, source: own, "
        "amounts: {none: 0, some: 10, daily: 20, always: 30}}\n"
        f"  {q}.kept: {{kind: after-help, label: Kept, of: {q}.points, question: {q}}}"
        for q in LETTERS
    )
    kept = ", ".join(f"{q}.kept" for q in LETTERS)
    text = POINTS.format(head=HEAD, questions=questions, steps=steps, kept=kept, curve=curve)
    return read_scheme(text, name="small-points")


def some_answers(scheme: Scheme, people: int, seed: int = 1) -> dict[str, np.ndarray]:
    """Answers that go together: people with much need in one thing have it in others."""
    chance = np.random.default_rng(seed)
    need = chance.normal(-0.2, 0.8, people)
    columns: dict[str, np.ndarray] = {}
    for question in scheme.questions:
        own = need + chance.normal(0, 0.8, people)
        cuts = [-0.3, 0.5, 1.2] if len(question.options) == 4 else [0.0]
        columns[question.code] = np.searchsorted(cuts, own).astype(np.int8)
        if question.helpable:
            shares = np.array([0, 0, 0, 25, 50, 100], np.uint8)
            columns[f"{question.code}.help"] = chance.choice(shares, people)
    columns["carer_willing"] = chance.choice(np.array([1, 1, 0, -1], np.int8), people)
    columns["carer_able"] = np.ones(people, np.int8)
    return columns


def _table(amounts: tuple[int, ...]) -> dict[str, Fraction]:
    return dict(zip(OPTIONS, map(Fraction, (0, *amounts)), strict=True))


def with_amounts(scheme: Scheme, amounts: Mapping[str, tuple[int, ...]]) -> Scheme:
    """The same scheme with other amounts for the options after the first."""
    steps = tuple(
        replace(step, amounts=_table(amounts[step.code]))
        if isinstance(step, Choice) and step.code in amounts
        else step
        for step in scheme.steps
    )
    return replace(scheme, steps=steps)


def costs(mean_pence: np.ndarray, noise: float, seed: int = 2) -> np.ndarray:
    """Costs that spread around their average in proportion to it."""
    if not noise:
        return np.round(mean_pence).astype(np.int64)
    shape = 1 / noise**2
    draws = np.random.default_rng(seed).gamma(shape, 1 / shape, len(mean_pence))
    return np.round(mean_pence * draws).astype(np.int64)


def cases_of(
    columns: dict[str, np.ndarray], agreed: np.ndarray, groups: dict[str, Groups] | None = None
) -> Cases:
    """People with answers, agreed costs and groups."""
    return Cases(tuple(map(str, range(len(agreed)))), columns, agreed, groups or {})


def fitted(scheme: Scheme, cases: Cases, **asked: object) -> Fit:
    """A fit without trees, and without resamples unless they are asked for."""
    settings = {"bootstraps": 0, "ceiling": False, **asked}
    return fit(scheme, cases, Asked(**settings), on=ON, named="cases.csv")  # type: ignore[arg-type]  # names and values come from the tests
