"""What accounts hold, worked out from entries alone: on a day, over time, and all together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from wherewithal.dates import long_date
from wherewithal.ledger.entries import KINDS, Account, Entry, Kind
from wherewithal.money import pounds


@dataclass(frozen=True, slots=True)
class Change:
    """What came into an account and what went out of it, in pence, on a day or over some days."""

    came_in: int = 0
    went_out: int = 0

    @property
    def pence(self) -> int:
        """What the account has more than before; below nought where more went out."""
        return self.came_in - self.went_out

    def __add__(self, other: "Change") -> "Change":
        return Change(self.came_in + other.came_in, self.went_out + other.went_out)


@dataclass(frozen=True, slots=True)
class KindTotal:
    """All accounts of one kind on a day: how many have moved, what came in and what went out."""

    kind: Kind
    accounts: int
    change: Change

    @property
    def label(self) -> str:
        """The plain name of the kind."""
        return KINDS[self.kind]


@dataclass(frozen=True, slots=True)
class TrialBalance:
    """Every kind of account on a day. Sound books add up to nought."""

    on: date
    totals: tuple[KindTotal, ...]

    @property
    def pence(self) -> int:
        """All balances together: nought, or something is wrong."""
        return sum(total.change.pence for total in self.totals)

    @property
    def moved(self) -> int:
        """All that ever came into an account, in pence."""
        return sum(total.change.came_in for total in self.totals)


def changes(entries: Iterable[Entry]) -> dict[tuple[Account, date], Change]:
    """Return what moved on each account on each day on which something did."""
    came: dict[tuple[Account, date], int] = defaultdict(int)
    went: dict[tuple[Account, date], int] = defaultdict(int)
    for entry in entries:
        came[entry.target, entry.on] += entry.pence
        went[entry.source, entry.on] += entry.pence
    return {key: Change(came.get(key, 0), went.get(key, 0)) for key in {*came, *went}}


def balance(entries: Iterable[Entry], account: Account, on: date) -> int:
    """Return what an account holds at the end of a day, in pence."""
    pence = 0
    for entry in entries:
        if entry.on <= on:
            pence += entry.pence * ((entry.target == account) - (entry.source == account))
    return pence


def balances(entries: Iterable[Entry], on: date) -> dict[Account, int]:
    """Return what every account holds at the end of a day, in pence, noughts among them."""
    held: dict[Account, int] = defaultdict(int)
    for (account, day), change in changes(entries).items():
        if day <= on:
            held[account] += change.pence
    return dict(held)


def trial_balance(entries: Iterable[Entry], on: date) -> TrialBalance:
    """Add up every kind of account at the end of a day."""
    moved: dict[Kind, Change] = defaultdict(Change)
    seen: dict[Kind, set[Account]] = defaultdict(set)
    for (account, day), change in changes(entries).items():
        if day <= on:
            moved[account.kind] += change
            seen[account.kind].add(account)
    kinds = (kind for kind in Kind if kind in moved)
    return TrialBalance(on, tuple(KindTotal(kind, len(seen[kind]), moved[kind]) for kind in kinds))


def difference(
    found: Mapping[tuple[Account, date], Change], stored: Mapping[tuple[Account, date], Change]
) -> str:
    """Say where stored changes first differ from what was found, or nothing where they agree."""
    for key in sorted({*found, *stored}, key=lambda key: (key[1], key[0])):
        worked_out, kept = found.get(key, Change()), stored.get(key, Change())
        if worked_out != kept:
            return balance_difference(*key, worked_out, kept)
    return ""


def balance_difference(account: Account, on: date, found: Change, stored: Change) -> str:
    """Say how what is stored for an account and a day differs from its entries."""
    return (
        f"On {long_date(on)} the account {account} is stored with {pounds(stored.came_in)} in and "
        f"{pounds(stored.went_out)} out. Its entries come to {pounds(found.came_in)} in and "
        f"{pounds(found.went_out)} out."
    )
