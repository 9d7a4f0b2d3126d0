"""What people are asked to pay themselves: due is paid in, or still to come."""

from collections import Counter

from django.db.models import F, Sum

from wherewithal.ledger.entries import Kind
from wherewithal.money import pounds
from wherewithal.web.books.querysets import balances
from wherewithal.web.config.year.proofs.entries import Row, of_the_year
from wherewithal.web.config.year.proofs.proof import Proof
from wherewithal.web.config.year.town import Year, at
from wherewithal.web.payments.models import Payment, Run
from wherewithal.web.providers.models import OwnBill, Receipt


def prove(year: Year) -> Proof:
    """Hold own parts of payments and bills to what was paid in and what is still to come."""
    own = Payment.objects.standing().filter(
        run__status__in=Run.DECIDED, run__approved_at__gte=at(year.first, 0), invoice=None
    )
    parts = Sum(F("contribution") + F("adjustment_contribution"))
    with_payments = int(own.aggregate(sum=parts)["sum"] or 0)
    bills = OwnBill.objects.filter(made_at__gte=at(year.first, 8))
    billed = sum(_posted(bill) for bill in bills)
    received = int(Receipt.objects.aggregate(sum=Sum(F("pence") - F("paid_back")))["sum"] or 0)
    moved: Counter[str] = Counter()
    for row in of_the_year():
        moved[_sort(row)] += row.into(Kind.CONTRIBUTION)
    due, in_bills = -moved["payments"], -moved["own-bill"]
    open_ = -sum(balances(Kind.CONTRIBUTION, year.last).values())
    put_right = moved["changed"] + moved["other"]
    left = due + in_bills - put_right - moved["line"] - moved["receipt"] - open_
    sides = (
        ("own parts of payments", due, with_payments), ("bills", in_bills, billed),
        ("money received", moved["receipt"], received), ("what is still to come", left, 0),
    )  # fmt: skip
    wrong = next((each for each in sides if each[1] != each[2]), None)
    return Proof(
        "What people pay themselves",
        "Own parts that fell due with payments, and bills for what the council arranges, are"
        " either paid in or still to come. Nobody’s payments were stopped for them.",
        (
            ("Due with payments", due),
            ("Billed by the council", in_bills),
            ("Put right, for days past or at the end of a budget", -put_right),
            ("Paid into people’s own accounts", moved["line"]),
            ("Paid to the council", moved["receipt"]),
            ("Still to come", open_),
        ),
        f"For {wrong[0]}, the books have {pounds(wrong[1])} where the tables have"
        f" {pounds(wrong[2])}." if wrong else "",
    )  # fmt: skip


def _sort(row: Row) -> str:
    """Say what an entry does to contributions: by whom it is, or by what it rests on."""
    kinds = {row.source[0], row.target[0]}
    rests_on = row.document.partition(":")[0]
    if Kind.PAYABLE in kinds or row.what == "contribution-settled":
        return "changed"
    if Kind.HELD in kinds:
        return "payments"
    return rests_on if rests_on in {"own-bill", "receipt", "line"} else "other"


def _posted(bill: OwnBill) -> int:
    """Return what a bill put into the books: less, where a change had put some there before."""
    posted = getattr(bill, "posted", None)
    return int(bill.pence if posted is None else posted)
