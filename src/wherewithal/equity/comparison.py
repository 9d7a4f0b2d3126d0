"""Compare what was agreed across groups, judge which gaps count, and undo them."""

from dataclasses import dataclass

import numpy as np

from wherewithal.equity.chance import LEVEL, holm, seen_gap
from wherewithal.equity.gaps import Contrast, Gap, chance_of, contrasts, shifts
from wherewithal.equity.need import Fit, design, fit
from wherewithal.equity.population import Population
from wherewithal.equity.resampling import Estimate, interval
from wherewithal.equity.settings import Settings
from wherewithal.equity.shortfalls import Righted

Column = np.ndarray
FEWEST_TO_COMPARE = 50
LIKELY = 0.05
"""A gap is undone where chance alone would show so large a one less often, were it the only test.

That is far less than it takes to be found among all tests: it accuses nobody.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """The fitted model of like need, every group beside those it is compared with, and verdicts.

    ``adjusted`` is each one's chance among all ``tests`` of the audit, ``found`` whether it counts,
    and ``likely`` whether it is undone before figures are held beside plans.
    """

    everybody: Population
    fitted: Fit
    pairs: tuple[Contrast, ...]
    tests: int
    adjusted: tuple[float, ...]
    found: tuple[bool, ...]
    likely: tuple[bool, ...]

    @property
    def less(self) -> list[Contrast]:
        """Return the gaps found to be less."""
        return [pair for pair, found in zip(self.pairs, self.found, strict=True)
                if found and self.fitted.log_ratio(pair.told) < 0]  # fmt: skip

    @property
    def undone(self) -> list[Contrast]:
        """Return the gaps to undo where plans are put right.

        Those are more than the ones found: a gap that may well be there, though too few people can
        show it, would make the figures of those on its better side look short beside their plans.
        How sure each is goes into how sure all that rests on it is.
        """
        return [pair for pair, likely in zip(self.pairs, self.likely, strict=True) if likely]


def compare(everybody: Population, settings: Settings) -> Comparison | None:
    """Compare groups for like need; nothing where too few have both a figure and a plan."""
    if min(everybody.compared.sum(), everybody.measured.sum()) < FEWEST_TO_COMPARE:
        return None
    model = design(everybody, settings.smallest)
    fitted = fit(model, everybody.agreed[model.rows])
    pairs = contrasts(model, fitted, everybody)
    told = sum(pair.weights is not None for pair in pairs)
    tests = told + other_tests(everybody, settings, compared=True)
    chances = [chance_of(fitted, pair) for pair in pairs]
    adjusted = holm(chances, tests)
    found = [
        chance < LEVEL and _off(fitted, pair) > settings.material
        for pair, chance in zip(pairs, adjusted, strict=True)
    ]
    likely = [
        chance < LIKELY
        and _off(fitted, pair) > settings.material
        and fitted.log_ratio(pair.told) < 0
        for pair, chance in zip(pairs, chances, strict=True)
    ]
    return Comparison(
        everybody, fitted, tuple(pairs), tests, tuple(adjusted), tuple(found), tuple(likely)
    )


def other_tests(everybody: Population, settings: Settings, *, compared: bool) -> int:
    """Return how many tests of a group there are beside those of what was agreed."""
    many = 0
    kinds = [(everybody.compared, 2)] if compared else []
    for who, each in [*kinds, (np.ones(everybody.people, bool), 1)]:
        for label in everybody.labels:
            codes = label.codes[who]
            sizes = np.bincount(codes[codes >= 0], minlength=len(label.groups))
            many += each * int((sizes >= settings.smallest).sum())
    return many


def _off(fitted: Fit, pair: Contrast) -> float:
    return 0.0 if pair.weights is None else abs(float(np.exp(fitted.log_ratio(pair.told))) - 1)


def righted(comparison: Comparison) -> Righted:
    """Undo the gaps that are likely: what would each person have been agreed without them?"""
    agreed = comparison.everybody.agreed.astype(np.float64)
    members = []
    for pair in comparison.undone:
        member = pair.label.codes == pair.place
        agreed[member] /= np.exp(comparison.fitted.log_ratio(pair.told))
        members.append(member)
    return Righted(agreed, tuple(members))


def moved(comparison: Comparison, sums: tuple[Column, Column]) -> Column:
    """Return how far each sample moves the log of each undone gap (samples × gaps)."""
    columns = [shifts(comparison.fitted, *sums, pair) for pair in comparison.undone]
    return np.column_stack(columns) if columns else np.zeros((len(sums[1]), 0))


def gaps(comparison: Comparison, sums: tuple[Column, Column]) -> list[Gap]:
    """Return every group's gap, with its interval from the samples."""
    fitted, agreed = comparison.fitted, comparison.everybody.agreed
    rows = []
    for pair, chance, found in zip(
        comparison.pairs, comparison.adjusted, comparison.found, strict=True
    ):
        if pair.weights is None:
            rows.append(Gap(pair.label, pair.group, pair.people, None, note=pair.note))
            continue
        log = fitted.log_ratio(pair.weights)
        ends = interval(np.exp(log + shifts(fitted, *sums, pair)))
        theirs = agreed[fitted.design.rows][pair.label.codes[fitted.design.rows] == pair.place]
        ratio = Estimate(float(np.exp(log)), *ends)
        pence = round(float(theirs.mean()) * (1 - 1 / ratio.value))
        wide = seen_gap(fitted.spread(pair.weights), pair.people, comparison.tests)
        seen = float(np.exp(-wide))
        undone = pair in comparison.undone
        rows.append(
            Gap(pair.label, pair.group, pair.people, ratio, pence, seen, chance, found, undone)
        )
    return rows


@dataclass(frozen=True, slots=True)
class AtNeed:
    """A gap that was found, among people of one third of need (1 the smallest).

    ``ratio`` is beside those it is compared with in the same third, all else as the model has it;
    the interval is that of a ratio of sums (its linearised standard error, twice either way).
    """

    label: str
    group: str
    third: int
    people: int
    ratio: Estimate


def at_need(comparison: Comparison, smallest: int) -> list[AtNeed]:
    """Return each gap that was found to be less, at small, middling and large need."""
    everybody, fitted = comparison.everybody, comparison.fitted
    rows = fitted.design.rows
    need, agreed = everybody.need[rows], everybody.agreed[rows].astype(np.float64)
    third = np.searchsorted(np.percentile(need, (100 / 3, 200 / 3)), need, side="right")
    found = []
    for pair in comparison.less:
        codes = pair.label.codes[rows]
        beside = np.isin(codes, np.flatnonzero(pair.label.reference(pair.place)))
        alike = fitted.expected / np.where(
            codes == pair.place, np.exp(fitted.log_ratio(pair.told)), 1
        )
        for place in range(3):
            theirs, others = (codes == pair.place) & (third == place), beside & (third == place)
            people = int(theirs.sum())
            if min(people, others.sum()) >= smallest:
                one = _ratio(agreed[theirs], alike[theirs])
                other = _ratio(agreed[others], alike[others])
                ratio = _over(one, other)
                found.append(AtNeed(pair.label.name, pair.group, place + 1, people, ratio))
    return found


def _ratio(over: Column, under: Column) -> tuple[float, float]:
    """Return a ratio of sums, and its standard error as a part of it."""
    value = float(over.sum() / under.sum())
    spread = float(np.sqrt(np.sum((over - value * under) ** 2) * len(over) / (len(over) - 1)))
    return value, spread / float(over.sum())


def _over(one: tuple[float, float], other: tuple[float, float]) -> Estimate:
    value = one[0] / other[0]
    wide = 1.96 * float(np.hypot(one[1], other[1])) * value
    return Estimate(value, value - wide, value + wide)
