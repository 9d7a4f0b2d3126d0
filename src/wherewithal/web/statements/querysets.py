"""Reads of statements: what came in, what went out, what somebody should still look at."""

from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import F, Max, Q, QuerySet, Sum

from wherewithal.dates import ONE_DAY, Period
from wherewithal.web.people.models import Person
from wherewithal.web.people.written_once import PERSON, columns_of, rows_of
from wherewithal.web.statements.models import Line, Statement

SAME_DAYS = timedelta(days=7)
"""Within so many days a sum typed in by hand and a line of the bank are taken for the same."""


class PaidIn(NamedTuple):
    """Pence paid into somebody's accounts, by who paid it."""

    council: int
    own: int


def lines_of(person: Person, period: Period | None = None) -> QuerySet[Line]:
    """Return somebody's lines, oldest first, each with its budget line."""
    lines = Line.objects.filter(_within(period), person=person)
    return lines.select_related("budget_line").order_by("on", "id")


class Moved(NamedTuple):
    """What a line says of a movement; ``budget_line`` is an id, ``what`` that line's name."""

    pk: int
    on: date
    pence: int
    payee: str
    text: str
    meaning: str
    sure: bool
    budget_line: int | None
    what: str | None


def moved(person: Person, period: Period) -> list[Moved]:
    """Return what moved over some days, oldest first: of each line what a sum and a list need."""
    return [Moved(*row) for row in _moved(person.pk, period.start, period.end or date.max)]


_FROM, _UNTIL = date(1, 1, 1), date(1, 1, 2)
_moved = columns_of(
    lambda: (
        Line.objects.filter(person=PERSON, on__gte=_FROM, on__lt=_UNTIL)
        .order_by("on", "id")
        .values_list("id", "on", "pence", "payee", "text", "meaning", "sure", "budget_line_id",
                     "budget_line__what")
    ), PERSON, _FROM, _UNTIL,
)  # fmt: skip


def unmatched(person: Person) -> QuerySet[Line]:
    """Return the lines that somebody should still look at, oldest first."""
    return lines_of(person).filter(sure=False)


def spent_by_line(person: Person, period: Period | None = None) -> dict[int, int]:
    """Return pence spent by budget line id, less what was given back."""
    rows = (
        Line.objects.filter(_within(period), person=person, sure=True)
        .filter(meaning__in=["spent", "refund"])
        .values("budget_line")
        .annotate(pence=Sum("pence"))
        .order_by("budget_line")
    )
    return {row["budget_line"]: -row["pence"] for row in rows}


def paid_in(person: Person, period: Period | None = None) -> PaidIn:
    """Return the pence that the council and the person paid in."""
    rows = (
        Line.objects.filter(_within(period), person=person, sure=True)
        .filter(meaning__in=["payment", "contribution"])
        .values_list("meaning")
        .annotate(Sum("pence"))
        .order_by("meaning")
    )
    sums: dict[str, int] = dict(rows)
    return PaidIn(sums.get("payment", 0), sums.get("contribution", 0))


def statements_of(person: Person, holding: str) -> QuerySet[Statement]:
    """Return the statements of one account, oldest first; sums typed in by hand are none."""
    found = Statement.objects.filter(person=person, holding=holding).exclude(source="hand")
    return found.order_by("period", "id")


def last_statement_day(person: Person, holding: str) -> date | None:
    """Return the last day that any statement of an account tells of."""
    last = statements_of(person, holding).aggregate(last=Max(F("period__endswith")))["last"]
    return last - ONE_DAY if last else None


def accounts_of(person: Person) -> dict[str, tuple[date, int | None]]:
    """Return the last day that statements tell of, and the balance then, by way of holding.

    One query, and one more for each account; a balance is nothing where nobody told us.
    """
    found: dict[str, list[Statement]] = {}
    for each in _from_banks(person.pk):
        found.setdefault(each.holding, []).append(each)
    return {
        holding: (_last(listed), _balance(person, _anchor(listed), _last(listed)))
        for holding, listed in found.items()
    }


_from_banks = rows_of(
    lambda: (
        Statement.objects.filter(person=PERSON)
        .exclude(source="hand")
        .only("holding", "period", "opening", "apart_because")
        .order_by("period", "id")
    ), PERSON,
)  # fmt: skip


def _last(listed: list[Statement]) -> date:
    day: date = max(each.period.upper for each in listed)
    return day - ONE_DAY


def _anchor(listed: list[Statement]) -> Statement | None:
    """Return the statement whose opening balance later ones go on from."""
    begun = [each for each in listed if each.opening is not None]
    apart = [each for each in begun if each.apart_because]
    return apart[-1] if apart else next(iter(begun), None)


def _balance(person: Person, anchor: Statement | None, last: date) -> int | None:
    if anchor is None or anchor.opening is None:
        return None
    moved = sum(pence for (pence,) in _sum(person.pk, anchor.holding, anchor.first_day, last))
    return anchor.opening + int(moved)


_HOLDING = "?"
_sum = columns_of(
    lambda: (
        Line.objects.filter(person=PERSON, holding=_HOLDING, on__gte=_FROM, on__lte=_UNTIL)
        .exclude(statement__source="hand")
        .order_by()
        .values("person")
        .annotate(moved=Sum("pence"))
        .values_list("moved")
    ), PERSON, _HOLDING, _FROM, _UNTIL,
)  # fmt: skip


def balance_on(person: Person, holding: str, day: date) -> int | None:
    """Return what was in an account at the end of a day, by the bank; None where nobody told us.

    It is the opening balance with which the statements begin, and every line since.
    """
    last = last_statement_day(person, holding)
    return None if last is None or day > last else balance_by_lines(person, holding, day)


def balance_by_lines(person: Person, holding: str, day: date) -> int | None:
    """Return the balance that the lines read so far come to at the end of a day."""
    begun = statements_of(person, holding).filter(opening__isnull=False)
    before = begun.filter(period__startswith__lte=day)
    anchor = before.exclude(apart_because="").last() or before.first()
    if anchor is None or anchor.opening is None:
        return None
    lines = Line.objects.filter(
        person=person, holding=holding, on__gte=anchor.first_day, on__lte=day
    ).exclude(statement__source="hand")
    return anchor.opening + int(lines.aggregate(sum=Sum("pence"))["sum"] or 0)


def _within(period: Period | None) -> Q:
    if period is None:
        return Q()
    days = Q(on__gte=period.start)
    return days & Q(on__lt=period.end) if period.end else days


def lines_typed_in(person: Person, holding: str) -> QuerySet[Line]:
    """Return the sums typed in by hand that no line of the bank has taken the place of."""
    return Line.objects.filter(person=person, holding=holding, statement__source="hand").order_by(
        "on", "id"
    )


def same_in_bank(person: Person, holding: str, on: date, pence: int) -> Line | None:
    """Return the bank's line nearest a day with this very sum, of which nobody has spoken."""
    near = Line.objects.filter(
        person=person, holding=holding, pence=pence, matched_how=Line.How.RULE,
        on__gte=on - SAME_DAYS, on__lte=on + SAME_DAYS,
    ).exclude(statement__source="hand")  # fmt: skip
    return min(near, key=lambda line: (abs(line.on - on), line.pk), default=None)
