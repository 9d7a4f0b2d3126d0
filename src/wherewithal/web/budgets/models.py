"""The financial assessment, the personal budget, its sign-off, and how each line is held."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast, NullIf

from wherewithal.web.accounts.models import User
from wherewithal.web.budgets.charges.models import (  # noqa: F401  # Django finds models here
    ConfirmedFigure,
    EarlierCharge,
    ExpenseClaim,
    Uprating,
    UpratingLine,
)
from wherewithal.web.budgets.funding_models import LineFunding  # noqa: F401  # as above
from wherewithal.web.budgets.querysets import BudgetQuerySet, FinancialAssessmentQuerySet
from wherewithal.web.people.models import Person
from wherewithal.web.plans.models import PlanLine, SupportPlan


class FinancialAssessment(models.Model):
    """What a person can be asked to pay, with everything it was worked out from."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="financial_assessments")
    kind = models.CharField(
        max_length=12,
        choices=[("full", "Full"), ("light", "Light touch"), ("none", "Nothing to charge")],
    )
    facts = models.JSONField(help_text="Income, capital, housing, disability-related expenditure.")
    starts = models.DateField()
    parameters_year = models.CharField(max_length=10)
    unverified = models.JSONField(default=list, help_text="Parameters used that nobody verified.")
    assessed_weekly = models.PositiveIntegerField(
        null=True, help_text="Pence a week before the cost caps it; null = pays in full."
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    copy_given_on = models.DateField(null=True, blank=True)

    objects = FinancialAssessmentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "-starts", "-id"])]
        triggers = [
            pgtrigger.Protect(
                name="facts_are_kept",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__facts__df=pgtrigger.F("new__facts")),
            )
        ]

    def __str__(self) -> str:
        return f"Financial assessment from {self.starts}"


def _one_person() -> Func:
    """A person as a one-value range, so that PostgreSQL can exclude overlaps without extensions."""
    return Func(F("person_id"), F("person_id"), Value("[]"), function="int8range")


def _one_holding_or_all() -> Func:
    """A way of holding as a one-value range; where none is named, the range of them all."""
    way = Func(NullIf(F("holding"), Value("")), function="hashtext")
    number = Cast(way, models.BigIntegerField())
    return Func(number, number, Value("[]"), function="int8range")


class Budget(models.Model):
    """A personal budget: what it costs to meet the needs, who pays what, from when to when."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", "Waiting for a decision"
        PANEL = "panel", "With the panel"
        SIGNED_OFF = "signed-off", "Signed off"
        RETURNED = "returned", "Returned with reasons"
        ENDED = "ended", "Ended"

    TRANSITIONS = {
        Status.PROPOSED: frozenset({Status.PANEL, Status.SIGNED_OFF, Status.RETURNED}),
        Status.PANEL: frozenset({Status.SIGNED_OFF, Status.RETURNED}),
        Status.SIGNED_OFF: frozenset({Status.ENDED}),
        Status.RETURNED: frozenset(),
        Status.ENDED: frozenset(),
    }

    person = models.ForeignKey(Person, models.PROTECT, related_name="budgets")
    plan = models.ForeignKey(SupportPlan, models.PROTECT, related_name="budgets")
    charge = models.ForeignKey(
        FinancialAssessment, models.PROTECT, null=True, blank=True, related_name="budgets"
    )
    status = models.CharField(max_length=12, choices=Status, default=Status.PROPOSED)
    period = DateRangeField(
        help_text="Half-open: from the first day up to, not including, the end."
    )
    cost = models.PositiveIntegerField(help_text="Pence a week: cost of meeting the needs.")
    contribution = models.PositiveIntegerField(default=0, help_text="Pence a week the person pays.")
    one_off = models.PositiveIntegerField(
        default=0, help_text="Pence paid once, beside the weekly cost."
    )
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    statement_on = models.DateField(
        null=True, blank=True, help_text="When the statement was given."
    )
    agreement_on = models.DateField(
        null=True, blank=True, help_text="Direct payment agreement signed."
    )
    agreement_by = models.CharField(max_length=120, blank=True)

    objects = BudgetQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="budgets_of_one_person_never_overlap",
                expressions=[
                    (_one_person(), RangeOperators.OVERLAPS),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(status__in=["signed-off", "ended"]),
                violation_error_message=(
                    "This person already has a personal budget for some of these days."
                    " End that one first, or start this one later."
                ),
            ),
            models.CheckConstraint(
                condition=Q(contribution__lte=F("cost")), name="nobody_pays_more_than_the_cost"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "status"]),
            models.Index(fields=["status", "proposed_at"]),
            GistIndex(fields=["period"]),
        ]
        triggers = [
            pgtrigger.Protect(
                name="signed_off_figures_are_kept",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__status__in=["signed-off", "ended"])
                & (
                    pgtrigger.Q(old__cost__df=pgtrigger.F("new__cost"))
                    | pgtrigger.Q(old__contribution__df=pgtrigger.F("new__contribution"))
                    | pgtrigger.Q(old__plan_id__df=pgtrigger.F("new__plan_id"))
                ),
            )
        ]

    def __str__(self) -> str:
        return f"Personal budget of {self.person_id} from {self.period.lower}"


class ChargeChange(models.Model):
    """From a day on, a person pays another sum towards a budget that goes on as it is."""

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="charge_changes")
    charge = models.ForeignKey(
        FinancialAssessment, models.PROTECT, related_name="changes", help_text="What it rests on."
    )
    from_day = models.DateField()
    contribution = models.PositiveIntegerField(help_text="Pence a week from that day.")
    before = models.PositiveIntegerField(help_text="Pence a week in force on that day until now.")
    reason = models.TextField(help_text="Why, in words the person reads.")
    less_notice = models.TextField(
        blank=True, help_text="Why a rise begins sooner than the notice the council gives."
    )
    notice_on = models.DateField(help_text="The day of the letter that says so.")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["from_day", "id"]
        indexes = [models.Index(fields=["budget", "from_day", "id"])]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_changed_charge_has_its_reason"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.contribution}p a week from {self.from_day}"

    @property
    def raises(self) -> bool:
        """Say whether the person pays more than before."""
        return self.contribution > self.before


class BudgetLine(models.Model):
    """One line of a personal budget: a plan line with its weekly cost, and how it is held."""

    budget = models.ForeignKey(Budget, models.CASCADE, related_name="lines")
    plan_line = models.ForeignKey(PlanLine, models.PROTECT, null=True, related_name="+")
    what = models.CharField(max_length=200)
    provider = models.CharField(max_length=120, blank=True)
    how_often = models.CharField(
        max_length=120, blank=True, help_text="e.g. 7 hours every week at £13.75."
    )
    weekly = models.PositiveIntegerField(help_text="Pence a week.")
    one_off = models.PositiveIntegerField(default=0, help_text="Pence paid once.")
    holding = models.CharField(max_length=16, choices=PlanLine.Holding)
    held_from = models.DateField(
        null=True,
        blank=True,
        help_text="First day of holding it so; empty: since the budget began.",
    )
    once_on = models.DateField(
        null=True, blank=True, help_text="The day its sum is paid once; empty: the first day."
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        indexes = [
            models.Index(
                fields=["budget", "holding"], name="lines_in_an_account",
                condition=~Q(holding=PlanLine.Holding.COUNCIL_MANAGED),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.what


class HeldBefore(models.Model):
    """How the money of a line was held until it came to be held in another way."""

    line = models.ForeignKey(BudgetLine, models.CASCADE, related_name="held_before")
    holding = models.CharField(max_length=16, choices=PlanLine.Holding)
    until = models.DateField(help_text="The day after the last on which it was held so.")

    class Meta:
        ordering = ["until", "id"]
        constraints = [
            models.UniqueConstraint(fields=["line", "until"], name="one_way_before_each_day"),
        ]

    def __str__(self) -> str:
        return f"{self.holding} until {self.until}"


class PaySchedule(models.Model):
    """How often one way of holding is paid, where that differs from what is usual here."""

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="pay_schedules")
    holding = models.CharField(max_length=16, choices=PlanLine.Holding)
    weeks_each = models.PositiveSmallIntegerField(help_text="Weeks in a payment, not pence.")
    advance_days = models.SmallIntegerField(
        default=0, help_text="Days, not pence, before a pay period that its money is there."
    )
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weeks_each__gte=1) & ~Q(reason=""), name="a_schedule_has_its_reason"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"every {self.weeks_each} weeks"


class Pause(models.Model):
    """Days on which a budget is paid differently: hospital, a care home, away, frozen."""

    class Kind(models.TextChoices):
        HOSPITAL = "hospital", "In hospital"
        CARE_HOME = "care-home", "In a care home for a while"
        AWAY = "away", "Away from home"
        FROZEN = "frozen", "Payments are stopped while something is looked into"
        OTHER = "other", "Something else"

    class Pays(models.TextChoices):
        NOTHING = "nothing", "Nothing is paid"
        ALL = "all", "Everything goes on being paid"
        WEEKLY = "weekly", "A sum every week goes on being paid"

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="pauses")
    holding = models.CharField(
        max_length=16, choices=PlanLine.Holding, blank=True, help_text="Empty: every way."
    )
    kind = models.CharField(max_length=10, choices=Kind)
    period = DateRangeField(help_text="Half-open; without an end until it is lifted.")
    planned = DateRangeField(help_text="Its days as they were first decided, half-open.")
    pays = models.CharField(max_length=8, choices=Pays)
    weekly = models.PositiveIntegerField(default=0, help_text="Pence a week that go on.")
    goes_on = models.CharField(max_length=120, blank=True, help_text="What the weekly sum is for.")
    full_days = models.PositiveSmallIntegerField(
        default=0, help_text="First days on which everything goes on being paid; not pence."
    )
    reason = models.TextField(help_text="Why, in words the person reads.")
    safe_cover = models.TextField(
        blank=True, help_text="Who makes sure that the person has support tomorrow, and how."
    )
    review_on = models.DateField(null=True, blank=True, help_text="When a freeze is looked at.")
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    lifted_because = models.TextField(blank=True)

    class Meta:
        ordering = ["period", "id"]
        constraints = [
            ExclusionConstraint(
                name="pauses_of_one_holding_never_overlap",
                expressions=[
                    (
                        Func(F("budget_id"), F("budget_id"), Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    (_one_holding_or_all(), RangeOperators.OVERLAPS),
                    ("period", RangeOperators.OVERLAPS),
                ],
                violation_error_message=(
                    "This money is paused for some of these days already. Lift that pause first."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(kind="frozen")
                | (~Q(safe_cover="") & Q(decided_by__isnull=False) & Q(review_on__isnull=False)),
                name="a_freeze_has_a_safe_cover_plan",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_pause_has_its_reason"),
            models.CheckConstraint(
                condition=Q(pays="weekly", weekly__gt=0) & ~Q(holding="")
                | ~Q(pays="weekly") & Q(weekly=0),
                name="a_weekly_sum_where_one_goes_on",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="decided_and_lifted_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__lifted_at__isnull=False)
                | pgtrigger.Q(new__lifted_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} from {self.planned.lower}"


class RunOffCost(models.Model):
    """What a person, or whoever sees to their affairs, still has to pay after a budget's end."""

    class Kind(models.TextChoices):
        NOTICE = "notice", "Notice pay"
        REDUNDANCY = "redundancy", "Redundancy pay"
        HOLIDAY = "holiday", "Holiday that was earned and not taken"
        TAX = "tax", "Tax, national insurance and pension still due"
        BILLS = "bills", "Last bills for support"
        OTHER = "other", "Something else"

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="run_off_costs")
    holding = models.CharField(max_length=16, choices=PlanLine.Holding)
    kind = models.CharField(max_length=10, choices=Kind)
    pence = models.PositiveIntegerField(help_text="Pence to be paid.")
    what = models.CharField(max_length=200, help_text="Whom it is for and how it was worked out.")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(pence__gt=0) & ~Q(what=""), name="a_run_off_cost_is_a_sum_for_something"
            )
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.what


class Settlement(models.Model):
    """How the last sum of an ended budget was settled, with whom, and why so."""

    class How(models.TextChoices):
        PAID_BACK = "paid-back", "It was paid back"
        USED = "used", "It was used for what had to be paid after the end"
        LET_GO = "let-go", "It was let go"

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="settlements")
    holding = models.CharField(max_length=16, choices=PlanLine.Holding)
    how = models.CharField(max_length=10, choices=How)
    pence = models.PositiveIntegerField(help_text="Pence that had been paid too much.")
    paid_back = models.PositiveIntegerField(default=0, help_text="Pence of it that came back.")
    said = models.TextField(help_text="What was agreed, with whom, in words they can read.")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(pence__gt=0, paid_back__lte=F("pence")) & ~Q(said=""),
                name="a_settlement_says_what_was_agreed",
            )
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.how} {self.pence}p"


class Decision(models.Model):
    """What someone decided about a proposed budget, and why, in words the person can read."""

    class Kind(models.TextChoices):
        SIGN_OFF = "sign-off", "Signed off"
        TO_PANEL = "to-panel", "Sent to the panel"
        RETURN = "return", "Returned with reasons"

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=10, choices=Kind)
    figure = models.PositiveIntegerField(help_text="Pence a week that was decided.")
    reasons = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"


class DirectPaymentDecision(models.Model):
    """Whether the direct payment conditions were met for this budget, with facts and reasons."""

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="direct_payment_decisions")
    facts = models.JSONField()
    allowed = models.BooleanField()
    reasons = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return "allowed" if self.allowed else "refused"
