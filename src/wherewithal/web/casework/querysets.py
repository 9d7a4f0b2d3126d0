"""Reads for the staff home, the search and the timeline."""

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from wherewithal.web.accounts.models import AuditRow, User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.budgets.models import Budget, FinancialAssessment
from wherewithal.web.casework.due import Glance
from wherewithal.web.people.models import Person, Stage

MONEY_VERBS = (
    "budget", "charge", "expense", "funding", "paid-once", "schedule", "holding", "direct-payment",
    "payee", "payment", "payment-run", "payments", "settlement",
    "invoice", "own-bill", "statement", "line", "evidence",
    "employer", "spending", "check", "surplus", "look-again",
)  # fmt: skip
"""How everything begins that is written down about somebody's money."""


def own_people(user: User) -> list[Glance]:
    """Return a practitioner's own people, or for a manager everyone in the team, by name.

    Nothing is due for those who have died; what is still to do for them is among the last sums.

    One query for all that the page says of them: to ask once for each list, and again for each
    count, takes longer than to read some hundred short rows.
    """
    people = Person.objects.visible_to(user).filter(date_of_death=None)
    if user.role != Role.MANAGER:
        people = people.filter(practitioner=user)
    newest = FinancialAssessment.objects.filter(person=OuterRef("pk")).order_by("-starts")
    rows = people.order_by("family_name", "given_name", "id").values_list(
        "id", "reference", "given_name", "preferred_name", "family_name", "stage", "known_since",
        "review_due", Subquery(newest.values("starts")[:1]), "practitioner__first_name",
        "practitioner__last_name", "practitioner__username",
    )  # fmt: skip
    return [_glance(row) for row in rows]


def _glance(row: tuple[Any, ...]) -> Glance:
    pk, reference, given, preferred, family, stage, known, review, charged, *worker = row
    first, last, username = worker
    works_with = f"{first} {last}".strip() or username if username else ""
    return Glance(
        pk, reference, given, preferred, family, Stage(stage), known, review, charged, works_with
    )


def to_sign_off(user: User) -> int:
    """Count the budgets that wait for a manager's decision; nobody else decides any."""
    if user.role != Role.MANAGER:
        return 0
    return Budget.objects.waiting_for(user).count()


def timeline_of(person: Person, user: User) -> QuerySet[AuditRow]:
    """Return what was done for a person, newest first; finance reads the money side only."""
    rows = AuditRow.objects.filter(person_reference=person.reference)
    if user.role == Role.FINANCE:
        money = Q()
        for verb in MONEY_VERBS:
            money |= Q(verb__startswith=f"{verb}.")
        rows = rows.filter(money)
    named = ("by__first_name", "by__last_name", "by__username")
    return rows.select_related("by").only("at", "summary", *named).order_by("-at", "-id")
