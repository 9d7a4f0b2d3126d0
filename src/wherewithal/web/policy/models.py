"""Scheme versions, the studies that are made of them, the rate card, and local settings."""

import pgtrigger
from django.db import models
from django.db.models import Q

from wherewithal.web.accounts.models import User
from wherewithal.web.policy.querysets import (
    RateQuerySet,
    SchemeVersionQuerySet,
    StudyQuerySet,
)

NOT_WITHOUT_A_REPORT = """
    IF TG_OP = 'INSERT' AND NEW.unaudited_because <> '' AND NEW.drafted_by_id IS NULL THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM policy_study study
        WHERE study.kind = 'audit' AND study.status = 'approved'
          AND study.scheme_hash = NEW.hash AND study.document = NEW.document
          AND study.approved_by_id IS DISTINCT FROM NEW.drafted_by_id
    ) THEN
        RAISE EXCEPTION 'A scheme is published only with an approved equality report on it.';
    END IF;
    RETURN NEW;
"""
"""PostgreSQL's own gate. What comes with the product is put in once, and says why it has none."""


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
    unaudited_because = models.TextField(
        blank=True, default="", db_default="", help_text="Why it is in force without a report."
    )

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
                name="no_excuse_is_added",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(
                    old__unaudited_because__df=pgtrigger.F("new__unaudited_because")
                ),
            ),
            pgtrigger.Trigger(
                name="added_in_force_with_a_report",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__status="published"),
                func=NOT_WITHOUT_A_REPORT,
            ),
            pgtrigger.Trigger(
                name="published_with_a_report",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__status="published")
                & ~pgtrigger.Q(old__status="published"),
                func=NOT_WITHOUT_A_REPORT,
            ),
            pgtrigger.Protect(
                name="published_is_kept",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__status__in=["published", "withdrawn"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.version}"


class Study(models.Model):
    """Something worked out about a scheme on the caseload, in the background. It names nobody."""

    class Kind(models.TextChoices):
        CHECK = "check", "Check"
        FIT = "fit", "Fit"
        AUDIT = "audit", "Equality report"
        SIMULATE = "simulate", "Comparison"

    class Status(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Running"
        DONE = "done", "Finished"
        FAILED = "failed", "Could not be done"
        STOPPED = "stopped", "Stopped"
        APPROVED = "approved", "Approved"

    TRANSITIONS = {
        Status.WAITING: frozenset({Status.RUNNING, Status.FAILED, Status.STOPPED}),
        Status.RUNNING: frozenset(
            {Status.WAITING, Status.DONE, Status.FAILED, Status.STOPPED}
        ),  # waiting again where the computer that ran it went away
        Status.DONE: frozenset({Status.APPROVED}),
        Status.FAILED: frozenset({Status.WAITING}),
        Status.STOPPED: frozenset(),
        Status.APPROVED: frozenset(),
    }

    kind = models.CharField(max_length=10, choices=Kind)
    scheme = models.ForeignKey(SchemeVersion, models.PROTECT, related_name="studies")
    document = models.TextField(help_text="The scheme as it was when this was asked for.")
    scheme_hash = models.CharField(max_length=64)
    beside = models.ForeignKey(
        SchemeVersion, models.PROTECT, null=True, blank=True, related_name="+"
    )
    options = models.JSONField(default=dict, help_text="What was chosen when it was asked for.")
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    progress = models.PositiveSmallIntegerField(default=0, help_text="Percent done.")
    doing = models.CharField(max_length=200, blank=True, help_text="What is being done now.")
    error = models.TextField(blank=True, help_text="Why it could not be done, and what to do.")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    found = models.JSONField(default=dict, help_text="First sentences and facts of the report.")
    report = models.TextField(blank=True, help_text="The whole report, as one page of HTML.")
    workbook = models.BinaryField(default=bytes)
    tables = models.BinaryField(default=bytes, help_text="Every table as CSV, in one zip file.")
    fitted = models.TextField(blank=True, help_text="The document of the fitted scheme.")
    falls = models.JSONField(
        default=list, help_text="Whose figure falls by a lot: marks that stand for people."
    )
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_note = models.TextField(blank=True, help_text="Why the scheme may be used.")

    objects = StudyQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-asked_at"]), models.Index(fields=["scheme_hash"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(progress__lte=100), name="nothing_is_more_than_done"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["done", "approved"]) | Q(finished_at__isnull=False),
                name="a_finished_study_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(status="approved")
                | Q(kind="audit", approved_by__isnull=False, approved_at__isnull=False)
                & ~Q(approved_note=""),
                name="only_equality_reports_are_approved_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("asked_by")),
                name="a_report_is_approved_by_someone_else",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="what_is_studied_is_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "kind",
                    "scheme",
                    "document",
                    "scheme_hash",
                    "beside",
                    "options",
                    "asked_by",
                    "asked_at",
                ),
            ),
            pgtrigger.Protect(
                name="what_was_found_is_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__status__in=["done", "approved"])
                & (
                    pgtrigger.Q(old__report__df=pgtrigger.F("new__report"))
                    | pgtrigger.Q(old__found__df=pgtrigger.F("new__found"))
                    | pgtrigger.Q(old__workbook__df=pgtrigger.F("new__workbook"))
                    | pgtrigger.Q(old__tables__df=pgtrigger.F("new__tables"))
                    | pgtrigger.Q(old__fitted__df=pgtrigger.F("new__fitted"))
                    | pgtrigger.Q(old__falls__df=pgtrigger.F("new__falls"))
                    | pgtrigger.Q(old__finished_at__df=pgtrigger.F("new__finished_at"))
                ),
            ),
            pgtrigger.Protect(
                name="approved_is_frozen",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__status="approved"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.scheme}"

    @property
    def under_way(self) -> bool:
        """Say whether it is still to come."""
        return self.status in {self.Status.WAITING, self.Status.RUNNING}

    @property
    def finished(self) -> bool:
        """Say whether there is a report to read."""
        return self.status in {self.Status.DONE, self.Status.APPROVED}


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
