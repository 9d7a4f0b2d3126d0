"""Writes of who pays for a line of a budget."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.timezone import localtime

from wherewithal.dates import long_date
from wherewithal.money import pounds
from wherewithal.web.accounts.actions import record
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.budgets.charges.contributions import contribution_pieces
from wherewithal.web.budgets.funding import free_on
from wherewithal.web.budgets.funding_models import LineFunding
from wherewithal.web.budgets.models import Budget, BudgetLine, ChargeChange

Payer = LineFunding.Payer


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was agreed about who pays for a line from a day; ``percent``, or pence a week."""

    line: BudgetLine
    from_day: date
    payer: str
    agreed_on: date
    reason: str
    body: str = ""
    pot: str = ""
    percent: int | None = None
    weekly: int | None = None


def keep_funding(agreed: Agreed, budget: Budget, *, by: User, at: datetime) -> LineFunding:
    """Keep who pays for a line from a day on, within the caller's transaction.

    Raises:
        NotNow: the budget does not run on that day, or is not to be changed any more.
        ValidationError: the reason, the body, or the size of a share is missing.
    """
    _refuse_unless_whole(agreed)
    last = budget.period.upper
    if budget.status == Budget.Status.RETURNED:
        raise NotNow("This budget was given back. Change the one that takes its place.")
    if agreed.from_day < budget.period.lower or (last is not None and agreed.from_day >= last):
        raise NotNow(
            f"The budget does not run on {long_date(agreed.from_day)}. It begins on "
            f"{long_date(budget.period.lower)}."
        )
    made = LineFunding.objects.create(
        line=agreed.line, from_day=agreed.from_day, payer=agreed.payer, percent=agreed.percent,
        weekly=agreed.weekly, body=agreed.body.strip(), pot=agreed.pot,
        reason=agreed.reason.strip(), agreed_on=agreed.agreed_on, at=at, by=by,
    )  # fmt: skip
    record(
        by=by, at=at, verb="funding.changed", person=budget.person.reference, line=agreed.line.pk,
        funding=made.pk, summary=f"{told(made)} Why: {made.reason}",
    )  # fmt: skip
    return made


def keep_charge_within(
    budget: Budget, from_day: date, reason: str, *, by: User, at: datetime
) -> list[ChargeChange]:
    """Lower what a person pays where it is more than the council's part, from a day on.

    Nobody pays towards what others pay for. Each stretch of the charge from that day is looked at.
    """
    made = []
    charge = budget.charge
    for period, weekly in contribution_pieces(budget):
        if charge is None:
            break
        if period.end is not None and period.end <= from_day:
            continue
        first = max(period.start, from_day)
        most = max(0, budget.cost - sum(each.weekly for each in free_on(budget, first)))
        if weekly > most:
            made.append(ChargeChange.objects.create(
                budget=budget, charge=charge, from_day=first, contribution=most, before=weekly,
                reason=reason, notice_on=localtime(at).date(), made_at=at, made_by=by,
            ))  # fmt: skip
            record(
                by=by, at=at, verb="charge.changed", person=budget.person.reference,
                summary=f"What {budget.person.name} pays changes from {long_date(first)} from"
                f" {pounds(weekly)} to {pounds(most)} a week. Why: {reason}", budget=budget.pk,
            )  # fmt: skip
    return made


def carry_over(budget: Budget, *, by: User, at: datetime) -> list[LineFunding]:
    """Let lines of a new budget be paid by who paid for the same lines of the one before."""
    starts = budget.period.lower
    before = {
        row.line.what: row
        for row in _rows_of(budget).filter(from_day__lte=starts).order_by("from_day", "id")
    }
    made = []
    for line in budget.lines.all():
        row = before.get(line.what)
        if row is not None and row.payer != Payer.COUNCIL:
            agreed = Agreed(
                line, starts, row.payer, row.agreed_on, row.reason, row.body, row.pot,
                row.percent, row.weekly,
            )  # fmt: skip
            made.append(keep_funding(agreed, budget, by=by, at=at))
    return made


def told(row: LineFunding) -> str:
    """Say who pays for a line from a day."""
    what, since = row.line.what, long_date(row.from_day)
    if row.payer == Payer.SHARED:
        size = f"{row.percent}%" if row.percent else f"{pounds(row.weekly or 0)} a week"
        return f"The NHS pays {size} of {what} from {since}, and the council the rest."
    who = {Payer.NHS: "The NHS", Payer.OTHER: row.body}.get(Payer(row.payer), "The council")
    return f"{who} pays for {what} from {since}."


def _rows_of(budget: Budget) -> QuerySet[LineFunding]:
    """Return who pays for lines of the newest decided budget of the same person before this one."""
    decided = Budget.objects.decided().filter(person=budget.person).exclude(pk=budget.pk)
    newest = decided.order_by("-period", "-id").first()
    return LineFunding.objects.filter(line__budget=newest).select_related("line")


def _refuse_unless_whole(agreed: Agreed) -> None:
    missing = {}
    if not agreed.reason.strip():
        missing["reason"] = "Enter why. The person reads it."
    if agreed.payer != Payer.COUNCIL and not agreed.body.strip():
        missing["body"] = "Enter who pays: the body of the NHS, or the name."
    if agreed.payer != Payer.COUNCIL and not agreed.pot:
        missing["pot"] = "Choose which budget of theirs it comes out of."
    if agreed.payer == Payer.SHARED and (agreed.percent is None) == (agreed.weekly is None):
        missing["percent"] = "Enter the share as a percentage, or as a sum a week: one of the two."
    if missing:
        raise ValidationError(missing)
