"""The letter that says payments are paused or stopped, why, and what happens meanwhile."""

from datetime import date

from wherewithal.dates import long_date
from wherewithal.letters.letter import Block, Heading, Letter, Paragraph
from wherewithal.web.budgets.letters import LOOK_AGAIN
from wherewithal.web.budgets.models import Pause
from wherewithal.web.budgets.pauses.actions import told, which_money
from wherewithal.web.people.letters import letter_to

COMES_OFF = (
    " Where money for these days was paid before we knew, it comes off a later payment. That"
    " payment says so, and never takes more than it holds."
)


def pause_letter(pause: Pause, on: date) -> Letter:
    """Return the letter about one pause of a person's payments."""
    frozen = pause.kind == Pause.Kind.FROZEN
    return letter_to(
        pause.budget.person,
        title="Your payments are stopped for now" if frozen else "Your payments are paused",
        on=on,
        blocks=(
            Paragraph(told(pause)),
            Paragraph(which_money(pause)),
            Heading("Why"),
            Paragraph(pause.reason),
            *_cover(pause),
            *_again(pause),
            LOOK_AGAIN,
        ),
    )


def _cover(pause: Pause) -> tuple[Block, ...]:
    if not pause.safe_cover:
        return ()
    return (Heading("Your support goes on"), Paragraph(pause.safe_cover))


def _again(pause: Pause) -> tuple[Block, ...]:
    if pause.lifted_at is not None:
        text = f"Everything is paid again from {long_date(pause.period.upper or on_first(pause))}."
        return (Heading("Your payments start again"), Paragraph(f"{text} {pause.lifted_because}"))
    if pause.review_on is not None:
        text = (
            f"We look at this again by {long_date(pause.review_on)}. We will talk with you before."
            " If you remember something that helps, tell us now."
        )
        return (Heading("What happens next"), Paragraph(text))
    before = "" if pause.pays == Pause.Pays.ALL else COMES_OFF
    text = f"Tell us when things change. Then we pay.{before}"
    return (Heading("What happens next"), Paragraph(text))


def on_first(pause: Pause) -> date:
    """Return the first day of a pause as it was decided."""
    first: date = pause.planned.lower
    return first
