"""Reads of talks, looks, reviews and sums that could be asked back."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Max

from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.people.models import Person

if TYPE_CHECKING:
    from wherewithal.web.checks.models import (  # noqa: F401  in quotes below
        ArrangementReview,
        Flag,
        Look,
        LookAgain,
        SurplusProposal,
    )

UNSETTLED = ("open", "talked", "referred")


class FlagQuerySet(models.QuerySet["Flag"]):
    """Questions about what is worth a conversation."""

    def unsettled(self) -> "FlagQuerySet":
        """Keep what is still to be talked about or settled."""
        return self.filter(status__in=UNSETTLED)

    def read_by(self, user: User) -> "FlagQuerySet":
        """Keep what this reader may see: a supporter does not read what may be about helpers."""
        from wherewithal.web.checks.models.flags import ABOUT_OTHERS

        if user.role != Role.SUPPORTER:
            return self
        return self.exclude(rule__in=ABOUT_OTHERS).exclude(status="referred")


class LookQuerySet(models.QuerySet["Look"]):
    """Questions about looks at accounts."""

    def newest_days(self) -> dict[tuple[int, str], date]:
        """Return the day of the newest look by person and holding (one query)."""
        rows = self.order_by().values_list("person_id", "holding").annotate(Max("on"))
        return {(person, holding): day for person, holding, day in rows}


class ArrangementReviewQuerySet(models.QuerySet["ArrangementReview"]):
    """Questions about reviews of direct payments."""

    def held(self) -> "ArrangementReviewQuerySet":
        """Keep those that took place."""
        return self.filter(held_on__isnull=False)

    def waiting(self) -> "ArrangementReviewQuerySet":
        """Keep those that something called for and nobody has held yet."""
        return self.filter(held_on__isnull=True)

    def newest_days(self) -> dict[int, date]:
        """Return the day of the newest review by person (one query)."""
        return dict(self.held().order_by().values_list("person_id").annotate(Max("held_on")))


class SurplusQuerySet(models.QuerySet["SurplusProposal"]):
    """Questions about money that could be asked back."""

    def going_on(self) -> "SurplusQuerySet":
        """Keep those that are not closed."""
        return self.exclude(status="closed")

    def for_decision(self) -> "SurplusQuerySet":
        """Keep those where somebody at the council has to do something next."""
        return self.filter(status__in=["proposed", "decided", "answered"])

    def read_by(self, user: User) -> "SurplusQuerySet":
        """Keep what this reader may see: a supporter reads of a sum once the person was told."""
        return self if user.role != Role.SUPPORTER else self.filter(told_on__isnull=False)


class LookAgainQuerySet(models.QuerySet["LookAgain"]):
    """Questions about decisions that somebody asked to have looked at again."""

    def waiting(self) -> "LookAgainQuerySet":
        """Keep those that nobody has decided yet."""
        return self.filter(status__in=["asked", "acknowledged"])

    def read_by(self, user: User) -> "LookAgainQuerySet":
        """Keep what this reader may see: a supporter reads only what they asked for themselves.

        What the person writes may be about those who help them.
        """
        return self if user.role != Role.SUPPORTER else self.filter(asked_by=user)


def open_flags(person: Person) -> "FlagQuerySet":
    """Return what is still to be talked about with a person, the oldest first."""
    from wherewithal.web.checks.models import Flag

    return Flag.objects.unsettled().filter(person=person).order_by("opened_at", "id")


def surplus_of(person: Person, reader: User) -> "SurplusProposal | None":
    """Return the sum that could be asked back from a person just now, if this reader may see it.

    Of it only what it is about, how far it is, and by when an answer is asked for.
    """
    from wherewithal.web.checks.models import SurplusProposal

    return (
        SurplusProposal.objects.read_by(reader)
        .going_on()
        .filter(person=person)
        .only("about", "status", "reply_by")
        .order_by("-proposed_at")
        .first()
    )
