"""From a stored financial assessment to what it asks the person to pay, step by step.

The facts are kept as JSON: ``kind`` (full, light or none), then, by kind, the person's money, the
short check, or the free service; ``settings`` are the council's own choices on that day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wherewithal.charging.assess import ChargeAssessment, assess
from wherewithal.charging.facts import (
    Capital,
    CouncilSettings,
    DisabilityExpense,
    FinancialFacts,
    FreeService,
    HousingCost,
    Income,
)
from wherewithal.charging.light_touch import LightTouchFacts, decide_light_touch
from wherewithal.charging.parameters import ParametersError, parameters_on
from wherewithal.charging.steps import Step, Unverified
from wherewithal.dates import age_on
from wherewithal.money import pounds
from wherewithal.web.budgets.models import FinancialAssessment

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Charge:
    """What a person pays a week towards support of one cost, in pence, and why.

    ``assessed`` is before the cost limits it; ``None`` where the person pays in full.
    """

    contribution: int
    assessed: int | None
    cost: int
    steps: tuple[Step, ...]
    unverified: tuple[Unverified, ...]
    year: str

    @property
    def council(self) -> int:
        """What the council pays a week."""
        return self.cost - self.contribution


def work_out(facts: Facts, *, born: date, starts: date, cost: int) -> Charge:
    """Work out the charge from facts.

    Raises:
        ValueError: the facts, or the short check, do not hold together; the message says how.
        ParametersError: there are no figures for the day.
    """
    if facts["kind"] == "light":
        return _light(facts, starts, cost)
    parameters = parameters_on(starts, allow_carried_forward=True)
    result = assess(
        financial_facts(facts, born=born, on=starts),
        parameters,
        cost_weekly=cost,
        settings=CouncilSettings(**facts.get("settings", {})),
        free=_free(facts, cost),
    )
    return Charge(
        contribution=result.contribution,
        assessed=_assessed(result),
        cost=cost,
        steps=result.breakdown,
        unverified=result.unverified,
        year=result.year,
    )


def charge_of(stored: FinancialAssessment, *, born: date, cost: int) -> Charge:
    """Return what a stored assessment asks for towards support that costs ``cost`` pence a week.

    An assessment that was brought in with only its result keeps that result.
    """
    try:
        return work_out(stored.facts, born=born, starts=stored.starts, cost=cost)
    except (KeyError, TypeError, ValueError, ParametersError):
        return _brought_in(stored, cost)


def financial_facts(facts: Facts, *, born: date, on: date) -> FinancialFacts:
    """Return stored facts as the financial assessment takes them."""
    return FinancialFacts(
        on=on,
        age=age_on(born, on),
        pension_age=bool(facts.get("pension_age")),
        household=facts.get("household", "single"),
        partner_pension_age=bool(facts.get("partner_pension_age")),
        children=facts.get("children", 0),
        premiums=frozenset(facts.get("premiums", ())),
        income=tuple(Income(**row) for row in facts.get("income", ())),
        capital=tuple(_capital(row) for row in facts.get("capital", ())),
        housing=tuple(HousingCost(**row) for row in facts.get("housing", ())),
        disability_expenses=tuple(DisabilityExpense(**row) for row in facts.get("expenses", ())),
    )


def _capital(row: Mapping[str, Any]) -> Capital:
    since = row.get("since")
    return Capital(**{**row, "since": date.fromisoformat(since) if since else None})


def _free(facts: Facts, cost: int) -> tuple[FreeService, ...]:
    if facts["kind"] == "none":
        return (FreeService(facts["none"]["kind"], weekly=cost),)
    return tuple(FreeService(**row) for row in facts.get("free", ()))


def _assessed(result: ChargeAssessment) -> int | None:
    if result.full_cost:
        return None
    found = [step.amount for step in result.breakdown if step.key == "assessed"]
    return int(found[0]) if found else 0


def _light(facts: Facts, starts: date, cost: int) -> Charge:
    check = LightTouchFacts(**facts["light"])
    decision = decide_light_touch(check)
    if decision.outcome is None:
        raise ValueError(" ".join(decision.missing or decision.for_person))
    pays = cost if decision.outcome == "full-cost" else 0
    steps = tuple(
        Step("light", "Short money check", 0, told, decision.source, decision.verified)
        for told in decision.for_person
    )
    closing = (
        Step("contribution", "You pay", pays, f"You pay {pounds(pays)} a week.", decision.source),
    )
    unverified = (
        Unverified("light-touch", "the rule for a short money check", "written from memory"),
    )
    year = parameters_on(starts, allow_carried_forward=True).year
    return Charge(pays, None if pays else 0, cost, (*steps, *closing), unverified, year)


def _brought_in(stored: FinancialAssessment, cost: int) -> Charge:
    pays = cost if stored.assessed_weekly is None else min(stored.assessed_weekly, cost)
    told = f"You pay {pounds(pays)} a week. The sum was worked out before this record began."
    step = Step("contribution", "You pay", pays, told, "The council’s earlier record")
    return Charge(pays, stored.assessed_weekly, cost, (step,), (), stored.parameters_year)
