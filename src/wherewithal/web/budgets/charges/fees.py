"""The fee for arranging support over the days of a budget, as the charges in force say."""

from collections.abc import Iterable, Mapping
from datetime import date

from wherewithal.dates import Period
from wherewithal.ledger.schedule import BudgetPiece
from wherewithal.web.budgets.charges.contributions import Piece, pieces
from wherewithal.web.budgets.charges.working_out import charge_of
from wherewithal.web.budgets.models import Budget, ChargeChange, FinancialAssessment

Fees = Mapping[int, tuple[date, int]]
"""By the number of a charge: the first day of its fee, and the fee in pence a week."""


def fees_of(budgets: Iterable[Budget]) -> dict[int, tuple[date, int]]:
    """Return the fees that people of these budgets agreed to, by charge (one query)."""
    about = {budget.person_id: budget for budget in budgets}
    agreed = FinancialAssessment.objects.filter(
        person__in=about, facts__has_key="arrangement"
    ).order_by("pk")
    found = {}
    for charge in agreed:
        budget = about[charge.person_id]
        fee = charge_of(charge, born=budget.person.date_of_birth, cost=budget.cost).fee
        if fee is not None and fee.weekly:
            found[charge.pk] = charge.starts, fee.weekly
    return found


def fee_pieces(
    budget: Budget, arranged: Iterable[BudgetPiece], fees: Fees
) -> tuple[BudgetPiece, ...]:
    """Return the fee over the days on which the council arranges support and pays for it.

    Nobody pays it before its own first day, nor while nothing is paid for.
    """
    weekly = [each for each in _weekly(budget, fees) if each[1]]
    return tuple(
        BudgetPiece(common, pence, pence)
        for piece in arranged
        if piece.weekly_gross
        for period, pence in weekly
        if (common := piece.period.intersection(period)) is not None
    )


def _weekly(budget: Budget, fees: Fees) -> tuple[Piece, ...]:
    """Return the fee a week by the days on which a charge is in force."""
    whole = Period(budget.period.lower, budget.period.upper)
    begins = [(whole.start, budget.charge_id)]
    newest = {each.from_day: each for each in sorted(budget.charge_changes.all(), key=_number)}
    begins += [(max(day, whole.start), newest[day].charge_id) for day in sorted(newest)]
    sums: dict[date, int] = {}
    for day, charge in begins:
        sums = {each: pence for each, pence in sums.items() if each < day}
        first, pence = fees.get(charge or 0, (day, 0))
        if first > day:
            sums[day] = 0
        sums[max(day, first)] = pence
    return pieces(whole, 0, sorted(sums.items()))


def _number(change: ChargeChange) -> int:
    return change.pk
