"""On which days statements were due, and which of them have not come."""

from datetime import date, timedelta

from wherewithal.careact.direct_payment_reviews import add_months
from wherewithal.monitoring.tiers import Limits, Tier
from wherewithal.web.checks.facts import first_payment
from wherewithal.web.checks.models import TierDecision
from wherewithal.web.people.models import Person
from wherewithal.web.statements.querysets import last_statement_day

GRACE = timedelta(days=28)
A_YEAR, HALF_A_YEAR = 12, 6


def missed_returns(
    person: Person, holding: str, tier: TierDecision | None, on: date, limits: Limits
) -> tuple[date, ...]:
    """Return the days on which statements were due and, four weeks later, had not come.

    A light look asks for none. A closer look asks every few months, a standard one twice in the
    first year and then once a year.
    """
    first = first_payment(person, holding)
    if first is None or tier is None or tier.tier == Tier.LIGHT:
        return ()
    told_to = last_statement_day(person, holding) or first
    due, missed = first, list[date]()
    while True:
        due = add_months(due, _months(tier, first, due, limits))
        if due + GRACE > on:
            return tuple(missed)
        if due > told_to:
            missed.append(due)


def _months(tier: TierDecision, first: date, since: date, limits: Limits) -> int:
    if tier.tier == Tier.ENHANCED:
        return limits.enhanced_months
    return HALF_A_YEAR if since < add_months(first, A_YEAR) else A_YEAR
