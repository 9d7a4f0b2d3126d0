"""Confirmed figures, costs people asked us to allow, a new year's charges, charges of days past."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from wherewithal.web.accounts.models import User
from wherewithal.web.people.models import Person

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class ConfirmedFigure(models.Model):
    """What an officer read in a named source: a figure of a year, or that a rule is as we have it.

    Nothing is changed or deleted: the newest row says the value, and a row of the same value by
    somebody else is a second pair of eyes.
    """

    year_starts = models.DateField(help_text="The first day of the tax year: 6 April.")
    name = models.CharField(max_length=80, help_text="A figure, or rule: and the rule’s key.")
    value = models.PositiveIntegerField(null=True, help_text="Pence; empty for a rule.")
    source = models.CharField(max_length=300, help_text="What was read.")
    seen_on = models.DateField(help_text="The day it was read.")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["year_starts", "name", "id"])]
        constraints = [
            models.CheckConstraint(condition=~Q(source=""), name="a_confirmed_figure_has_a_source")
        ]
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.name} from {self.year_starts}"


class ExpenseClaim(models.Model):
    """An extra cost because of disability that a person asked us to let them keep."""

    class Status(models.TextChoices):
        WAITING = "waiting", "Waiting for a decision"
        ALLOWED = "allowed", "Allowed"
        PART = "part", "Allowed in part"
        REFUSED = "refused", "Not allowed"
        WITHDRAWN = "withdrawn", "Taken back"

    TRANSITIONS = {
        Status.WAITING: frozenset({Status.ALLOWED, Status.PART, Status.REFUSED, Status.WITHDRAWN}),
        Status.ALLOWED: frozenset(),
        Status.PART: frozenset(),
        Status.REFUSED: frozenset(),
        Status.WITHDRAWN: frozenset(),
    }

    person = models.ForeignKey(Person, models.PROTECT, related_name="expense_claims")
    kind = models.CharField(max_length=20, help_text="A kind of cost listed in the charging rules.")
    what = models.CharField(max_length=200)
    pence = models.PositiveIntegerField(help_text="What it costs, as often as ``every`` says.")
    every = models.CharField(max_length=12)
    sharers = models.PositiveSmallIntegerField(
        default=1, help_text="Adults who share the cost, not pence."
    )
    why = models.TextField(help_text="Why it is because of disability, in the asker’s words.")
    evidence = models.TextField(blank=True, help_text="What shows it. Nobody has to give any.")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    allowed_pence = models.PositiveIntegerField(null=True, blank=True)
    reasons = models.TextField(blank=True, help_text="The person reads them.")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["person", "status"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=["part", "refused"]) | ~Q(reasons=""),
                name="a_cost_is_cut_only_with_reasons",
            ),
            models.CheckConstraint(
                condition=Q(allowed_pence__isnull=True) | Q(allowed_pence__lte=F("pence")),
                name="no_more_is_allowed_than_was_asked",
            ),
            models.CheckConstraint(
                condition=Q(status="waiting") | Q(decided_at__isnull=False),
                name="a_decided_cost_has_its_time",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="what_was_asked_is_kept",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "person", "kind", "what", "pence", "every", "sharers", "why", "asked_by"
                ),
            ),
            pgtrigger.Protect(
                name="what_was_decided_is_kept",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__status="waiting"),
            ),
            pgtrigger.Protect(name="claims_are_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.what


class Uprating(models.Model):
    """Everybody's charge in a new year: worked out, told by letter, then applied from a day."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Worked out"
        TOLD = "told", "Letters made"
        APPLIED = "applied", "Applied"
        DROPPED = "dropped", "Given up"

    TRANSITIONS = {
        Status.DRAFT: frozenset({Status.TOLD, Status.DROPPED}),
        Status.TOLD: frozenset({Status.APPLIED, Status.DROPPED}),
        Status.APPLIED: frozenset(),
        Status.DROPPED: frozenset(),
    }

    starts = models.DateField(help_text="The day the new charges begin.")
    year = models.CharField(max_length=10)
    assumed = models.JSONField(help_text="By kind of income and cost: percent, rates, source.")
    unverified = models.JSONField(default=list, help_text="Figures nobody has confirmed.")
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    notice_on = models.DateField(null=True, blank=True, help_text="The day on the letters.")
    why_dropped = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    told_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=["told", "applied"]) | Q(notice_on__isnull=False),
                name="letters_are_made_before_new_charges",
            ),
            models.UniqueConstraint(
                fields=["starts"],
                condition=Q(status__in=["told", "applied"]),
                name="one_uprating_for_each_first_day",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="what_was_told_is_kept",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("starts", "year", "assumed", "made_by"),
            )
        ]

    def __str__(self) -> str:
        return f"Charges for {self.year}, from {self.starts}"


class UpratingLine(models.Model):
    """One person's charge before and after; ``why`` says what a human must look at, if anything."""

    uprating = models.ForeignKey(Uprating, models.CASCADE, related_name="lines")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    budget = models.ForeignKey("budgets.Budget", models.PROTECT, related_name="+")
    before = models.PositiveIntegerField(help_text="Pence a week on the day before.")
    after = models.PositiveIntegerField(null=True, help_text="Pence a week; empty = by hand.")
    assessed = models.PositiveIntegerField(
        null=True, help_text="Pence a week before the cost caps it."
    )
    facts = models.JSONField(default=dict, help_text="The person’s money in the new year.")
    told = models.JSONField(default=list, help_text="What was assumed, in sentences.")
    why = models.TextField(blank=True, help_text="Why a human must look.")
    change = models.OneToOneField(
        "budgets.ChargeChange", models.PROTECT, null=True, related_name="uprating_line"
    )

    class Meta:
        indexes = [models.Index(fields=["person", "uprating"])]
        constraints = [
            models.UniqueConstraint(
                fields=["uprating", "budget"], name="each_budget_is_uprated_once"
            ),
            models.CheckConstraint(
                condition=Q(after__isnull=False) | ~Q(why=""),
                name="a_charge_left_to_a_human_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.before}p to {self.after}p a week"

    @property
    def difference(self) -> int:
        """Pence a week more (or, below zero, less) than before; 0 where a human must look."""
        return 0 if self.after is None else self.after - self.before


class EarlierCharge(models.Model):
    """A charge that new facts would have changed from an earlier day, and what is done about it."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", "Worked out"
        TOLD = "told", "The person was told"
        ASKED = "asked", "The difference is asked for"
        LET_GO = "let-go", "Nothing is asked for"
        PAID_BACK = "paid-back", "Paid back to the person"

    TRANSITIONS = {
        Status.PROPOSED: frozenset({Status.TOLD, Status.LET_GO, Status.PAID_BACK}),
        Status.TOLD: frozenset({Status.ASKED, Status.LET_GO}),
        Status.ASKED: frozenset(),
        Status.LET_GO: frozenset(),
        Status.PAID_BACK: frozenset(),
    }

    person = models.ForeignKey(Person, models.PROTECT, related_name="earlier_charges")
    budget = models.ForeignKey("budgets.Budget", models.PROTECT, related_name="+")
    from_day = models.DateField()
    until = models.DateField(help_text="Half-open: the day it was worked out.")
    reason = models.TextField(help_text="What is new, in words the person reads.")
    pieces = models.JSONField(help_text="First day, end, pence a week charged, and should be.")
    charges = models.JSONField(help_text="First day and financial assessment of each new charge.")
    pence = models.IntegerField(help_text="Above zero: charged too little. Below: too much.")
    status = models.CharField(max_length=10, choices=Status, default=Status.PROPOSED)
    told_on = models.DateField(null=True, blank=True)
    reasons = models.TextField(blank=True, help_text="Why it was decided so; the person reads it.")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="asked") | (Q(told_on__isnull=False) & ~Q(reasons="")),
                name="nobody_is_asked_for_days_past_unseen",
            ),
            models.CheckConstraint(
                condition=~Q(status="asked") | Q(pence__gt=0),
                name="only_what_was_too_little_is_asked_for",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="what_was_worked_out_is_kept",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "person", "budget", "from_day", "until", "reason", "pieces", "pence"
                ),
            ),
            pgtrigger.Protect(name="differences_are_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"Charge from {self.from_day} worked out again"
