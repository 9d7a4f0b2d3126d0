"""Decisions about a person that somebody else can be asked to look at again."""

from datetime import date

from wherewithal.dates import long_date
from wherewithal.money import pounds
from wherewithal.monitoring.tiers import Tier
from wherewithal.web.budgets.charges.contributions import contribution_on
from wherewithal.web.budgets.holding_changes import changes_of, ended_direct_payment
from wherewithal.web.budgets.models import Budget, DirectPaymentDecision, FinancialAssessment
from wherewithal.web.checks.actions.again import Decided
from wherewithal.web.checks.actions.flags import current_tier
from wherewithal.web.checks.facts import DIRECT
from wherewithal.web.checks.models import LookAgain, SurplusProposal
from wherewithal.web.people.models import Person

Of = LookAgain.Of


def decisions_about(person: Person, on: date) -> dict[str, Decided]:
    """Return what was decided about a person, by what it was about; what never was is left out."""
    found = (
        _budget(person), _direct_payment(person), _money_back(person), _charge(person, on),
        _tier(person),
    )  # fmt: skip
    return {str(decided.of): decided for decided in found if decided is not None}


def _budget(person: Person) -> Decided | None:
    budget = Budget.objects.newest(person)
    if budget is None:
        return None
    last = budget.decisions.order_by("at", "id").last()
    told = f"A personal budget of {pounds(budget.cost)} a week."
    return Decided(Of.BUDGET, budget.pk, last.by_id if last else None, told)


def _direct_payment(person: Person) -> Decided | None:
    decisions = DirectPaymentDecision.objects.filter(budget__person=person)
    last = decisions.order_by("at", "id").last()
    ended = ended_direct_payment(changes_of(person))
    if ended and (last is None or last.at < ended[0].at):
        newest = ended[0]
        words = " ".join((*(each.told for each in ended), f"Why: {newest.reason}"))
        return Decided(Of.DIRECT_PAYMENT, newest.number, newest.by.pk if newest.by else None, words)
    if last is None:
        return None
    told = "A direct payment was agreed to." if last.allowed else "A direct payment was refused."
    reasons = " ".join(str(reason) for reason in last.reasons)
    return Decided(Of.DIRECT_PAYMENT, last.pk, last.by_id, f"{told} {reasons}".strip())


def _money_back(person: Person) -> Decided | None:
    decided = SurplusProposal.objects.filter(person=person, asked__gt=0)
    last = decided.order_by("-proposed_at").first()
    if last is None:
        return None
    told = f"{pounds(last.asked)} is asked back. Why: {last.reasons}"
    return Decided(Of.MONEY_BACK, last.pk, last.decided_by_id, told)


def _charge(person: Person, on: date) -> Decided | None:
    charge = FinancialAssessment.objects.latest_for(person)
    if charge is None:
        return None
    budget = Budget.objects.newest(person)
    day = max(on, budget.period.lower) if budget else on
    pays = f": {pounds(contribution_on(budget, day))} a week" if budget else ""
    told = f"What you pay from {long_date(charge.starts)}{pays}."
    return Decided(Of.CHARGE, charge.pk, charge.made_by_id, told)


def _tier(person: Person) -> Decided | None:
    tier = current_tier(person, DIRECT)
    if tier is None:
        return None
    reasons = " ".join(str(reason) for reason in tier.reasons)
    told = f"How closely the account is looked at: {Tier(tier.tier).label.lower()}. {reasons}"
    return Decided(Of.TIER, tier.pk, tier.by_id, told)
