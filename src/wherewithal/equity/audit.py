"""Audit a scheme over many people: who is short-changed, by how much, and how sure that is."""

from dataclasses import dataclass, replace

import numpy as np

from wherewithal.allocation.cases import Cases
from wherewithal.equity import carers as family
from wherewithal.equity import coverage as covered
from wherewithal.equity import gaps as agreed
from wherewithal.equity import shortfalls as short
from wherewithal.equity.answer_steps import Tried, tried_steps
from wherewithal.equity.chance import LEVEL, holm
from wherewithal.equity.comparison import (
    AtNeed,
    Comparison,
    at_need,
    compare,
    gaps,
    moved,
    other_tests,
    righted,
)
from wherewithal.equity.labels import labels_of
from wherewithal.equity.population import population
from wherewithal.equity.resampling import Features, resample
from wherewithal.equity.settings import Settings
from wherewithal.equity.swaps import Swap, swaps
from wherewithal.equity.yardstick import own_columns, was_fitted
from wherewithal.scheme import Scheme

Column = np.ndarray
Sums = list[tuple[Column, Column]]


@dataclass(frozen=True, slots=True, eq=False)
class Audit:
    """What an audit found. Ratios and shares are plain numbers; ``per`` is the scheme's period.

    ``gaps``, ``shortfalls`` and ``tenths`` are empty where too few people have both a figure and a
    plan; ``at_need`` has the gaps found to be less, by thirds of need. ``compared`` is how many
    have both; ``tests`` how many tests of a group were made; ``by`` the ways of grouping. The first
    of ``shortfalls`` and of ``coverage`` is everybody's.

    ``gaps`` measure need by the ``yardstick``, or by the scheme where there is none; ``measured``
    have a plan and their need known so, and ``learnt`` says that what measures need was fitted.
    """

    scheme: str
    title: str
    version: str
    scheme_hash: str
    per: str
    symbol: str
    settings: Settings
    ids: tuple[str, ...]
    by: tuple[str, ...]
    compared: int
    tests: int
    gaps: tuple[agreed.Gap, ...]
    at_need: tuple[AtNeed, ...]
    shortfalls: tuple[short.Shortfall, ...]
    tenths: tuple[short.Tenth, ...]
    coverage: tuple[covered.Coverage, ...]
    carers: family.Carers
    swaps: tuple[Swap, ...]
    steps: tuple[Tried, ...]
    measured: int
    yardstick: Scheme | None = None
    learnt: bool = False

    @property
    def people(self) -> int:
        """Return how many cases there are."""
        return len(self.ids)


def audit(
    scheme: Scheme,
    cases: Cases,
    *,
    by: tuple[str, ...] | None = None,
    settings: Settings | None = None,
    yardstick: Scheme | None = None,
) -> Audit:
    """Audit a scheme over cases, by some of their ways of grouping (all, unless named in ``by``).

    Who was agreed less for like need is measured by the ``yardstick`` (the scheme itself, unless
    one is given), whose questions must be in the cases: a scheme that was fitted to these plans has
    learnt the gaps. All else is about the scheme.

    Raises:
        YardstickMistake: the cases or the scheme do not fit the yardstick.
        LabelMistake: a way of grouping is not among the cases'.
        AnswerMistake: the cases do not fit the scheme.
        ValueError: there are no cases.
    """
    chosen = settings or Settings()
    everybody = population(scheme, cases, labels_of(cases, by), yardstick)
    cases = replace(cases, columns=own_columns(scheme, cases.columns)) if yardstick else cases
    comparison = compare(everybody, chosen)
    parts = {"covered": covered.features(everybody), "family": family.features(everybody)}
    if comparison:
        measured = short.measure(everybody, righted(comparison), chosen.tolerance)
        parts["short"] = short.features(measured, everybody.labels)
        parts["pulls"] = [agreed.pulls(comparison.fitted, everybody.people)]
    sums = _resampled(parts, everybody.people, chosen)
    found: list[agreed.Gap] = []
    shortfalls: list[short.Shortfall] = []
    if comparison:
        found, shortfalls = _beside_plans(comparison, measured, sums, chosen.smallest)
    who = covered.coverage(everybody.labels, sums["covered"], chosen.smallest)
    shortfalls, who = _judged(shortfalls, who, found, chosen)
    return Audit(
        scheme=scheme.code,
        title=scheme.title,
        version=scheme.version,
        scheme_hash=scheme.hash,
        per=scheme.per,
        symbol=scheme.symbol,
        settings=chosen,
        ids=cases.ids,
        by=tuple(label.name for label in everybody.labels),
        compared=int(everybody.compared.sum()),
        tests=comparison.tests if comparison else other_tests(everybody, chosen, compared=False),
        gaps=tuple(found),
        at_need=tuple(at_need(comparison, chosen.smallest)) if comparison else (),
        shortfalls=tuple(shortfalls),
        tenths=tuple(short.tenths(everybody, chosen.smallest)) if comparison else (),
        coverage=tuple(who),
        carers=family.carers(everybody, sums["family"], chosen.smallest),
        swaps=tuple(swaps(scheme, cases, everybody.labels)),
        steps=tuple(tried_steps(scheme, cases)),
        measured=int(everybody.measured.sum()),
        yardstick=yardstick,
        learnt=was_fitted(yardstick or scheme),
    )


def _beside_plans(
    comparison: Comparison, measured: short.Measured, sums: dict[str, Sums], smallest: int
) -> tuple[list[agreed.Gap], list[short.Shortfall]]:
    """Return every group's gap, and how its figures stand beside plans."""
    (pulled,) = sums["pulls"]
    drift = moved(comparison, pulled)
    rows = measured, comparison.everybody.labels, sums["short"], drift
    return gaps(comparison, pulled), short.shortfalls(*rows, smallest)


def _resampled(
    parts: dict[str, list[Features]], people: int, settings: Settings
) -> dict[str, Sums]:
    """Resample everything that is added up, in one go over the same samples."""
    features = [feature for part in parts.values() for feature in part]
    sums = iter(resample(features, people, settings.bootstraps, settings.seed))
    return {name: [next(sums) for _ in part] for name, part in parts.items()}


def _judged(
    shortfalls: list[short.Shortfall],
    who: list[covered.Coverage],
    found: list[agreed.Gap],
    settings: Settings,
) -> tuple[list[short.Shortfall], list[covered.Coverage]]:
    """Hold every other test against the number of all tests of the audit together."""
    rates = [row.chance_rate for row in shortfalls[1:]]
    levels = [row.chance_calibration for row in shortfalls[1:]]
    shares = [row.chance for row in who[1:]]
    many = len(rates) + len(levels) + len(shares) + sum(gap.ratio is not None for gap in found)
    adjusted = iter(holm([*rates, *levels, *shares], many))
    rates, levels = [next(adjusted) for _ in rates], [next(adjusted) for _ in levels]
    judged = [
        _short(row, shortfalls[0], rate, level, settings.material)
        for row, rate, level in zip(shortfalls[1:], rates, levels, strict=True)
    ]
    seen = [_uncovered(row, who[0], next(adjusted), settings.material) for row in who[1:]]
    return shortfalls[:1] + judged, who[:1] + seen


def _short(
    row: short.Shortfall, whole: short.Shortfall, rate: float, level: float, material: float
) -> short.Shortfall:
    oftener = row.right_rate.value - whole.right_rate.value > material
    lower = row.apart < 1 - material and row.right_calibration.value < 1
    return replace(
        row,
        adjusted_rate=rate,
        adjusted_calibration=level,
        found_rate=rate < LEVEL and oftener,
        found_calibration=level < LEVEL and lower,
    )


def _uncovered(
    row: covered.Coverage, whole: covered.Coverage, chance: float, material: float
) -> covered.Coverage:
    wide = abs(row.share.value - whole.share.value) > material
    return replace(row, adjusted=chance, found=chance < LEVEL and wide)


__all__ = ["Audit", "Settings", "audit"]
