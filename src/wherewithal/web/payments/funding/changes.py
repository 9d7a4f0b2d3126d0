"""What the NHS or another body pays of money that has arrived, and what to bill them for.

For each agreement about a line, what they should have paid of everything that arrived is held
against what was posted before. So a change for days past, a pause, or money that came back is put
right with whatever is posted next, and nothing is ever counted twice.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Sum

from wherewithal.dates import ONE_DAY, Period
from wherewithal.ledger.entries import Account
from wherewithal.ledger.funding import Funding, Held, Payer, of_bill, of_days
from wherewithal.money import half_up
from wherewithal.web.budgets.funding import fundings_of
from wherewithal.web.budgets.funding_models import LineFunding
from wherewithal.web.budgets.models import Budget, BudgetLine
from wherewithal.web.budgets.pieces import pieces_of, rules, ways_of, with_facts
from wherewithal.web.payments.funding.arrived import arrived, with_answers
from wherewithal.web.payments.funding.models import Funded
from wherewithal.web.payments.models import Payment
from wherewithal.web.payments.shares import holdings_of, once_of, usual

Parts = dict[Account, int]


@dataclass(frozen=True, slots=True)
class Change:
    """Pence to be posted for one agreement: what it should be now, less what was posted before."""

    funding: Funding
    line: BudgetLine
    pence: int


def changes(people: Iterable[int]) -> list[Change]:
    """Return what is to be posted for these people (keys); nothing where nobody else pays."""
    rows = LineFunding.objects.filter(line__budget__person__in=set(people))
    ids = set(rows.values_list("line__budget", flat=True))
    if not ids:
        return []
    posted = dict(
        Funded.objects.filter(funding__line__budget__in=ids, gave_back="")
        .order_by().values_list("funding").annotate(sum=Sum("pence"))
    )  # fmt: skip
    paid: dict[int, list[Payment]] = defaultdict(list)
    for payment in with_answers(Payment.objects.filter(budget__in=ids)):
        paid[payment.budget_id].append(payment)
    found = []
    for budget in with_facts(Budget.objects.filter(pk__in=ids).order_by("pk")):
        for line, funding, pence in of_budget(budget, paid[budget.pk]):
            difference = half_up(pence) - posted.pop(funding.number, 0)
            found.append(Change(funding, line, difference))
    found += _no_longer(posted)
    return [change for change in found if change.pence]


def parts_with(payments: Sequence[Payment], on: date) -> dict[int, Parts]:
    """Keep what others pay with payments that have just arrived; returns it by payment.

    What is put right for other money of the same person goes with one of their payments.
    """
    parts: dict[int, Parts] = defaultdict(lambda: defaultdict(int))
    kept = []
    for change in changes(payment.person_id for payment in payments):
        own = [each for each in payments if each.person_id == change.line.budget.person_id]
        payment = next((each for each in own if _pays_for(each, change.line)), own[0])
        parts[payment.pk][change.funding.account] += change.pence
        kept.append(_row(change, on, payment))
    Funded.objects.bulk_create(kept)
    return parts


def parts_put_right(person: int, on: date) -> Parts:
    """Keep and return what others pay of one person's money that arrived before."""
    parts: Parts = defaultdict(int)
    found = changes([person])
    for change in found:
        parts[change.funding.account] += change.pence
    Funded.objects.bulk_create(_row(change, on, None) for change in found)
    return parts


def to_bill(first: date) -> list[Funded]:
    """Return what to bill the NHS for of one month, by its first day: its sum is in the books."""
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    rows = Funded.objects.filter(
        on__gte=first, on__lt=following, funding__payer__in=[Payer.NHS, Payer.SHARED]
    )
    return list(
        rows.select_related("funding__line__budget__person", "payment").order_by(
            "funding__pot", "funding__body", "funding__line__budget__person__family_name", "id"
        )
    )


def by_pot(rows: Iterable[Funded]) -> list[tuple[str, str, int]]:
    """Return each body and each of its budgets with its sum: none is hidden by pooling."""
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows:
        sums[row.funding.body, row.funding.get_pot_display()] += row.pence
    return [(body, pot, pence) for (body, pot), pence in sorted(sums.items())]


def _row(change: Change, on: date, payment: Payment | None) -> Funded:
    return Funded(funding_id=change.funding.number, payment=payment, pence=change.pence, on=on)


def _pays_for(payment: Payment, line: BudgetLine) -> bool:
    if payment.invoice is not None:
        return payment.invoice.line_id == line.pk
    return payment.budget_id == line.budget_id and payment.holding == line.holding


def of_budget(
    budget: Budget, payments: Sequence[Payment]
) -> Iterable[tuple[BudgetLine, Funding, Fraction]]:
    """Yield each agreement about a budget's lines with what it comes to, of what has arrived.

    ``payments`` are all of the budget, or of one way of holding, loaded ``with_answers``.
    """
    whole = Period(budget.period.lower, budget.period.upper)
    began = usual().began
    first = max(whole.start, began or whole.start)
    here = {way: arrived(payments, way, first) for way in holdings_of(budget)}
    lines = [line for line in budget.lines.all() if line.fundings.all()]
    for line in lines:
        line.budget = budget
        for funding in fundings_of(line, whole):
            if funding.payer is Payer.COUNCIL:
                continue
            pence = sum(
                (of_days(funding, _held(budget, line, way, whole), here[way].days)
                 + _once(funding, budget, line, way, began, here[way].once)
                 for way in here), Fraction(0),
            )  # fmt: skip
            bills = [each for each in payments if _is_bill_of(each, line)]
            pence += sum((of_bill(funding, each.net, _period(each)) for each in bills), Fraction(0))
            yield line, funding, pence


def _is_bill_of(payment: Payment, line: BudgetLine) -> bool:
    if payment.invoice is None or payment.state != Payment.State.CONFIRMED:
        return False
    return payment.invoice.line_id == line.pk


def _period(payment: Payment) -> Period:
    return Period(payment.period.lower, payment.period.upper)


def _held(budget: Budget, line: BudgetLine, way: str, whole: Period) -> list[Held]:
    """Return the days on which a line is held in one way, with all that is paid so."""
    made = []
    for piece in pieces_of(budget, way, rules(budget.pauses.all(), way)):
        held_so = [
            each for each in budget.lines.all()
            if _way_on(ways_of(each, whole), piece.period.start) == way
        ]  # fmt: skip
        if line in held_so:
            made.append(Held(piece, line.weekly, sum(each.weekly for each in held_so)))
    return made


def _way_on(ways: Mapping[date, str], day: date) -> str:
    return ways[max(first for first in ways if first <= day)]


def _once(
    funding: Funding, budget: Budget, line: BudgetLine, way: str, began: date | None,
    days: Sequence[Period],
) -> Fraction:  # fmt: skip
    """Return the part of what is paid once for a line; a weekly share is no part of it."""
    if not line.one_off or funding.weekly is not None:
        return Fraction(0)
    wanted = (line.what, line.one_off)
    for each in once_of(budget, way, began):
        if (each.what, each.pence) == wanted and any(each.on in one for one in days):
            return funding.part(each.pence) if each.on in funding.period else Fraction(0)
    return Fraction(0)


def _no_longer(posted: Mapping[int, int]) -> list[Change]:
    """Return what is given back of agreements whose every day another took over."""
    rows = LineFunding.objects.filter(pk__in=[key for key, pence in posted.items() if pence])
    return [
        Change(
            Funding(row.pk, Period(row.from_day, row.from_day + ONE_DAY), Payer(row.payer),
                    row.percent, row.weekly),
            row.line, -posted[row.pk],
        )
        for row in rows.select_related("line__budget")
    ]  # fmt: skip
