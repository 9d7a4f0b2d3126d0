"""Where one small change in an answer moves a figure the most."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from wherewithal.allocation.evaluate import evaluate
from wherewithal.scheme import Question, Scheme
from wherewithal.scheme.parts import NONE_TICKED


@dataclass(frozen=True, slots=True)
class Cliff:
    """A step from one answer to the next, and the pence it adds (or takes)."""

    question: str
    before: str
    after: str
    pence: int


def largest_cliff(scheme: Scheme) -> Cliff:
    """Return the largest jump between two neighbouring answers to one question.

    Every pair of neighbours is tried with all other answers at their least and at their most;
    answers that alone lead to costing by hand have no figure to jump to, and are left out. Where
    several options can be ticked, one tick more is the neighbour.
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


def _cliffs(scheme: Scheme, question: Question) -> Iterator[Cliff]:
    tried, neighbours = _tried(question)
    half = len(tried)
    columns = {
        each.code: np.repeat(np.array(ends(each), np.int64), half) for each in scheme.questions
    }
    columns[question.code] = np.tile(np.array(tried, np.int64), 2)
    out = evaluate(scheme, columns)
    paid = np.sum([out[f"line.{line.code}"] for line in scheme.lines], axis=0)
    by_hand = out["status"][:half] != 0
    for column in (paid[:half], paid[half:]):
        for i, j in neighbours:
            if not by_hand[i] and not by_hand[j]:
                yield _cliff(question, tried[i], tried[j], int(column[j] - column[i]))


def _cliff(question: Question, before: int, after: int, pence: int) -> Cliff:
    if question.kind != "several":
        return Cliff(question.code, _name(question, before), _name(question, after), pence)
    code = question.options[(after ^ before).bit_length() - 1].code
    if not before:
        return Cliff(question.code, NONE_TICKED, code, pence)
    return Cliff(question.code, f"all but {code}", "all", pence)


def _name(question: Question, value: int) -> str:
    return str(value) if question.kind == "number" else question.options[value].code
