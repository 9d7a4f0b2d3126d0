"""What each person is asked to pay, worked out from made-up means by the charging rules."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from wherewithal.charging.parameters import ParametersError, last_complete_year
from wherewithal.dates import age_on
from wherewithal.web.budgets.charges.working_out import Charge, work_out
from wherewithal.web.config.loading.source import FinanceRow, PersonRow

PENSION_AGE, ADULT = 66, 18


@dataclass(frozen=True, slots=True)
class Charged:
    """A financial assessment: its facts, from which day it counts, and what it asks for."""

    facts: dict[str, Any]
    starts: date
    charge: Charge

    @property
    def contribution(self) -> int:
        """Pence a week."""
        return self.charge.contribution


def charged(person: PersonRow, finance: FinanceRow | None, *, starts: date, cost: int) -> Charged:
    """Work out the charge; carers are not charged by this council."""
    born = person.date_of_birth
    starts = max(starts, _birthday(born, ADULT))
    facts = _facts(finance, pension_age=age_on(born, starts) >= PENSION_AGE)
    try:
        return Charged(facts, starts, work_out(facts, born=born, starts=starts, cost=cost))
    except ParametersError:  # no figures for so late a day: as last known
        starts = last_complete_year(starts).period.start
        return Charged(facts, starts, work_out(facts, born=born, starts=starts, cost=cost))


def year_begins(day: date) -> date:
    """Return the first day of the charging year that a day falls in."""
    begins = date(day.year, 4, 6)
    return begins if begins <= day else date(day.year - 1, 4, 6)


def _birthday(born: date, age: int) -> date:
    return date(born.year + age, 3, 1) if (born.month, born.day) == (2, 29) else born.replace(
        year=born.year + age
    )  # fmt: skip


def _facts(finance: FinanceRow | None, *, pension_age: bool) -> dict[str, Any]:
    if finance is None:
        return {"kind": "full", "settings": {"charges": False}}
    income = {
        "state-pension": finance.state_pension_pence,
        "private-pension": finance.private_pension_pence,
        "esa": finance.employment_support_pence,
        "pip-daily-living": finance.pip_daily_living_pence,
        "attendance-allowance": finance.attendance_allowance_pence,
    }
    disabled = finance.pip_daily_living_pence > 0 and not pension_age
    expenses = [{"what": "Extra washing and heating", "amount": finance.dre_pence}]
    return {
        "kind": "full",
        "pension_age": pension_age,
        "household": "single",
        "premiums": ["disability"] if disabled else [],
        "income": [{"kind": kind, "amount": pence} for kind, pence in income.items() if pence],
        "capital": [{"kind": "savings", "amount": finance.capital_pence}],
        "housing": [{"kind": "rent", "amount": finance.housing_pence}]
        if finance.housing_pence
        else [],
        "expenses": expenses if finance.dre_pence else [],
    }
