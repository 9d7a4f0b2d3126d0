"""From what is kept about an account to what its pages say."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from wherewithal.careact.direct_payment_reviews import next_review
from wherewithal.dates import long_date
from wherewithal.ledger.surplus import NHS_PART, Surplus
from wherewithal.money import pounds
from wherewithal.monitoring.tiers import Tier, means, next_look
from wherewithal.web.accounts.models import User
from wherewithal.web.checks.actions.flags import current_tier
from wherewithal.web.checks.facts import DIRECT, first_payment
from wherewithal.web.checks.limits import Settings
from wherewithal.web.checks.models import (
    ArrangementReview,
    Flag,
    Look,
    LookAgain,
    SurplusProposal,
    TierDecision,
)
from wherewithal.web.people.models import Person

NOT_ASKED = (
    "Receipts for every small thing",
    "Where you were, or who you saw",
    "How you keep your home",
    "The same paper twice",
)
"""What an account check never asks for."""


@dataclass(frozen=True, slots=True)
class AccountCheck:
    """Everything that the page about one account says."""

    tier: Tier | None
    tier_label: str
    reasons: tuple[str, ...]
    means: tuple[str, ...]
    decided_by_person: bool
    open: list[Flag]
    settled: list[Flag]
    looks: list[Look]
    reviews: list[ArrangementReview]
    sums: list[SurplusProposal]
    again: list[LookAgain]
    next: tuple[str, ...]
    not_asked: tuple[str, ...]


def account_check(person: Person, reader: User, *, on: date, settings: Settings) -> AccountCheck:
    """Read how closely an account is looked at, what was seen, and what comes next."""
    decided = current_tier(person, DIRECT)
    tier = Tier(decided.tier) if decided else None
    flags = list(Flag.objects.read_by(reader).filter(person=person).order_by("-opened_at", "-id"))
    looks = list(Look.objects.filter(person=person).order_by("-on", "-id")[:5])
    held = ArrangementReview.objects.held().filter(person=person, event="").order_by("-held_on")
    return AccountCheck(
        tier=tier, tier_label=tier.label if tier else "",
        reasons=tuple(decided.reasons) if decided else (),
        means=means(tier, settings.tiers) if tier else (),
        decided_by_person=decided is not None and decided.how == TierDecision.How.OFFICER,
        open=[flag for flag in flags if flag.status != "settled"],
        settled=[flag for flag in flags if flag.status == "settled"][:10],
        looks=looks, reviews=list(held[:3]),
        sums=list(
            SurplusProposal.objects.read_by(reader)
            .filter(person=person)
            .order_by("-proposed_at")[:5]
        ),
        again=list(
            LookAgain.objects.read_by(reader).filter(person=person).order_by("-asked_at")[:5]
        ),
        next=_next(person, tier, looks, held.first(), on=on, settings=settings),
        not_asked=NOT_ASKED,
    )  # fmt: skip


def _next(
    person: Person, tier: Tier | None, looks: list[Look], review: ArrangementReview | None, *,
    on: date, settings: Settings,
) -> tuple[str, ...]:  # fmt: skip
    first = first_payment(person)
    if first is None:
        return ("Nothing yet. We look for the first time some weeks after the first payment.",)
    due = next_look(
        tier or Tier.STANDARD, first_payment=first, last_look=looks[0].on if looks else None,
        limits=settings.tiers,
    )  # fmt: skip
    when = f"by {long_date(due)}" if due >= on else f"soon. It was due by {long_date(due)}"
    legal = next_review(first, review.held_on if review else None)
    late = "" if legal.due_by >= on else " We are late with this, and we are sorry."
    return (f"We look at the account with you {when}.", f"{legal.reason.for_person}{late}")


def working(found: Surplus) -> list[dict[str, str]]:
    """Return the working of a surplus as lines of a page."""
    return [_line(step.title, step.sentence, step.pence) for step in found.steps]


def money_back(found: SurplusProposal) -> dict[str, Any]:
    """Return how a sum was worked out, and where it stands, in words."""
    if found.about == SurplusProposal.About.SURPLUS:
        lines = [_line(each["title"], said(found, each["sentence"]), each["pence"])
                 for each in found.items]  # fmt: skip
        items = []
    else:
        lines = []
        items = [
            [long_date(date.fromisoformat(each["on"])), each["payee"], each["why"], each["rule"],
             pounds(each["pence"])]
            for each in found.items
        ]  # fmt: skip
    return {"lines": lines, "items": items, "stands": _stands(found)}


def said(found: SurplusProposal, sentence: str) -> str:
    """Leave out that somebody has to decide where somebody has."""
    decided = found.status != SurplusProposal.Status.PROPOSED
    return sentence.removesuffix(" Somebody has to decide that first.") if decided else sentence


def what_is_asked(found: SurplusProposal) -> tuple[str, ...]:
    """Say what somebody is asked to answer about."""
    until = f" Please answer by {long_date(found.reply_by)}." if found.reply_by else ""
    return (
        f"We ask for {pounds(found.asked)} back. Why: {found.reasons}",
        f"Nothing is taken before you answer, or before the time to reply is over.{until}",
    )


def _stands(found: SurplusProposal) -> str:
    asked = pounds(found.asked)
    match found.status:
        case "proposed":
            return "Somebody worked this out. Nothing is decided, and nothing is asked for."
        case "decided":
            return f"It was decided to ask for {asked}. The letter has not gone out yet."
        case "told":
            by = long_date(found.reply_by) if found.reply_by else ""
            return f"We asked for {asked}. There is time to answer until {by}."
        case "answered":
            return f"The answer: {found.get_answer_display()}. We will be in touch."
        case "agreed":
            return f"{asked} is being paid back, as set down below."
        case _:
            return f"This is closed. {found.closed_because}"


def _line(title: str, sentence: str, pence: int) -> dict[str, str]:
    if title == "What the council could ask for":
        kind = "total"
    elif title == "What is over":
        kind = "subtotal"
    elif title == NHS_PART:
        kind = "note"
    else:
        kind = "taken" if pence < 0 else "added"
    return {"title": title, "text": sentence, "amount": pounds(abs(pence)), "kind": kind}
