"""Where one small change in an answer moves a figure the most."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from random import Random

import numpy as np

from wherewithal.allocation.evaluate import evaluate
from wherewithal.scheme import Question, Scheme
from wherewithal.scheme.parts import NONE_TICKED

BETWEEN = 62
"""So many mixtures of other answers are tried beside all at their least and all at their most."""


@dataclass(frozen=True, slots=True)
class Cliff:
    """A step from one answer to the next, and the pence it adds (or takes)."""

    question: str
    before: str
    after: str
    pence: int


def largest_cliff(scheme: Scheme) -> Cliff:
    """Return the largest jump between two neighbouring answers to one question.

    Every pair of neighbours is tried with all other answers at their least, at their most, and in
    :data:`BETWEEN` mixtures between, always the same ones. Answers that lead to costing by hand
    have no figure to jump to, and are left out. Where several options can be ticked, one tick more
    is the neighbour.
    """
    found = [cliff for q in scheme.questions if _has_neighbours(q) for cliff in _cliffs(scheme, q)]
    return max(found, key=lambda cliff: abs(cliff.pence), default=Cliff("", "", "", 0))


def _has_neighbours(question: Question) -> bool:
    return question.rising or question.kind != "one"


def ends(question: Question) -> tuple[int, int]:
    """Return the least and the most answer of a question, as columns hold them."""
    if question.kind == "number":
        return question.least, question.most
    if question.kind == "several":
        return 0, 2 ** len(question.options) - 1
    return 0, len(question.options) - 1


def _tried(question: Question) -> tuple[list[int], list[tuple[int, int]]]:
    """Return answers to try, and the pairs of places among them that are neighbours."""
    least, most = ends(question)
    if question.kind != "several":
        tried = list(range(least, most + 1))
        return tried, list(pairwise(range(len(tried))))
    bits = [1 << place for place in range(len(question.options))]
    tried = [0, *bits, *(most - bit for bit in bits), most]
    first = [(0, 1 + place) for place in range(len(bits))]
    return tried, first + [(1 + len(bits) + place, len(tried) - 1) for place in range(len(bits))]


def _others(scheme: Scheme) -> dict[str, list[int]]:
    """Return the sets of other answers that every pair of neighbours is tried with."""
    found = {}
    for place, question in enumerate(scheme.questions):
        draws = Random(place)  # noqa: S311  # nothing is secret here
        least, most = ends(question)
        between = [draws.randint(least, most) for _ in range(BETWEEN)]
        found[question.code] = [least, most, *between]
    return found


def _cliffs(scheme: Scheme, question: Question) -> Iterator[Cliff]:
    tried, neighbours = _tried(question)
    others = _others(scheme)
    turns = 2 + BETWEEN
    columns = {
        code: np.repeat(np.array(each, np.int64), len(tried)) for code, each in others.items()
    }
    columns[question.code] = np.tile(np.array(tried, np.int64), turns)
    out = evaluate(scheme, columns)
    paid = np.sum([out[f"line.{line.code}"] for line in scheme.lines], axis=0)
    paid = paid.reshape(turns, len(tried))
    by_hand = (out["status"] != 0).reshape(turns, len(tried))
    by_hand[1] = by_hand[0]
    for before, after in neighbours:
        jumps = np.where(
            by_hand[:, before] | by_hand[:, after], 0, paid[:, after] - paid[:, before]
        )
        largest = int(jumps[np.abs(jumps).argmax()])
        yield _cliff(question, tried[before], tried[after], largest)


def _cliff(question: Question, before: int, after: int, pence: int) -> Cliff:
    if question.kind != "several":
        return Cliff(question.code, _name(question, before), _name(question, after), pence)
    code = question.options[(after ^ before).bit_length() - 1].code
    if not before:
        return Cliff(question.code, NONE_TICKED, code, pence)
    return Cliff(question.code, f"all but {code}", "all", pence)


def _name(question: Question, value: int) -> str:
    return str(value) if question.kind == "number" else question.options[value].code
