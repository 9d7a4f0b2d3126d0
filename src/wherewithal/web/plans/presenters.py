"""From a plan to what its pages show: tasks, lines, the running total, the gaps."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse

from wherewithal.careact.outcomes import OUTCOMES_BY_CODE
from wherewithal.careact.plan import Gap, gaps
from wherewithal.money import pounds
from wherewithal.web.people.voice import Voice
from wherewithal.web.plans.facts import Totals, facts_of, line_cost, line_terms, needs_of
from wherewithal.web.plans.models import PlanLine, SupportPlan
from wherewithal.web.policy.models import Rate

PLACE_OF_GAP = {
    "no-needs": "needs",
    "need-not-decided": "needs",
    "need-not-placed": "needs",
    "need-without-how": "support",
    "need-not-met-without-reason": "needs",
    "no-outcomes": "outcomes",
    "no-advice-reducing": "advice",
    "no-advice-preventing": "advice",
    "person-not-involved": "who",
    "someone-not-involved": "who",
    "not-agreed": "agree",
    "no-contingency": "contingency",
    "copy-not-given": "whole",
}


MANY_NEEDS = 2
"""Above so many needs that nothing covers, each is named once only: with the parts of the plan."""


def missing(plan: SupportPlan, totals: Totals) -> list[dict[str, Any]]:
    """Return what the plan lacks as rows: sentence, href, link, required."""
    lacking = gaps(facts_of(plan))
    needs = sum(gap.code == "need-without-how" for gap in lacking)
    found = [_missing(plan, gap, needs if gap.code == "need-without-how" else 0) for gap in lacking]
    if totals.beside.above and not plan.why_above.strip():
        sentence = "Say why the plan costs more than the first figure."
        found.insert(0, _row(plan, sentence, "why-above", required=True))
    kept = {row["sentence"]: row for row in found}
    return sorted(kept.values(), key=lambda row: not row["required"])


def _missing(plan: SupportPlan, gap: Gap, alike: int) -> dict[str, Any]:
    """Return a gap as a row; of many needs that nothing covers yet only how many they are."""
    place = PLACE_OF_GAP.get(gap.code, "support")
    sentence = gap.sentence
    if alike > MANY_NEEDS:
        sentence = (
            f"Say how {alike} needs will be met. No support in the plan covers them yet. The parts"
            " of the plan name them."
        )
    return _row(plan, sentence, place, required=gap.level == "required")


def _row(plan: SupportPlan, sentence: str, place: str, *, required: bool) -> dict[str, Any]:
    href = reverse(f"plans:{place}", args=[plan.person.reference])
    return {"sentence": sentence, "href": href, "required": required}


def tasks(plan: SupportPlan, totals: Totals, voice: Voice) -> list[dict[str, Any]]:
    """Return the task list of a plan that is being made."""
    outcomes, lines, risks = plan.outcomes.all(), plan.lines.all(), plan.risks.all()
    uncovered = uncovered_needs(plan)
    done_needs = not any(not plan.not_met.get(need.code) for need in uncovered)
    rows = [
        ("What matters most", "about", bool(plan.about), ""),
        ("Who is making this plan", "who", bool(plan.led_by), ""),
        ("What life should be like", "outcomes", bool(outcomes), _count(outcomes, "outcome")),
        (
            "Support and what it costs",
            "support",
            bool(lines),
            _count(lines, "piece", " of support"),
        ),
        ("Needs that no support covers yet", "needs", done_needs, _named(uncovered)),
        ("If something goes wrong", "contingency", bool(plan.contingency), ""),
        ("Risks worth taking", "risks", None, _count(risks, "risk") or "Only if there are any"),
        ("Staying well", "advice", bool(plan.advice and plan.advice_preventing), ""),
    ]
    if totals.beside.above:
        rows.append(
            ("Why it costs more than the first figure", "why-above", bool(plan.why_above), "")
        )
    agreed = plan.agreed_with_person or bool(plan.steps_to_agree)
    rows.append(
        (f"Whether {voice.they} agree{'' if voice.own else 's'} with it", "agree", agreed, "")
    )
    return [_task(plan, *row) for row in rows]


def _task(plan: SupportPlan, title: str, name: str, done: bool | None, hint: str) -> dict[str, Any]:
    href = reverse(f"plans:{name}", args=[plan.person.reference])
    if done is None:
        return {"title": title, "href": href, "hint": hint, "status": "If you like"}
    if done:
        return {"title": title, "href": href, "hint": hint, "status": "Done"}
    return {"title": title, "href": href, "hint": hint, "status": "To do", "colour": "blue"}


def _count(items: Any, one: str, rest: str = "") -> str:
    number = len(items)
    return f"{number} {one if number == 1 else one + 's'}{rest}" if number else ""


def _named(needs: Sequence[Any]) -> str:
    return "; ".join(need.label for need in needs)


def uncovered_needs(plan: SupportPlan) -> list[Any]:
    """Return the assessed needs that no line of the plan meets."""
    covered = {code for line in plan.lines.all() for code in line.needs}
    return [need for need in needs_of(plan.assessment) if need.code not in covered]


def line_rows(plan: SupportPlan) -> list[dict[str, Any]]:
    """Return each line with its terms, its costs, its needs and its outcome in words."""
    outcomes = {outcome.pk: outcome.words for outcome in plan.outcomes.all()}
    return [_line_row(line, outcomes.get(line.outcome_id or 0, "")) for line in plan.lines.all()]


def _line_row(line: PlanLine, outcome: str) -> dict[str, Any]:
    cost = line_cost(line)
    return {
        "id": line.pk,
        "what": line.what,
        "provider": line.provider,
        "terms": line_terms(line),
        "weekly": pounds(cost.weekly) if line.every != PlanLine.Every.ONCE else "–",
        "yearly": pounds(cost.yearly) if line.every != PlanLine.Every.ONCE else "–",
        "one_off": pounds(cost.one_off) if line.every == PlanLine.Every.ONCE else "",
        "holding": line.get_holding_display(),
        "needs": [OUTCOMES_BY_CODE[code].label for code in line.needs if code in OUTCOMES_BY_CODE],
        "outcome": outcome,
    }


def rate_rows(rates: Iterable[Rate]) -> list[dict[str, str | bool]]:
    """Return what things usually cost, each with where the price comes from."""
    return [
        {
            "label": rate.label,
            "price": f"{pounds(rate.pence)} {'an' if rate.unit == 'hour' else 'a'} {rate.unit}",
            "source": rate.source,
            "verified": rate.verified,
        }
        for rate in rates
    ]


def total_items(totals: Totals) -> list[dict[str, str]]:
    """Return the running total as figures side by side."""
    items = [{"label": "This plan", "amount": pounds(totals.cost.weekly), "unit": "a week",
              "note": f"{pounds(totals.cost.yearly)} a year"}]  # fmt: skip
    if totals.cost.one_off:
        items.append({"label": "Paid once", "amount": pounds(totals.cost.one_off)})
    if totals.indicative is not None:
        items.append(
            {"label": "First figure", "amount": pounds(totals.indicative), "unit": "a week"}
        )
    return items
