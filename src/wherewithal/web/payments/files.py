"""The files of a released run: made once, kept with their digest, the same bytes ever after."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from hashlib import sha256

from django.conf import settings
from django.utils.timezone import localtime

from wherewithal.banking.credits import Originator
from wherewithal.banking.pain001 import Transfer, write_pain001
from wherewithal.banking.payments_csv import write_bureau_csv, write_payments_csv
from wherewithal.banking.standard18 import write_standard18
from wherewithal.dates import ONE_DAY, working_day_on_or_before
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.payments.models import Payment, Run, RunFile
from wherewithal.web.payments.presenters import credit_of, originator, payment_name

Made = tuple[str, str, str, str]
"""Kind, name, media type and text of one file."""
NO_ACCOUNT = "00000000"


def keep_files(
    run: Run, payments: Sequence[Payment], *, at: datetime, holidays: Collection[date]
) -> list[RunFile]:
    """Make and store every file of a run, inside the caller's transaction.

    Raises:
        NotNow: the council's own account is not set, or a file can't be made; the message says why.
    """
    council = originator()
    if council.account_number == NO_ACCOUNT and not settings.TRIAL:
        raise NotNow(
            "The account the council pays from is all zeros, so no bank can take the file. Ask an"
            " administrator to set it under Settings."
        )
    try:
        made = list(_made(run, payments, council, at=at, holidays=holidays))
    except ValueError as problem:
        raise NotNow(f"The files were not made, so nothing was sent. {problem}") from problem
    files = [
        RunFile(
            run=run, kind=kind, name=name, media=media, content=text.encode(), made_at=at,
            digest=sha256(text.encode()).hexdigest(),
        )
        for kind, name, media, text in made
    ]  # fmt: skip
    return RunFile.objects.bulk_create(files)


def processing_day(pay_on: date, holidays: Collection[date]) -> date:
    """Return the day Bacs works on a file so that money arrives on ``pay_on``."""
    return working_day_on_or_before(pay_on - ONE_DAY, holidays)


def _made(
    run: Run, payments: Sequence[Payment], council: Originator, *, at: datetime,
    holidays: Collection[date],
) -> Iterator[Made]:  # fmt: skip
    sent = [(payment_name(each), credit_of(each)) for each in payments if each.net]
    carried = [credit for _, credit in sent]
    urgent = run.kind == Run.Kind.EMERGENCY
    if not urgent:
        text = write_standard18(
            carried, council, serial=run.id % 999_999 or 1, created=localtime(at).date(),
            processing=processing_day(run.pay_on, holidays), file_number=1, holidays=holidays,
        )  # fmt: skip
        yield "standard18", f"run-{run.id}-standard18.txt", "text/plain", text
        text = write_bureau_csv(carried, council, pay_day=run.pay_on)
        yield "bureau", f"run-{run.id}-bureau.csv", "text/csv", text
    text = write_pain001(
        [Transfer(name, credit) for name, credit in sent], council, message=f"WW-RUN-{run.id}",
        created=localtime(at), pay_day=run.pay_on, urgent=urgent,
    )  # fmt: skip
    yield "pain001", f"run-{run.id}-pain001.xml", "application/xml", text
    yield "payments", f"run-{run.id}-payments.csv", "text/csv", write_payments_csv(carried)
