"""What is worth a conversation, and what was said in it."""

import pgtrigger
from django.db import models
from django.db.models import Q

from wherewithal.monitoring.rules import Rule, rule
from wherewithal.web.accounts.models import User
from wherewithal.web.checks.querysets import FlagQuerySet
from wherewithal.web.people.models import Person
from wherewithal.web.plans.models import PlanLine

ABOUT_OTHERS = frozenset(
    {"worry", "several-managed", "holder-paid", "relative-paid", "account-changed", "merchants"}
)
"""Rules that may be about whoever helps: the person reads them, supporters do not."""


class Flag(models.Model):
    """One matter worth a conversation about one account. It never stops or takes any money."""

    class Status(models.TextChoices):
        OPEN = "open", "To talk about"
        TALKED = "talked", "Talked about"
        SETTLED = "settled", "Settled"
        REFERRED = "referred", "Passed on, to keep someone safe"

    TRANSITIONS = {
        Status.OPEN: frozenset({Status.TALKED, Status.SETTLED, Status.REFERRED}),
        Status.TALKED: frozenset({Status.SETTLED, Status.REFERRED}),
        Status.SETTLED: frozenset(),
        Status.REFERRED: frozenset({Status.SETTLED}),
    }

    person = models.ForeignKey(Person, models.PROTECT, related_name="flags")
    holding = models.CharField(max_length=16, choices=PlanLine.Holding)
    rule = models.CharField(max_length=30, help_text="A code of monitoring.rules.")
    key = models.CharField(max_length=200, help_text="The rule, and what the matter is about.")
    seen = models.JSONField(help_text="Sentences with days and sums.")
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", help_text="Empty: found by the rule."
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    condition_not_kept = models.BooleanField(
        default=False, help_text="It was decided that an agreed condition was not kept."
    )

    objects = FlagQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "holding", "key"],
                condition=Q(status__in=["open", "talked", "referred"]),
                name="a_matter_is_talked_about_once",
            ),
            models.CheckConstraint(
                condition=~Q(status="settled") | Q(ended_at__isnull=False),
                name="a_settled_matter_has_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-opened_at"]),
            models.Index(
                fields=["status"], condition=~Q(status="settled"), name="matters_not_settled"
            ),
        ]

    def __str__(self) -> str:
        return self.what.title

    @property
    def what(self) -> Rule:
        """The rule that it comes from."""
        return rule(self.rule)


class FlagNote(models.Model):
    """What was said or done about a flag, in words. The person can read it."""

    flag = models.ForeignKey(Flag, models.PROTECT, related_name="notes")
    words = models.TextField()
    became = models.CharField(max_length=10, choices=Flag.Status, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["at", "id"]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.words[:60]
