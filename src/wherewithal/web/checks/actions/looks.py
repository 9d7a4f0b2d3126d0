"""Looks at accounts, how closely, and the reviews that the law asks for."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from wherewithal.careact.direct_payment_reviews import next_review, review_called_for
from wherewithal.dates import long_date
from wherewithal.monitoring.tiers import Tier
from wherewithal.web.accounts.actions import record
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.checks.facts import first_payment
from wherewithal.web.checks.models import ArrangementReview, Look, TierDecision
from wherewithal.web.people.models import Person


@transaction.atomic
def write_look(
    *, person: Person, holding: str, on: date, words: str, by_chance: bool, by: User, at: datetime
) -> Look:
    """Write down that an account was looked at with the person, and what was found."""
    if not words.strip():
        raise ValidationError({"words": "Enter what you found. The person can read it"})
    look = Look.objects.create(
        person=person, holding=holding, on=on, words=words.strip(), by_chance=by_chance,
        by=by, at=at,
    )  # fmt: skip
    record(
        by=by, at=at, verb="check.looked", person=person.reference, look=look.pk,
        summary=f"The account was looked at on {long_date(on)}: {words.strip()}",
    )  # fmt: skip
    return look


@transaction.atomic
def decide_tier(
    *, person: Person, holding: str, tier: str, reasons: str, by: User, at: datetime
) -> TierDecision:
    """Look at an account more or less closely than the rules say, with reasons."""
    if not reasons.strip():
        raise ValidationError({"reasons": "Enter your reasons. The person reads them"})
    decided = TierDecision.objects.create(
        person=person, holding=holding, tier=Tier(tier).value, reasons=[reasons.strip()],
        how=TierDecision.How.OFFICER, by=by, at=at,
    )  # fmt: skip
    record(
        by=by, at=at, verb="check.tier-decided", person=person.reference,
        summary=f"How closely the account is looked at was decided: {Tier(tier).label.lower()}."
        f" Why: {reasons.strip()}",
    )  # fmt: skip
    return decided


@transaction.atomic
def call_for_review(
    *, person: Person, event: str, why: str, on: date, by: User, at: datetime
) -> ArrangementReview:
    """Call for a review of the direct payment at once. The payment carries on meanwhile.

    Raises:
        ValidationError: nobody said why.
        NotNow: such a review waits already.
        ValueError: the regulation names no such event.
    """
    if not why.strip():
        raise ValidationError({"why": "Enter what happened. The person can read it"})
    due = review_called_for(event, on)
    try:
        with transaction.atomic():
            review = ArrangementReview.objects.create(
                person=person, event=event, why=why.strip(), called_at=at, called_by=by,
                due_by=due.due_by,
            )  # fmt: skip
    except IntegrityError as refusal:
        if "one_review_waits" not in str(refusal):
            raise
        raise NotNow("A review for this reason waits already. Hold that one first.") from refusal
    record(
        by=by, at=at, verb="direct-payment.review-called", person=person.reference,
        summary=due.reason.for_person, why=why.strip(),
    )  # fmt: skip
    return review


@transaction.atomic
def hold_review(
    *, person: Person, on: date, outcome: str, words: str, by: User, at: datetime
) -> ArrangementReview:
    """Write down a review of the direct payment; it also ends every review that was called for.

    A review ends nothing by itself: where the arrangement is to end, the council first makes sure
    that the support goes on another way.

    Raises:
        NotNow: no direct payment was ever made.
        ValidationError: it says nothing, or lies before the first payment.
    """
    if not words.strip():
        raise ValidationError({"words": "Enter what you found out together"})
    first = first_payment(person)
    if first is None:
        raise NotNow("No direct payment has been made yet, so there is nothing to review.")
    if on < first:
        raise ValidationError(
            {"held_on": f"The first payment was on {long_date(first)}. Enter that day or later"}
        )
    held = {"held_on": on, "outcome": outcome, "words": words.strip(), "held_by": by}
    before = ArrangementReview.objects.filter(person=person).newest_days().get(person.pk)
    waiting = list(ArrangementReview.objects.select_for_update().waiting().filter(person=person))
    for review in waiting:
        ArrangementReview.objects.filter(pk=review.pk).update(**held)
    made = ArrangementReview.objects.create(
        person=person, due_by=next_review(first, before).due_by, called_by=None, **held
    )
    told = next_review(first, on).reason.for_person
    record(
        by=by, at=at, verb="direct-payment.reviewed", person=person.reference, review=made.pk,
        summary=f"How the direct payment is working was reviewed on {long_date(on)}. {told}",
    )  # fmt: skip
    return made
