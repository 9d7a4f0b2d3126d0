"""Thousands of payments into their table at once: by COPY, as building INSERTs takes seconds."""

import json
from collections.abc import Iterable

from django.db import connection

from wherewithal.web.payments.models import Payment

COLUMNS = (
    "run_id", "budget_id", "person_id", "invoice_id", "refund_id", "holding", "gross",
    "contribution", "adjustment", "adjustment_contribution", "net", "account_name", "sort_code",
    "account_number", "reference", "sentence", "cancelled", "state",
)  # fmt: skip
NAMES = ", ".join(f'"{name}"' for name in (*COLUMNS, "period", "parts"))
COPY = f'COPY "{Payment._meta.db_table}" ({NAMES}) FROM STDIN'


def store(payments: Iterable[Payment]) -> None:
    """Write payments that are not stored yet; the objects given do not learn their keys."""
    with connection.cursor() as cursor, cursor.copy(COPY) as rows:
        for each in payments:
            plain = [getattr(each, name) for name in COLUMNS]
            period = f"[{each.period.lower},{each.period.upper})"
            rows.write_row([*plain, period, json.dumps(each.parts)])
