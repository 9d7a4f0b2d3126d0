"""Providers, their bills for what the council arranges, and what people are billed for it."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from wherewithal.money import pounds
from wherewithal.web.accounts.models import User
from wherewithal.web.budgets.models import Budget, BudgetLine
from wherewithal.web.people.models import Person


class Provider(models.Model):
    """An organisation or a person who provides support, or holds money for people."""

    class Kind(models.TextChoices):
        AGENCY = "agency", "Home care or support agency"
        ISF = "isf", "Holds individual service funds"
        MANAGED = "managed", "Manages accounts for people"
        TRUST = "trust", "Trust"
        AGENT = "agent", "Finds and places personal assistants"
        OTHER = "other", "Something else"

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=8, choices=Kind)
    email = models.EmailField(blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ProviderAccount(models.Model):
    """The account a provider is paid into; the one before it is kept."""

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="accounts")
    account_name = models.CharField(max_length=40)
    sort_code = models.CharField(max_length=6)
    account_number = models.CharField(max_length=8)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    doubt = models.TextField(
        blank=True, db_default="", help_text="Why money came back from here; empty: nothing known."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provider"],
                condition=Q(ended_at__isnull=True),
                name="one_account_for_each_provider",
            ),
            models.CheckConstraint(
                condition=Q(sort_code__regex=r"^\d{6}$") & Q(account_number__regex=r"^\d{8}$"),
                name="provider_account_numbers_are_digits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_name} ending {self.account_number[-4:]}"


class Invoice(models.Model):
    """A provider's bill for some days of one person's support, or a disputed part of one."""

    class Status(models.TextChoices):
        RECEIVED = "received", "Not matched to a budget yet"
        MATCHED = "matched", "To be decided"
        ASKED = "asked", "The provider was asked"
        DISPUTED = "disputed", "Disputed"
        APPROVED = "approved", "To be paid"
        PAID = "paid", "Paid"
        REFUSED = "refused", "Not paid"

    TRANSITIONS = {
        Status.RECEIVED: frozenset({Status.MATCHED, Status.REFUSED}),
        Status.MATCHED: frozenset({Status.ASKED, Status.DISPUTED, Status.APPROVED, Status.REFUSED}),
        Status.ASKED: frozenset({Status.DISPUTED, Status.APPROVED, Status.REFUSED}),
        Status.DISPUTED: frozenset({Status.APPROVED, Status.REFUSED}),
        Status.APPROVED: frozenset({Status.PAID}),
        Status.PAID: frozenset({Status.APPROVED}),
        Status.REFUSED: frozenset(),
    }

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="invoices")
    number = models.CharField(max_length=40)
    part = models.PositiveSmallIntegerField(
        default=1, help_text="Not pence: 1 is the bill, 2 and on its disputed parts."
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="invoices")
    line = models.ForeignKey(BudgetLine, models.PROTECT, null=True, related_name="invoices")
    period = DateRangeField(help_text="The days it is for, half-open.")
    units = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    pence = models.PositiveIntegerField(help_text="Pence asked for.")
    what = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.RECEIVED)
    said = models.TextField(blank=True, help_text="What was asked, disputed, or decided, and why.")
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-period", "-id"]
        indexes = [
            models.Index(fields=["status", "period"]),
            models.Index(fields=["person", "-period"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "number", "part"], name="a_bill_comes_once_from_a_provider"
            ),
            models.CheckConstraint(
                condition=Q(line__isnull=False) | Q(status__in=["received", "refused"]),
                name="a_bill_is_matched_before_it_is_decided",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["asked", "disputed", "refused"]) | ~Q(said=""),
                name="a_bill_is_disputed_with_a_reason",
            ),
            models.CheckConstraint(condition=Q(pence__gt=0), name="a_bill_asks_for_something"),
        ]
        triggers = [
            pgtrigger.Protect(name="bills_are_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="an_approved_bill_keeps_its_sum",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__status__in=["approved", "paid"])
                & (
                    pgtrigger.Q(old__pence__df=pgtrigger.F("new__pence"))
                    | pgtrigger.Q(old__line_id__df=pgtrigger.F("new__line_id"))
                    | pgtrigger.Q(old__provider_id__df=pgtrigger.F("new__provider_id"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.number if self.part == 1 else f"{self.number}, part {self.part}"


class OwnBill(models.Model):
    """What a person is asked to pay the council for the support that it arranges."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="own_bills")
    budget = models.ForeignKey(Budget, models.PROTECT, related_name="own_bills")
    period = DateRangeField(help_text="The days it is for, half-open.")
    pence = models.PositiveIntegerField(help_text="Pence to pay.")
    fee = models.IntegerField(
        default=0,
        help_text="Pence of it for the work of arranging the support; below zero: that came off.",
    )
    posted = models.IntegerField(
        null=True, help_text="Pence put into the books with it; empty: as much as it asks for."
    )
    sentence = models.TextField(help_text="How the sum was worked out.")
    due_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-period", "-id"]
        constraints = [
            ExclusionConstraint(
                name="no_day_is_charged_twice",
                expressions=[
                    (
                        Func(F("budget_id"), F("budget_id"), Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=Q(pence__gt=0), name="a_person_is_billed_something"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.pence}p from {self.period.lower}"

    @property
    def support(self) -> int:
        """Pence of it for the support itself."""
        return self.pence - self.fee

    @property
    def fee_told(self) -> str:
        """Say what of it is for arranging the support; nothing where nothing is."""
        if self.fee > 0:
            return f"For our work of arranging your support, as you agreed: {pounds(self.fee)}."
        if self.fee < 0:
            return (
                f"{pounds(-self.fee)} comes off, as you paid too much for our work of arranging"
                " your support."
            )
        return ""


class OwnChange(models.Model):
    """What a changed charge made of days that were billed, put into the books when it was made.

    The next bill takes it into account, or, once the budget has ended, a refund.
    """

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="own_changes")
    pence = models.IntegerField(help_text="Pence charged more; below zero: less.")
    reason = models.TextField(help_text="Why, in words the person reads.")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_change_of_bills_has_its_reason")
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.pence}p"


class Refund(models.Model):
    """Money given back to a person whose bills came to too much, after their budget ended."""

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="own_refunds")
    over = models.PositiveIntegerField(help_text="Pence that were billed too much.")
    taken_back = models.IntegerField(help_text="Pence of it that the books took back with it.")
    pence = models.PositiveIntegerField(help_text="Pence of it that had been paid and go back.")
    reason = models.TextField(help_text="Why, in words the person reads.")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(over__gt=0, pence__lte=models.F("over")) & ~Q(reason=""),
                name="a_refund_is_of_what_was_too_much",
            )
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.pence}p"


class Receipt(models.Model):
    """Money that a person paid to the council: towards support, or back as it was agreed."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="receipts")
    on = models.DateField()
    pence = models.PositiveIntegerField(help_text="Pence paid in.")
    paid_back = models.PositiveIntegerField(
        default=0, db_default=0, help_text="Pence of it that pay back what was agreed."
    )
    text = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "on", "pence", "text"], name="money_comes_in_once"
            ),
            models.CheckConstraint(
                condition=Q(pence__gt=0, paid_back__lte=F("pence")), name="something_was_paid_in"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.pence}p on {self.on}"

    @property
    def for_support(self) -> int:
        """Pence that count towards what they are billed."""
        return self.pence - self.paid_back
