"""Counts and sums over everyone. Nothing that leaves this module belongs to one person."""

from datetime import date
from fractions import Fraction

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    Expression,
    OuterRef,
    QuerySet,
    Sum,
    Value,
    When,
)

from wherewithal.money import half_up
from wherewithal.web.budgets.models import Budget, BudgetLine
from wherewithal.web.insight.suppression import Cell
from wherewithal.web.people.models import Person, Stage, Supporter
from wherewithal.web.plans.models import PlanLine

BANDS = ((18, 25), (25, 45), (45, 65), (65, 75), (75, 85), (85, None))


def by_stage() -> list[Cell]:
    """Count people by how far along the road they are."""
    counted = dict(_known().values_list("stage").annotate(number=Count("id")))
    return [Cell(stage.label, counted.get(stage.value, 0)) for stage in Stage]


def by_age(on: date) -> list[Cell]:
    """Count people by age band."""
    banded = _known().annotate(band=_age_band("date_of_birth", on))
    counted = dict(banded.values_list("band").annotate(number=Count("id")))
    return [Cell(label, counted.get(label, 0)) for label in _labels()]


def by_holding(on: date) -> list[Cell]:
    """Count people by how the lines of their budget are held; a mix counts in each."""
    lines = BudgetLine.objects.filter(budget__in=_now(on)).values_list("holding")
    counted = dict(lines.annotate(number=Count("budget__person", distinct=True)))
    return [Cell(way.label, counted.get(way.value, 0)) for way in PlanLine.Holding]


def cost_by_age(on: date) -> list[Cell]:
    """Return the mean weekly cost of the budgets in force, by age band."""
    found = _means(_now(on), _age_band("person__date_of_birth", on))
    return [Cell(label, *found.get(label, (0, None))) for label in _labels()]


def cost_by_carer(on: date) -> list[Cell]:
    """Return the mean weekly cost of the budgets in force, with and without a carer."""
    carers = Supporter.objects.filter(person=OuterRef("person"), is_carer=True)
    found = _means(_now(on), Exists(carers))
    labels = {True: "Someone with a carer", False: "Someone without a carer"}
    return [Cell(label, *found.get(has, (0, None))) for has, label in labels.items()]


def totals(on: date) -> dict[str, int]:
    """Return how many people are known, how many have a budget, and its weekly cost in pence."""
    budgets = _now(on).aggregate(number=Count("id"), cost=Sum("cost"), paid=Sum("contribution"))
    return {
        "known": _known().count(),
        "with_budget": budgets["number"],
        "weekly": budgets["cost"] or 0,
        "contributions": budgets["paid"] or 0,
    }


def _known() -> QuerySet[Person]:
    return Person.objects.filter(date_of_death__isnull=True)


def _now(on: date) -> QuerySet[Budget]:
    return Budget.objects.filter(status=Budget.Status.SIGNED_OFF, period__contains=on)


def _means(budgets: QuerySet[Budget], group: Expression | Exists) -> dict[object, tuple[int, int]]:
    """Return how many budgets each group has, and their mean weekly cost in pence."""
    rows = budgets.annotate(group=group).values_list("group")
    summed = rows.annotate(number=Count("id"), total=Sum("cost"))
    return {each: (number, half_up(Fraction(total, number))) for each, number, total in summed}


def _age_band(field: str, on: date) -> Expression:
    """Say in which band someone's age falls ``on`` a day, in the database."""
    whens = [
        When(**{f"{field}__lte": _years_before(on, least)}, then=Value(label))
        for (least, _), label in reversed(list(zip(BANDS, _labels(), strict=False)))
    ]
    return Case(*whens, default=Value("Under 18"), output_field=CharField())


def _labels() -> list[str]:
    bands = [f"{low} to {high - 1}" if high else f"{low} and over" for low, high in BANDS]
    return [*bands, "Under 18"]


def _years_before(day: date, years: int) -> date:
    """Return the last birthday that makes someone ``years`` old on a day."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February: those born that day are a year older from 1 March on
        return date(day.year - years, 2, 28)
