"""What one person is told about a new year's charge: the letter, and the parts of the page."""

from django.utils.timezone import localtime

from wherewithal.charging.uprating import compared
from wherewithal.dates import long_date
from wherewithal.letters.letter import (
    Block,
    Bullets,
    Heading,
    KeyFigure,
    Letter,
    Paragraph,
    Table,
)
from wherewithal.money import pounds
from wherewithal.web.budgets.charges.models import UpratingLine
from wherewithal.web.budgets.charges.working_out import Charge, work_out
from wherewithal.web.budgets.letters import LOOK_AGAIN, breakdown_blocks
from wherewithal.web.people.letters import letter_to


def charge_of_line(line: UpratingLine) -> Charge | None:
    """Work out the new charge of a line step by step; nothing where a human must look."""
    if line.after is None:
        return None
    kept = line.change.charge.facts if line.change else line.facts
    return work_out(
        kept, born=line.person.date_of_birth, starts=line.uprating.starts, cost=line.budget.cost
    )


def sentence(line: UpratingLine) -> str:
    """Say in one sentence what changes for this person."""
    if line.after is None:
        return "We have not worked out your new charge yet. We will ring you to talk about it."
    return f"From {long_date(line.uprating.starts)}: {compared(line.before, line.after)}"


def uprating_letter(line: UpratingLine) -> Letter:
    """Return the letter about a new year's charge."""
    run = line.uprating
    on = run.notice_on or localtime(run.made_at).date()
    found = charge_of_line(line)
    blocks: tuple[Block, ...] = (
        Paragraph(sentence(line)),
        *(_figures(line) if found else ()),
        Paragraph(
            "Each April benefits change, and so do the figures in law that say what you must be "
            "left with. So we work your charge out again."
        ),
        *((Heading("What we counted"), Bullets(tuple(line.told))) if line.told else ()),
        Paragraph("If any of this is wrong for you, tell us. We then work it out with your sums."),
        *(breakdown_blocks(found) if found else ()),
        LOOK_AGAIN,
    )  # fmt: skip
    return letter_to(
        line.person, title=f"What you pay from {long_date(run.starts)}", on=on, blocks=blocks
    )


def _figures(line: UpratingLine) -> tuple[Block, ...]:
    starts = long_date(line.uprating.starts)
    return (
        KeyFigure(f"You pay from {starts}", f"{pounds(line.after or 0)} a week"),
        Table(
            "What changes",
            ("When", "You pay a week"),
            (("Until then", pounds(line.before)), (f"From {starts}", pounds(line.after or 0))),
            numeric=(1,),
        ),
    )
