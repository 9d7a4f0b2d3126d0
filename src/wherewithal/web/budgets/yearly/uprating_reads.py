"""Reads of a new year's charges: totals, lines of one sort, and one person's own line."""

from django.db.models import Count, F, Q, QuerySet, Sum, Window

from wherewithal.web.budgets.charges.models import Uprating, UpratingLine
from wherewithal.web.people.models import Person

HUMAN = ~Q(why="")
WORKED_OUT = Q(after__isnull=False)
SORTS = {
    "human": HUMAN,
    "up": WORKED_OUT & Q(after__gt=F("before")),
    "down": WORKED_OUT & Q(after__lt=F("before")),
    "same": WORKED_OUT & Q(after=F("before")),
    "all": Q(),
}
TOLD = [Uprating.Status.TOLD, Uprating.Status.APPLIED]


def sort_of(asked: str) -> str:
    """Return the sort of lines that was asked for; those for a human, where it was none."""
    return asked if asked in SORTS else "human"


def totals(run: Uprating) -> dict[str, int]:
    """Return how many people are in each sort, and the pence a week before and after."""
    found = run.lines.aggregate(
        **{name: Count("pk", filter=which) for name, which in SORTS.items()},
        worked_out=Count("pk", filter=WORKED_OUT),
        before=Sum("before", filter=WORKED_OUT),
        after=Sum("after", filter=WORKED_OUT),
    )
    return {name: number or 0 for name, number in found.items()}


def shown_lines(run: Uprating, sort: str) -> QuerySet[UpratingLine]:
    """Return lines of one sort, the largest rise first, then by name.

    Those for a human stand together by their reason, the commonest first; ``alike`` says of each
    how many lines share its reason.
    """
    found = run.lines.filter(SORTS[sort]).select_related("person")
    if sort == "human":
        alike = Window(Count("pk"), partition_by=F("why"))
        return found.annotate(alike=alike).order_by("-alike", "why", "person__family_name", "pk")
    rise = (F("after") - F("before")).desc(nulls_first=True)
    return found.order_by(rise, "person__family_name", "pk")


def line_for(person: Person) -> UpratingLine | None:
    """Return the newest line that this person was told of."""
    return (
        UpratingLine.objects.filter(person=person, uprating__status__in=TOLD)
        .select_related("person", "budget", "uprating", "change__charge")
        .order_by("-uprating__starts", "-pk")
        .first()
    )
