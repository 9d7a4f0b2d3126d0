"""Money asked back: what was settled is paid back, let go, or still to come."""

from django.db.models import Q, Sum

from wherewithal.ledger.entries import Kind
from wherewithal.money import pounds
from wherewithal.web.books.querysets import balances
from wherewithal.web.budgets.models import Settlement
from wherewithal.web.checks.models import Repayment
from wherewithal.web.config.year.proofs.entries import of_the_year
from wherewithal.web.config.year.proofs.proof import Proof
from wherewithal.web.config.year.town import Year

PARTS = {
    "Paid back": Q(kind="paid", done_on__isnull=False),
    "Taken off later payments, as agreed": Q(kind="taken-off", done_on__isnull=False),
    "Let go": Q(kind="let-go"),
    "Still to come": Q(done_on__isnull=True),
}


def prove(year: Year) -> Proof:
    """Hold what was settled about every sum to the books."""
    after_end = int(Settlement.objects.aggregate(sum=Sum("paid_back"))["sum"] or 0)
    parts = {
        name: int(Repayment.objects.filter(which).aggregate(sum=Sum("pence"))["sum"] or 0)
        for name, which in PARTS.items()
    }
    decided = back = 0
    for row in of_the_year():
        decided += row.pence if row.what == "surplus-decided" else 0
        back += row.pence if row.what == "surplus-repaid" else 0
    out = sum(balances(Kind.RECOVERY, year.last).values())
    sides = (
        ("what was settled to come back", decided, after_end + sum(parts.values())),
        ("what was paid back", back, after_end + parts["Paid back"]),
        ("what is still to come", out, parts["Still to come"]),
    )
    wrong = next((each for each in sides if each[1] != each[2]), None)
    return Proof(
        "Money that comes back",
        "Nothing is taken from anybody by itself. Each sum was talked about, decided by somebody"
        " else, told with reasons, and agreed, or its time to reply was over.",
        (
            ("Settled to come back", decided),
            ("Of that, after a budget ended, paid back", after_end),
            *parts.items(),
        ),
        f"For {wrong[0]}, the books have {pounds(wrong[1])} where the tables have"
        f" {pounds(wrong[2])}." if wrong else "",
    )  # fmt: skip
