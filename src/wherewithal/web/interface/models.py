"""The keys by which other programs read."""

from datetime import date

import pgtrigger
from django.db import models
from django.db.models import F, Q

from wherewithal.web.accounts.models import User


class AccessKey(models.Model):
    """A key for one program. Only a mark of it is kept, so that nobody can read it here."""

    class Reads(models.TextChoices):
        MONEY = "money", "Money, by reference"
        FIGURES = "figures", "Figures with nobody in them"

    name = models.CharField(max_length=80, help_text="Which program uses it, and who answers.")
    reads = models.CharField(max_length=10, choices=Reads)
    mark = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the key.")
    begins = models.CharField(max_length=12, help_text="Its first letters, to tell keys apart.")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    last_day = models.DateField(help_text="The last day it opens anything.")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    used_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("made_at")),
                name="a_key_ends_after_it_was_made",
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="an_ended_key_stays_ended",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__ended_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.begins}…)"

    def opens(self, on: date) -> bool:
        """Say whether it opens anything on a day."""
        return self.ended_at is None and on <= self.last_day
