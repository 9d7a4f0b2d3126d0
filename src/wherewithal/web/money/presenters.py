"""From a person's budget, payments and statements to what they read about their money."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.timezone import localtime

from wherewithal.dates import Period
from wherewithal.money import down, pounds, share
from wherewithal.web.budgets.charges.contributions import contribution_on
from wherewithal.web.budgets.funding import Whole, whole_paid
from wherewithal.web.budgets.models import Budget, BudgetLine
from wherewithal.web.money.known import Known
from wherewithal.web.money.picture import Picture, Span, Way, budget_year
from wherewithal.web.payments.models import Payee, Payment
from wherewithal.web.payments.shares import Share, shares_of

SHOWN = 13  # a year of four-weekly payments
TOLD_FOR = timedelta(days=28)
NOT_KNOWN = "Not known"
WAYS: dict[Way, str] = {"in": "Came in, altogether", "out": "Went out, altogether"}


@dataclass(frozen=True, slots=True)
class Money:
    """What was agreed and what was paid; amounts in pence."""

    budget: Budget | None
    lines: list[BudgetLine]
    payments: list[Payment]
    paid_this_year: int
    year: Period
    year_amount: int
    left_this_year: int
    payees: list[Payee]
    rest_is_elsewhere: bool
    pays: Whole | None


def money_of(known: Known, *, on: date) -> Money:
    """Work out from a person's budget and payments what is still to come this year."""
    budget, year = known.budget, budget_year(on)
    paid = known.paid_since(year.start, until=on)
    began = known.usual.began
    every = [each for kept in known.budgets for each in shares_of(kept, {}, began=began)]
    shares = [each for each in every if each.budget == budget]
    amount = sum(_in_period(each, year) for each in every)  # what ended this year belongs to it
    return Money(
        budget=budget,
        lines=list(budget.lines.all()) if budget is not None else [],
        payments=known.paid_to[:SHOWN],
        paid_this_year=paid,
        year=year,
        year_amount=amount,
        left_this_year=max(0, amount - paid),
        payees=known.payees,
        pays=_pays(budget, on) if budget is not None else None,
        rest_is_elsewhere=budget is not None and 0 < _borne(shares) < budget.contribution,
    )


def set_lately(payees: Iterable[Payee], on: date) -> list[Payee]:
    """Return the accounts set in the last four weeks: the person is told, lest it be a mistake."""
    return [each for each in payees if localtime(each.added_at).date() > on - TOLD_FOR]


def _pays(budget: Budget, on: date) -> Whole:
    """Return what each pays a week, today or on the first day that is to come."""
    day = max(on, budget.period.lower)
    return whole_paid(budget, contribution_on(budget, day), day)


def _borne(shares: list[Share]) -> int:
    """Pence a week of the person's contribution that comes off what is paid out."""
    return sum(part.pieces[-1].weekly_contribution for part in shares if part.pieces)


def _in_period(part: Share, year: Period) -> int:
    """Pence that this share pays out within a year, by the day."""
    amount = sum(each.pence for each in part.once if each.on in year)
    for piece in part.pieces:
        common = piece.period.intersection(year)
        if common is not None:
            weekly = piece.weekly_gross - piece.weekly_contribution
            amount += down(share(common.days, 7, of=weekly))
    return amount


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table of figures: its words, and each amount as it is written."""

    code: str
    label: str
    month: str
    year: str
    total: bool = False


def figures_of(picture: Picture) -> list[Figure]:
    """Return the table that page, letter and file all show: what came in, went out, by what."""
    month, year = picture.month, picture.year
    rows = []
    for way, label in WAYS.items():
        for code in picture.codes:
            found = year.of(code) or month.of(code)
            if found is not None and found.way == way:
                rows.append(Figure(code, found.label, _written(month, code), _written(year, code)))
        totals = [_total(picture, span, way) for span in (month, year)]
        rows.append(Figure("", label, totals[0], totals[1], total=True))
    return rows


def _total(picture: Picture, span: Span, way: Way) -> str:
    """Write what moved altogether; without a statement nobody knows that nothing went out."""
    total = span.total(way)
    return NOT_KNOWN if picture.seen_to is None and way == "out" and not total else pounds(total)


def _written(span: Span, code: str) -> str:
    found = span.of(code)
    return pounds(found.pence if found else 0)


def standing(picture: Picture) -> list[tuple[str, str]]:
    """Return what is in the account, put by and left, as page, letter and file all show it."""
    rows = []
    if picture.balance is not None and picture.left is not None:
        rows.append(("In the account", pounds(picture.balance)))
    if picture.put_by:
        rows.append(("Put by for bills that will come", pounds(picture.put_by_total)))
    if picture.balance is not None and picture.left is not None:
        rows.append(("Left to use", pounds(picture.left)))
    return rows


def bars(picture: Picture) -> list[dict[str, Any]]:
    """Return the chart of the year."""
    year = picture.year
    rows: list[dict[str, Any]] = [{"label": "Came in", "pence": year.total("in")}]
    rows += [
        {"label": each.label, "pence": max(0, each.pence), "muted": True}
        for each in year.sums
        if each.way == "out"
    ]
    if picture.balance is not None:
        if picture.put_by_total:
            rows.append({"label": "Put by", "pence": picture.put_by_total})
        rows.append({"label": "Left to use", "pence": max(0, picture.left or 0)})
    return rows
