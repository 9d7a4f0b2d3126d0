"""The support plan as a copy to keep."""

from datetime import date

from wherewithal.careact.outcomes import OUTCOMES_BY_CODE
from wherewithal.letters.letter import Block, Bullets, Heading, KeyFigure, Letter, Paragraph, Table
from wherewithal.money import pounds
from wherewithal.web.people.letters import letter_to
from wherewithal.web.plans.facts import totals_of
from wherewithal.web.plans.models import SupportPlan
from wherewithal.web.plans.presenters import line_rows


def plan_letter(plan: SupportPlan, on: date) -> Letter:
    """Return a plan loaded with everything as a letter to the person."""
    person = plan.person
    return letter_to(
        person,
        title="Your support plan",
        on=on,
        blocks=(
            Paragraph(f"This is your plan. It is {plan.get_status_display().lower()}."),
            *_words("What matters most", plan.about),
            *_listed("What life should be like", [o.words for o in plan.outcomes.all()]),
            *_support(plan),
            *_not_met(plan),
            *_words("If something goes wrong", plan.contingency),
            *_risks(plan),
            *_words("What could make your needs less", plan.advice),
            *_words("What could stop new needs, or put them off", plan.advice_preventing),
            *_words("Who led the plan", plan.get_led_by_display() if plan.led_by else ""),
            *_words("Who else took part", plan.involved),
            *_words("Why the plan costs more than the first figure", plan.why_above),
            *_words("What has been done to agree", plan.steps_to_agree),
        ),
    )


def _words(title: str, text: str) -> tuple[Block, ...]:
    paragraphs = tuple(Paragraph(part.strip()) for part in text.splitlines() if part.strip())
    return (Heading(title), *paragraphs) if paragraphs else ()


def _listed(title: str, items: list[str]) -> tuple[Block, ...]:
    return (Heading(title), Bullets(tuple(items))) if items else ()


def _support(plan: SupportPlan) -> tuple[Block, ...]:
    rows = line_rows(plan)
    if not rows:
        return ()
    totals = totals_of(plan)
    table = Table(
        "Your support and what it costs",
        ("What and who", "How much", "A week"),
        tuple((what_and_who(row), row["terms"], row["one_off"] or row["weekly"]) for row in rows),
        numeric=(2,),
        total=("Every week", "", pounds(totals.cost.weekly)),
    )
    needs = [f"{row['what']}: for {', '.join(row['needs'])}. {row['holding']}." for row in rows]
    figure = KeyFigure("What your plan costs", f"{pounds(totals.cost.weekly)} a week")
    once = f"Beside that, {pounds(totals.cost.one_off)} is paid once."
    return (
        Heading("Support and what it costs"),
        figure,
        Paragraph(totals.beside.sentence),
        *((Paragraph(once),) if totals.cost.one_off else ()),
        table,
        Paragraph("What each is for, and how the money is to be held:"),
        Bullets(tuple(needs)),
    )


def what_and_who(row: dict[str, str]) -> str:
    """Name a piece of support and who gives it, for the first cell of a table."""
    return f"{row['what']} ({row['provider']})" if row["provider"] else row["what"]


def _not_met(plan: SupportPlan) -> tuple[Block, ...]:
    told = [
        f"{OUTCOMES_BY_CODE[code].label}: {why}"
        for code, why in plan.not_met.items()
        if why and code in OUTCOMES_BY_CODE
    ]
    return _listed("Needs the council will not meet, and why", told)


def _risks(plan: SupportPlan) -> tuple[Block, ...]:
    told = [
        " ".join(part for part in (risk.what, f"Worth it because: {risk.why}" if risk.why else "",
                 f"Safer with: {risk.safer}" if risk.safer else "") if part)
        for risk in plan.risks.all()
    ]  # fmt: skip
    return _listed("Risks you choose to take", told)
