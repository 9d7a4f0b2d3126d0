"""The same answers, another group: does the figure change?"""

from dataclasses import dataclass, replace
from itertools import combinations, pairwise

import numpy as np

from wherewithal.allocation import evaluate
from wherewithal.allocation.cases import Cases, Groups
from wherewithal.equity.labels import Label, in_words
from wherewithal.scheme import Question, Scheme

Column = np.ndarray
_NUMBERS = 11


@dataclass(frozen=True, slots=True)
class Swap:
    """What changing who somebody is, and nothing else, does to figures.

    ``question`` is what the scheme asks, empty where it does not ask: then ``before`` and ``after``
    are empty too, and every label was swapped. ``people`` were tried; ``mean`` and ``largest`` are
    differences in pence (``largest`` by size, with its sign).
    """

    label: str
    question: str
    before: str
    after: str
    people: int
    mean: float
    largest: int

    @property
    def same(self) -> bool:
        """Say whether nobody's figure changed by a penny."""
        return self.largest == 0


def swaps(scheme: Scheme, cases: Cases, labels: tuple[Label, ...]) -> list[Swap]:
    """Swap every label of the cases, and every answer that says who somebody is.

    A scheme asks who somebody is where a question's answers stand in no order of need, or where it
    is called what a way of grouping is called.
    """
    figures = evaluate(scheme, cases.columns)
    names = {_plain(label.name) for label in labels}
    about = [q for q in scheme.questions if _asks_who(q, names)]
    asked = {_plain(question.code) for question in about}
    found = [
        _moved(scheme, cases, label, figures)
        for label in labels
        if label.groups and not any(_plain(label.name).startswith(code) for code in asked)
    ]
    for question in about:
        found += _answers(scheme, cases, question, figures)
    return found


def _plain(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "").replace(" ", "")


def _asks_who(question: Question, names: set[str]) -> bool:
    if question.kind == "several":
        return False
    if not question.rising:
        return True
    return any(name.startswith(_plain(question.code)) for name in names)


def _moved(scheme: Scheme, cases: Cases, label: Label, before: dict[str, Column]) -> Swap:
    """Put everybody into the next group, work everything out again and compare."""
    old = cases.groups[label.name]
    moved = Groups(old.labels, (old.codes + 1) % len(old.labels))
    other = replace(cases, groups={**cases.groups, label.name: moved})
    after = evaluate(scheme, other.columns)
    return _swap(label.name, "", "", "", before["total"], after["total"], before["status"] == 0)


def _answers(
    scheme: Scheme, cases: Cases, question: Question, figures: dict[str, Column]
) -> list[Swap]:
    own = cases.columns[question.code]
    names = _names(question)
    changed = {
        value: evaluate(scheme, {**cases.columns, question.code: np.full_like(own, value)})
        for value in names
    }
    pairs = pairwise(names) if question.kind == "number" else combinations(names, 2)
    found = []
    for before, after in pairs:
        known = figures["status"] == 0
        both = known & (changed[before]["status"] == 0) & (changed[after]["status"] == 0)
        words = in_words(names[before]), in_words(names[after])
        totals = changed[before]["total"], changed[after]["total"]
        found.append(_swap(question.code, question.ask, *words, *totals, both))
    return found


def _names(question: Question) -> dict[int, str]:
    """Return the answers to try: each option, or numbers evenly apart from least to most."""
    if question.kind == "number":
        apart = np.linspace(question.least, question.most, _NUMBERS).round().astype(int)
        return {value: str(value) for value in np.unique(apart).tolist()}
    return {place: option.label for place, option in enumerate(question.options)}


def _swap(
    label: str, ask: str, before: str, after: str, old: Column, new: Column, known: Column
) -> Swap:
    moved = (new - old)[known]
    if not moved.size:
        return Swap(label, ask, before, after, 0, 0.0, 0)
    largest = int(moved[np.abs(moved).argmax()])
    return Swap(label, ask, before, after, int(moved.size), float(moved.mean()), largest)
