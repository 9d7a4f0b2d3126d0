"""What people are asked to pay themselves: due is paid in, or still to come."""

from django.db.models import Sum

from wherewithal.ledger.entries import Kind
from wherewithal.money import pounds
from wherewithal.web.books.querysets import balances
from wherewithal.web.config.year.proofs.entries import of_the_year
from wherewithal.web.config.year.proofs.proof import Proof
from wherewithal.web.config.year.town import Year, at
from wherewithal.web.payments.models import Payment, Run
from wherewithal.web.providers.models import OwnBill, Receipt


def prove(year: Year) -> Proof:
    """Hold own parts of payments and bills to what was paid in and what is still to come."""
    own = Payment.objects.standing().filter(
        run__status__in=Run.DECIDED, run__approved_at__gte=at(year.first, 0), invoice=None
    )
    with_payments = int(own.aggregate(sum=Sum("contribution"))["sum"] or 0)
    bills = OwnBill.objects.filter(made_at__gte=at(year.first, 8))
    billed = int(bills.aggregate(sum=Sum("pence"))["sum"] or 0)
    received = int(Receipt.objects.aggregate(sum=Sum("pence"))["sum"] or 0)
    due = changed = into_accounts = in_bills = paid_bills = 0
    for row in of_the_year():
        moved = row.into(Kind.CONTRIBUTION)
        kinds = {row.source[0], row.target[0]}
        if not moved:
            continue
        if Kind.HELD in kinds:
            due -= moved
        elif Kind.PAYABLE in kinds:
            changed += moved
        elif row.document.startswith("own-bill:"):
            in_bills -= moved
        elif row.document.startswith("receipt:"):
            paid_bills += moved
        else:
            into_accounts += moved
    open_ = -sum(balances(Kind.CONTRIBUTION, year.last).values())
    left = due + in_bills - changed - into_accounts - paid_bills - open_
    sides = (
        ("own parts of payments", due, with_payments), ("bills", in_bills, billed),
        ("money received", paid_bills, received), ("what is still to come", left, 0),
    )  # fmt: skip
    wrong = next((each for each in sides if each[1] != each[2]), None)
    return Proof(
        "What people pay themselves",
        "Own parts that fell due with payments, and bills for what the council arranges, are"
        " either paid in or still to come. Nobody’s payments were stopped for them.",
        (
            ("Due with payments", due),
            ("Billed by the council", in_bills),
            ("Taken back, as charges for days past were lowered or raised", -changed),
            ("Paid into people’s own accounts", into_accounts),
            ("Paid to the council", paid_bills),
            ("Still to come", open_),
        ),
        f"For {wrong[0]}, the books have {pounds(wrong[1])} where the tables have"
        f" {pounds(wrong[2])}." if wrong else "",
    )  # fmt: skip
