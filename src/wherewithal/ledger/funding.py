"""Who pays for a line of a budget: the council, the NHS, both in a share, or another body.

What somebody else pays is never asked of the person: a contribution goes towards what the council
pays, and towards nothing else. Shares are exact; a sum is rounded once, over all of its days, so
that parts always add up to what was paid.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from wherewithal.dates import Period
from wherewithal.ledger.entries import Account, Kind
from wherewithal.ledger.schedule import DAYS_IN_WEEK, BudgetPiece
from wherewithal.money import half_up, pounds, share

PER_CENT = 100
COUNCIL, NHS, OTHER = (Account(Kind.FUNDING, name) for name in ("council", "nhs", "other"))


class Payer(StrEnum):
    """Who pays for a line."""

    COUNCIL = "council"
    NHS = "nhs"
    SHARED = "shared"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Funding:
    """Who pays for one line over some days; ``number`` is what it is known by.

    Where the council and the NHS share it, the NHS pays ``percent`` of it, or ``weekly`` pence.

    Raises:
        ValueError: a share lacks its size, or is given where nobody shares.
    """

    number: int
    period: Period
    payer: Payer
    percent: int | None = None
    weekly: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "payer", Payer(self.payer))
        given = [size for size in (self.percent, self.weekly) if size is not None]
        if (self.payer is Payer.SHARED) != (len(given) == 1):
            raise ValueError(
                f"From {self.period.start} {self.payer} pays with {len(given)} sizes of a share. "
                "Give a percentage or a weekly sum where two share it, and only there."
            )
        if self.percent is not None and not 0 < self.percent < PER_CENT:
            raise ValueError(f"A share of {self.percent} per cent is none. Use 1 to 99.")
        if self.weekly is not None and self.weekly <= 0:
            raise ValueError(f"A share of {pounds(self.weekly)} a week is none. Give a sum.")

    @property
    def account(self) -> Account:
        """Where the part that is not the council's comes from; the council where there is none."""
        if self.payer is Payer.COUNCIL:
            return COUNCIL
        return OTHER if self.payer is Payer.OTHER else NHS

    def part(self, cost: int, days: int = DAYS_IN_WEEK) -> Fraction:
        """Return the pence that somebody else pays of what a line costs over some days, exactly."""
        if self.payer is Payer.COUNCIL:
            return Fraction(0)
        if self.percent is not None:
            return share(self.percent, PER_CENT, of=cost)
        if self.weekly is not None:
            return min(Fraction(cost), share(days, DAYS_IN_WEEK, of=self.weekly))
        return Fraction(cost)


@dataclass(frozen=True, slots=True)
class Held:
    """Some days of one way of holding, of which a line at ``line`` pence a week is a part.

    ``lines`` are the pence a week of all lines held so; ``piece`` is what is paid for them.
    """

    piece: BudgetPiece
    line: int
    lines: int


def of_days(funding: Funding, held: Iterable[Held], paid: Sequence[Period]) -> Fraction:
    """Return the pence that somebody else pays for a line over the days that were paid.

    On days when less than everything is paid, each line bears its part of what is.
    """
    found = Fraction(0)
    for each in held:
        common = each.piece.period.intersection(funding.period)
        if common is None or not each.lines:
            continue
        days = sum(both.days for one in paid if (both := common.intersection(one)) is not None)
        weekly = funding.part(each.line) * Fraction(each.piece.weekly_gross, each.lines)
        found += weekly * Fraction(days, DAYS_IN_WEEK)
    return found


def of_bill(funding: Funding, pence: int, days: Period) -> Fraction:
    """Return the part of a bill for some days that somebody else pays."""
    common = days.intersection(funding.period)
    if common is None or not days.days:
        return Fraction(0)
    cost = share(common.days, days.days, of=pence)
    if funding.weekly is None:
        return funding.part(1) * cost
    return min(cost, share(common.days, DAYS_IN_WEEK, of=funding.weekly))


def rounded(exact: Mapping[int, Fraction]) -> dict[int, int]:
    """Round what each funding pays for all of its days, half up; the council bears the rest."""
    return {number: half_up(value) for number, value in exact.items()}


def legs(pence: int, parts: Mapping[Account, int]) -> list[tuple[Account, int]]:
    """Return what each account pays of a sum: the parts of others, and the council the rest.

    They add up to the sum. One below zero gives money back, because it paid too much before.
    """
    others = [(account, part) for account, part in parts.items() if part]
    rest = pence - sum(part for _, part in others)
    return [(COUNCIL, rest), *others] if rest else others
