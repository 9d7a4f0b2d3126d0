"""The entries by which money goes back: only ever after a decision, and as it was agreed."""

from dataclasses import dataclass, replace
from datetime import date

from wherewithal.dates import long_date
from wherewithal.ledger.entries import Account, Entry, Kind, about_holding
from wherewithal.money import pounds


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
