"""From payments to files, and how a payment's days are written."""

from typing import Any

from wherewithal.banking.credits import Credit, Originator
from wherewithal.dates import Period
from wherewithal.ledger.schedule import span
from wherewithal.web.payments.models import Run
from wherewithal.web.policy.settings import local


def days(period: Any) -> str:
    """Write a range of days: ``2 Nov to 29 Nov 2026``."""
    return span(Period(period.lower, period.upper))


def credits_of(run: Run) -> list[Credit]:
    """Return a run's payments as the bank file takes them."""
    return [
        Credit(
            payment.sort_code, payment.account_number, payment.account_name, payment.net,
            payment.reference,
        )
        for payment in run.payments.order_by("id")
    ]  # fmt: skip


def originator() -> Originator:
    """Return the council as its bank knows it, from local settings."""
    own = local("bacs_service_user_number", "bacs_name", "bacs_sort_code", "bacs_account_number")
    return Originator(
        str(own["bacs_service_user_number"]), str(own["bacs_name"]),
        str(own["bacs_sort_code"]), str(own["bacs_account_number"]),
    )  # fmt: skip
