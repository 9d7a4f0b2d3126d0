"""Providers' bills: approved is paid, or on the list to be paid."""

from django.db.models import Sum

from wherewithal.ledger.entries import Kind
from wherewithal.money import pounds
from wherewithal.web.books.querysets import balances
from wherewithal.web.config.year.proofs.proof import Proof
from wherewithal.web.config.year.town import Year
from wherewithal.web.providers.models import Invoice

Status = Invoice.Status


def prove(year: Year) -> Proof:
    """Hold the bills that wait to be paid to what the books say providers are owed."""
    sums = {
        row["status"]: int(row["sum"])
        for row in Invoice.objects.order_by().values("status").annotate(sum=Sum("pence"))
    }
    owed = -sum(balances(Kind.PROVIDER, year.last).values())
    wait = sums.get(Status.APPROVED, 0)
    talked = sum(sums.get(state, 0) for state in (Status.MATCHED, Status.ASKED, Status.DISPUTED))
    return Proof(
        "Providers’ bills",
        "A bill that fits the plan is paid. One that does not is asked about, and what nobody"
        " disputes is paid meanwhile.",
        (
            ("Billed", sum(sums.values())),
            ("Paid", sums.get(Status.PAID, 0)),
            ("Approved, in the next run", wait),
            ("Asked about or disputed", talked),
            ("Not known whose line it is yet", sums.get(Status.RECEIVED, 0)),
            ("Not paid, because it was not right", sums.get(Status.REFUSED, 0)),
            ("Owed to providers, by the books", owed),
        ),
        "" if owed == wait else
        f"The books owe providers {pounds(owed)}, and bills of {pounds(wait)} wait to be paid.",
    )  # fmt: skip
