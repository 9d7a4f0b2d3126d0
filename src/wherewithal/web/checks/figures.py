"""Figures of an account to begin with: from statements, payments and the budget."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db.models import Sum

from wherewithal.ledger.surplus import nhs_part
from wherewithal.money import share, up
from wherewithal.web.checks.facts import account_of
from wherewithal.web.payments.funding.back import paid_out
from wherewithal.web.payments.models import Payment
from wherewithal.web.people.models import Person
from wherewithal.web.statements import querysets as statements

SpokenFor = Callable[[Person, date], Iterable[tuple[str, int, str]]]
SPOKEN_FOR: list[SpokenFor] = []
"""What knows of bills to come, further along the road: it gives kind, pence and why."""
LONGEST_WHY = 200


def figures_of(person: Person, holding: str, *, on: date) -> dict[str, Any]:
    """Return what is known, for somebody to check: sums in pence, and the day they are of."""
    account = account_of(person, holding, on=on)
    if account is None:
        return {}
    council, own = _paid_in(person, holding)
    arrived = paid_out(person, holding)
    nhs = nhs_part(council, nhs=arrived.nhs, paid_in=arrived.pence)
    return {
        "on": account.seen_to, "balance": account.balance, "weekly_gross": account.weekly_gross,
        "advance": paid_ahead(person, holding, account.seen_to),
        "council_paid_in": council, "own_paid_in": own, "nhs_paid_in": nhs,
        **set_aside(person, account.seen_to),
    }  # fmt: skip


def set_aside(person: Person, on: date) -> dict[str, Any]:
    """Return what is set aside for bills to come, by the fields of the form: pence, and why."""
    found: dict[str, Any] = {}
    for knows in SPOKEN_FOR:
        for kind, pence, why in knows(person, on):
            before = found.get(f"why_{kind}", "")
            found[f"sum_{kind}"] = found.get(f"sum_{kind}", 0) + pence
            found[f"why_{kind}"] = f"{before} {why}".strip()[:LONGEST_WHY]
    return found


def spoken_for(person: Person, holding: str, on: date) -> int:
    """Return the pence in an account that are not over: set aside, or paid for days to come."""
    aside: int = sum(
        pence for name, pence in set_aside(person, on).items() if name.startswith("sum_")
    )
    return aside + paid_ahead(person, holding, on)


def _paid_in(person: Person, holding: str) -> tuple[int, int | None]:
    """Return what each has paid in by the statements, or by our own payments where there is none.

    What the person paid in is then not known, and is left for somebody to ask.
    """
    told = statements.paid_in(person)
    if told.council or told.own:
        return told.council, told.own
    paid = Payment.objects.decided().filter(person=person, holding=holding)
    return int(paid.aggregate(sum=Sum("net"))["sum"] or 0), None


def paid_ahead(person: Person, holding: str, day: date) -> int:
    """Return pence that had arrived by a day for days after it, rounded up to the penny."""
    ahead = Payment.objects.decided().filter(
        person=person, holding=holding, run__pay_on__lte=day, period__endswith__gt=day
    )
    total = 0
    for payment in ahead:
        first, end = payment.period.lower, payment.period.upper
        still = (end - max(first, day)).days - (1 if first <= day else 0)
        total += up(share(still, (end - first).days, of=payment.net))
    return total
