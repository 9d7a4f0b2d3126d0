"""A whole financial year of a made-up council, lived day by day through the product's own actions.

Nothing here writes a row itself, but for what stood in people's accounts when the year began.
"""

from collections.abc import Callable

from django.db import transaction

from wherewithal.council.year import Chance
from wherewithal.dates import Period
from wherewithal.web.config import loading
from wherewithal.web.config.year import (
    accounts,
    billing,
    charging,
    closing,
    living,
    paying,
    starting,
    statements,
)
from wherewithal.web.config.year.town import Year, crew_of

__all__ = ["Year", "live", "load"]

STREAMS = (billing, accounts, paying, starting, living, charging, statements, closing)
"""What happens in a year, each a stream of its own that puts its first days into the diary."""


def load(*, people: int, seed: int, period: Period) -> Year:
    """Make the council as it stood when the year began; the database must have nobody in it.

    Raises:
        CannotLoad: there are people in the database already.
    """
    loading.make_and_load(people=people, seed=seed, on=period.start)
    return Year(people, Chance(seed), period, crew_of())


def live(year: Year, *, each_day: Callable[[], object] = lambda: None) -> Year:
    """Let every day of the year happen, one after the other."""
    for stream in STREAMS:
        with transaction.atomic():
            stream.begin(year)
    for day in year.days():
        for deed in year.diary.of(day):
            deed(day)
        each_day()
    return year
