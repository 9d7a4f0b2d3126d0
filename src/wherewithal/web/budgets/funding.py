"""Reads of who pays for each line of a budget, and what of it nobody may be charged for."""

from dataclasses import dataclass
from datetime import date

from wherewithal.charging.facts import FreeService
from wherewithal.dates import Period, long_date
from wherewithal.ledger.funding import Funding, Payer
from wherewithal.money import pounds, up
from wherewithal.web.budgets.funding_models import LineFunding
from wherewithal.web.budgets.models import Budget, BudgetLine

FREE = {Payer.NHS: "nhs", Payer.SHARED: "nhs", Payer.OTHER: "another-body"}
"""The free service, of the rules of charging, that each payer makes of a line."""


@dataclass(frozen=True, slots=True)
class LinePaid:
    """Who pays for a line on a day; ``elsewhere`` are the pence a week that others pay."""

    line: BudgetLine
    row: LineFunding | None
    elsewhere: int
    sentence: str


def fundings_of(line: BudgetLine, whole: Period) -> list[Funding]:
    """Return who pays for a line, by the days each of them counts; the council where none does."""
    rows = sorted(line.fundings.all(), key=lambda row: (row.from_day, row.pk))
    if not rows:
        return []
    newest = {max(row.from_day, whole.start): row for row in rows}
    starts = [day for day in newest if whole.end is None or day < whole.end]
    ends = [*starts[1:], whole.end]
    return [
        Funding(newest[day].pk, Period(day, end), Payer(newest[day].payer), newest[day].percent,
                newest[day].weekly)
        for day, end in zip(starts, ends, strict=True)
    ]  # fmt: skip


def elsewhere(found: list[Funding], day: date, weekly: int) -> int:
    """Return the pence a week that others pay of a line on a day, rounded up for the person."""
    for each in found:
        if day in each.period:
            return up(each.part(weekly))
    return 0


def lines_paid(budget: Budget, day: date) -> list[LinePaid]:
    """Return who pays for each line of a budget on a day, in their order."""
    whole = Period(budget.period.lower, budget.period.upper)
    made = []
    for line in budget.lines.all():
        found = fundings_of(line, whole)
        row = row_on(line, max(day, whole.start))
        pence = elsewhere(found, max(day, whole.start), line.weekly)
        made.append(LinePaid(line, row, pence, sentence(line, row, pence)))
    return made


@dataclass(frozen=True, slots=True)
class Whole:
    """What each pays of a whole budget a week, in pence, and who pays for which line in words."""

    council: int
    nhs: int
    other: int
    sentences: tuple[str, ...]


def whole_paid(budget: Budget, contribution: int, day: date) -> Whole:
    """Return what the council, the NHS and others pay a week on a day, beside the person."""
    lines = [each for each in lines_paid(budget, day) if each.row is not None and each.elsewhere]
    other = sum(each.elsewhere for each in lines if each.row and each.row.payer == Payer.OTHER)
    nhs = sum(each.elsewhere for each in lines) - other
    told = tuple(each.sentence for each in lines)
    return Whole(max(0, budget.cost - contribution - nhs - other), nhs, other, told)


def row_on(line: BudgetLine, day: date) -> LineFunding | None:
    """Return what says who pays for a line on a day, if anything does."""
    begun = [row for row in line.fundings.all() if row.from_day <= day]
    return max(begun, key=lambda row: (row.from_day, row.pk), default=None)


def free_on(budget: Budget, day: date) -> tuple[FreeService, ...]:
    """Return what others pay of a budget on a day, as services nobody may be charged for."""
    sums: dict[str, int] = {}
    for each in lines_paid(budget, day) if budget.pk else ():
        if each.row is not None and each.elsewhere:
            kind = FREE[Payer(each.row.payer)]
            sums[kind] = sums.get(kind, 0) + each.elsewhere
    return tuple(FreeService(kind, pence) for kind, pence in sums.items())


def sentence(line: BudgetLine, row: LineFunding | None, pence: int) -> str:
    """Say who pays for a line, to the person; nothing where it is the council alone."""
    if row is None or row.payer == Payer.COUNCIL:
        return ""
    who = {Payer.OTHER: row.body}.get(Payer(row.payer), "The NHS")
    since = f"from {long_date(row.from_day)}"
    if pence < line.weekly:
        return (
            f"{who} pays {pounds(pence)} a week of {line.what}, {since}. The council pays the rest."
        )
    return f"{who} pays for {line.what}, {since}. You never pay towards it."
