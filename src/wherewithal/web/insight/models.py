"""What is done by itself each day, and what it found."""

from django.db import models
from django.db.models import F, Q


class Duty(models.Model):
    """One duty on one day: begun, ended or gone wrong, and what it has to say."""

    class State(models.TextChoices):
        DOING = "doing", "Under way"
        DONE = "done", "Done"
        FAILED = "failed", "Went wrong"

    name = models.CharField(max_length=40)
    day = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.DOING)
    tries = models.PositiveSmallIntegerField(default=1, help_text="How many times; no pence.")
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    said = models.TextField(blank=True, help_text="What it did, or what went wrong, in words.")

    class Meta:
        ordering = ["-day", "name"]
        constraints = [
            models.UniqueConstraint(fields=["name", "day"], name="a_duty_is_done_once_a_day"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("begun_at")),
                name="a_duty_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} on {self.day}"
