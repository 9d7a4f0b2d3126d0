"""From charges and budgets to what pages and letters show."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from wherewithal.charging.steps import Step, written
from wherewithal.dates import long_date
from wherewithal.money import pounds
from wherewithal.web.budgets.charges.contributions import contribution_on, contribution_pieces
from wherewithal.web.budgets.charges.working_out import Charge
from wherewithal.web.budgets.funding import whole_paid
from wherewithal.web.budgets.holding_changes import Changed
from wherewithal.web.budgets.models import Budget, BudgetLine, Decision
from wherewithal.web.plans.models import PlanLine


def agreement_terms(*, notice_weeks: int, records_years: int) -> tuple[str, ...]:
    """Return the terms of a direct payment, with the council's own weeks and years in them."""
    return (
        *_TERMS,
        f"Keep bills, payslips and bank statements of this year and the {records_years} years"
        " before it. We ask to see them, but no more than we need.",
        "You can stop at any time. We then arrange your support another way, without a gap.",
        "We may stop it if it is not used for your support, or no longer suits you. We write to"
        f" you first, with reasons, {notice_weeks} weeks before. It is sooner only if you ask for"
        " that or it can’t go on. Your support goes on.",
    )


def holding_meanings(
    meanings: Mapping[PlanLine.Holding, str], *, carry_weeks: int
) -> list[tuple[str, str]]:
    """Return what each way of holding is called and means, with what a provider may carry over."""
    carried = f" Up to {carry_weeks} weeks of the budget may be carried over, for you alone."
    return [
        (str(key.label), text + (carried if key == PlanLine.Holding.ISF else ""))
        for key, text in meanings.items()
    ]


def fee_unsaid(lines: Iterable[BudgetLine]) -> bool:
    """Say whether a provider holds money in a service fund, and no line of it is called a fee."""
    held = [line for line in lines if line.holding == PlanLine.Holding.ISF]
    return bool(held) and not any("fee" in line.what.casefold().split() for line in held)


_TERMS = (
    "The money is only for the support in your plan. You choose who gives it, and when.",
    "Keep it apart from your other money, in an account just for this.",
    "Pay your own share into that account, if you have one to pay.",
    "If you employ someone, you are their employer. We help with pay, tax, insurance and checks.",
    "Tell us when things change, when money is left over, or when it is too much to manage.",
    "Some weeks’ money always stays in the account. We talk with you about what is over, and may"
    " ask for it back. We never just take it.",
    "We look at how it works with you within 6 months, and then at least once a year.",
)


@dataclass(frozen=True, slots=True)
class Part:
    """One heading of a breakdown, with its lines as ``ui.reasons`` shows them."""

    title: str
    lines: tuple[dict[str, str], ...]


def breakdown(charge: Charge) -> list[Part]:
    """Return a charge as parts in order: what was looked at, what counts, what is kept, the sum."""
    parts: dict[str, list[dict[str, str]]] = {}
    for step in charge.steps:
        title, kind = _place(step)
        parts.setdefault(title, []).append(_line(step, kind))
    return [Part(title, tuple(lines)) for title, lines in parts.items()]


def _place(step: Step) -> tuple[str, str]:
    begin = step.key.partition(":")[0]
    return _PLACES.get(begin, ("How much you pay", "note"))


_PLACES = {
    "free": ("Support that is free", "note"),
    "light": ("A short money check", "note"),
    "capital": ("Savings and things you own", "note"),
    "tariff": ("Money coming in", "added"),
    "income": ("Money coming in", "added"),
    "housing": ("What you keep", "taken"),
    "expense": ("What you keep", "taken"),
    "expenses": ("What you keep", "note"),
    "guarantee": ("What you keep", "taken"),
    "available": ("How much you pay", "subtotal"),
    "assessed": ("How much you pay", "subtotal"),
    "partner": ("How much you pay", "note"),
    "limit": ("How much you pay", "note"),
    "contribution": ("How much you pay", "total"),
    "council": ("How much you pay", "note"),
}


def _line(step: Step, kind: str) -> dict[str, str]:
    shown = step.amount
    if kind == "added" and shown < 0:  # tax, among the money that comes in
        kind, shown = "taken", -shown
    amount = "" if kind == "note" and not shown else written(shown)
    if kind in {"added", "taken"} and not step.amount:
        kind = "note"
    title = step.label[:1].upper() + step.label[1:]
    return {"title": title, "text": step.for_person, "amount": amount, "kind": kind}


def line_rows(lines: Iterable[BudgetLine], allowed: bool) -> list[dict[str, str]]:
    """Return budget lines for tables; a wished-for direct payment says what happens meanwhile."""
    return [
        {
            "what": line.what,
            "provider": line.provider,
            "how_often": line.how_often,
            "weekly": pounds(line.weekly) if line.weekly or not line.one_off else "–",
            "one_off": pounds(line.one_off) if line.one_off else "",
            "holding": _held(line, allowed),
        }
        for line in lines
    ]


def _held(line: BudgetLine, allowed: bool) -> str:
    wished = (
        line.plan_line is not None and line.plan_line.holding == PlanLine.Holding.DIRECT_PAYMENT
    )
    if wished and not allowed and line.holding == PlanLine.Holding.COUNCIL_MANAGED:
        return "Council-managed, until the direct payment is settled"
    return line.get_holding_display()


def shares(budget: Budget, who: str, on: date) -> list[dict[str, str]]:
    """Return the figures of a statement; ``who`` begins "You pay" or "Ada pays"."""
    day = max(on, budget.period.lower)
    pays = contribution_on(budget, day)
    paid = whole_paid(budget, pays, day)
    others = (("The NHS pays", paid.nhs), ("Others pay", paid.other))
    items = [
        {"label": "What the support costs", "amount": pounds(budget.cost), "unit": "a week"},
        {"label": who, "amount": pounds(pays), "unit": "a week"},
        {"label": "The council pays", "amount": pounds(paid.council), "unit": "a week"},
        *({"label": label, "amount": pounds(pence), "unit": "a week"}
          for label, pence in others if pence),
    ]  # fmt: skip
    if budget.one_off:
        items.append({"label": "Paid once, beside that", "amount": pounds(budget.one_off)})
    return items


def charge_changed(budget: Budget, on: date) -> str:
    """Say since when the charge is what it is, and what it will be; empty where it never changed.

    A statement gives what is paid on its day, not what was paid when the budget began.
    """
    day, found = max(on, budget.period.lower), contribution_pieces(budget)
    now = max(place for place, (days, _) in enumerate(found) if days.start <= day)
    words = []
    if now:
        since, before = found[now][0].start, found[now - 1][1]
        words.append(
            f"What is paid towards it changed on {long_date(since)}: it was {pounds(before)} a"
            " week."
        )
    if now + 1 < len(found):
        days, weekly = found[now + 1]
        words.append(f"From {long_date(days.start)} it will be {pounds(weekly)} a week.")
    return " ".join(words)


def period_words(budget: Budget) -> str:
    """Write the days that a budget covers."""
    first = long_date(budget.period.lower)
    if budget.period.upper is None:
        return f"From {first}, until something changes"
    return f"From {first} to {long_date(budget.period.upper - timedelta(days=1))}"


def reasons_given(decisions: Iterable[Decision]) -> list[dict[str, Any]]:
    """Return the decisions with reasons as a timeline, newest first."""
    return [
        {
            "title": decision.get_kind_display(),
            "by": str(decision.by or ""),
            "at": decision.at,
            "text": decision.reasons,
        }
        for decision in sorted(decisions, key=lambda one: one.at, reverse=True)
    ]


def holding_changes(changes: Iterable[Changed]) -> list[dict[str, Any]]:
    """Return what changed in how the money is held, and why, as a timeline."""
    return [
        {"title": each.told, "by": str(each.by or ""), "at": each.at, "text": each.reason}
        for each in changes
    ]


def above_or_below(budget: Budget) -> str:
    """Write how far the budget is from the first figure, for a table."""
    figure = getattr(budget.plan.assessment, "indicative", None)
    if figure is None or figure.weekly is None:
        return "–"
    gap = budget.cost - figure.weekly
    return f"+{pounds(gap)}" if gap > 0 else pounds(gap)


def compared(budget: Budget) -> str:
    """Say how the budget stands beside the first figure."""
    figure = getattr(budget.plan.assessment, "indicative", None)
    if figure is None or figure.weekly is None:
        return "There was no first figure. The plan set the cost."
    gap = budget.cost - figure.weekly
    first = f"The first figure was {pounds(figure.weekly)} a week."
    if not gap:
        return f"{first} The budget is the same."
    way = "more" if gap > 0 else "less"
    return f"{first} The budget is {pounds(abs(gap))} a week {way}."
