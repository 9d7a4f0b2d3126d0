"""When life changes: stays elsewhere, deaths, and what people pay themselves."""

from collections.abc import Iterator

from django.db.models import Count, Sum

from wherewithal.ledger.entries import Kind
from wherewithal.money import pounds
from wherewithal.reports import Chart, Column, Section, Table
from wherewithal.web.books.querysets import balances
from wherewithal.web.budgets.models import Pause, Settlement
from wherewithal.web.config.year.proofs.entries import of_the_year
from wherewithal.web.config.year.report.tables import counted, crossed
from wherewithal.web.config.year.town import Year
from wherewithal.web.people.models import Person

BANDS = ((5_000, "under £50"), (20_000, "£50 to £200"), (50_000, "£200 to £500"))
ABOVE = "£500 or more"


def sections(year: Year) -> Iterator[Section]:
    """Yield the parts about stays, deaths, and own parts."""
    yield Section(
        "When life changes",
        (
            "Payments are in advance, so a stay or a death is known only after money was sent."
            " Later payments make up for it by themselves, and say why.",
            "A freeze needs a manager, a reason, and a plan that says who helps tomorrow.",
        ),
        (_pauses(), *_settled()),
    )
    yield Section(
        "What people pay themselves",
        (
            "People who can, pay a part of their support: into their own account, or to the"
            " council. Somebody who falls behind is asked whether the charge is right.",
        ),
        (_own_parts(year), _behind(year)),
    )


def _pauses() -> Table:
    kinds = dict(Pause.Kind.choices)
    found = Pause.objects.order_by().values("kind", "pays").annotate(n=Count("id"))
    counts = {(row["kind"], row["pays"]): row["n"] for row in found}
    pays = [(value, str(label)) for value, label in Pause.Pays.choices]
    rows = [
        (str(label), [counts.get((kind, value), 0) for value, _ in pays])
        for kind, label in kinds.items()
        if any(counts.get((kind, value)) for value, _ in pays)
    ]
    note = "Where nothing is paid after a stay in hospital, the first days were still paid in full."
    return crossed("Stays and stops", "Why", [label for _, label in pays], rows, note)


def _settled() -> Iterator[Table]:
    died = Person.objects.filter(date_of_death__isnull=False).count()
    rows = Settlement.objects.order_by().values("how").annotate(n=Count("id"), sum=Sum("pence"))
    found = {row["how"]: row for row in rows}
    hows = [(value, str(label)) for value, label in Settlement.How.choices if value in found]
    note = (
        f"Deaths in the year: {died if died >= 5 else 'fewer than 5'}. Nobody’s family was chased."
    )
    yield counted(
        "Last sums settled after a budget ended", "How",
        [(label, found[value]["n"]) for value, label in hows],
        column=Column("Last sums", "number"), note=note,
    )  # fmt: skip


def _own_parts(year: Year) -> Chart:
    """Return how much of what was due each month was paid in."""
    due: dict[str, int] = {}
    paid: dict[str, int] = {}
    for row in of_the_year():
        moved, kinds = row.into(Kind.CONTRIBUTION), {row.source[0], row.target[0]}
        month = f"{row.day:%Y-%m}"
        if moved and "funding" in kinds and row.source == ("funding", "person"):
            paid[month] = paid.get(month, 0) + moved
        elif moved:
            due[month] = due.get(month, 0) - moved
    months = sorted({*due, *paid})
    rows = tuple((f"{month[5:]}/{month[:4]}", due.get(month, 0), paid.get(month, 0))
                 for month in months if month >= f"{year.first:%Y-%m}")  # fmt: skip
    columns = (Column("Month"), Column("Fell due", "pence", 0), Column("Paid in", "pence", 0))
    total = ("", sum(row[1] for row in rows), sum(row[2] for row in rows))
    table = Table("Own parts by month", columns, (*rows, ("The year", *total[1:])), foot=1)
    says = f"{pounds(total[1])} fell due over the year, and {pounds(total[2])} was paid in."
    return Chart("lines", table, says, "Month", ("Fell due", "Paid in"))


def _behind(year: Year) -> Table:
    owing = [-pence for pence in balances(Kind.CONTRIBUTION, year.last).values() if pence < 0]
    counts = dict.fromkeys([*(label for _, label in BANDS), ABOVE], 0)
    for pence in owing:
        counts[next((label for upto, label in BANDS if pence < upto), ABOVE)] += 1
    note = "Some of it fell due in the last days, and is on its way."
    return counted("Own parts still to come at the end of the year", "How much", counts.items(),
                   total="People with something still to come", note=note)  # fmt: skip
