"""Payment runs along their road: prepared, checked, approved, released, confirmed; and accounts."""

from collections.abc import Collection
from datetime import date, datetime

from django.contrib.postgres.fields.ranges import DateRange  # type: ignore[attr-defined]  # psycopg's own
from django.db import connection, transaction
from django.utils.timezone import localtime

from wherewithal.banking.credits import check_account, digits, field
from wherewithal.dates import Period, long_date
from wherewithal.ledger.schedule import span
from wherewithal.money import pounds
from wherewithal.web.accounts.actions import audit_row, record, record_many
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.transitions import NotNow, check_move
from wherewithal.web.books.rubbish import no_looking_for_rubbish
from wherewithal.web.budgets.stages import settle_stages
from wherewithal.web.govuk.environment import count
from wherewithal.web.payments.account_duties import refuse_own_accounts
from wherewithal.web.payments.charge_changed import write_changed_since
from wherewithal.web.payments.checking import as_kept, checks_of
from wherewithal.web.payments.files import keep_files, processing_day
from wherewithal.web.payments.models import Payee, Payment, Run
from wherewithal.web.payments.posting import (
    mark_recharged,
    write_approved,
    write_confirmed,
    write_sent,
    write_taken_back,
)
from wherewithal.web.payments.presenters import money_held
from wherewithal.web.payments.storing import store
from wherewithal.web.payments.working_out import LeftOut, refuse_what_changed, worked_out
from wherewithal.web.people.models import Person
from wherewithal.web.providers.actions import mark_paid

ONE_RUN_AT_A_TIME = 20_260_401  # any fixed number: PostgreSQL's advisory lock for preparing runs


@no_looking_for_rubbish()
@transaction.atomic
def prepare_run(
    *, period: Period, pay_on: date, by: User, at: datetime, kind: str = Run.Kind.REGULAR
) -> Run:
    """Work out what is due up to the end of ``period`` and not yet paid, and hold it for a check.

    A run of ``one-offs`` holds what is paid one time only, and nothing else.

    Days of earlier periods that were never paid (a budget signed off late) are caught up. Who
    cannot be paid is named on the run with the reason. Preparing twice finds nothing left to pay.

    Raises:
        NotNow: there is nothing to pay; the message says who waits for something.
    """
    one_at_a_time()
    end = period.end or period.start
    run = Run.objects.create(
        kind=kind, period=DateRange(period.start, end), pay_on=pay_on, prepared_at=at,
        prepared_by=by,
    )  # fmt: skip
    found = worked_out(run)
    hold(run, found.payments, found.left_out)
    if not run.count:
        raise NotNow(_nothing_to_pay(run))
    record(
        by=by, at=at, verb="payment-run.prepared", run=run.id,
        summary=f"Payment run {run.id} was prepared: {told(run)}.",
    )  # fmt: skip
    return run


def one_at_a_time() -> None:
    """Wait until nobody else works out what to pay, until the end of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_RUN_AT_A_TIME])


def hold(run: Run, payments: list[Payment], left_out: list[LeftOut]) -> None:
    """Store the payments of a run, with their number and sum on it; nothing sent is no payment."""
    store(payments)
    nets = [payment.net for payment in payments if payment.net]
    run.count, run.total, run.left_out = len(nets), sum(nets), left_out
    run.save()


@no_looking_for_rubbish()
@transaction.atomic
def check_run(*, run_id: int, note: str = "", by: User, at: datetime) -> Run:
    """Compare a run with the one before it and keep every named check with whom it found.

    ``note`` says what was looked into; where a check found somebody there must be one.

    Raises:
        NotNow: a check stops the run, or nothing is said about what the checks found.
    """
    run = Run.objects.select_for_update().get(id=run_id)
    check_move(Run.TRANSITIONS, run.status, Run.Status.CHECKED, f"Payment run {run.id}")
    checks = checks_of(run)
    if stopped := [check.title.lower() for check in checks if check.holds_up]:
        raise NotNow(
            f"The run can't go on: look at {', '.join(stopped)}. Mend it, cancel this run, and"
            " prepare it again."
        )
    found = sum(len(check.found) for check in checks)
    if found and not note.strip():
        raise NotNow("The checks found something. Say what you looked into.")
    run.status, run.checks, run.check_note = Run.Status.CHECKED, as_kept(checks), note.strip()
    run.checked_by, run.checked_at = by, at
    run.save()
    record(
        by=by, at=at, verb="payment-run.checked", run=run.id,
        summary=f"Payment run {run.id} was checked: {found} things were looked into.",
    )  # fmt: skip
    return run


@no_looking_for_rubbish()
@transaction.atomic
def approve_run(*, run_id: int, by: User, at: datetime, holidays: Collection[date]) -> Run:
    """Promise what a run pays: from here on nothing in it changes.

    Never by who prepared it, nor by who set an account that it is the first to pay into.

    Raises:
        NotNow: someone else has to approve it, it is too late, or something changed.
    """
    run = Run.objects.select_for_update().get(id=run_id)
    check_move(Run.TRANSITIONS, run.status, Run.Status.APPROVED, f"Payment run {run.id}")
    if run.prepared_by_id == by.id:
        raise NotNow("You prepared this run, so someone else needs to approve it.")
    payments = _still_as_prepared(run, at, holidays)
    refuse_own_accounts(run, payments, by)
    if run.kind != Run.Kind.ONE_OFFS:  # which settles nothing of days past
        mark_recharged(payments)
    run.status, run.approved_by, run.approved_at = Run.Status.APPROVED, by, at
    run.save()
    own = [payment for payment in payments if payment.invoice_id is None]
    settle_stages(
        on=localtime(at).date(),
        by=by,
        at=at,
        paid={payment.person_id for payment in own if payment.refund_id is None},
    )
    record_many(
        audit_row(
            by=by, at=at, verb="payment.approved", person=payment.person.reference, run=run.id,
            summary=f"{pounds(payment.net)} will be paid on {long_date(run.pay_on)}, for"
            f" {span(Period(payment.period.lower, payment.period.upper))}.",
        )
        for payment in own
    )  # fmt: skip
    summary = f"Payment run {run.id} was approved: {told(run)}."
    record(by=by, at=at, verb="payment-run.approved", summary=summary, run=run.id)
    write_approved(payments, by=by, at=at, summary=summary)
    if run.kind == Run.Kind.EMERGENCY:  # any other is refused where a charge changed
        write_changed_since(payments, run.prepared_at, by=by, at=at, on=localtime(at).date())
    return run


@no_looking_for_rubbish()
@transaction.atomic
def release_run(*, run_id: int, by: User, at: datetime, holidays: Collection[date]) -> Run:
    """Let the money go: the files are made once and kept, and every payment is on its way.

    Raises:
        NotNow: it is too late for the day, something changed, or a file can't be made.
    """
    run = Run.objects.select_for_update().get(id=run_id)
    check_move(Run.TRANSITIONS, run.status, Run.Status.RELEASED, f"Payment run {run.id}")
    payments = _still_as_prepared(run, at, holidays)
    run.status, run.released_by, run.released_at = Run.Status.RELEASED, by, at
    run.save()
    keep_files(run, payments, at=at, holidays=holidays)
    run.payments.update(state=Payment.State.SENT)
    bills = [payment.invoice_id for payment in payments if payment.invoice_id is not None]
    if bills:
        mark_paid(invoices=bills, by=by, at=at)
    summary = f"Payment run {run.id} was released: {told(run)}."
    record(by=by, at=at, verb="payment-run.released", summary=summary, run=run.id)
    write_sent(payments, by=by, at=at, summary=summary)
    return run


@no_looking_for_rubbish()
@transaction.atomic
def confirm_run(*, run_id: int, by: User, at: datetime) -> Run:
    """Say that the council's bank has paid a released run: whatever did not come back arrived.

    Raises:
        NotNow: the day on which the money arrives has not come yet.
    """
    run = Run.objects.select_for_update().get(id=run_id)
    check_move(Run.TRANSITIONS, run.status, Run.Status.CONFIRMED, f"Payment run {run.id}")
    if localtime(at).date() < run.pay_on:
        raise NotNow(
            f"The money arrives on {long_date(run.pay_on)}. Confirm the run on that day or later,"
            " when you have seen it on the bank statement."
        )
    arrived = list(
        run.payments.filter(state=Payment.State.SENT).select_related("person", "invoice")
    )
    run.payments.filter(state=Payment.State.SENT).update(state=Payment.State.CONFIRMED)
    run.status, run.confirmed_by, run.confirmed_at = Run.Status.CONFIRMED, by, at
    run.save()
    summary = f"Payment run {run.id} was confirmed: {count(len(arrived), 'payment')} arrived."
    record(by=by, at=at, verb="payment-run.confirmed", summary=summary, run=run.id)
    write_confirmed(arrived, by=by, at=at, summary=summary)
    return run


@transaction.atomic
def cancel_run(*, run_id: int, reason: str, by: User, at: datetime) -> Run:
    """Give up a run that was not released; its days are free to be paid by another."""
    run = Run.objects.select_for_update().get(id=run_id)
    check_move(Run.TRANSITIONS, run.status, Run.Status.CANCELLED, f"Payment run {run.id}")
    promised = run.status == Run.Status.APPROVED
    payments = list(run.payments.select_related("person", "invoice").order_by("id"))
    run.status = Run.Status.CANCELLED
    run.save()
    run.payments.update(cancelled=True)
    summary = f"Payment run {run.id} was cancelled: {' '.join(reason.split())}"
    record(by=by, at=at, verb="payment-run.cancelled", summary=summary, run=run.id)
    if promised:
        write_taken_back(payments, "the run was cancelled", by=by, at=at, summary=summary)
    return run


@transaction.atomic
def set_payee(
    *, person: Person, holding: str, account_name: str, sort_code: str, account_number: str,
    by: User, at: datetime, kind: str = Payee.Kind.PERSON,
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
        person=person, holding=holding, kind=kind, account_name=account_name,
        sort_code=sort_code, account_number=account_number, added_at=at, added_by=by,
    )  # fmt: skip
    record(
        by=by, at=at, verb="payee.changed", person=person.reference, holding=holding,
        summary=f"{money_held(holding)} now goes to the account of"
        f" {account_name} ending {account_number[-4:]}.",
    )  # fmt: skip
    return payee


def told(run: Run) -> str:
    """Return a run's control totals in words."""
    noun = "payment" if run.count == 1 else "payments"
    return f"{run.count:,} {noun}, {pounds(run.total)}"


def _nothing_to_pay(run: Run) -> str:
    """Say kindly that a run would be empty, and who waits for something."""
    if run.payments.exists():
        return "What falls due was paid before already, so there is nothing to send."
    waiting = [each["name"] for each in run.left_out]
    if not waiting:
        return (
            "Nothing is due up to that day that is not already in a run. There is no run to make."
        )
    names = ", ".join(waiting[:5]) + (f" and {len(waiting) - 5} more" if waiting[5:] else "")
    return (
        f"Nobody can be paid yet, so there is no run to make. {names} would be due:"
        f" {run.left_out[0]['why']}"
    )


def _still_as_prepared(run: Run, at: datetime, holidays: Collection[date]) -> list[Payment]:
    """Return a run's payments, if they add up, nothing behind them changed, and there is time."""
    refuse_too_late(run, at, holidays)
    payments = list(run.payments.select_related("person", "invoice").order_by("id"))
    nets = [payment.net for payment in payments if payment.net]
    if (len(nets), sum(nets)) != (run.count, run.total):
        raise NotNow(
            "The payments no longer add up to what was prepared. Cancel and prepare again."
        )
    refuse_what_changed(run, payments)
    return payments


def refuse_too_late(run: Run, at: datetime, holidays: Collection[date]) -> None:
    """Refuse a run whose money can't arrive on its day any more."""
    today = localtime(at).date()
    if run.kind == Run.Kind.EMERGENCY:
        if run.pay_on < today:
            raise NotNow("This was to be paid on an earlier day. Cancel it and make it again.")
        return
    if processing_day(run.pay_on, holidays) <= today:
        raise NotNow(
            f"Bacs can no longer bring this money by {long_date(run.pay_on)}."
            " Cancel this run and prepare it again with a later day."
        )
