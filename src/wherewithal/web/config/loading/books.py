"""What the made-up council's payment runs did, in the books: approved, sent, arrived."""

from datetime import UTC, date, datetime, time

from django.db import connection

from wherewithal.web.accounts.models import User
from wherewithal.web.config.loading.payments import Paid
from wherewithal.web.config.loading.staff import Staff
from wherewithal.web.payments.models import Payment
from wherewithal.web.payments.posting import write_approved, write_confirmed, write_sent


def write_books(paid: Paid, crew: Staff, after: int, on: date) -> None:
    """Post every run, day by day, as the product itself would have."""
    with connection.cursor() as cursor:  # the books write a journal after its entries
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    approver, preparer = (User.objects.get(pk=pk) for pk in (crew.approver, crew.preparer))
    for number, run in enumerate(paid.runs, after + 1):
        rows = list(Payment.objects.filter(run_id=number).select_related("person").order_by("pk"))
        decided = datetime.combine(run.approved, time(10), UTC)
        told = f"Payment run {number}"
        write_approved(rows, by=approver, at=decided, summary=f"{told} was approved.")
        write_sent(rows, by=approver, at=decided, summary=f"{told} was released.")
        if run.pay_on <= on:
            arrived = datetime.combine(run.pay_on, time(16), UTC)
            write_confirmed(rows, by=preparer, at=arrived, summary=f"{told} was confirmed.")
