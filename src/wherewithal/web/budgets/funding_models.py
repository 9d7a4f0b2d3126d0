"""Who pays for a line of a budget from a day: the council, the NHS, both, or another body."""

import pgtrigger
from django.db import models
from django.db.models import Q

from wherewithal.web.accounts.models import User


class LineFunding(models.Model):
    """From a day on, somebody pays for a line of a budget, or for a share of it.

    Nothing is changed or deleted: on a day the one that begins last counts; of two that begin on
    one day, the newer.
    """

    class Payer(models.TextChoices):
        COUNCIL = "council", "The council"
        NHS = "nhs", "The NHS"
        SHARED = "shared", "The council and the NHS share it"
        OTHER = "other", "Somebody else"

    class Pot(models.TextChoices):
        MENTAL_HEALTH = "mental-health", "Mental health"
        LEARNING_DISABILITY = "learning-disability", "Learning disability"
        CONTINUING = "continuing", "NHS continuing healthcare"
        OTHER = "other", "Something else"

    line = models.ForeignKey("budgets.BudgetLine", models.PROTECT, related_name="fundings")
    from_day = models.DateField()
    payer = models.CharField(max_length=8, choices=Payer)
    percent = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Per cent that the NHS pays of a shared line; not pence."
    )
    weekly = models.PositiveIntegerField(
        null=True, blank=True, help_text="Pence a week that the NHS pays of a shared line."
    )
    body = models.CharField(max_length=120, blank=True, help_text="Which body of the NHS, or who.")
    pot = models.CharField(
        max_length=20, choices=Pot, blank=True,
        help_text="Which budget of theirs, so that each stays visible where they are pooled.",
    )  # fmt: skip
    reason = models.TextField(help_text="Why, in words the person reads.")
    agreed_on = models.DateField(help_text="The day it was agreed with who pays.")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["from_day", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(payer="shared", percent__isnull=False, weekly__isnull=True)
                | Q(payer="shared", percent__isnull=True, weekly__isnull=False)
                | ~Q(payer="shared") & Q(percent__isnull=True, weekly__isnull=True),
                name="a_shared_line_says_how_much",
            ),
            models.CheckConstraint(
                condition=Q(payer="council") | ~Q(body="") & ~Q(pot=""),
                name="who_else_pays_is_named",
            ),
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__gte=1, percent__lte=99),
                name="a_share_in_per_cent_is_a_share",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="who_pays_has_its_reason"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.payer} from {self.from_day}"
