"""On which days statements were due, and which of them have not come."""

from datetime import date, timedelta

from wherewithal.careact.direct_payment_reviews import add_months
from wherewithal.monitoring.tiers import Limits, Tier
from wherewithal.web.checks.beforehand import Beforehand, Key
from wherewithal.web.checks.models import TierDecision

GRACE = timedelta(days=28)
A_YEAR, HALF_A_YEAR = 12, 6


def missed_returns(
    key: Key, tier: TierDecision | None, on: date, limits: Limits, known: Beforehand
) -> tuple[date, ...]:
    """Return the days on which statements were due and, four weeks later, had not come.

    A light look asks for none. A closer look asks every few months, a standard one twice in the
    first year and then once a year.
    """
    first = known.first_payments.get(key)
    if first is None or tier is None or tier.tier == Tier.LIGHT:
        return ()
    told_to = known.seen_to.get(key, first)
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
