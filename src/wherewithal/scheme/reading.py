"""How hard a scheme's words are to read: the Flesch–Kincaid grade, in US school years.

Age is about the grade plus five. Question by question it is a rough measure: it points to words to
look at, and refuses nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wherewithal.scheme.steps import Limit

if TYPE_CHECKING:
    from wherewithal.scheme.scheme import Scheme

HARD = 6.0
"""From this grade up words are hard to read for many: about age eleven."""
ENOUGH = 5
"""Fewer words than this are a label; a grade says nothing about them."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that people read in one place, and their grade."""

    where: str
    text: str
    grade: float


def syllables(word: str) -> int:
    """Count groups of vowels; the e of a last -e, -ed or -es is silent where speech says so."""
    word = re.sub(r"(?<=[^aeiouyl])e$|(?<=[^dt])ed$|(?<=[^cgszx])es$", "", word)
    return max(1, len(re.findall(r"[aeiouy]+", word)))


def _sentences(text: str) -> list[list[str]]:
    plain = text.lower().replace("’", "'")
    parts = re.split(r"[.!?:;]+(?:\s|$)", plain)
    found = [re.findall(r"[a-z][a-z']*", re.sub(r"\S*[@/\d]\S*", " ", part)) for part in parts]
    return [words for words in found if words]


def grade(text: str) -> float:
    """Return the Flesch–Kincaid grade of a text, never below 0; a text without words has 0."""
    sentences = _sentences(text)
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return 0.0
    parts = sum(syllables(word) for word in words)
    return max(0.0, 0.39 * len(words) / len(sentences) + 11.8 * parts / len(words) - 15.59)


def passages(scheme: "Scheme") -> Iterator[Passage]:
    """Yield what a scheme has people read, place by place: questions, reasons, introductions."""
    for where, text in _texts(scheme):
        if sum(map(len, _sentences(text))) >= ENOUGH:
            yield Passage(where, text, grade(text))


def _texts(scheme: "Scheme") -> Iterator[tuple[str, str]]:
    for section in scheme.sections:
        yield f"section {section.code}", f"{section.title}. {section.intro}"
    for question in scheme.questions:
        where = f"question {question.code}"
        yield where, f"{question.ask} {question.hint}".strip()
        for option in question.options:
            yield f"{where}, option {option.code}", f"{option.label}. {option.hint}".strip()
    for step in scheme.steps:
        if isinstance(step, Limit):
            yield f"step {step.code}, reason", step.reason
    for number, rule in enumerate(scheme.by_hand, start=1):
        yield f"costed by hand, rule {number}", rule.because


def hardest(scheme: "Scheme") -> Passage | None:
    """Return the passage with the highest grade, ``None`` where a scheme has hardly any words."""
    return max(passages(scheme), key=lambda passage: passage.grade, default=None)
