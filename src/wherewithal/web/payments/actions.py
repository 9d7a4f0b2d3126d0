"""Preparing, approving and cancelling payment runs; changing where money goes."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.contrib.postgres.fields.ranges import DateRange  # type: ignore[attr-defined]  # psycopg's own
from django.db import connection, transaction
from django.utils.timezone import localtime

from wherewithal.banking.credits import check_account, digits, field
from wherewithal.dates import ONE_DAY, Period, long_date, working_day_on_or_before
from wherewithal.ledger.schedule import due, span
from wherewithal.money import pounds
from wherewithal.web.accounts.actions import audit_row, record, record_many
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.transitions import NotNow, check_move
from wherewithal.web.budgets.stages import settle_stages
from wherewithal.web.payments.beyond import Beyond, left_to_pay, paid_beyond
from wherewithal.web.payments.models import Payee, Payment, Run
from wherewithal.web.payments.querysets import Share, current_payees, shares_to_pay
from wherewithal.web.people.models import Person
from wherewithal.web.plans.models import PlanLine

ONE_RUN_AT_A_TIME = 20_260_401  # any fixed number: PostgreSQL's advisory lock for preparing runs


@transaction.atomic
def prepare_run(*, period: Period, pay_on: date, by: User, at: datetime) -> Run:
    """Work out what is due up to the end of ``period`` and not yet paid, and hold it for approval.

    Days of earlier periods that were never paid (a budget signed off late) are caught up. Who
    cannot be paid is named on the run with the reason. Preparing twice finds nothing left to pay.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_RUN_AT_A_TIME])
    end = period.end or period.start
    run = Run.objects.create(
        period=DateRange(period.start, end), pay_on=pay_on, prepared_at=at, prepared_by=by
    )
    payments, run.left_out = _worked_out(run)
    Payment.objects.bulk_create(payments, batch_size=2000)
    run.count, run.total = len(payments), sum(payment.net for payment in payments)
    run.save()
    record(
        by=by, at=at, verb="payment-run.prepared", run=run.id,
        summary=f"Payment run {run.id} was prepared: {run.count} payments, {pounds(run.total)}.",
    )  # fmt: skip
    return run


@transaction.atomic
def approve_run(*, run_id: int, by: User, at: datetime, holidays: Collection[date]) -> Run:
    """Freeze a run for good, so that its files can be made. Never by who prepared it."""
    run = Run.objects.select_for_update().get(id=run_id)
    check_move(Run.TRANSITIONS, run.status, Run.Status.APPROVED, f"Payment run {run.id}")
    if run.prepared_by_id == by.id:
        raise NotNow("You prepared this run, so someone else needs to approve it.")
    if processing_day(run.pay_on, holidays) <= localtime(at).date():
        raise NotNow(
            f"Bacs can no longer bring this money by {long_date(run.pay_on)}."
            " Cancel this run and prepare it again with a later day."
        )
    payments = list(run.payments.select_related("person"))
    if (len(payments), sum(payment.net for payment in payments)) != (run.count, run.total):
        raise NotNow(
            "The payments no longer add up to what was prepared. Cancel and prepare again."
        )
    _refuse_what_changed(run, payments)
    run.status, run.approved_by, run.approved_at = Run.Status.APPROVED, by, at
    run.save()
    settle_stages(on=at.date(), by=by, at=at, paid={payment.person_id for payment in payments})
    record_many(
        audit_row(
            by=by, at=at, verb="payment.approved", person=payment.person.reference, run=run.id,
            summary=f"{pounds(payment.net)} will be paid on {long_date(run.pay_on)}, for"
            f" {span(Period(payment.period.lower, payment.period.upper))}.",
        )
        for payment in payments
    )  # fmt: skip
    record(
        by=by, at=at, verb="payment-run.approved", run=run.id,
        summary=f"Payment run {run.id} was approved: {run.count} payments, {pounds(run.total)}.",
    )  # fmt: skip
    return run


@transaction.atomic
def cancel_run(*, run_id: int, reason: str, by: User, at: datetime) -> Run:
    """Give up a prepared run; its days are free to be paid by another."""
    run = Run.objects.select_for_update().get(id=run_id)
    check_move(Run.TRANSITIONS, run.status, Run.Status.CANCELLED, f"Payment run {run.id}")
    run.payments.update(cancelled=True)
    run.status = Run.Status.CANCELLED
    run.save()
    record(
        by=by, at=at, verb="payment-run.cancelled", run=run.id,
        summary=f"Payment run {run.id} was cancelled: {reason}",
    )  # fmt: skip
    return run


@transaction.atomic
def set_payee(
    *, person: Person, holding: str, account_name: str, sort_code: str, account_number: str,
    by: User, at: datetime,
) -> Payee:  # fmt: skip
    """Send a holding's money to this account from now on; the account before it is kept on record.

    Raises:
        ValueError: the account cannot be paid by Bacs; the message says which value and why.
    """
    sort_code, account_number = digits(sort_code), digits(account_number)
    check_account(sort_code, account_number, f"for {account_name!r}")
    if not field(account_name):
        raise ValueError("Enter the name on the account as the bank writes it.")
    Person.objects.select_for_update().get(pk=person.pk)  # two officers at once wait for each other
    Payee.objects.filter(person=person, holding=holding, ended_at__isnull=True).update(ended_at=at)
    payee = Payee.objects.create(
        person=person, holding=holding, account_name=account_name, sort_code=sort_code,
        account_number=account_number, added_at=at, added_by=by,
    )  # fmt: skip
    record(
        by=by, at=at, verb="payee.changed", person=person.reference, holding=holding,
        summary=f"{PlanLine.Holding(holding).label} money now goes to the account of"
        f" {account_name} ending {account_number[-4:]}.",
    )  # fmt: skip
    return payee


def processing_day(pay_on: date, holidays: Collection[date]) -> date:
    """Return the day Bacs works on a file so that money arrives on ``pay_on``."""
    return working_day_on_or_before(pay_on - ONE_DAY, holidays)


def _why_not(share: Share, payee: Payee | None) -> str:
    budget = share.budget
    if budget.statement_on is None:
        return "The personal budget statement has not been given yet."
    if share.holding == PlanLine.Holding.DIRECT_PAYMENT and budget.agreement_on is None:
        return "The direct payment agreement is not signed yet."
    return "" if payee else "There is no account to pay into yet."


def _worked_out(run: Run) -> tuple[list[Payment], list[dict[str, str]]]:
    """Return what a run pays, and who is left out and why, from what stands now."""
    payees, beyond = current_payees(), paid_beyond(run.id)
    payments: list[Payment] = []
    left_out: list[dict[str, str]] = []
    for share in shares_to_pay(run.period.upper, before=run.id):
        person = share.budget.person
        payee = payees.get((person.id, share.holding))
        already = beyond.get((person.id, share.holding), [])
        made, too_much = _payments(run, share, payee, already)
        why = _why_not(share, payee) if made else ""
        payments += [] if why else made
        if too_much:
            over = f"{pounds(too_much)} more was paid in advance than is due now."
            why = f"{why} {over} Settle it by hand.".strip()
        if why:
            left_out.append({"ref": person.reference, "name": person.name, "why": why})
    return payments, left_out


def _refuse_what_changed(run: Run, payments: Iterable[Payment]) -> None:
    """Refuse a run whose budgets, papers or accounts are no longer as they were."""
    now = {_facts(payment) for payment in _worked_out(run)[0]}
    changed = sorted({each.person.name for each in payments if _facts(each) not in now})
    if changed:
        names = ", ".join(changed[:5]) + (f" and {len(changed) - 5} more" if changed[5:] else "")
        raise NotNow(
            f"Since this run was prepared, a budget, an agreement or an account changed: {names}."
            " Cancel this run and prepare it again."
        )


def _facts(payment: Payment) -> tuple[object, ...]:
    return (
        payment.budget_id, payment.holding, payment.period.lower, payment.period.upper,
        payment.gross, payment.contribution, payment.account_name, payment.sort_code,
        payment.account_number,
    )  # fmt: skip


def _payments(
    run: Run, share: Share, payee: Payee | None, already: list[Beyond]
) -> tuple[list[Payment], int]:
    """Return one share's payments, and pence paid in advance beyond what is due now."""
    window = share.window(run.period.upper)
    if window is None:
        return [], 0
    made, too_much = [], 0
    weeks = max(1, (run.period.upper - run.period.lower).days // 7)
    for each in due(share.pieces, anchor=run.period.lower, weeks_each=weeks, window=window):
        first, last = each.parts[0].period.start, each.parts[-1].period.end or window.start
        one_off = share.one_off if first == share.period.start else 0
        once = f" Plus {pounds(one_off)}, paid once." if one_off else ""
        days = Period(first, last)
        left = left_to_pay(each.gross + one_off, each.contribution, days, already)
        too_much += left.too_much
        if left.net == 0:
            continue
        made.append(Payment(
            run=run, budget=share.budget, person=share.budget.person, holding=share.holding,
            period=DateRange(first, last), gross=left.gross, contribution=left.contribution,
            net=left.net, account_name=payee.account_name if payee else "",
            sort_code=payee.sort_code if payee else "",
            account_number=payee.account_number if payee else "",
            reference=f"SUPPORT {share.budget.person.reference}",
            sentence=each.sentence + once + left.sentence,
        ))  # fmt: skip
    return made, too_much
