"""Where the money came from and where it went, month by month and by way of holding."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, QuerySet, Sum

from wherewithal.ledger.entries import Kind
from wherewithal.money import pounds
from wherewithal.reports import Cell, Chart, Column, Section, Table
from wherewithal.web.budgets.models import BudgetLine
from wherewithal.web.config.year.proofs.entries import Row, of_the_year
from wherewithal.web.config.year.report.tables import shown
from wherewithal.web.config.year.town import Year, at
from wherewithal.web.payments.models import Payment, Run
from wherewithal.web.plans.models import PlanLine

COUNCIL, PEOPLE, SUPPORT, BACK = (
    "From the council and the NHS", "From people themselves", "Spent on support",
    "Back to the council",
)  # fmt: skip
COLUMNS = (COUNCIL, PEOPLE, SUPPORT, BACK)
MOST = 12


def sections(year: Year) -> Iterator[Section]:
    """Yield the part about where money came from and went."""
    rows = list(of_the_year())
    months = _by_month(year, rows)
    columns = (Column("Month"), *(Column(name, "pence", 0) for name in COLUMNS))
    sums_of = {name: sum(month[1][name] for month in months) for name in COLUMNS}
    listed: list[tuple[Cell, ...]] = [
        (name, *(sums[column] for column in COLUMNS)) for name, sums in months
    ]
    listed.append(("The year", *sums_of.values()))
    table = Table(
        "Money in and out by month", columns, tuple(listed),
        "Support counts when it is paid for from somebody’s account, or when a provider’s bill is"
        " approved. In the last weeks not every statement has come yet.", foot=1,
    )  # fmt: skip
    chart = Chart(
        "lines", table,
        f"{pounds(sums_of[COUNCIL])} was paid out over the year, and {pounds(sums_of[SUPPORT])}"
        " was spent on support. A month with two runs, or two months’ bills, stands out.",
        "Month", (COUNCIL, SUPPORT),
    )  # fmt: skip
    yield Section(
        "Where the money came from and went",
        ("The council pays every four weeks, in advance. So some months have two payments in"
         " them, and money is in people’s accounts for days that are still to come.",),
        (chart, _by_holding(year), _by_support(rows)),
    )  # fmt: skip


def in_a_sentence(year: Year) -> str:
    """Say how much went to how many."""
    own = _paid(year).exclude(holding=PlanLine.Holding.COUNCIL_MANAGED)
    people = own.values("person").distinct().count()
    net = int(own.aggregate(sum=Sum("net"))["sum"] or 0)
    bills = _paid(year).filter(holding=PlanLine.Holding.COUNCIL_MANAGED)
    billed = int(bills.aggregate(sum=Sum("net"))["sum"] or 0)
    return (
        f"The council paid {pounds(net)} into accounts for {people:,} people, and {pounds(billed)}"
        " to providers for support that it arranges itself."
    )


def _by_month(year: Year, rows: list[Row]) -> list[tuple[str, Counter[str]]]:
    found: dict[date, Counter[str]] = defaultdict(Counter)
    for row in rows:
        name, pence = _counts_as(row)
        if name:
            found[row.day.replace(day=1)][name] += pence
    month, months = year.first.replace(day=1), []
    while month <= year.last:
        months.append((f"{month:%b %Y}", found[month]))
        month = (month + timedelta(days=32)).replace(day=1)
    return months


def _counts_as(row: Row) -> tuple[str, int]:
    """Return the column that an entry belongs in, and its pence."""
    line = row.into(Kind.LINE)
    if line:
        return SUPPORT, line
    if row.what in {"payment-confirmed", "payment-returned", "invoice-returned"}:
        return COUNCIL, row.pence * ((row.source[0] == "funding") - (row.target[0] == "funding"))
    if row.into(Kind.CONTRIBUTION) and "funding" in {row.source[0], row.target[0]}:
        paid_in = row.source == ("funding", "person")
        return (PEOPLE, row.pence) if paid_in else ("", 0)
    return (BACK, row.pence) if row.what == "surplus-repaid" else ("", 0)


def _paid(year: Year) -> QuerySet[Payment]:
    decided = Payment.objects.decided().filter(run__status__in=Run.SENT)
    return decided.filter(run__released_at__gte=at(year.first, 0), net__gt=0)


def _by_holding(year: Year) -> Table:
    found = {
        row["holding"]: row
        for row in _paid(year)
        .order_by()
        .values("holding")
        .annotate(people=Count("person", distinct=True), payments=Count("id"), sum=Sum("net"))
    }
    held = [holding for holding in PlanLine.Holding if holding in found]
    people = shown([found[holding]["people"] for holding in held])
    rows = tuple(
        (str(holding.label), count, found[holding]["payments"], int(found[holding]["sum"]))
        for holding, count in zip(held, people, strict=True)
    )
    total = (
        "Altogether", "", sum(found[holding]["payments"] for holding in held),
        sum(int(found[holding]["sum"]) for holding in held),
    )  # fmt: skip
    columns = (
        Column("How the money is held"), Column("People", "number"), Column("Payments", "number"),
        Column("Paid", "pence", 0),
    )  # fmt: skip
    note = "Somebody whose money is held in two ways counts in both. Payments that came back don’t."
    return Table("By how the money is held", columns, (*rows, total), note, foot=1)


def _by_support(rows: list[Row]) -> Table:
    """Return what the money bought, the largest sums first."""
    spent: Counter[int] = Counter()
    for row in rows:
        pence = row.into(Kind.LINE)
        if pence:
            of = row.target[1] if row.target[0] == Kind.LINE else row.source[1]
            spent[int(of)] += pence
    names = dict(BudgetLine.objects.filter(pk__in=spent).values_list("pk", "what"))
    by_what: Counter[str] = Counter()
    for line, pence in spent.items():
        by_what[names[line]] += pence
    listed = sorted(by_what.items(), key=lambda each: (-each[1], each[0]))
    kept = listed[:MOST]
    if rest := sum(pence for _, pence in listed[MOST:]):
        kept.append(("Everything else", rest))
    columns = (Column("What it bought"), Column("Spent", "pence", 0))
    total = ("Altogether", sum(by_what.values()))
    return Table("What the money bought", columns, (*kept, total), foot=1)
