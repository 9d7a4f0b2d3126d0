"""Rows of people, their assessments and their plans."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any

from wherewithal.careact.eligibility import EligibilityFacts, all_considered, decide_adult
from wherewithal.web.config.loading.examples import CHILDREN, Examples
from wherewithal.web.config.loading.staff import Staff
from wherewithal.web.config.loading.travellers import DECIDED, WITH_A_PLAN, Traveller
from wherewithal.web.config.loading.words import cause, outcome, pick, words
from wherewithal.web.people.folding import fold
from wherewithal.web.people.models import Stage
from wherewithal.web.plans.models import PlanLine

Rows = Iterator[tuple[Any, ...]]
EARLY = frozenset({Stage.CONTACT, Stage.ASSESSMENT, Stage.ELIGIBILITY})
HOLDINGS = {
    "direct_payment": PlanLine.Holding.DIRECT_PAYMENT.value,
    "council_managed": PlanLine.Holding.COUNCIL_MANAGED.value,
    "individual_service_fund": PlanLine.Holding.ISF.value,
    "third_party": PlanLine.Holding.THIRD_PARTY.value,
    "trust": PlanLine.Holding.TRUST.value,
}
HOW = ("together", "self", "told", "helper")
BY_A_PRACTITIONER = frozenset({"together", "told"})
AREAS = {
    "A1": "health", "A2": "dignity", "A3": "dignity", "A4": "dignity", "A5": "protection",
    "A6": "accommodation", "A7": "relationships", "A8": "participation", "A9": "participation",
    "A10": "relationships",
}  # fmt: skip
LOOKED_OVER = "the four weeks before, good days and bad days"

PERSON_COLUMNS = (
    "id", "reference", "kind", "given_name", "family_name", "preferred_name", "date_of_birth",
    "gender", "ethnicity", "nhs_number", "primary_support_reason", "accommodation_status",
    "lives_alone", "address_line", "town", "postcode", "phone", "email", "communication_format",
    "communication_note", "stage", "review_due", "known_since", "user_id", "practitioner_id",
    "team_id", "search_key",
)  # fmt: skip
SUPPORTER_COLUMNS = (
    "person_id", "user_id", "name", "relationship", "phone", "lives_with", "is_carer", "willing",
    "able", "may_see",
)  # fmt: skip
ASSESSMENT_COLUMNS = (
    "id", "person_id", "scheme_id", "status", "started_at", "started_by_id", "completed_at",
    "completed_by_id", "copy_given_on", "copy_format", "about_me",
)  # fmt: skip
ANSWER_COLUMNS = (
    "assessment_id", "question", "state", "value", "help_percent", "words", "how", "given_by_id",
    "given_at",
)  # fmt: skip
DECISION_COLUMNS = (
    "id", "assessment_id", "cause", "cause_words", "unable", "impact", "impact_words", "wellbeing",
    "eligible", "reasons", "advice", "decided_by_id", "decided_at", "copy_given_on", "copy_format",
)  # fmt: skip
FIGURE_COLUMNS = (
    "id", "assessment_id", "scheme_id", "scheme_hash", "outcome", "weekly", "weekly_without_help",
    "help_counted", "carer_willing", "carer_able", "worked_out_at", "worked_out_by_id", "shared_on",
    "shared_how",
)  # fmt: skip
PLAN_COLUMNS = (
    "id", "person_id", "assessment_id", "status", "led_by", "about", "contingency", "advice",
    "why_above", "involved", "advice_preventing", "not_met", "steps_to_agree", "returned_because",
    "started_at", "started_by_id", "submitted_at", "submitted_by_id", "agreed_with_person",
    "copy_given_on",
)  # fmt: skip
OUTCOME_COLUMNS = ("id", "plan_id", "words", "position")
LINE_COLUMNS = (
    "id", "plan_id", "outcome_id", "what", "provider", "needs", "unit", "quantity", "every",
    "unit_price", "holding", "position",
)  # fmt: skip
RISK_COLUMNS = ("plan_id", "what", "why", "safer")


def people(everyone: Iterable[Traveller], staff: Staff, examples: Examples) -> Rows:
    """Yield people."""
    users = {
        example.id: staff.by_username[username]
        for username, example in (
            ("trial-person", examples.person), ("trial-person-2", examples.starting),
        )
        if example
    }  # fmt: skip
    for p in everyone:
        row = p.row
        key = fold(
            f"{row.given_name} {row.preferred_name} {row.family_name} {row.reference}"
            f" {row.nhs_number} {row.postcode}"
        )
        since = p.days.get("contact", row.known_since) if p.stage in EARLY else row.known_since
        yield (
            p.id, row.reference, row.kind, row.given_name, row.family_name, row.preferred_name,
            row.date_of_birth, row.gender, row.ethnicity, row.nhs_number or None,
            row.primary_support_reason, row.accommodation_status, row.lives_alone, row.address_line,
            row.town, row.postcode, row.phone, row.email, row.communication_format, "",
            p.stage.value, p.review_due, since, users.get(p.id),
            staff.practitioners[row.practitioner], staff.teams[row.team], key,
        )  # fmt: skip


def supporters(rows: Iterable[Any], staff: Staff, examples: Examples) -> Rows:
    """Yield those who help, and whom the example supporter helps as well."""
    example = examples.supporter
    account = staff.by_username.get("trial-supporter")
    for row in rows:
        chosen = example is not None and row.id == example.id
        phone = f"07700 900{row.id % 1000:03d}"
        yield (
            row.person_id, account if chosen else None, row.name, row.relationship, phone,
            row.lives_with, row.is_carer, row.willing, row.able, chosen,
        )  # fmt: skip
    if example and examples.supported:
        child = example.relationship in CHILDREN
        relationship = example.relationship if child else "friend"
        yield (
            examples.supported.id, account, example.name, relationship, "07700 900123", False,
            False, "unknown", "unknown", True,
        )  # fmt: skip


def assessments(everyone: Iterable[Traveller], staff: Staff, scheme: int) -> Rows:
    """Yield one assessment for everyone who has begun one."""
    for p in everyone:
        started, done = p.days.get("assessment_started"), p.days.get("assessment_completed")
        if started is None:
            continue
        by = staff.practitioners[p.row.practitioner]
        finished = (at(done, "16:00"), by, done, "letter") if done else (None, None, None, "")
        about = pick("about_me", p.id)
        status = "completed" if done else "open"
        yield (p.id, p.id, scheme, status, at(started, "09:30"), by, *finished, about)


def answers(everyone: Iterable[Traveller], staff: Staff) -> Rows:
    """Yield answers as they were given, over a session or two."""
    for p in everyone:
        started = p.days.get("assessment_started")
        if started is None:
            continue
        how = HOW[p.id % len(HOW)]
        by = staff.practitioners[p.row.practitioner] if how in BY_A_PRACTITIONER else None
        again = p.days.get("assessment_completed", started)
        for place, row in enumerate(p.answers):
            day = started if place < len(p.answers) // 2 else again
            state, value = (
                ("answered", row.option) if row.option != "n/a" else ("not-applicable", "")
            )
            yield (
                p.id,
                row.question,
                state,
                value,
                row.help_percent,
                "",
                how,
                by,
                _sitting(day, place),
            )


@cache
def _sitting(day: date, place: int) -> str:
    return at(day, f"10:{2 * place % 60:02d}")


def decisions(everyone: Iterable[Traveller], staff: Staff) -> Rows:
    """Yield the eligibility decision of every adult for whom one was made."""
    for p in everyone:
        if p.stage not in DECIDED or not p.adult:
            continue
        day = p.days["eligibility_decided"]
        eligible = p.stage is not Stage.NOT_ELIGIBLE
        reasons = _reasons(tuple(p.unable.items()), p.comes_and_goes, eligible)
        impact = pick("impact", p.id) if eligible else words()["small_impact"]
        wellbeing = sorted({AREAS[code] for code in p.unable} | {"control"})
        yield (
            p.id, p.id, True, cause(p.row.primary_support_reason), json.dumps(p.unable), eligible,
            impact, json.dumps(wellbeing), eligible, reasons,
            "" if eligible else pick("not_eligible_advice", p.id),
            staff.practitioners[p.row.practitioner], at(day, "16:30"), day, "letter",
        )  # fmt: skip


@cache
def _reasons(
    unable: tuple[tuple[str, tuple[str, ...]], ...], comes_and_goes: bool, impact: bool
) -> str:
    facts = EligibilityFacts(
        cause=True,
        unable=all_considered({code: frozenset(ways) for code, ways in unable}),
        impact=impact,
        comes_and_goes=comes_and_goes,
        judged_over=LOOKED_OVER,
    )
    decided = decide_adult(facts)
    if decided.eligible is not impact:
        raise ValueError(f"The rules decide {decided.eligible} where the council has {impact}.")
    return "\n".join(reason.for_person for reason in decided.reasons)


def figures(everyone: Iterable[Traveller], staff: Staff, scheme: int, scheme_hash: str) -> Rows:
    """Yield the indicative budget of every adult found eligible."""
    for p in everyone:
        if p.figure is None or p.stage not in DECIDED - {Stage.NOT_ELIGIBLE}:
            continue
        shared = p.days.get("indicative_given")
        yield (
            p.id, p.id, scheme, scheme_hash, p.figure.outcome, p.figure.weekly,
            p.figure.without_help, p.figure.weekly != p.figure.without_help, *p.carers_say,
            at(shared or p.days["eligibility_decided"], "16:45"),
            staff.practitioners[p.row.practitioner], shared, "talked through" if shared else "",
        )  # fmt: skip


def plans(everyone: Iterable[Traveller], staff: Staff) -> Rows:
    """Yield support plans: begun, waiting for sign-off, or agreed."""
    for p in with_plans(everyone):
        by, agreed = staff.practitioners[p.row.practitioner], p.days.get("plan_agreed")
        begun = p.days.get("indicative_given") or p.days["assessment_completed"]
        draft = p.stage is Stage.PLANNING
        status = "draft" if draft else "submitted" if p.stage is Stage.SIGN_OFF else "agreed"
        above = p.figure is not None and p.figure.weekly is not None and p.cost > p.figure.weekly
        names = ", ".join(carer.name for carer in p.carers)
        yield (
            p.id, p.id, p.id, status, ("practitioner", "family", "person")[p.id % 3],
            pick("about", p.id), "" if draft else pick("contingency", p.id), pick("advice", p.id),
            pick("why_above", p.id) if above else "", f"{names} took part." if names else "",
            pick("preventing", p.id), "{}", "", "", at(begun, "17:00"), by,
            at(agreed, "14:00") if agreed else None, by if agreed else None, bool(agreed),
            agreed if status == "agreed" else None,
        )  # fmt: skip


def outcomes(everyone: Iterable[Traveller]) -> Rows:
    """Yield what people want from life: one outcome for each need their support meets."""
    for p in with_plans(everyone):
        for place, code in enumerate(_codes(p)):
            yield _outcome_id(p, place), p.id, outcome(code, p.id), place


def plan_lines(everyone: Iterable[Traveller]) -> Rows:
    """Yield lines of plans; the first also meets the needs that no other line is for."""
    for p in with_plans(everyone):
        covered = {line.row.need_code for line in p.lines}
        rest = [code for code in p.unable if code not in covered]
        for place, (row, _) in enumerate(p.lines):
            needs = [row.need_code, *rest] if place == 0 else [row.need_code]
            yield (
                line_id(p, place), p.id, _outcome_id(p, _codes(p).index(row.need_code)), row.what,
                row.provider, json.dumps(needs), row.unit, row.quantity_per_week, "week",
                row.unit_price_pence, HOLDINGS[row.holding], place,
            )  # fmt: skip


def risks(everyone: Iterable[Traveller]) -> Rows:
    """Yield a risk that some people choose to take."""
    for p in with_plans(everyone):
        if p.id % 3 == 0:
            risk = pick("risk", p.id // 3)
            yield p.id, risk["what"], risk["why"], risk["safer"]


def with_plans(everyone: Iterable[Traveller]) -> Iterable[Traveller]:
    """Keep those who have a plan."""
    return (p for p in everyone if p.stage in WITH_A_PLAN)


MOST_LINES = 16
"""More than any plan has: ids of a plan's parts are this many apart."""


def line_id(p: Traveller, place: int) -> int:
    """Return the id of a plan line, and of the budget line that follows from it."""
    return p.id * MOST_LINES + place


def _outcome_id(p: Traveller, place: int) -> int:
    return p.id * MOST_LINES + place


def _codes(p: Traveller) -> list[str]:
    return list(dict.fromkeys(line.row.need_code for line in p.lines))


def at(day: date, time: str) -> str:
    """Return a moment as PostgreSQL reads it."""
    return f"{day} {time}+00"
