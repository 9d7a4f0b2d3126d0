"""Reads for the staff home, the search and the timeline."""

from datetime import date, timedelta

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from wherewithal.web.accounts.models import AuditRow, User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.budgets.models import Budget, FinancialAssessment
from wherewithal.web.casework.due import REVIEW_NOTICE
from wherewithal.web.people.models import Person, Stage

MONEY_VERBS = (
    "budget", "charge", "expense", "payee", "payment", "holding", "direct-payment", "employer",
    "spending", "check", "surplus", "look-again",
)  # fmt: skip


def own_people(user: User) -> QuerySet[Person]:
    """Return a practitioner's own people, or for a manager everyone in the team."""
    people = Person.objects.visible_to(user)
    return people if user.role == Role.MANAGER else people.filter(practitioner=user)


def in_a_list(people: QuerySet[Person]) -> QuerySet[Person]:
    """Read of each person only what a list says: a staff home shows dozens."""
    return people.only(
        "reference", "given_name", "family_name", "preferred_name",
        "stage", "known_since", "review_due", "practitioner",
    )  # fmt: skip


def needing_something(user: User, *, on: date) -> QuerySet[Person]:
    """Return own people for whom something may be due: not yet live, or a review coming up."""
    on_the_road = ~Q(stage__in=[Stage.LIVE, Stage.ENDED, Stage.NOT_ELIGIBLE])
    review = Q(stage=Stage.LIVE, review_due__lte=on + REVIEW_NOTICE)
    return in_a_list(own_people(user).filter(on_the_road | review))


def charges_to_review(user: User, *, on: date, weeks: int) -> list[tuple[Person, date]]:
    """Return own people whose newest charge is so many weeks old, or soon, and by which day."""
    newest = FinancialAssessment.objects.filter(person=OuterRef("pk")).order_by("-starts", "-id")
    live = in_a_list(own_people(user)).filter(stage=Stage.LIVE)
    year = timedelta(weeks=weeks)
    found = live.annotate(charged_from=Subquery(newest.values("starts")[:1]))
    due = found.filter(charged_from__lte=on + REVIEW_NOTICE - year)
    return [(person, person.charged_from + year) for person in due]


def by_stage(user: User) -> dict[str, int]:
    """Count own people at each stage."""
    counted = own_people(user).order_by().values("stage").annotate(people=Count("id"))
    return dict(counted.values_list("stage", "people"))


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
