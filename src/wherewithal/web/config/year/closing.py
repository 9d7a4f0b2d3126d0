"""The end of each month: the books are proved, and closed for good."""

from datetime import date, timedelta
from functools import partial

from wherewithal.dates import ONE_DAY
from wherewithal.web.books.actions import close_month
from wherewithal.web.config.year.diary import CLOSE
from wherewithal.web.config.year.town import Year, at

WORKING_DAYS = 5


def begin(year: Year) -> None:
    """Put down when each month is closed, five working days after its end."""
    day = year.first.replace(day=1)
    while day <= year.last:
        following = (day + timedelta(days=32)).replace(day=1)
        on = year.working(following, WORKING_DAYS)
        year.diary.note(on, partial(_close, year, following - ONE_DAY), turn=CLOSE)
        day = following


def _close(year: Year, last_day: date, day: date) -> None:
    close_month(last_day=last_day, by=year.crew.second, at=at(day, 17))
    year.seen["months closed"] += 1
