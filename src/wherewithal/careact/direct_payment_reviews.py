"""When the council must look at how a direct payment is working.

This review is about the arrangement; the review of the plan is another one, though both may be
held together. Source: SI 2014/2871, regulation 7.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from wherewithal.careact.sources import Reason, Source, source
from wherewithal.dates import ONE_DAY, long_date

FIRST_MONTHS = 6
NEXT_MONTHS = 12

EVENTS: Mapping[str, str] = MappingProxyType(
    {
        "suspected_breach": "We have a question about whether an agreed condition was kept.",
        "lost_capacity": "You may no longer be able to make this decision yourself.",
        "cannot_manage": "Managing the direct payment may have become too hard.",
        "no_longer_appropriate": "A direct payment may no longer be the best way to meet your "
        "needs.",
        "regained_capacity": "You may now be able to make this decision yourself.",
        "concern_about_use": "Someone has told us they are worried about how it is used.",
        "concern_about_authorised_person": "Someone is worried about how the authorised person "
        "acts for you.",
    }
)
"""What calls for a review at once, and how the person is told. None of them stops the payment."""


@dataclass(frozen=True, slots=True)
class ReviewDue:
    """The last day on which the review may be held; ``at_once`` when something called for it."""

    due_by: date
    at_once: bool
    reason: Reason


def next_review(first_payment: date, last_review: date | None = None) -> ReviewDue:
    """Return when the next review is due.

    The first falls *within* six months of the first payment, so its last day is the day before
    six months are up. After that the interval is no more than twelve months: a review on
    1 June 2026 makes the next one due by 1 June 2027, that day included.

    Raises:
        ValueError: the last review is before the first payment.
    """
    due, rule = due_by(first_payment, last_review), source("direct-payments-7")
    again = "" if last_review is None else " again"
    told = f"We must look{again} at how the direct payment is working by {long_date(due)}."
    return ReviewDue(due, False, Reason(told, rule))


def due_by(first_payment: date, last_review: date | None = None) -> date:
    """Return the last day on which the next review may be held, as :func:`next_review` does.

    Raises:
        ValueError: the last review is before the first payment.
    """
    if last_review is None:
        return add_months(first_payment, FIRST_MONTHS) - ONE_DAY
    if last_review < first_payment:
        raise ValueError(
            f"The last review, {long_date(last_review)}, is before the first payment, "
            f"{long_date(first_payment)}. Correct one of the dates."
        )
    return add_months(last_review, NEXT_MONTHS)


def review_called_for(event: str, on: date) -> ReviewDue:
    """Return the extra review that something calls for. It never stops the payment by itself.

    Raises:
        ValueError: the event is not one the regulation names.
    """
    if event not in EVENTS:
        raise ValueError(f"{event!r} does not call for a review. Use one of: {', '.join(EVENTS)}.")
    rule: Source = source("direct-payments-7")
    told = f"{EVENTS[event]} We will review it with you. Your direct payment carries on meanwhile."
    return ReviewDue(on, True, Reason(told, rule))


@lru_cache(maxsize=4096)  # a worklist asks about some thousand accounts, and few different days
def add_months(day: date, months: int) -> date:
    """Return the same day of the month later, or that month's last day where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
