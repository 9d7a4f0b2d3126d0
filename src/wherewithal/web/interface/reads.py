"""What each operation of the interface reads, a page at a time."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from wherewithal.web.books.models import Entry, Journal
from wherewithal.web.books.querysets import trial_balance
from wherewithal.web.budgets.charges.contributions import contribution_on
from wherewithal.web.budgets.funding import whole_paid
from wherewithal.web.budgets.models import Budget
from wherewithal.web.insight import querysets as counted
from wherewithal.web.insight.suppression import SMALLEST, Cell, suppressed
from wherewithal.web.payments.models import Payment, Run


def page(found: Iterable[dict[str, Any]], limit: int) -> dict[str, Any]:
    """Return a page of at most ``limit`` items; one more was read, to know whether to go on."""
    items = list(found)
    more = len(items) > limit
    return {"items": items[:limit], "after": items[limit - 1]["id"] if more else None}


def budgets(on: date, after: int, limit: int) -> list[dict[str, Any]]:
    """Return budgets in force on a day (four queries)."""
    found = (
        Budget.objects.in_force(on)
        .filter(id__gt=after)
        .select_related("person")
        .prefetch_related("lines__fundings", "charge_changes")
        .order_by("id")[:limit]
    )
    return [_budget(budget, on) for budget in found]


def _budget(budget: Budget, on: date) -> dict[str, Any]:
    contribution = contribution_on(budget, on)
    paid = whole_paid(budget, contribution, on)
    lines = [
        {name: getattr(line, name) for name in ("id", "what", "holding", "weekly", "one_off")}
        for line in budget.lines.all()
    ]
    return {
        "id": budget.id,
        "person": budget.person.reference,
        "first_day": budget.period.lower,
        "end": budget.period.upper,
        "cost": budget.cost,
        "contribution": contribution,
        "council_pays": paid.council,
        "nhs_pays": paid.nhs,
        "others_pay": paid.other,
        "lines": lines,
    }


def runs(after: int, limit: int) -> Sequence[dict[str, Any]]:
    """Return payment runs."""
    names = ("id", "kind", "status", "pay_on", "count", "total")
    return list(Run.objects.filter(id__gt=after).order_by("id").values(*names)[:limit])


def payments(run: int | None, after: int, limit: int) -> list[dict[str, Any]]:
    """Return payments of runs that were approved, without sentences, which hold reasons."""
    found = Payment.objects.filter(id__gt=after, run__status__in=Run.DECIDED, cancelled=False)
    if run is not None:
        found = found.filter(run_id=run)
    names = ("id", "holding", "gross", "contribution", "adjustment", "net", "state")
    return [
        {
            **{name: getattr(payment, name) for name in names},
            "run": payment.run_id,
            "person": payment.person.reference,
            "first_day": payment.period.lower,
            "end": payment.period.upper,
        }
        for payment in found.select_related("person").order_by("id")[:limit]
    ]


def entries(after: int, limit: int) -> list[dict[str, Any]]:
    """Return entries of the books in the order they were made, without their sentences."""
    names = ("id", "on", "pence", "what", "document", "person")
    found = Entry.objects.filter(id__gt=after).select_related("source", "target")
    return [
        {
            **{name: getattr(entry, name) for name in names},
            "journal": entry.journal_id,
            "source": str(entry.source),
            "target": str(entry.target),
        }
        for entry in found.order_by("id")[:limit]
    ]


def books(on: date) -> dict[str, Any]:
    """Return the trial balance at the end of a day, and the seal of the newest journal."""
    trial, last = trial_balance(on), Journal.objects.order_by("-number").first()
    return {
        "on": on,
        "balances": [{"kind": t.kind.value, "balance": t.change.pence} for t in trial.totals],
        "sum": trial.pence,
        "journal": last.number if last else None,
        "head": last.head if last else "",
    }


def figures(on: date) -> dict[str, Any]:
    """Return the counts and means of the page of figures."""
    return {
        "on": on,
        "smallest": SMALLEST,
        "by_stage": _cells(counted.by_stage()),
        "by_age": _cells(counted.by_age(on)),
        "by_holding": _cells(counted.by_holding(on)),
        "cost_by_age": _cells(counted.cost_by_age(on)),
        "cost_by_carer": _cells(counted.cost_by_carer(on)),
    }


def _cells(cells: Sequence[Cell]) -> list[dict[str, Any]]:
    return [
        {
            "label": cell.label,
            "number": None if cell.hidden else cell.number,
            "mean": None if cell.hidden else cell.mean,
        }
        for cell in suppressed(cells)
    ]
