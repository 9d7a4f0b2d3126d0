"""What a scheme gives one person, with reasons, and many people at once: the same pence."""

from wherewithal.allocation.answers import (
    Answer,
    AnswerMistake,
    Answers,
    Missing,
    Share,
    columns_of,
)
from wherewithal.allocation.evaluate import (
    NO_FIGURE,
    STATUSES,
    buffers,
    evaluate,
    figures_of,
    scales,
)
from wherewithal.allocation.explain import explain
from wherewithal.allocation.explanation import AnswerLine, Explanation, PriceHours, Step

__all__ = [
    "NO_FIGURE",
    "STATUSES",
    "Answer",
    "AnswerLine",
    "AnswerMistake",
    "Answers",
    "Explanation",
    "Missing",
    "PriceHours",
    "Share",
    "Step",
    "buffers",
    "columns_of",
    "evaluate",
    "explain",
    "figures_of",
    "scales",
]
