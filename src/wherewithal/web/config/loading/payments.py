"""Payment runs so far: what the product itself would have paid, period by period."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from wherewithal.dates import Period, add_working_days, weeks, working_day_on_or_before
from wherewithal.ledger.contributions import shared_contribution
from wherewithal.ledger.schedule import BudgetPiece, due
from wherewithal.web.config.loading.budgets import account, contribution, holdings, paid_out
from wherewithal.web.config.loading.road import Rows, at
from wherewithal.web.config.loading.staff import Staff
from wherewithal.web.config.loading.travellers import Traveller
from wherewithal.web.payments.models import Payment
from wherewithal.web.payments.models import Run as Runs
from wherewithal.web.people.models import Stage

RUN_COLUMNS = (
    "id", "period", "pay_on", "status", "prepared_at", "prepared_by_id", "approved_at",
    "approved_by_id", "count", "total", "left_out",
)  # fmt: skip
PAYMENT_COLUMNS = (
    "run_id", "budget_id", "person_id", "holding", "period", "gross", "contribution", "net",
    "account_name", "sort_code", "account_number", "reference", "sentence", "cancelled", "state",
)  # fmt: skip
RUNS_KEPT = 9
AGREED_WITHIN = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Run:
    """One run: its period, when it was prepared and approved, and when money arrived."""

    period: Period
    prepared: date
    approved: date
    pay_on: date

    @property
    def end(self) -> date:
        """The day up to which it pays."""
        return self.period.start + timedelta(days=self.period.days)


@dataclass(frozen=True, slots=True)
class Paid:
    """The runs and, for each, the rows of its payments without the run's own id."""

    runs: list[Run]
    payments: list[list[tuple[Any, ...]]]


def runs_until(on: date, *, anchor: date, weeks_each: int, holidays: Collection[date]) -> list[Run]:
    """Return the last runs in step with the anchor, up to the pay period that holds ``on``.

    A last run within the same period catches up with support that began after the one before it.
    """
    days = weeks_each * 7
    current = anchor + timedelta(days=(on - anchor).days // days * days)
    runs = []
    for back in range(RUNS_KEPT - 1, -1, -1):
        period = weeks(current - timedelta(days=days * back), count=weeks_each)
        pay_on = working_day_on_or_before(period.start, holidays)
        prepared = working_day_on_or_before(pay_on - timedelta(days=7), holidays)
        approved = working_day_on_or_before(pay_on - timedelta(days=5), holidays)
        runs.append(Run(period, prepared, approved, pay_on))
    prepared = working_day_on_or_before(on - timedelta(days=5), holidays)
    if prepared > runs[-1].prepared:
        approved = add_working_days(prepared, 1, holidays)
        runs.append(
            Run(runs[-1].period, prepared, approved, add_working_days(approved, 3, holidays))
        )
    return runs


def pay(everyone: Iterable[Traveller], runs: list[Run], weeks_each: int) -> Paid:
    """Work out every payment of every run, each budget's days once."""
    payments: list[list[tuple[Any, ...]]] = [[] for _ in runs]
    for p in everyone:
        if p.stage is Stage.LIVE and p.starts:
            for place, holding in enumerate(paid_out(p)):
                for turn, row in _share(p, holding, place, runs, weeks_each):
                    payments[turn].append(row)
    kept = [turn for turn, rows in enumerate(payments) if rows]
    return Paid([runs[turn] for turn in kept], [payments[turn] for turn in kept])


def _share(
    p: Traveller, holding: str, place: int, runs: list[Run], weeks_each: int
) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Yield, with the number of the run, the payments of one way in which a budget is held."""
    assert p.starts is not None  # noqa: S101  # asked by the caller
    piece = BudgetPiece(Period(p.starts), *_weekly(p, holding))
    name, sort_code, number = account(p, holding, place)
    ready = p.days["budget_signed_off"] + AGREED_WITHIN
    paid = max(p.starts, runs[0].period.start)
    for turn, run in enumerate(runs):
        if run.prepared < ready or run.end <= paid:
            continue
        window = Period(paid, run.end)
        for each in due([piece], anchor=run.period.start, weeks_each=weeks_each, window=window):
            first, last = each.parts[0].period.start, each.parts[-1].period.end
            if each.gross:
                yield turn, (
                    p.id, p.id, holding, f"[{first},{last})", each.gross, each.contribution,
                    each.net, name, sort_code, number, f"SUPPORT {p.row.reference}", each.sentence,
                    False,
                )  # fmt: skip
        paid = run.end


def _weekly(p: Traveller, holding: str) -> tuple[int, int]:
    """Return what lines held this way cost a week, and their part of the contribution."""
    weekly: dict[str, int] = {}
    for line, how in zip(p.lines, holdings(p), strict=True):
        weekly[how] = weekly.get(how, 0) + line.weekly
    return weekly[holding], shared_contribution(weekly, min(contribution(p), p.cost))[holding]


def run_rows(paid: Paid, staff: Staff, after: int) -> Rows:
    """Yield the runs as they were prepared; they are decided once their payments are in."""
    for number, (run, rows) in enumerate(zip(paid.runs, paid.payments, strict=True), after + 1):
        yield (
            number, f"[{run.period.start},{run.end})", run.pay_on, "prepared",
            at(run.prepared, "10:00"), staff.preparer, None, None, sum(row[6] > 0 for row in rows),
            sum(row[6] for row in rows), "[]",
        )  # fmt: skip


def payment_rows(paid: Paid, after: int, on: date) -> Rows:
    """Yield every payment with its run's id: on its way, or arrived by the day it stands at."""
    for number, (run, rows) in enumerate(zip(paid.runs, paid.payments, strict=True), after + 1):
        state = Payment.State.CONFIRMED if run.pay_on <= on else Payment.State.SENT
        for row in rows:
            yield (number, *row, state.value)


def decided_on(run: Run, on: date, staff: Staff) -> dict[str, Any]:
    """Return who checked, approved, released and confirmed a run, and when, by column."""
    moment = at(run.approved, "10:00")
    arrived = run.pay_on <= on
    return {
        "status": (Runs.Status.CONFIRMED if arrived else Runs.Status.RELEASED).value,
        "checked_at": moment, "checked_by_id": staff.preparer,
        "approved_at": moment, "approved_by_id": staff.approver,
        "released_at": moment, "released_by_id": staff.approver,
        "confirmed_at": at(run.pay_on, "16:00") if arrived else None,
        "confirmed_by_id": staff.preparer if arrived else None,
    }  # fmt: skip
