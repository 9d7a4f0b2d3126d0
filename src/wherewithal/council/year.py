"""What happens to made-up people in a year: stays, deaths, habits, and how they run an account.

Everything is drawn from the seed, the person's reference and a name, so that the same seed gives
the same year, and one thing that is drawn never moves another.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from wherewithal.dates import ONE_DAY, Period

RATES = {
    "died": 0.035,
    "hospital": 0.07,
    "care-home": 0.03,
    "away": 0.03,
    "frozen": 0.006,
    "charge-lowered": 0.03,
    "charge-raised": 0.012,
    "worry": 0.01,
}
"""Of everybody with money of their own kind of holding, the part each befalls in a year.

They are made up, so that a year shows everything; they say nothing about any council.
"""
TWICE = ("hospital", "died")
"""What befalls two people at least, however small a council is: there is something to compare."""
SAVERS, LATE_PAYERS, CASH, BANK_GAPS = 0.14, 0.09, 0.2, 0.12
STOPPED_PAYING_FOR = 3
"""So many payments in a row somebody does not pay their own part in."""
FORMS = ("lloyds", "starling", "natwest", "card", "mt940", "camt053", "ofx")


@dataclass(frozen=True, slots=True)
class Chance:
    """Numbers from 0 up to 1, one for each name; the same seed and name give the same number."""

    seed: int

    def of(self, *names: object) -> float:
        """Return the number of a name."""
        text = "/".join(map(str, (self.seed, *names)))
        return int.from_bytes(sha256(text.encode()).digest()[:6]) / 2**48

    def below(self, count: int, *names: object) -> int:
        """Return a whole number from 0 up to but not including ``count``."""
        return int(self.of(*names) * count)

    def day(self, period: Period, *names: object) -> date:
        """Return one day of a period."""
        return period.start + timedelta(days=self.below(max(1, period.days), *names))


@dataclass(frozen=True, slots=True, order=True)
class Happening:
    """One thing that befalls a person on a day, and for how many days."""

    on: date
    kind: str
    person: str
    days: int = 0


@dataclass(frozen=True, slots=True)
class Habits:
    """How somebody runs their account; ``spends`` is per cent of what the budget gives.

    ``misses`` is the number of the first payment whose own part is not paid in, if there is one.
    """

    spends: int
    form: str
    cash: bool
    misses: int | None
    statement_late: bool

    def pays_in(self, number: int) -> bool:
        """Say whether the own part of a payment is paid in; payments count from 0."""
        return self.misses is None or not self.misses <= number < self.misses + STOPPED_PAYING_FOR


def happenings(chance: Chance, people: Sequence[str], year: Period) -> list[Happening]:
    """Return what befalls whom, in the order of the days; nobody dies and is ill afterwards."""
    died: dict[str, date] = {}
    found = []
    for kind, rate in RATES.items():
        for person in _befallen(chance, people, kind, rate * year.days / 365):
            on = chance.day(_within(kind, year), kind, "day", person)
            if person not in died:
                found.append(Happening(on, kind, person, _lasts(chance, kind, person)))
                if kind == "died":
                    died[person] = on
    return sorted(found)


def habits(chance: Chance, account: str, *, payments: int, standing_order: bool) -> Habits:
    """Return how somebody runs an account that gets so many payments in the year."""
    saves = chance.of("saves", account) < SAVERS
    late = standing_order and chance.of("late", account) < LATE_PAYERS
    most = max(1, payments - STOPPED_PAYING_FOR)
    return Habits(
        spends=45 + chance.below(30, "spends", account) if saves else 100,
        form=FORMS[chance.below(len(FORMS), "form", account)],
        cash=chance.of("cash", account) < CASH,
        misses=chance.below(most, "misses", account) if late else None,
        statement_late=chance.of("gap", account) < BANK_GAPS,
    )


def quarters(year: Period, *, before_end: int) -> list[date]:
    """Return the last days that statements tell of, each three months on; the last near the end."""
    last = year.start + timedelta(days=year.days - before_end)
    days = [last]
    while (days[-1] - year.start).days > 120:
        days.append(days[-1] - timedelta(days=91))
    return days[::-1]


def _befallen(chance: Chance, people: Iterable[str], kind: str, rate: float) -> list[str]:
    drawn = sorted(people, key=lambda person: (chance.of(kind, person), person))
    least = 2 if kind in TWICE else 1
    return drawn[: max(least, round(rate * len(drawn)))]


def _within(kind: str, year: Period) -> Period:
    """Return the days on which something may begin, so that what follows falls within the year."""
    starts = {"charge-lowered": 70, "charge-raised": 70}.get(kind, 20)
    ends = {"died": 60, "charge-lowered": 45, "charge-raised": 45}.get(kind, 30)
    first = year.start + min(starts, year.days // 3) * ONE_DAY
    last = year.start + (year.days - min(ends, year.days // 3)) * ONE_DAY
    return Period(first, max(last, first + ONE_DAY))


def _lasts(chance: Chance, kind: str, person: str) -> int:
    least, more = {
        "hospital": (5, 45), "care-home": (7, 14), "away": (10, 14), "frozen": (6, 7),
    }.get(kind, (0, 1))  # fmt: skip
    return least + chance.below(more, kind, "lasts", person)
