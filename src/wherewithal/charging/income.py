"""Income a week: what counts, what does not, and what counts in part.

Source: SI 2014/2672, Schedule 1; care and support statutory guidance, Annex C.
"""

from fractions import Fraction

from wherewithal.charging.facts import CouncilSettings, FinancialFacts, Income, weekly
from wherewithal.charging.parameters import Figure, Parameters
from wherewithal.charging.rules import Kind, kind
from wherewithal.charging.steps import Step, total, written


def income_steps(
    facts: FinancialFacts, parameters: Parameters, settings: CouncilSettings
) -> tuple[Step, ...]:
    """Return one step per income; its amount is the pence a week that count.

    What is left out of a kind is left out once, however many incomes of that kind there are.
    Tax is no money that anyone has: it comes last, and off what counts.
    """
    left: dict[str, Fraction] = {}
    steps: list[Step] = []
    taxes = [item for item in facts.income if kind("income", item.kind).treatment == "taken-off"]
    for item in facts.income:
        rule = kind("income", item.kind)
        if item in taxes:
            continue
        gross = weekly(item.amount, item.every)
        allowance, used = _allowance(rule, facts, parameters)
        night = rule.disability_benefit and facts.no_night_care and settings.night_care_not_counted
        if night:
            allowance, used = _night_care(gross, parameters)
        local = Fraction(settings.not_counted.get(rule.id, 0))
        left.setdefault(rule.id, allowance + local)
        left_out = gross if rule.treatment == "disregarded" else min(gross, left[rule.id])
        left[rule.id] -= left_out
        steps.append(_step(rule, gross, left_out, used, night=night))
    for item in taxes:
        steps.append(_taken_off(item, total(steps)))
    return tuple(steps)


def disability_benefit_counted(steps: tuple[Step, ...]) -> bool:
    """Say whether any income that counts is a disability benefit."""
    return any(
        step.amount > 0 and kind("income", step.key.removeprefix("income:")).disability_benefit
        for step in steps
    )


def _allowance(
    rule: Kind, facts: FinancialFacts, parameters: Parameters
) -> tuple[Fraction, tuple[Figure, ...]]:
    if rule.limit:
        whose = "couple" if facts.household == "couple" else "single"
        figure = parameters[f"{rule.limit}-{whose}"]
        return Fraction(figure.value), (figure,)
    return Fraction(rule.limit_pence), ()


def _night_care(gross: Fraction, parameters: Parameters) -> tuple[Fraction, tuple[Figure, ...]]:
    """Return what the higher rate adds to the lower: it is for care at night that is not given."""
    higher, lower = parameters["benefit-disability-higher"], parameters["benefit-disability-lower"]
    return max(Fraction(0), min(gross, Fraction(higher.value)) - lower.value), (higher, lower)


def _step(
    rule: Kind, gross: Fraction, left_out: Fraction, used: tuple[Figure, ...], *, night: bool
) -> Step:
    told = _sentence(rule, gross, left_out)
    if night and left_out:
        told += " That part is for care at night, and your support has none."
    return Step(
        key=f"income:{rule.id}",
        label=rule.label,
        amount=gross - left_out,
        for_person=told,
        source=rule.source,
        verified=rule.verified,
        figures=used,
    )


def _taken_off(item: Income, counted: Fraction) -> Step:
    rule = kind("income", item.kind)
    tax = weekly(item.amount, item.every)
    told = f"Your {rule.label} is {written(tax)} a week. We take it off what we count."
    if tax > counted:
        told = f"Your {rule.label} is {written(tax)} a week, and we count no more than that."
    return Step(
        f"income:{rule.id}", rule.label, -min(tax, counted), told, rule.source, rule.verified
    )


def _sentence(rule: Kind, gross: Fraction, left_out: Fraction) -> str:
    name = f"Your {rule.label} is {written(gross)} a week."
    if left_out == gross:
        return f"{name} We do not count it."
    if left_out:
        adds = written(gross - left_out)
        return f"{name} We do not count {written(left_out)} of it, so it adds {adds}."
    return f"{name} We count all of it."
