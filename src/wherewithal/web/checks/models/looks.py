"""How closely accounts are looked at, each look, and the reviews that the law asks for."""

import pgtrigger
from django.db import models
from django.db.models import Q

from wherewithal.careact.direct_payment_reviews import EVENTS
from wherewithal.monitoring.tiers import Tier
from wherewithal.web.accounts.models import User
from wherewithal.web.checks.querysets import ArrangementReviewQuerySet, LookQuerySet
from wherewithal.web.people.models import Person
from wherewithal.web.plans.models import PlanLine

TIERS = [(tier.value, tier.label) for tier in Tier]


class TierDecision(models.Model):
    """How closely an account is looked at from some day on, and why. The newest counts."""

    class How(models.TextChoices):
        RULE = "rule", "By the rules"
        OFFICER = "officer", "Somebody decided otherwise"

    person = models.ForeignKey(Person, models.PROTECT, related_name="tier_decisions")
    holding = models.CharField(max_length=16, choices=PlanLine.Holding)
    tier = models.CharField(max_length=10, choices=TIERS)
    reasons = models.JSONField(help_text="Sentences that the person reads.")
    how = models.CharField(max_length=8, choices=How, default=How.RULE)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reasons=[]), name="a_tier_has_reasons"),
            models.CheckConstraint(
                condition=~Q(how="officer") | Q(by__isnull=False),
                name="an_officer_s_tier_names_the_officer",
            ),
        ]
        indexes = [models.Index(fields=["person", "holding", "-at"])]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.get_tier_display()} from {self.at:%Y-%m-%d}"


class Look(models.Model):
    """One look at an account with the person: what was found, in words they can read."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="looks")
    holding = models.CharField(max_length=16, choices=PlanLine.Holding)
    on = models.DateField()
    by_chance = models.BooleanField(default=False, help_text="Chosen by chance this year.")
    words = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = LookQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "holding", "-on"])]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"Look at the account of {self.person_id} on {self.on}"


class ArrangementReview(models.Model):
    """A review of the direct payment arrangement: routine, or called for by something."""

    class Outcome(models.TextChoices):
        GOES_ON = "goes-on", "It goes on as it is"
        CHANGES = "changes", "It goes on with changes or more help"
        ENDS = "ends", "It ends, and the council arranges the support"

    person = models.ForeignKey(Person, models.PROTECT, related_name="arrangement_reviews")
    event = models.CharField(max_length=40, choices=list(EVENTS.items()), blank=True)
    why = models.TextField(blank=True, help_text="What called for it, in words.")
    called_at = models.DateTimeField(null=True, blank=True)
    called_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    due_by = models.DateField()
    held_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    words = models.TextField(blank=True, help_text="What was found out together.")
    held_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = ArrangementReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(held_on__isnull=True) | (~Q(words="") & ~Q(outcome="")),
                name="a_review_held_says_what_was_found",
            ),
            models.UniqueConstraint(
                fields=["person", "event"],
                condition=Q(held_on__isnull=True),
                name="one_review_waits_for_each_reason",
            ),
        ]
        indexes = [models.Index(fields=["person", "-held_on"])]
        triggers = [
            pgtrigger.Protect(
                name="held_is_kept",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__held_on__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"Review of the direct payment of {self.person_id}, due {self.due_by}"
