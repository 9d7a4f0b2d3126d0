"""An assessment, each answer as it was given, the eligibility decision, the indicative budget."""

import pgtrigger
from django.db import models
from django.db.models import Q

from wherewithal.web.accounts.models import User
from wherewithal.web.assessments.querysets import AnswerQuerySet, AssessmentQuerySet
from wherewithal.web.people.models import Person
from wherewithal.web.policy.models import SchemeVersion


class Assessment(models.Model):
    """One assessment of one adult, answered by them, with them, or for them."""

    class Status(models.TextChoices):
        OPEN = "open", "Under way"
        COMPLETED = "completed", "Finished"
        ABANDONED = "abandoned", "Stopped"

    TRANSITIONS = {
        Status.OPEN: frozenset({Status.COMPLETED, Status.ABANDONED}),
        Status.COMPLETED: frozenset({Status.OPEN}),  # reopened before a decision, with a reason
        Status.ABANDONED: frozenset(),
    }

    person = models.ForeignKey(Person, models.PROTECT, related_name="assessments")
    scheme = models.ForeignKey(SchemeVersion, models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=Status, default=Status.OPEN)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    copy_given_on = models.DateField(null=True, blank=True)
    copy_format = models.CharField(max_length=40, blank=True)
    about_me = models.TextField(blank=True, help_text="What the person wants us to know first.")

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(status="open"), name="one_open_assessment_each"
            ),
            models.CheckConstraint(
                condition=~Q(status="completed") | Q(completed_at__isnull=False),
                name="a_finished_assessment_has_its_time",
            ),
        ]
        indexes = [models.Index(fields=["person", "-started_at"])]

    def __str__(self) -> str:
        return f"Assessment of {self.person_id} begun {self.started_at:%Y-%m-%d}"


class Answer(models.Model):
    """One answer as it was given. A changed answer is a new row; the old one stays readable."""

    class State(models.TextChoices):
        ANSWERED = "answered", "Answered"
        SKIPPED = "skipped", "Skipped for now"
        NOT_APPLICABLE = "not-applicable", "Does not apply"
        DECLINED = "declined", "Would rather not say"
        UNKNOWN = "unknown", "Not known"

    class How(models.TextChoices):
        SELF = "self", "In their own words"
        TOGETHER = "together", "Talked through together"
        TOLD = "told", "Told to a practitioner"
        HELPER = "helper", "By someone helping"

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="answers")
    question = models.CharField(max_length=60)
    state = models.CharField(max_length=16, choices=State)
    value = models.TextField(
        blank=True, help_text="The option's code; all ticked ones as a;b, or none; or the number."
    )
    help_percent = models.PositiveSmallIntegerField(
        default=0, help_text="Share of this need that family or friends meet, in percent."
    )
    words = models.TextField(blank=True)
    how = models.CharField(max_length=10, choices=How)
    given_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "question"],
                condition=Q(replaced_at__isnull=True),
                name="one_current_answer_each",
            ),
            models.CheckConstraint(
                condition=Q(help_percent__lte=100), name="help_is_a_share_of_the_need"
            ),
            models.CheckConstraint(
                condition=(Q(state="answered") & ~Q(value=""))
                | (~Q(state="answered") & Q(value="")),
                name="an_answer_has_a_value_and_nothing_else_does",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.value or self.state}"


class EligibilityDecision(models.Model):
    """The council's written decision under the national criteria, with its reasons."""

    assessment = models.OneToOneField(Assessment, models.PROTECT, related_name="eligibility")
    cause = models.BooleanField()
    cause_words = models.TextField(blank=True)
    unable = models.JSONField(default=dict, help_text="Outcome code → list of criteria U1–U4.")
    impact = models.BooleanField()
    impact_words = models.TextField(blank=True)
    wellbeing = models.JSONField(default=list, help_text="Areas of wellbeing affected.")
    eligible = models.BooleanField()
    reasons = models.TextField()
    advice = models.TextField(blank=True, help_text="How to reduce, prevent or delay needs.")
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField()
    copy_given_on = models.DateField(null=True, blank=True)
    copy_format = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reasons=""), name="a_decision_has_reasons")
        ]

    def __str__(self) -> str:
        return "Eligible" if self.eligible else "Not eligible"


class IndicativeBudget(models.Model):
    """The figure before planning starts. Never an entitlement, never a ceiling, never edited."""

    assessment = models.OneToOneField(Assessment, models.PROTECT, related_name="indicative")
    scheme = models.ForeignKey(SchemeVersion, models.PROTECT, related_name="+")
    scheme_hash = models.CharField(max_length=64)
    outcome = models.CharField(max_length=30)
    weekly = models.PositiveIntegerField(null=True, help_text="Pence a week.")
    weekly_without_help = models.PositiveIntegerField(
        null=True, help_text="Pence a week if family and friends were not there."
    )
    help_counted = models.BooleanField(default=False)
    carer_willing = models.BooleanField(
        null=True, help_text="What carers had said that day, to show the working again."
    )
    carer_able = models.BooleanField(null=True)
    worked_out_at = models.DateTimeField()
    worked_out_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    shared_on = models.DateField(null=True, blank=True)
    shared_how = models.CharField(max_length=40, blank=True)

    class Meta:
        triggers = [
            pgtrigger.Protect(
                name="the_figure_is_kept",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__weekly__df=pgtrigger.F("new__weekly"))
                | pgtrigger.Q(old__scheme_hash__df=pgtrigger.F("new__scheme_hash")),
            ),
        ]

    def __str__(self) -> str:
        return f"Indicative budget {self.weekly}p a week"
