"""A bill beside what the plan says of its line."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from fractions import Fraction

from wherewithal.careact.plan_costs import ONCE, TIMES_A_YEAR, WEEKS_IN_A_YEAR
from wherewithal.dates import Period
from wherewithal.ledger.billing import Billed, Compared, Planned, Tolerance, compare
from wherewithal.ledger.schedule import BudgetPiece
from wherewithal.web.budgets.models import BudgetLine, Pause
from wherewithal.web.budgets.pauses.actions import as_period
from wherewithal.web.policy.settings import local
from wherewithal.web.providers.models import Invoice

COUNTED = ("matched", "asked", "disputed", "approved", "paid")
"""States in which a bill's days count as billed."""


def compared(invoices: Sequence[Invoice]) -> dict[int, Compared]:
    """Return how each matched bill stands beside its plan, by its key (four queries for all)."""
    matched = [each for each in invoices if each.line_id is not None]
    lines = {
        line.pk: line
        for line in BudgetLine.objects.filter(pk__in={each.line_id for each in matched})
        .select_related("budget", "plan_line")
    }  # fmt: skip
    others: dict[int, list[Invoice]] = defaultdict(list)
    for other in Invoice.objects.filter(line__in=lines, status__in=COUNTED):
        others[other.line_id or 0].append(other)
    away: dict[int, list[Period]] = defaultdict(list)
    for pause in Pause.objects.filter(budget__in={line.budget_id for line in lines.values()}):
        days = as_period(pause)
        if days is not None and pause.kind in {"hospital", "care-home", "away"}:
            away[pause.budget_id].append(days)
    tolerance = _tolerance()
    found = {}
    for each in matched:
        line = lines[each.line_id or 0]
        beside = [
            billed_of(other) for other in others[line.pk]
            if (other.provider_id, other.number) != (each.provider_id, each.number)
        ]  # fmt: skip
        found[each.pk] = compare(
            billed_of(each), planned_of(line), tolerance, other_bills=beside,
            paused=away[line.budget_id],
        )  # fmt: skip
    return found


def billed_of(invoice: Invoice) -> Billed:
    """Return a bill as the comparison takes it."""
    return Billed(
        Period(invoice.period.lower, invoice.period.upper), invoice.pence,
        Fraction(invoice.units) if invoice.units else None,
    )  # fmt: skip


def planned_of(line: BudgetLine) -> Planned:
    """Return what the plan says of a line, loaded with its budget and plan line."""
    whole = Period(line.budget.period.lower, line.budget.period.upper)
    pieces = (BudgetPiece(whole, line.weekly),)
    plan = line.plan_line
    if plan is None or plan.every == ONCE:
        return Planned(pieces)
    weekly = Fraction(plan.quantity) * TIMES_A_YEAR[plan.every] / WEEKS_IN_A_YEAR
    return Planned(pieces, plan.unit, weekly, plan.unit_price)


def lines_for(person_id: int, days: Period) -> list[BudgetLine]:
    """Return the lines that the council arranges for a person on some of these days."""
    found = BudgetLine.objects.filter(
        budget__person=person_id, budget__status__in=["signed-off", "ended"],
        budget__period__overlap=(days.start, days.end), holding="council-managed",
    )  # fmt: skip
    return list(found.select_related("budget", "plan_line").order_by("-budget__period", "position"))


def lines_of(people: Collection[int]) -> dict[int, list[BudgetLine]]:
    """Return the lines that the council arranges, by person, newest budget first (one query)."""
    found = BudgetLine.objects.filter(
        budget__person__in=people, budget__status__in=["signed-off", "ended"],
        holding="council-managed",
    )  # fmt: skip
    by_person: dict[int, list[BudgetLine]] = defaultdict(list)
    for line in found.select_related("budget").order_by("-budget__period", "position"):
        by_person[line.budget.person_id].append(line)
    return by_person


def runs_on(line: BudgetLine, days: Period) -> bool:
    """Say whether the budget of a line runs on some of these days."""
    whole = line.budget.period
    return Period(whole.lower, whole.upper).overlaps(days)


def line_named(lines: Iterable[BudgetLine], provider: str) -> BudgetLine | None:
    """Return the one line that names this provider, or the only line there is."""
    lines = list(lines)
    named = [line for line in lines if line.provider.casefold() == provider.casefold()]
    if len(named) == 1:
        return named[0]
    return lines[0] if len(lines) == 1 and not lines[0].provider else None


def _tolerance() -> Tolerance:
    found = local("invoice_tolerance_percent", "invoice_tolerance_pence")
    return Tolerance(int(found["invoice_tolerance_percent"]), int(found["invoice_tolerance_pence"]))
