"""What can be seen of one person's account: lines, days, people paid. Facts only, no judgement."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from wherewithal.dates import Period
from wherewithal.money import pounds

SORTS: frozenset[str] = frozenset(
    ("payment", "contribution", "spent", "refund", "transfer", "fee", "cash", "repaid", "other")
)


@dataclass(frozen=True, slots=True)
class Movement:
    """One line of a statement: pence into the account (+) or out of it (−), and what is known.

    Raises:
        ValueError: the sort is not one of :data:`SORTS`.
    """

    on: date
    pence: int
    payee: str
    text: str = ""
    sort: str = "other"
    balance: int | None = None

    def __post_init__(self) -> None:
        if self.sort not in SORTS:
            known = ", ".join(sorted(SORTS))
            raise ValueError(f"{self.sort!r} is not a sort of line. Use one of: {known}.")

    @property
    def said(self) -> str:
        """Say the line: ``4 Aug 2026: £60.00 to Bea Marlowbridge``."""
        way = "to" if self.pence < 0 else "from"
        who = f" {way} {self.payee}" if self.payee else ""
        return f"{short(self.on)}: {pounds(abs(self.pence))}{who}"


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody known who may be paid. ``allowed`` is what the rule on relatives says.

    ``relationship`` is in words (“daughter”); ``individual`` means a person, not a company.
    """

    name: str
    relationship: str = ""
    allowed: bool = True
    individual: bool = True
    other_homes: int = 0


@dataclass(frozen=True, slots=True)
class Contribution:
    """The person's share for one pay period, in pence, and the last day of that period."""

    last_day: date
    due: int


@dataclass(frozen=True, slots=True)
class Away:
    """Days on which the person was somewhere else: ``hospital``, ``care home``, ``abroad``."""

    period: Period
    where: str


@dataclass(frozen=True, slots=True)
class Worked:
    """Minutes that were charged for on one day, by whoever helped."""

    on: date
    minutes: int
    helper: str


@dataclass(frozen=True, slots=True)
class Account:
    """One person's account over some days, with what is known about it. Sums are pence.

    ``opened_on`` and ``seen_to`` are the first and the last day of which there are statements.
    ``missed_returns`` are the days on which statements were due and did not come. ``manages`` is
    how many people the one who manages this account looks after. ``planned_minutes`` is a week's
    help in the plan. ``earmarked`` is not over: set aside, or paid ahead for days to come.
    """

    on: date
    opened_on: date
    seen_to: date
    movements: tuple[Movement, ...]
    weekly_gross: int
    balance: int | None = None
    next_payment: date | None = None
    contributions: tuple[Contribution, ...] = ()
    helpers: tuple[Helper, ...] = ()
    holders: tuple[str, ...] = ()
    away: tuple[Away, ...] = ()
    died_on: date | None = None
    worked: tuple[Worked, ...] = ()
    planned_minutes: int | None = None
    missed_returns: tuple[date, ...] = ()
    insured_until: date | None = None
    account_changed_on: tuple[date, ...] = ()
    manager: str = ""
    manages: int = 1
    care_home_days: int = 0
    earmarked: int = 0
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def out(self) -> tuple[Movement, ...]:
        """Return the lines by which money left the account."""
        return tuple(line for line in self.movements if line.pence < 0)

    def helper(self, name: str) -> Helper | None:
        """Return who is meant by a payee's name, where they are known."""
        wanted = plain(name)
        return next((each for each in self.helpers if _same(plain(each.name), wanted)), None)


@dataclass(frozen=True, slots=True)
class Limits:
    """A council's own choices about what is worth a conversation.

    ``near_nothing_percent`` is of one week's budget, ``cash_percent`` of all that went out,
    ``round_sum`` is pence of which a round sum is a multiple.
    """

    reserve_weeks: int = 8
    cash_percent: int = 20
    silent_days: int = 42
    near_nothing_percent: int = 20
    near_nothing_days: int = 7
    care_home_days: int = 21
    round_sum: int = 5_000
    round_times: int = 4
    regular_times: int = 3
    twice_within_days: int = 3
    transfer_within_days: int = 14
    manages_several: int = 3
    hours_over_percent: int = 20
    contribution_periods: int = 2


def short(day: date) -> str:
    """Write a day for a sentence with several: ``4 Aug 2026``."""
    return f"{day.day} {day:%b %Y}"


def plain(name: str) -> str:
    """Return a name for comparing: lower case, letters and digits only, single spaces."""
    kept = "".join(sign if sign.isalnum() else " " for sign in name.casefold())
    return " ".join(kept.split())


def _same(known: str, seen: str) -> bool:
    """Say whether two plain names are one: bank statements cut names, and put initials first."""
    if not known or not seen:
        return False
    ours, theirs = known.split(), seen.split()
    if known == seen or (len(ours) > 1 and f" {known} " in f" {seen} "):
        return True
    return (
        len(ours) > 1
        and len(theirs) > 1
        and ours[-1] == theirs[-1]
        and (ours[0] == theirs[0] or ours[0][0] == theirs[0] or ours[0] == theirs[0][0])
    )
