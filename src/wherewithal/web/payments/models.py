"""Where money goes, and the runs that send it."""

from datetime import date
from typing import Any, cast

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast

from wherewithal.dates import ONE_DAY
from wherewithal.web.accounts.models import User
from wherewithal.web.budgets.models import Budget
from wherewithal.web.people.models import Person
from wherewithal.web.plans.models import PlanLine


def _as_range(value: Any) -> Func:
    """A value as a one-value range, so that PostgreSQL can exclude overlaps without extensions."""
    number = Cast(value, models.BigIntegerField())
    return Func(number, number, Value("[]"), function="int8range")


class Payee(models.Model):
    """The one account that receives a person's money of one kind of holding."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="payees")
    holding = models.CharField(max_length=16, choices=PlanLine.Holding)
    account_name = models.CharField(max_length=40)
    sort_code = models.CharField(max_length=6)
    account_number = models.CharField(max_length=8)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "holding"],
                condition=Q(ended_at__isnull=True),
                name="one_account_for_each_holding",
            ),
            models.CheckConstraint(
                condition=Q(sort_code__regex=r"^\d{6}$") & Q(account_number__regex=r"^\d{8}$"),
                name="account_numbers_are_digits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_name} ending {self.account_number[-4:]}"


class Run(models.Model):
    """One payment run: prepared by one officer, approved by another, then frozen."""

    class Status(models.TextChoices):
        PREPARED = "prepared", "Prepared"
        APPROVED = "approved", "Approved"
        CANCELLED = "cancelled", "Cancelled"

    TRANSITIONS = {
        Status.PREPARED: frozenset({Status.APPROVED, Status.CANCELLED}),
        Status.APPROVED: frozenset(),
        Status.CANCELLED: frozenset(),
    }

    period = DateRangeField(help_text="The payment period, half-open.")
    pay_on = models.DateField(help_text="The day the money arrives: a working day.")
    status = models.CharField(max_length=10, choices=Status, default=Status.PREPARED)
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    count = models.PositiveIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0, help_text="Pence.")
    left_out = models.JSONField(default=list, help_text="Who could not be paid, and why.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("prepared_by")),
                name="a_run_is_approved_by_someone_else",
            ),
            models.CheckConstraint(
                condition=~Q(status="approved") | Q(approved_by__isnull=False),
                name="an_approved_run_names_its_approver",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="approved_is_frozen",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__status__in=["approved", "cancelled"]),
            )
        ]

    def __str__(self) -> str:
        return f"Payment run {self.id} for {self.pay_on}"

    @property
    def first_day(self) -> date:
        """The first day the run pays for."""
        return cast("date", self.period.lower)

    @property
    def last_day(self) -> date:
        """The last day the run pays for."""
        return cast("date", self.period.upper) - ONE_DAY


class Payment(models.Model):
    """One sum to one account for one period of one budget."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="payments")
    budget = models.ForeignKey(Budget, models.PROTECT, related_name="payments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="payments")
    holding = models.CharField(max_length=16, choices=PlanLine.Holding)
    period = DateRangeField()
    gross = models.PositiveIntegerField(help_text="Pence.")
    contribution = models.PositiveIntegerField(default=0, help_text="Pence taken off.")
    net = models.PositiveIntegerField(help_text="Pence sent.")
    account_name = models.CharField(max_length=40)
    sort_code = models.CharField(max_length=6)
    account_number = models.CharField(max_length=8)
    reference = models.CharField(max_length=18)
    sentence = models.TextField(blank=True, help_text="How the sum was worked out.")
    cancelled = models.BooleanField(default=False)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="no_day_is_paid_twice",
                expressions=[
                    (_as_range("budget_id"), RangeOperators.OVERLAPS),
                    (_as_range(Func(F("holding"), function="hashtext")), RangeOperators.OVERLAPS),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(cancelled=False),
            ),
            models.CheckConstraint(
                condition=Q(net=F("gross") - F("contribution")),
                name="net_is_gross_less_contribution",
            ),
        ]
        indexes = [models.Index(fields=["person", "-id"])]
        triggers = [
            pgtrigger.Trigger(
                name="frozen_with_its_run",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                level=pgtrigger.Row,
                declare=[("state", "text")],
                func="""
                    SELECT status INTO state FROM payments_run
                        WHERE id = COALESCE(NEW.run_id, OLD.run_id);
                    IF state = 'approved' THEN
                        RAISE EXCEPTION 'Payment run % is approved and cannot change.',
                            COALESCE(NEW.run_id, OLD.run_id);
                    END IF;
                    RETURN COALESCE(NEW, OLD);
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.net}p to {self.account_name}"
