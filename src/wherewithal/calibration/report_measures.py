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
    figures: list[tuple[Cell, ...]] = [("Figures, fitted to the average", totals.figures)]
    if percentile is not None:
        figures = [
            ("Raw need: figures fitted to the average", totals.need),
            (f"Sufficiency: figures that cover {percentile} in 100 people", totals.figures),
        ]
    rows: list[tuple[Cell, ...]] = [
        *figures,
        ("Contingency: what plans cost above their figures, held by the council", totals.held),
        ("Projected total: figures and contingency together", totals.projected),
        ("What was agreed, for comparison", totals.agreed),
        ("Figures in the scheme as it was, for comparison", totals.before),
    ]
    if totals.recorded is not None:
        rows.append(("Contingency recorded in the file, not fitted", totals.recorded))
    text = (
        f"These are sums over {totals.people:,} people, for a {made.before.per}. They are "
        "different things. The contingency is held by the council for those whose plan costs more "
        "than their figure. The projected total takes it that everybody else uses their figure in "
        "full.",
        *_not_exactly(made),
        "No one's figure is made from any of these sums, and none may be cut to reach one: a "
        "person's figure rests on that person's answers alone.",
    )
    columns = (Column("Sum"), Column(f"For a {made.before.per}", "pence", 0))
    return Section("Sums that are not the same", text, (Table("The sums", columns, tuple(rows)),))


def _not_exactly(made: Fit) -> tuple[str, ...]:
    """Say why figures do not come to exactly what was asked."""
    totals, asked = made.totals, made.asked
    if asked.percentile is not None:
        return ()
    return (
        f"Figures come to {totals.figures / max(totals.agreed, 1):.1%} of what was agreed. They "
        f"were asked to come to {asked.total:.1%} for the people learnt from, and come to "
        f"{totals.learnt:.1%} there, as amounts are whole numbers. For the people not seen they "
        f"come to {totals.unseen:.1%}, by chance of who they are.",
    )
