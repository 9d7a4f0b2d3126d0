"""The days whose money has arrived, also where a later payment brought it.

A run of everyone due brings whatever earlier days still lack: the weeks before start-up costs that
were paid first, and days whose own payment came back.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, QuerySet, Subquery

from wherewithal.dates import Period
from wherewithal.ledger.owing import unpaid_days
from wherewithal.ledger.schedule import BudgetPiece
from wherewithal.web.payments.models import BankAnswer, Payment, Run

State = Payment.State


@dataclass(frozen=True, slots=True)
class Arrived:
    """Of one budget in one way of holding: the days whose weeks arrived, and whose single sums."""

    days: tuple[Period, ...]
    once: tuple[Period, ...]


def with_answers(payments: QuerySet[Payment]) -> QuerySet[Payment]:
    """Load payments as ``arrived`` needs them: with their run, bill, and when they came back.

    A run also names everybody whom it could not pay: that is never read here.
    """
    answers = BankAnswer.objects.filter(payment=OuterRef("pk"), state__in=Payment.CAME_BACK)
    back = Subquery(answers.order_by("-recorded_at").values("recorded_at")[:1])
    standing = payments.filter(cancelled=False, refund__isnull=True)
    found = standing.select_related("run", "invoice").annotate(came_back_at=back)
    return found.defer("parts", "sentence", "run__left_out", "run__checks")


def arrived(payments: Iterable[Payment], way: str, first: date) -> Arrived:
    """Return what has arrived of the payments of one budget, loaded ``with_answers``.

    Days before ``first`` are only in it where a payment was for them.
    """
    own = [each for each in payments if each.invoice_id is None and each.holding == way]
    here = [each for each in own if each.state == State.CONFIRMED]
    single = [_period(each) for each in here if each.run.kind == Run.Kind.ONE_OFFS]
    weeks = [_period(each) for each in here if _is_for_weeks(each)]
    brought = [each for each in here if each.run.kind == Run.Kind.REGULAR]
    out = [each for each in own if each.state != State.CONFIRMED and not _made_good(each, brought)]
    until = max((each.period.upper for each in brought if each.gross), default=first)
    days = [*weeks, *_not_in(first, until, weeks, [each for each in out if _is_for_weeks(each)])]
    apart = [each for each in out if each.run.kind == Run.Kind.ONE_OFFS]
    left = [day for each in days for day in _not_in(each.start, each.end, [], apart)]
    return Arrived(tuple(days), (*single, *left))


def _is_for_weeks(payment: Payment) -> bool:
    return bool(payment.gross) and payment.run.kind != Run.Kind.ONE_OFFS


def _made_good(payment: Payment, brought: Sequence[Payment]) -> bool:
    """Say whether a payment that came back was made good by a run released since then."""
    back: datetime | None = getattr(payment, "came_back_at", None)
    return back is not None and any(
        each.run.released_at is not None and each.run.released_at >= back for each in brought
    )


def _not_in(
    first: date, until: date | None, paid: Sequence[Period], others: Iterable[Payment]
) -> list[Period]:
    """Return the days from a first one on that none of these periods and payments is for."""
    if until is None or until <= first:
        return []
    whole = BudgetPiece(Period(first, until), 1, 0)
    return unpaid_days([whole], [*paid, *map(_period, others)], until)


def _period(payment: Payment) -> Period:
    return Period(payment.period.lower, payment.period.upper)
