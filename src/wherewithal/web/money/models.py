"""The employer's corner, and what may be asked about spending."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from wherewithal.employing.assistants import HOURS
from wherewithal.web.accounts.models import User
from wherewithal.web.budgets.models import BudgetLine
from wherewithal.web.people.models import Person

HOUR_KINDS = [(kind.value, label) for kind, label in HOURS.items()]


class Employer(models.Model):
    """What a person who employs assistants says is in place. Empty means not known."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="employer")
    insured_since = models.DateField(null=True, blank=True)
    insured_until = models.DateField(null=True, blank=True)
    insured_for = models.PositiveBigIntegerField(null=True, blank=True, help_text="Pence of cover.")
    insurance_yearly = models.PositiveIntegerField(
        null=True, blank=True, help_text="Pence paid for a year of it."
    )
    has_paye = models.BooleanField(null=True, blank=True)
    claims_allowance = models.BooleanField(default=False)
    has_pension = models.BooleanField(null=True, blank=True)
    payroll_by = models.CharField(max_length=120, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"Employer {self.person_id}"


class Assistant(models.Model):
    """A personal assistant, named as the person names them."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="assistants")
    name = models.CharField(max_length=80)
    born = models.DateField(help_text="For the age only: the least wage goes by it.")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True, help_text="The last day.")
    regular = models.BooleanField(default=True, help_text="The same hours every week.")
    employed = models.BooleanField(default=True, help_text="False: they send bills.")
    has_other_pay = models.BooleanField(default=False)
    apprentice = models.BooleanField(default=False)
    statement_on = models.DateField(null=True, blank=True)
    right_to_work_on = models.DateField(null=True, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["starts", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "name"],
                name="one_name_for_each_assistant",
                violation_error_message="You have an assistant of this name. Add a second name.",
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="an_assistant_starts_before_ending",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PayRate(models.Model):
    """What one kind of hour is paid from a day on, and how many such hours a usual week has."""

    assistant = models.ForeignKey(Assistant, models.CASCADE, related_name="rates")
    kind = models.CharField(max_length=14, choices=HOUR_KINDS)
    hours = models.DecimalField(max_digits=5, decimal_places=2, help_text="Hours a week.")
    pence = models.PositiveIntegerField(help_text="Pence an hour.")
    starts = models.DateField()

    class Meta:
        ordering = ["starts", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assistant", "kind", "starts"], name="one_rate_for_a_kind_of_hour_and_day"
            ),
            models.CheckConstraint(
                condition=Q(hours__gte=0, hours__lte=168), name="a_week_has_168_hours"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} from {self.starts}"


class PaySlip(models.Model):
    """The payslips of one assistant for one month, as a payroll service worked them out."""

    assistant = models.ForeignKey(Assistant, models.CASCADE, related_name="slips")
    month = models.DateField(help_text="Its first day.")
    gross = models.PositiveIntegerField(help_text="Pence earned.")
    taken_off = models.PositiveIntegerField(
        default=0, help_text="Pence of tax and National Insurance taken from the pay."
    )
    employer_insurance = models.PositiveIntegerField(default=0, help_text="Pence.")
    own_pension = models.PositiveIntegerField(default=0, help_text="Pence taken from the pay.")
    employer_pension = models.PositiveIntegerField(default=0, help_text="Pence.")
    hours = models.DecimalField(max_digits=6, decimal_places=2, default=0)
    holiday_hours = models.DecimalField(max_digits=6, decimal_places=2, default=0)
    tax_paid = models.BooleanField(default=False)
    pension_paid = models.BooleanField(default=False)

    class Meta:
        ordering = ["-month", "assistant_id"]
        constraints = [
            models.UniqueConstraint(fields=["assistant", "month"], name="one_payslip_for_a_month"),
            models.CheckConstraint(
                condition=Q(month__day=1), name="a_month_is_named_by_its_first_day"
            ),
            models.CheckConstraint(
                condition=Q(gross__gte=F("taken_off") + F("own_pension")),
                name="no_more_is_taken_off_than_was_earned",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%B %Y}"


class Question(models.Model):
    """“May I use it for …?” in somebody's own words, and what they were told, with reasons."""

    class Status(models.TextChoices):
        WAITING = "waiting", "Waiting for an answer"
        ANSWERED = "answered", "Answered"
        WITHDRAWN = "withdrawn", "Taken back"

    class Verdict(models.TextChoices):
        YES = "yes", "Yes"
        YES_IF = "yes-if", "Yes, if"
        NO = "no", "No"

    TRANSITIONS = {
        Status.WAITING: frozenset({Status.ANSWERED, Status.WITHDRAWN}),
        Status.ANSWERED: frozenset(),
        Status.WITHDRAWN: frozenset(),
    }

    person = models.ForeignKey(Person, models.PROTECT, related_name="spending_questions")
    words = models.TextField(help_text="As it was asked.")
    budget_line = models.ForeignKey(
        BudgetLine, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answer_by = models.DateField(help_text="The day by which an answer was promised.")
    verdict = models.CharField(max_length=6, choices=Verdict, blank=True)
    condition = models.TextField(blank=True, help_text="What “yes, if” asks for.")
    reasons = models.TextField(blank=True)
    rule = models.CharField(max_length=200, blank=True, help_text="What says so.")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["answer_by", "id"]
        indexes = [
            models.Index(fields=["person", "-asked_at"]),
            models.Index(
                fields=["answer_by"], condition=Q(status="waiting"), name="questions_waiting"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="answered")
                | (~Q(verdict="") & ~Q(reasons="") & Q(answered_at__isnull=False)),
                name="an_answer_has_reasons",
            ),
            models.CheckConstraint(
                condition=~Q(verdict="yes-if") | ~Q(condition=""), name="yes_if_says_what"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="an_answer_is_kept",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__status__in=["answered", "withdrawn"])
                & (
                    pgtrigger.Q(old__status__df=pgtrigger.F("new__status"))
                    | pgtrigger.Q(old__words__df=pgtrigger.F("new__words"))
                    | pgtrigger.Q(old__verdict__df=pgtrigger.F("new__verdict"))
                    | pgtrigger.Q(old__condition__df=pgtrigger.F("new__condition"))
                    | pgtrigger.Q(old__reasons__df=pgtrigger.F("new__reasons"))
                ),
            ),
            pgtrigger.Protect(
                name="an_answered_question_stays",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__status="answered"),
            ),
        ]

    def __str__(self) -> str:
        return self.words[:60]


class Precedent(models.Model):
    """An answer told again for everybody, without anything that shows who asked."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", "Waiting for a second reader"
        PUBLISHED = "published", "Published"
        TURNED_DOWN = "turned-down", "Not published"
        WITHDRAWN = "withdrawn", "No longer so"

    TRANSITIONS = {
        Status.PROPOSED: frozenset({Status.PUBLISHED, Status.TURNED_DOWN}),
        Status.PUBLISHED: frozenset({Status.WITHDRAWN}),
        Status.TURNED_DOWN: frozenset(),
        Status.WITHDRAWN: frozenset(),
    }

    source = models.OneToOneField(Question, models.PROTECT, related_name="precedent")
    status = models.CharField(max_length=12, choices=Status, default=Status.PROPOSED)
    ask = models.TextField(help_text="The question, so that it could be anybody's.")
    verdict = models.CharField(max_length=6, choices=Question.Verdict)
    condition = models.TextField(blank=True)
    reasons = models.TextField()
    rule = models.CharField(max_length=200, blank=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(blank=True, help_text="Why it was not published, or ended.")

    class Meta:
        ordering = ["-read_at", "-id"]
        indexes = [models.Index(fields=["status", "-read_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(read_by__isnull=True) | ~Q(read_by=F("proposed_by")),
                name="a_precedent_has_a_second_reader",
            ),
            models.CheckConstraint(
                condition=Q(status="proposed") | Q(read_at__isnull=False),
                name="a_precedent_is_read_before_it_is_published",
            ),
        ]

    def __str__(self) -> str:
        return self.ask[:60]
