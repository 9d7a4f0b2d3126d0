"""What is paid one time only, to be paid at once: start-up costs that can't wait for the next run.

Such a sum is paid on its own day of the budget. Whatever else that day and the days before it come
to is paid by the next run of everyone due.
"""

from collections.abc import Sequence
from datetime import date

from wherewithal.dates import ONE_DAY, Period
from wherewithal.ledger.schedule import Once
from wherewithal.money import pounds
from wherewithal.web.budgets.models import Budget
from wherewithal.web.budgets.reading import loaded
from wherewithal.web.payments.models import Payment
from wherewithal.web.payments.owing import Owed, paid_sums
from wherewithal.web.payments.shares import Share, shares_of, usual


def one_offs(until: date, *, before: int) -> list[Owed]:
    """Return what is paid once for days before ``until``: a sum for each budget and way of holding.

    Only what runs before the run of this number paid counts as paid.
    """
    standing = Payment.objects.standing().filter(invoice__isnull=True, run_id__lt=before)
    paid = {key: day for key, (day, _, _) in paid_sums(standing).items()}
    began = usual().began
    budgets = Budget.objects.filter(status=Budget.Status.SIGNED_OFF, lines__one_off__gt=0)
    return [
        _owed(share, once)
        for budget in loaded(budgets.distinct().order_by("period", "id"))
        for share in shares_of(budget, paid, began=began)
        if (once := _waiting(share, until))
    ]


def _waiting(share: Share, until: date) -> list[Once]:
    first = share.paid_until or date.min
    return [each for each in sorted(share.once) if first <= each.on < until]


def _owed(share: Share, once: Sequence[Once]) -> Owed:
    told = " ".join(f"{pounds(each.pence)}, paid once: {each.what}." for each in once)
    return Owed(
        budget=share.budget, holding=share.holding,
        period=Period(once[0].on, once[-1].on + ONE_DAY), gross=sum(each.pence for each in once),
        contribution=0, adjustment=0,
        sentence=f"{told} It is to start with. The next payment brings what is for your weeks.",
    )  # fmt: skip
