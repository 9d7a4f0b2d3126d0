"""What happened in one account over a period: what it held, each movement, what it holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from wherewithal.dates import Period
from wherewithal.ledger.entries import Account, Entry


@dataclass(frozen=True, slots=True)
class Movement:
    """One entry as seen from an account: ``pence`` is above nought where money came in."""

    entry: Entry
    pence: int
    balance: int
    journal: int = 0


@dataclass(frozen=True, slots=True)
class AccountStatement:
    """An account over the days of ``period``, in pence: ``opening`` + movements = ``closing``."""

    account: Account
    period: Period
    opening: int
    movements: tuple[Movement, ...]

    @property
    def closing(self) -> int:
        """What the account holds at the end of the period."""
        return self.movements[-1].balance if self.movements else self.opening

    @property
    def came_in(self) -> int:
        """What came in over the period, in pence."""
        return sum(movement.pence for movement in self.movements if movement.pence > 0)

    @property
    def went_out(self) -> int:
        """What went out over the period, in pence."""
        return -sum(movement.pence for movement in self.movements if movement.pence < 0)


def statement(entries: Iterable[Entry], account: Account, period: Period) -> AccountStatement:
    """Return an account's statement from all its entries, those before the period included.

    Entries of one day stay in the order they come in.
    """
    own = sorted(
        (entry for entry in entries if account in (entry.source, entry.target)), key=_day
    )  # fmt: skip
    opening = sum(moved(entry, account) for entry in own if entry.on < period.start)
    within = [(0, entry) for entry in own if entry.on in period]
    return stated(account, period, opening, within)


def stated(
    account: Account, period: Period, opening: int, entries: Iterable[tuple[int, Entry]]
) -> AccountStatement:
    """Return the statement of entries already in order, each beside its journal's number."""
    within = list(entries)
    running = accumulate((moved(entry, account) for _, entry in within), initial=opening)
    next(running)
    movements = (
        Movement(entry, moved(entry, account), balance, journal)
        for (journal, entry), balance in zip(within, running, strict=True)
    )
    return AccountStatement(account, period, opening, tuple(movements))


def moved(entry: Entry, account: Account) -> int:
    """Return what an entry brings to an account, in pence, below nought where it takes."""
    return entry.pence if entry.target == account else -entry.pence


def _day(entry: Entry) -> date:
    return entry.on
