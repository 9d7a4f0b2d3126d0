"""What the financial assessment is told: a person's money, and the council's own settings.

Amounts are pence. How often a sum comes or goes is one of :data:`WEEKLY`; everything is turned
into exact weekly fractions: a month is 12/52 of a year's weeks, four weeks are four.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Literal

from wherewithal.charging.rules import kind
from wherewithal.money import pounds

WEEKLY: Mapping[str, Fraction] = MappingProxyType(
    {
        "week": Fraction(1),
        "two-weeks": Fraction(1, 2),
        "four-weeks": Fraction(1, 4),
        "month": Fraction(12, 52),
        "quarter": Fraction(4, 52),
        "year": Fraction(1, 52),
    }
)
PREMIUMS = frozenset({"disability", "enhanced-disability", "carer"})
Household = Literal["single", "lone-parent", "couple"]
ADULT_AGE = 18


def weekly(amount: int, every: str) -> Fraction:
    """Turn an amount that comes ``every`` so often into exact pence a week."""
    return amount * WEEKLY[every]


def _check_amount(what: str, amount: int, every: str = "week") -> None:
    if amount < 0:
        raise ValueError(f"{what} is {pounds(amount)}. Enter an amount of zero or more.")
    if every not in WEEKLY:
        raise ValueError(f"{what} comes every {every!r}. Use one of: {', '.join(WEEKLY)}.")


@dataclass(frozen=True, slots=True)
class Income:
    """One income, of a kind listed in ``rules.yaml``, before anything is taken off."""

    kind: str
    amount: int
    every: str = "week"

    def __post_init__(self) -> None:
        _check_amount(kind("income", self.kind).label, self.amount, self.every)


@dataclass(frozen=True, slots=True)
class Capital:
    """One holding; ``amount`` is all of it and ``owners`` share it equally.

    ``since`` is the day from which capital that is left out for a time only is left out;
    ``until`` a longer end the council agreed, exclusive. For money given away, ``since`` is the
    day from which it is counted and ``reduces_weekly`` the pence by which it falls every week.
    """

    kind: str
    amount: int
    owners: int = 1
    since: date | None = None
    until: date | None = None
    reduces_weekly: int = 0

    def __post_init__(self) -> None:
        rule = kind("capital", self.kind)
        _check_amount(rule.label, self.amount)
        if self.owners < 1:
            raise ValueError(f"{rule.label} has {self.owners} owners. Enter 1 or more.")
        if rule.weeks and self.since is None:
            raise ValueError(f"Say from which day {rule.label} is not counted.")
        _check_amount("What it falls by", self.reduces_weekly)
        if self.reduces_weekly and self.since is None:
            raise ValueError(f"Say from which day {rule.label} is counted, so that it can fall.")


@dataclass(frozen=True, slots=True)
class HousingCost:
    """One cost of the home; ``help_amount`` is what benefits pay of it, equally often."""

    kind: str
    amount: int
    every: str = "week"
    help_amount: int = 0

    def __post_init__(self) -> None:
        label = kind("housing", self.kind).label
        _check_amount(label, self.amount, self.every)
        _check_amount(f"Help with {label}", self.help_amount)


@dataclass(frozen=True, slots=True)
class DisabilityExpense:
    """One disability-related expense the person asked us to allow; refusing needs a reason.

    ``allow`` is the part that was allowed where it is not the whole, as often as ``amount``.
    ``sharers`` adults of the household share the cost equally.
    """

    what: str
    amount: int
    every: str = "week"
    allowed: bool = True
    why_not: str = ""
    allow: int | None = None
    sharers: int = 1

    def __post_init__(self) -> None:
        _check_amount(self.what, self.amount, self.every)
        _check_amount(f"What is allowed of {self.what}", self.allow or 0)
        if self.sharers < 1:
            raise ValueError(f"{self.what} is shared by {self.sharers}. Enter 1 or more.")
        if self.allow is not None and self.allow > self.amount:
            raise ValueError(f"More of {self.what} is allowed than was asked for. Correct one.")
        if self.cut and not self.why_not.strip():
            raise ValueError(f"Write why {self.what} is not allowed.")

    @property
    def kept(self) -> int:
        """Return pence allowed, as often as ``amount``, before it is shared."""
        if not self.allowed:
            return 0
        return self.amount if self.allow is None else self.allow

    @property
    def cut(self) -> bool:
        """Say whether less than the whole was allowed."""
        return not self.allowed or self.kept < self.amount


@dataclass(frozen=True, slots=True)
class FreeService:
    """A service inside the support that may never be charged for; ``weekly`` pence of the cost.

    ``weeks`` is how long it has run, ``whole_cost`` its one-off cost, where the rule has a limit.
    """

    kind: str
    weekly: int
    weeks: int = 0
    whole_cost: int = 0

    def __post_init__(self) -> None:
        _check_amount(kind("free", self.kind).label, self.weekly)


@dataclass(frozen=True, slots=True)
class FinancialFacts:
    """One person's circumstances on one day. Only their own money, never a partner's.

    ``no_night_care`` says that the support includes no care at night.
    """

    on: date
    age: int
    pension_age: bool
    household: Household = "single"
    partner_pension_age: bool = False
    children: int = 0
    premiums: frozenset[str] = frozenset()
    income: tuple[Income, ...] = ()
    capital: tuple[Capital, ...] = ()
    housing: tuple[HousingCost, ...] = ()
    disability_expenses: tuple[DisabilityExpense, ...] = ()
    no_night_care: bool = False

    def __post_init__(self) -> None:
        if self.age < ADULT_AGE:
            raise ValueError(f"These rules are for adults. The person is {self.age}.")
        if self.children < 0:
            raise ValueError(f"The number of children is {self.children}. Enter zero or more.")
        if unknown := self.premiums - PREMIUMS:
            raise ValueError(
                f"{', '.join(sorted(unknown))} is not a premium. Use {', '.join(sorted(PREMIUMS))}."
            )


@dataclass(frozen=True, slots=True)
class CouncilSettings:
    """A council's own choices, none of which may leave a person worse off than the national rule.

    ``percentage`` is how much of the money available is asked for. ``not_counted`` gives extra
    pence a week left out of an income, by kind (a night-care disregard, say). ``local_housing``
    are extra kinds of housing cost. ``standard_expenses`` is a flat allowance for
    disability-related expenses; it is a floor and never a ceiling. ``night_care_not_counted``
    leaves out what the higher rate of a disability benefit adds, where no night care is given.
    """

    charges: bool = True
    percentage: int = 100
    maximum_weekly: int | None = None
    minimum_weekly: int = 0
    guarantee_uplift_percent: int = 0
    guarantee_uplift_weekly: int = 0
    upper_capital_limit: int | None = None
    lower_capital_limit: int | None = None
    standard_expenses: int = 0
    not_counted: Mapping[str, int] = field(default_factory=dict)
    local_housing: frozenset[str] = frozenset()
    night_care_not_counted: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.percentage <= 100:
            raise ValueError(f"The percentage is {self.percentage}. Enter 0 to 100.")
        for name in (
            "maximum_weekly",
            "minimum_weekly",
            "guarantee_uplift_percent",
            "guarantee_uplift_weekly",
            "standard_expenses",
        ):
            if (getattr(self, name) or 0) < 0:
                raise ValueError(f"{name} is {getattr(self, name)}. It can't be below zero.")
        for income_kind, amount in self.not_counted.items():
            _check_amount(kind("income", income_kind).label, amount)
        for housing_kind in self.local_housing:
            kind("housing", housing_kind)
