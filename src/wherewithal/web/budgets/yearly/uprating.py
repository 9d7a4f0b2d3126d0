"""A new year's charges for everybody: worked out from the charge in force, without keeping any."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from django.db.models import Prefetch

from wherewithal.charging.parameters import ParametersError
from wherewithal.charging.pension_age import pension_age_reached
from wherewithal.charging.uprating import Assumption, Assumptions, uprate
from wherewithal.web.budgets.charges.contributions import contribution_on
from wherewithal.web.budgets.charges.local import chosen_now, settings_for
from wherewithal.web.budgets.charges.models import Uprating, UpratingLine
from wherewithal.web.budgets.charges.reads import charge_now
from wherewithal.web.budgets.charges.working_out import Charge, financial_facts, work_out
from wherewithal.web.budgets.models import Budget, ChargeChange, FinancialAssessment
from wherewithal.web.budgets.yearly.figures import Book, book

FULL_PAYER = "This person pays in full. Ask about savings now: they may have fallen below the limit"
NO_CHARGE = "Nobody has worked out what this person pays"
BROUGHT_IN = "Only the result of the last charge is known, not what it was worked out from"
SHORT_CHECK = "The last check was a short one. Look again at whether it still holds"
PENSION_AGE = "Check State Pension age: by their date of birth it differs from the last check"
PARTNER = "A partner showed their money. Ask them what it is in the new year"
GIVEN_AWAY = "Money given away is counted. Look at what is left of it"


@dataclass(frozen=True, slots=True)
class NewYear:
    """What a run counts with: the first day, what is assumed, and what officers confirmed."""

    starts: date
    assumed: Assumptions
    known: Book
    chosen: dict[str, int | str | bool]


def new_year(starts: date, assumed: Mapping[str, Any]) -> NewYear:
    """Return what a run counts with, from its kept assumptions (two queries)."""
    return NewYear(starts, assumptions(assumed), book(), chosen_now())


def assumptions(kept: Mapping[str, Any]) -> dict[str, Assumption]:
    """Return kept assumptions as the engine takes them."""
    return {
        name: Assumption(
            Fraction(each["percent"]),
            tuple((before, after) for before, after in each["rates"]),
            each["source"],
        )
        for name, each in kept.items()
    }


def budgets_on(starts: date) -> Iterable[Budget]:
    """Return the signed-off budgets that run on a day, with what each person is charged on."""
    changes = ChargeChange.objects.select_related("charge").order_by("from_day", "id")
    return (
        Budget.objects.filter(status=Budget.Status.SIGNED_OFF, period__contains=starts)
        .filter(person__date_of_death__isnull=True)
        .select_related("person", "charge")
        .prefetch_related(Prefetch("charge_changes", changes))
        .order_by("person__family_name", "person_id", "id")
    )


def lines_for(
    uprating: Uprating, budgets: Iterable[Budget], year: NewYear
) -> Iterator[UpratingLine]:
    """Yield one line for each budget: the charge before and after, or why a human must look."""
    for budget in budgets:
        before = contribution_on(budget, year.starts - timedelta(days=1))
        line = UpratingLine(uprating=uprating, person=budget.person, budget=budget, before=before)
        _fill(line, budget, year)
        yield line


def carried(charge: Charge) -> list[str]:
    """Return the labels of figures of a sum that are not those of its own year."""
    figures = {figure.name: figure for step in charge.steps for figure in step.figures}
    return [each.label for each in figures.values() if each.carried_from]


def _fill(line: UpratingLine, budget: Budget, year: NewYear) -> None:
    stored = charge_now(budget, year.starts)
    born = budget.person.date_of_birth
    if why := _needs_a_human(stored, born, year.starts):
        line.why = why
        return
    facts = dict(stored.facts) if stored else {}
    facts.pop("pinned", None)
    told: tuple[str, ...] = ()
    try:
        if facts["kind"] == "full":
            facts |= {"settings": settings_for(budget.person, year.chosen)}
            told = _uprated(facts, born, year)
        found = work_out(
            facts, born=born, starts=year.starts, cost=budget.cost, confirmed=year.known
        )
    except (KeyError, TypeError, ValueError, ParametersError) as problem:
        line.why = f"The new charge could not be worked out. {problem}"
        return
    if borrowed := carried(found):
        line.why = f"Figures of an earlier year stand in for: {', '.join(borrowed)}"
        return
    if found.assessed is None:
        line.why = FULL_PAYER
        return
    line.after, line.assessed, line.facts = found.contribution, found.assessed, facts
    line.told = list(told)


def _needs_a_human(stored: FinancialAssessment | None, born: date, on: date) -> str:
    if stored is None:
        return NO_CHARGE
    facts = stored.facts
    if "kind" not in facts:
        return BROUGHT_IN
    checks = (
        (facts["kind"] == "light", SHORT_CHECK),
        (facts["kind"] == "full" and stored.assessed_weekly is None, FULL_PAYER),
        (
            facts["kind"] == "full"
            and bool(facts.get("pension_age")) is not pension_age_reached(born, on),
            PENSION_AGE,
        ),
        ("partner" in facts, PARTNER),
        (any(row["kind"] == "notional-capital" for row in facts.get("capital", ())), GIVEN_AWAY),
    )
    return next((why for stands, why in checks if stands), "")


def _uprated(facts: dict[str, Any], born: date, year: NewYear) -> tuple[str, ...]:
    """Write the new year's sums into facts; return what was assumed, in sentences."""
    money = financial_facts(facts, born=born, on=year.starts)
    new = uprate(money.income, money.housing, money.disability_expenses, year.assumed)
    facts["income"] = [
        {"kind": each.kind, "amount": each.amount, "every": each.every} for each in new.income
    ]
    facts["housing"] = [
        row | {"amount": each.amount, "help_amount": each.help_amount}
        for row, each in zip(facts.get("housing", ()), new.housing, strict=True)
    ]
    facts["expenses"] = [
        row | {"amount": each.amount} | ({"allow": each.allow} if each.allow is not None else {})
        for row, each in zip(facts.get("expenses", ()), new.expenses, strict=True)
    ]
    return new.told
