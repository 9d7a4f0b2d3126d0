"""People who waited when the year began: signed off, told, agreed, and paid for the first time."""

from datetime import date
from functools import partial
from typing import Any

from wherewithal.dates import add_working_days
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.budgets.actions import give_statement, send_to_panel, sign_off
from wherewithal.web.budgets.delegation import limits_now
from wherewithal.web.budgets.holding import decide_direct_payment, sign_agreement
from wherewithal.web.budgets.models import Budget
from wherewithal.web.config.loading.budgets import FACTS
from wherewithal.web.config.year.town import Year, at
from wherewithal.web.payments.actions import set_payee
from wherewithal.web.payments.models import Payee
from wherewithal.web.plans.models import PlanLine

DIRECT = PlanLine.Holding.DIRECT_PAYMENT


def begin(year: Year) -> None:
    """Put down when each budget that waits is decided, and when its papers are signed."""
    for budget in Budget.objects.waiting().select_related("person").order_by("id"):
        on = year.working(year.first, 1 + year.chance.below(15, "sign-off", budget.person_id))
        year.diary.note(on, partial(_decide, year, budget.pk))
    waits = Budget.objects.filter(status="signed-off", statement_on=None)
    for budget in waits.order_by("id"):
        on = year.working(year.first, 1 + year.chance.below(8, "papers", budget.person_id))
        year.diary.note(on, partial(_papers, year, budget.pk))


def _decide(year: Year, budget: int, day: date) -> None:
    found = Budget.objects.select_related("person", "plan").get(pk=budget)
    limits, by = limits_now(), year.crew.manager
    reasons = ""
    try:
        if found.cost > limits.manager:
            if found.status != Budget.Status.PANEL:
                send_to_panel(
                    budget=found, reasons="It is above my limit.", limits=limits, by=by, at=at(day)
                )
            reasons = "The panel read the plan and agreed that it meets the needs."
            found.refresh_from_db()
        sign_off(budget=found, weekly={}, reasons=reasons, limits=limits, by=by, at=at(day, 11))
    except NotNow:
        year.seen["budgets that could not be decided"] += 1
        return
    on = add_working_days(day, 2, year.holidays)
    year.diary.note(on, partial(_papers, year, budget))


def _papers(year: Year, budget: int, day: date) -> None:
    """Give the statement, agree to the direct payment, sign, and say where the money goes."""
    found = Budget.objects.select_related("person", "plan").get(pk=budget)
    by: Any = year.crew.practitioner
    give_statement(budget=found, on=day, by=by, at=at(day))
    if found.lines.filter(plan_line__holding=DIRECT).exists():
        decide_direct_payment(budget=found, facts=dict(FACTS), by=by, at=at(day, 11))
        sign_agreement(budget=found, name=found.person.name, on=day, by=by, at=at(day, 12))
    held = found.lines.exclude(holding=PlanLine.Holding.COUNCIL_MANAGED)
    for place, holding in enumerate(sorted(set(held.values_list("holding", flat=True)))):
        if not Payee.objects.filter(person=found.person, holding=holding, ended_at=None).exists():
            set_payee(
                person=found.person, holding=holding, account_name=found.person.name[:40],
                sort_code=f"00{found.person_id % 9000 + 1000}", by=year.crew.finance,
                account_number=str(20_000_000 + found.person_id * 10 + place), at=at(day, 13),
            )  # fmt: skip
    year.seen["started in the year"] += 1
