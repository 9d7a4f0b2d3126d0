"""How the money of a budget came to be held differently, why, and what the person can do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from wherewithal.web.accounts.models import AuditRow, User
from wherewithal.web.budgets.holding import CHANGED
from wherewithal.web.budgets.models import Budget
from wherewithal.web.people.models import Person
from wherewithal.web.plans.models import PlanLine

ENDED_TITLE = "Your direct payment has changed"
CAN_DO = (
    "Money that you have already had stays with you. It is for the days it was paid for.",
    "Do you still owe wages or a bill? Tell us now, so that they are paid.",
    "You can ask for a direct payment again at any time, for all of your support or for a part.",
    "You can ask us to look again. Somebody who did not decide this does it. They write to you"
    " with reasons.",
    "You can ask someone to help you or speak for you.",
)
"""What somebody whose direct payment ends can do, in words for them."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One line that came to be held differently: when, by whom, in words, and why."""

    number: int
    at: datetime
    by: User | None
    told: str
    reason: str
    ends_direct_payment: bool
    now: str
    goes_on: str


def changes_of(person: Person, budget: Budget | None = None) -> list[Changed]:
    """Return what changed in how a person's money is held, newest first; of one budget, or all."""
    rows = AuditRow.objects.filter(verb=CHANGED, person_reference=person.reference)
    if budget is not None:
        rows = rows.filter(detail__budget=budget.pk)
    return [_changed(row) for row in rows.select_related("by").order_by("-at", "-id")]


def ended_direct_payment(changes: Iterable[Changed]) -> list[Changed]:
    """Return the lines that were last taken out of a direct payment, unless one came back since.

    ``changes`` are the newest first.
    """
    found: list[Changed] = []
    for each in changes:
        if each.now == PlanLine.Holding.DIRECT_PAYMENT or (found and each.at != found[0].at):
            break
        found += [each] if each.ends_direct_payment else []
    return found


def _changed(row: AuditRow) -> Changed:
    detail = row.detail
    return Changed(
        row.pk, row.at, row.by, detail.get("told", row.summary), detail.get("reason", ""),
        bool(detail.get("ends_direct_payment")), detail.get("now", ""),
        _goes_on(detail.get("what"), detail.get("now")),
    )  # fmt: skip


def _goes_on(what: str | None, now: str | None) -> str:
    """Say who sees to the support of a line from now on: nobody is left without."""
    if not what or not now:
        return ""
    if now == PlanLine.Holding.COUNCIL_MANAGED:
        return f"{what} goes on. The council arranges it from that day."
    return f"{what} goes on. The money for it is held as “{PlanLine.Holding(now).label}”."
