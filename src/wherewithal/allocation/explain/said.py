"""One answer of one person, checked: the same object for everybody who gives it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from wherewithal.allocation.answers import Answer, Missing, Share, check_answer, check_share
from wherewithal.allocation.explain.sentences import share_of
from wherewithal.scheme import Question

HEARD = 1024
"""So many answers to one question, with the share family meets, are known again."""


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """One answer, the share family meets, and whether that counts.

    Whoever gives the same answer is given this same object, so what rests on few answers can be
    remembered by them at next to no cost.
    """

    code: str
    answer: Answer
    share: Share
    counts: bool
    missing: Missing | None
    """Why nothing can be worked out, ``None`` where it can."""
    helps_this: str
    """How much of “this” family does, and below, of the question named by its words."""
    helps: str


Hear = Callable[[Answer, Share], Said]
"""Checks an answer with the share of it that family meets; raises :class:`AnswerMistake`."""


def hearing(question: Question, *, counting: bool) -> Hear:
    """Return what checks answers to a question, where family help counts or where it does not."""

    @lru_cache(maxsize=HEARD, typed=True)  # 1, True and 1.0 are equal, but not all are answers
    def hear(answer: Answer, share: Share) -> Said:
        answer, share = check_answer(question, answer), check_share(question, share)
        absent = answer if isinstance(answer, Missing) else None
        return Said(
            question.code,
            answer,
            share,
            counting and share != 0,
            None if absent is Missing.NOT_APPLICABLE else absent,
            share_of(share),
            share_of(share, f"“{question.ask}”"),
        )

    return hear
