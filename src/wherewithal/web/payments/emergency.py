"""One payment at once, for one person: two people and a reason; the next run counts it.

It is paid for the first days that nothing was paid for yet. Whatever it is more or less than those
days come to, the next run makes up by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from math import ceil

from django.contrib.postgres.fields.ranges import DateRange  # type: ignore[attr-defined]  # psycopg's own
from django.db import transaction
from django.utils.timezone import localtime

from wherewithal.dates import Period
from wherewithal.ledger.schedule import span
from wherewithal.money import down, half_up, pounds, share
from wherewithal.web.accounts.actions import record
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.payments.actions import hold, one_at_a_time
from wherewithal.web.payments.calendar import pay_periods
from wherewithal.web.payments.checking import as_kept, checks_of
from wherewithal.web.payments.models import Payee, Payment, Run
from wherewithal.web.payments.owing import Owed, owed
from wherewithal.web.payments.querysets import PAID_OUT, current_payees
from wherewithal.web.payments.working_out import payment_of, why_not
from wherewithal.web.people.models import Person

EVERY_RUN = 10**12
"""A number above that of any run: whatever is in a run already counts as paid."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is to be paid at once, out of which money, how much in pence, and why."""

    person: Person
    holding: str
    pence: int
    reason: str


@dataclass(frozen=True, slots=True)
class Way:
    """What could be paid at once in one way of holding, in pence, and what keeps it from that."""

    holding: str
    pence: int
    why_not: str
    payee: Payee | None


def ways_to_pay(person: Person, at: datetime) -> list[Way]:
    """Return each way of holding out of which someone is owed anything that is in no run."""
    payees, ways = current_payees(), []
    for holding in PAID_OUT:
        found = could_be_paid(person, holding.value, at)
        payee = payees.get((person.pk, holding.value))
        if found:
            why = why_not(found[0].budget, holding.value, payee)
            ways.append(Way(holding.value, sum(each.net for each in found), why, payee))
    return ways


def could_be_paid(person: Person, holding: str, at: datetime) -> list[Owed]:
    """Return what is owed to someone now and for the next pay period, and is in no run."""
    periods = pay_periods(localtime(at).date(), 2)
    until = periods[-1].end or periods[-1].start
    return [
        each
        for each in owed(until, before=EVERY_RUN, person=person)
        if each.holding == holding and each.net
    ]


@transaction.atomic
def prepare_emergency(*, asked: Asked, by: User, at: datetime) -> Run:
    """Hold one payment to be sent today once another officer approves it.

    Raises:
        NotNow: a paper or the account is missing, nothing is owed, or it is more than what is owed
            now and for the next pay period.
    """
    one_at_a_time()
    found = could_be_paid(asked.person, asked.holding, at)
    _refuse_too_much(asked, found)
    first = found[0]
    payee = current_payees().get((asked.person.pk, asked.holding))
    why = why_not(first.budget, asked.holding, payee)
    if why or payee is None:
        raise NotNow(f"{asked.person.name} can’t be paid yet. {why}")
    run = Run.objects.create(
        kind=Run.Kind.EMERGENCY, period=DateRange(first.period.start, first.period.end),
        pay_on=localtime(at).date(), reason=asked.reason, prepared_at=at, prepared_by=by,
    )  # fmt: skip
    hold(run, [_early(payment_of(run, first, payee), asked)], [])
    _check(run, by, at)
    record(
        by=by, at=at, verb="payment-run.prepared", person=asked.person.reference, run=run.pk,
        summary=f"An emergency payment of {pounds(asked.pence)} was prepared: {asked.reason}",
    )  # fmt: skip
    return run


def _refuse_too_much(asked: Asked, found: Sequence[Owed]) -> None:
    most = sum(each.net for each in found)
    if not most:
        raise NotNow(
            "Nothing is owed that is not already in a run. If that run is too late, cancel it"
            " first, or settle it outside."
        )
    if asked.pence > most:
        raise NotNow(
            f"{pounds(asked.pence)} is more than is owed now and for the next pay period:"
            f" {pounds(most)}. Pay {pounds(most)} or less."
        )


def _early(payment: Payment, asked: Asked) -> Payment:
    """Cut a payment to the days that the sum asked for covers, and make it that sum."""
    whole = Period(payment.period.lower, payment.period.upper)
    promised = payment.gross - payment.contribution
    if promised > 0:
        covered = ceil(Fraction(asked.pence * whole.days, promised))
        days = max(1, min(whole.days, covered))
        payment.period = DateRange(whole.start, whole.start + timedelta(days=days))
        payment.gross = half_up(share(days, whole.days, of=payment.gross))
        payment.contribution = down(share(days, whole.days, of=payment.contribution))
    payment.adjustment = asked.pence - payment.gross + payment.contribution
    payment.net = asked.pence
    told = (
        f"Paid at once, because: {' '.join(asked.reason.split())} It counts for"
        f" {span(Period(payment.period.lower, payment.period.upper))}. The next payment makes up"
        " whatever this is more or less than those days come to."
    )
    payment.parts = [{"what": "emergency", "pence": payment.adjustment, "why": told}]
    payment.sentence = f"{pounds(asked.pence)}. {told}"
    return payment


def _check(run: Run, by: User, at: datetime) -> None:
    """Check an emergency payment as it is made: what would stop any run stops it too."""
    checks = checks_of(run)
    stopped = [one.seen for check in checks if check.holds_up for one in check.found]
    if stopped:
        raise NotNow(" ".join(stopped))
    run.status, run.checks, run.check_note = Run.Status.CHECKED, as_kept(checks), run.reason
    run.checked_by, run.checked_at = by, at
    run.save()
