"""The books prove: nothing was changed, every balance follows, and all of them come to nought."""

from wherewithal.web.books.models import ClosedMonth
from wherewithal.web.books.querysets import prove as prove_books
from wherewithal.web.config.year.proofs.proof import Proof
from wherewithal.web.config.year.town import Year


def prove(year: Year) -> Proof:
    """Work the books out anew and compare them with what is stored."""
    found = prove_books(year.last)
    months = ClosedMonth.objects.count()
    sums = tuple((total.label, total.change.pence) for total in found.trial.totals)
    return Proof(
        "The books",
        f"{found.entries:,} entries in {found.journals:,} journals were worked out anew. Each"
        f" journal’s seal holds, and {months} months were closed on the way. All balances"
        " together come to nothing, as they must.",
        (*sums, ("All of them together", found.trial.pence)),
        found.difference,
    )
