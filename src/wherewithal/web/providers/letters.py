"""The letter with which a person is billed for their contribution."""

from datetime import date

from wherewithal.dates import long_date
from wherewithal.letters.letter import Block, KeyFigure, Letter, Paragraph, Table
from wherewithal.money import pounds
from wherewithal.web.budgets.letters import LOOK_AGAIN
from wherewithal.web.people.letters import letter_to
from wherewithal.web.providers.models import OwnBill, Refund

OWN_ACCOUNT = (
    "We pay it into a bank account of your own. If you have not told us which one, please ring us."
)


def own_bill_letter(bill: OwnBill, on: date) -> Letter:
    """Return the letter that asks a person for what they pay, and says how it was worked out."""
    return letter_to(
        bill.person,
        title="What to pay for your support",
        on=on,
        blocks=(
            KeyFigure(f"To pay by {long_date(bill.due_on)}", pounds(bill.pence)),
            Paragraph(bill.sentence),
            *_arranging(bill),
            Paragraph(
                f"Please pay this to us with your reference, {bill.person.reference}. If that is"
                " hard, ring us before the day. We can talk about paying bit by bit. Your support"
                " goes on."
            ),
            Paragraph(
                "Has something changed: your money, your rent, what your disability costs you?"
                " Tell us. You may have to pay less."
            ),
            LOOK_AGAIN,
        ),
    )


def _arranging(bill: OwnBill) -> tuple[Block, ...]:
    """Give the fee for arranging support a line of its own, where there is one."""
    if not bill.fee:
        return ()
    rows = (
        ("Your part of the support", pounds(bill.support)),
        ("Our work of arranging it", pounds(bill.fee)),
    )
    total = ("To pay", pounds(bill.pence))
    table = Table("What the bill is for", ("What", "Sum"), rows, numeric=(1,), total=total)
    stop = "It is what the work costs us, and no more. You can stop at any time: ring us."
    return (table, Paragraph(f"{bill.fee_told} {stop}"))


def refund_letter(made: Refund, told: str, on: date) -> Letter:
    """Return the letter that says what was billed too much, why, and what goes back."""
    return letter_to(
        made.budget.person,
        title="Your bills were too high",
        on=on,
        blocks=(
            KeyFigure("We give you back", pounds(made.pence)),
            Paragraph(told),
            Paragraph(made.reason),
            *((Paragraph(OWN_ACCOUNT),) if made.pence else ()),
            LOOK_AGAIN,
        ),
    )
