"""How closely an account is looked at: light, standard or enhanced, with the reasons.

There is no score. A tier follows from a few facts, each of which the person can read, and they can
ask for another look at it. Three tiers are our reading of local practice in England (for example
Worcestershire, Haringey and Gateshead); every number is a setting. Sources: SI 2014/2871,
regulation 4 (ask for no more than is reasonably needed; from memory, unverified) and regulation 7.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from hashlib import sha256
from types import MappingProxyType

from wherewithal.dates import long_date
from wherewithal.money import pounds, up


class Tier(StrEnum):
    """How closely an account is looked at."""

    LIGHT = "light"
    STANDARD = "standard"
    ENHANCED = "enhanced"

    @property
    def label(self) -> str:
        """Return what it is called on pages and letters."""
        return {"light": "Light", "standard": "Standard", "enhanced": "Closer"}[self]


@dataclass(frozen=True, slots=True)
class Limits:
    """A council's own choices: months without a question, a low sum a week (pence), first looks."""

    clean_months: int = 12
    low_weekly: int = 20_000
    first_weeks: int = 8
    enhanced_months: int = 3


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """What a tier follows from. ``open_questions`` are titles of what is not settled yet.

    ``clean_since`` is the day the last question that calls for a closer look was settled, or the
    day of the first payment where there was none. ``breach_on`` is the day on which it was decided
    that an agreed condition was not kept.
    """

    on: date
    first_payment: date
    weekly: int
    clean_since: date
    prepaid_card: bool = False
    employs: bool = False
    open_questions: tuple[str, ...] = ()
    breach_on: date | None = None


@dataclass(frozen=True, slots=True)
class TierFound:
    """A tier, why, and what it means for the person; all in sentences they can read."""

    tier: Tier
    reasons: tuple[str, ...]
    means: tuple[str, ...]


MEANS: Mapping[Tier, tuple[str, ...]] = MappingProxyType(
    {
        Tier.LIGHT: (
            "Once a year we ask you to tell us that all is well. One page is enough.",
            "You do not send us receipts or bank statements.",
            "Each year we also look at a few accounts that are chosen by chance. If yours is one, "
            "we tell you so. It does not mean that anything is wrong.",
        ),
        Tier.STANDARD: (
            "We look with you after the first weeks, then after six months, then once a year.",
            "Each time we ask for bank statements since the last time. You do not send receipts.",
        ),
        Tier.ENHANCED: (
            "We look with you every three months.",
            "You send bank statements, and receipts only for what we have a question about.",
            "When the question is settled, we go back to looking less.",
        ),
    }
)


def find_tier(facts: AccountFacts, limits: Limits) -> TierFound:
    """Return how closely an account is looked at, and why."""
    closer = _why_closer(facts, limits)
    if closer:
        return TierFound(Tier.ENHANCED, closer, means(Tier.ENHANCED, limits))
    not_light = _why_not_light(facts, limits)
    if not_light:
        return TierFound(Tier.STANDARD, not_light, means(Tier.STANDARD, limits))
    months = f"{limits.clean_months} months"
    easy = (
        "The money is on a prepaid card, so we can see it without asking you for papers."
        if facts.prepaid_card
        else f"Your budget is {pounds(facts.weekly)} a week, and we look lightly up to"
        f" {pounds(limits.low_weekly)}."
    )
    clean = f"Nothing has needed a question since {long_date(facts.clean_since)}, over {months}."
    return TierFound(Tier.LIGHT, (clean, easy), means(Tier.LIGHT, limits))


def means(tier: Tier, limits: Limits) -> tuple[str, ...]:
    """Return what a tier means for the person: how often, what to send, and nothing more."""
    first, *rest = MEANS[tier]
    if tier is Tier.STANDARD:
        first = first.replace("the first weeks", f"the first {limits.first_weeks} weeks")
    if tier is Tier.ENHANCED:
        first = first.replace("three months", f"{limits.enhanced_months} months")
    return (first, *rest)


def next_look(tier: Tier, *, first_payment: date, last_look: date | None, limits: Limits) -> date:
    """Return the day by which the account is looked at next.

    Standard: so many weeks after the first payment, then six months after it, then every twelve
    months. Light: twelve months after the last look. Enhanced: every three months.
    """
    if tier is Tier.ENHANCED:
        return _months_after(last_look or first_payment, limits.enhanced_months)
    if tier is Tier.LIGHT:
        return _months_after(last_look or first_payment, 12)
    early = first_payment + timedelta(weeks=limits.first_weeks)
    half_year = _months_after(first_payment, 6)
    if last_look is None:
        return early
    return half_year if last_look < half_year - timedelta(days=28) else _months_after(last_look, 12)


def chosen_by_chance(
    references: Iterable[str], *, year: int, seed: str, percent: int
) -> tuple[str, ...]:
    """Return the references in this year's random sample: the same for the same seed.

    Each reference is put in an order that depends on the year and the seed alone, and the first
    ``percent`` of them are taken, rounded up. Nothing about the person has a part in it.
    """
    known = sorted(set(references), key=lambda reference: _lot(reference, year, seed))
    return tuple(known[: up(Fraction(len(known) * percent, 100))])


def _lot(reference: str, year: int, seed: str) -> str:
    return sha256(f"{seed}|{year}|{reference}".encode()).hexdigest()


def _why_closer(facts: AccountFacts, limits: Limits) -> tuple[str, ...]:
    """Return what calls for a closer look just now."""
    reasons = [
        f"We have a question that is not settled yet: {title}." for title in facts.open_questions
    ]
    if facts.breach_on is not None and _within(facts.breach_on, facts.on, limits.clean_months):
        reasons.append(
            f"On {long_date(facts.breach_on)} it was decided that something in the agreement had"
            f" not been kept. We look closer for {limits.clean_months} months after that."
        )
    return tuple(reasons)


def _why_not_light(facts: AccountFacts, limits: Limits) -> tuple[str, ...]:
    """Return why an account is not looked at lightly yet; nothing where it is."""
    reasons = []
    if _within(facts.first_payment, facts.on, limits.clean_months):
        reasons.append(
            f"The first payment was on {long_date(facts.first_payment)}. For the first"
            f" {limits.clean_months} months we look more often."
        )
    elif _within(facts.clean_since, facts.on, limits.clean_months):
        reasons.append(
            f"A question was settled on {long_date(facts.clean_since)}. For"
            f" {limits.clean_months} months after that we look more often."
        )
    if facts.employs:
        reasons.append("You employ someone. We look with you that pay and insurance are in place.")
    if not facts.prepaid_card and facts.weekly > limits.low_weekly:
        reasons.append(
            f"Your budget is {pounds(facts.weekly)} a week. We look lightly up to"
            f" {pounds(limits.low_weekly)}."
        )
    return tuple(reasons)


def _within(since: date, on: date, months: int) -> bool:
    return on < _months_after(since, months)


@lru_cache(maxsize=4096)  # a worklist asks about some thousand accounts, and few different days
def _months_after(day: date, months: int) -> date:
    """Return the same day of the month later, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))
