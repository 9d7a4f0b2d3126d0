"""What is worth a look in a sound scheme: hard words, and numbers that nobody can trace."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wherewithal.scheme.reading import HARD, passages
from wherewithal.scheme.steps import Round

if TYPE_CHECKING:
    from wherewithal.scheme.scheme import Scheme


@dataclass(frozen=True, slots=True)
class Note:
    """A place in a sound scheme, and what could be better there. It refuses nothing."""

    where: str
    text: str
    grade: float = 0.0
    """The reading grade of words that are hard to read; 0 for every other note."""

    def __str__(self) -> str:
        return f"{self.where}: {self.text}"


def notes_on(scheme: "Scheme") -> tuple[Note, ...]:
    """Return everything worth a look, in the order of the document."""
    return (*_hard_words(scheme), *_roundings(scheme), *_untraced(scheme))


def _hard_words(scheme: "Scheme") -> Iterator[Note]:
    for each in passages(scheme):
        if round(each.grade, 1) > HARD:
            shown = each.text if len(each.text) <= 80 else f"{each.text[:79].rstrip()}…"
            text = f"“{shown}” has reading grade {each.grade:.1f}. Aim for {HARD:.0f} or lower."
            yield Note(each.where, text, each.grade)


def _roundings(scheme: "Scheme") -> Iterator[Note]:
    for step in scheme.steps:
        if isinstance(step, Round) and step.label == step.code:
            yield Note(f"step {step.code}", "Say in `label:` what is rounded here, and why.")


def _untraced(scheme: "Scheme") -> Iterator[Note]:
    for number, rule in enumerate(scheme.by_hand, start=1):
        if not rule.source and any(condition.at_least is not None for condition in rule.when):
            text = "A number stands here without a `source:`. Say where it comes from."
            yield Note(f"costed by hand, rule {number}", text)
