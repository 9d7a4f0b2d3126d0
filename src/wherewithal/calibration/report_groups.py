"""The parts of a fit's report about groups: who is covered, and what fairness costs in fit."""

from wherewithal.calibration.accuracy import Accuracy, Covered
from wherewithal.calibration.fair import SLACK, Fairness
from wherewithal.calibration.fit import AVERAGE_NAME, PLAIN_NAME, Fit
from wherewithal.reports import Column, Section, Table
from wherewithal.reports.cells import NOT_SHOWN
from wherewithal.reports.report import Cell


def coverage_section(made: Fit) -> Section:
    """Show who has a figure of at least their agreed cost, by band of need and by group."""
    by: dict[str, list[Covered]] = {}
    for row in made.coverage[1:]:
        by.setdefault(row.by, []).append(row)
    columns = (
        Column("Group"),
        Column("People", "number"),
        Column("Covered", "percent", 0),
        Column("Paid over agreed", "percent", 0),
    )
    tables = [
        Table(
            f"By {name.replace('_', ' ')}",
            columns,
            tuple(map(_covered, [*rows, made.coverage[0]])),
            foot=1,
        )
        for name, rows in by.items()
    ]
    text = (
        "Covered means that the figure is at least the agreed cost. The target for everybody "
        "together says little: the same share can be reached by giving people with much need too "
        "little and people with little need too much. So look down each column: every group "
        "should be near the number for everybody.",
        "These numbers can't say why a group differs. Where costs were agreed unfairly, a group "
        "that was given too little looks well covered. Audit the plans, by a scheme that was not "
        "fitted to them, to find that out. "
        f"Groups of fewer than {made.asked.fewest} people are not shown.",
    )
    return Section("Who is covered", text, tuple(tables))


def _covered(row: Covered) -> tuple[Cell, ...]:
    if row.covered is None or row.paid is None:
        kept_back = None if row.few else NOT_SHOWN
        return (row.group, kept_back, kept_back, kept_back)
    return (row.group, row.people, 100 * row.covered, 100 * row.paid)


def fairness_section(made: Fit) -> tuple[Section, ...]:
    """Show what was asked for every group, whether it can be had, and its price in fit."""
    found = made.fairness
    if found is None:
        return ()
    columns = (
        Column("By"),
        Column("Group"),
        Column("People", "number"),
        Column("Lack before", "percent", 1, signed=True),
        Column("Lack after", "percent", 1, signed=True),
    )
    rows = tuple(
        (each.by.replace("_", " "), each.group, each.people, 100 * each.before, 100 * each.after)
        for each in found.lacks
    )
    note = (
        "Lack is what a group's figures fall short of its agreed costs, less what everybody's do. "
        "A minus means that the group gets more of its agreed costs than everybody gets of theirs."
    )
    parts = (_price(made), Table("Each group before and after", columns, rows, note))
    return (Section("No group far below the whole", _fair_text(found), parts),)


def _fair_text(found: Fairness) -> tuple[str, ...]:
    wanted = f"It was asked that no group lack {found.asked:.1%} more of its costs than the whole."
    if found.possible and found.met > found.asked + SLACK:
        done = (
            "No way was found to do that in whole amounts, and through the scheme's curve if it "
            f"has one. The nearest that was found is {found.met:.1%}."
        )
    elif found.possible:
        done = f"That can be had. In whole amounts the furthest group lacks {found.met:.1%} more."
    else:
        done = (
            f"No amounts for these questions can do that at the same total. The nearest is "
            f"{found.nearest:.1%}. These groups stand in the way: "
            f"{'; '.join(found.standing_in_the_way) or 'none that could be named'}. Questions that "
            "tell their needs apart would help more than other amounts."
        )
    both = "Two solvers that work in different ways came to the same result."
    if not found.agree:
        both = (
            "The two solvers did not come to the same result, so take this with care: "
            f"{'; '.join(found.solvers)}."
        )
    limits = (
        "The margin holds for the people the scheme learnt from. It can't say that the agreed "
        "costs were fair: where a group was given too little, this keeps it there."
    )
    return wanted, f"{done} {both}", limits


def _price(made: Fit) -> Table:
    named = {each.name: each for each in made.accuracy}
    with_it = named.get(AVERAGE_NAME, made.accuracy[0])
    rows = (_fit(with_it, "With it"), _fit(named[PLAIN_NAME], "Without it"))
    columns = (
        Column("Condition on groups"),
        Column("R²", "percent", 1),
        Column("Average distance", "pence"),
    )
    note = "Both fitted to the average, before any percentile, on people the fit had not seen."
    return Table("What it costs in fit", columns, rows, note)


def _fit(each: Accuracy, name: str) -> tuple[Cell, ...]:
    return (name, 100 * each.r2, each.mean_error)
