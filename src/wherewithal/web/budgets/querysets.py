"""Reads of budgets and financial assessments."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Prefetch

from wherewithal.web.accounts.models import User
from wherewithal.web.people.models import Person

if TYPE_CHECKING:
    from wherewithal.web.budgets.models import Budget, FinancialAssessment


class FinancialAssessmentQuerySet(models.QuerySet["FinancialAssessment"]):
    """Questions about financial assessments. Begin with a person whom the reader may see."""

    def latest_for(self, person: Person, on: date | None = None) -> "FinancialAssessment | None":
        """Return the newest one, or the newest that had begun on a day."""
        found = self.filter(person=person)
        if on is not None:
            found = found.filter(starts__lte=on)
        return found.order_by("-starts", "-id").first()


class BudgetQuerySet(models.QuerySet["Budget"]):
    """Questions about personal budgets."""

    def waiting(self) -> "BudgetQuerySet":
        """Keep those that wait for a decision, by a manager or a panel."""
        return self.filter(status__in=["proposed", "panel"])

    def decided(self) -> "BudgetQuerySet":
        """Keep those that were signed off, also where they have ended."""
        return self.filter(status__in=["signed-off", "ended"])

    def in_force(self, on: date) -> "BudgetQuerySet":
        """Keep those that pay for support on a day."""
        return self.decided().filter(period__contains=on)

    def waiting_for(self, user: User) -> "BudgetQuerySet":
        """Keep those of this user's people that wait for a decision, the longest wait first."""
        people = Person.objects.visible_to(user)
        return self.waiting().filter(person__in=people).order_by("proposed_at", "id")

    def with_everything(self) -> "BudgetQuerySet":
        """Load the plan and its first figure, the charge, the lines and the decisions."""
        from wherewithal.web.budgets.models import (
            BudgetLine,
            Decision,
        )

        return self.select_related(
            "person", "plan__assessment__indicative", "charge", "proposed_by"
        ).prefetch_related(
            Prefetch(
                "lines",
                BudgetLine.objects.select_related("plan_line").prefetch_related("fundings"),
            ),
            Prefetch("decisions", Decision.objects.select_related("by")),
        )

    def newest(self, person: Person) -> "Budget | None":
        """Return the signed-off budget that began last."""
        return (
            self.decided()
            .filter(person=person)
            .with_everything()
            .order_by("-period", "-id")
            .first()
        )

    def undecided(self, person: Person) -> "Budget | None":
        """Return the one that waits for a decision."""
        return self.waiting().filter(person=person).with_everything().order_by("-id").first()
