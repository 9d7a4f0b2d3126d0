"""Reads of published schemes, of studies, and of what things cost."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from wherewithal.web.policy.models import (  # noqa: F401  in quotes below
        Rate,
        SchemeVersion,
        Study,
    )


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


class StudyQuerySet(models.QuerySet["Study"]):
    """Questions about studies."""

    LARGE = ("document", "report", "workbook", "tables", "fitted", "falls")

    def outlines(self) -> "StudyQuerySet":
        """Leave out what is large, and bring whom and what a study is about."""
        light = self.defer(*self.LARGE, "scheme__document", "beside__document")
        return light.select_related("scheme", "beside", "asked_by", "approved_by")

    def equality_reports(self, version: "SchemeVersion") -> "StudyQuerySet":
        """Keep the approved equality reports on this very document, by others than its author."""
        approved = self.filter(
            kind="audit",
            status="approved",
            scheme_hash=version.hash,
            document=version.document,
        )
        if version.drafted_by_id is None:
            return approved
        return approved.exclude(approved_by=version.drafted_by_id)
