"""Whether needs may be met by a direct payment the person has asked for.

Capacity is about *this* decision, on the day it is made; it is never a fact about a person.
Sources: Care Act 2014, sections 31 and 32; SI 2014/2871, regulation 2 and Schedule 1.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from wherewithal.careact.sources import Finding, Reason, all_of, source

SCHEDULE_1: Mapping[str, str] = MappingProxyType(
    {
        "drug_rehabilitation": "a drug rehabilitation requirement",
        "alcohol_treatment": "an alcohol treatment requirement",
        "licence_condition": "release on licence with a condition about drug or alcohol offending",
        "older_community_order": "an older community or probation order with drug or alcohol "
        "treatment",
        "drug_treatment_testing": "a drug treatment and testing order",
        "youth_rehabilitation": "a youth rehabilitation order with drug treatment or testing",
        "scottish_order": "an order of the same kind made in Scotland",
    }
)
"""Orders that rule a direct payment out. The Schedule's own text was not read: unverified."""

AuthorisedBy = Literal["mca", "agreed_with_mca_person", "council", "appointee"]
ANOTHER_WAY = "The council must still meet these needs another way. You will not be left without."


@dataclass(frozen=True, slots=True)
class DirectPaymentFacts:
    """A request by an adult who decides for themselves (section 31). ``None``: not yet answered.

    ``orders`` holds codes of :data:`SCHEDULE_1`. ``can_manage`` counts any help the person has.
    ``why_not`` gives, by the name of the condition, why it is not met *for this person*.
    """

    has_capacity_for_this: bool | None
    orders: frozenset[str] | None
    can_manage: bool | None
    appropriate: bool | None
    has_nominee: bool = False
    nominee_agrees: bool | None = None
    why_not: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _check_orders(self.orders)


@dataclass(frozen=True, slots=True)
class AuthorisedPersonFacts:
    """A request by someone on behalf of an adult who can't decide this (section 32).

    ``authorised_by``: ``mca`` (welfare attorney or deputy), ``agreed_with_mca_person`` (suitable
    in the view of both that person and the council), ``council`` (nobody holds such authority and
    the council finds them suitable) or ``appointee`` (benefits only, which is not enough).
    ``other_mca_person`` says whether someone else holds such authority.
    """

    has_capacity_for_this: bool | None
    authorised_by: AuthorisedBy | None
    other_mca_person: bool | None
    mca_person_supports: bool | None
    orders: frozenset[str] | None
    best_interests: bool | None
    can_manage: bool | None
    appropriate: bool | None
    family_or_friend: bool = True
    why_not: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _check_orders(self.orders)


@dataclass(frozen=True, slots=True)
class DirectPaymentDecision:
    """Whether to offer the direct payment (``None``: cannot say yet), and what happens next."""

    offer: bool | None
    conditions: tuple[Finding, ...]
    missing: tuple[str, ...]
    what_follows: tuple[Reason, ...]

    @property
    def for_person(self) -> tuple[str, ...]:
        """Return the decision as sentences: each condition, then what happens next."""
        follows = tuple(reason.for_person for reason in self.what_follows)
        return (*(finding.for_person for finding in self.conditions), *follows)


def decide_for_adult(facts: DirectPaymentFacts) -> DirectPaymentDecision:
    """Decide a request by an adult with capacity: offering is a duty when all four are met."""
    findings = (
        _capacity(facts),
        _not_prohibited(facts.orders),
        _manage(facts.can_manage, "You", "act-31", facts.why_not),
        _appropriate(facts.appropriate, "act-31", facts.why_not),
    )
    if facts.has_capacity_for_this is not False:
        return _decision(findings, facts.why_not)
    told = (
        "We will ask whether someone can hold the direct payment for you, in your best interests."
    )
    return _decision(findings, facts.why_not, if_refused=(Reason(told, source("act-32")),))


def decide_for_authorised_person(facts: AuthorisedPersonFacts) -> DirectPaymentDecision:
    """Decide a request on behalf of an adult who lacks capacity to make it."""
    findings = (
        _lacks_capacity(facts.has_capacity_for_this),
        _authority(facts),
        _support(facts),
        _not_prohibited(facts.orders),
        _best_interests(facts.best_interests, facts.why_not),
        _manage(facts.can_manage, "The authorised person", "act-32", facts.why_not),
        _appropriate(facts.appropriate, "act-32", facts.why_not),
    )
    offered = [
        Reason(
            "They must tell the council if you become able to decide this yourself.",
            source("direct-payments-5"),
        )
    ]
    if not facts.family_or_friend:
        told = "An enhanced criminal record check must be seen before the first payment."
        offered.append(Reason(told, source("direct-payments-5")))
    refused = []
    if facts.has_capacity_for_this:
        refused.append(Reason("You can ask for the direct payment yourself.", source("act-31")))
    return _decision(findings, facts.why_not, if_offered=tuple(offered), if_refused=tuple(refused))


def _check_orders(orders: frozenset[str] | None) -> None:
    if unknown := (orders or frozenset()) - SCHEDULE_1.keys():
        raise ValueError(
            f"{', '.join(sorted(unknown))} is not an order that rules out direct payments. Use "
            f"{', '.join(SCHEDULE_1)}."
        )


def _decision(
    findings: tuple[Finding, ...],
    why_not: Mapping[str, str],
    *,
    if_offered: tuple[Reason, ...] = (),
    if_refused: tuple[Reason, ...] = (),
) -> DirectPaymentDecision:
    offer = all_of(tuple(finding.met for finding in findings))
    missing = [f"Not yet answered: {f.for_person}" for f in findings if f.met is None]
    missing += [
        f"Write why, for this person, the condition “{finding.name}” is not met."
        for finding in findings
        if finding.met is False and finding.name in JUDGED and not why_not.get(finding.name)
    ]
    follows: tuple[Reason, ...] = if_offered if offer else ()
    if offer is False:
        told = "We must give you the reasons in writing. You can ask us to look again."
        guidance = source("guidance-direct-payments")
        follows = (Reason(ANOTHER_WAY, guidance), Reason(told, guidance), *if_refused)
    return DirectPaymentDecision(offer, findings, tuple(missing), follows)


JUDGED = frozenset({"manage", "appropriate", "best_interests"})
"""Conditions that are a judgement: refusing on one needs a reason about this person."""


def _words(met: bool | None, *, yes: str, no: str, unknown: str) -> str:
    return unknown if met is None else yes if met else no


def _because(met: bool | None, name: str, why_not: Mapping[str, str]) -> str:
    why = why_not.get(name, "").strip().rstrip(".")
    return f" Why: {why}." if met is False and why else ""


def _capacity(facts: DirectPaymentFacts) -> Finding:
    met = facts.has_capacity_for_this
    words = _words(
        met,
        yes="You can decide for yourself to ask for this direct payment.",
        no="You are not able to make this one decision yourself at the moment.",
        unknown="Can you decide for yourself to ask for this direct payment?",
    )
    if facts.has_nominee and met:
        met = facts.nominee_agrees
        words += " " + _words(
            met,
            yes="The person you chose agrees to receive it for you.",
            no="The person you chose does not agree to receive it for you.",
            unknown="Does the person you chose agree to receive it for you?",
        )
    return Finding("capacity", met, words, source("act-31"))


def _lacks_capacity(has_capacity: bool | None) -> Finding:
    words = _words(
        None if has_capacity is None else not has_capacity,
        yes="You are not able to make this one decision yourself at the moment.",
        no="You can make this decision yourself, so nobody else has to.",
        unknown="Can you decide for yourself to ask for this direct payment?",
    )
    met = None if has_capacity is None else not has_capacity
    return Finding("lacks_capacity", met, words, source("act-32"))


def _authority(facts: AuthorisedPersonFacts) -> Finding:
    basis, other = facts.authorised_by, facts.other_mca_person
    met: bool | None
    if basis == "council":
        met = None if other is None else not other
        words = _words(
            met,
            yes="The council finds them suitable, and nobody else has legal power to decide.",
            no="Someone else has legal power to decide, so that person must agree to them first.",
            unknown="Does anyone have legal power to decide about care, such as an attorney?",
        )
    elif basis == "appointee":
        met, words = False, "Looking after your benefits does not give the power to decide this."
    elif basis is None:
        met, words = None, "Who may ask for the direct payment for you?"
    else:
        met, words = True, "They may ask for the direct payment for you."
    return Finding("authority", met, words, source("act-32"))


def _support(facts: AuthorisedPersonFacts) -> Finding:
    met = True if facts.other_mca_person is False else facts.mca_person_supports
    if facts.other_mca_person is None:
        met = None
    words = _words(
        met,
        yes="Nobody with legal power to decide for you is against it.",
        no="The person with legal power to decide for you does not support it.",
        unknown="Does anyone else with legal power to decide for you support it?",
    )
    return Finding("support", met, words, source("act-32"))


def _not_prohibited(orders: frozenset[str] | None) -> Finding:
    met = None if orders is None else not orders
    named = "; ".join(SCHEDULE_1[order] for order in sorted(orders or ()))
    words = _words(
        met,
        yes="No court order stops you having a direct payment.",
        no=f"The law does not let us make you a direct payment while this applies: {named}.",
        unknown="Is there a court order about drugs or alcohol that rules out a direct payment?",
    )
    where = "direct-payments-schedule-1" if orders else "direct-payments-2"
    return Finding("not_prohibited", met, words, source(where))


def _manage(met: bool | None, who: str, where: str, why_not: Mapping[str, str]) -> Finding:
    words = _words(
        met,
        yes=f"{who} can manage the direct payment, alone or with help.",
        no=f"{who} cannot manage the direct payment, even with the help there is.",
        unknown=f"{who}: can the direct payment be managed, alone or with help?",
    )
    return Finding("manage", met, words + _because(met, "manage", why_not), source(where))


def _best_interests(met: bool | None, why_not: Mapping[str, str]) -> Finding:
    words = _words(
        met,
        yes="They will act in your best interests.",
        no="We are not satisfied that they will act in your best interests.",
        unknown="Will they act in your best interests?",
    )
    why = _because(met, "best_interests", why_not)
    return Finding("best_interests", met, words + why, source("act-32"))


def _appropriate(met: bool | None, where: str, why_not: Mapping[str, str]) -> Finding:
    words = _words(
        met,
        yes="A direct payment is a good way to meet these needs.",
        no="A direct payment is not a suitable way to meet these needs.",
        unknown="Is a direct payment a good way to meet these needs?",
    )
    why = _because(met, "appropriate", why_not)
    return Finding("appropriate", met, words + why, source(where))
