"""Where money goes, the runs that send it, and what the bank says of it afterwards."""

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
from wherewithal.web.payments.funding.models import Funded  # noqa: F401  # Django finds it here
from wherewithal.web.people.models import Person
from wherewithal.web.plans.models import PlanLine
from wherewithal.web.providers.models import Invoice, Refund


def _as_range(value: Any) -> Func:
    """A value as a one-value range, so that PostgreSQL can exclude overlaps without extensions."""
    number = Cast(value, models.BigIntegerField())
    return Func(number, number, Value("[]"), function="int8range")


class Payee(models.Model):
    """The one account that receives a person's money of one kind of holding."""

    class Kind(models.TextChoices):
        PERSON = "person", "The person"
        NOMINEE = "nominee", "Someone the person chose, or who is authorised for them"
        MANAGED = "managed-account", "A managed account"
        ISF_HOLDER = "isf-holder", "The holder of the individual service fund"
        TRUST = "trust", "A trust"
        PROVIDER = "provider", "A provider"

    SHARED = frozenset({Kind.MANAGED, Kind.ISF_HOLDER, Kind.TRUST, Kind.PROVIDER})
    """Kinds that may well hold the money of several people in one account."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="payees")
    holding = models.CharField(max_length=16, choices=PlanLine.Holding)
    kind = models.CharField(
        max_length=16, choices=Kind, default=Kind.PERSON, db_default=Kind.PERSON.value
    )
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
    """One payment run: prepared and checked, approved by another officer, released, confirmed."""

    class Kind(models.TextChoices):
        REGULAR = "regular", "Everyone due"
        EMERGENCY = "emergency", "Emergency payment"
        ONE_OFFS = "one-offs", "Start-up costs alone"

    class Status(models.TextChoices):
        PREPARED = "prepared", "Prepared"
        CHECKED = "checked", "Checked"
        APPROVED = "approved", "Approved"
        RELEASED = "released", "Released"
        CONFIRMED = "confirmed", "Confirmed"
        CANCELLED = "cancelled", "Cancelled"

    TRANSITIONS = {
        Status.PREPARED: frozenset({Status.CHECKED, Status.CANCELLED}),
        Status.CHECKED: frozenset({Status.APPROVED, Status.CANCELLED}),
        Status.APPROVED: frozenset({Status.RELEASED, Status.CANCELLED}),
        Status.RELEASED: frozenset({Status.CONFIRMED}),
        Status.CONFIRMED: frozenset(),
        Status.CANCELLED: frozenset(),
    }
    DECIDED = (Status.APPROVED, Status.RELEASED, Status.CONFIRMED)
    """States in which a second person has said yes, so that the payments count for the person."""
    SENT = (Status.RELEASED, Status.CONFIRMED)
    """States in which the money has left for the bank."""

    kind = models.CharField(
        max_length=10, choices=Kind, default=Kind.REGULAR, db_default=Kind.REGULAR.value
    )
    period = DateRangeField(help_text="The payment period, half-open.")
    pay_on = models.DateField(help_text="The day the money arrives: a working day.")
    status = models.CharField(max_length=10, choices=Status, default=Status.PREPARED)
    reason = models.TextField(
        blank=True, db_default="", help_text="Of an emergency payment: why, in words to read."
    )
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    checks = models.JSONField(
        default=list, db_default=Value([], models.JSONField()),
        help_text="Each check by name, and whom it found.",
    )  # fmt: skip
    check_note = models.TextField(
        blank=True, db_default="", help_text="What was looked into before the run went on."
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
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
                condition=~Q(status__in=["approved", "released", "confirmed"])
                | Q(approved_by__isnull=False),
                name="an_approved_run_names_its_approver",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["released", "confirmed"]) | Q(released_at__isnull=False),
                name="a_released_run_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(kind="emergency") | ~Q(reason=""),
                name="an_emergency_payment_has_its_reason",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="decided_is_frozen",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                level=pgtrigger.Row,
                declare=[("moving", "text[]")],
                func="""
                    moving := ARRAY['status', 'released_at', 'released_by_id', 'confirmed_at',
                        'confirmed_by_id'];
                    IF OLD.status IN ('prepared', 'checked') THEN
                        RETURN COALESCE(NEW, OLD);
                    END IF;
                    IF TG_OP = 'DELETE' OR OLD.status IN ('confirmed', 'cancelled')
                        OR (OLD.status = 'approved'
                            AND NEW.status NOT IN ('released', 'cancelled'))
                        OR (OLD.status = 'released' AND NEW.status <> 'confirmed')
                        OR (to_jsonb(NEW) - moving) <> (to_jsonb(OLD) - moving) THEN
                        RAISE EXCEPTION 'Payment run % is % and cannot change.', OLD.id, OLD.status;
                    END IF;
                    RETURN NEW;
                """,
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


class PaymentQuerySet(models.QuerySet["Payment"]):
    """Reads of payments."""

    def standing(self) -> "PaymentQuerySet":
        """Keep what counts as paid: not given up with its run, and not come back from the bank."""
        return self.filter(Payment.STANDS)

    def decided(self) -> "PaymentQuerySet":
        """Keep what counts as paid and a second person has approved."""
        return self.standing().filter(run__status__in=Run.DECIDED)


class Payment(models.Model):
    """One sum to one account for one period of one budget."""

    class State(models.TextChoices):
        WAITING = "waiting", "Not sent yet"
        SENT = "sent", "Sent"
        CONFIRMED = "confirmed", "Arrived"
        RETURNED = "returned", "Came back"
        RECALLED = "recalled", "Called back"

    TRANSITIONS = {
        State.WAITING: frozenset({State.SENT}),
        State.SENT: frozenset({State.CONFIRMED, State.RETURNED, State.RECALLED}),
        State.CONFIRMED: frozenset({State.RETURNED, State.RECALLED}),
        State.RETURNED: frozenset(),
        State.RECALLED: frozenset(),
    }
    CAME_BACK = (State.RETURNED, State.RECALLED)
    STANDS = Q(cancelled=False) & ~Q(state__in=["returned", "recalled"])
    """Payments that count as paid: the days of any other are owed again."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="payments")
    budget = models.ForeignKey(Budget, models.PROTECT, related_name="payments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="payments")
    holding = models.CharField(max_length=16, choices=PlanLine.Holding)
    period = DateRangeField()
    gross = models.PositiveIntegerField(help_text="Pence.")
    contribution = models.PositiveIntegerField(default=0, help_text="Pence taken off.")
    adjustment = models.IntegerField(
        default=0, db_default=0, help_text="Pence more or less for days that were paid before."
    )
    adjustment_contribution = models.IntegerField(
        default=0, db_default=0,
        help_text="Pence the person is to put in, more or less, for days that were paid before.",
    )  # fmt: skip
    net = models.PositiveIntegerField(help_text="Pence sent.")
    parts = models.JSONField(
        default=list, db_default=Value([], models.JSONField()),
        help_text="Each part of the adjustment: what it is for, its pence, and why.",
    )  # fmt: skip
    recharged = models.IntegerField(
        default=0, db_default=0,
        help_text="Pence of the net that a changed charge had put into the books before.",
    )  # fmt: skip
    invoice = models.ForeignKey(
        Invoice, models.PROTECT, null=True, related_name="payments",
        help_text="The bill it pays; empty: a budget's days.",
    )  # fmt: skip
    refund = models.ForeignKey(
        Refund, models.PROTECT, null=True, related_name="payments",
        help_text="What it gives back of bills that were too high; empty: nothing.",
    )  # fmt: skip
    account_name = models.CharField(max_length=40)
    sort_code = models.CharField(max_length=6)
    account_number = models.CharField(max_length=8)
    reference = models.CharField(max_length=18)
    sentence = models.TextField(blank=True, help_text="How the sum was worked out.")
    cancelled = models.BooleanField(default=False)
    state = models.CharField(
        max_length=10, choices=State, default=State.WAITING, db_default=State.WAITING.value
    )

    objects = PaymentQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="no_day_is_paid_twice",
                expressions=[
                    (_as_range("budget_id"), RangeOperators.OVERLAPS),
                    (_as_range(Func(F("holding"), function="hashtext")), RangeOperators.OVERLAPS),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(cancelled=False)
                & ~Q(state__in=["returned", "recalled"])
                & Q(invoice__isnull=True, gross__gt=0),  # a difference alone pays for no day
            ),
            models.UniqueConstraint(
                fields=["invoice"],
                condition=Q(cancelled=False)
                & ~Q(state__in=["returned", "recalled"])
                & Q(invoice__isnull=False),
                name="no_invoice_is_paid_twice",
            ),
            models.UniqueConstraint(
                fields=["refund"],
                condition=Q(cancelled=False)
                & ~Q(state__in=["returned", "recalled"])
                & Q(refund__isnull=False),
                name="nothing_is_given_back_twice",
            ),
            models.CheckConstraint(
                condition=Q(net=F("gross") - F("contribution") + F("adjustment")),
                name="net_is_what_the_parts_come_to",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-id"]),
            models.Index(  # when money first arrived in each account
                fields=["person", "holding", "run"],
                name="payments_that_stand",
                condition=Q(cancelled=False) & ~Q(state__in=["returned", "recalled"]),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="frozen_with_its_run",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                level=pgtrigger.Row,
                declare=[("run_state", "text"), ("moving", "text")],
                func="""
                    SELECT status INTO run_state FROM payments_run
                        WHERE id = COALESCE(NEW.run_id, OLD.run_id);
                    IF run_state IN ('prepared', 'checked') THEN
                        RETURN COALESCE(NEW, OLD);
                    END IF;
                    moving := CASE run_state WHEN 'cancelled' THEN 'cancelled' ELSE 'state' END;
                    IF TG_OP <> 'UPDATE'
                        OR (to_jsonb(NEW) - moving) <> (to_jsonb(OLD) - moving)
                        OR (run_state = 'cancelled' AND NOT NEW.cancelled)
                        OR (NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
                            ('waiting', 'sent'), ('sent', 'confirmed'), ('sent', 'returned'),
                            ('sent', 'recalled'), ('confirmed', 'returned'),
                            ('confirmed', 'recalled'))) THEN
                        RAISE EXCEPTION 'Payment run % is % and its payments cannot change.',
                            COALESCE(NEW.run_id, OLD.run_id), run_state;
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.net}p to {self.account_name}"


class RunFile(models.Model):
    """The bytes of one file as they were when the run was released: the same for ever."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="files")
    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=60)
    media = models.CharField(max_length=40)
    content = models.BinaryField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the bytes.")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "kind"], name="one_file_of_a_kind_for_a_run")
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.name


class AnswerFile(models.Model):
    """A file in which the bank says what became of payments; the same file is read only once."""

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the bytes.")
    read_at = models.DateTimeField()
    read_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    count = models.PositiveIntegerField(default=0)

    class Meta:
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.name


class BankAnswer(models.Model):
    """What became of one payment: it arrived, came back, or was called back, and why."""

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="answers")
    file = models.ForeignKey(AnswerFile, models.PROTECT, null=True, related_name="answers")
    state = models.CharField(max_length=10, choices=Payment.State)
    code = models.CharField(max_length=8, blank=True)
    words = models.TextField(blank=True, help_text="Why, in words a person can read.")
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    told_on = models.DateField(
        null=True, blank=True, help_text="The day the person was told that money came back."
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["payment", "state"], name="each_answer_counts_once")
        ]
        triggers = [
            pgtrigger.ReadOnly(name="what_was_said_is_kept", exclude=["told_on"]),
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.on}"
