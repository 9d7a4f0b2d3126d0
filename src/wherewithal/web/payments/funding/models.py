"""What others than the council paid of a payment: as it was posted, and never changed."""

import pgtrigger
from django.db import models
from django.db.models import Q

from wherewithal.web.budgets.funding_models import LineFunding


class Funded(models.Model):
    """Pence that somebody else pays; below zero, what they get back. Their sum is in the books."""

    funding = models.ForeignKey(LineFunding, models.PROTECT, related_name="funded")
    payment = models.ForeignKey(
        "payments.Payment", models.PROTECT, null=True, related_name="funded",
        help_text="What it was posted with; empty: it was put right for days past.",
    )  # fmt: skip
    pence = models.IntegerField(help_text="Pence; below zero where too much had been asked.")
    on = models.DateField(help_text="The day it was posted.")
    gave_back = models.CharField(
        max_length=40, blank=True,
        help_text="The sum that came back of which this is a part, like surplus:12; empty: it is a"
        " part of what was paid out.",
    )  # fmt: skip

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["on"])]
        constraints = [
            models.CheckConstraint(condition=~Q(pence=0), name="a_part_of_others_is_a_sum")
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.pence}p on {self.on}"
