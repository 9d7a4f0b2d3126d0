"""A short financial assessment, when a full one would change nothing or is not wanted.

Source: SI 2014/2672, regulation 10 (from memory: unverified).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from wherewithal.charging.rules import cite

Ground = Literal["over-limit", "small-charge", "no-ability"]
Outcome = Literal["full-cost", "nil"]

OUTCOMES: Mapping[Ground, Outcome] = MappingProxyType(
    {"over-limit": "full-cost", "small-charge": "full-cost", "no-ability": "nil"}
)
GROUNDS: Mapping[Ground, str] = MappingProxyType(
    {
        "over-limit": "Your savings and other capital are clearly above the limit, and you do not "
        "want a full money check.",
        "small-charge": "The charge is small, and you can clearly pay it and keep the minimum the "
        "law sets.",
        "no-ability": "Your benefits show that you cannot pay towards your support.",
    }
)
ASK_FOR_FULL = "This was a short money check. You can ask for a full one at any time."


@dataclass(frozen=True, slots=True)
class LightTouchFacts:
    """Why a short check is enough, whether the person consents, and what shows it."""

    ground: Ground
    consent: bool | None
    evidence: str

    def __post_init__(self) -> None:
        if self.ground not in GROUNDS:
            known = ", ".join(GROUNDS)
            raise ValueError(f"{self.ground!r} is not a ground. Use one of: {known}.")


@dataclass(frozen=True, slots=True)
class LightTouchDecision:
    """The outcome, or ``None`` with what is missing or why a full assessment must follow."""

    outcome: Outcome | None
    for_person: tuple[str, ...]
    missing: tuple[str, ...]
    source: str
    verified: bool = False


def decide_light_touch(facts: LightTouchFacts) -> LightTouchDecision:
    """Decide whether a short assessment may stand in for a full one, and what it leads to."""
    source = cite("light-touch")
    if facts.consent is False:
        told = "You did not agree to a short money check, so we will do a full one with you."
        return LightTouchDecision(None, (told,), (), source)
    missing = []
    if facts.consent is None:
        missing.append("Ask whether the person agrees to a short money check.")
    if not facts.evidence.strip():
        missing.append("Write down what you saw that shows a short check is enough.")
    if missing:
        return LightTouchDecision(None, (), tuple(missing), source)
    outcome = OUTCOMES[facts.ground]
    result = "You pay nothing." if outcome == "nil" else "You pay the full cost of this support."
    return LightTouchDecision(outcome, (GROUNDS[facts.ground], result, ASK_FOR_FULL), (), source)
