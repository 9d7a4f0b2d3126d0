"""Income a week: what counts, what does not, and what counts in part.

Source: SI 2014/2672, Schedule 1; care and support statutory guidance, Annex C.
"""

from fractions import Fraction

from wherewithal.charging.facts import CouncilSettings, FinancialFacts, Income, weekly
from wherewithal.charging.parameters import Figure, Parameters
from wherewithal.charging.rules import Kind, kind
from wherewithal.charging.steps import Step, written


def income_steps(
    facts: FinancialFacts, parameters: Parameters, settings: CouncilSettings
) -> tuple[Step, ...]:
    """Return one step per income; its amount is the pence a week that count."""
    return tuple(_one(item, facts, parameters, settings) for item in facts.income)


def disability_benefit_counted(steps: tuple[Step, ...]) -> bool:
    """Say whether any income that counts is a disability benefit."""
    return any(
        step.amount > 0 and kind("income", step.key.removeprefix("income:")).disability_benefit
        for step in steps
    )


def _one(
    item: Income, facts: FinancialFacts, parameters: Parameters, settings: CouncilSettings
) -> Step:
    rule = kind("income", item.kind)
    gross = weekly(item.amount, item.every)
    left_out, used = _left_out(rule, gross, facts, parameters)
    left_out = min(gross, left_out + settings.not_counted.get(rule.id, 0))
    return Step(
        key=f"income:{rule.id}",
        label=rule.label,
        amount=gross - left_out,
        for_person=_sentence(rule, gross, left_out),
        source=rule.source,
        verified=rule.verified,
        figures=used,
    )


def _left_out(
    rule: Kind, gross: Fraction, facts: FinancialFacts, parameters: Parameters
) -> tuple[Fraction, tuple[Figure, ...]]:
    if rule.treatment == "disregarded":
        return gross, ()
    if rule.limit:
        whose = "couple" if facts.household == "couple" else "single"
        figure = parameters[f"{rule.limit}-{whose}"]
        return min(gross, Fraction(figure.value)), (figure,)
    return min(gross, Fraction(rule.limit_pence)), ()


def _sentence(rule: Kind, gross: Fraction, left_out: Fraction) -> str:
    name = f"Your {rule.label} is {written(gross)} a week."
    if left_out == gross:
        return f"{name} We do not count it."
    if left_out:
        adds = written(gross - left_out)
        return f"{name} We do not count {written(left_out)} of it, so it adds {adds}."
    return f"{name} We count all of it."
