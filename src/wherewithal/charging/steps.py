"""One line of the sum as the person reads it, and what in it nobody has verified yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from wherewithal.charging.parameters import Figure
from wherewithal.money import half_up, pounds


@dataclass(frozen=True, slots=True)
class Step:
    """One line: ``amount`` is exact pence; ``figures`` are the yearly figures it used."""

    key: str
    label: str
    amount: int | Fraction
    for_person: str
    source: str
    verified: bool = True
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Unverified:
    """A figure or rule the sum rests on that somebody still has to confirm, and why."""

    name: str
    label: str
    why: str


def written(amount: int | Fraction) -> str:
    """Write an exact amount for reading, to the nearest penny."""
    return pounds(half_up(amount))


def total(steps: Iterable[Step]) -> Fraction:
    """Add up the steps exactly."""
    return sum((Fraction(step.amount) for step in steps), Fraction(0))


def unverified_in(steps: Iterable[Step]) -> tuple[Unverified, ...]:
    """Return what the steps rest on that is not verified, each once, in order."""
    found: dict[str, Unverified] = {}
    for step in steps:
        for figure in step.figures:
            if not figure.verified:
                about = Unverified(figure.name, figure.label, figure.why_unverified)
                found.setdefault(figure.name, about)
        if not step.verified:
            why = f"written from memory: check against {step.source}"
            found.setdefault(step.key, Unverified(step.key, step.label, why))
    return tuple(found.values())
