"""From a stored plan to the values that the pure rules take."""

from dataclasses import dataclass
from fractions import Fraction

from wherewithal.careact.outcomes import ADULT_OUTCOMES, OUTCOMES_BY_CODE
from wherewithal.careact.outcomes import Outcome as CareActOutcome
from wherewithal.careact.plan import Involvement, PlanFacts, PlanNeed
from wherewithal.careact.plan import PlanLine as LineFacts
from wherewithal.careact.plan_costs import Beside, Cost, beside, cost_of, how_often, whole
from wherewithal.web.assessments.models import Assessment
from wherewithal.web.plans.models import PlanLine, SupportPlan

DEPLOYMENT = {
    PlanLine.Holding.DIRECT_PAYMENT: "direct_payment",
    PlanLine.Holding.COUNCIL_MANAGED: "council_managed",
    PlanLine.Holding.ISF: "isf",
    PlanLine.Holding.THIRD_PARTY: "third_party_managed",
    PlanLine.Holding.TRUST: "trust",
}


@dataclass(frozen=True, slots=True)
class Totals:
    """What a plan comes to, and how that stands beside the first figure (pence a week)."""

    cost: Cost
    indicative: int | None
    beside: Beside


def line_cost(line: PlanLine) -> Cost:
    """Return what one line costs."""
    return cost_of(Fraction(line.quantity), line.unit_price, line.every)


def line_terms(line: PlanLine) -> str:
    """Return a line's terms in words: ``7 hours every week at £13.75 an hour``."""
    return how_often(Fraction(line.quantity), line.unit, line.every, line.unit_price)


def totals_of(plan: SupportPlan) -> Totals:
    """Return what a plan loaded with everything comes to."""
    cost = whole(line_cost(line) for line in plan.lines.all())
    figure = getattr(plan.assessment, "indicative", None)
    indicative = figure.weekly if figure else None
    return Totals(cost, indicative, beside(cost.weekly, indicative))


def needs_of(assessment: Assessment) -> tuple[CareActOutcome, ...]:
    """Return the outcomes that the eligibility decision found the person unable to achieve."""
    decision = getattr(assessment, "eligibility", None)
    if decision is None:
        return ()
    return tuple(outcome for outcome in ADULT_OUTCOMES if decision.unable.get(outcome.code))


def facts_of(plan: SupportPlan) -> PlanFacts:
    """Return a plan loaded with everything, as the completeness rules read it."""
    lines = tuple(_line(line) for line in plan.lines.all())
    covered = frozenset(code for line in lines for code in line.needs)
    decision = getattr(plan.assessment, "eligibility", None)
    return PlanFacts(
        needs=tuple(
            PlanNeed(
                code=need.code,
                words=need.label,
                eligible=decision.eligible if decision else None,
                council_will_meet=need.code in covered or not plan.not_met.get(need.code),
                why_not_met=plan.not_met.get(need.code, ""),
            )
            for need in _needs_with_lines(plan, covered)
        ),
        lines=lines,
        outcomes=tuple(outcome.words for outcome in plan.outcomes.all()),
        personal_budget=totals_of(plan).cost.weekly if lines else None,
        advice_reducing=plan.advice,
        advice_preventing=plan.advice_preventing,
        person_took_part=bool(plan.led_by) or None,
        others=tuple(
            Involvement(f"{helper.name}, who helps,", bool(plan.involved.strip()) or None)
            for helper in plan.person.supporters.all()
            if helper.is_carer
        ),
        agreed=plan.agreed_with_person,
        steps_to_agree=plan.steps_to_agree,
        contingency=plan.contingency,
        copy_given=plan.copy_given_on is not None,
    )


def _needs_with_lines(plan: SupportPlan, covered: frozenset[str]) -> tuple[CareActOutcome, ...]:
    """Return the assessed needs and any other the council chose to meet by a line."""
    codes = {need.code for need in needs_of(plan.assessment)} | (covered & OUTCOMES_BY_CODE.keys())
    return tuple(outcome for outcome in ADULT_OUTCOMES if outcome.code in codes)


def _line(line: PlanLine) -> LineFacts:
    cost = line_cost(line)
    return LineFacts(
        code=str(line.pk),
        what=line.what,
        needs=frozenset(line.needs) & OUTCOMES_BY_CODE.keys(),
        deployment=DEPLOYMENT[PlanLine.Holding(line.holding)],
        amount=cost.weekly or cost.one_off,
        frequency=line.get_every_display(),
    )
