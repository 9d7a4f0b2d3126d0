"""New facts from an earlier day: what a charge should have been, beside what was charged."""

from dataclasses import dataclass
from datetime import date

from wherewithal.dates import Period
from wherewithal.ledger.charge_changes import Difference, differences
from wherewithal.web.budgets.charges.contributions import (
    Piece,
    contribution_pieces,
    newest_per_day,
    pieces,
)
from wherewithal.web.budgets.charges.working_out import charge_of
from wherewithal.web.budgets.funding import free_on
from wherewithal.web.budgets.models import Budget, FinancialAssessment


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a charge from a day comes to: the new weekly sum, and each stretch of days gone by.

    ``later`` are charges that begin after it and stay as they are.
    """

    from_day: date
    weekly: int
    found: tuple[Difference, ...]
    later: tuple[Piece, ...]

    @property
    def pence(self) -> int:
        """Pence charged too little (above zero) or too much (below) until now."""
        return sum(each.pence for each in self.found)


def worked_out(budget: Budget, charge: FinancialAssessment, from_day: date, today: date) -> Earlier:
    """Return what a charge from a day would have come to until today."""
    found = charge_of(
        charge, born=budget.person.date_of_birth, cost=budget.cost, free=free_on(budget, from_day)
    )
    charged, should = _both(budget, found.contribution, from_day)
    gone = Period(from_day, max(today, from_day))
    later = tuple(piece for piece in charged if piece[0].start > from_day)
    past = differences(charged, should, gone) if gone.days else ()
    return Earlier(from_day, found.contribution, past, later)


def _both(
    budget: Budget, weekly: int, from_day: date
) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return the days of a budget as they were charged, and with a new sum from a day."""
    days = newest_per_day(budget.charge_changes.all())
    added = sorted([*(each for each in days if each[0] != from_day), (from_day, weekly)])
    whole = Period(budget.period.lower, budget.period.upper)
    return contribution_pieces(budget), pieces(whole, budget.contribution, added)
