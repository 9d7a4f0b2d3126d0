"""What the payslips of a month come to. The payslips themselves are made elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from wherewithal.money import pounds


@dataclass(frozen=True, slots=True)
class PayMonth:
    """One assistant's payslips of one month, in pence; ``month`` is its first day.

    ``taken_off`` is income tax and the assistant's own National Insurance. ``tax_paid`` and
    ``pension_paid`` say that the month's sums have gone to HMRC and to the pension.

    Raises:
        ValueError: a sum is below zero, or more is taken off than was earned.
    """

    month: date
    gross: int
    taken_off: int = 0
    employer_insurance: int = 0
    own_pension: int = 0
    employer_pension: int = 0
    hours: Fraction = Fraction(0)
    holiday_hours: Fraction = Fraction(0)
    tax_paid: bool = False
    pension_paid: bool = False

    def __post_init__(self) -> None:
        if self.month.day != 1:
            raise ValueError(f"A month begins on its first day, and this says {self.month}.")
        sums = (self.gross, self.taken_off, self.employer_insurance, self.own_pension,
                self.employer_pension)  # fmt: skip
        if min(sums) < 0 or min(self.hours, self.holiday_hours) < 0:
            raise ValueError("Sums and hours of a payslip cannot be below zero.")
        if self.net < 0:
            taken = pounds(self.taken_off + self.own_pension)
            raise ValueError(f"{taken} is taken off, which is more than {pounds(self.gross)}.")

    @property
    def net(self) -> int:
        """Return what reached the assistant."""
        return self.gross - self.taken_off - self.own_pension

    @property
    def cost(self) -> int:
        """Return what the month cost the employer."""
        return self.gross + self.employer_insurance + self.employer_pension

    @property
    def tax_due(self) -> int:
        """Return what still has to go to HMRC for the month."""
        return 0 if self.tax_paid else self.taken_off + self.employer_insurance

    @property
    def pension_due(self) -> int:
        """Return what still has to go to the pension for the month."""
        return 0 if self.pension_paid else self.own_pension + self.employer_pension


@dataclass(frozen=True, slots=True)
class MonthTotals:
    """All payslips of one month together, in pence."""

    month: date
    gross: int
    net: int
    cost: int
    tax_due: int
    pension_due: int


def month_totals(slips: Iterable[PayMonth]) -> tuple[MonthTotals, ...]:
    """Add up payslips by month, oldest first."""
    by_month: dict[date, list[PayMonth]] = {}
    for slip in slips:
        by_month.setdefault(slip.month, []).append(slip)
    return tuple(
        MonthTotals(
            month,
            gross=sum(slip.gross for slip in each),
            net=sum(slip.net for slip in each),
            cost=sum(slip.cost for slip in each),
            tax_due=sum(slip.tax_due for slip in each),
            pension_due=sum(slip.pension_due for slip in each),
        )
        for month, each in sorted(by_month.items())
    )
