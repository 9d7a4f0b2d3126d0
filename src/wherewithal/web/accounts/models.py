"""People who sign in, the teams they work in, and the audit record."""

from typing import ClassVar

import pgtrigger
from django.contrib.auth.models import AbstractUser
from django.db import models

from wherewithal.web.accounts.querysets import Accounts, AuditRowQuerySet
from wherewithal.web.accounts.roles import Role


class Team(models.Model):
    """A group of practitioners with a manager, who cover for each other."""

    name = models.CharField(max_length=80, unique=True)
    phone = models.CharField(max_length=30, blank=True)

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """Someone who signs in, in exactly one role."""

    role = models.CharField(max_length=20, choices=Role)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="members")
    phone = models.CharField(max_length=30, blank=True)
    password_is_temporary = models.BooleanField(
        default=False, db_default=False, help_text="Someone else knows it: to be changed first."
    )

    objects: ClassVar[Accounts] = Accounts()

    REQUIRED_FIELDS = ["role"]

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class AuditRow(models.Model):
    """One thing that was done: when, by whom, to what. Rows are only ever added."""

    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=60)
    summary = models.TextField(help_text="A plain sentence for the timeline.")
    person_reference = models.CharField(max_length=12, blank=True)
    detail = models.JSONField(default=dict)

    objects = AuditRowQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person_reference", "-at"])]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="keep_all",
                operation=pgtrigger.Truncate,
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                func="RAISE EXCEPTION 'Audit rows are kept: they cannot be truncated.';",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.summary}"
