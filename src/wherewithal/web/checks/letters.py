"""Letters about money that is asked back, and the answer to another look."""

from datetime import date

from wherewithal.dates import long_date
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
from wherewithal.web.checks.models import LookAgain, SurplusProposal
from wherewithal.web.checks.presenters import said
from wherewithal.web.people.letters import letter_to
from wherewithal.web.policy.settings import local

OMBUDSMAN = (
    "If you are still not happy you can complain to us. We write back within 3 working days to say"
    " that we have it. After that you can go to the Local Government and Social Care Ombudsman."
    " That is free: telephone 0300 061 0614, www.lgo.org.uk."
)


SURPLUS_RULE = (
    "This rests on your direct payment agreement: we talk with you about money that is over, and"
    " may ask for it back. How many weeks of the budget always stay is our council’s own rule. No"
    " law sets it, and we can leave you more."
)
NOT_YET = "You need not send anything yet. Tell us what you think, and we agree with you how."


def money_back_letter(found: SurplusProposal, on: date) -> Letter:
    """Return the letter that asks for money back: how much, what for, why, and how to say no."""
    surplus = found.about == SurplusProposal.About.SURPLUS
    days = int(local("surplus_reply_days")["surplus_reply_days"])
    until = found.reply_by
    by = f"by {long_date(until)}" if until else f"within {days} days of this letter"
    return letter_to(
        found.person,
        title="Money in your direct payment account" if surplus else "Money that was spent",
        on=found.told_on or on,
        blocks=(
            KeyFigure("We ask you to pay back", pounds(found.asked)),
            Paragraph(f"Please tell us what you think {by}. We take nothing before then."),
            Paragraph("We never take it from your payments unless you say that we may."),
            Heading("Why"),
            *(Paragraph(part) for part in found.reasons.splitlines() if part.strip()),
            *(_working(found) if surplus else _items(found)),
            Heading("What you can do"),
            Paragraph(NOT_YET),
            Bullets(
                (
                    "You can pay it back in one go, or in small parts.",
                    "You can ask for it to be taken off later payments.",
                    "You can say that you need more time.",
                    "You can say that you do not agree, and why. Then we take nothing, and look"
                    " at it anew.",
                )
            ),
            Note(
                "If you think this is wrong",
                (
                    "Ask us to look again. Somebody who did not decide this will do it, and write"
                    " to you with reasons. We ask for nothing while they do. You can ask someone"
                    " to help you or speak for you.",
                    OMBUDSMAN,
                ),
            ),
        ),
    )


def again_letter(found: LookAgain, on: date) -> Letter:
    """Return the letter that answers another look, with reasons."""
    return letter_to(
        found.person,
        title="We have looked again",
        on=found.decided_on or on,
        blocks=(
            Paragraph(f"You asked us to look again at this: {found.told}"),
            Paragraph(
                "Somebody who had no part in the first decision has looked at it and at what you"
                " told us."
            ),
            KeyFigure("What we decided", f"{found.get_outcome_display()}."),
            Heading("Why"),
            *(Paragraph(part) for part in found.reasons.splitlines() if part.strip()),
            Note("If you think this is still wrong", (OMBUDSMAN,)),
        ),
    )


def _working(found: SurplusProposal) -> tuple[Block, ...]:
    rows = tuple(
        (item["title"], said(found, item["sentence"]), pounds(item["pence"]))
        for item in found.items
    )
    table = Table("How we worked it out", ("What", "How", "Pounds"), rows, numeric=(2,))
    part = (
        (Paragraph(f"We could ask for {pounds(found.reclaim)}. We ask for part of it."),)
        if found.asked < found.reclaim
        else ()
    )
    rule = (Heading("What it rests on"), Paragraph(SURPLUS_RULE))
    return (Heading("How we worked it out"), table, *part, *rule)


def _items(found: SurplusProposal) -> tuple[Block, ...]:
    rows = tuple(
        (long_date(date.fromisoformat(item["on"])), item["payee"], item["why"], item["rule"],
         pounds(item["pence"]))
        for item in found.items
    )  # fmt: skip
    table = Table(
        "What was spent", ("Day", "Who was paid", "Why we ask for it back", "What it rests on",
                           "Pounds"), rows, numeric=(4,),
    )  # fmt: skip
    return (Heading("What it is for"), table)
