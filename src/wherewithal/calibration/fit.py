"""Fit the amounts of a scheme to what was agreed for people.

from wherewithal.calibration.fit import Asked, fit

made = fit(scheme, cases, Asked(percentile=65), on=date(2026, 11, 2), named="cases.csv")
made.scheme      # the fitted scheme, which passes every static check
made.accuracy    # how it did on people it had not seen, beside other ways
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from wherewithal.allocation.cases import Cases, Groups
from wherewithal.calibration.accuracy import (
    Accuracy,
    Covered,
    Pence,
    Tenth,
    accuracy,
    bands_of_need,
    coverage,
    tenths,
)
from wherewithal.calibration.amounts import Amount, Knot, amounts, comments, knots
from wherewithal.calibration.asked import Asked, FitMistake, optional
from wherewithal.calibration.beside import People, beside
from wherewithal.calibration.bootstrap import Spread, resample
from wherewithal.calibration.chain import Prepared, Worked, prepare, raised, work_out
from wherewithal.calibration.fair import Fair, Fairness, fair
from wherewithal.calibration.learnt import Learnt, learn
from wherewithal.calibration.parts import Chosen, choose
from wherewithal.calibration.people import Split, figures, points, split
from wherewithal.calibration.rebuild import FITTED, rebuilt, with_amounts, with_curve
from wherewithal.calibration.straight import see
from wherewithal.scheme import Scheme, Source
from wherewithal.scheme.mistakes import Path

__all__ = ["Asked", "Fit", "FitMistake", "fit"]

AGREED = "agreed"
FITTED_NAME = "The fitted scheme"
PLAIN_NAME = "Fitted without the condition on groups"
AVERAGE_NAME = "Fitted to the average, before the percentile"


@dataclass(frozen=True, slots=True)
class Totals:
    """Four sums that are never to be taken for one another, in pence, over the same people.

    ``need``: what figures fitted to the average come to. ``figures``: what they come to at the
    percentile asked for. ``held``: what plans cost above their figures, for the council to hold.
    ``projected``: figures and what is held. Beside them what was ``agreed``, and the contingency
    ``recorded`` in the file, if any. ``before`` is what figures came to in the scheme as it was;
    ``rises`` and ``falls`` count people. ``learnt`` and ``unseen`` are figures over agreed costs,
    for the people learnt from and those held out. No one person's figure is made from any of them.
    """

    people: int
    agreed: int
    need: int
    figures: int
    held: int
    projected: int
    recorded: int | None
    before: int
    rises: int
    falls: int
    learnt: float
    unseen: float


@dataclass(frozen=True, slots=True)
class ByHand:
    """How many of all cases are costed by hand: as it was, by the fit, and who changes places."""

    before: int
    after: int
    given: int
    lost: int


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A fitted scheme and how good the fit is; all measures are on people it had not seen.

    ``accuracy`` has the fitted scheme first, then the other ways beside it; ``calibration`` has
    tenths by figure for each of them. ``coverage`` has a row for each group and each band of need.
    """

    before: Scheme
    scheme: Scheme
    asked: Asked
    chosen: Chosen
    learnt: int
    tested: int
    left_out: Mapping[str, int]
    amounts: tuple[Amount, ...]
    knots: tuple[Knot, ...]
    times: float
    spread: Spread | None
    accuracy: tuple[Accuracy, ...]
    calibration: Mapping[str, tuple[Tenth, ...]]
    coverage: tuple[Covered, ...]
    totals: Totals
    fairness: Fairness | None
    by_hand: ByHand
    comments: Mapping[Path, str]


def fit(scheme: Scheme, cases: Cases, asked: Asked | None = None, *, on: date, named: str) -> Fit:
    """Fit a scheme's amounts to ``cases.agreed``, in pence for the scheme's period.

    ``on`` is the date the fitted numbers carry, and ``named`` what their source calls the cases.

    Raises:
        FitMistake: it can't be fitted, or not to these cases; the message says what to do.
    """
    asked = asked or Asked()
    with optional("threadpoolctl").threadpool_limits(1):  # small matrices are quickest on one
        return _fitted(scheme, cases, asked, on, named)


def _fitted(scheme: Scheme, cases: Cases, asked: Asked, on: date, named: str) -> Fit:
    chosen = choose(scheme)
    who = split(scheme, cases, asked)
    prepared = prepare(learn(scheme, who.learn, chosen), asked)
    plain = work_out(prepared, asked)
    found = fair(prepared, who.learn.groups, asked, plain)
    average = found.worked if found else plain
    times = _times(prepared.learnt, average, asked)
    final = raised(prepared, average, asked, times)
    source = _source(prepared.learnt, asked, named, on)
    target = "" if asked.target == AGREED else asked.target
    made = _Made(
        _scheme(scheme, chosen, final, source, target),
        _scheme(scheme, chosen, average, source, target),
        _scheme(scheme, chosen, plain, source, target),
    )
    spread = resample(prepared, asked, final, found) if asked.bootstraps else None
    by_hand = _by_hand(scheme, made.final, cases)
    return _told(scheme, asked, who, prepared, _Worked(final, times, spread, found, made, by_hand))


@dataclass(frozen=True, slots=True)
class _Made:
    final: Scheme
    average: Scheme
    plain: Scheme


@dataclass(frozen=True, slots=True, eq=False)
class _Worked:
    final: Worked
    times: float
    spread: Spread | None
    found: Fair | None
    made: _Made
    by_hand: ByHand


def _times(learnt: Learnt, average: Worked, asked: Asked) -> float:
    """Return what all figures are raised by, so that the percentage asked for is covered."""
    if asked.percentile is None:
        return 1.0
    ratio = learnt.target / np.maximum(average.figures(learnt), 0.01)
    return float(np.quantile(ratio, asked.percentile / 100))


def _source(learnt: Learnt, asked: Asked, named: str, on: date) -> Source:
    people = len(learnt.target)
    text = f"Fitted to {asked.costs} of {people:,} people in {named}"
    if asked.past_spend:
        text = f"Fitted to past spend, not to what people need: {asked.target} in {named}"
    unseen = int((learnt.gave == 0).sum())
    reason = "Fitted by the computer. Nobody has yet approved it or looked at who is short-changed."
    if asked.past_spend:
        reason = f"Past spend copies past injustice. {reason} It rests on {people:,} people."
    if unseen:
        reason += f" Nobody gave {unseen} of the answers: those keep the earlier scheme's numbers."
    return Source(FITTED, text, on, "unverified", reason)


def _scheme(scheme: Scheme, chosen: Chosen, worked: Worked, source: Source, target: str) -> Scheme:
    steps = with_amounts(scheme, chosen, worked.amounts, source.code)
    if chosen.curve is not None and worked.shape is not None and worked.heights is not None:
        steps = with_curve(steps, chosen.curve.code, worked.shape, worked.heights, source.code)
    return rebuilt(scheme, steps, source, target)


def _told(scheme: Scheme, asked: Asked, who: Split, prepared: Prepared, done: _Worked) -> Fit:
    learnt, made = prepared.learnt, done.made
    test, train = who.test, who.learn
    final = figures(made.final, test)
    ways = {FITTED_NAME: final, **_variants(asked, done, test)}
    people = [
        People(each, points(scheme, each, _score(learnt, each)), _agreed(each))
        for each in (train, test)
    ]
    ways |= beside(scheme, people[0], people[1], as_it_was=figures(scheme, test),
                   ceiling=asked.ceiling)  # fmt: skip
    agreed = _agreed(test)
    need = bands_of_need(figures(made.average, test))
    groups: Mapping[str, Groups] = {"band of need": need, **test.groups}
    table = amounts(learnt, done.final, done.spread, asked)
    bends = knots(learnt, done.final, done.spread)
    return Fit(
        before=scheme,
        scheme=made.final,
        asked=asked,
        chosen=learnt.chosen,
        learnt=len(train.ids),
        tested=len(test.ids),
        left_out=who.left_out,
        amounts=table,
        knots=bends,
        times=done.times,
        spread=done.spread,
        accuracy=tuple(accuracy(name, given, agreed) for name, given in ways.items()),
        calibration={name: tenths(given, agreed) for name, given in ways.items()},
        coverage=coverage(final, agreed, groups, asked.fewest),
        totals=_totals(scheme, made, who),
        fairness=done.found.fairness if done.found else None,
        by_hand=done.by_hand,
        comments=comments(learnt.chosen, table, bends, asked),
    )


def _variants(asked: Asked, done: _Worked, test: Cases) -> dict[str, Pence]:
    found: dict[str, Pence] = {}
    if asked.percentile is not None:
        found[AVERAGE_NAME] = figures(done.made.average, test)
    if done.found is not None:
        found[PLAIN_NAME] = figures(done.made.plain, test)
    return found


def _agreed(cases: Cases) -> Pence:
    assert cases.agreed is not None  # noqa: S101  # people without were left out
    return cases.agreed.astype(np.int64)


def _score(learnt: Learnt, cases: Cases) -> np.ndarray | None:
    """Return people's points in the scheme as it was, where it has a curve over points."""
    if learnt.chosen.curve is None:
        return None
    seen = see(learnt.scheme, cases.columns, frozenset())
    fixed = seen.steps[learnt.chosen.curve.of].fixed
    return np.broadcast_to(fixed, (len(cases.ids),))


def _by_hand(before: Scheme, after: Scheme, cases: Cases) -> ByHand:
    """Count who would have no figure, but be costed from the bottom up, among all the cases."""
    from wherewithal.allocation import evaluate

    first, second = (evaluate(each, cases.columns)["status"] for each in (before, after))
    hand = (first == 2, second == 2)
    given, lost = (first == 2) & (second == 0), (first == 0) & (second == 2)
    return ByHand(*(int(each.sum()) for each in (*hand, given, lost)))


def _totals(before: Scheme, made: _Made, who: Split) -> Totals:
    both = (who.learn, who.test)
    agreed = np.concatenate([_agreed(each) for each in both])
    given = np.concatenate([figures(made.final, each) for each in both])
    need = sum(int(figures(made.average, each).sum()) for each in both)
    held = int(np.maximum(agreed - given, 0).sum())
    recorded = None
    if all(each.contingency is not None for each in both):
        recorded = sum(int(each.contingency.sum()) for each in both if each.contingency is not None)
    total, first = int(given.sum()), len(who.learn.ids)
    was = np.concatenate([figures(before, each) for each in both])
    halves = (slice(None, first), slice(first, None))
    learnt, unseen = (float(given[each].sum() / max(agreed[each].sum(), 1)) for each in halves)
    rises, falls = int((given > was).sum()), int((given < was).sum())
    return Totals(
        len(agreed), int(agreed.sum()), need, total, held, total + held, recorded,
        int(was.sum()), rises, falls, learnt, unseen,
    )  # fmt: skip
