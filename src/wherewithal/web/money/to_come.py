"""What is still to come for one person: on its way, next, and late, with what happens then."""

from dataclasses import dataclass
from datetime import date

from wherewithal.dates import long_date
from wherewithal.ledger.schedule import span
from wherewithal.money import pounds
from wherewithal.web.money.known import Known, know
from wherewithal.web.payments.calendar import periods_of
from wherewithal.web.payments.late.alarm import last_day_to_act, pay_day
from wherewithal.web.payments.models import Payment, Run
from wherewithal.web.payments.owing import Owed, owed_from
from wherewithal.web.payments.presenters import days
from wherewithal.web.payments.working_out import why_not
from wherewithal.web.people.models import Person

NOT_SENT = (Run.Status.PREPARED, Run.Status.CHECKED, Run.Status.APPROVED)
NOT_YOU = "Nobody has sent it yet. That is our job, and nothing you did."
WHAT_NEXT = "Ring us if you need money before it comes. We can send a payment by itself."
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Late:
    """Money that is late, or going to be: what, why, and what happens next."""

    sentence: str
    why: str
    next: str = WHAT_NEXT


@dataclass(frozen=True, slots=True)
class Coming:
    """One payment to come: the day it should be there, pence, and how it was worked out.

    Nought pence means that nothing comes that day, because of days paid before: the sentence
    says which, so that nobody waits for money in vain.
    """

    day: date
    pence: int
    for_days: str
    sentence: str
    on_its_way: bool = False


@dataclass(frozen=True, slots=True)
class ToCome:
    """Everything that is to come, the soonest first, and what is late."""

    coming: tuple[Coming, ...]
    late: tuple[Late, ...]


def to_come(person: Person, on: date, known: Known | None = None) -> ToCome:
    """Return what is to come for a person, as it stands on a day.

    ``known`` is what was read of the person already.
    """
    known = known or know(person)
    until = periods_of(known.usual.schedule, on, count=3)[-1].end or on
    standing = Payment.objects.standing().filter(person=person, invoice__isnull=True)
    owing = [each for each in owed_from(known.facts, until, standing) if _tells(each)]
    sent = [each for each in reversed(known.payments) if _tells(each)]
    in_runs = [each for each in sent if each.invoice_id is None and each.run.pay_on > on]
    stuck = [each for each in sent if each.run.status in NOT_SENT]
    payees = {each.holding: each for each in known.payees}
    late = [
        _owed_late(each, why_not(each.budget, each.holding, payees.get(each.holding)), on)
        for each in owing
        if each.net > 0 and _is_late(pay_day(each.period.start), on)
    ]
    late += [
        _late(each.net, days(each.period), each.run.pay_on, NOT_YOU, on)
        for each in stuck
        if each.net > 0 and _is_late(each.run.pay_on, on)
    ]
    coming = [_sent(each) for each in in_runs if not _stuck(each, on)]
    coming += [_next(each) for each in owing if not _is_late(pay_day(each.period.start), on)]
    return ToCome(tuple(sorted(coming, key=lambda each: each.day)[:SHOWN]), tuple(late))


def _tells(each: Owed | Payment) -> bool:
    """Say whether a person should know of it: money comes, or what was paid before took it all."""
    return each.net > 0 or each.adjustment < 0


def _is_late(due: date, on: date) -> bool:
    """Say whether no run can bring money by the day it is due any more."""
    return last_day_to_act(due) < on


def _stuck(payment: Payment, on: date) -> bool:
    return payment.run.status in NOT_SENT and _is_late(payment.run.pay_on, on)


def _owed_late(each: Owed, why: str, on: date) -> Late:
    return _late(each.net, span(each.period), pay_day(each.period.start), why or NOT_YOU, on)


def _late(pence: int, for_days: str, due: date, why: str, on: date) -> Late:
    told = (
        f"{pounds(pence)} for {for_days} is late. It should have come by {long_date(due)}."
        if due <= on
        else f"{pounds(pence)} for {for_days} should come by {long_date(due)}. It will be late."
    )
    return Late(told, why)


def _sent(payment: Payment) -> Coming:
    sent = payment.run.status not in NOT_SENT
    day = payment.run.pay_on
    return Coming(day, payment.net, days(payment.period), payment.sentence, on_its_way=sent)


def _next(each: Owed) -> Coming:
    return Coming(pay_day(each.period.start), each.net, span(each.period), each.sentence)
