"""Other ways of working out figures, fitted to the same people, to stand beside a fitted scheme."""

from dataclasses import dataclass

import numpy as np

from wherewithal.allocation.cases import Cases
from wherewithal.calibration.accuracy import Pence
from wherewithal.calibration.asked import optional
from wherewithal.scheme import Scheme

AS_IT_WAS = "The scheme as it was"
PERCENTILE = "Percentile table, as councils use"
ONE_PRICE = "One price for every point"
RISING = "Rising table on points"
BOOSTED = "Gradient-boosted trees (a ceiling, not a scheme)"

MOST_ROUNDS = 200


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """Some people: their cases, the points the scheme as it was gives them, what was agreed."""

    cases: Cases
    points: Pence
    agreed: Pence


def beside(
    scheme: Scheme, learn: People, test: People, *, as_it_was: Pence, ceiling: bool
) -> dict[str, Pence]:
    """Return the figures in pence that each other way gives the people of ``test``.

    ``as_it_was`` are the figures of the scheme as it was. Points are its scores before any curve,
    or, where it has none, its figures.
    """
    found = {
        AS_IT_WAS: as_it_was,
        PERCENTILE: percentile_table(learn, test),
        ONE_PRICE: one_price(learn, test),
        RISING: rising_table(learn, test),
    }
    if ceiling:
        found[BOOSTED] = boosted(scheme, learn, test)
    return found


def percentile_table(learn: People, test: People) -> Pence:
    """Pay the cost that stands at the same place among costs as the points do among points."""
    ranked = np.sort(learn.points)
    low = np.searchsorted(ranked, test.points, side="left")
    high = np.searchsorted(ranked, test.points, side="right")
    place = (low + high) / 2 / max(len(ranked), 1)
    return np.round(np.quantile(learn.agreed, np.clip(place, 0, 1))).astype(np.int64)


def one_price(learn: People, test: People) -> Pence:
    """Pay every point the same, so that the total of those it was fitted on is as agreed."""
    price = float(learn.agreed.sum()) / max(float(learn.points.sum()), 1.0)
    return np.round(test.points * price).astype(np.int64)


def rising_table(learn: People, test: People) -> Pence:
    """Pay the average cost of people with such points, never falling (isotonic regression)."""
    table = optional("sklearn.isotonic").IsotonicRegression(out_of_bounds="clip")
    table.fit(learn.points.astype(float), learn.agreed.astype(float))
    return np.asarray(np.round(table.predict(test.points.astype(float))), np.int64)


def boosted(scheme: Scheme, learn: People, test: People) -> Pence:
    """Pay what many small trees over all answers and all family help foretell.

    More need never foretells less, and more help never more. It shows what can be had from the
    answers; nobody can follow it, so it is no scheme.
    """
    trees = optional("sklearn.ensemble").HistGradientBoostingRegressor
    signs = [sign for _, sign in _signs(scheme, learn.cases)]
    model = trees(monotonic_cst=signs, max_iter=MOST_ROUNDS, learning_rate=0.1, max_leaf_nodes=15,
                  min_samples_leaf=40, early_stopping=len(learn.agreed) >= 2000,
                  random_state=0)  # fmt: skip
    model.fit(_table(scheme, learn.cases), learn.agreed.astype(float))
    told = model.predict(_table(scheme, test.cases))
    return np.asarray(np.round(np.maximum(told, 0)), np.int64)


def _signs(scheme: Scheme, cases: Cases) -> list[tuple[str, int]]:
    found = []
    for question in scheme.questions:
        if question.kind == "several":
            found += [(f"{question.code};{n}", int(question.rising))
                      for n in range(len(question.options))]  # fmt: skip
        else:
            found.append((question.code, int(question.rising)))
    return found + [(name, -1) for name in cases.columns if name.endswith(".help")]


def _table(scheme: Scheme, cases: Cases) -> np.ndarray:
    """Return all answers and help that counts, one column each."""
    said = [cases.columns.get(name) for name in ("carer_willing", "carer_able")]
    counts = np.zeros(len(cases.ids), bool)
    if said[0] is not None and said[1] is not None:
        counts = (said[0] == 1) & (said[1] == 1)
    columns = []
    for name, sign in _signs(scheme, cases):
        code, _, bit = name.partition(";")
        values = cases.columns[code].astype(float)
        if bit:
            values = (np.maximum(cases.columns[code].astype(np.int64), 0) >> int(bit)) & 1
        columns.append(values * counts if sign < 0 else np.maximum(values, -1))
    return np.column_stack(columns).astype(float)
