"""Half-open periods, weeks and working days. No clock is read here: dates come in."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``start`` up to but not including ``end``; ``end=None`` means still going on.

    Raises:
        ValueError: ``end`` is before ``start``.
    """

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise ValueError(f"A period cannot end on {self.end} before it starts on {self.start}.")

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    @property
    def days(self) -> int:
        """Return the number of days in a closed period.

        Raises:
            ValueError: the period has no end.
        """
        if self.end is None:
            raise ValueError(
                f"The period from {self.start} has no end, so its days can't be counted."
            )
        return (self.end - self.start).days

    def overlaps(self, other: "Period") -> bool:
        """Say whether the two share at least one day."""
        return self.intersection(other) is not None

    def intersection(self, other: "Period") -> "Period | None":
        """Return the days common to both, or ``None`` where there are none."""
        start = max(self.start, other.start)
        ends = [end for end in (self.end, other.end) if end is not None]
        end = min(ends) if ends else None
        return None if end is not None and end <= start else Period(start, end)


def weeks(start: date, *, count: int) -> Period:
    """Return the period of ``count`` whole weeks that begins on ``start``."""
    return Period(start, start + timedelta(weeks=count))


def successive(start: date, *, weeks_each: int) -> Iterator[Period]:
    """Yield periods of ``weeks_each`` weeks one after the other, without end."""
    while True:
        period = weeks(start, count=weeks_each)
        yield period
        start += timedelta(weeks=weeks_each)


def is_working_day(day: date, holidays: Collection[date]) -> bool:
    """Say whether ``day`` is neither a Saturday, a Sunday nor in ``holidays``."""
    return day.weekday() < 5 and day not in holidays


def working_day_on_or_before(day: date, holidays: Collection[date]) -> date:
    """Return ``day``, or the last working day before it."""
    while not is_working_day(day, holidays):
        day -= ONE_DAY
    return day


def add_working_days(day: date, count: int, holidays: Collection[date]) -> date:
    """Return the working day that is ``count`` working days after ``day``.

    The day itself does not count: three working days after Thursday 2 April 2026 (before Good
    Friday) is Thursday 9 April.
    """
    while count > 0:
        day += ONE_DAY
        count -= is_working_day(day, holidays)
    return day


def age_on(born: date, day: date) -> int:
    """Return whole years of age on ``day``; someone born on 29 February ages on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def long_date(day: date) -> str:
    """Write a date in full for letters and pages: ``4 April 2026``."""
    return f"{day.day} {day:%B %Y}"
