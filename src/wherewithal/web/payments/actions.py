"""Preparing, approving and cancelling payment runs; changing where money goes."""

from collections.abc import Collection, Iterator
from datetime import date, datetime

from django.contrib.postgres.fields.ranges import DateRange  # type: ignore[attr-defined]  # psycopg's own
from django.db import connection, transaction

from wherewithal.banking.credits import check_account, digits, field
from wherewithal.dates import ONE_DAY, Period, long_date, working_day_on_or_before
from wherewithal.ledger.schedule import due, span
from wherewithal.money import pounds
from wherewithal.web.accounts.actions import audit_row, record, record_many
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.transitions import NotNow, check_move
from wherewithal.web.budgets.stages import settle_stages
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
    payees, left_out, payments = current_payees(), [], []
    for share in shares_to_pay(end):
        payee = payees.get((share.budget.person_id, share.holding))
        made = list(_payments(run, share, payee, end))
        if made and (why := _why_not(share, payee)):
            left_out.append(
                {"ref": share.budget.person.reference, "name": share.budget.person.name, "why": why}
            )
        else:
            payments += made
    Payment.objects.bulk_create(payments, batch_size=2000)
    run.count, run.total = len(payments), sum(payment.net for payment in payments)
    run.left_out = left_out
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
    if processing_day(run.pay_on, holidays) <= at.date():
        raise NotNow(
            f"Bacs can no longer bring this money by {long_date(run.pay_on)}."
            " Cancel this run and prepare it again with a later day."
        )
    payments = list(run.payments.select_related("person"))
    if (len(payments), sum(payment.net for payment in payments)) != (run.count, run.total):
        raise NotNow(
            "The payments no longer add up to what was prepared. Cancel and prepare again."
        )
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


def _payments(run: Run, share: Share, payee: Payee | None, until: date) -> Iterator[Payment]:
    window = share.window(until)
    if window is None:
        return
    weeks = max(1, (run.period.upper - run.period.lower).days // 7)
    for each in due([share.piece], anchor=run.period.lower, weeks_each=weeks, window=window):
        first, last = each.parts[0].period.start, each.parts[-1].period.end
        one_off = share.one_off if first == share.piece.period.start else 0
        once = f" Plus {pounds(one_off)}, paid once." if one_off else ""
        if each.net + one_off == 0:
            continue
        yield Payment(
            run=run, budget=share.budget, person=share.budget.person, holding=share.holding,
            period=DateRange(first, last), gross=each.gross + one_off,
            contribution=each.contribution, net=each.net + one_off,
            account_name=payee.account_name if payee else "",
            sort_code=payee.sort_code if payee else "",
            account_number=payee.account_number if payee else "",
            reference=f"SUPPORT {share.budget.person.reference}", sentence=each.sentence + once,
        )  # fmt: skip
