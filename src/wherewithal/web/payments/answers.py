"""What the bank says of payments: they arrived, came back, or were called back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.utils.timezone import localtime

from wherewithal.banking.answers import Answer, AnswerError, Outcome, why
from wherewithal.banking.credits import field
from wherewithal.banking.pain002 import outcomes, read_pain002
from wherewithal.banking.returns_csv import read_returns
from wherewithal.ledger import movements
from wherewithal.money import pounds
from wherewithal.web.accounts.actions import record
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.transitions import NotNow, check_move
from wherewithal.web.govuk.environment import count
from wherewithal.web.payments.funding.actions import put_right
from wherewithal.web.payments.models import AnswerFile, BankAnswer, Payee, Payment, Run
from wherewithal.web.payments.posting import write, write_confirmed
from wherewithal.web.payments.presenters import NAMED, days
from wherewithal.web.providers.accounts import provider_in_doubt
from wherewithal.web.providers.actions import mark_paid

READERS = {"pain002": read_pain002, "returns": read_returns}
LOOKED_BACK = timedelta(days=180)
State = Payment.State


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of one payment: what became of it, on which day, and why."""

    state: Payment.State
    on: date
    code: str = ""
    words: str = ""
    account_in_doubt: bool = False


@transaction.atomic
def record_answer(*, payment_id: int, said: Said, by: User, at: datetime) -> BankAnswer:
    """Write down by hand that a payment came back, was called back, or arrived.

    Raises:
        NotNow: the payment is not in a state from which that can happen.
    """
    found = Payment.objects.values_list("run_id", flat=True).get(pk=payment_id)
    run = Run.objects.select_for_update().get(pk=found)
    loaded = Payment.objects.select_related("person", "invoice")
    payment = loaded.select_for_update(of=["self"]).get(pk=payment_id)
    check_move(Payment.TRANSITIONS, payment.state, said.state, f"The payment {payment.pk}")
    kept = _settle(payment, said, None, by=by, at=at)
    _close(run, by=by, at=at)
    return kept


@transaction.atomic
def read_answers(*, name: str, kind: str, content: bytes, by: User, at: datetime) -> AnswerFile:
    """Take in a file of the bank, whole or not at all; the same file again changes nothing.

    ``kind`` is ``pain002`` or ``returns``.

    Raises:
        AnswerError: a line names a payment nobody knows, or says what can't be; with the mend.
    """
    digest = sha256(content).hexdigest()
    answers = list(outcomes(READERS[kind](content)))
    runs = list(Run.objects.select_for_update().filter(status__in=Run.SENT).order_by("pk"))
    before = AnswerFile.objects.filter(digest=digest).first()
    if before is not None:
        return before
    known = _Known(localtime(at).date())
    settled = [(known.payment(each), each) for each in answers]
    _refuse_two_answers(settled)
    fresh = [(payment, each) for payment, each in settled if not _said_before(payment, each)]
    file = AnswerFile.objects.create(
        name=name[:120], kind=kind, digest=digest, read_at=at, read_by=by, count=len(fresh)
    )
    record(
        by=by, at=at, verb="bank-answers.read", file=file.pk,
        summary=f"{name} was read: it settles {count(len(fresh), 'payment')}.",
    )  # fmt: skip
    _settle_all(fresh, file, by=by, at=at)
    for run in runs:
        if any(payment.run_id == run.pk for payment, _ in fresh):
            _close(run, by=by, at=at)
    return file


class _Known:
    """The payments that a file can speak of, by name and by account, sum and reference."""

    def __init__(self, today: date) -> None:
        sent = Payment.objects.filter(
            run__status__in=Run.SENT, run__pay_on__gte=today - LOOKED_BACK, net__gt=0
        ).select_related("person", "invoice", "run")
        self.by_name: dict[str, Payment] = {}
        self.by_account: dict[tuple[str, int | None, str], list[Payment]] = {}
        for payment in sent:
            self.by_name[f"{NAMED}{payment.pk}"] = payment
            account = payment.sort_code + payment.account_number
            key = account, payment.net, field(payment.reference)
            self.by_account.setdefault(key, []).append(payment)

    def payment(self, answer: Answer) -> Payment:
        """Return the payment an answer is about, or refuse the file."""
        if not answer.name:
            return self._by_account(answer)
        payment = self.by_name.get(answer.name)
        if payment is None:
            raise AnswerError(
                f"Line {answer.line}: no payment sent from here is called {answer.name!r}. Nothing"
                " was read. Take the line out if it is not yours, or ask the bank."
            )
        if answer.pence is not None and answer.pence != payment.net:
            raise AnswerError(
                f"Line {answer.line}: {answer.name} was {pounds(payment.net)}, and the file says"
                f" {pounds(answer.pence)}. Nothing was read. Ask the bank which is right."
            )
        return payment

    def _by_account(self, answer: Answer) -> Payment:
        """Return the payment of that account, sum and reference; of equal ones, by the day.

        Money comes back within days, long before the same sum is paid again: it is the last one
        that had arrived by then.
        """
        key = answer.account, answer.pence, field(answer.reference)
        found = self.by_account.get(key, [])
        if len(found) > 1 and answer.on is not None:
            before = [each for each in found if each.run.pay_on <= answer.on]
            newest = max((each.run.pay_on for each in before), default=None)
            found = [each for each in before if each.run.pay_on == newest] or found
        if len(found) != 1:
            many = f"{len(found)} payments fit" if found else "no payment sent from here fits"
            raise AnswerError(
                f"Line {answer.line}: {many} that account, amount and reference. Nothing was read."
                f" Write the payment’s name ({NAMED}…, on its page “It came back”) in the line, or"
                " record it by hand."
            )
        return found[0]


def _refuse_two_answers(settled: Iterable[tuple[Payment, Answer]]) -> None:
    seen: dict[int, Answer] = {}
    for payment, answer in settled:
        other = seen.setdefault(payment.pk, answer)
        if other.outcome != answer.outcome:
            raise AnswerError(
                f"Line {answer.line} says the opposite of line {other.line} of one payment"
                f" ({NAMED}{payment.pk}). Nothing was read. Ask the bank which is right."
            )
        if payment.state in Payment.CAME_BACK and answer.outcome is Outcome.ARRIVED:
            raise AnswerError(
                f"Line {answer.line} says that {NAMED}{payment.pk} arrived, but it is recorded"
                " that it came back. Nothing was read. Ask the bank which is right."
            )


def _said_before(payment: Payment, answer: Answer) -> bool:
    """Say whether an answer only repeats what is known."""
    if answer.outcome is Outcome.ARRIVED:
        return payment.state == State.CONFIRMED
    return payment.state in Payment.CAME_BACK


def _settle_all(
    fresh: Iterable[tuple[Payment, Answer]], file: AnswerFile, *, by: User, at: datetime
) -> None:
    """Write what is new: arrivals all at once, what came back one by one."""
    once = {payment.pk: (payment, answer) for payment, answer in fresh}
    today = localtime(at).date()
    arrived = [pair for pair in once.values() if pair[1].outcome is Outcome.ARRIVED]
    BankAnswer.objects.bulk_create([
        BankAnswer(payment=payment, file=file, state=State.CONFIRMED, on=answer.on or today,
                   recorded_at=at, recorded_by=by)
        for payment, answer in arrived
    ])  # fmt: skip
    paid = [payment for payment, _ in arrived]
    Payment.objects.filter(pk__in=[one.pk for one in paid]).update(state=State.CONFIRMED)
    told = f"{file.name}: {count(len(paid), 'payment')} arrived."
    write_confirmed(paid, by=by, at=at, summary=told)
    for payment, answer in once.values():
        if answer.outcome is Outcome.CAME_BACK:
            reason = why(answer.code, answer.words)
            told = answer.words or reason.words
            said = Said(State.RETURNED, answer.on or today, answer.code[:8], told, reason.account)
            _settle(payment, said, file, by=by, at=at)


def _settle(
    payment: Payment, said: Said, file: AnswerFile | None, *, by: User, at: datetime
) -> BankAnswer:
    """Move one payment, keep the answer, flag the account, tell the record, post to the books."""
    arrived = payment.state == State.CONFIRMED
    payment.state = said.state
    payment.save(update_fields=["state"])
    words = " ".join(said.words.split())
    kept = BankAnswer.objects.create(
        payment=payment, file=file, state=said.state, code=said.code, words=words, on=said.on,
        recorded_at=at, recorded_by=by,
    )  # fmt: skip
    if said.state == State.CONFIRMED:
        write_confirmed([payment], by=by, at=at, summary=f"Payment {payment.pk} arrived.")
        return kept
    if said.account_in_doubt:
        _doubt(payment, f"{words}.")
    if payment.invoice_id is not None:
        mark_paid(invoices=[payment.invoice_id], by=by, at=at, came_back=True)
    back = "was called back" if said.state == State.RECALLED else "came back from the bank"
    summary = f"{pounds(payment.net)} for {days(payment.period)} {back}: {words}. It is owed again."
    record(
        by=by, at=at, verb=f"payment.{said.state}", person=payment.person.reference,
        summary=summary, payment=payment.pk,
    )  # fmt: skip
    write(
        [payment],
        lambda paid: movements.came_back(paid, localtime(at).date(), arrived=arrived, why=words),
        by=by, at=at, summary=summary,
    )  # fmt: skip
    if arrived:
        put_right(payment.person, f"payment:{payment.pk}", by=by, at=at)
    return kept


def _doubt(payment: Payment, words: str) -> None:
    """Flag the account in use, where it is still the one that the money came back from."""
    account = {"sort_code": payment.sort_code, "account_number": payment.account_number}
    if payment.invoice is not None:
        provider_in_doubt(provider=payment.invoice.provider_id, words=words, **account)
        return
    Payee.objects.filter(
        person=payment.person, holding=payment.holding, ended_at__isnull=True, **account
    ).update(doubt=words)


def _close(run: Run, *, by: User, at: datetime) -> None:
    """Confirm a released run of which every payment is answered for."""
    if run.status != Run.Status.RELEASED or run.payments.filter(state=State.SENT).exists():
        return
    run.status, run.confirmed_by, run.confirmed_at = Run.Status.CONFIRMED, by, at
    run.save()
    record(
        by=by, at=at, verb="payment-run.confirmed", run=run.pk,
        summary=f"Payment run {run.pk} was confirmed: the bank answered for every payment.",
    )  # fmt: skip


@transaction.atomic
def trust_account(*, payee_id: int, reason: str, by: User, at: datetime) -> Payee:
    """Say that an account from which money came back is right after all, and why.

    Raises:
        NotNow: nothing is held against it.
    """
    payee = Payee.objects.select_for_update(of=["self"]).select_related("person").get(pk=payee_id)
    if not payee.doubt:
        raise NotNow("Nothing is held against this account.")
    payee.doubt = ""
    payee.save(update_fields=["doubt"])
    record(
        by=by, at=at, verb="payee.trusted", person=payee.person.reference,
        summary=f"The account of {payee} was checked and is right: {reason}",
    )  # fmt: skip
    return payee


@transaction.atomic
def tell(*, answer_id: int, on: date, by: User, at: datetime) -> None:
    """Record that the person was told that their money came back."""
    answer = BankAnswer.objects.select_related("payment__person").get(pk=answer_id)
    answer.told_on = on
    answer.save(update_fields=["told_on"])
    record(
        by=by, at=at, verb="payment.told", person=answer.payment.person.reference,
        summary=f"{answer.payment.person.name} was told that {pounds(answer.payment.net)} came"
        " back and will be paid again.",
    )  # fmt: skip
