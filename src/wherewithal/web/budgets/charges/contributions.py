"""What a person pays a week over the days of a budget: its first charge, and each change of it."""

from collections.abc import Iterable
from datetime import date

from wherewithal.dates import Period
from wherewithal.web.budgets.models import Budget, ChargeChange

Piece = tuple[Period, int]


def contribution_pieces(budget: Budget) -> tuple[Piece, ...]:
    """Return the days of a budget as stretches with one contribution each, in pence a week.

    They join without a gap and cover the whole budget; the last has no end where the budget has
    none. On a day the change that begins last counts; of two that begin on one day, the newer.
    Prefetch ``charge_changes`` where many budgets are read.
    """
    whole = Period(budget.period.lower, budget.period.upper)
    return pieces(whole, budget.contribution, newest_per_day(budget.charge_changes.all()))


def contribution_on(budget: Budget, day: date) -> int:
    """Return pence a week on a day; outside the budget, what holds on the nearest of its days."""
    found = contribution_pieces(budget)
    after = [weekly for period, weekly in found if period.start <= day]
    return after[-1] if after else found[0][1]


def pieces(whole: Period, first: int, changes: Iterable[tuple[date, int]]) -> tuple[Piece, ...]:
    """Cut a period where the weekly sum changes; ``changes`` are in order, one for each day.

    A change on or before the first day stands in for ``first``; one after the last is left out.
    """
    begins = {whole.start: first}
    for day, weekly in changes:
        if whole.end is None or day < whole.end:
            begins[max(day, whole.start)] = weekly
    starts = [day for day in begins if day == whole.start or begins[day] != _before(begins, day)]
    ends = [*starts[1:], whole.end]
    return tuple(
        (Period(start, end), begins[start]) for start, end in zip(starts, ends, strict=True)
    )


def _before(begins: dict[date, int], day: date) -> int:
    """Return the sum in force on the day before: the last that begins earlier."""
    return begins[max(other for other in begins if other < day)]


def newest_per_day(changes: Iterable[ChargeChange]) -> list[tuple[date, int]]:
    """Return the sum each day of change begins with, in order; the newest of each day counts."""
    newest = {each.from_day: each for each in sorted(changes, key=lambda one: one.pk)}
    return [(day, newest[day].contribution) for day in sorted(newest)]
