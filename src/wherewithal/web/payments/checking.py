"""The checks of one run against the run before it, from what is stored."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.utils.timezone import localtime

from wherewithal.banking.credits import control_totals
from wherewithal.banking.run_checks import Check, Finding, Paid, compared, made_of_zeros
from wherewithal.money import pounds
from wherewithal.web.payments.models import Payee, Payment, Run
from wherewithal.web.payments.presenters import credit_of
from wherewithal.web.payments.querysets import current_payees
from wherewithal.web.policy.settings import local
from wherewithal.web.providers.models import ProviderAccount


def checks_of(run: Run) -> tuple[Check, ...]:
    """Return every named check of a prepared run; those that stop it come first."""
    payments = list(run.payments.select_related("person", "invoice").order_by("id"))
    now = _paid(payments, current_payees(), provider_accounts(payments))
    settings = local("run_change_percent", "account_new_days")
    new_from = localtime(run.prepared_at).date() - timedelta(days=int(settings["account_new_days"]))
    before = run_before(run)
    then = _paid(before.payments.select_related("person"), {}, {}) if before is not None else []
    return (
        *_stopping(run, payments, now),
        *compared(
            now, then, percent=int(settings["run_change_percent"]), accounts_new_from=new_from
        ),
    )


def run_before(run: Run) -> Run | None:
    """Return the regular run to compare with: the newest that was approved before this one."""
    if run.kind != Run.Kind.REGULAR:
        return None
    decided = Run.objects.filter(kind=Run.Kind.REGULAR, status__in=Run.DECIDED, id__lt=run.id)
    return decided.order_by("-id").first()


def as_kept(checks: Iterable[Check]) -> list[dict[str, Any]]:
    """Return checks as they are kept on the run."""
    return [
        {
            "key": check.key, "title": check.title, "stops": check.stops,
            "found": [{"ref": one.ref, "name": one.name, "seen": one.seen} for one in check.found],
        }
        for check in checks
    ]  # fmt: skip


def _stopping(run: Run, payments: list[Payment], now: list[Paid]) -> tuple[Check, ...]:
    """Return the checks that stop a run: control totals, what a file can carry, zeros."""
    refused, carried = [], []
    for payment in payments:
        if payment.net:
            try:
                carried.append(credit_of(payment))
            except ValueError as problem:
                person = payment.person
                refused.append(Finding(person.reference, person.name, str(problem)))
    totals = control_totals(carried)
    wrong = () if refused or (totals.count, totals.pence) == (run.count, run.total) else (
        Finding("", "The whole run", f"The payments are {totals}, and not {run.count:,} payments,"
                f" {pounds(run.total)}, as was prepared."),
    )  # fmt: skip
    return (
        Check("totals", "Adds up to what was prepared", wrong, stops=True),
        Check("carried", "The bank’s file can carry it", tuple(refused), stops=True),
        made_of_zeros(now),
    )


def provider_accounts(payments: Iterable[Payment]) -> dict[int, ProviderAccount]:
    """Return the account in use of every provider whose bills are paid, by provider (one query)."""
    wanted = {each.invoice.provider_id for each in payments if each.invoice is not None}
    found = ProviderAccount.objects.filter(provider__in=wanted, ended_at__isnull=True)
    return {each.provider_id: each for each in found} if wanted else {}


def _paid(
    payments: Iterable[Payment], payees: Mapping[tuple[int, str], Payee],
    providers: Mapping[int, ProviderAccount],
) -> list[Paid]:  # fmt: skip
    return [
        _one(
            each,
            payees.get((each.person_id, each.holding)),
            providers.get(each.invoice.provider_id) if providers and each.invoice else None,
        )
        for each in payments
    ]


def _one(payment: Payment, payee: Payee | None, provider: ProviderAccount | None) -> Paid:
    person, account = payment.person, payee if payment.invoice_id is None else provider
    days = (payment.period.upper - payment.period.lower).days
    return Paid(
        person.reference, person.name, payment.holding, payment.net, payment.sort_code,
        payment.account_number,
        localtime(account.added_at).date() if account is not None else None,
        may_share=payment.invoice_id is not None
        or (payee is not None and payee.kind in Payee.SHARED),
        days=days if payment.invoice_id is None else 0,
    )  # fmt: skip
