"""Reads of published schemes, and of what things cost."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from wherewithal.web.policy.models import Rate, SchemeVersion  # noqa: F401  in quotes below


class SchemeVersionQuerySet(models.QuerySet["SchemeVersion"]):
    """Questions about scheme versions."""

    def live(self, on: date, code: str = "standard-adult") -> "SchemeVersion":
        """Return the version in force on a day.

        Raises:
            SchemeVersion.DoesNotExist: none has been published by then.
        """
        published = self.filter(code=code, status="published", published_on__lte=on)
        return published.order_by("-published_on", "-id")[:1].get()


class RateQuerySet(models.QuerySet["Rate"]):
    """Questions about what things cost."""

    def in_force(self, on: date) -> "RateQuerySet":
        """Keep the price of each thing on a day, by label."""
        newest = self.filter(starts__lte=on).order_by("code", "-starts").distinct("code")
        return self.filter(pk__in=newest.values("pk")).order_by("label")
