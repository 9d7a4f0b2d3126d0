"""From a stored financial assessment to what it asks the person to pay, step by step.

The facts are kept as JSON: ``kind`` (full, light or none), then, by kind, the person's money, the
short check, or the free service; ``settings`` are the council's own choices on that day.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from wherewithal.charging.arrangement import ArrangementFacts, ArrangementFee, arrangement_fee
from wherewithal.charging.assess import ChargeAssessment, assess
from wherewithal.charging.better_off import better_off
from wherewithal.charging.facts import (
    Capital,
    DisabilityExpense,
    FinancialFacts,
    FreeService,
    HousingCost,
    Income,
)
from wherewithal.charging.light_touch import LightTouchFacts, decide_light_touch
from wherewithal.charging.parameters import Parameters, ParametersError
from wherewithal.charging.steps import Step, Unverified
from wherewithal.dates import age_on
from wherewithal.money import pounds
from wherewithal.web.budgets.charges.local import council_settings
from wherewithal.web.budgets.models import FinancialAssessment
from wherewithal.web.budgets.yearly.figures import Book, book, book_of

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
    fee: ArrangementFee | None = None

    @property
    def council(self) -> int:
        """What the council pays a week."""
        return self.cost - self.contribution


def work_out(
    facts: Facts, *, born: date, starts: date, cost: int, confirmed: Book | None = None,
    free: tuple[FreeService, ...] = (),
) -> Charge:  # fmt: skip
    """Work out the charge from facts, by the figures they were kept with or those of today.

    ``free`` is what others pay of the cost: nobody is charged for that.

    Raises:
        ValueError: the facts, or the short check, do not hold together; the message says how.
        ParametersError: there are no figures for the day.
    """
    known = confirmed or (book_of(facts["pinned"]) if "pinned" in facts else book())
    parameters = known.parameters(starts)
    if facts["kind"] == "light":
        return _light(facts, parameters, cost, known, starts, free)
    settings = council_settings(facts.get("settings", {}))
    result = assess(
        financial_facts(facts, born=born, on=starts), parameters, cost_weekly=cost,
        settings=settings, free=_free(facts, cost, free),
    )  # fmt: skip
    made = Charge(
        contribution=result.contribution,
        assessed=_assessed(result),
        cost=cost,
        steps=result.breakdown,
        unverified=known.still_open(result.unverified, starts),
        year=result.year,
        fee=_fee(facts, starts, result),
    )
    if "partner" not in facts:
        return made
    partner = _partner(facts, born=born, on=starts)
    both = better_off(result, partner, parameters, settings)
    told = _together(made, both.together, both.for_person, both.source)
    return replace(told, unverified=known.still_open(told.unverified, starts))


def charge_of(
    stored: FinancialAssessment, *, born: date, cost: int, free: tuple[FreeService, ...] = ()
) -> Charge:
    """Return what a stored assessment asks for towards support that costs ``cost`` pence a week.

    ``free`` is what others pay of that cost.

    An assessment that was brought in with only its result keeps that result.
    """
    try:
        return work_out(stored.facts, born=born, starts=stored.starts, cost=cost, free=free)
    except (KeyError, TypeError, ValueError, ParametersError):
        return _brought_in(stored, cost, free)


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
        disability_expenses=tuple(_expense(row) for row in facts.get("expenses", ())),
        no_night_care=bool(facts.get("no_night_care")),
    )


def _capital(row: Mapping[str, Any]) -> Capital:
    since = row.get("since")
    return Capital(**{**row, "since": date.fromisoformat(since) if since else None})


def _expense(row: Mapping[str, Any]) -> DisabilityExpense:
    return DisabilityExpense(**{name: value for name, value in row.items() if name != "claim"})


def _partner(facts: Facts, *, born: date, on: date) -> FinancialFacts:
    """Return a partner's own money as they chose to show it: what counts a week, and savings."""
    shown = facts["partner"]
    return FinancialFacts(
        on=on,
        age=age_on(born, on),
        pension_age=bool(facts.get("partner_pension_age")),
        household="couple",
        partner_pension_age=bool(facts.get("pension_age")),
        income=(Income("other-income", shown["income"]),),
        capital=(Capital("savings", shown["capital"]),),
    )


def _together(charge: Charge, pays: int, told: str, source: str) -> Charge:
    """Put the look at both partners' money before the last two lines of the sum."""
    *opening, _, _ = charge.steps
    step = Step("partner", "Both of your money", pays, told, source, verified=False)
    closing = (
        Step("contribution", "You pay", pays, f"You pay {pounds(pays)} a week.", source),
        Step(
            "council", "The council pays", charge.cost - pays,
            f"The council pays {pounds(charge.cost - pays)} of the {pounds(charge.cost)} your "
            "support costs each week.", source,
        ),
    )  # fmt: skip
    flagged = Unverified("partner", "the look at both partners’ money", "local practice")
    assessed = charge.assessed if charge.assessed is None else min(charge.assessed, pays)
    return replace(
        charge, contribution=pays, assessed=assessed, steps=(*opening, step, *closing),
        unverified=(*charge.unverified, flagged),
    )  # fmt: skip


def _fee(facts: Facts, starts: date, result: ChargeAssessment) -> ArrangementFee | None:
    """Decide the fee for arranging support, where somebody asked about one."""
    asked = facts.get("arrangement")
    if not asked:
        return None
    days = {
        name: date.fromisoformat(asked[name]) if asked.get(name) else None
        for name in ("told_on", "agreed_on")
    }
    return arrangement_fee(
        ArrangementFacts(
            above_upper_limit=result.full_cost, asked_us=bool(asked["asked_us"]),
            carer=bool(asked["carer"]), care_home=False, yearly_cost=asked["yearly_cost"],
            starts=starts, **days,
        )
    )  # fmt: skip


def _free(facts: Facts, cost: int, others: tuple[FreeService, ...]) -> tuple[FreeService, ...]:
    """Return what is never charged for: what the facts name, and what others pay of the rest."""
    if facts["kind"] == "none":
        return (FreeService(facts["none"]["kind"], weekly=cost),)
    named = tuple(FreeService(**row) for row in facts.get("free", ()))
    rest = max(0, cost - sum(each.weekly for each in named))
    for each in others:
        named += (replace(each, weekly=min(each.weekly, rest)),)
        rest -= named[-1].weekly
    return named


def _chargeable(cost: int, free: tuple[FreeService, ...]) -> int:
    return max(0, cost - sum(each.weekly for each in free))


def _assessed(result: ChargeAssessment) -> int | None:
    if result.full_cost:
        return None
    found = [step.amount for step in result.breakdown if step.key == "assessed"]
    return int(found[0]) if found else 0


def _light(
    facts: Facts, parameters: Parameters, cost: int, known: Book, starts: date,
    free: tuple[FreeService, ...],
) -> Charge:  # fmt: skip
    check = LightTouchFacts(**facts["light"])
    decision = decide_light_touch(check)
    if decision.outcome is None:
        raise ValueError(" ".join(decision.missing or decision.for_person))
    pays = _chargeable(cost, free) if decision.outcome == "full-cost" else 0
    steps = tuple(
        Step("light", "Short money check", 0, told, decision.source, decision.verified)
        for told in decision.for_person
    )
    closing = (
        Step("contribution", "You pay", pays, f"You pay {pounds(pays)} a week.", decision.source),
    )
    flagged = Unverified("light", "the rule for a short money check", "written from memory")
    unverified = known.still_open((flagged,), starts)
    steps = (*steps, *closing)
    assessed = None if decision.outcome == "full-cost" else 0
    return Charge(pays, assessed, cost, steps, unverified, parameters.year)


def _brought_in(stored: FinancialAssessment, cost: int, free: tuple[FreeService, ...]) -> Charge:
    most = _chargeable(cost, free)
    pays = most if stored.assessed_weekly is None else min(stored.assessed_weekly, most)
    told = f"You pay {pounds(pays)} a week. The sum was worked out before this record began."
    step = Step("contribution", "You pay", pays, told, "The council’s earlier record")
    return Charge(pays, stored.assessed_weekly, cost, (step,), (), stored.parameters_year)
