"""Runs, what came back from the bank, and money that would have been late."""

from collections.abc import Iterator

from django.db.models import Count, Q, Sum

from wherewithal.dates import long_date
from wherewithal.reports import Column, Section, Table
from wherewithal.web.config.year.report.tables import counted
from wherewithal.web.config.year.town import Year, at
from wherewithal.web.payments.models import Payment, Run


def sections(year: Year) -> Iterator[Section]:
    """Yield the part about paying on time."""
    yield Section(
        "Paid on time",
        (
            "One officer prepares and checks a run, and another approves and releases it. Where"
            " something changed in between, the run is given up and prepared again.",
            "On the day a run leaves, everybody is looked for whose money is not on its way."
            " Whatever holds it up is mended, and they are paid at once.",
        ),
        (_runs(year), _late(year), _back(year)),
    )


def in_a_sentence(year: Year) -> str:
    """Say how many payments would have been late, and were not."""
    found, avoided = year.seen["would have been late"], year.seen["late payments avoided"]
    if not found:
        return "Nobody’s money would have been late."
    return (
        f"{found:,} payments would have been late. They were seen in time, and {avoided:,} of them"
        " were paid by their day."
    )


def _runs(year: Year) -> Table:
    runs = Run.objects.filter(released_at__gte=at(year.first, 0), kind="regular")
    runs = runs.annotate(bills=Count("payments", filter=Q(payments__invoice__isnull=False)))
    rows = tuple(
        (long_date(run.pay_on), run.count - run.bills, run.bills, run.total, len(run.left_out))
        for run in runs.order_by("pay_on", "id")
    )
    columns = (
        Column("Money arrived on"), Column("Payments to people", "number"),
        Column("Bills paid", "number"), Column("Sum", "pence", 0),
        Column("Left out, and why told", "number"),
    )  # fmt: skip
    return Table("Regular runs", columns, rows)


def _late(year: Year) -> Table:
    urgent = Run.objects.filter(kind="emergency", released_at__gte=at(year.first, 0))
    rows = (
        ("Payments that would have been late, seen before their day",
         year.seen["would have been late"]),
        ("Of those, paid by their day all the same", year.seen["late payments avoided"]),
        ("Emergency payments, each by two officers", urgent.count()),
        ("Runs prepared again because something changed", year.seen["runs prepared again"]),
        ("People paid for the first time", year.seen["started in the year"]),
    )  # fmt: skip
    columns = (Column("What happened"), Column("How many", "number"))
    return Table("Late money, seen in time", columns, rows)


def _back(year: Year) -> Table:
    back = Payment.objects.filter(
        state__in=Payment.CAME_BACK, run__released_at__gte=at(year.first, 0)
    )
    words = list(
        back.order_by().values("answers__words").annotate(n=Count("id")).order_by("answers__words")
    )
    rows = [(f"Because {row['answers__words']}", row["n"]) for row in words]
    total = int(back.aggregate(sum=Sum("net"))["sum"] or 0)
    note = (
        f"£{total / 100:,.2f} came back. Its days were owed again, and paid at once or with the"
        " next run. Everybody was told on the day."
    )
    return counted(
        "Payments that came back from the bank", "Why", rows, column=Column("Payments", "number"),
        note=note,
    )  # fmt: skip
