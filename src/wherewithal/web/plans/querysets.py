"""Reads of support plans."""

from typing import TYPE_CHECKING

from django.db import models

from wherewithal.web.people.models import Person

if TYPE_CHECKING:
    from wherewithal.web.plans.models import SupportPlan


class SupportPlanQuerySet(models.QuerySet["SupportPlan"]):
    """Questions about plans. Begin with a person whom the reader may see."""

    def of(self, person: Person) -> "SupportPlanQuerySet":
        """Keep one person's plans, newest first."""
        return self.filter(person=person).order_by("-started_at", "-id")

    def with_everything(self) -> "SupportPlanQuerySet":
        """Load all parts, helpers, and the assessment with its decision and its figure."""
        return self.select_related(
            "assessment__eligibility", "assessment__indicative", "submitted_by", "person"
        ).prefetch_related("outcomes", "lines", "risks", "person__supporters")

    def current(self, person: Person) -> "SupportPlan | None":
        """Return the plan to work on or read: the newest that has not been replaced."""
        return self.of(person).exclude(status="replaced").with_everything().first()
