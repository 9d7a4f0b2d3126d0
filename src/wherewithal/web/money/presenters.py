"""From a person's budget and payments to what they read about their money."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from wherewithal.dates import Period
from wherewithal.ledger.schedule import due, span
from wherewithal.money import down, pounds, share
from wherewithal.web.budgets.models import Budget, BudgetLine
from wherewithal.web.payments.calendar import pay_periods
from wherewithal.web.payments.models import Payee, Payment
from wherewithal.web.payments.querysets import Share, paid_since, paid_to, shares_of
from wherewithal.web.people.models import Person

SHOWN = 13  # a year of four-weekly payments


@dataclass(frozen=True, slots=True)
class Money:
    """Everything the money page says; amounts in pence."""

    budget: Budget | None
    lines: list[BudgetLine]
    payments: list[Payment]
    paid_this_year: int
    year: Period
    year_amount: int
    left_this_year: int
    coming: list[dict[str, Any]]
    payees: list[Payee]
    rest_is_elsewhere: bool


def budget_year(on: date) -> Period:
    """Return the council's financial year that holds a day; it begins on 1 April."""
    first = date(on.year if (on.month, on.day) >= (4, 1) else on.year - 1, 4, 1)
    return Period(first, date(first.year + 1, 4, 1))


def money_of(person: Person, *, on: date) -> Money:
    """Read a person's budget and payments and work out what is still to come this year."""
    budget = (
        person.budgets.filter(status="signed-off")
        .prefetch_related("lines")
        .order_by("-period")
        .first()
    )
    payments = list(paid_to(person)[:SHOWN])
    payees = list(person.payees.filter(ended_at__isnull=True))
    year = budget_year(on)
    paid = paid_since(person, year.start, until=on)
    shares = shares_of(budget, _paid_until(payments)) if budget is not None else []
    amount = sum(_in_period(each, year) for each in shares)
    return Money(
        budget=budget,
        lines=list(budget.lines.all()) if budget is not None else [],
        payments=payments,
        paid_this_year=paid,
        year=year,
        year_amount=amount,
        left_this_year=max(0, amount - paid),
        coming=_coming(shares, on=on),
        payees=payees,
        rest_is_elsewhere=budget is not None and 0 < _borne(shares) < budget.contribution,
    )


def _borne(shares: list[Share]) -> int:
    """Pence a week of the person's contribution that comes off what is paid out."""
    return sum(part.pieces[-1].weekly_contribution for part in shares if part.pieces)


def _paid_until(payments: list[Payment]) -> dict[tuple[int, str], date]:
    until: dict[tuple[int, str], date] = {}
    for payment in payments:
        key = (payment.budget_id, payment.holding)
        until[key] = max(until.get(key, date.min), payment.period.upper)
    return until


def _in_period(part: Share, year: Period) -> int:
    """Pence that this share pays out within a year, by the day."""
    amount = part.one_off if part.period.start in year else 0
    for piece in part.pieces:
        common = piece.period.intersection(year)
        if common is not None:
            weekly = piece.weekly_gross - piece.weekly_contribution
            amount += down(share(common.days, 7, of=weekly))
    return amount


def _coming(shares: list[Share], *, on: date) -> list[dict[str, Any]]:
    """Return the next payment of each share that nothing has been paid for yet."""
    periods = pay_periods(on, count=2)
    until = periods[-1].end or periods[-1].start
    coming = []
    for each in shares:
        window = each.window(until)
        if window is None:
            continue
        found = due(
            each.pieces, anchor=periods[0].start, weeks_each=_weeks(periods[0]), window=window
        )
        coming += [
            {"days": span(item.period), "net": pounds(item.net), "sentence": item.sentence}
            for item in found
        ]
    return coming[:3]


def _weeks(period: Period) -> int:
    return period.days // timedelta(weeks=1).days
