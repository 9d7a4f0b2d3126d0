"""From payments to files, and how a payment's days are written."""

from typing import Any

from django.db.models import Count, Q

from wherewithal.banking.credits import Credit, Originator
from wherewithal.dates import Period
from wherewithal.ledger.schedule import span
from wherewithal.web.govuk.environment import count
from wherewithal.web.payments.models import Payment, Run
from wherewithal.web.plans.models import PlanLine
from wherewithal.web.policy.settings import local

NAMED = "WW-PAY-"
GIVEN_BACK = "Money that we give back, into an account of their own"


def days(period: Any) -> str:
    """Write a range of days: ``2 Nov to 29 Nov 2026``."""
    return span(Period(period.lower, period.upper))


def money_held(holding: str) -> str:
    """Return what money that goes to an account is called, at the start of a sentence."""
    if holding == PlanLine.Holding.COUNCIL_MANAGED:
        return "Money that we give back"
    return f"{PlanLine.Holding(holding).label} money"


def credit_of(payment: Payment) -> Credit:
    """Return a payment as the bank file takes it.

    Raises:
        ValueError: the bank could not carry it; the message says which value and why.
    """
    return Credit(
        payment.sort_code, payment.account_number, payment.account_name, payment.net,
        payment.reference,
    )  # fmt: skip


def how_many(run: Run) -> str:
    """Say to how many people a run's payments go, and how many come to nothing."""
    found = run.payments.aggregate(
        people=Count("person", distinct=True, filter=Q(net__gt=0)),
        nothing=Count("pk", filter=Q(net=0)),
    )
    told = f"to {count(found['people'], 'person', 'people')}"
    nothing = f"; not sent: {found['nothing']:,} of £0.00" if found["nothing"] else ""
    return told + nothing


def payment_name(payment: Payment) -> str:
    """Return the name by which the bank answers for a payment: ``WW-PAY-12``."""
    return f"{NAMED}{payment.pk}"


def originator() -> Originator:
    """Return the council as its bank knows it, from local settings."""
    own = local("bacs_service_user_number", "bacs_name", "bacs_sort_code", "bacs_account_number")
    return Originator(
        str(own["bacs_service_user_number"]), str(own["bacs_name"]),
        str(own["bacs_sort_code"]), str(own["bacs_account_number"]),
    )  # fmt: skip
