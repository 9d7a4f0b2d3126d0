"""Letters about money: what the person pays, and the personal budget statement."""

from collections.abc import Sequence
from datetime import date

from wherewithal.letters.letter import (
    Block,
    Bullets,
    Heading,
    KeyFigure,
    Letter,
    Note,
    Paragraph,
    Table,
)
from wherewithal.money import pounds
from wherewithal.web.budgets.charges.better_off import worth_asking
from wherewithal.web.budgets.charges.contributions import contribution_on
from wherewithal.web.budgets.charges.working_out import Charge
from wherewithal.web.budgets.funding import whole_paid
from wherewithal.web.budgets.holding_changes import CAN_DO, ENDED_TITLE, Changed
from wherewithal.web.budgets.models import Budget, FinancialAssessment
from wherewithal.web.budgets.presenters import (
    breakdown,
    charge_changed,
    compared,
    line_rows,
    period_words,
)
from wherewithal.web.people.letters import letter_to
from wherewithal.web.people.models import Person
from wherewithal.web.plans.letters import what_and_who

LOOK_AGAIN = Note(
    "If you think this is wrong",
    (
        "Ring us or write to us and ask us to look again. You can ask someone to help you or speak "
        "for you. Your support goes on while we look.",
        "If you are still not happy you can complain to us, and then to the Local Government and "
        "Social Care Ombudsman. That is free.",
    ),
)


def charge_letter(person: Person, stored: FinancialAssessment, charge: Charge, on: date) -> Letter:
    """Return the letter that says what a person pays and why."""
    ideas = worth_asking(stored.facts, person.date_of_birth, on)
    return letter_to(
        person,
        title="What you pay towards your support",
        on=on,
        blocks=(
            KeyFigure("You pay", f"{pounds(charge.contribution)} a week"),
            Paragraph(
                f"Your support costs {pounds(charge.cost)} a week. The council pays "
                f"{pounds(charge.council)} of that. What you pay is the same however the money "
                "for your support is held."
            ),
            *breakdown_blocks(charge),
            *((Paragraph(charge.fee.for_person),) if charge.fee else ()),
            *_given_up(stored),
            *((Heading("Worth asking about"), Bullets(tuple(ideas))) if ideas else ()),
            LOOK_AGAIN,
        ),
    )


def _given_up(stored: FinancialAssessment) -> tuple[Block, ...]:
    """Say why money that was given up is counted, in the officer's words."""
    why = stored.facts.get("deprivation")
    if not why:
        return ()
    return (Heading("Why we count money that was given up"), Paragraph(why))


def breakdown_blocks(charge: Charge) -> tuple[Block, ...]:
    """Return every step of a charge as headed tables."""
    blocks: list[Block] = []
    for part in breakdown(charge):
        rows = tuple((line["title"], line["text"], line["amount"]) for line in part.lines)
        blocks += [
            Heading(part.title),
            Table(part.title, ("What", "Why", "A week"), rows, numeric=(2,)),
        ]
    return tuple(blocks)


def statement_letter(budget: Budget, on: date, *, allowed: bool) -> Letter:
    """Return the personal budget statement of a signed-off budget loaded with everything."""
    person = budget.person
    rows = line_rows(budget.lines.all(), allowed)
    reasons = [decision.reasons for decision in budget.decisions.all() if decision.reasons]
    day = max(on, budget.period.lower)
    pays = contribution_on(budget, day)
    paid = whole_paid(budget, pays, day)
    changed = charge_changed(budget, on)
    others = (("The NHS pays", paid.nhs), ("Others pay", paid.other))
    once = f"Beside that, {pounds(budget.one_off)} is paid once."
    return letter_to(
        person,
        title="Your personal budget",
        on=on,
        blocks=(
            Paragraph(
                "This is your personal budget. It is the money to pay for the support in your plan."
            ),
            KeyFigure("What your support costs", f"{pounds(budget.cost)} a week"),
            Table(
                "Who pays",
                ("Who", "A week"),
                (
                    ("You pay", pounds(pays)),
                    ("The council pays", pounds(paid.council)),
                    *((label, pounds(pence)) for label, pence in others if pence),
                ),
                numeric=(1,),
                total=("Together", pounds(budget.cost)),
            ),
            *((Paragraph(changed),) if changed else ()),
            *(Paragraph(told) for told in paid.sentences),
            *((Paragraph(once),) if budget.one_off else ()),
            Paragraph(f"{period_words(budget)}. {compared(budget)}"),
            Table(
                "What it pays for",
                ("What", "How much", "How the money is held", "A week"),
                tuple(
                    (what_and_who(row), row["how_often"], row["holding"], _sum(row)) for row in rows
                ),
                numeric=(3,),
                total=("Every week", "", "", pounds(budget.cost)),
            ),
            *_reasons(reasons),
            LOOK_AGAIN,
        ),
    )


def direct_payment_ended_letter(person: Person, ended: Sequence[Changed], on: date) -> Letter:
    """Return the letter that tells somebody why their direct payment ends, and what they can do."""
    return letter_to(
        person,
        title=ENDED_TITLE,
        on=on,
        blocks=(
            *(Paragraph(each.told) for each in ended),
            Heading("Why"),
            *(Paragraph(reason) for reason in dict.fromkeys(each.reason for each in ended)),
            Heading("Your support goes on"),
            *(Paragraph(each.goes_on) for each in ended),
            Heading("What you can do"),
            Bullets(CAN_DO),
            LOOK_AGAIN,
        ),
    )


def _reasons(reasons: list[str]) -> tuple[Block, ...]:
    return (Heading("Reasons"), *(Paragraph(text) for text in reasons)) if reasons else ()


def _sum(row: dict[str, str]) -> str:
    return f"{row['one_off']} once" if row["one_off"] else row["weekly"]
