"""What leaves a person better off: what counts and what does not, what they keep, what to ask."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wherewithal.charging.rules import kinds
from wherewithal.charging.steps import Step
from wherewithal.dates import age_on
from wherewithal.web.budgets.charges.working_out import Charge

PENSION_AGE = 66
NOT_COUNTED = (
    "What you earn from work.",
    "The mobility part of Personal Independence Payment or Disability Living Allowance.",
    "The home you live in.",
    "A partner’s own money.",
    "Money in a personal injury trust.",
    "Your direct payment.",
)
NEVER_CHARGED = (
    "Assessments, planning and reviews, and an advocate.",
    "Equipment, and small changes to the home that cost up to £1,000.",
    "Help to get back on your feet, for up to six weeks.",
    "Aftercare under section 117 of the Mental Health Act, and care that the NHS must give.",
)


@dataclass(frozen=True, slots=True)
class BetterOff:
    """Four lists of sentences, from this person's own sum where there is one."""

    counted: tuple[str, ...]
    not_counted: tuple[str, ...]
    kept: tuple[str, ...]
    ask: tuple[str, ...]


def better_off(charge: Charge | None, facts: Mapping[str, Any], born: date, on: date) -> BetterOff:
    """Return what counts, what does not, what is kept, and what may be missing."""
    steps = charge.steps if charge else ()
    return BetterOff(
        counted=_said(steps, ("income", "tariff"), counts=True),
        not_counted=(*_said(steps, ("income", "capital"), counts=False), *NOT_COUNTED),
        kept=_said(steps, ("housing", "expense", "guarantee"), counts=True),
        ask=tuple(worth_asking(facts, born, on)),
    )


def worth_asking(facts: Mapping[str, Any], born: date, on: date) -> list[str]:
    """Return what the person may be able to get, or tell us, that would leave them with more."""
    if facts.get("kind") != "full":
        return []
    income = {row["kind"] for row in facts.get("income", ())}
    housing = {row["kind"] for row in facts.get("housing", ())}
    older = bool(facts.get("pension_age")) or age_on(born, on) >= PENSION_AGE
    asked_none = set(facts.get("asked_none", ()))
    return [
        *_benefits(income, facts, older=older),
        *_home(income, housing, asked_none=asked_none),
        *(
            ["Ask about Pension Credit. Many people who could get it do not claim it."]
            if facts.get("pension_age") and "pension-credit-guarantee" not in income
            else []
        ),
        *(
            ["Ask for a look at both partners’ money. It can only lower what you pay."]
            if facts.get("household") == "couple" and not facts.get("partner")
            else []
        ),
    ]


def _benefits(income: set[str], facts: Mapping[str, Any], *, older: bool) -> list[str]:
    if not income & {key for key, rule in kinds("income").items() if rule.disability_benefit}:
        benefit = "Attendance Allowance" if older else "Personal Independence Payment"
        return [f"Ask about {benefit}. It is for extra costs and does not depend on savings."]
    found = []
    if not older and "disability" not in facts.get("premiums", ()):
        found.append(
            "Ask if the disability premium counts for you. You may get to keep more before you pay."
        )
    if not facts.get("expenses"):
        found.append(
            "Tell us about extra costs because of disability: heating, laundry, special food, help"
            " at home, travel. They can lower what you pay."
        )
    return found


def _home(income: set[str], housing: set[str], *, asked_none: set[str]) -> list[str]:
    found = []
    if not housing and "housing" not in asked_none:
        found.append("Tell us what your home costs: rent, Council Tax, service charges.")
    if "rent" in housing and not income & {"housing-benefit", "universal-credit-housing"}:
        found.append("Ask about help with your rent.")
    if "council-tax" in housing and "council-tax-reduction" not in income:
        found.append("Ask about Council Tax Reduction, and the discounts for disability.")
    return found


def _said(steps: tuple[Step, ...], begins: tuple[str, ...], *, counts: bool) -> tuple[str, ...]:
    return tuple(
        step.for_person
        for step in steps
        if step.key.partition(":")[0] in begins
        and (step.amount > 0) is counts
        and (step.key != "capital")
    )
