"""Writes about how the money of a budget is held: line by line, and the direct payment itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils.timezone import localtime

from wherewithal.careact.direct_payments import (
    AuthorisedPersonFacts,
    DirectPaymentFacts,
    decide_for_adult,
    decide_for_authorised_person,
)
from wherewithal.careact.paying_relatives import PayeeFacts, may_pay
from wherewithal.dates import long_date
from wherewithal.web.accounts.actions import record
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.budgets.models import (
    Budget,
    BudgetLine,
    DirectPaymentDecision,
    HeldBefore,
)
from wherewithal.web.plans.models import PlanLine
from wherewithal.web.policy.settings import local

Holding = PlanLine.Holding
DIRECT = Holding.DIRECT_PAYMENT
CHANGED = "holding.changed"
NO_REASON = "Enter why it changes. The person reads it."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the rules say: ``allowed`` (``None``: not yet), the reasons, and what is missing."""

    allowed: bool | None
    reasons: tuple[str, ...]
    missing: tuple[str, ...]


def check_direct_payment(facts: Mapping[str, Any]) -> Outcome:
    """Apply the conditions of a direct payment to facts as they are kept in JSON.

    Raises:
        ValueError: the facts do not hold together, for example a necessity without its reason.
    """
    if facts["has_capacity_for_this"]:
        decision = decide_for_adult(_own_request(facts))
    else:
        decision = decide_for_authorised_person(_authorised_request(facts))
    reasons, missing, allowed = decision.for_person, decision.missing, decision.offer
    if facts.get("payee"):
        payee = may_pay(PayeeFacts(**facts["payee"]))
        reasons += tuple(reason.for_person for reason in payee.reasons)
        if not payee.allowed and allowed:
            allowed = False
            reasons += (
                "You can still ask for a direct payment that pays someone else.",
                "Until then the council arranges this support. You will not be left without.",
            )
    return Outcome(None if missing else allowed, reasons, missing)


@transaction.atomic
def decide_direct_payment(
    *, budget: Budget, facts: dict[str, Any], by: User, at: datetime
) -> DirectPaymentDecision:
    """Keep the decision with its facts and reasons; lines that wished for it are then held so.

    Where it is refused, no line stays a direct payment: the council arranges that support.
    """
    budget = _signed_off(budget)
    outcome = check_direct_payment(facts)
    if outcome.allowed is None:
        raise NotNow(" ".join(outcome.missing))
    decision = DirectPaymentDecision.objects.create(
        budget=budget, facts=facts, allowed=outcome.allowed, reasons=list(outcome.reasons),
        at=at, by=by,
    )  # fmt: skip
    told = (
        "The direct payment was agreed to." if outcome.allowed else "A direct payment was refused."
    )
    _noted(budget, by, at, "direct-payment.decided", told, allowed=outcome.allowed)
    wished = {
        line.pk: DIRECT if outcome.allowed else Holding.COUNCIL_MANAGED
        for line in budget.lines.select_related("plan_line")
        if (line.plan_line and line.plan_line.holding == DIRECT) or line.holding == DIRECT
    }
    reason = f"{told} {' '.join(outcome.reasons)}"
    _hold(budget, wished, reason, by, at)
    return decision


@transaction.atomic
def change_holding(
    *, budget: Budget, choices: Mapping[int, str], reason: str, by: User, at: datetime,
    first_day: date | None = None,
) -> list[BudgetLine]:  # fmt: skip
    """Hold lines differently from now on; returns those that changed.

    The person reads the reason. Where a direct payment ends by it, they also read what goes on
    and what they can do; it ends no sooner than ``first_day``, the first day after the notice.

    Raises:
        NotNow: a line would become a direct payment before that was allowed.
        ValidationError: something changes, and nobody said why.
    """
    budget = _signed_off(budget)
    if DIRECT in choices.values() and not direct_payment_allowed(budget):
        already = set(budget.lines.filter(holding=DIRECT).values_list("pk", flat=True))
        if {pk for pk, holding in choices.items() if holding == DIRECT} - already:
            raise NotNow(
                "A line can be held as a direct payment once its conditions have been checked."
                " Check them first."
            )
    return _hold(budget, choices, reason, by, at, first_day=first_day)


def notice_weeks() -> int:
    """Return the weeks of notice the council gives before a direct payment ends."""
    return int(local("direct_payment_notice_weeks")["direct_payment_notice_weeks"])


def paid_out_directly(budget: Budget) -> bool:
    """Say whether any of a budget was paid as a direct payment, and some of it still is."""
    held = any(line.holding == DIRECT for line in budget.lines.all())
    return held and budget.payments.filter(cancelled=False, holding=DIRECT).exists()


@transaction.atomic
def sign_agreement(*, budget: Budget, name: str, on: date, by: User, at: datetime) -> Budget:
    """Keep who signed the direct payment agreement, and when.

    Raises:
        NotNow: there is nothing to agree to yet, or it would count from an earlier day than it
            does: what was spent before it was signed can never be asked back.
    """
    budget = _signed_off(budget)
    if not direct_payment_allowed(budget):
        raise NotNow("There is no direct payment to agree to yet.")
    if budget.agreement_on is not None and on < budget.agreement_on:
        raise NotNow(
            f"The agreement was signed on {long_date(budget.agreement_on)}. It cannot count from"
            " an earlier day."
        )
    budget.agreement_on, budget.agreement_by = on, name
    budget.save(update_fields=["agreement_on", "agreement_by"])
    _noted(budget, by, at, "direct-payment.agreement-signed", f"{name} signed the agreement.")
    return budget


def direct_payment_allowed(budget: Budget) -> bool:
    """Say whether the newest decision about a direct payment allows it."""
    newest = DirectPaymentDecision.objects.filter(budget=budget).order_by("-at", "-id").first()
    return newest is not None and newest.allowed


def _hold(
    budget: Budget, choices: Mapping[int, str], reason: str, by: User, at: datetime, *,
    first_day: date | None = None,
) -> list[BudgetLine]:  # fmt: skip
    changed = []
    for line in budget.lines.select_for_update():
        holding = choices.get(line.pk, line.holding)
        if holding == line.holding:
            continue
        if not reason.strip():
            raise ValidationError({"reason": NO_REASON})
        first = _from_day(budget, line, holding, localtime(at).date())
        if first_day is not None and line.holding == DIRECT:
            first = max(first or budget.period.lower, first_day)
        _keep_how_it_was(budget, line, first)
        line.held_from = first
        before, called = line.holding, line.get_holding_display()
        line.holding = Holding(holding)
        line.save(update_fields=["holding", "held_from"])
        told = (
            f"{line.what}: the money is held as “{line.get_holding_display()}”"
            f" from {long_date(first or budget.period.lower)}."
        )
        _noted(
            budget, by, at, CHANGED, f"{told} Why: {reason.strip()}", line=line.pk, before=called,
            told=told, reason=reason.strip(), ends_direct_payment=before == DIRECT,
            what=line.what, now=holding,
        )  # fmt: skip
        changed.append(line)
    return changed


def _keep_how_it_was(budget: Budget, line: BudgetLine, until: date | None) -> None:
    """Keep how a line was held on days before it is held in a new way, if there are any."""
    if until is not None and until > max(budget.period.lower, line.held_from or date.min):
        HeldBefore.objects.create(line=line, holding=line.holding, until=until)


def _from_day(budget: Budget, line: BudgetLine, holding: str, today: date) -> date | None:
    """Return the first day on which a line is held in a new way, so that no day is paid twice.

    What the council arranged until today it has paid for; what was paid out in advance, in the old
    way or the new one, comes first. Money that never left goes to the new way from the beginning.
    """
    paid = budget.payments.filter(cancelled=False, holding__in=[line.holding, holding])
    until = paid.aggregate(last=Max(F("period__endswith")))["last"]
    arranged = today if line.holding == Holding.COUNCIL_MANAGED else line.held_from
    days = [day for day in (until, arranged) if day is not None and day > budget.period.lower]
    return max(days, default=None)


def _own_request(facts: Mapping[str, Any]) -> DirectPaymentFacts:
    return DirectPaymentFacts(
        has_capacity_for_this=facts["has_capacity_for_this"],
        orders=frozenset(facts["orders"]),
        can_manage=facts["can_manage"],
        appropriate=facts["appropriate"],
        has_nominee=bool(facts.get("has_nominee")),
        nominee_agrees=facts.get("nominee_agrees"),
        why_not=facts.get("why_not", {}),
    )


def _authorised_request(facts: Mapping[str, Any]) -> AuthorisedPersonFacts:
    names = (
        "has_capacity_for_this", "authorised_by", "other_mca_person", "mca_person_supports",
        "best_interests", "can_manage", "appropriate",
    )  # fmt: skip
    return AuthorisedPersonFacts(
        orders=frozenset(facts["orders"]),
        family_or_friend=facts.get("family_or_friend", True) is not False,
        why_not=facts.get("why_not", {}),
        **{name: facts.get(name) for name in names},
    )


def _signed_off(budget: Budget) -> Budget:
    locked = (
        Budget.objects.select_for_update(of=("self",)).select_related("person").get(pk=budget.pk)
    )
    if locked.status != Budget.Status.SIGNED_OFF:
        raise NotNow("How the money is held can be settled once the budget is signed off.")
    return locked


def _noted(budget: Budget, by: User, at: datetime, verb: str, summary: str, **detail: Any) -> None:
    reference = budget.person.reference
    record(by=by, at=at, verb=verb, summary=summary, person=reference, budget=budget.pk, **detail)
