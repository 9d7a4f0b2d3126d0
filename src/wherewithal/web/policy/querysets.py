"""Reads of published schemes."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from wherewithal.web.policy.models import SchemeVersion


class SchemeVersionQuerySet(models.QuerySet["SchemeVersion"]):
    """Questions about scheme versions."""

    def live(self, on: date, code: str = "standard-adult") -> "SchemeVersion":
        """Return the version in force on a day.

        Raises:
            SchemeVersion.DoesNotExist: none has been published by then.
        """
        published = self.filter(code=code, status="published", published_on__lte=on)
        return published.order_by("-published_on", "-id")[:1].get()
