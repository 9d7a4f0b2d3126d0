"""Where one small change in an answer moves a figure the most."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from wherewithal.allocation.evaluate import evaluate
from wherewithal.scheme import Question, Scheme


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
    answers that alone lead to costing by hand have no figure to jump to, and are left out.
    """
    found = [cliff for q in scheme.questions if _has_neighbours(q) for cliff in _cliffs(scheme, q)]
    return max(found, key=lambda cliff: abs(cliff.pence), default=Cliff("", "", "", 0))


def _has_neighbours(question: Question) -> bool:
    return question.rising or question.kind == "number"


def ends(question: Question) -> tuple[int, int]:
    """Return the least and the most answer of a question, as columns hold them."""
    if question.kind == "number":
        return question.least, question.most
    return 0, len(question.options) - 1


def _cliffs(scheme: Scheme, question: Question) -> list[Cliff]:
    least, most = ends(question)
    tried = np.tile(np.arange(least, most + 1, dtype=np.int32), 2)
    half = len(tried) // 2
    columns = {
        each.code: np.repeat(np.array(ends(each), np.int32), half) for each in scheme.questions
    }
    columns[question.code] = tried
    out = evaluate(scheme, columns)
    paid = np.sum([out[f"line.{line.code}"] for line in scheme.lines], axis=0)
    by_hand = out["status"][:half] != 0
    names = [_name(question, value) for value in range(least, most + 1)]
    return [
        Cliff(question.code, names[i], names[j], int(column[j] - column[i]))
        for column in (paid[:half], paid[half:])
        for i, j in pairwise(range(half))
        if not by_hand[i] and not by_hand[j]
    ]


def _name(question: Question, value: int) -> str:
    return str(value) if question.kind == "number" else question.options[value].code
