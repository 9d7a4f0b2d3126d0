"""The entries by which money goes back: only ever after a decision, and as it was agreed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from wherewithal.dates import long_date
from wherewithal.ledger.entries import Account, Entry, Kind, about_holding
from wherewithal.money import pounds

NEAR = timedelta(days=21)
"""Within so many days a sum that was noted and a sum that a bank shows are taken for the same.

Parts are a month apart, so the next part is never taken for the one before.
"""

SAYS_SO = re.compile(
    r"\b(re-?paid|re-?pay(ment|ing|s)?|(paid|pay|paying|money) back)\b", re.IGNORECASE
)
"""How people write that money pays back what they were asked for."""


@dataclass(frozen=True, slots=True, order=True)
class CameBack:
    """Money that came back to the council: the day, and the pence."""

    on: date
    pence: int


@dataclass(frozen=True, slots=True)
class PayingBack:
    """Whose money, held how, and the document (``surplus:12``) that every entry names."""

    person: str
    holding: str
    document: str

    @property
    def held(self) -> Account:
        """Return the account in which the money is held."""
        return Account(Kind.HELD, f"{self.person}/{self.holding}")

    @property
    def recovery(self) -> Account:
        """Return the account of what is decided and still out."""
        return Account(Kind.RECOVERY, self.person)

    def decided(self, pence: int, *, on: date) -> Entry:
        """Owe a sum to the council, from the day it was agreed."""
        told = f"It was settled on {long_date(on)} that {pounds(pence)} goes back to the council."
        return self._entry(on, self.held, self.recovery, pence, "surplus-decided", told)

    def own_share(self, pence: int, *, on: date) -> Entry:
        """Take the person's own share out of the account: it is theirs."""
        told = f"{pounds(pence)} of what was over is your own money. You took it out."
        person = Account(Kind.FUNDING, "person")
        return self._entry(on, self.held, person, pence, "own-share-returned", told)

    def repaid(self, pence: int, *, on: date) -> Entry:
        """Pay a part back."""
        told = f"You paid {pounds(pence)} back."
        council = Account(Kind.FUNDING, "council")
        return self._entry(on, self.recovery, council, pence, "surplus-repaid", told)

    def taken_off(self, pence: int, *, on: date) -> Entry:
        """Take a part off a payment, as the person agreed."""
        told = f"{pounds(pence)} is taken off your next payment, as you agreed."
        payable = Account(Kind.PAYABLE, self.person)
        entry = self._entry(on, self.recovery, payable, pence, "surplus-taken-off", told)
        return replace(entry, document=about_holding(self.document, self.holding))

    def let_go(self, pence: int, *, on: date, why: str) -> Entry:
        """Let a part go: it stays in the account."""
        reason = " ".join(why.split()).rstrip(".")
        told = f"{pounds(pence)} does not have to be paid back. Why: {reason}."
        return self._entry(on, self.recovery, self.held, pence, "surplus-let-go", told)

    def _entry(
        self, on: date, source: Account, target: Account, pence: int, what: str, told: str
    ) -> Entry:
        return Entry(on, source, target, pence, what, told, self.document, self.person)


def instalments(pence: int, count: int) -> tuple[int, ...]:
    """Split a sum into parts as equal as can be; the pennies left over are in the last part.

    Raises:
        ValueError: there would be no part, or a part of nothing.
    """
    if count < 1 or pence < count:
        raise ValueError(f"{pounds(pence)} cannot be paid in {count} parts. Use fewer parts.")
    part = pence // count
    return (*[part] * (count - 1), pence - part * (count - 1))


def not_noted(shown: Iterable[CameBack], noted: Iterable[CameBack]) -> list[CameBack]:
    """Return what of the sums that a bank shows nobody has noted yet, oldest first.

    A sum that was noted is the nearest that is shown, and an equal one before any other; it counts
    for one shown sum only, and may cover a part of it. Noting all that is returned, on its day,
    leaves nothing to note.
    """
    left = [(each.on, each.pence) for each in sorted(shown)]
    rest = [(each.on, each.pence) for each in sorted(noted)]
    pairs = sorted(
        (abs(on - day), pence != sum_, place, other)
        for place, (on, pence) in enumerate(left)
        for other, (day, sum_) in enumerate(rest)
        if abs(on - day) <= NEAR
    )
    for _, _, place, other in pairs:
        known = min(left[place][1], rest[other][1])
        left[place] = left[place][0], left[place][1] - known
        rest[other] = rest[other][0], rest[other][1] - known
    return [CameBack(on, pence) for on, pence in left if pence]


def spread(pence: int, parts: Sequence[int]) -> list[int]:
    """Return what a sum pays of each part, the first part first; what is over pays nothing."""
    paid = []
    for part in parts:
        paid.append(min(part, pence))
        pence -= paid[-1]
    return paid


def says_paid_back(text: str) -> bool:
    """Say whether the words with a payment say that it pays something back."""
    return SAYS_SO.search(text) is not None
