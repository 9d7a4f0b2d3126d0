"""The financial assessment for care outside a care home, in the order the rules set.

Every sum is exact until the charge itself, which is rounded down to whole pence once, in the
person's favour (SI 2014/2672, regulation 11).
"""

from dataclasses import dataclass, replace
from fractions import Fraction

from wherewithal.charging.allowances import expense_steps, guarantee_steps, housing_steps
from wherewithal.charging.capital import capital_steps, limits, over_limit_step, tariff_step
from wherewithal.charging.facts import CouncilSettings, FinancialFacts, FreeService
from wherewithal.charging.income import disability_benefit_counted, income_steps
from wherewithal.charging.parameters import Parameters
from wherewithal.charging.rules import cite, kind
from wherewithal.charging.steps import Step, Unverified, total, unverified_in, written
from wherewithal.money import down, pounds

NATIONAL_ONLY = CouncilSettings()


@dataclass(frozen=True, slots=True)
class ChargeAssessment:
    """What a person pays a week and why; pence, exact where nothing was rounded.

    The sums from ``income`` to ``available`` are ``None`` where the rules stop before them: when
    there is nothing to charge for, or capital is above the upper limit (``full_cost``).
    """

    year: str
    cost: int
    chargeable: int
    contribution: int
    full_cost: bool
    breakdown: tuple[Step, ...]
    capital: Fraction | None = None
    tariff: int | None = None
    income: Fraction | None = None
    housing: Fraction | None = None
    disability_expenses: Fraction | None = None
    guarantee: Fraction | None = None
    available: Fraction | None = None

    @property
    def council_amount(self) -> int:
        """Return what the council pays a week."""
        return self.cost - self.contribution

    @property
    def left_after_charge(self) -> Fraction | None:
        """Return income and tariff income less the charge; ``None`` where income was not read."""
        if self.income is None or self.tariff is None:
            return None
        return self.income + self.tariff - self.contribution

    @property
    def kept(self) -> Fraction | None:
        """Return what the person must be left with: home and disability costs, and the minimum."""
        if self.housing is None or self.disability_expenses is None or self.guarantee is None:
            return None
        return self.housing + self.disability_expenses + self.guarantee

    @property
    def unverified(self) -> tuple[Unverified, ...]:
        """Return the figures and rules used that somebody still has to confirm."""
        return unverified_in(self.breakdown)

    @property
    def for_person(self) -> tuple[str, ...]:
        """Return the whole sum as sentences in order."""
        return tuple(step.for_person for step in self.breakdown)


def assess(
    facts: FinancialFacts,
    parameters: Parameters,
    *,
    cost_weekly: int,
    settings: CouncilSettings = NATIONAL_ONLY,
    free: tuple[FreeService, ...] = (),
) -> ChargeAssessment:
    """Work out what a person pays towards support that costs ``cost_weekly`` pence.

    Raises:
        ValueError: a cost or setting makes no sense; the message names it.
        ParametersError: the year lacks a figure that this person's sum needs.
    """
    if cost_weekly < 0:
        raise ValueError(f"The support costs {pounds(cost_weekly)}. It can't be below zero.")
    free_steps, chargeable = _chargeable(cost_weekly, settings, free)
    if not chargeable:
        steps = (*free_steps, *_closing(cost_weekly, 0))
        return ChargeAssessment(parameters.year, cost_weekly, 0, 0, False, steps)
    holdings = capital_steps(facts)
    capital = total(holdings)
    opening = (*free_steps, *holdings, over_limit_step(capital, parameters, settings))
    if capital > limits(parameters, settings)[1]:
        steps = (*opening, *_closing(cost_weekly, chargeable))
        return ChargeAssessment(
            parameters.year, cost_weekly, chargeable, chargeable, True, steps, capital
        )
    return _means_test(facts, parameters, settings, (capital, cost_weekly, chargeable), opening)


def falls_weekly(
    facts: FinancialFacts, parameters: Parameters, *, cost_weekly: int, settings: CouncilSettings
) -> int:
    """Return the pence a week by which money given away falls: what it adds to the charge.

    Source: SI 2014/2672, regulation 23 (from memory: unverified).
    """
    without = replace(
        facts, capital=tuple(item for item in facts.capital if item.kind != "notional-capital")
    )
    with_it, spared = (
        assess(each, parameters, cost_weekly=cost_weekly, settings=settings).contribution
        for each in (facts, without)
    )
    return with_it - spared


def _means_test(
    facts: FinancialFacts,
    parameters: Parameters,
    settings: CouncilSettings,
    sums: tuple[Fraction, int, int],
    opening: tuple[Step, ...],
) -> ChargeAssessment:
    capital, cost, chargeable = sums
    tariff = tariff_step(capital, parameters, settings)
    incomes = income_steps(facts, parameters, settings)
    housing = housing_steps(facts, settings)
    counted = disability_benefit_counted(incomes)
    expenses = expense_steps(facts, settings, benefit_counted=counted)
    guarantee = guarantee_steps(facts, parameters, settings)
    coming_in = total(incomes) + tariff.amount
    kept = total(housing) + total(expenses) + total(guarantee)
    available = coming_in - kept
    charge, charge_steps = _charge(available, chargeable, settings)
    steps = (
        *opening, tariff, *incomes, *housing, *expenses, *guarantee,
        _available(coming_in, kept), *charge_steps, *_closing(cost, charge),
    )  # fmt: skip
    return ChargeAssessment(
        year=parameters.year,
        cost=cost,
        chargeable=chargeable,
        contribution=charge,
        full_cost=False,
        breakdown=steps,
        capital=capital,
        tariff=int(tariff.amount),
        income=total(incomes),
        housing=total(housing),
        disability_expenses=total(expenses),
        guarantee=total(guarantee),
        available=available,
    )


def _chargeable(
    cost: int, settings: CouncilSettings, free: tuple[FreeService, ...]
) -> tuple[tuple[Step, ...], int]:
    if not settings.charges:
        told = "Our council does not charge for this support."
        return (Step("free", "No charge", 0, told, cite("act-14"), verified=False),), 0
    steps = tuple(_free(service) for service in free)
    not_charged = int(total(steps))
    if not_charged > cost:
        raise ValueError(
            f"The free services come to {pounds(not_charged)} a week, more than the whole support "
            f"at {pounds(cost)}. Correct one of them."
        )
    return steps, cost - not_charged


def _free(service: FreeService) -> Step:
    rule = kind("free", service.kind)
    key, name = f"free:{rule.id}", rule.label[0].upper() + rule.label[1:]
    if rule.weeks_up_to and service.weeks > rule.weeks_up_to:
        told = f"{name}: free for the first {rule.weeks_up_to} weeks, which are over."
        return Step(key, rule.label, 0, told, rule.source, rule.verified)
    if rule.cost_up_to and service.whole_cost > rule.cost_up_to:
        told = f"{name}: free up to {pounds(rule.cost_up_to)}. This one costs more."
        return Step(key, rule.label, 0, told, rule.source, rule.verified)
    told = f"{name}: we never charge for this. That takes {pounds(service.weekly)} a week off."
    return Step(key, rule.label, service.weekly, told, rule.source, rule.verified)


def _available(coming_in: Fraction, kept: Fraction) -> Step:
    available = coming_in - kept
    told = f"We count {written(coming_in)} a week coming in. You keep {written(kept)}. "
    if available > 0:
        told += f"That leaves {written(available)} a week that could go towards your support."
    else:
        told += "Nothing is left over, so you do not pay."
    return Step("available", "Money available", available, told, cite("available"))


def _charge(
    available: Fraction, chargeable: int, settings: CouncilSettings
) -> tuple[int, tuple[Step, ...]]:
    assessed = down(max(Fraction(0), available) * settings.percentage / 100)
    told = f"We ask for {settings.percentage}% of it, rounded down: {pounds(assessed)} a week."
    steps = [Step("assessed", "Assessed", assessed, told, cite("rounding"), verified=False)]
    charge = min(assessed, chargeable)
    if charge < assessed:
        told = f"Support we charge for costs {pounds(chargeable)} a week. You never pay more."
        steps.append(Step("limit:cost", "Cost of support", charge, told, cite("available")))
    policy = cite("council")
    if settings.maximum_weekly is not None and charge > settings.maximum_weekly:
        charge = settings.maximum_weekly
        told = f"Nobody pays us more than {pounds(charge)} a week."
        steps.append(Step("limit:maximum", "Most we charge", charge, told, policy))
    if 0 < charge < settings.minimum_weekly:
        charge = 0
        told = f"We do not collect less than {pounds(settings.minimum_weekly)} a week."
        steps.append(Step("limit:minimum", "Least we collect", 0, told, policy))
    return charge, tuple(steps)


def _closing(cost: int, contribution: int) -> tuple[Step, Step]:
    source = cite("available")
    pays = f"You pay {pounds(contribution)} a week." if contribution else "You pay nothing."
    council = cost - contribution
    rest = (
        f"The council pays {pounds(council)} of the {pounds(cost)} your support costs each week."
        if council
        else f"Your support costs {pounds(cost)} a week, and you pay all of it."
    )
    return (
        Step("contribution", "You pay", contribution, pays, source),
        Step("council", "The council pays", council, rest, source),
    )
