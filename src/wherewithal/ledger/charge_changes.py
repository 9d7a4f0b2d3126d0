"""A charge that changes for days past: the difference, stretch by stretch, and in the books.

Whoever was charged too much is paid back. Whoever was charged too little is asked for it only
after an officer decided so and told them; nothing here decides that.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from wherewithal.dates import Period
from wherewithal.ledger.entries import REVERSED, Account, Entry, Kind
from wherewithal.ledger.schedule import DAYS_IN_WEEK, span
from wherewithal.money import down, pounds, share

Pieces = Sequence[tuple[Period, int]]
"""Days with one weekly sum each, in order and without a gap."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Days over which both sums stay the same: charged, and what it should have been, a week.

    ``pence`` is what was charged too little (above zero) or too much (below) over those days.
    """

    period: Period
    charged: int
    should: int

    @property
    def pence(self) -> int:
        """Return the difference over the days, each sum rounded down as a payment does."""
        days = self.period.days
        return down(share(days, DAYS_IN_WEEK, of=self.should)) - down(
            share(days, DAYS_IN_WEEK, of=self.charged)
        )

    @property
    def sentence(self) -> str:
        """Say the difference to the person."""
        opening = f"{span(self.period)}: you were charged {pounds(self.charged)} a week"
        if self.charged == self.should:
            return f"{opening}, and that was right."
        way = "too little" if self.pence > 0 else "too much"
        return (
            f"{opening}. It should have been {pounds(self.should)}, so it was "
            f"{pounds(abs(self.pence))} {way}."
        )


def differences(charged: Pieces, should: Pieces, days: Period) -> tuple[Difference, ...]:
    """Return both sums side by side over some days, cut wherever either changes.

    Days that either side does not cover are left out.
    """
    found = []
    for period, old in charged:
        for other, new in should:
            both = period.intersection(other)
            common = both.intersection(days) if both else None
            if common is not None and common.end is not None:
                found.append(Difference(common, old, new))
    return tuple(sorted(found, key=lambda each: each.period.start))


def total(found: Iterable[Difference]) -> int:
    """Return the pence charged too little (above zero) or too much (below) in all."""
    return sum(each.pence for each in found)


def entries(person: str, found: Iterable[Difference], *, on: date, document: str) -> list[Entry]:
    """Return what the books say of differences: owed back to the person, or asked of them."""
    return [_entry(person, each, on, document) for each in found if each.pence]


def own_entries(
    person: str, found: Iterable[Difference], *, on: date, document: str
) -> list[Entry]:
    """Return what the books say of differences in what the council had billed the person for."""
    own, council = Account(Kind.CONTRIBUTION, person), Account(Kind.FUNDING, "council")
    return [
        Entry(
            on=on, source=own if each.pence > 0 else council,
            target=council if each.pence > 0 else own, pence=abs(each.pence),
            what="contribution-charged" if each.pence > 0 else REVERSED,
            sentence=each.sentence, document=document, person=person,
        )
        for each in found
        if each.pence
    ]  # fmt: skip


def _entry(person: str, difference: Difference, on: date, document: str) -> Entry:
    payable, contribution = Account(Kind.PAYABLE, person), Account(Kind.CONTRIBUTION, person)
    lowered = difference.pence < 0
    return Entry(
        on=on,
        source=payable if lowered else contribution,
        target=contribution if lowered else payable,
        pence=abs(difference.pence),
        what="charge-lowered" if lowered else "charge-raised",
        sentence=difference.sentence,
        document=document,
        person=person,
    )
