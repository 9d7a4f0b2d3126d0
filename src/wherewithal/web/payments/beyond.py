"""Money paid in advance for days that a budget's end has since cut off.

Where a new budget begins on such days, what was paid for them already is taken off, day by day,
so that no day is paid for twice. What is more than that is named on the run, for someone to settle.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import F

from wherewithal.dates import Period
from wherewithal.ledger.schedule import span
from wherewithal.money import down, half_up, pounds, share
from wherewithal.web.payments.models import Payment


@dataclass(frozen=True, slots=True)
class Beyond:
    """The days of one payment after its budget's end, with pence for all days of the payment."""

    period: Period
    days_paid: int
    gross: int
    contribution: int

    def within(self, days: Period) -> tuple[int, int]:
        """Return the gross and the contribution, in pence, that were paid for some of its days."""
        common = self.period.intersection(days)
        if common is None:
            return 0, 0
        return (
            half_up(share(common.days, self.days_paid, of=self.gross)),
            down(share(common.days, self.days_paid, of=self.contribution)),
        )


@dataclass(frozen=True, slots=True)
class Left:
    """What is left to pay for some days, in pence, a sentence about it, and what is too much."""

    gross: int
    contribution: int
    sentence: str
    too_much: int

    @property
    def net(self) -> int:
        """Pence to pay."""
        return self.gross - self.contribution


def paid_beyond(before: int) -> dict[tuple[int, str], list[Beyond]]:
    """Return, by person and holding, the days paid by runs before this one and since cut off."""
    cut = Payment.objects.standing().filter(
        invoice__isnull=True, run_id__lt=before, period__endswith__gt=F("budget__period__endswith")
    )
    found: dict[tuple[int, str], list[Beyond]] = defaultdict(list)
    for payment in cut.select_related("budget").prefetch_related("budget__lines"):
        first, end = payment.period.lower, payment.period.upper
        lines = [line for line in payment.budget.lines.all() if line.holding == payment.holding]
        starts = first == payment.budget.period.lower
        once = sum(line.one_off for line in lines) if starts else 0
        found[payment.person_id, payment.holding].append(Beyond(
            Period(max(first, payment.budget.period.upper), end), (end - first).days,
            max(0, payment.gross - once), payment.contribution,
        ))  # fmt: skip
    return found


def left_to_pay(gross: int, contribution: int, days: Period, already: list[Beyond]) -> Left:
    """Take what was already paid for some days off what they come to now."""
    paid = [part for each in already if any(part := each.within(days))]
    if not paid:
        return Left(gross, contribution, "", 0)
    paid_gross, paid_contribution = (sum(sums) for sums in zip(*paid, strict=True))
    net = gross - contribution - (paid_gross - paid_contribution)
    took = pounds(paid_gross - paid_contribution)
    told = f" {took} was already paid for days in {span(days)}, so it is taken off."
    if net < 0:
        return Left(0, 0, told, -net)
    rest = max(0, contribution - paid_contribution)
    return Left(net + rest, rest, told, 0)
