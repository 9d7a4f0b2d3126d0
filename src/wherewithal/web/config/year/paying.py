"""Payment runs by two officers, what the bank says of them, and money that would have been late."""

from datetime import date, timedelta
from functools import partial

from wherewithal.dates import Period, add_working_days
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.config.year.accounts import pay_in
from wherewithal.web.config.year.diary import ARRIVE, PREPARE, RELEASE
from wherewithal.web.config.year.town import Year, at
from wherewithal.web.payments.actions import (
    approve_run,
    cancel_run,
    check_run,
    confirm_run,
    prepare_run,
    release_run,
    set_payee,
)
from wherewithal.web.payments.answers import read_answers, tell, trust_account
from wherewithal.web.payments.calendar import pay_periods, usual_pay_day
from wherewithal.web.payments.emergency import Asked, prepare_emergency
from wherewithal.web.payments.late.alarm import Late, will_be_late
from wherewithal.web.payments.models import BankAnswer, Payee, Payment, Run

CAME_BACK = 0.012
"""Of all payments, so many come back from the bank."""
NOBODY_ASKS = 0.35
"""Of what came back, so much is left until the alarm finds it."""
CODES = ("0", "5", "B", "C")
LOOKED_INTO = "Each of them was looked into with whoever knows the person, and is right."


def begin(year: Year) -> None:
    """Put every run of the year down, and what was sent before it and arrives in it."""
    for run in Run.objects.filter(status=Run.Status.RELEASED).order_by("pay_on", "id"):
        on = max(year.first, run.pay_on)
        year.diary.note(on, partial(_arrive_from_before, year, run.pk), turn=ARRIVE)
    last = year.last + timedelta(days=28)
    for period in pay_periods(year.first, 3 + year.period.days // 28):
        if year.first < period.start <= last:
            prepared = year.before(period.start - timedelta(days=7))
            prepared = max(prepared, year.working(year.first))
            year.diary.note(prepared, partial(_prepare, year, period), turn=PREPARE)


def pay_at_once(year: Year, asked: Asked, day: date) -> Run | None:
    """Pay one person the same day, by two officers; None where nothing is owed."""
    try:
        run = prepare_emergency(asked=asked, by=year.crew.finance, at=at(day, 11))
    except NotNow:
        year.seen["emergencies that were not needed"] += 1
        return None
    _approve(year, run.pk, day)
    confirm_run(run_id=run.pk, by=year.crew.finance, at=at(day, 16))
    for payment in Payment.objects.filter(run=run).select_related("person"):
        pay_in(year, payment, day)
    return run


def _prepare(year: Year, period: Period, day: date) -> None:
    pay_on = usual_pay_day(period, on=day)
    try:
        run = prepare_run(period=period, pay_on=pay_on, by=year.crew.finance, at=at(day))
    except NotNow:
        return
    check_run(run_id=run.pk, note=LOOKED_INTO, by=year.crew.finance, at=at(day, 11))
    on = add_working_days(day, 1, year.holidays)
    year.diary.note(on, partial(_release, year, run.pk, period), turn=RELEASE)


def _release(year: Year, run: int, period: Period, day: date) -> None:
    """Approve and release a run, prepared again where something changed since."""
    try:
        _approve(year, run, day)
    except NotNow as changed:
        year.seen["runs prepared again"] += 1
        cancel_run(run_id=run, reason=str(changed), by=year.crew.second, at=at(day, 11))
        pay_on = usual_pay_day(period, on=day)
        fresh = prepare_run(period=period, pay_on=pay_on, by=year.crew.finance, at=at(day, 12))
        check_run(run_id=fresh.pk, note=LOOKED_INTO, by=year.crew.finance, at=at(day, 13))
        run = fresh.pk
        _approve(year, run, day)
    sent = Run.objects.get(pk=run)
    year.diary.note(sent.pay_on, partial(_arrive, year, run), turn=ARRIVE)
    _look_ahead(year, day)


def _approve(year: Year, run: int, day: date) -> None:
    second, holidays = year.crew.second, year.holidays
    approve_run(run_id=run, by=second, at=at(day, 14), holidays=holidays)
    release_run(run_id=run, by=second, at=at(day, 15), holidays=holidays)


def _look_ahead(year: Year, day: date) -> None:
    """Act on everybody whose money would be late: mend the reason, and pay at once."""
    for late in will_be_late(day):
        if (late.person.pk, late.holding) not in year.accounts:
            continue
        year.seen["would have been late"] += 1
        on = min(add_working_days(day, 2, year.holidays), year.before(late.due))
        year.diary.note(max(on, day), partial(_in_time, year, late))


def _in_time(year: Year, late: Late, day: date) -> None:
    mended = _mend_account(year, late.person.pk, late.holding, day)
    why = "Without this payment the money would have been late."
    asked = Asked(late.person, late.holding, late.pence, why)
    if mended and pay_at_once(year, asked, day) is not None:
        year.seen["late payments avoided" if day <= late.due else "paid late after all"] += 1


def _mend_account(year: Year, person: int, holding: str, day: date) -> bool:
    """Ask about an account that is in doubt; say whether money can go there now."""
    payee = Payee.objects.filter(person_id=person, holding=holding, ended_at=None).first()
    if payee is None:
        return False
    if not payee.doubt:
        return True
    if year.chance.of("right after all", person, holding) < 0.5:
        trust_account(payee_id=payee.pk, reason="The person read the numbers out to us.",
                      by=year.crew.second, at=at(day, 9))  # fmt: skip
        return True
    set_payee(
        person=payee.person, holding=holding, account_name=payee.account_name, kind=payee.kind,
        sort_code=payee.sort_code, account_number=payee.account_number, by=year.crew.finance,
        at=at(day, 9),
    )  # fmt: skip
    return True


def _arrive_from_before(year: Year, run: int, day: date) -> None:
    confirm_run(run_id=run, by=year.crew.finance, at=at(day, 16))
    for payment in Payment.objects.filter(run=run, state="confirmed").select_related("person"):
        if (payment.person_id, payment.holding) in year.accounts:
            pay_in(year, payment, day, own_part=False)


def _arrive(year: Year, run: int, day: date) -> None:
    """Read what came back from the bank, confirm the rest, and let it arrive."""
    sent = Payment.objects.filter(run=run).select_related("person").order_by("id")
    back = [each for each in sent if each.net and not each.invoice_id and _comes_back(year, each)]
    if back:
        _came_back(year, run, back, day)
    confirm_run(run_id=run, by=year.crew.finance, at=at(day, 16))
    for payment in sent.filter(state="confirmed"):
        pay_in(year, payment, day)


def _comes_back(year: Year, payment: Payment) -> bool:
    who = payment.person.reference, payment.holding, payment.period.lower
    return year.chance.of("comes back", *who) < CAME_BACK


def _came_back(year: Year, run: int, payments: list[Payment], day: date) -> None:
    rows = ["Payment,Sort code,Account number,Amount,Reference,Date,Reason code"]
    for each in payments:
        code = CODES[year.chance.below(len(CODES), "code", each.person.reference)]
        rows.append(f"WW-PAY-{each.pk},,,,,{day:%d/%m/%Y},{code}")
    read_answers(
        name=f"returned-{day}.csv", kind="returns", content="\n".join(rows).encode(),
        by=year.crew.finance, at=at(day, 12),
    )  # fmt: skip
    for answer in BankAnswer.objects.filter(payment__in=payments).order_by("id"):
        tell(answer_id=answer.pk, on=day, by=year.crew.finance, at=at(day, 14))
    for each in payments:
        if year.chance.of("nobody asks", each.person.reference, day) < NOBODY_ASKS:
            continue  # the next run leaves them out, and the alarm finds them
        again = partial(_pay_again, year, each.person_id, each.holding, each.net)
        year.diary.note(add_working_days(day, 2, year.holidays), again)


def _pay_again(year: Year, person: int, holding: str, pence: int, day: date) -> None:
    """Mend the account; pay at once where the next run would leave somebody without."""
    _mend_account(year, person, holding, day)
    payee = Payee.objects.select_related("person").get(
        person_id=person, holding=holding, ended_at=None
    )
    if year.chance.of("can wait", payee.person.reference, day) < 0.7:
        why = "The payment came back from the bank, and people have to be paid this week."
        pay_at_once(year, Asked(payee.person, holding, pence, why), day)
