"""What a person reads of each payment: what it is for, what was taken off or added, and why."""

from dataclasses import dataclass
from datetime import date

from wherewithal.dates import long_date
from wherewithal.letters.letter import Block, KeyFigure, Letter, Note, Paragraph, Table
from wherewithal.money import pounds
from wherewithal.web.payments.models import BankAnswer, Payment, Run
from wherewithal.web.payments.presenters import days
from wherewithal.web.people.letters import letter_to

RING = Note(
    "If this looks wrong",
    (
        "Ring us or write to us and ask us to look again. You will not be in trouble for asking.",
        "If you are still not happy you can complain to us, and then to the Local Government and "
        "Social Care Ombudsman. That is free.",
    ),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a remittance: what it is, in pence, and why where it differs from usual."""

    what: str
    pence: int
    why: str = ""


def lines_of(payment: Payment) -> list[Line]:
    """Return the lines that a payment is the sum of: gross, contribution, each adjustment."""
    if payment.refund_id is not None:
        return [Line("We give you back", payment.net, payment.sentence)]
    if payment.run.kind == Run.Kind.ONE_OFFS:
        return [Line("To start with", payment.net, payment.sentence)]
    lines = [Line(f"For your support, {days(payment.period)}", payment.gross)]
    if payment.contribution:
        lines.append(Line("You pay this part yourself", -payment.contribution))
    parts = [Line("Put right", each["pence"], each["why"]) for each in payment.parts]
    told = sum(part.pence for part in parts)
    if told < payment.adjustment <= 0:
        rest = payment.adjustment - told
        parts.append(Line("More than this payment. The rest waits for a later one", rest))
    elif told != payment.adjustment:
        why = parts[0].why if len(parts) == 1 else " ".join(part.why for part in parts)
        parts = [Line("Put right", payment.adjustment, why)] if payment.adjustment else []
    return lines + parts


def what_became(payment: Payment, on: date) -> str:
    """Say when a payment arrives or arrived, or that it came back."""
    day = long_date(payment.run.pay_on)
    if payment.state in Payment.CAME_BACK:
        answer = payment.answers.filter(state=payment.state).first()
        why = f" Why: {answer.words}." if answer is not None and answer.words else ""
        return (
            f"This payment did not reach the account.{why} The money is still yours. We will pay"
            " it again."
        )
    if not payment.net:
        return f"No money {'comes' if payment.run.pay_on > on else 'came'} on {day}. Why is below."
    if payment.run.pay_on > on:
        return f"It will be in the account on {day}."
    return f"It was paid on {day}."


def remittance_letter(payment: Payment, on: date) -> Letter:
    """Return the letter about one payment, loaded with its person and run."""
    rows = tuple(
        (f"{each.what}. {each.why}".strip() if each.why else each.what, pounds(each.pence))
        for each in lines_of(payment)
    )
    blocks: tuple[Block, ...] = (
        KeyFigure("The payment", pounds(payment.net)),
        Paragraph(what_became(payment, on)),
        Paragraph(
            f"It goes to the account of {payment.account_name}, ending"
            f" {payment.account_number[-4:]}."
        ),
        Table(
            "How it was worked out", ("What", "Amount"), rows, numeric=(1,),
            total=("Paid", pounds(payment.net)),
        ),
        RING,
    )  # fmt: skip
    return letter_to(payment.person, title="Your payment", on=on, blocks=blocks)


def came_back_letter(answer: BankAnswer, on: date) -> Letter:
    """Return the letter that says that a payment came back, and what happens now."""
    payment = answer.payment
    return letter_to(
        payment.person,
        title="Your payment did not reach the account",
        on=on,
        blocks=(
            KeyFigure("The payment", pounds(payment.net)),
            Paragraph(
                f"We sent {pounds(payment.net)} for {days(payment.period)}. It did not reach the"
                f" account ending {payment.account_number[-4:]}. The reason we have is: "
                f"{answer.words}."
            ),
            Paragraph(
                "The money is still yours. Please ring us so that we can check the account. We"
                " can pay you the same day if you can’t wait."
            ),
            RING,
        ),
    )
