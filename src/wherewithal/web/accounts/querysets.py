"""Reads of people who sign in, and of tries that failed."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.contrib.auth.models import UserManager
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from wherewithal.web.accounts.models import AuditRow, User  # noqa: F401  in quotes below

TRIES = 5
WITHIN = timedelta(minutes=15)


class Accounts(UserManager["User"]):
    """Django's manager of users, with our questions."""

    use_in_migrations = False

    def found_by(self, text: str, role: str = "") -> "models.QuerySet[User]":
        """Return those whose name, user name or e-mail holds every word typed, in one role."""
        found = self.filter(role=role) if role else self.all()
        for word in text.replace("\0", " ").split():  # PostgreSQL's text holds no NUL
            found = found.filter(
                Q(first_name__icontains=word)
                | Q(last_name__icontains=word)
                | Q(username__icontains=word)
                | Q(email__icontains=word)
            )
        return found


class AuditRowQuerySet(models.QuerySet["AuditRow"]):
    """Questions about what was done."""

    def failed_sign_ins(self, username: str, at: datetime) -> int:
        """Count the tries with this user name that failed in the last 15 minutes."""
        recent = self.filter(person_reference="", at__gt=at - WITHIN, verb="sign-in.failed")
        return recent.filter(detail__name_mark=name_mark(username)).count()


def name_mark(username: str) -> str:
    """Return a mark of a user name: people type passwords there, so it isn't kept as typed."""
    return salted_hmac("sign-in.failed", username.strip().casefold()).hexdigest()[:32]
