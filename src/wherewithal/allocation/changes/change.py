"""One change to a figure, and a point on the way from an old figure to a new one."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Literal, NamedTuple

from wherewithal.allocation.answers import Answers, Share
from wherewithal.allocation.explain import explain
from wherewithal.allocation.explanation import Explanation
from wherewithal.scheme import Scheme

Kind = Literal["answer", "help", "price", "rule", "rounding"]


class Change(NamedTuple):
    """One thing that changed, and how many pence it moved the figure, up or down.

    ``code`` is that of the question (``answer``, ``help``), of the price, or of the line
    (``rule``); ``before`` and ``after`` are what it was and what it is, in words.
    """

    kind: Kind
    code: str
    label: str
    before: str
    after: str
    pence: int
    sentence: str


@dataclass(frozen=True)
class Point:
    """A scheme with answers to it, worked out once. Its help is only what counts."""

    scheme: Scheme
    answers: Answers

    @cached_property
    def told(self) -> Explanation:
        """Return the whole explanation; its lines are there even where no figure is given."""
        return explain(self.scheme, self.answers)

    @cached_property
    def pence(self) -> int:
        """Return what all lines pay together."""
        return sum(line.pence for line in self.told.lines)


def counted(answers: Answers) -> Mapping[str, Share]:
    """Return the shares of family help that count, by question; none where help does not count."""
    counts = answers.carer_willing is True and answers.carer_able is True
    return {code: share for code, share in answers.help.items() if counts and share}


def point_at(scheme: Scheme, answers: Answers) -> Point:
    """Return the point where these answers stand, with only the help that counts."""
    shares = MappingProxyType(dict(counted(answers)))
    return Point(scheme, Answers(answers.values, shares, carer_willing=True, carer_able=True))
