"""The parts of a fit's report that list what was fitted, and what stayed as it was."""

from wherewithal.calibration.amounts import Amount, written
from wherewithal.calibration.fit import Fit
from wherewithal.reports import Chart, Column, Section, Table
from wherewithal.reports.report import Cell


def amounts_section(made: Fit) -> Section:
    """List every fitted amount with its interval."""
    questions = {question.code: question for question in made.scheme.questions}
    whole = all(row.before.denominator == 1 for row in made.amounts)
    columns = (
        Column("Question"),
        Column("Answer"),
        Column("Was", "number", 0 if whole else 2),
        Column("Fitted", "number"),
        Column("From", "number"),
        Column("To", "number"),
        Column("People", "number"),
        Column("Weight of the cases", "percent", 0),
    )
    rows = []
    for row in made.amounts:
        question = questions[row.question]
        label = question.option(row.option).label
        rows.append((question.ask, label, *_numbers(row)))
    units = ", ".join(sorted({row.unit for row in made.amounts}))
    text: tuple[str, ...] = (
        f"Each amount is in {units}, a whole number, never below 0, and never below that of the "
        "answer before it. From and to hold 95 in 100 of what other draws of such people would "
        "give: where they lie far apart, little is known.",
        f"Where few people gave an answer, the scheme's own number counts for "
        f"{made.asked.prior_people} people beside them. An answer that nobody gave keeps the "
        "scheme's own number. An amount can't say what such help takes: only what was agreed for "
        "people who answered so.",
    )
    text += worthless(made)
    note = "Weight of the cases: 100% is all by the cases, 0% all by the scheme's own number."
    return Section("What each answer adds", text, (Table("Amounts", columns, tuple(rows), note),))


def worthless(made: Fit) -> tuple[str, ...]:
    """Return a warning that names the answers that would now add nothing, though they did."""
    questions = {question.code: question for question in made.scheme.questions}
    names = [
        f"“{questions[row.question].option(row.option).label}” to “{questions[row.question].ask}”"
        for row in made.amounts
        if row.fitted == 0 and row.before > 0
    ]
    if not names:
        return ()
    return (
        "These answers would now add nothing, though they tell of a need: "
        f"{'; '.join(names)}. Look at each before this scheme goes any further. Such a scheme may "
        "fit and still be wrong.",
    )


def _numbers(row: Amount) -> tuple[Cell, ...]:
    low, high = row.sure if row.sure is not None else (float("nan"), float("nan"))
    people, credit = (None, None) if row.withheld else (row.people, 100 * row.credit)
    return (float(row.before), row.fitted, low, high, people, credit)


def count(people: int, made: Fit) -> str:
    """Write a number of people, but not one of too few to show."""
    few = 0 < people < made.asked.fewest
    return f"fewer than {made.asked.fewest}" if few else f"{people:,}"


def curve_section(made: Fit) -> tuple[Section, ...]:
    """Draw the fitted curve, where there is one."""
    if not made.knots:
        return ()
    columns = (
        Column("Points", "number"),
        Column("Pounds", "pence", 0),
        Column("From", "pence", 0),
        Column("To", "pence", 0),
    )
    rows = tuple(
        (
            float(knot.start),
            100 * knot.pounds,
            *(100 * each for each in (knot.sure or (knot.pounds, knot.pounds))),
        )
        for knot in made.knots
    )
    table = Table("Pounds for points", columns, rows, "From and to hold 95 in 100 resamples.")
    chart = Chart(
        "lines",
        table,
        "A rising line from points to pounds, with its interval.",
        "Points",
        ("Pounds",),
        low="From",
        high="To",
    )
    text = (
        "This is what a number of points is worth, before any factor that follows it. It never "
        "falls. Where few people have so many points, it is drawn towards one price a point.",
    )
    return (Section("From points to pounds", text, (chart,)),)


def kept_section(made: Fit) -> Section:
    """Say what the fit did not move, and who was left out."""
    labels = {step.code: step.label for step in made.before.steps}
    rows: list[tuple[Cell, ...]] = [
        (labels[code], code, why) for code, why in made.chosen.kept.items()
    ]
    rows += [
        (labels[row.step], f"{row.step}: {row.option}",
         f"nobody gave this answer; it was {written(row.before)} and is {row.fitted}")
        for row in made.amounts
        if row.kept
    ]  # fmt: skip
    rows += [("Prices, shares that family does", "all", "they are stated, not fitted")]
    hand = made.by_hand
    text = (
        "Some numbers of a scheme are no matter of fitting, and some no case can tell.",
        f"Of all people in the file, {count(hand.after, made)} would now be costed from the bottom "
        f"up instead of having a figure (with the scheme as it was: {count(hand.before, made)}).",
    )
    columns = (Column("What"), Column("Where"), Column("Why it stays"))
    return Section("What stays as it was", text, (Table("Not fitted", columns, tuple(rows)),))
