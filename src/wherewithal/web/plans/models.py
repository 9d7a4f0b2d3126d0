"""A support plan: whose words, which outcomes, what it is made of, what it costs."""

from django.db import models
from django.db.models import Q, Value

from wherewithal.web.accounts.models import User
from wherewithal.web.assessments.models import Assessment
from wherewithal.web.people.models import Person
from wherewithal.web.plans.querysets import SupportPlanQuerySet


class SupportPlan(models.Model):
    """A plan made with the person, from draft to agreed."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Being made"
        SUBMITTED = "submitted", "Waiting for sign-off"
        AGREED = "agreed", "Agreed"
        REPLACED = "replaced", "Replaced by a newer plan"

    TRANSITIONS = {
        Status.DRAFT: frozenset({Status.SUBMITTED}),
        Status.SUBMITTED: frozenset({Status.DRAFT, Status.AGREED}),
        Status.AGREED: frozenset({Status.REPLACED}),
        Status.REPLACED: frozenset(),
    }

    class Led(models.TextChoices):
        PERSON = "person", "The person themselves"
        FAMILY = "family", "The person with family or friends"
        PRACTITIONER = "practitioner", "The person with a practitioner"
        BROKER = "broker", "The person with a broker or planning service"
        ADVOCATE = "advocate", "An advocate with the person"

    person = models.ForeignKey(Person, models.PROTECT, related_name="plans")
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="plans")
    status = models.CharField(max_length=12, choices=Status, default=Status.DRAFT)
    led_by = models.CharField(max_length=14, choices=Led, blank=True)
    about = models.TextField(blank=True, help_text="What matters to the person, in their words.")
    contingency = models.TextField(blank=True, help_text="What happens when something goes wrong.")
    advice = models.TextField(blank=True, help_text="What can reduce needs, or keep new ones away.")
    why_above = models.TextField(blank=True, help_text="Why the plan costs more than the figure.")
    involved = models.TextField(blank=True, help_text="Who took part in making the plan.")
    advice_preventing = models.TextField(
        blank=True, db_default="", help_text="What can stop new needs, or put them off."
    )
    not_met = models.JSONField(
        default=dict,
        db_default=Value({}, models.JSONField()),
        help_text="Care Act outcome code → why the council will not meet this need.",
    )
    steps_to_agree = models.TextField(
        blank=True,
        db_default="",
        help_text="What was done to reach agreement, where there is none.",
    )
    returned_because = models.TextField(blank=True)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    agreed_with_person = models.BooleanField(default=False)
    copy_given_on = models.DateField(null=True, blank=True)

    objects = SupportPlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(status__in=["draft", "submitted"]),
                name="one_plan_in_the_making_each",
            ),
        ]
        indexes = [models.Index(fields=["person", "-started_at"])]

    def __str__(self) -> str:
        return f"Plan of {self.person_id} begun {self.started_at:%Y-%m-%d}"


class Outcome(models.Model):
    """Something the person wants from life, in their words."""

    plan = models.ForeignKey(SupportPlan, models.CASCADE, related_name="outcomes")
    words = models.TextField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.words[:60]


class PlanLine(models.Model):
    """One piece of support: what, who, how often, at what price, for which need."""

    class Unit(models.TextChoices):
        HOUR = "hour", "hour"
        SESSION = "session", "session"
        DAY = "day", "day"
        NIGHT = "night", "night"
        WEEK = "week", "week"
        MONTH = "month", "month"
        YEAR = "year", "year"
        ONCE = "once", "one-off"

    class Every(models.TextChoices):
        WEEK = "week", "every week"
        FORTNIGHT = "fortnight", "every fortnight"
        FOUR_WEEKS = "four-weeks", "every four weeks"
        MONTH = "month", "every month"
        YEAR = "year", "every year"
        ONCE = "once", "once only"

    class Holding(models.TextChoices):
        DIRECT_PAYMENT = "direct-payment", "Direct payment"
        COUNCIL_MANAGED = "council-managed", "Council-managed"
        ISF = "isf", "Individual service fund"
        THIRD_PARTY = "third-party", "Third party"
        TRUST = "trust", "Trust"

    plan = models.ForeignKey(SupportPlan, models.CASCADE, related_name="lines")
    outcome = models.ForeignKey(
        Outcome, models.SET_NULL, null=True, blank=True, related_name="lines"
    )
    what = models.CharField(max_length=200)
    provider = models.CharField(max_length=120, blank=True)
    needs = models.JSONField(default=list, help_text="Care Act outcome codes this line meets.")
    unit = models.CharField(max_length=10, choices=Unit)
    quantity = models.DecimalField(max_digits=8, decimal_places=2)
    every = models.CharField(max_length=12, choices=Every)
    unit_price = models.PositiveIntegerField(help_text="Pence for one unit.")
    holding = models.CharField(
        max_length=16,
        choices=Holding,
        default=Holding.COUNCIL_MANAGED,
        help_text="How the money for this line is to be held.",
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="a_line_has_a_quantity")
        ]

    def __str__(self) -> str:
        return self.what


class Risk(models.Model):
    """A risk the person chooses to take, why it is worth it, and what makes it safer."""

    plan = models.ForeignKey(SupportPlan, models.CASCADE, related_name="risks")
    what = models.TextField()
    why = models.TextField(blank=True)
    safer = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.what[:60]
