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


ELSEWHERE = "elsewhere"
"""Where the money of a line still is before its present way of holding begins."""


@dataclass(frozen=True, slots=True)
class Share:
    """One holding's part of one budget: what the pure schedule takes, and what is already paid."""

    budget: Budget
    holding: str
    pieces: tuple[BudgetPiece, ...]
    one_off: int
    paid_until: date | None

    @property
    def period(self) -> Period:
        """The days for which money is held in this way."""
        return Period(self.pieces[0].period.start, self.pieces[-1].period.end)

    def window(self, until: date) -> Period | None:
        """Return the days still to be paid before ``until``, if there are any."""
        start = max(self.period.start, self.paid_until or date.min)
        end = min(until, self.period.end or until)
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
    shares = []
    for holding in PAID_OUT:
        pieces = _pieces(budget, lines, holding)
        if pieces:
            one_off = sum(line.one_off for line in lines if line.holding == holding)
            until = paid.get((budget.id, holding))
            shares.append(Share(budget, holding, pieces, one_off, until))
    return shares


def _pieces(budget: Budget, lines: list[BudgetLine], holding: str) -> tuple[BudgetPiece, ...]:
    """Return what one way of holding comes to, from the first day that a line is held so."""
    begins = {line: max(budget.period.lower, line.held_from or date.min) for line in lines}
    first = min((begins[line] for line in lines if line.holding == holding), default=date.max)
    end = budget.period.upper
    days = sorted(
        day for day in set(begins.values()) if first <= day and (end is None or day < end)
    )
    pieces = []
    for day, following in zip(days, [*days[1:], end], strict=True) if days else ():
        weekly: dict[str, int] = defaultdict(int)
        for line in lines:
            weekly[line.holding if begins[line] <= day else ELSEWHERE] += line.weekly
        whole = min(budget.contribution, sum(weekly.values()))
        contribution = shared_contribution(weekly, whole)[holding]
        pieces.append(BudgetPiece(Period(day, following), weekly[holding], contribution))
    return tuple(pieces)


def paid_until(before: int | None = None) -> dict[tuple[int, str], date]:
    """Return the day up to which each (budget, holding) is paid, or only by runs ``before`` one."""
    counted = Payment.objects.standing().filter(invoice__isnull=True)
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
    """Return what has been paid for a person, newest first; only what was approved counts.

    Of each run only its day is read: a run also names everybody whom it could not pay.
    """
    return (
        Payment.objects.decided()
        .filter(person=person)
        .select_related("run")
        .only("budget_id", "holding", "period", "net", "sentence", "run__pay_on")
        .order_by("-run__pay_on", "-id")
    )


def paid_since(person: Person, day: date, *, until: date) -> int:
    """Return the pence that has reached a person by ``until``, for days from ``day`` on."""
    arrived = paid_to(person).filter(period__startswith__gte=day, run__pay_on__lte=until)
    return int(arrived.aggregate(total=Sum("net"))["total"] or 0)
