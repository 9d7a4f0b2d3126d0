"""Statements of people's accounts, their lines, and what is learnt about who was paid."""

from datetime import date
from typing import cast

import pgtrigger
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q

from wherewithal.dates import ONE_DAY
from wherewithal.web.accounts.models import User
from wherewithal.web.budgets.models import BudgetLine
from wherewithal.web.people.models import Person
from wherewithal.web.plans.models import PlanLine
from wherewithal.web.statements.guards import kept_with_its_lines, of_its_statement

MARK = models.Func(
    "payee", "text", arg_joiner=" || E'\\n' || ", template="hashtextextended(%(expressions)s, 0)"
)
"""A number of 64 bits for what the bank wrote: an index of it is small, and quick to look in."""


class Meaning(models.TextChoices):
    """What a line of an account was."""

    UNMATCHED = "unmatched", "Not known yet"
    PAYMENT = "payment", "Paid in by the council"
    CONTRIBUTION = "contribution", "Paid in by the person"
    SPENT = "spent", "Spent on support"
    REFUND = "refund", "Given back by who was paid"
    REPAID = "repaid", "Paid back to the council"
    TRANSFER = "transfer", "Moved to or from another account"
    FEE = "fee", "Bank charge or interest"
    OTHER = "other", "Something else"


NEEDS_A_LINE = (Meaning.SPENT, Meaning.REFUND)
"""Meanings that name a line of the budget."""


class Statement(models.Model):
    """One reading of one account: a file, a card list, or sums typed in by hand."""

    class Source(models.TextChoices):
        CSV = "csv", "CSV file"
        OFX = "ofx", "OFX file"
        MT940 = "mt940", "MT940 file"
        CAMT053 = "camt.053", "camt.053 file"
        CARD = "card", "Prepaid card list"
        HAND = "hand", "Typed in by hand"

    person = models.ForeignKey(Person, models.PROTECT, related_name="statements")
    holding = models.CharField(max_length=16, choices=PlanLine.Holding)
    source = models.CharField(max_length=8, choices=Source)
    file_name = models.CharField(max_length=120, blank=True)
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the file.")
    account = models.CharField(max_length=40, blank=True, help_text="As the bank writes it.")
    period = DateRangeField(help_text="The days it tells of, half-open.")
    opening = models.BigIntegerField(null=True, blank=True, help_text="Pence before the first day.")
    closing = models.BigIntegerField(null=True, blank=True, help_text="Pence after the last day.")
    count = models.PositiveIntegerField(default=0, help_text="Lines that were new.")
    known_count = models.PositiveIntegerField(default=0, help_text="Lines known already: no pence.")
    apart_because = models.TextField(
        blank=True, help_text="Why it was read although it does not join the one before."
    )
    read_at = models.DateTimeField()
    read_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "holding", "digest"],
                condition=~Q(digest=""),
                name="a_file_is_read_once",
            ),
        ]
        indexes = [models.Index(fields=["person", "holding", "-read_at"])]
        triggers = [*kept_with_its_lines()]

    def __str__(self) -> str:
        return f"Statement {self.pk} of {self.person_id}"

    @property
    def first_day(self) -> date:
        """The first day it tells of."""
        return cast("date", self.period.lower)

    @property
    def last_day(self) -> date:
        """The last day it tells of."""
        return cast("date", self.period.upper) - ONE_DAY


class PayeeRule(models.Model):
    """What lines with this payee are: learnt from one person's answers, or for the whole council.

    A rule for everybody cannot name a line of one budget; ``words`` finds the line by what it is
    called, such as "personal assistant".
    """

    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="payee_rules"
    )
    payee = models.CharField(max_length=120, help_text="Folded: small letters, no numbers.")
    incoming = models.BooleanField(default=False, help_text="For money in, not out.")
    meaning = models.CharField(max_length=12, choices=Meaning)
    budget_line = models.ForeignKey(
        BudgetLine, models.CASCADE, null=True, blank=True, related_name="+"
    )
    words = models.CharField(max_length=80, blank=True)
    learnt_at = models.DateTimeField()
    learnt_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "payee", "incoming"],
                nulls_distinct=False,
                name="one_rule_for_each_payee",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(budget_line__isnull=True),
                name="a_rule_for_everybody_names_no_budget",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payee} is {self.meaning}"


class Line(models.Model):
    """One line of an account: what the bank says, and what it was.

    Its statement is looked up by a trigger, once for all lines that are written together.
    """

    class How(models.TextChoices):
        RULE = "rule", "By itself"
        PERSON = "person", "The person, or who helps them"
        OFFICER = "officer", "Someone at the council"

    statement = models.ForeignKey(
        Statement, models.CASCADE, related_name="lines", db_constraint=False
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="statement_lines", db_index=False,
        db_constraint=False,
    )  # fmt: skip
    holding = models.CharField(max_length=16, choices=PlanLine.Holding)
    on = models.DateField()
    pence = models.BigIntegerField(help_text="Pence: above zero into the account.")
    payee = models.CharField(max_length=140, blank=True)
    text = models.CharField(max_length=400, blank=True)
    kind = models.CharField(max_length=40, blank=True, help_text="The bank's own code.")
    balance = models.BigIntegerField(null=True, blank=True, help_text="Pence after this line.")
    place = models.PositiveIntegerField(
        default=0, help_text="Line number in the file, from 1: no pence."
    )
    twin = models.PositiveIntegerField(
        default=1, help_text="Which of several equal lines of one day, from 1: no pence."
    )
    key = models.CharField(max_length=120, blank=True, help_text="The payee, folded.")
    meaning = models.CharField(max_length=12, choices=Meaning, default=Meaning.UNMATCHED)
    budget_line = models.ForeignKey(
        BudgetLine, models.PROTECT, null=True, blank=True, related_name="statement_lines"
    )
    sure = models.BooleanField(default=False, help_text="Nobody needs to look at it.")
    why = models.CharField(max_length=240, blank=True, help_text="Why it was taken to be this.")
    matched_how = models.CharField(max_length=8, choices=How, default=How.RULE)
    matched_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    rule = models.ForeignKey(
        PayeeRule, models.DO_NOTHING, null=True, blank=True, related_name="lines",
        db_constraint=False, db_index=False, help_text="The rule as it was; it may be gone.",
    )  # fmt: skip
    in_books = models.BooleanField(default=False, help_text="Its entry stands in the books.")

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(
                "person", "holding", "on", "pence", MARK, "twin", name="no_line_is_read_twice"
            ),
            models.CheckConstraint(
                condition=Q(sure=False)
                | ~Q(meaning__in=["spent", "refund"])
                | Q(budget_line__isnull=False),
                name="money_spent_names_its_budget_line",
            ),
            models.CheckConstraint(
                condition=Q(sure=False) | ~Q(meaning="unmatched"),
                name="what_is_sure_has_a_meaning",
            ),
            models.CheckConstraint(condition=~Q(pence=0), name="a_line_moves_money"),
        ]
        indexes = [
            models.Index(fields=["person", "-on"]),
            models.Index(
                fields=["person", "holding"], condition=Q(sure=False), name="lines_to_look_at"
            ),
            models.Index(fields=["person", "key"], name="lines_of_a_payee"),
        ]
        triggers = [
            *of_its_statement(),
            pgtrigger.Protect(
                name="what_the_bank_says_is_kept",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__on__df=pgtrigger.F("new__on"))
                | pgtrigger.Q(old__pence__df=pgtrigger.F("new__pence"))
                | pgtrigger.Q(old__payee__df=pgtrigger.F("new__payee"))
                | pgtrigger.Q(old__text__df=pgtrigger.F("new__text"))
                | pgtrigger.Q(old__person_id__df=pgtrigger.F("new__person_id"))
                | pgtrigger.Q(old__holding__df=pgtrigger.F("new__holding")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.payee or self.text}: {self.pence}p"

    @property
    def told(self) -> bool:
        """Whether somebody, rather than a rule, said what it was."""
        return self.matched_how != self.How.RULE


class SentForm(models.Model):
    """A form with a sum that was typed in, known by its own number: sent twice, it counts once."""

    token = models.UUIDField(unique=True, help_text="The number of the form as it was shown.")
    line = models.ForeignKey(Line, models.CASCADE, related_name="sent_forms")

    def __str__(self) -> str:
        return str(self.token)


class ColumnMap(models.Model):
    """How the columns of one bank's CSV file are read, saved so that nobody is asked again."""

    name = models.CharField(max_length=80, help_text="The bank, as people call it.")
    heading = models.CharField(
        max_length=400, unique=True, help_text="The file's heading row, folded: how it is known."
    )
    columns = models.JSONField(help_text="Which column is what, as the reader takes it.")
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.name


class Upload(models.Model):
    """A file that waits until somebody has said which of its columns is what."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    holding = models.CharField(max_length=16, choices=PlanLine.Holding)
    file_name = models.CharField(max_length=120)
    content = models.BinaryField()
    columns = models.JSONField(default=dict, help_text="What was chosen so far.")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return self.file_name


class Evidence(models.Model):
    """A photograph or PDF, kept as it was sent: a receipt, an invoice, a paper statement."""

    class Type(models.TextChoices):
        JPEG = "image/jpeg", "Photograph (JPEG)"
        PNG = "image/png", "Picture (PNG)"
        WEBP = "image/webp", "Picture (WebP)"
        PDF = "application/pdf", "PDF"

    person = models.ForeignKey(Person, models.PROTECT, related_name="evidence")
    holding = models.CharField(max_length=16, choices=PlanLine.Holding)
    line = models.ForeignKey(Line, models.SET_NULL, null=True, blank=True, related_name="evidence")
    what = models.CharField(max_length=200, blank=True, help_text="In the words of who sent it.")
    file_name = models.CharField(max_length=120)
    type = models.CharField(max_length=20, choices=Type)
    size = models.PositiveIntegerField(help_text="Bytes: no pence.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the content.")
    content = models.BinaryField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name_plural = "evidence"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "holding", "digest"], name="a_picture_is_kept_once"
            ),
        ]
        indexes = [models.Index(fields=["person", "-added_at"])]
        triggers = [
            pgtrigger.Protect(
                name="evidence_is_kept_as_sent",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__content__df=pgtrigger.F("new__content"))
                | pgtrigger.Q(old__digest__df=pgtrigger.F("new__digest"))
                | pgtrigger.Q(old__type__df=pgtrigger.F("new__type")),
            )
        ]

    def __str__(self) -> str:
        return self.what or self.file_name
