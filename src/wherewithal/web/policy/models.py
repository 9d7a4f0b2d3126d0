"""Published schemes, the rate card, and settings of local practice."""

import pgtrigger
from django.db import models
from django.db.models import Q

from wherewithal.web.accounts.models import User
from wherewithal.web.policy.querysets import RateQuerySet, SchemeVersionQuerySet


class SchemeVersion(models.Model):
    """One version of an allocation scheme. Once published it never changes; a new one follows."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        APPROVED = "approved", "Approved"
        PUBLISHED = "published", "Published"
        WITHDRAWN = "withdrawn", "Withdrawn"

    TRANSITIONS = {
        Status.DRAFT: frozenset({Status.APPROVED, Status.WITHDRAWN}),
        Status.APPROVED: frozenset({Status.DRAFT, Status.PUBLISHED, Status.WITHDRAWN}),
        Status.PUBLISHED: frozenset({Status.WITHDRAWN}),
        Status.WITHDRAWN: frozenset(),
    }

    code = models.CharField(max_length=60)
    version = models.CharField(max_length=30)
    title = models.CharField(max_length=200)
    document = models.TextField(help_text="The whole scheme, as written.")
    hash = models.CharField(max_length=64)
    status = models.CharField(max_length=12, choices=Status, default=Status.DRAFT)
    drafted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    published_on = models.DateField(null=True, blank=True)

    objects = SchemeVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="one_scheme_per_version"),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_on__isnull=False),
                name="published_schemes_have_a_date",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("drafted_by")),
                name="a_scheme_is_approved_by_someone_else",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="published_is_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__status__in=["published", "withdrawn"])
                & (
                    pgtrigger.Q(old__document__df=pgtrigger.F("new__document"))
                    | pgtrigger.Q(old__hash__df=pgtrigger.F("new__hash"))
                    | pgtrigger.Q(old__code__df=pgtrigger.F("new__code"))
                    | pgtrigger.Q(old__version__df=pgtrigger.F("new__version"))
                    | pgtrigger.Q(old__published_on__df=pgtrigger.F("new__published_on"))
                ),
            ),
            pgtrigger.Protect(
                name="published_is_kept",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__status__in=["published", "withdrawn"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.version}"


class Setting(models.Model):
    """A local choice that differs from its default in ``policy.settings``."""

    key = models.CharField(max_length=60, unique=True)
    value = models.JSONField()

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"


class Rate(models.Model):
    """A price the council uses from a date on, such as an hour of home care."""

    code = models.CharField(max_length=40)
    label = models.CharField(max_length=120)
    unit = models.CharField(max_length=20)
    pence = models.PositiveIntegerField()
    starts = models.DateField()
    source = models.CharField(max_length=300)
    verified = models.BooleanField(default=False)

    objects = RateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "starts"], name="one_rate_per_day_it_starts")
        ]

    def __str__(self) -> str:
        return f"{self.label} from {self.starts}"
