"""Whether a direct payment may pay a particular person for meeting the adult's needs.

Source: Care and Support (Direct Payments) Regulations 2014 (SI 2014/2871), regulation 3.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from wherewithal.careact.sources import Reason, source

PARTNERS: Mapping[str, str] = MappingProxyType(
    {
        "spouse": "husband or wife",
        "civil_partner": "civil partner",
        "living_as_partner": "partner you live with as a couple",
    }
)
"""Excluded wherever they live."""

CLOSE_RELATIVES: Mapping[str, str] = MappingProxyType(
    {
        "parent": "parent",
        "parent_in_law": "parent-in-law",
        "child": "son or daughter",
        "child_in_law": "son- or daughter-in-law",
        "stepchild": "stepson or stepdaughter",
        "sibling": "brother or sister",
        "aunt_or_uncle": "aunt or uncle",
        "grandparent": "grandparent",
        "relatives_partner": "husband, wife or partner of a close relative",
    }
)
"""Excluded only if they live in the same home. Partly from memory: unverified."""

OTHERS: Mapping[str, str] = MappingProxyType(
    {
        "other_relative": "relative",
        "friend": "friend",
        "lodger": "lodger",
        "unrelated": "helper",
    }
)
RELATIONSHIPS: Mapping[str, str] = MappingProxyType({**PARTNERS, **CLOSE_RELATIVES, **OTHERS})

Purpose = Literal["care", "administration"]


@dataclass(frozen=True, slots=True)
class PayeeFacts:
    """Who would be paid, for what, and whether the council recorded that it is necessary.

    ``necessary`` is ``None`` until that decision is made; deciding either way needs a reason.
    """

    relationship: str
    same_household: bool
    purpose: Purpose = "care"
    necessary: bool | None = None
    necessary_reason: str = ""

    def __post_init__(self) -> None:
        if self.relationship not in RELATIONSHIPS:
            known = ", ".join(RELATIONSHIPS)
            raise ValueError(f"{self.relationship!r} is not a relationship. Use one of: {known}.")
        if self.necessary is not None and not self.necessary_reason.strip():
            raise ValueError("Write why paying this person is, or is not, necessary.")


@dataclass(frozen=True, slots=True)
class PayeeDecision:
    """Whether the person may be paid, and why; ``can_ask`` says a necessity decision may help."""

    allowed: bool
    reasons: tuple[Reason, ...]
    can_ask: bool = False


def may_pay(facts: PayeeFacts) -> PayeeDecision:
    """Decide whether a direct payment may pay this person."""
    who = RELATIONSHIPS[facts.relationship]
    rule = source("direct-payments-3")
    excluded = _excluded(facts, who)
    if excluded is None:
        return PayeeDecision(True, (_free_to_pay(facts, who),))
    if facts.necessary:
        why = facts.necessary_reason.strip().rstrip(".")
        doing = "help" if facts.purpose == "care" else "look after the direct payment"
        told = f"The council decided that it is necessary to pay them to {doing}. Why: {why}."
        return PayeeDecision(True, (excluded, Reason(told, rule)))
    if facts.necessary is False:
        why = facts.necessary_reason.strip().rstrip(".")
        told = f"The council decided that it is not necessary to pay them. Why: {why}."
    else:
        told = "The council can allow it if it is necessary. You can ask us to decide."
    return PayeeDecision(False, (excluded, Reason(told, rule)), can_ask=facts.necessary is None)


def _excluded(facts: PayeeFacts, who: str) -> Reason | None:
    if facts.relationship in PARTNERS:
        told = f"A direct payment cannot normally pay your {who}, wherever they live."
        return Reason(told, source("direct-payments-3"))
    if facts.relationship in CLOSE_RELATIVES and facts.same_household:
        told = f"A direct payment cannot normally pay your {who} who lives with you."
        return Reason(told, source("direct-payments-3-relatives"))
    return None


def _free_to_pay(facts: PayeeFacts, who: str) -> Reason:
    if facts.relationship in CLOSE_RELATIVES:
        told = f"You can pay your {who}, because they do not live with you."
        return Reason(told, source("direct-payments-3-relatives"))
    told = f"You can pay your {who}. The rule about close relatives does not cover them."
    return Reason(told, source("direct-payments-3"))
