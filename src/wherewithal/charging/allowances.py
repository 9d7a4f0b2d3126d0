"""What a person keeps before paying: home costs, disability costs, and the guaranteed minimum.

Source: SI 2014/2672, regulation 7 and Schedule 1.
"""

from collections.abc import Iterator
from fractions import Fraction

from wherewithal.charging.facts import CouncilSettings, FinancialFacts, weekly
from wherewithal.charging.parameters import Parameters
from wherewithal.charging.rules import cite, kind
from wherewithal.charging.steps import Step, total, written
from wherewithal.money import pounds

YOUNGER_UNTIL = 25


def housing_steps(facts: FinancialFacts, settings: CouncilSettings) -> tuple[Step, ...]:
    """Return one step per cost of the home; its amount is pence a week after any help."""
    return tuple(_housing(facts, settings))


def expense_steps(
    facts: FinancialFacts, settings: CouncilSettings, *, benefit_counted: bool
) -> tuple[Step, ...]:
    """Return the disability-related expenses; none are needed when no such benefit is counted."""
    source = cite("dre")
    if not benefit_counted:
        if not facts.disability_expenses:
            return ()
        told = (
            "We did not count a disability benefit as income, so there is nothing to set "
            "disability costs against."
        )
        return (Step("expenses", "Disability costs", 0, told, source),)
    steps = tuple(_expenses(facts, source))
    top_up = settings.standard_expenses - total(steps)
    if top_up <= 0:
        return steps
    told = f"We let everyone keep at least {pounds(settings.standard_expenses)} a week for this."
    return (*steps, Step("expense:standard", "Standard allowance", top_up, told, source))


def guarantee_steps(
    facts: FinancialFacts, parameters: Parameters, settings: CouncilSettings
) -> tuple[Step, ...]:
    """Return the parts of the minimum income guarantee, in pence a week."""
    steps = (
        _guaranteed(base_figure(facts), parameters, "The law says you must keep at least"),
        *_children(facts, parameters),
        *_premiums(facts, parameters),
    )
    return (*steps, *_uplift(total(steps), settings))


def base_figure(facts: FinancialFacts) -> str:
    """Return the name of the figure that a person's guarantee starts from."""
    if facts.household == "couple":
        older = facts.pension_age or facts.partner_pension_age
        return "mig-couple-pension-age" if older else "mig-couple"
    if facts.pension_age:
        return "mig-single-pension-age"
    if facts.household == "lone-parent":
        return "mig-lone-parent"
    return "mig-single-18-24" if facts.age < YOUNGER_UNTIL else "mig-single-25"


def _housing(facts: FinancialFacts, settings: CouncilSettings) -> Iterator[Step]:
    for cost in facts.housing:
        rule = kind("housing", cost.kind)
        name = f"Your {rule.label}"
        if rule.local and rule.id not in settings.local_housing:
            told = f"{name} is not a home cost in our rules, so we do not take it off."
            yield Step(f"housing:{rule.id}", rule.label, 0, told, rule.source, rule.verified)
            continue
        net = weekly(max(0, cost.amount - cost.help_amount), cost.every)
        after = " after help with it" if cost.help_amount else ""
        told = f"{name} is {written(net)} a week{after}. You keep this."
        yield Step(f"housing:{rule.id}", rule.label, net, told, rule.source, rule.verified)


def _expenses(facts: FinancialFacts, source: str) -> Iterator[Step]:
    for number, expense in enumerate(facts.disability_expenses, start=1):
        asked = weekly(expense.amount, expense.every) / expense.sharers
        amount = weekly(expense.kept, expense.every) / expense.sharers
        shared = f", shared by {expense.sharers} adults" if expense.sharers > 1 else ""
        told = f"{expense.what}: {written(asked)} a week{shared} because of your disability."
        why = expense.why_not.strip().rstrip(".")
        if not expense.cut:
            told += " You keep this."
        elif amount:
            told += f" We allowed {written(amount)} of it, and you keep that. Why not all: {why}."
        else:
            told = f"{expense.what}: we did not allow {written(asked)} a week. Why: {why}."
        yield Step(f"expense:{number}", expense.what, amount, told, source)


def _guaranteed(name: str, parameters: Parameters, opening: str, times: int = 1) -> Step:
    figure = parameters[name]
    amount = figure.value * times
    told = f"{opening} {pounds(amount)} a week ({figure.label})."
    return Step(f"guarantee:{name}", figure.label, amount, told, cite("mig"), figures=(figure,))


def _children(facts: FinancialFacts, parameters: Parameters) -> Iterator[Step]:
    if facts.children:
        opening = f"For {facts.children} children you keep" if facts.children > 1 else "You keep"
        yield _guaranteed("mig-child", parameters, opening, facts.children)


def _premiums(facts: FinancialFacts, parameters: Parameters) -> Iterator[Step]:
    whose = "couple" if facts.household == "couple" else "single"
    for premium in ("disability", "enhanced-disability"):
        name = f"premium-{premium}-{whose}"
        if premium in facts.premiums and facts.pension_age:
            label = parameters[name].label
            told = f"The {label} is for people below pension age, so it does not add to this."
            yield Step(f"guarantee:{name}", label, 0, told, cite("pension-premium"), verified=False)
        elif premium in facts.premiums:
            yield _guaranteed(name, parameters, "On top you keep")
    if "carer" in facts.premiums:
        yield _guaranteed("premium-carer", parameters, "On top you keep")


def _uplift(national: Fraction, settings: CouncilSettings) -> Iterator[Step]:
    extra = national * settings.guarantee_uplift_percent / 100 + settings.guarantee_uplift_weekly
    if extra:
        told = f"Our council lets you keep {written(extra)} a week more than the law asks."
        yield Step("guarantee:local", "Local addition", extra, told, cite("council"))
