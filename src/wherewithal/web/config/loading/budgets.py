"""Rows of charges, personal budgets, how they are held, and who is paid."""

import json
from collections.abc import Iterable
from datetime import timedelta
from fractions import Fraction
from functools import cache

from wherewithal.careact.plan_costs import how_often
from wherewithal.web.budgets.holding import check_direct_payment
from wherewithal.web.config.loading.road import HOLDINGS, Rows, at, line_id
from wherewithal.web.config.loading.source import LineRow
from wherewithal.web.config.loading.staff import Staff
from wherewithal.web.config.loading.travellers import SIGNED_OFF, WITH_A_BUDGET, Traveller
from wherewithal.web.payments.models import Payee
from wherewithal.web.people.models import Stage
from wherewithal.web.policy.settings import BY_KEY

CHARGE_COLUMNS = (
    "id", "person_id", "kind", "facts", "starts", "parameters_year", "unverified",
    "assessed_weekly", "made_at", "made_by_id", "copy_given_on",
)  # fmt: skip
BUDGET_COLUMNS = (
    "id", "person_id", "plan_id", "charge_id", "status", "period", "cost", "contribution",
    "one_off", "proposed_at", "proposed_by_id", "statement_on", "agreement_on", "agreement_by",
)  # fmt: skip
BUDGET_LINE_COLUMNS = (
    "id", "budget_id", "plan_line_id", "what", "provider", "how_often", "weekly", "one_off",
    "holding", "position",
)  # fmt: skip
DECISION_COLUMNS = ("budget_id", "kind", "figure", "reasons", "at", "by_id")
DIRECT_PAYMENT_COLUMNS = ("budget_id", "facts", "allowed", "reasons", "at", "by_id")
PAYEE_COLUMNS = (
    "person_id", "holding", "kind", "account_name", "sort_code", "account_number", "added_at",
    "added_by_id", "ended_at",
)  # fmt: skip
DIRECT = "direct-payment"
MANAGED = "council-managed"
TO_PANEL = "This is more than a manager may sign off alone."
BY_PANEL = "The panel read the plan and agreed that it meets the needs."
FACTS = {
    "has_capacity_for_this": True, "can_manage": True, "appropriate": True, "orders": [],
    "why_not": {},
}  # fmt: skip
WHOSE_ACCOUNT = {
    "isf": Payee.Kind.ISF_HOLDER,
    "third-party": Payee.Kind.NOMINEE,
    "trust": Payee.Kind.TRUST,
}
LONGEST_NAME = 40


def charges(everyone: Iterable[Traveller], staff: Staff) -> Rows:
    """Yield the financial assessment of everyone with a budget."""
    for p in with_budgets(everyone):
        if p.charged is None:
            continue
        charge = p.charged.charge
        unverified = [f"{item.label} ({item.why})" for item in charge.unverified]
        day = min(p.charged.starts, p.days["plan_agreed"])
        yield (
            p.id, p.id, p.charged.facts["kind"], json.dumps(p.charged.facts), p.charged.starts,
            charge.year, json.dumps(unverified, ensure_ascii=False), charge.assessed,
            at(day, "11:00"), staff.preparer, day,
        )  # fmt: skip


def budgets(everyone: Iterable[Traveller], staff: Staff) -> Rows:
    """Yield one personal budget for everyone whose plan was put forward."""
    for p in with_budgets(everyone):
        live = p.stage is Stage.LIVE
        signed = p.days.get("budget_signed_off") if p.stage in SIGNED_OFF else None
        agreed = signed + timedelta(days=2) if live and signed and DIRECT in holdings(p) else None
        yield (
            p.id, p.id, p.id, p.id if p.charged else None, _status(p), f"[{p.starts},)", p.cost,
            contribution(p), 0, at(p.days["plan_agreed"], "15:00"),
            staff.practitioners[p.row.practitioner], signed if live else None, agreed,
            p.row.name if agreed else "",
        )  # fmt: skip


def budget_lines(everyone: Iterable[Traveller]) -> Rows:
    """Yield the lines of budgets."""
    for p in with_budgets(everyone):
        for place, (line, holding) in enumerate(zip(p.lines, holdings(p), strict=True)):
            yield (
                line_id(p, place), p.id, line_id(p, place), line.row.what, line.row.provider,
                _terms(line.row), line.weekly, 0, holding, place,
            )  # fmt: skip


def decisions(everyone: Iterable[Traveller], staff: Staff) -> Rows:
    """Yield what managers decided."""
    for p in with_budgets(everyone):
        by, large = staff.managers[p.row.team], for_panel(p)
        if large and (p.stage in SIGNED_OFF or _status(p) == "panel"):
            yield p.id, "to-panel", p.cost, TO_PANEL, at(p.days["plan_agreed"], "16:00"), by
        if p.stage in SIGNED_OFF:
            reasons = BY_PANEL if large else ""
            yield p.id, "sign-off", p.cost, reasons, at(p.days["budget_signed_off"], "17:00"), by


def direct_payment_decisions(everyone: Iterable[Traveller], staff: Staff) -> Rows:
    """Yield that the conditions of a direct payment were met, with the rules' own reasons."""
    outcome = check_direct_payment(FACTS)
    facts, reasons = json.dumps(FACTS), json.dumps(outcome.reasons, ensure_ascii=False)
    for p in with_budgets(everyone):
        if p.stage is Stage.LIVE and DIRECT in holdings(p):
            by = staff.practitioners[p.row.practitioner]
            moment = at(p.days["budget_signed_off"], "17:30")
            yield p.id, facts, outcome.allowed, reasons, moment, by


def payees(everyone: Iterable[Traveller], staff: Staff) -> Rows:
    """Yield the account for each way in which money leaves the council."""
    for p in with_budgets(everyone):
        for place, holding in enumerate(paid_out(p)):
            name, sort_code, number = account(p, holding, place)
            moment = at(p.days["budget_signed_off"], "17:45")
            kind = WHOSE_ACCOUNT.get(holding, Payee.Kind.PERSON).value
            yield p.id, holding, kind, name, sort_code, number, moment, staff.preparer, None


def account(p: Traveller, holding: str, place: int) -> tuple[str, str, str]:
    """Return name, sort code and number of a made-up account: sort codes begin with 00."""
    helper = p.carers[0].name if p.carers else f"Friends of {p.row.name}"
    names = {
        "direct-payment": p.row.name,
        "third-party": helper,
        "trust": f"Trust for {p.row.name}",
    }
    held_by = next(
        line.row.provider for line, how in zip(p.lines, holdings(p), strict=True) if how == holding
    )
    number = 10_000_000 + p.id * 10 + place
    return names.get(holding, held_by)[:LONGEST_NAME], f"00{p.id % 9000 + 1000}", str(number)


def with_budgets(everyone: Iterable[Traveller]) -> Iterable[Traveller]:
    """Keep those whose plan was put forward."""
    return (p for p in everyone if p.stage in WITH_A_BUDGET)


def holdings(p: Traveller) -> list[str]:
    """Return how each line is held; a direct payment is only wished for until support begins."""
    wished = [HOLDINGS[line.row.holding] for line in p.lines]
    if p.stage is Stage.LIVE:
        return wished
    return [MANAGED if holding == DIRECT else holding for holding in wished]


def paid_out(p: Traveller) -> list[str]:
    """Return the ways of holding for which money leaves the council, once signed off."""
    if p.stage not in SIGNED_OFF:
        return []
    return [holding for holding in dict.fromkeys(holdings(p)) if holding != MANAGED]


def contribution(p: Traveller) -> int:
    """Return pence a week."""
    return p.charged.contribution if p.charged else 0


def for_panel(p: Traveller) -> bool:
    """Say whether a manager may not sign it off alone."""
    return p.cost > int(BY_KEY["manager_limit_weekly"].default)


def _status(p: Traveller) -> str:
    if p.stage in SIGNED_OFF:
        return "signed-off"
    return "panel" if for_panel(p) and p.id % 2 else "proposed"


@cache
def _terms(row: LineRow) -> str:
    return how_often(Fraction(row.quantity_per_week), row.unit, "week", row.unit_price_pence)
