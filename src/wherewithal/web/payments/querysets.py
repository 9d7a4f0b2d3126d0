"""Reads for payment runs and for a person's own money."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Max, QuerySet, Sum

from wherewithal.dates import Period
from wherewithal.ledger.contributions import shared_contribution
from wherewithal.ledger.schedule import BudgetPiece
from wherewithal.web.budgets.models import Budget, BudgetLine
from wherewithal.web.payments.models import Payee, Payment
from wherewithal.web.people.models import Person
from wherewithal.web.plans.models import PlanLine

PAID_OUT = (
    PlanLine.Holding.DIRECT_PAYMENT,
    PlanLine.Holding.ISF,
    PlanLine.Holding.THIRD_PARTY,
    PlanLine.Holding.TRUST,
)
"""Ways of holding in which money leaves the council for an account."""


@dataclass(frozen=True, slots=True)
class Share:
    """One holding's part of one budget: what the pure schedule takes, and what is already paid."""

    budget: Budget
    holding: str
    piece: BudgetPiece
    one_off: int
    paid_until: date | None

    def window(self, until: date) -> Period | None:
        """Return the days still to be paid before ``until``, if there are any."""
        start = max(self.piece.period.start, self.paid_until or date.min)
        end = min(until, self.piece.period.end or until)
        return Period(start, end) if start < end else None


def shares_to_pay(until: date, *, before: int) -> list[Share]:
    """Return every share of every signed-off budget that began before ``until`` (three queries).

    Only what runs before the run of this number paid counts as paid.
    """
    budgets = (
        Budget.objects.filter(status__in=["signed-off", "ended"], period__startswith__lt=until)
        .filter(lines__holding__in=PAID_OUT)
        .distinct()
        .select_related("person")
        .prefetch_related("lines")
        .order_by("id")
    )
    paid = paid_until(before)
    return [share for budget in budgets for share in shares_of(budget, paid)]


def shares_of(budget: Budget, paid: dict[tuple[int, str], date]) -> list[Share]:
    """Split one budget over the ways it is paid out, each with its part of the contribution."""
    lines = list(budget.lines.all())
    weekly = _by_holding(lines, "weekly")
    one_off = _by_holding(lines, "one_off")
    contributions = shared_contribution(weekly, min(budget.contribution, sum(weekly.values())))
    period = Period(budget.period.lower, budget.period.upper)
    return [
        Share(
            budget=budget,
            holding=holding,
            piece=BudgetPiece(period, weekly[holding], contributions[holding]),
            one_off=one_off[holding],
            paid_until=paid.get((budget.id, holding)),
        )
        for holding in PAID_OUT
        if holding in weekly
    ]


def paid_until(before: int | None = None) -> dict[tuple[int, str], date]:
    """Return the day up to which each (budget, holding) is paid, or only by runs ``before`` one."""
    counted = Payment.objects.filter(cancelled=False)
    rows = (
        (counted if before is None else counted.filter(run_id__lt=before))
        .values("budget_id", "holding")
        .annotate(until=Max(F("period__endswith")))
    )
    return {(row["budget_id"], row["holding"]): row["until"] for row in rows}


def current_payees() -> dict[tuple[int, str], Payee]:
    """Return the account in use for each (person, holding)."""
    payees = Payee.objects.filter(ended_at__isnull=True)
    return {(payee.person_id, payee.holding): payee for payee in payees}


def paid_to(person: Person) -> QuerySet[Payment]:
    """Return what has been paid for a person, newest first; only approved runs count."""
    return (
        Payment.objects.filter(person=person, cancelled=False, run__status="approved")
        .select_related("run")
        .order_by("-run__pay_on", "-id")
    )


def paid_since(person: Person, day: date) -> int:
    """Return the pence paid for a person for days from ``day`` on."""
    total = paid_to(person).filter(period__startswith__gte=day).aggregate(total=Sum("net"))["total"]
    return int(total or 0)


def _by_holding(lines: list[BudgetLine], field: str) -> dict[str, int]:
    totals: dict[str, int] = defaultdict(int)
    for line in lines:
        totals[line.holding] += getattr(line, field)
    return dict(totals)
