"""Statements of one account must join: what one ends with, the next begins with."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import Sum

from wherewithal.dates import ONE_DAY, long_date
from wherewithal.money import pounds
from wherewithal.web.statements.models import Line, Statement
from wherewithal.web.statements.querysets import balance_by_lines, statements_of


class DoesNotJoin(ValueError):
    """A statement that does not fit what was read before; the message names days and sums."""


def check_joins(statement: Statement) -> None:
    """Hold a statement, and the next after it, to every line of the account.

    Raises:
        DoesNotJoin: there is a gap before or after it, or common days say different things.
    """
    if wrong := next(_wrong(statement), None):
        raise DoesNotJoin(_told(statement, wrong))
    if _in_another_form(statement):
        raise DoesNotJoin(
            f"It looks as if the days from {long_date(statement.first_day)} to"
            f" {long_date(statement.last_day)} were read before from another kind of file, so each"
            " sum would count twice. Nothing was kept. Choose days that come after those, or get"
            " the file in the same form as before."
        )


def _in_another_form(statement: Statement) -> bool:
    """Say whether all lines on days that were read before stand there already, written otherwise.

    Where no balance tells, this is how the same statement in two forms is known. One line alone
    may well be another sum as large on the same day.
    """
    if statement.known_count or (
        statement.closing is not None
        and balance_by_lines(statement.person, statement.holding, statement.last_day) is not None
    ):
        return False
    days = {"person": statement.person_id, "holding": statement.holding}
    read = (
        Line.objects.filter(**days).exclude(statement=statement).exclude(statement__source="hand")
    )
    before = Counter(
        read.filter(on__gte=statement.first_day, on__lte=statement.last_day).values_list(
            "on", "pence"
        )
    )
    seen = {on for on, _ in before}
    new = Counter(Line.objects.filter(statement=statement, on__in=seen).values_list("on", "pence"))
    return new.total() > 1 and new <= before


def _wrong(statement: Statement) -> Iterator[Statement]:
    """Yield each of the two whose closing balance the lines do not come to."""
    after = statements_of(statement.person, statement.holding).filter(
        period__startswith__gte=statement.first_day
    )
    following = after.exclude(pk=statement.pk).exclude(closing=None).first()
    for each in (statement, following):
        if each is None or each.closing is None or (each is following and each.apart_because):
            continue
        found = balance_by_lines(each.person, each.holding, each.last_day)
        if found is not None and found != each.closing:
            yield each


def _told(new: Statement, wrong: Statement) -> str:
    before = (
        statements_of(new.person, new.holding)
        .exclude(pk=new.pk)
        .filter(period__startswith__lte=new.first_day)
        .order_by("period__endswith")
        .last()
    )
    if wrong.pk != new.pk:
        return _between(new, wrong)
    if before is None or before.last_day >= new.first_day:
        return _overlap(new)
    return _between(before, new)


def _between(first: Statement, second: Statement) -> str:
    if first.last_day >= second.first_day:
        return _overlap(second)
    missing = first.last_day + ONE_DAY
    return (
        f"One statement ends on {long_date(first.last_day)} with {pounds(first.closing or 0)}."
        f" The next begins on {long_date(second.first_day)} with {pounds(_opening(second))}."
        " Some lines in between are missing."
        f" Get a file that begins on {long_date(min(missing, second.first_day))} and send that."
    )


def _opening(statement: Statement) -> int:
    """Return what a statement begins with, worked out from its end where the file names none."""
    if statement.opening is not None:
        return statement.opening
    moved = Line.objects.filter(statement=statement).aggregate(sum=Sum("pence"))["sum"] or 0
    return (statement.closing or 0) - int(moved)


def _overlap(statement: Statement) -> str:
    found = balance_by_lines(statement.person, statement.holding, statement.last_day)
    return (
        f"Some days from {long_date(statement.first_day)} to {long_date(statement.last_day)} were"
        " read before, and the two do not agree. With this file, the lines come to"
        f" {pounds(found or 0)} at the end, and the bank says {pounds(statement.closing or 0)}."
        " Get one file of these days in the same form as before, or ask us to look at it with you."
    )
