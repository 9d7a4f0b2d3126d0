"""A new year's money: what each income and cost is taken to become, and on what grounds.

An assumption is data: the rates that change into new ones, a percentage for other amounts, and a
source. What nobody assumed anything about stays as it is, and is named.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from wherewithal.charging.facts import DisabilityExpense, HousingCost, Income, weekly
from wherewithal.charging.parameters import Parameters, benefit_rates
from wherewithal.charging.rules import kind
from wherewithal.charging.steps import written
from wherewithal.money import half_up, pounds

UNVERIFIED = " (not confirmed)"


@dataclass(frozen=True, slots=True)
class Assumption:
    """How one kind of income, or every cost of one sort, changes; ``rates`` are pence a week."""

    percent: Fraction = Fraction(0)
    rates: tuple[tuple[int, int], ...] = ()
    source: str = ""

    def __post_init__(self) -> None:
        if not -50 <= self.percent <= 100:
            raise ValueError(f"A change of {self.percent}% is out of reach. Enter −50 to 100.")
        if (self.percent or self.rates) and not self.source.strip():
            raise ValueError("Say where each assumed change comes from.")


Assumptions = Mapping[str, Assumption]
"""By kind of income, and ``housing`` and ``expenses`` for all costs of that sort."""


@dataclass(frozen=True, slots=True)
class Uprated:
    """A person's money in the new year, with a sentence for each line that changed or did not."""

    income: tuple[Income, ...]
    housing: tuple[HousingCost, ...]
    expenses: tuple[DisabilityExpense, ...]
    told: tuple[str, ...]


def usual_assumptions(year: str) -> dict[str, Assumption]:
    """Return what is usually assumed for a year, by kind of income; nothing where unknown."""
    document = _document()
    rows: dict[str, Any] = next(
        (each["kinds"] for each in document["years"] if each["name"] == year), {}
    )
    return {
        name: Assumption(
            Fraction(row["percent"]),
            source=document["sources"][row["source"]] + ("" if row["verified"] else UNVERIFIED),
        )
        for name, row in rows.items()
    }


@lru_cache(maxsize=1)
def _document() -> dict[str, Any]:
    text = files(__package__).joinpath("upratings.yaml").read_text(encoding="utf-8")
    document: dict[str, Any] = yaml.safe_load(text)
    return document


def published_rates(
    before: Parameters, after: Parameters
) -> dict[str, tuple[tuple[int, int], ...]]:
    """Return, by kind of income, the rates of one year beside those of the next."""
    found: dict[str, list[tuple[int, int]]] = {}
    for name, income_kinds in benefit_rates().items():
        if name in before.figures and name in after.figures:
            pair = (before.figures[name].value, after.figures[name].value)
            for each in income_kinds:
                found.setdefault(each, []).append(pair)
    return {each: tuple(pairs) for each, pairs in found.items()}


def uprate(
    income: Sequence[Income],
    housing: Sequence[HousingCost],
    expenses: Sequence[DisabilityExpense],
    assumed: Assumptions,
) -> Uprated:
    """Return a person's money as it is assumed to be in the new year."""
    told: list[str] = []
    incomes = tuple(_income(item, assumed.get(item.kind, Assumption()), told) for item in income)
    homes = assumed.get("housing", Assumption())
    costs = assumed.get("expenses", Assumption())
    return Uprated(
        incomes,
        tuple(
            replace(
                item,
                amount=_raised(item.amount, homes),
                help_amount=_raised(item.help_amount, homes),
            )
            for item in housing
        ),
        tuple(_expense(item, costs) for item in expenses),
        tuple(told),
    )


def _income(item: Income, assumption: Assumption, told: list[str]) -> Income:
    rule = kind("income", item.kind)
    was = weekly(item.amount, item.every)
    new = next((after for before, after in assumption.rates if before == was), None)
    made = (
        replace(item, amount=new, every="week")
        if new is not None
        else replace(item, amount=_raised(item.amount, assumption))
    )
    now = weekly(made.amount, made.every)
    if now != was:
        told.append(
            f"Your {rule.label} goes from {written(was)} to {written(now)} a week. "
            f"We took this from: {assumption.source}."
        )
    elif rule.treatment != "disregarded":
        told.append(f"We took your {rule.label} to stay at {written(was)} a week.")
    return made


def _expense(item: DisabilityExpense, assumption: Assumption) -> DisabilityExpense:
    allow = None if item.allow is None else _raised(item.allow, assumption)
    return replace(item, amount=_raised(item.amount, assumption), allow=allow)


def _raised(amount: int, assumption: Assumption) -> int:
    """Add the percentage, to the nearest penny."""
    return half_up(amount * (1 + assumption.percent / 100))


def compared(before: int, after: int) -> str:
    """Say how a weekly charge changes, to the person."""
    if after == before:
        return f"You go on paying {pounds(after)} a week."
    way = "more" if after > before else "less"
    return f"You pay {pounds(after)} a week, which is {pounds(abs(after - before))} {way}."
