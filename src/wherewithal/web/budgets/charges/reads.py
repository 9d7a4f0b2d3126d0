"""Reads about one charge: the days it has held and will hold, and when it is looked at again."""

from datetime import date, timedelta
from typing import Any

from wherewithal.dates import long_date
from wherewithal.money import pounds
from wherewithal.web.budgets.charges.contributions import contribution_pieces
from wherewithal.web.budgets.models import Budget, ChargeChange, FinancialAssessment
from wherewithal.web.policy.settings import local


def review_day(stored: FinancialAssessment) -> date:
    """Return the day by which a charge is looked at again: usually a year on."""
    weeks = int(local("charge_review_weeks")["charge_review_weeks"])
    return stored.starts + timedelta(weeks=weeks)


def changes_of(budget: Budget | None) -> list[dict[str, Any]]:
    """Return the charges of a budget one after the other, with the reason of each change."""
    if budget is None:
        return []
    reasons = {each.from_day: each for each in ChargeChange.objects.filter(budget=budget)}
    return [
        {
            "from": long_date(period.start),
            "weekly": pounds(weekly),
            "why": _why(reasons.get(period.start)),
        }
        for period, weekly in contribution_pieces(budget)
    ]


def charge_now(budget: Budget, day: date) -> FinancialAssessment | None:
    """Return the charge that a budget rests on, on a day; ``charge_changes`` may be prefetched."""
    begun = [each for each in budget.charge_changes.all() if each.from_day <= day]
    newest = max(begun, key=lambda each: (each.from_day, each.pk), default=None)
    return newest.charge if newest else budget.charge


def _why(change: ChargeChange | None) -> str:
    if change is None:
        return "As the budget was signed off."
    told = f"{change.reason} We told you on {long_date(change.notice_on)}."
    return f"{told} {change.less_notice}".strip()
