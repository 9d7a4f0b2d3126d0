"""What one way of holding pays over the days of a budget: its lines, charges and pauses."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from django.db.models import Model, Prefetch, QuerySet

from wherewithal.dates import Period
from wherewithal.ledger import pauses
from wherewithal.ledger.contributions import shared_contribution
from wherewithal.ledger.schedule import BudgetPiece
from wherewithal.money import down
from wherewithal.web.budgets.charges.contributions import contribution_pieces
from wherewithal.web.budgets.funding import elsewhere, fundings_of
from wherewithal.web.budgets.funding_models import LineFunding
from wherewithal.web.budgets.models import (
    Budget,
    BudgetLine,
    ChargeChange,
    HeldBefore,
    Pause,
    PaySchedule,
)
from wherewithal.web.budgets.pauses.actions import rule_of

ELSEWHERE = "elsewhere"
"""Where the money of a line was before its present way of holding, if nobody kept it."""
Charges = Sequence[tuple[Period, int]]
FACTS: dict[str, type[Model]] = {
    "held_before": HeldBefore, "fundings": LineFunding, "charge_changes": ChargeChange,
    "pauses": Pause, "pay_schedules": PaySchedule,
}  # fmt: skip
"""What there may be of a budget beside its lines, by the name it is read under."""


def with_facts(
    budgets: QuerySet[Budget], there: Collection[str] = tuple(FACTS)
) -> QuerySet[Budget]:
    """Load everything that shares are made of: five queries for however many budgets.

    Name in ``there`` what these budgets are known to have of ``FACTS``: no other is asked for.
    """
    held_before, fundings, *others = (
        Prefetch(name, rows if name in there else rows.none())
        for name, rows in ((name, model._default_manager.all()) for name, model in FACTS.items())
    )
    lines = BudgetLine.objects.prefetch_related(held_before, fundings)
    looked_up = ("person__search_key", "person__search_vector")  # long, and of no use here
    return (
        budgets.select_related("person")
        .defer(*looked_up)
        .prefetch_related(Prefetch("lines", lines), *others)
    )


def pieces_of(
    budget: Budget, holding: str, paused: Iterable[pauses.Pause], *,
    charges: Charges | None = None, ends: date | None = None,
) -> tuple[BudgetPiece, ...]:  # fmt: skip
    """Return what one way of holding pays, from the first day that a line is held so.

    ``charges`` and ``ends`` stand in for what the budget itself says, to ask what was known before.
    """
    charges = contribution_pieces(budget) if charges is None else charges
    whole = Period(budget.period.lower, ends if ends is not None else budget.period.upper)
    lines = [(ways_of(line, whole), line, fundings_of(line, whole)) for line in budget.lines.all()]
    days = sorted({
        *(start for ways, _, _ in lines for start in ways if start in whole),
        *(each.period.start for _, _, paid in lines for each in paid),
        *(max(period.start, whole.start) for period, _ in charges if period.overlaps(whole)),
    })  # fmt: skip
    pieces, most = [], {}
    for day, following in zip(days, [*days[1:], whole.end], strict=True) if days else ():
        weekly: dict[str, int] = defaultdict(int)
        own: dict[str, int] = defaultdict(int)
        for ways, line, paid in lines:
            way = _way_on(ways, day)
            weekly[way] += line.weekly
            own[way] += line.weekly - elsewhere(paid, day, line.weekly)
        if holding in weekly:
            asked = next((sum_ for period, sum_ in charges if day in period), charges[-1][1])
            charge = shared_contribution(own, min(asked, sum(own.values())))[holding]
            pieces.append(BudgetPiece(Period(day, following), weekly[holding], charge))
            if own[holding] < weekly[holding]:
                most[day] = Fraction(own[holding], weekly[holding])
    found = pauses.with_pauses(pieces, paused)
    return tuple(_towards_the_councils_part(piece, most) for piece in found) if most else found


def _towards_the_councils_part(piece: BudgetPiece, most: Mapping[date, Fraction]) -> BudgetPiece:
    """Keep a contribution within the part of what is paid that others do not pay."""
    begun = max((day for day in most if day <= piece.period.start), default=None)
    if begun is None:
        return piece
    limit = down(most[begun] * piece.weekly_gross)
    return replace(piece, weekly_contribution=min(piece.weekly_contribution, limit))


def rules(found: Iterable[Pause], holding: str) -> list[pauses.Pause]:
    """Return the pauses that count for a holding, as the sums take them."""
    made = [rule_of(each) for each in found if each.holding in {"", holding}]
    return [rule for rule in made if rule is not None]


def ways_of(line: BudgetLine, whole: Period) -> dict[date, str]:
    """Return each way a line was held, by the first day of it, oldest first."""
    found: dict[date, str] = {}
    begins = whole.start
    for before in line.held_before.all():
        if before.until > begins:
            found[begins] = before.holding
            begins = before.until
    held_from = max(whole.start, line.held_from or date.min)
    if held_from > begins:
        found[begins] = ELSEWHERE
    found[held_from] = line.holding
    return found


def _way_on(ways: dict[date, str], day: date) -> str:
    return ways[max(first for first in ways if first <= day)]
