"""Work out two schemes for the same people, and split the change by line and by price."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from wherewithal.allocation import evaluate
from wherewithal.allocation.casefile import Text, read_text
from wherewithal.allocation.cases import Cases, CasesMistake, Groups, cases_in
from wherewithal.scheme import Scheme, SchemeMistakes

Column = np.ndarray
Out = Mapping[str, Column]
INCOMPLETE = 1


@dataclass(frozen=True, slots=True, eq=False)
class Population:
    """The same people under two schemes: the answers to each one's questions, and their groups."""

    ids: tuple[str, ...]
    now: dict[str, Column]
    then: dict[str, Column]
    groups: dict[str, Groups]


@dataclass(frozen=True, slots=True)
class LineChange:
    """One line's sum over all who have both figures, in pence; ``people`` get it in either.

    ``moved`` counts those for whom it changes.
    """

    code: str
    label: str
    people: int
    moved: int
    now: int
    then: int


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Each person's figure under the scheme they have now and the one they would have then.

    ``now`` and ``then`` are pence for the schemes' period, and count only where ``both`` says that
    there is a figure under each; the statuses are those of :func:`wherewithal.allocation.evaluate`.
    ``prices`` is the part of the change that the new prices alone would make in pence, or ``None``
    where the first scheme can't be worked out at them.
    """

    schemes: tuple[Scheme, Scheme]
    ids: tuple[str, ...]
    now: Column
    then: Column
    status_now: Column
    status_then: Column
    groups: dict[str, Groups]
    lines: tuple[LineChange, ...]
    prices: int | None

    @property
    def both(self) -> Column:
        """Return who has a figure under both schemes."""
        return np.asarray((self.status_now == 0) & (self.status_then == 0))

    @property
    def change(self) -> Column:
        """Return each person's change in pence; 0 without both figures."""
        return np.where(self.both, self.then - self.now, 0)


def read_population(now: Scheme, then: Scheme, path: Path) -> Population:
    """Read a file that holds the questions of both schemes, as :func:`read_cases` does of one.

    Raises:
        CasesMistake: it can't be read or used; says under which scheme, and the mend.
    """

    def both(text: Text) -> Population:
        _check_questions(now, then, text)
        first, second = (_under(scheme, text, (now, then)) for scheme in (now, then))
        return population_of(first, second.columns)

    return read_text(path, both)


def population_of(cases: Cases, then: Mapping[str, Column] | None = None) -> Population:
    """Return cases as a population; ``then`` are their answers to the second scheme's questions."""
    columns = dict(cases.columns if then is None else then)
    return Population(cases.ids, cases.columns, columns, cases.groups)


def _check_questions(now: Scheme, then: Scheme, text: Text) -> None:
    for scheme in (now, then):
        lacking = [each.code for each in scheme.questions if each.code not in text.columns]
        if lacking:
            raise CasesMistake(
                f"{text.path} lacks columns that the scheme {named(scheme)} asks for:"
                f" {', '.join(lacking)}. A file to compare two schemes on has the questions of"
                " both. Add the columns, and leave cells blank where you don't know."
            )


def _under(scheme: Scheme, text: Text, schemes: tuple[Scheme, Scheme]) -> Cases:
    try:
        return cases_in(scheme, text, beside=schemes, money=False)
    except CasesMistake as mistake:
        raise CasesMistake(f"{mistake} (This is what {named(scheme)} allows.)") from None


def named(scheme: Scheme) -> str:
    """Return a scheme's name with its version."""
    return f"{scheme.code} {scheme.version}"


def compare(now: Scheme, then: Scheme, population: Population) -> Comparison:
    """Work out both schemes for everyone.

    Raises:
        ValueError: the schemes pay in different money or for different periods.
        AnswerMistake: an answer is not one its scheme allows.
    """
    if (now.currency, now.per) != (then.currency, then.per):
        raise ValueError(
            f"{named(now)} pays {now.currency} a {now.per}, and {named(then)} pays"
            f" {then.currency} a {then.per}. Compare schemes that pay alike."
        )
    first, second = evaluate(now, population.now), evaluate(then, population.then)
    both = (first["status"] == 0) & (second["status"] == 0)
    return Comparison(
        (now, then),
        population.ids,
        first["total"],
        second["total"],
        first["status"],
        second["status"],
        population.groups,
        _lines(now, then, first, second, both),
        _prices(now, then, population, int(first["total"][both].sum()), both),
    )


def _lines(
    now: Scheme, then: Scheme, first: Out, second: Out, both: Column
) -> tuple[LineChange, ...]:
    labels = {line.code: line.label for scheme in (then, now) for line in scheme.lines}
    nothing = np.zeros(len(both), np.int64)
    found = []
    for code, label in labels.items():
        one = np.where(both, first.get(f"line.{code}", nothing), 0)
        two = np.where(both, second.get(f"line.{code}", nothing), 0)
        people = int(((one != 0) | (two != 0)).sum())
        moved = int((one != two).sum())
        found.append(LineChange(code, label, people, moved, int(one.sum()), int(two.sum())))
    return tuple(found)


def _prices(
    now: Scheme, then: Scheme, population: Population, total: int, both: Column
) -> int | None:
    """Return what the first scheme would pay more at the second one's prices of the same names."""
    hourly = {price.code: price.hourly for price in then.prices}
    prices = tuple(replace(p, hourly=hourly.get(p.code, p.hourly)) for p in now.prices)
    if prices == now.prices:
        return 0
    try:
        repriced = replace(now, prices=prices)
    except SchemeMistakes:
        return None
    out = evaluate(repriced, population.now)
    if (out["status"][both] == INCOMPLETE).any():
        return None
    paid = [int(out[f"line.{line.code}"][both].sum()) for line in now.lines]
    return sum(paid) - total
