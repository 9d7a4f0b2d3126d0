"""The tables of an audit, for reports and files. Groups that are too small are not shown."""

from collections.abc import Callable

from wherewithal.equity.answer_steps import Tried, cliffs, to_hand
from wherewithal.equity.audit import Audit
from wherewithal.equity.carers import Taken
from wherewithal.equity.findings import apart, hidden_gaps, percent, righted
from wherewithal.equity.gaps import TOO_FEW, Gap
from wherewithal.equity.labels import Label, in_words, spoken
from wherewithal.equity.resampling import Estimate
from wherewithal.equity.shortfalls import Shortfall
from wherewithal.equity.withheld import NOTE, Groups, among, blunted, giving_away
from wherewithal.reports import Cell, Column, Table

GROUP, PEOPLE = Column("Group"), Column("People", "number")
MORE_OR_LESS, LOW, HIGH = "Agreed, beside like need", "From", "To"
SHORT, LEVEL, TAKEN = "Figure is short", "Figures beside plans", "Taken away"
SHORT_OF_RIGHT = "Short with gaps undone"
EVERYBODY = "Everybody"
_HUNDRED = 100


def _of(estimate: Estimate, times: float = _HUNDRED) -> tuple[Cell, Cell, Cell]:
    return estimate.value * times, estimate.low * times, estimate.high * times


def _named(label: Label | None, group: str) -> str:
    return EVERYBODY if label is None else f"{label.title}: {in_words(group)}"


def _ends(kind_digits: int = 0, *, signed: bool = False) -> tuple[Column, Column]:
    return (
        Column(LOW, "percent", kind_digits, signed=signed),
        Column(HIGH, "percent", kind_digits, signed=signed),
    )


def gaps(audit: Audit) -> Table:
    """Return what each group was agreed for like need."""
    columns = (
        GROUP,
        PEOPLE,
        Column(MORE_OR_LESS, "percent", 1, signed=True),
        *_ends(1, signed=True),
        Column(f"Each, a {audit.per}", "pence", 0, signed=True, symbol=audit.symbol),
        Column("Gap that would be seen", "percent"),
        Column("Found"),
    )
    rows = [row for name in audit.by for row in _gap_rows(audit, name)]
    note = (
        "Age bands are compared with people under 65, people with a carer with people without, and"
        " any other group with everyone else. “Gap that would be seen”: one so large would be found"
        " four times in five, were it there."
    )
    return Table("Agreed for like need", columns, tuple(rows), note)


def _gap_rows(audit: Audit, name: str) -> list[tuple[Cell, ...]]:
    few = hidden_gaps(audit, name)
    return [_gap_row(gap, few[gap.group]) for gap in audit.gaps if gap.label.name == name]


def _gap_row(gap: Gap, few: bool) -> tuple[Cell, ...]:
    head = (_named(gap.label, gap.group), None if few else gap.people)
    if gap.note == TOO_FEW:
        return (*head, *[None] * 6)
    if gap.ratio is None:
        return (*head, *[float("nan")] * 5, gap.note)
    off = Estimate(gap.ratio.value - 1, gap.ratio.low - 1, gap.ratio.high - 1)
    verdict = ("less" if gap.ratio.value < 1 else "more") if gap.found else "no"
    pence = round(gap.pence, -2) if few else gap.pence
    return (*head, *_of(off), pence, (1 - gap.seen) * _HUNDRED, verdict)


def gaps_by_need(audit: Audit) -> Table:
    """Return each gap that was found to be less, at small, middling and large need."""
    columns = (
        GROUP,
        Column("Need"),
        PEOPLE,
        Column(MORE_OR_LESS, "percent", 0, signed=True),
        *_ends(signed=True),
    )
    labels = {gap.label.name: gap.label for gap in audit.gaps}
    rows = tuple(
        (
            _named(labels[each.label], each.group),
            ("smallest third", "middle third", "largest third")[each.third - 1],
            None if hidden_gaps(audit, each.label)[each.group] else each.people,
            *_of(Estimate(each.ratio.value - 1, each.ratio.low - 1, each.ratio.high - 1)),
        )
        for each in audit.at_need
    )
    return Table("The gaps found, by how much need there is", columns, rows)


def gaps_in_words(audit: Audit) -> str:
    """Return what the chart of what was agreed shows."""
    found = [gap for gap in audit.gaps if gap.found and gap.ratio]
    if not found and audit.learnt:
        return "No gap shows, but need was measured by a scheme that may have learnt it."
    if not found:
        return (
            "No group was agreed more or less for like need than chance can, among so many tests."
        )
    said = [
        f"{gap.label.people(gap.group)}: {percent(1 - gap.ratio.value)}"
        f" {'less' if gap.ratio.value < 1 else 'more'} ({apart(gap.ratio)})"
        for gap in found
        if gap.ratio
    ]
    return "; ".join(said) + "."


def rates(audit: Audit) -> Table:
    """Return how often each group's figure is short of the plan, and by how much.

    Where gaps are likely, the interval is that of the rate beside plans with the gaps undone.
    """
    undone = (Column(SHORT_OF_RIGHT, "percent"),) if righted(audit) else ()
    columns = (
        GROUP,
        PEOPLE,
        Column(SHORT, "percent"),
        Column("Beside everybody", "number", 2),
        Column("Part of the plan missing", "percent"),
        *undone,
        *_ends(),
        Column("Found"),
    )
    note = (
        "“Beside everybody”: 2.00 would be twice as often. “Part of the plan missing”: the mean"
        " among those whose figure is short."
    )
    if undone:
        note += " “From” and “to” are those of the figure being short with gaps undone."
    back, blunt = _kept_back(audit)
    rows = tuple(
        _rate_row(audit, row, kept=among(row, back), blunt=among(row, blunt))
        for row in audit.shortfalls
    )
    return Table("How often the figure is short", columns, rows, note + (NOTE if back else ""))


def _kept_back(audit: Audit) -> tuple[Groups, Groups]:
    """Return whose number of people is kept back, and whose rates are rounded."""
    rows, least = audit.shortfalls, audit.settings.smallest
    back = giving_away(rows, least)
    short = giving_away(rows, least, lambda row: row.rate.value * row.people)
    right = giving_away(rows, least, lambda row: row.right_rate.value * row.people)
    return back, back | short | right


def _rate_row(audit: Audit, row: Shortfall, *, kept: bool, blunt: bool) -> tuple[Cell, ...]:
    least = audit.settings.smallest
    raw = _few(row.rate.value * row.people, least)
    right = _few(row.right_rate.value * row.people, least)
    missing = None if raw else blunted(row.severity, when=blunt).value * _HUNDRED
    ends = (None,) * 3 if right else _of(blunted(row.right_rate, when=blunt))
    found = "short" if row.found_rate or row.found_calibration else "no"
    return (
        _named(row.label, row.group),
        None if kept else row.people,
        None if raw else blunted(row.rate, when=blunt).value * _HUNDRED,
        None if raw else blunted(row.times, when=blunt).value,
        missing,
        *(ends if righted(audit) else ends[1:]),
        "" if row.label is None else found,
    )


def _few(people: float, smallest: int) -> bool:
    """Say whether a number of people is to be hidden: too few, but not none."""
    return 0 < round(people) < smallest


def rates_in_words(audit: Audit) -> str:
    """Return what the chart of rates shows."""
    whole = audit.shortfalls[0].right_rate.value
    undone = " with the gaps undone" if righted(audit) else ""
    return f"The figure is short of the plan{undone} for {percent(whole)} of everybody."


def levels(audit: Audit) -> Table:
    """Return what each group's figures come to beside their plans."""
    undone = (Column("With gaps undone", "percent", 1),) if righted(audit) else ()
    columns = (
        GROUP,
        PEOPLE,
        Column(LEVEL, "percent", 1),
        *_ends(1),
        Column(f"Plan less figure, a {audit.per}", "pence", 0, signed=True, symbol=audit.symbol),
        *undone,
    )
    back = giving_away(audit.shortfalls, audit.settings.smallest)
    rows = tuple(
        _level_row(row, kept=among(row, back), undone=bool(undone)) for row in audit.shortfalls
    )
    note = NOTE.strip() if back else ""
    return Table("What all figures come to beside all plans", columns, rows, note)


def _level_row(row: Shortfall, *, kept: bool, undone: bool) -> tuple[Cell, ...]:
    right = blunted(row.right_calibration, when=kept).value * _HUNDRED
    return (
        _named(row.label, row.group),
        None if kept else row.people,
        *_of(blunted(row.calibration, when=kept)),
        None if kept else row.residual.value * 100,
        *((right,) if undone else ()),
    )


def tenths(audit: Audit) -> Table:
    """Return the calibration of each tenth of everybody's figures."""
    rows = tuple(
        (f"{_TENTHS[each.tenth - 1]} tenth", each.people, *_of(each.calibration))
        for each in audit.tenths
        if not each.label
    )
    columns = (Column("Figures"), PEOPLE, Column(LEVEL, "percent"), *_ends())
    return Table("Everybody's figures, by tenths", columns, rows)


_TENTHS = (
    "Smallest", "Second", "Third", "Fourth", "Fifth",
    "Sixth", "Seventh", "Eighth", "Ninth", "Largest",
)  # fmt: skip


def tenths_by_group(audit: Audit) -> list[Table]:
    """Return, for each way of grouping, what figures come to beside plans in each tenth."""
    found = []
    for name in audit.by:
        cells = {
            (each.group, each.tenth): each.calibration.value * 100
            for each in audit.tenths
            if each.label == name
        }
        groups = list(dict.fromkeys(group for group, _ in cells))
        if not groups:
            continue
        title = next(gap.label.title for gap in audit.gaps if gap.label.name == name)
        columns = (GROUP, *(Column(str(n), "percent") for n in range(1, 11)))
        rows = tuple(
            (in_words(group), *(cells.get((group, n)) for n in range(1, 11))) for group in groups
        )
        found.append(Table(f"{title}: figures beside plans, by tenths", columns, rows))
    return found


def taken(audit: Audit) -> Table:
    """Return what is taken away for family help, by group."""
    columns = (
        Column("People with family help recorded"),
        PEOPLE,
        Column("Something is taken from", "number"),
        Column(f"From each of those, a {audit.per}", "pence", 0, symbol=audit.symbol),
        Column(TAKEN, "percent", 1),
        *_ends(1),
    )
    whole, least = audit.carers.groups, audit.settings.smallest
    back = giving_away(whole, least)
    few = giving_away(whole, least, lambda row: row.counted)
    rows = tuple(
        _taken_row(row, kept=among(row, back), few=among(row, few) or _few(row.counted, least))
        for row in whole
    )
    note = (
        "“Taken away” is of what the figures of all in the row would come to with no help counted."
    )
    note += NOTE if back else ""
    return Table("What is taken away for family help", columns, rows, note)


def _taken_row(row: Taken, *, kept: bool, few: bool) -> tuple[Cell, ...]:
    return (
        _named(row.label, row.group),
        None if kept else row.people,
        None if kept or few else row.counted,
        None if kept or few else row.pence.value,
        *_of(blunted(row.share, when=kept)),
    )


def swapped(audit: Audit) -> Table:
    """Return what changing who somebody is does to figures."""
    columns = (
        Column("Who somebody is"),
        Column("From"),
        Column("To"),
        Column("People tried", "number"),
        Column("Mean change", "pence", signed=True, symbol=audit.symbol),
        Column("Largest change", "pence", signed=True, symbol=audit.symbol),
        Column("In the scheme"),
    )
    rows = tuple(
        (
            swap.question or spoken(swap.label).capitalize(),
            swap.before or "each",
            swap.after or "the next",
            swap.people,
            swap.mean,
            swap.largest,
            "not asked" if not swap.question else "asked: say why" if swap.largest else "asked",
        )
        for swap in audit.swaps
    )
    return Table("The same answers, another group", columns, rows)


def jumps(audit: Audit) -> Table:
    """Return the steps with the largest jumps."""
    columns = (
        Column("Question"),
        Column("From"),
        Column("To"),
        Column("Largest jump", "pence", symbol=audit.symbol),
        Column("People at this step", "number"),
    )
    rows = tuple(_jump(audit, step) for step in cliffs(list(audit.steps)))
    return Table("The largest jumps for one step", columns, rows)


def _jump(audit: Audit, step: Tried) -> tuple[Cell, ...]:
    few = _few(step.standing, audit.settings.smallest)
    return (step.ask, step.before, step.after, step.jump, None if few else step.standing)


def by_hand(audit: Audit) -> Table:
    """Return the steps by which a figure gives way to costing from the bottom up."""
    columns = (
        Column("Question"),
        Column("From"),
        Column("To"),
        Column("For how many of those tried", "percent"),
    )
    rows = tuple(
        (step.ask, step.before, step.after, float(round(100 * step.by_hand / step.people)))
        for step in to_hand(list(audit.steps))
        if not _few(step.by_hand, audit.settings.smallest)
    )
    return Table("Steps that lead from a figure to costing from the bottom up", columns, rows)


def covered(audit: Audit) -> Table:
    """Return who has no figure, and why."""
    columns = (
        GROUP,
        PEOPLE,
        Column("No figure", "percent", 1),
        *_ends(1),
        Column("Answers missing", "percent", 1),
        Column("Costed from the bottom up", "percent", 1),
        Column("Found"),
    )
    rows = []
    back, blunt = _kept_back_of_cover(audit)
    for row in audit.coverage:
        few, rounded = _few(row.without, audit.settings.smallest), among(row, blunt)
        parts = [blunted(each, when=rounded) for each in (row.share, row.incomplete, row.by_hand)]
        shares = (None,) * 5 if few else (
            *_of(parts[0]), parts[1].value * 100, parts[2].value * 100
        )  # fmt: skip
        verdict = "differs" if row.found else "no"
        rows.append(
            (
                _named(row.label, row.group),
                None if among(row, back) else row.people,
                *shares,
                "" if row.label is None else None if few else verdict,
            )
        )
    return Table("Who has no figure", columns, tuple(rows), NOTE.strip() if back else "")


def _kept_back_of_cover(audit: Audit) -> tuple[Groups, Groups]:
    rows, least = audit.coverage, audit.settings.smallest
    back = giving_away(rows, least)
    return back, back | giving_away(rows, least, lambda row: row.without)


def measures(audit: Audit) -> Table:
    """Return everything measured of groups as one long table, for other programs."""
    columns = (
        Column("measure"), Column("grouping"), Column("group"), Column("people", "number"),
        *(Column(name, "number", 4) for name in ("value", "low", "high", "adjusted_chance")),
        Column("found"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []

    def add(
        measure: str, label: Label | None, group: str, people: int | None, of: Estimate,
        chance: float = float("nan"), found: bool = False,
    ) -> None:  # fmt: skip
        name = "everybody" if label is None else label.name
        said = "yes" if found else ""
        rows.append((measure, name, group, people, of.value, of.low, of.high, chance, said))

    for gap in audit.gaps:
        if gap.ratio:
            few = hidden_gaps(audit, gap.label.name)[gap.group]
            add("agreed_for_like_need", gap.label, gap.group, None if few else gap.people,
                gap.ratio, gap.chance, gap.found)  # fmt: skip
    _add_shortfalls(audit, add)
    back = giving_away(audit.carers.groups, audit.settings.smallest)
    for part in audit.carers.groups:
        kept = among(part, back)
        add("taken_for_family_help", part.label, part.group, None if kept else part.people,
            blunted(part.share, when=kept))  # fmt: skip
    back, blunt = _kept_back_of_cover(audit)
    for each in audit.coverage:
        if not _few(each.without, audit.settings.smallest):
            who = (each.label, each.group, None if among(each, back) else each.people)
            share = blunted(each.share, when=among(each, blunt))
            add("no_figure", *who, share, each.adjusted, each.found)
    return Table("Everything measured", columns, tuple(rows))


def _add_shortfalls(audit: Audit, add: Callable[..., None]) -> None:
    """Add what is measured of figures beside plans; nothing that would give a small group away."""
    least, (back, blunt) = audit.settings.smallest, _kept_back(audit)
    for row in audit.shortfalls:
        kept, rounded = among(row, back), among(row, blunt)
        who = (row.label, row.group, None if kept else row.people)
        if not _few(row.rate.value * row.people, least):
            add("short_rate", *who, blunted(row.rate, when=rounded))
            add("short_rate_beside_everybody", *who, blunted(row.times, when=rounded))
            add("short_severity", *who, blunted(row.severity, when=rounded))
        add("figures_over_plans", *who, blunted(row.calibration, when=kept))
        if not kept:
            add("plan_less_figure_pounds", *who, row.residual)
        if not _few(row.right_rate.value * row.people, least):
            add("short_rate_gaps_undone", *who, blunted(row.right_rate, when=rounded),
                row.adjusted_rate, row.found_rate)  # fmt: skip
        add("figures_over_plans_gaps_undone", *who, blunted(row.right_calibration, when=kept),
            row.adjusted_calibration, row.found_calibration)  # fmt: skip


def penalties(audit: Audit) -> Table:
    """Return what is taken away from each person with family help recorded, by reference."""
    columns = (
        Column("id"),
        Column("without_family_help", "pence", symbol=audit.symbol),
        Column("taken_away", "pence", symbol=audit.symbol),
        Column("taken_percent", "number", 1),
        Column("willing_and_able_recorded"),
    )
    unasked = set(audit.carers.unasked.tolist())
    rows = tuple(
        (
            audit.ids[place],
            int(full),
            int(taken),
            round(100 * float(taken) / float(full), 1) if full else 0.0,
            "no" if place in unasked else "yes" if taken else "",
        )
        for place, taken, full in zip(
            audit.carers.rows.tolist(), audit.carers.pence, audit.carers.without, strict=True
        )
    )
    return Table("What is taken from each", columns, rows)
