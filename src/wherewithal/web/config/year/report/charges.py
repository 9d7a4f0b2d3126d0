"""What people are charged: new facts for days past, and new years with letters before them."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import Count, Sum

from wherewithal.dates import long_date
from wherewithal.reports import Chart, Column, Section, Table
from wherewithal.web.budgets.charges.models import EarlierCharge, Uprating
from wherewithal.web.budgets.models import FinancialAssessment
from wherewithal.web.config.year.report.tables import counted, shown
from wherewithal.web.config.year.town import Year

BANDS = (
    (-1, "Pays less"), (0, "Pays the same"), (200, "Up to £2 a week more"),
    (500, "£2 to £5 a week more"), (1_000, "£5 to £10 a week more"),
)  # fmt: skip
MORE = "More than £10 a week more"


def sections(_: Year) -> Iterator[Section]:
    """Yield the part about charges."""
    runs = Uprating.objects.filter(status="applied").order_by("starts")
    yield Section(
        "What people are charged",
        (
            "Charges go up only after a letter, 28 days before. New facts for days past are paid"
            " back at once where they help the person. Where they don’t, the person is told"
            " first, and somebody decides.",
            *(_told(run) for run in runs),
        ),
        (*(_uprated(run) for run in runs), *(_left(run) for run in runs), _earlier()),
    )


def not_confirmed() -> str:
    """Say of which years' charges the figures are not confirmed, or nothing."""
    found = FinancialAssessment.objects.exclude(unverified=[]).order_by("parameters_year")
    years = found.values_list("parameters_year", flat=True).distinct()
    return f"Not all are confirmed, for charges of {', '.join(years)}" if years else ""


def _told(run: Uprating) -> str:
    letters = long_date(run.notice_on) if run.notice_on else "no day"
    open_ = f" {len(run.unverified)} of its figures are not confirmed." if run.unverified else ""
    return f"New charges began on {long_date(run.starts)}; the letters are of {letters}.{open_}"


def _uprated(run: Uprating) -> Chart:
    counts = dict.fromkeys([*(label for _, label in BANDS), MORE], 0)
    lines = run.lines.filter(after__isnull=False, why="")
    for before, after in lines.values_list("before", "after"):
        change = (after or 0) - before
        counts[next((label for upto, label in BANDS if change <= upto), MORE)] += 1
    labels, cells = list(counts), shown(list(counts.values()))
    rows = tuple(zip(labels, cells, strict=True))
    columns = (Column("Change"), Column("People", "number"))
    table = Table(
        f"New charges from {long_date(run.starts)}", columns,
        (*rows, ("Altogether", sum(counts.values()))), foot=1,
    )  # fmt: skip
    up = {label for label, cell in rows if cell and label not in {"Pays less", "Pays the same"}}
    says = "Some pay more, told by letter." if up else "Nobody is known to pay more."
    says += f" The letters went to {sum(counts.values()):,} people before it began."
    return Chart("bars", table, says, "Change", ("People",))


def _left(run: Uprating) -> Table:
    why = Counter(
        text.split(".")[0].split(":")[0]
        for text in run.lines.exclude(why="").values_list("why", flat=True)
    )
    return counted(
        f"Left to somebody to look at, {run.starts.year}", "Why", sorted(why.items()),
        note="Nobody’s charge changes by itself where a sum can’t be sure.",
    )  # fmt: skip


def _earlier() -> Table:
    found = {
        row["status"]: row
        for row in EarlierCharge.objects.order_by()
        .values("status")
        .annotate(n=Count("id"), sum=Sum("pence"))
    }
    states = [state for state in EarlierCharge.Status if state in found]
    cells = shown([found[state]["n"] for state in states])
    rows = tuple(
        (str(state.label), cell, int(found[state]["sum"] or 0))
        for state, cell in zip(states, cells, strict=True)
    )
    columns = (Column("What became of it"), Column("People", "number"), Column("Sum", "pence"))
    return Table("Charges of days past", columns, rows,
                 "Below zero, the person was charged too much and was paid back.")  # fmt: skip
