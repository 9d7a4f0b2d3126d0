"""Savings and other capital: what counts, the two limits, and tariff income.

Source: SI 2014/2672, regulations 12, 24 and 25 and Schedule 2.
"""

from datetime import date, timedelta
from fractions import Fraction

from wherewithal.charging.facts import Capital, CouncilSettings, FinancialFacts
from wherewithal.charging.parameters import Parameters
from wherewithal.charging.rules import Kind, cite, kind
from wherewithal.charging.steps import Step, written
from wherewithal.money import pounds, up


def capital_steps(facts: FinancialFacts) -> tuple[Step, ...]:
    """Return one step per holding; its amount is the pence that count, an equal share if joint."""
    return tuple(_holding(item, facts) for item in facts.capital)


def diminished(item: Capital, on: date) -> int:
    """Return what is left of a holding on a day: money given away falls a little every week.

    Source: SI 2014/2672, regulation 23 (from memory: unverified).
    """
    if item.since is None or not item.reduces_weekly or on <= item.since:
        return item.amount
    return max(0, item.amount - (on - item.since).days // 7 * item.reduces_weekly)


def limits(parameters: Parameters, settings: CouncilSettings) -> tuple[int, int]:
    """Return the lower and the upper limit in pence, local where a council set kinder ones.

    Raises:
        ValueError: a local limit is below the national one, or they are the wrong way round.
    """
    lower = _kinder(parameters, "lower-capital-limit", settings.lower_capital_limit)
    upper = _kinder(parameters, "upper-capital-limit", settings.upper_capital_limit)
    if lower > upper:
        raise ValueError(
            f"The lower capital limit {pounds(lower)} is above the upper one {pounds(upper)}."
        )
    return lower, upper


def tariff_income(capital: Fraction, parameters: Parameters, lower: int) -> int:
    """Return pence a week: one step's income for every step of capital, or part of one."""
    above = max(Fraction(0), capital - lower)
    steps = up(above / parameters["tariff-step"].value)
    return steps * parameters["tariff-per-step"].value


def tariff_step(capital: Fraction, parameters: Parameters, settings: CouncilSettings) -> Step:
    """Return the step that turns capital between the limits into weekly income."""
    lower, _ = limits(parameters, settings)
    tariff = tariff_income(capital, parameters, lower)
    size, each = parameters["tariff-step"], parameters["tariff-per-step"]
    told = f"You have {written(capital)} in savings and other capital that we count. "
    if tariff:
        told += (
            f"The first {pounds(lower)} is not counted. For every {pounds(size.value)} above "
            f"that, or part of it, we add {pounds(each.value)} a week. That is {pounds(tariff)} "
            "a week."
        )
    else:
        told += f"That is not above {pounds(lower)}, so it adds nothing."
    used = (parameters["lower-capital-limit"], size, each)
    return Step("tariff", "Income from capital", tariff, told, cite("capital-limits"), figures=used)


def over_limit_step(capital: Fraction, parameters: Parameters, settings: CouncilSettings) -> Step:
    """Return the step that compares capital with the upper limit; its amount is the capital."""
    _, upper = limits(parameters, settings)
    have = f"You have {written(capital)} in savings and other capital that we count."
    if capital > upper:
        told = (
            f"{have} That is more than {pounds(upper)}, so you pay the full cost of your support. "
            "You can still ask us to arrange it for you."
        )
    else:
        told = f"{have} That is not more than {pounds(upper)}, so we look at your income next."
    used = (parameters["upper-capital-limit"],)
    return Step("capital", "Capital", capital, told, cite("capital-limits"), figures=used)


def _kinder(parameters: Parameters, name: str, local: int | None) -> int:
    national = parameters[name]
    if local is not None and local < national.value:
        raise ValueError(
            f"The local {national.label} is {pounds(local)}, below the national "
            f"{pounds(national.value)}. Set it to that or more."
        )
    return national.value if local is None else local


def _holding(item: Capital, facts: FinancialFacts) -> Step:
    rule = kind("capital", item.kind)
    amount = diminished(item, facts.on)
    part = Fraction(amount, item.owners)
    if rule.treatment == "disregarded" and not _time_is_up(item, rule, facts):
        told = f"We do not count {rule.label}."
        if rule.weeks:
            told = f"We do not count {rule.label} for now."
        return Step(f"capital:{rule.id}", rule.label, 0, told, rule.source, rule.verified)
    told = f"We count {rule.label}: {written(part)}."
    if amount < item.amount:
        told = (
            f"We count {rule.label}: {written(part)} now. It was {pounds(item.amount)}, and falls "
            f"by {pounds(item.reduces_weekly)} a week, because you pay that much more on account "
            "of it."
        )
    if item.owners > 1:
        told = (
            f"We count your share of {rule.label}: {written(part)} of {pounds(amount)}, "
            f"because {item.owners} people own it."
        )
        return Step(f"capital:{rule.id}", rule.label, part, told, cite("joint"), verified=False)
    return Step(f"capital:{rule.id}", rule.label, part, told, rule.source, rule.verified)


def _time_is_up(item: Capital, rule: Kind, facts: FinancialFacts) -> bool:
    if not rule.weeks or item.since is None:
        return False
    end = item.since + timedelta(weeks=rule.weeks)
    return facts.on >= max(end, item.until or end)
