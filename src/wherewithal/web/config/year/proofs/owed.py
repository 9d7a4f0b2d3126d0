"""What each person was paid is what the facts come to, worked out day by day from scratch."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import F, Max, QuerySet, Sum
from django.utils.timezone import localtime

from wherewithal.dates import ONE_DAY, Period
from wherewithal.ledger.contributions import shared_contribution
from wherewithal.ledger.schedule import BudgetPiece, came_to
from wherewithal.money import pounds
from wherewithal.web.books.models import Entry
from wherewithal.web.budgets.models import Budget, BudgetLine, ChargeChange, Pause, Settlement
from wherewithal.web.budgets.pieces import with_facts
from wherewithal.web.config.year.proofs.proof import Proof
from wherewithal.web.config.year.town import Key, Year
from wherewithal.web.payments.models import Payment, Run
from wherewithal.web.payments.shares import holdings_of, usual


def prove(year: Year) -> Proof:
    """Work every paid day of every budget out anew, and hold it to what was paid for it."""
    began = usual().began or year.first
    came: dict[Key, int] = defaultdict(int)
    paid: dict[Key, int] = defaultdict(int)
    why: dict[Key, str] = {}
    last_run = _last_prepared()
    budgets = Budget.objects.filter(status__in=["signed-off", "ended"])
    for budget in with_facts(budgets.order_by("id")):
        for holding in holdings_of(budget):
            key = (budget.person_id, holding)
            until = _paid_until(budget, holding)
            if until is None:
                continue
            came[key] += _came_to(budget, holding, Period(max(began, budget.period.lower), until))
            paid[key] += _paid(budget, holding)
            if _fresh(budget, last_run):
                why[key] = "known since the last run"
            elif budget.status == Budget.Status.ENDED:
                why[key] = "to be settled after the end"
    _take_off(paid)
    waits = {key: came[key] - paid[key] for key in came if came[key] != paid[key]}
    wrong = next((key for key in sorted(waits) if key not in why and waits[key] > 0), None)
    wrong = wrong or _not_carried(waits, why)
    return Proof(
        "What people were paid",
        "Every day that was paid for was worked out again from the budget, the pauses and the"
        " charges as they stand now, and held to what was paid.",
        (
            ("All paid days come to", sum(came.values())),
            ("Paid, less what was settled", sum(paid.values())),
            ("Waits for the next run, in people’s favour", sum(p for p in waits.values() if p > 0)),
            ("Waits to come off later payments, or be settled",
             sum(p for p in waits.values() if p < 0)),
        ),
        _told(wrong, waits) if wrong else "",
    )  # fmt: skip


def _told(key: Key, waits: dict[Key, int]) -> str:
    return (
        f"The {key[1]} money of person {key[0]}: the paid days come to {pounds(waits[key])} more"
        " than was paid, and nothing that became known since the last run says why."
    )


def _not_carried(waits: dict[Key, int], why: dict[Key, str]) -> Key | None:
    """Return who was paid too much, where the newest payment could have taken it off."""
    for key in sorted(waits):
        if waits[key] < 0 and key not in why:
            newest = Payment.objects.decided().filter(person=key[0], holding=key[1]).order_by("-id")
            last = newest.first()
            if last is None or last.net > 0:
                return key
    return None


def _last_prepared() -> date:
    last = Run.objects.filter(kind="regular", status__in=Run.DECIDED).order_by("-id").first()
    return localtime(last.prepared_at).date() if last else date.min


def _fresh(budget: Budget, since: date) -> bool:
    """Say whether something about a budget became known since the last run was prepared."""
    pauses: list[Pause] = list(budget.pauses.all())
    changes: list[ChargeChange] = list(budget.charge_changes.all())
    moments = [each.decided_at for each in pauses] + [each.made_at for each in changes]
    moments += [each.lifted_at for each in pauses if each.lifted_at]
    return any(localtime(moment).date() >= since for moment in moments)


def _paid_until(budget: Budget, holding: str) -> date | None:
    rows = _payments(budget, holding).aggregate(until=Max(F("period__endswith")))
    until: date | None = rows["until"]
    return until


def _payments(budget: Budget, holding: str) -> QuerySet[Payment]:
    own = Payment.objects.standing().filter(budget=budget, holding=holding, invoice=None)
    return own.filter(run__status__in=Run.DECIDED)


def _paid(budget: Budget, holding: str) -> int:
    paid = _payments(budget, holding).aggregate(sum=Sum("net"))["sum"] or 0
    settled = Settlement.objects.filter(budget=budget, holding=holding)
    return int(paid) - int(settled.aggregate(sum=Sum("pence"))["sum"] or 0)


def _take_off(paid: dict[Key, int]) -> None:
    """Count what people agreed to have taken off as paid."""
    taken = Entry.objects.filter(what="surplus-taken-off").values_list("person", "pence")
    people = {
        row[1]: row[0] for row in Budget.objects.values_list("person_id", "person__reference")
    }
    for reference, pence in taken:
        paid[people[reference], "direct-payment"] += pence


def _came_to(budget: Budget, holding: str, days: Period) -> int:
    """Return what the days of one way of holding come to, going through them one by one."""
    if days.end is None or days.start >= days.end:
        return 0
    whole = Period(days.start, min(days.end, budget.period.upper or days.end))
    gross, contribution = came_to(_pieces(budget, holding, whole), whole)
    once = sum(
        line.one_off for line in budget.lines.all() if line.holding == holding and line.one_off
    )
    return gross - contribution + once


def _pieces(budget: Budget, holding: str, days: Period) -> Iterator[BudgetPiece]:
    day, end = days.start, days.end or days.start
    begins, sums = day, _sums(budget, holding, day) if day < end else (0, 0)
    while day < end:
        now = _sums(budget, holding, day)
        if now != sums:
            yield BudgetPiece(Period(begins, day), *sums)
            begins, sums = day, now
        day += ONE_DAY
    yield BudgetPiece(Period(begins, end), *sums)


def _sums(budget: Budget, holding: str, day: date) -> tuple[int, int]:
    """Return the weekly sum and the weekly own part of a day, by what stands at the end."""
    weekly: dict[str, int] = defaultdict(int)
    for line in budget.lines.all():
        weekly[_way(line, day)] += line.weekly
    if holding not in weekly:
        return 0, 0
    asked = min(_charge(budget, day), sum(weekly.values()))
    gross, own = weekly[holding], shared_contribution(weekly, asked)[holding]
    for pause in budget.pauses.all():
        if pause.holding in {"", holding} and _paused(pause, day):
            gross = min(gross, pause.weekly)
            own = min(own, gross)
    return gross, own


def _way(line: BudgetLine, day: date) -> str:
    for before in line.held_before.all():
        if day < before.until:
            return before.holding
    return line.holding if line.held_from is None or day >= line.held_from else "elsewhere"


def _charge(budget: Budget, day: date) -> int:
    begun = [each for each in budget.charge_changes.all() if each.from_day <= day]
    newest = max(begun, key=lambda each: (each.from_day, each.pk), default=None)
    return newest.contribution if newest else budget.contribution


def _paused(pause: Pause, day: date) -> bool:
    if pause.period.isempty or pause.pays == Pause.Pays.ALL:
        return False
    first = pause.period.lower + timedelta(days=pause.full_days)
    return first <= day and (pause.period.upper is None or day < pause.period.upper)
