"""The parts of a fit's report that measure figures against costs."""

from wherewithal.calibration.accuracy import TRIMMED, Accuracy
from wherewithal.calibration.beside import AS_IT_WAS, BOOSTED, PERCENTILE
from wherewithal.calibration.fit import FITTED_NAME, Fit
from wherewithal.reports import Chart, Column, Section, Table
from wherewithal.reports.report import Cell

TENTHS = ("lowest", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th", "highest")


def accuracy_section(made: Fit) -> Section:
    """Show the fitted scheme and the other ways on the same people."""
    columns = (
        Column("Way"),
        Column("R²", "percent", 1),
        Column("R² trimmed", "percent", 1),
        Column("R² on roots", "percent", 1),
        Column("R² on roots, trimmed", "percent", 1),
        Column("Within 10%", "percent", 0),
        Column("Within 20%", "percent", 0),
        Column("Within 50%", "percent", 0),
        Column("Average distance", "pence"),
        Column("Paid over agreed", "percent", 1),
    )
    rows = tuple(_measured(each) for each in made.accuracy)
    note = (
        f"R² is the share of the differences between people's costs that figures account for. "
        f"Trimmed leaves out the {TRIMMED:.0%} of people fitted worst, and flatters every way. "
        "On roots, large plans weigh less. All ways were fitted to the same people and tried on "
        "the same others."
    )
    text = (
        "This says how near each way of working out figures comes for people it had not seen. "
        "The percentile table ranks people by points and pays each the cost at the same rank, as "
        "many councils do. The trees show about how much of the differences the answers can "
        "account for at all: nobody can follow them, so they are no scheme.",
        "It can't say that the costs were right. A scheme that copies too little, exactly, has a "
        "high R². Nor can it say what the figure of one person should be.",
    )
    return Section(
        "How near figures come to costs", text, (Table("Ways side by side", columns, rows, note),)
    )


def _measured(each: Accuracy) -> tuple[Cell, ...]:
    shares = (each.r2, each.r2_trimmed, each.r2_root, each.r2_root_trimmed, *each.within)
    percents: list[Cell] = [100 * share for share in shares]
    return (each.name, *percents, each.mean_error, 100 * each.paid)


def tenths_section(made: Fit) -> Section:
    """Show what people with low and with high figures are paid over what was agreed."""
    names = [name for name in (FITTED_NAME, AS_IT_WAS, PERCENTILE, BOOSTED)
             if name in made.calibration]  # fmt: skip
    columns = (Column("Tenth by figure"), *(Column(name, "percent", 0) for name in names))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (TENTHS[place], *(100 * made.calibration[name][place].paid for name in names))
        for place in range(len(made.calibration[FITTED_NAME]))
    )
    table = Table(
        "Figures over agreed costs, by tenth",
        columns,
        rows,
        "100% is as agreed. People are sorted by the figure of each way itself.",
    )
    text = (
        "People are sorted by their figure and cut into ten like parts. Each number is what that "
        "tenth is paid over what was agreed for them. A way that is any good stays near one level "
        "from left to right.",
        "A table made by rank pays the highest tenth too much and the lowest too little wherever "
        "answers tell only part of the cost. The numbers can't say who within a tenth is short.",
    )
    chart = Chart(
        "lines",
        table,
        "Figures over agreed costs for ten groups, from the lowest figures to the highest.",
        "Tenth by figure",
        tuple(name for name in names if name in (FITTED_NAME, PERCENTILE)),
        reference=100.0,
    )
    return Section("From the lowest figures to the highest", text, (chart,))


def totals_section(made: Fit) -> Section:
    """Show the four sums that are kept apart."""
    totals, percentile = made.totals, made.asked.percentile
    covered = "the average" if percentile is None else f"{percentile} in 100 people"
    rows: list[tuple[Cell, ...]] = [
        ("1. Raw need: figures fitted to the average", totals.need),
        (f"2. Sufficiency: figures that cover {covered}", totals.figures),
        ("3. Contingency: what plans cost above their figures, held by the council", totals.held),
        ("4. Projected total: 2 and 3 together", totals.projected),
        ("What was agreed, for comparison", totals.agreed),
    ]
    if totals.recorded is not None:
        rows.append(("Contingency recorded in the file, not fitted", totals.recorded))
    text = (
        f"These are sums over {totals.people:,} people, for a {made.before.per}. They are four "
        "different things. The contingency is held by the council for those whose plan costs more "
        "than their figure. The projected total takes it that everybody else uses their figure in "
        "full.",
        "No one's figure is made from any of these sums, and none may be cut to reach one: a "
        "person's figure rests on that person's answers alone.",
    )
    columns = (Column("Sum"), Column(f"For a {made.before.per}", "pence", 0))
    return Section(
        "Four sums that are not the same", text, (Table("The sums", columns, tuple(rows)),)
    )
