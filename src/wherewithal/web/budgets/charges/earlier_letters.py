"""The letter about a charge that new facts change from an earlier day."""

from datetime import date

from wherewithal.dates import long_date
from wherewithal.letters.letter import Block, Bullets, Heading, KeyFigure, Letter, Paragraph
from wherewithal.money import pounds
from wherewithal.web.budgets.charges.models import EarlierCharge
from wherewithal.web.budgets.letters import LOOK_AGAIN
from wherewithal.web.people.letters import letter_to

Status = EarlierCharge.Status


def earlier_letter(row: EarlierCharge, on: date) -> Letter:
    """Return the letter: what is new, the difference, what happens, and what the person can do."""
    sentences = tuple(piece["sentence"] for piece in row.pieces)
    blocks: tuple[Block, ...] = (
        Paragraph(f"Something is new about what you pay: {row.reason}"),
        Paragraph(f"So we worked your charge out again from {long_date(row.from_day)}."),
        *((KeyFigure(_label(row), pounds(abs(row.pence))),) if row.pence else ()),
        *((Heading("How we got there"), Bullets(sentences)) if sentences else ()),
        Heading("What happens now"),
        *(Paragraph(text) for text in _what_happens(row)),
        *((Heading("Our reasons"), Paragraph(row.reasons)) if row.reasons else ()),
        LOOK_AGAIN,
    )
    return letter_to(row.person, title="What you paid before", on=row.told_on or on, blocks=blocks)


def _label(row: EarlierCharge) -> str:
    return "You paid too little, by" if row.pence > 0 else "You paid too much, by"


def _what_happens(row: EarlierCharge) -> tuple[str, ...]:
    if row.status == Status.PAID_BACK and row.pence:
        return ("You get this back with your next payment or bill. You need not do anything.",)
    if row.status == Status.LET_GO:
        return ("We do not ask you for this money.",)
    if row.status == Status.ASKED:
        return (
            "We ask you for this money. It is taken off what we pay you next, or added to a bill.",
            "If that is too much at once, tell us. We can spread it out.",
        )
    if row.pence <= 0:
        return ("It makes no difference to what you have paid.",)
    return (
        "You do not have to pay anything now. Nobody has decided to ask you for it.",
        "Tell us what we should know before we decide: if you could not have known, if it was our "
        "mistake, or if you cannot pay it.",
    )
