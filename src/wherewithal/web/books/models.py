"""The books: accounts, journals sealed one after another, their entries, and daily balances.

Entries are written first and their journal last: what a journal's row is, is its seal. Until it is
there nothing can be committed; once it is, nothing can be added. PostgreSQL forbids the rest.
"""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from wherewithal.ledger import entries as ledger
from wherewithal.web.accounts.models import User
from wherewithal.web.books.guards import (
    EXPORT_FOLLOWS,
    KEEP_BALANCES,
    MONTH_FOLLOWS,
    SEAL_JOURNAL,
    SEALED_IN_THE_END,
    SEALED_OR_CLOSED,
    only_by_entries,
    written_once,
)

ADDED = pgtrigger.Referencing(new="added")  # type: ignore[no-untyped-call]  # untyped there
NO_CONTROL = r"[\u0001-\u001f\u007f]"
"""What no text in the books may hold: digests are taken over fields parted by such characters."""


class Account(models.Model):
    """One place that money moves into and out of."""

    kind = models.CharField(max_length=12, choices=[*ledger.KINDS.items()])
    of = models.CharField(max_length=ledger.LONGEST_OF, help_text="Whose or which it is.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "of"], name="an_account_is_opened_once"),
            models.CheckConstraint(
                condition=Q(kind__in=list(ledger.Kind)), name="an_account_is_of_a_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(of__regex=r"^[A-Za-z0-9][A-Za-z0-9._/-]*$"),
                name="an_account_s_name_is_plain",
            ),
        ]
        indexes = [
            models.Index(fields=["of"], name="books_account_of", opclasses=["text_pattern_ops"])
        ]
        triggers = [written_once("Accounts")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.of}"

    @property
    def pure(self) -> ledger.Account:
        """The account as the pure ledger names it."""
        return ledger.Account(ledger.Kind(self.kind), self.of)


class Journal(models.Model):
    """One act of posting, sealed: its head covers every journal before it."""

    number = models.BigIntegerField(primary_key=True, help_text="From 1, without a gap; no pence.")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(
        max_length=150, help_text="The user name, as it was; part of the seal."
    )
    summary = models.TextField()
    count = models.PositiveIntegerField(editable=False, help_text="How many entries.")
    pence = models.BigIntegerField(editable=False, help_text="Pence moved altogether.")
    digest = models.CharField(max_length=64, editable=False)
    head = models.CharField(max_length=64, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(summary="")
                & ~Q(summary__regex=NO_CONTROL)
                & ~Q(by_name__regex=NO_CONTROL),
                name="a_journal_says_what_it_is",
            )
        ]
        triggers = [
            written_once("Journals"),
            pgtrigger.Trigger(
                name="seal", operation=pgtrigger.Insert, when=pgtrigger.Before, **SEAL_JOURNAL
            ),
        ]

    def __str__(self) -> str:
        return f"Journal {self.number}"


class Entry(models.Model):
    """One movement: pence from one account to another on a day."""

    journal = models.ForeignKey(
        Journal, models.PROTECT, related_name="entries", db_index=False, db_constraint=False
    )
    position = models.PositiveIntegerField(help_text="Its place in the journal, from 1.")
    on = models.DateField(help_text="The day it counts in the books.")
    source = models.ForeignKey(
        Account, models.PROTECT, related_name="outgoing", db_index=False, db_constraint=False
    )
    target = models.ForeignKey(
        Account, models.PROTECT, related_name="incoming", db_index=False, db_constraint=False
    )
    pence = models.BigIntegerField()
    what = models.CharField(max_length=24, help_text="A code of the ledger's reasons.")
    sentence = models.TextField()
    document = models.CharField(max_length=ledger.LONGEST_DOCUMENT, blank=True)
    person = models.CharField(max_length=ledger.LONGEST_PERSON, blank=True)
    about = models.DateField(
        null=True, help_text="The day it concerns, where that day's month was closed."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["journal", "position"], name="one_entry_in_a_place_of_a_journal"
            ),
            models.CheckConstraint(
                condition=Q(pence__gte=1, pence__lte=ledger.MOST_PENCE),
                name="an_entry_moves_a_penny_or_more",
            ),
            models.CheckConstraint(
                condition=~Q(source=F("target")), name="money_moves_between_two_accounts"
            ),
            models.CheckConstraint(
                condition=Q(position__gte=1), name="entries_are_numbered_from_one"
            ),
            models.CheckConstraint(
                condition=~Q(sentence="")
                & ~Q(sentence__regex=NO_CONTROL)
                & ~Q(document__regex=NO_CONTROL)
                & ~Q(person__regex=NO_CONTROL),
                name="an_entry_s_words_are_one_line",
            ),
        ]
        indexes = [
            models.Index(fields=["source", "on"], name="books_entry_from"),
            models.Index(fields=["target", "on"], name="books_entry_to"),
            models.Index(
                fields=["document"], condition=~Q(document=""), name="books_entry_document"
            ),
            models.Index(
                fields=["person", "on"], condition=~Q(person=""), name="books_entry_person"
            ),
            models.Index(
                fields=["person"],
                condition=Q(what="surplus-taken-off"),
                name="books_entry_taken_off",
            ),
            models.Index(
                fields=["person"],
                condition=Q(what__in=["charge-lowered", "charge-raised", "contribution-settled"]),
                name="books_entry_asked",
            ),
        ]
        triggers = [
            written_once("Entries"),
            pgtrigger.Trigger(
                name="keep_balances",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                level=pgtrigger.Statement,
                referencing=ADDED,
                func=KEEP_BALANCES,
            ),
            pgtrigger.Trigger(
                name="add_while_open",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                level=pgtrigger.Statement,
                referencing=ADDED,
                **SEALED_OR_CLOSED,
            ),
            pgtrigger.Trigger(
                name="sealed_in_the_end",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Q(new__position=1),
                func=SEALED_IN_THE_END,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.pence}p {self.what}"


class Balance(models.Model):
    """What moved on one account on one day: kept by PostgreSQL as entries come in."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="days", db_index=False)
    on = models.DateField()
    came_in = models.BigIntegerField(help_text="Pence.")
    went_out = models.BigIntegerField(help_text="Pence.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "on"],
                include=["came_in", "went_out"],
                name="one_balance_a_day",
            )
        ]
        triggers = [only_by_entries()]

    def __str__(self) -> str:
        return f"{self.on} +{self.came_in}p −{self.went_out}p"


class ClosedMonth(models.Model):
    """A month whose books are closed for good, and what they came to."""

    last_day = models.DateField(unique=True)
    journal = models.ForeignKey(
        Journal, models.PROTECT, null=True, related_name="+", help_text="The last one before."
    )
    head = models.CharField(max_length=64)
    moved = models.BigIntegerField(help_text="Pence that ever came into an account until then.")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        triggers = [
            written_once("Closed months"),
            pgtrigger.Trigger(
                name="follow_on", operation=pgtrigger.Insert, when=pgtrigger.Before, **MONTH_FOLLOWS
            ),
        ]

    def __str__(self) -> str:
        return f"{self.last_day:%B %Y}"


class Code(models.Model):
    """Where movements of an account go in the council's general ledger. The narrowest row wins."""

    kind = models.CharField(max_length=12, choices=[*ledger.KINDS.items()])
    of = models.CharField(
        max_length=ledger.LONGEST_OF, blank=True, help_text="One account only; empty: all of them."
    )
    what = models.CharField(
        max_length=24, blank=True,
        help_text="One reason only; empty: all of them.",
    )  # fmt: skip
    nominal = models.CharField(max_length=20)
    cost_centre = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "of", "what"], name="one_code_for_the_same_movements"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.of} {self.what} → {self.nominal} {self.cost_centre}".strip()


class Export(models.Model):
    """A file for the council's general ledger: it begins where the one before ended."""

    first = models.OneToOneField(Journal, models.PROTECT, related_name="+")
    last = models.OneToOneField(Journal, models.PROTECT, related_name="+")
    text = models.TextField(help_text="The file itself, as it was given out.")
    debits = models.BigIntegerField(help_text="Pence. Credits are the same.")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        triggers = [
            written_once("Exports"),
            pgtrigger.Trigger(
                name="follow_on",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                **EXPORT_FOLLOWS,
            ),
        ]

    def __str__(self) -> str:
        return f"Journals {self.first_id} to {self.last_id}"
