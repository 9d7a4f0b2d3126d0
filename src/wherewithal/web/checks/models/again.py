"""Another look at a decision, by somebody who did not make it."""

from django.db import models
from django.db.models import F, Q

from wherewithal.web.accounts.models import User
from wherewithal.web.checks.querysets import LookAgainQuerySet
from wherewithal.web.people.models import Person


class LookAgain(models.Model):
    """A person, or who helps them, asks for another look at one decision."""

    class Of(models.TextChoices):
        BUDGET = "budget", "My personal budget"
        DIRECT_PAYMENT = "direct-payment", "A direct payment that was refused, limited or ended"
        MONEY_BACK = "money-back", "Money that I am asked to pay back"
        CHARGE = "charge", "What I pay, or what my disability costs me"
        TIER = "tier", "How closely my account is looked at"

    class Status(models.TextChoices):
        ASKED = "asked", "Asked for"
        ACKNOWLEDGED = "acknowledged", "You were told that we have it"
        DECIDED = "decided", "Decided"
        WITHDRAWN = "withdrawn", "Taken back by the person"

    class Outcome(models.TextChoices):
        CHANGED = "changed", "The decision changes"
        PARTLY = "partly", "Part of the decision changes"
        KEPT = "kept", "The decision stays"

    TRANSITIONS = {
        Status.ASKED: frozenset({Status.ACKNOWLEDGED, Status.DECIDED, Status.WITHDRAWN}),
        Status.ACKNOWLEDGED: frozenset({Status.DECIDED, Status.WITHDRAWN}),
        Status.DECIDED: frozenset(),
        Status.WITHDRAWN: frozenset(),
    }

    person = models.ForeignKey(Person, models.PROTECT, related_name="looks_again")
    of = models.CharField(max_length=16, choices=Of)
    decision = models.PositiveBigIntegerField(
        null=True, blank=True, help_text="Number of the row that holds the decision: no pence."
    )
    told = models.TextField(help_text="The decision in words, as it stood.")
    first_decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    why = models.TextField(help_text="In the words of who asked.")
    status = models.CharField(max_length=12, choices=Status, default=Status.ASKED)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    acknowledge_by = models.DateField()
    acknowledged_on = models.DateField(null=True, blank=True)
    answer_by = models.DateField()
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    reasons = models.TextField(blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = LookAgainQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | Q(first_decided_by__isnull=True)
                | ~Q(decided_by=F("first_decided_by")),
                name="another_look_is_taken_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="nobody_decides_what_they_asked_for",
            ),
            models.CheckConstraint(
                condition=~Q(status="decided")
                | (
                    Q(decided_by__isnull=False, decided_on__isnull=False)
                    & ~Q(reasons="")
                    & ~Q(outcome="")
                ),
                name="another_look_ends_with_reasons",
            ),
            models.UniqueConstraint(
                fields=["person", "of"],
                condition=Q(status__in=["asked", "acknowledged"]),
                name="one_look_again_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["person", "-asked_at"])]

    def __str__(self) -> str:
        return f"Another look: {self.get_of_display()}"
