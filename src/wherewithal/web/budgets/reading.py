"""Many budgets with all that sums are made of, read in a few queries whatever their number."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Model, QuerySet

from wherewithal.web.budgets.models import Budget, BudgetLine
from wherewithal.web.budgets.pieces import FACTS
from wherewithal.web.people.models import Person
from wherewithal.web.people.written_once import PERSON, rows_of

LOOKED_UP = ("person__search_key", "person__search_vector")
"""Long, and of no use to sums."""


def loaded(budgets: QuerySet[Budget], there: Collection[str] = tuple(FACTS)) -> list[Budget]:
    """Read budgets with their people, lines and facts: one query each for however many budgets.

    Name in ``there`` what these budgets are known to have of ``FACTS``: no other is asked for.
    It is ``prefetch_related`` for thousands: what a budget has none of costs it nothing.
    """
    found = list(budgets.select_related("person").defer(*LOOKED_UP))
    chosen = budgets.order_by().values("pk")
    lines = list(BudgetLine.objects.filter(budget__in=chosen)) if found else []
    _give_all(found, lines, chosen, there)
    return found


def loaded_of(person: Person, there: Collection[str]) -> list[Budget]:
    """Read the decided budgets of one person, the oldest first, in the same way."""
    found = _budgets(person.pk)
    for budget in found:
        budget.person = person
    _give_all(found, _lines(person.pk), [budget.pk for budget in found], there)
    return found


def _decided() -> QuerySet[Budget]:
    return Budget.objects.decided().filter(person=PERSON).order_by("period", "id")


_budgets = rows_of(_decided, PERSON)
_lines = rows_of(
    lambda: BudgetLine.objects.filter(budget__in=_decided().order_by().values("pk")), PERSON
)


def _give_all(
    found: list[Budget], lines: list[BudgetLine], chosen: Any, there: Collection[str]
) -> None:
    """Let the budgets know their lines and facts; ``chosen`` says which budgets they are."""
    _give(found, "lines", BudgetLine, "budget", lines)
    for name, model in FACTS.items():
        key = "line" if hasattr(model, "line") else "budget"
        within = "line__budget__in" if key == "line" else "budget__in"
        asked = name in there and bool(found)
        rows = model._default_manager.filter(**{within: chosen}) if asked else ()
        _give(lines if key == "line" else found, name, model, key, rows)


def _give(
    owners: Iterable[Model], name: str, model: type[Model], key: str, rows: Iterable[Model]
) -> None:
    """Let each owner know its rows, and each row its owner, as if they had been prefetched."""
    by_owner: dict[Any, list[Model]] = defaultdict(list)
    for row in rows:
        by_owner[getattr(row, f"{key}_id")].append(row)
    nothing = _known(model, [])
    for owner in owners:
        own = by_owner.get(owner.pk)
        for row in own or ():
            setattr(row, key, owner)
        read: dict[str, Any] = owner.__dict__.setdefault("_prefetched_objects_cache", {})
        read[name] = nothing if own is None else _known(model, own)


def _known(model: type[Model], rows: list[Model]) -> QuerySet[Model]:
    """Return rows as a query that has been asked already."""
    found: Any = model._default_manager.none()
    found._result_cache = rows
    return found  # type: ignore[no-any-return]  # what Django keeps its rows in is not public
