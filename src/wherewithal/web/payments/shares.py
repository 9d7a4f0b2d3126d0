"""One holding's part of one budget, from its lines, its charges, its pauses and its schedule."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from wherewithal.dates import Period
from wherewithal.ledger import owing
from wherewithal.ledger.schedule import BudgetPiece, Once, PaySchedule
from wherewithal.web.budgets.models import Budget
from wherewithal.web.budgets.pieces import pieces_of, rules, ways_of
from wherewithal.web.plans.models import PlanLine
from wherewithal.web.policy.settings import local

PAID_OUT = (
    PlanLine.Holding.DIRECT_PAYMENT,
    PlanLine.Holding.ISF,
    PlanLine.Holding.THIRD_PARTY,
    PlanLine.Holding.TRUST,
)
"""Ways of holding in which money leaves the council for an account."""


@dataclass(frozen=True, slots=True)
class Share:
    """One holding's part of one budget: what the sums take, and what is already paid.

    ``paid_net`` are the pence sent so far for its days, with every adjustment, ``paid_own`` what
    the person was asked to put in; days before ``began`` were settled elsewhere.
    """

    budget: Budget
    holding: str
    pieces: tuple[BudgetPiece, ...]
    once: tuple[Once, ...]
    paid_until: date | None
    paid_net: int = 0
    paid_own: int = 0
    began: date | None = None

    @property
    def one_off(self) -> int:
        """Pence that are paid one time only."""
        return sum(each.pence for each in self.once)

    @property
    def period(self) -> Period:
        """The days for which money is held in this way."""
        return Period(self.pieces[0].period.start, self.pieces[-1].period.end)

    @property
    def facts(self) -> owing.Share:
        """What the sums take."""
        return owing.Share(self.pieces, self.once, self.paid_until, self.paid_net, self.paid_own)

    def window(self, until: date) -> Period | None:
        """Return the days still to be paid before ``until``, if there are any."""
        start = max(self.period.start, self.paid_until or date.min)
        end = min(until, self.period.end or until)
        return Period(start, end) if start < end else None


@dataclass(frozen=True, slots=True)
class Usual:
    """The council's usual schedule, and the first day that is paid for from here."""

    schedule: PaySchedule
    began: date | None


def usual() -> Usual:
    """Return how payments are usually made here, from the settings (one query)."""
    keys = ("payment_anchor", "payment_weeks", "payment_advance_days", "payments_began")
    found = local(*keys)
    anchor, began = str(found["payment_anchor"]), str(found["payments_began"])
    schedule = PaySchedule(
        date.fromisoformat(anchor), int(found["payment_weeks"]), int(found["payment_advance_days"])
    )
    return Usual(schedule, date.fromisoformat(began) if began else None)


def schedule_of(budget: Budget, holding: str, usual: PaySchedule) -> PaySchedule:
    """Return how often a holding is paid: its newest own schedule, else the usual one."""
    own = [each for each in budget.pay_schedules.all() if each.holding == holding]
    if not own:
        return usual
    return PaySchedule(usual.anchor, own[-1].weeks_each, own[-1].advance_days)


def shares_of(
    budget: Budget, paid: dict[tuple[int, str], date], *, began: date | None = None
) -> list[Share]:
    """Split one budget over the ways it is paid out, each with its part of the contribution.

    ``paid`` gives the day up to which each (budget, holding) is paid; days before ``began`` were
    settled before payments were made from here.
    """
    found = []
    for holding in holdings_of(budget):
        pieces = pieces_of(budget, holding, rules(budget.pauses.all(), holding))
        pieces = tuple(settled_from(began, pieces))
        if pieces:
            once = tuple(once_of(budget, holding, began))
            until = paid.get((budget.pk, holding))
            found.append(Share(budget, holding, pieces, once, until, began=began))
    return found


def holdings_of(budget: Budget) -> list[str]:
    """Return the ways in which a budget is, or once was, paid out."""
    ways = {line.holding for line in budget.lines.all()}
    ways |= {each.holding for line in budget.lines.all() for each in line.held_before.all()}
    return [way for way in PAID_OUT if way in ways]


def once_of(budget: Budget, holding: str, began: date | None) -> Iterable[Once]:
    """Return what is paid one time only, on its day, or the first day that its line is paid out.

    It goes the way its line is held on that day, also where the line is held differently later.
    """
    whole = Period(budget.period.lower, budget.period.upper)
    for line in budget.lines.all():
        if not line.one_off:
            continue
        ways = sorted(ways_of(line, whole).items())
        wanted = line.once_on or whole.start
        ends = [first for first, _ in ways[1:]] + [date.max]
        still = [(first, way) for (first, way), end in zip(ways, ends, strict=True)
                 if end > wanted and way in PAID_OUT]  # fmt: skip
        if still and still[0][1] == holding:
            begins = still[0][0]
            on = wanted if line.once_on and begins in (whole.start, min(begins, wanted)) else begins
            if began is None or on >= began:
                yield Once(on, line.one_off, line.what)


def settled_from(began: date | None, pieces: Iterable[BudgetPiece]) -> Iterable[BudgetPiece]:
    """Leave out the days that were settled before payments were made from here."""
    for piece in pieces:
        days = piece.period.intersection(Period(began)) if began else piece.period
        if days is not None:
            yield BudgetPiece(days, piece.weekly_gross, piece.weekly_contribution)
