"""What differs between a payment run and the one before it, person by person.

Each check has a name and says whom it found and what was seen. Most are there to be looked at;
a few stop the run, because the bank could not or must not carry it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from wherewithal.dates import long_date
from wherewithal.money import pounds

PERCENT = 100


@dataclass(frozen=True, slots=True)
class Paid:
    """What one run pays one person in one way of holding, in pence, and into which account.

    ``account_since`` is the day from which money goes there; ``may_share`` says that the account
    holds the money of several people by its nature, such as a managed account. ``days`` is how
    many it is paid for.
    """

    ref: str
    name: str
    holding: str
    pence: int
    sort_code: str = ""
    account_number: str = ""
    account_since: date | None = None
    may_share: bool = False
    days: int = 0

    @property
    def key(self) -> tuple[str, str]:
        """Whose money it is, and how it is held."""
        return self.ref, self.holding


@dataclass(frozen=True, slots=True)
class Finding:
    """One person whom a check found, and what was seen."""

    ref: str
    name: str
    seen: str


@dataclass(frozen=True, slots=True)
class Check:
    """One named check: whom it found, and whether the run must stop for it."""

    key: str
    title: str
    found: tuple[Finding, ...]
    stops: bool = False

    @property
    def holds_up(self) -> bool:
        """Say whether the run can't go on as it is."""
        return self.stops and bool(self.found)


def compared(
    now: Sequence[Paid], before: Sequence[Paid], *, percent: int, accounts_new_from: date
) -> tuple[Check, ...]:
    """Return every check of a run against the last one.

    ``percent`` is how much more or less somebody may get before it is named; an account counts
    as new from ``accounts_new_from`` on.
    """
    sums, then = _sums(now), _sums(before)
    return (
        Check("new", "Not in the last run", tuple(_new(sums, then))),
        Check("stopped", "In the last run, not in this one", tuple(_new(then, sums))),
        Check("changed", f"More than {percent}% up or down", tuple(_changed(sums, then, percent))),
        Check("nothing", "Gets nothing this time", tuple(_nothing(now))),
        Check("account", "Account new or changed", tuple(_accounts(now, accounts_new_from))),
        Check("shared", "One account for several people", tuple(_shared(now))),
    )


def made_of_zeros(paid: Iterable[Paid]) -> Check:
    """Return the check that no account is made of zeros only: it stops a run."""
    found = tuple(
        _found(each, "The sort code or the account number is all zeros.")
        for each in paid
        if each.pence and {each.sort_code, each.account_number} & {"000000", "00000000"}
    )
    return Check("zeros", "Account of zeros", found, stops=True)


def _sums(paid: Iterable[Paid]) -> dict[tuple[str, str], Paid]:
    """Return one value for each person and holding, its pence added up."""
    total: dict[tuple[str, str], int] = defaultdict(int)
    days: dict[tuple[str, str], int] = defaultdict(int)
    last: dict[tuple[str, str], Paid] = {}
    for each in paid:
        total[each.key] += each.pence
        days[each.key] += each.days
        last[each.key] = each
    return {
        key: Paid(one.ref, one.name, one.holding, total[key], days=days[key])
        for key, one in last.items()
        if total[key]
    }


def _found(paid: Paid, seen: str) -> Finding:
    return Finding(paid.ref, paid.name, seen)


def _new(these: dict[tuple[str, str], Paid], those: Collection[tuple[str, str]]) -> list[Finding]:
    return [
        _found(paid, f"{pounds(paid.pence)}.") for key, paid in these.items() if key not in those
    ]


def _changed(
    now: dict[tuple[str, str], Paid], then: dict[tuple[str, str], Paid], percent: int
) -> list[Finding]:
    return [
        _found(paid, _beside(then[key], paid))
        for key, paid in now.items()
        if key in then
        and abs(paid.pence - then[key].pence) * PERCENT > then[key].pence * percent
    ]  # fmt: skip


def _beside(then: Paid, now: Paid) -> str:
    """Say both sums, and for how many days each is where that differs."""
    if then.days == now.days:
        return f"{pounds(then.pence)} last time, {pounds(now.pence)} now."
    return (
        f"{pounds(then.pence)} last time, for {then.days} days;"
        f" {pounds(now.pence)} now, for {now.days}."
    )


def _nothing(now: Iterable[Paid]) -> list[Finding]:
    return [
        _found(paid, "What they pay, or what is taken off, comes to the whole sum.")
        for paid in now
        if not paid.pence
    ]


def _accounts(now: Iterable[Paid], new_from: date) -> list[Finding]:
    found = {
        paid.key: _found(
            paid,
            f"In use since {long_date(paid.account_since)}: ending {paid.account_number[-4:]}.",
        )
        for paid in now
        if paid.account_since is not None and paid.account_since >= new_from
    }
    return list(found.values())


def _shared(now: Iterable[Paid]) -> list[Finding]:
    held: dict[tuple[str, str], dict[str, Paid]] = defaultdict(dict)
    for paid in now:
        if not paid.may_share and paid.account_number:
            held[paid.sort_code, paid.account_number][paid.ref] = paid
    return [
        _found(paid, f"The account ending {number[-4:]} gets the money of {len(people)} people.")
        for (_, number), people in held.items()
        if len(people) > 1
        for paid in people.values()
    ]
