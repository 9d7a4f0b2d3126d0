"""What a person reads of each payment: what it is for, what was taken off or added, and why."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max

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
        return f"This payment did not reach the account.{why} {_what_came_after(payment)}"
    if not payment.net:
        return f"No money {'comes' if payment.run.pay_on > on else 'came'} on {day}. Why is below."
    if payment.run.pay_on > on:
        return f"It will be in the account on {day}."
    return f"It was paid on {day}."


def paid_again(payment: Payment) -> list[Payment]:
    """Return the later payments that paid for what came back, the first of them first.

    Days are paid again by payments for any of them, or by the first run of everyone due since then,
    which brings whatever earlier days lack; money given back by the next of the same kind.
    """
    if payment.state not in Payment.CAME_BACK:
        return []
    later = Payment.objects.decided().filter(
        run_id__gt=payment.run_id, budget_id=payment.budget_id, holding=payment.holding,
        invoice=payment.invoice_id, refund=payment.refund_id,
    ).select_related("run").order_by("run__pay_on", "run_id")  # fmt: skip
    if payment.refund_id is not None or payment.invoice_id is not None:
        return list(later)
    later = later.filter(net__gt=0)
    for_days = later.filter(period__overlap=payment.period)
    if payment.run.kind != Run.Kind.ONE_OFFS:
        for_days = for_days.exclude(run__kind=Run.Kind.ONE_OFFS)
    answers = payment.answers.filter(state__in=Payment.CAME_BACK)
    heard = answers.aggregate(at=Max("recorded_at"))["at"] or payment.run.approved_at
    since = later.filter(run__kind=Run.Kind.REGULAR, run__approved_at__gte=heard)
    return list(for_days) or list(since[:1])


def _what_came_after(payment: Payment) -> str:
    """Say which payment paid again what came back, or that one is still to come."""
    again = paid_again(payment)
    if not again:
        return "The money is still yours. We will pay it again."
    sums = ", ".join(f"{pounds(each.net)} on {long_date(each.run.pay_on)}" for each in again)
    if again[-1].period.upper < payment.period.upper:
        return f"We paid again for some of these days: {sums}. The next payment brings the rest."
    return f"We paid for these days again: {sums}."


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
