"""People's own money, roughly what they pay, and the direct payments they have had."""

import numpy as np

from wherewithal.council.draws import Draws
from wherewithal.council.figures import value
from wherewithal.council.needs import Pence
from wherewithal.council.people import Folk, Table
from wherewithal.council.plans import Plans
from wherewithal.council.road import Road

LOWER_CAPITAL, UPPER_CAPITAL = 1_425_000, 2_325_000
_TARIFF_STEP, _TARIFF = 25_000, 100
_PENSION_AGE = 66
_WEEKS, _MOST_PERIODS = 4, 13


def finances_table(draws: Draws, folk: Folk, plans: Plans) -> Table:
    """Make ``finances`` for adults with a plan: capital, income, costs and a rough contribution.

    The contribution leaves out what the charging rules look at more closely, such as disregards.
    """
    capital = np.floor(np.exp(12.4 + 1.2 * draws.normal("capital")) / 1000).astype(np.int64) * 1000
    income = _income(draws, folk)
    housing = _some(draws, "housing", 0.4, 500, 3500)
    dre = _some(draws, "disability-related expenditure", 0.55, 300, 3000)
    minimum = value("minimum_income_guarantee")
    kept = np.where(folk.age >= _PENSION_AGE, minimum["older"], minimum["younger"])
    tariff = -(-np.clip(capital - LOWER_CAPITAL, 0, None) // _TARIFF_STEP) * _TARIFF
    spare = np.clip(sum(income.values()) + tariff - kept - housing - dre, 0, None)
    contribution = np.where(
        capital > UPPER_CAPITAL, plans.weekly_cost, np.minimum(spare, plans.weekly_cost)
    )
    columns = {
        "person_id": np.arange(1, draws.people + 1),
        "capital_pence": capital,
        **income,
        "housing_pence": housing,
        "dre_pence": dre,
        "contribution_pence": contribution,
    }
    assessed = plans.planned & folk.adult
    return {name: column[assessed] for name, column in columns.items()}


def _some(draws: Draws, name: str, chance: float, least: int, most: int) -> Pence:
    """Draw whole tens of pence from ``least`` to ``most`` for some people, and 0 for the rest."""
    amount = least + draws.below(f"{name} amount", (most - least) // 10) * 10
    return np.where(draws.yes(name, chance), amount, 0)


def _income(draws: Draws, folk: Folk) -> Table:
    """Draw weekly income by simple kinds, pence."""
    rates = value("weekly_income")
    pension_age = folk.age >= _PENSION_AGE
    private = np.floor(np.exp(8.6 + 0.8 * draws.normal("private pension"))).astype(np.int64)
    has_private = pension_age & draws.yes("has private pension", 0.45)
    daily_living = np.where(
        draws.yes("higher rate", 0.45),
        rates["pip_enhanced"],
        rates["pip_standard"],
    )
    disabled = draws.yes("disability benefit", 0.8)
    attendance = draws.yes("attendance allowance", np.where(folk.age >= 75, 0.85, 0.4))
    employment = ~pension_age & draws.yes("employment support", 0.85)
    return {
        "state_pension_pence": np.where(pension_age, rates["state_pension"], 0),
        "private_pension_pence": np.where(has_private, private, 0),
        "employment_support_pence": np.where(employment, rates["employment_support"], 0),
        "pip_daily_living_pence": np.where(disabled & ~(pension_age & attendance), daily_living, 0),
        "attendance_allowance_pence": np.where(
            disabled & pension_age & attendance, daily_living, 0
        ),
    }


def payments_table(folk: Folk, road: Road, lines: Table, finances: Table) -> Table:
    """Make ``payments``: up to the last 13 four-weekly direct payments of each live budget.

    Paid in advance and net of the contribution; a period whose net would be nothing has no row.
    """
    people = folk.adult.size
    weekly, contribution = np.zeros(people, dtype=np.int64), np.zeros(people, dtype=np.int64)
    direct = lines["holding"] == "direct_payment"
    np.add.at(weekly, lines["person_id"][direct] - 1, lines["weekly_pence"][direct])
    contribution[finances["person_id"] - 1] = finances["contribution_pence"]
    gross = _WEEKS * weekly
    asked = np.minimum(_WEEKS * contribution, gross)
    paid = road.live & (gross > asked)
    begun = (road.on - road.days[:, -1]).astype(np.int64) // (7 * _WEEKS) + 1
    periods = np.where(paid, np.minimum(begun, _MOST_PERIODS), 0)
    person = np.repeat(np.arange(people), periods)
    turn = np.arange(person.size) - np.repeat(np.cumsum(periods) - periods, periods)
    number = np.repeat(begun - periods, periods) + turn
    start = road.days[person, -1] + number * 7 * _WEEKS
    return {
        "person_id": person + 1,
        "period_start": start,
        "period_end": start + 7 * _WEEKS,
        "gross_pence": gross[person],
        "contribution_pence": asked[person],
        "net_pence": (gross - asked)[person],
    }
