"""Fitting: how long it takes, and how near it comes to the best that the answers allow."""

import time
from dataclasses import replace
from datetime import date

import numpy as np

from wherewithal.allocation.cases import Cases
from wherewithal.calibration.accuracy import explained
from wherewithal.calibration.fit import Asked, Fit, fit
from wherewithal.calibration.people import figures
from wherewithal.scheme import Scheme, packaged, read_scheme

PEOPLE = 100_000
QUESTIONS, OPTIONS, KNOTS, AREAS = 14, 5, 60, 12
ON = date(2026, 4, 1)


def measure() -> None:
    """Print the times of a fit and its resamples, and its R² beside the best there is."""
    for name, scheme, cases, mean in (made_time(), made_points()):
        alone, plain = _best(scheme, cases, 0)
        many, _ = _best(scheme, cases, 1000)
        best, ours = _reached(plain, cases, mean)
        print(f"fit {name}, {PEOPLE:,} people        {alone:8.3f} s")
        print(f"  1,000 resamples refitted             {many - alone:8.3f} s")
        print(f"  R² {ours:.4f} of {best:.4f} that the answers allow ({ours / best:.1%})")


def _best(scheme: Scheme, cases: Cases, bootstraps: int) -> tuple[float, Fit]:
    """Fit three times, the first of which loads what is needed, and return the shortest time."""
    seconds = []
    for _ in range(3):
        begun = time.perf_counter()
        asked = Asked(bootstraps=bootstraps, ceiling=False)
        made = fit(scheme, cases, asked, on=ON, named="bench")
        seconds.append(time.perf_counter() - begun)
    return min(seconds), made


def _reached(made: Fit, cases: Cases, mean: np.ndarray) -> tuple[float, float]:
    """Return the R² of the true averages and of the fit, on costs that were never fitted to."""
    fresh = _costs(mean, 4)
    best = explained(np.round(mean * 100).astype(np.int64), fresh)
    return best, explained(figures(made.scheme, cases), fresh)


def made_time() -> tuple[str, Scheme, Cases, np.ndarray]:
    """Make people whose costs follow the standard scheme's own minutes, less a quarter."""
    scheme = packaged("standard-adult")
    shown = _answers(scheme)
    for name in ("nights", "two-helpers"):
        shown[name] = np.minimum(shown[name], 2)
    roomy = replace(scheme, by_hand=())
    mean = figures(roomy, _cases(shown, None)) / 100 * 0.75
    return "minutes and prices", roomy, _cases(shown, _costs(mean)), mean


def _answers(scheme: Scheme) -> dict[str, np.ndarray]:
    """Everybody's answers as option numbers, with help from a willing and able family."""
    chance = np.random.default_rng(1)
    columns = {
        question.code: chance.integers(0, len(question.options), PEOPLE, dtype=np.int8)
        for question in scheme.questions
    }
    shares = np.array([0, 0, 25, 50, 75, 100], dtype=np.uint8)
    helped = [question.code for question in scheme.questions if question.helpable]
    columns |= {f"{code}.help": chance.choice(shares, PEOPLE) for code in helped}
    yes = np.ones(PEOPLE, np.int8)
    return columns | {"carer_willing": yes, "carer_able": yes}


def made_points() -> tuple[str, Scheme, Cases, np.ndarray]:
    """Make people whose costs bend upwards with their points, by area."""
    scheme = read_scheme(points_scheme(), name="points")
    chance = np.random.default_rng(2)
    need = chance.beta(1.6, 3.2, PEOPLE)
    columns: dict[str, np.ndarray] = {}
    share = chance.choice(np.array([0, 0, 25, 50, 75], np.uint8), PEOPLE)
    points = np.zeros(PEOPLE)
    for number in range(QUESTIONS):
        seen = np.clip(need + chance.normal(0, 0.18, PEOPLE), 0, 0.999)
        columns[f"q{number}"] = (seen * OPTIONS).astype(np.int8)
        columns[f"q{number}.help"] = share * (chance.random(PEOPLE) < 0.5).astype(np.uint8)
        kept = 1 - columns[f"q{number}.help"] / 100
        points += columns[f"q{number}"] ** 1.3 * (1 + number % 4) * kept
    columns["area"] = chance.integers(0, AREAS, PEOPLE).astype(np.int8)
    yes = np.ones(PEOPLE, np.int8)
    columns |= {"carer_willing": yes, "carer_able": yes}
    mean = (1 + columns["area"] / 50) * (30 + 400 * (points / 150) ** 1.35)
    return "points and a curve", scheme, _cases(columns, _costs(mean)), mean


def _costs(mean: np.ndarray, seed: int = 3) -> np.ndarray:
    chance = np.random.default_rng(seed)
    return np.round(mean * chance.gamma(5, 1 / 5, len(mean)) * 100).astype(np.int64)


def _cases(columns: dict[str, np.ndarray], agreed: np.ndarray | None) -> Cases:
    people = len(next(iter(columns.values())))
    return Cases(tuple(map(str, range(people))), columns, agreed, {})


def points_scheme() -> str:
    """Write a scheme of points, shares that family does not do, an area factor and a curve."""
    asked, steps = [], []
    for n in range(QUESTIONS):
        options = ", ".join(f"o{k}: {{label: Option {k}}}" for k in range(OPTIONS))
        asked.append(f"  q{n}: {{section: all, ask: Question {n}, family-can-help: yes, "
                     f"options: {{{options}}}}}")  # fmt: skip
        amounts = ", ".join(f"o{k}: {5 * k}" for k in range(OPTIONS))
        steps += [
            f"  points.q{n}: {{kind: choice, label: Points, question: q{n}, "
            f"amounts: {{{amounts}}}, unit: points, source: own}}",
            f"  kept.q{n}: {{kind: after-help, label: Points, of: points.q{n}, question: q{n}}}",
        ]
    most = 5 * (OPTIONS - 1) * QUESTIONS
    knots = ", ".join(f"[{most * k // (KNOTS - 1)}, {2 * most * k // (KNOTS - 1)}]"
                      for k in range(KNOTS))  # fmt: skip
    areas = ", ".join(f"a{k}: {{label: Area {k}}}" for k in range(AREAS))
    factors = ", ".join(f"a{k}: {1 + k / 50:g}" for k in range(AREAS))
    kept = ", ".join(f"kept.q{n}" for n in range(QUESTIONS))
    return "\n".join(
        [
            'scheme: points\nversion: "1"\ntitle: Points\nsummary: Points by a curve.',
            "money: {currency: GBP, per: week, rounding: half-up}\nsource: own",
            "sources:",
            "  own: {text: Made up, date: 2026-04-01, status: unverified, reason: Made up}",
            "sections: {all: {title: All}}",
            "questions:",
            *asked,
            f"  area: {{section: all, ask: Where, order: none, options: {{{areas}}}}}",
            "steps:",
            *steps,
            f"  score: {{kind: sum, label: Score, of: [{kept}]}}",
            f"  pounds: {{kind: curve, label: Pounds, of: score, knots: [{knots}], unit: money, "
            "source: own}",
            f"  area-factor: {{kind: choice, label: Area, question: area, amounts: {{{factors}}}, "
            "unit: times, source: own}",
            "  paid: {kind: product, label: Paid, of: [pounds, area-factor], unit: money}",
            "lines: {budget: {label: Budget, of: paid}}",
        ]
    )
