"""How the books are shown: which months can be closed, and what an account is called."""

from datetime import date

from wherewithal.dates import ONE_DAY
from wherewithal.ledger.entries import KINDS, LABELS, Account


def month_end_before(day: date) -> date:
    """Return the last day of the month before the one that ``day`` is in."""
    return day.replace(day=1) - ONE_DAY


def months_to_close(first_entry: date | None, first_open: date, today: date) -> list[date]:
    """Return the last days of months that are over and not closed, newest first, a year of them."""
    begun = max(first_open, first_entry) if first_entry else first_open
    found: list[date] = []
    last_day = month_end_before(today)
    while last_day >= begun and len(found) < 12:
        found.append(last_day)
        last_day = month_end_before(last_day)
    return found


def named(account: Account) -> str:
    """Say what an account is: ``Held for somebody: WW000001/isf``."""
    return f"{KINDS[account.kind]}: {account.of}"


def reason(what: str) -> str:
    """Say why money moved."""
    return LABELS.get(what, what)
