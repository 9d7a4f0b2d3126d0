"""A provider's bill held against the plan: the sum, the hours, the price, and the days.

A bill within the tolerance is paid with one press. What stands out is said in words, so that an
officer can ask about it; it is never a reason to leave a provider, or a person, without an answer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from wherewithal.dates import Period
from wherewithal.ledger.schedule import BudgetPiece, came_to, span
from wherewithal.money import half_up, pounds

ROUND_SUM = 50_00
"""A sum that is a whole number of these is worth a question: real hours seldom come to it."""


@dataclass(frozen=True, slots=True)
class Billed:
    """What a provider asks for: pence for units (hours, sessions) over some days.

    Raises:
        ValueError: the sum or the units are not above zero, or the days have no end.
    """

    days: Period
    pence: int
    units: Fraction | None = None

    def __post_init__(self) -> None:
        if self.days.end is None or self.days.days < 1:
            raise ValueError(f"The bill from {self.days.start} has no last day. Give one.")
        if self.pence <= 0:
            raise ValueError(f"A bill of {pounds(self.pence)} can't be paid. Give a sum above £0.")
        if self.units is not None and self.units <= 0:
            raise ValueError("Give the hours or sessions that were billed as a number above 0.")

    @property
    def price(self) -> Fraction | None:
        """Pence for one unit, where the units were given."""
        return Fraction(self.pence) / self.units if self.units else None


@dataclass(frozen=True, slots=True)
class Planned:
    """What the plan says of a line: its pieces, and the units a week and price of one if it has."""

    pieces: tuple[BudgetPiece, ...]
    unit: str = ""
    units_weekly: Fraction | None = None
    unit_price: int | None = None


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far above the plan a bill may be: a percentage, or a sum in pence if that is more."""

    percent: int
    pence: int

    def of(self, planned: int) -> int:
        """Return the pence by which a bill may be above a planned sum."""
        return max(self.pence, half_up(Fraction(planned * self.percent, 100)))


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that stands out. Only one that ``stops`` keeps a bill from being paid at once."""

    rule: str
    words: str
    stops: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """A bill beside its plan: pence and units planned for its days, and what stands out."""

    planned: int
    units_planned: Fraction | None
    findings: tuple[Finding, ...]

    @property
    def within(self) -> bool:
        """Say whether it can be paid in one press."""
        return not any(finding.stops for finding in self.findings)


def compare(
    billed: Billed, planned: Planned, tolerance: Tolerance, *,
    other_bills: Sequence[Billed] = (), paused: Iterable[Period] = (),
) -> Compared:  # fmt: skip
    """Hold a bill against the plan, the other bills for the same line, and the days of pauses."""
    gross, _ = came_to(planned.pieces, billed.days)
    units = Fraction(billed.days.days, 7) * planned.units_weekly if planned.units_weekly else None
    findings = [
        *_sum(billed, gross, tolerance),
        *_units(billed, units, planned, tolerance),
        *_price(billed, planned, tolerance),
        *_days(billed, planned, other_bills, paused),
    ]
    if billed.pence % ROUND_SUM == 0 and billed.pence != gross:
        findings.append(Finding("round-sum", f"{pounds(billed.pence)} is a round sum.", False))
    return Compared(gross, units, tuple(findings))


def _sum(billed: Billed, planned: int, tolerance: Tolerance) -> Iterable[Finding]:
    over = billed.pence - planned
    if over > tolerance.of(planned):
        words = f"{pounds(billed.pence)} is {pounds(over)} more than the plan: {pounds(planned)}."
        yield Finding("sum-above", words, True)
    if -over > tolerance.of(planned):
        words = (
            f"{pounds(billed.pence)} is {pounds(-over)} less than the plan: {pounds(planned)}. "
            "Ask the person whether all of their support came."
        )
        yield Finding("sum-below", words, False)


def _units(
    billed: Billed, units: Fraction | None, planned: Planned, tolerance: Tolerance
) -> Iterable[Finding]:
    if units is None or billed.units is None:
        return
    if billed.units > units * (1 + Fraction(tolerance.percent, 100)):
        unit = f"{planned.unit}s" if planned.unit else "units"
        words = f"{_number(billed.units)} {unit} are more than the plan: {_number(units)}."
        yield Finding("units-above", words, True)


def _price(billed: Billed, planned: Planned, tolerance: Tolerance) -> Iterable[Finding]:
    if billed.price is None or planned.unit_price is None:
        return
    if billed.price > planned.unit_price * (1 + Fraction(tolerance.percent, 100)):
        words = (
            f"{pounds(half_up(billed.price))} for one {planned.unit or 'unit'} is more than the "
            f"plan: {pounds(planned.unit_price)}."
        )
        yield Finding("price-above", words, True)


def _days(
    billed: Billed, planned: Planned, others: Sequence[Billed], paused: Iterable[Period]
) -> Iterable[Finding]:
    inside = sum(
        common.days
        for piece in planned.pieces
        if (common := piece.period.intersection(billed.days)) is not None
    )
    if inside < billed.days.days:
        words = f"The budget does not run on all days of {span(billed.days)}."
        yield Finding("outside-budget", words, True)
    for other in others:
        if (common := other.days.intersection(billed.days)) is not None:
            words = f"Another bill for this line is for {span(common)} too."
            yield Finding("billed-twice", words, True)
    for pause in paused:
        if (common := pause.intersection(billed.days)) is not None:
            words = f"The person was in hospital or away for {span(common)}."
            yield Finding("while-away", words, True)


def _number(value: Fraction) -> str:
    return f"{float(value):.2f}".rstrip("0").rstrip(".")
