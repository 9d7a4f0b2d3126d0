"""An audit as a report to attach to a decision: the verdict first, then all it rests on."""

from datetime import date

from wherewithal.equity import tables
from wherewithal.equity.audit import Audit
from wherewithal.equity.findings import (
    CANNOT_SAY,
    findings,
    injustices,
    learnt_in_words,
    nothing,
    righted,
    taken_in_words,
)
from wherewithal.reports import Chart, Report, Section, Table

_FIRST = 8


def report(audit: Audit, *, on: date, source: str = "") -> Report:
    """Return an audit as a report made ``on`` a day from a named source of cases."""
    sections = [
        _verdict(audit),
        _agreed(audit),
        _figures(audit),
        _tenths(audit),
        _family(audit),
        _who_asks(audit),
        _more_need(audit),
        _without(audit),
        Section("What this audit cannot say", CANNOT_SAY),
        _method(audit),
    ]
    return Report(
        f"Who is short-changed: plans and figures beside “{audit.title}”",
        _lead(audit),
        _facts(audit, on, source),
        tuple(section for section in sections if section.text or section.parts),
    )


def _lead(audit: Audit) -> tuple[str, ...]:
    return (*learnt_in_words(audit), *_found(audit))


def _found(audit: Audit) -> tuple[str, ...]:
    wrong = injustices(audit)
    asked = (
        f"Of {audit.people:,} people, {audit.compared:,} have a figure and an agreed plan. The two"
        " were held side by side, to see whether anybody gets less than others who need as much."
    )
    if not audit.gaps:
        few = "Too few have both a figure and an agreed plan to compare what was agreed."
        return (asked, few, *(each.sentence for each in wrong))
    if not wrong and audit.learnt:
        return (asked, "This audit can't tell whether any group was agreed too little.")
    if not wrong:
        return (asked, "No group was found to be short-changed.")
    groups = "One group was" if len(wrong) == 1 else f"{len(wrong)} groups were"
    rest = len(wrong) - _FIRST
    return (
        asked,
        f"{groups} found to be short-changed:",
        *(each.sentence for each in wrong[:_FIRST]),
        *((f"And {rest} more, below.",) if rest > 0 else ()),
        "The interval says how far chance can have moved a number: of 100 such intervals, the true"
        " one lies within about 95. Look first at the plans of the people concerned, one by one. Do"
        " not fit a scheme to plans that short-change people: it would go on doing so.",
    )


def _facts(audit: Audit, on: date, source: str) -> tuple[tuple[str, str], ...]:
    settings = audit.settings
    facts = [
        ("Scheme", f"{audit.title} ({audit.scheme}, version {audit.version})"),
        ("Scheme hash", audit.scheme_hash),
        *_yardstick(audit),
        ("Cases", f"{audit.people:,} people" + (f", from {source}" if source else "")),
        ("With a figure and an agreed plan", f"{audit.compared:,} people"),
        ("Made on", f"{on.day} {on:%B %Y}"),
        ("Short means", f"more than {settings.tolerance:.0%} under the agreed plan"),
        ("Intervals", f"95 in 100 of {settings.bootstraps:,} samples, seed {settings.seed}"),
        ("Tests of a group", f"{audit.tests:,}, held together by Holm's method"),
        ("Groups not shown", f"those of fewer than {settings.smallest} people"),
    ]
    return tuple(facts)


def _yardstick(audit: Audit) -> tuple[tuple[str, str], ...]:
    other = audit.yardstick
    if other is None:
        return ()
    return (
        ("Need is measured by", f"{other.title} ({other.code}, version {other.version})"),
        ("Hash of the yardstick", other.hash),
    )


def _verdict(audit: Audit) -> Section:
    wrong = injustices(audit)
    rest = [each.sentence for each in wrong[_FIRST:]]
    other = [f"To look into: {each.sentence}" for each in findings(audit) if each not in wrong]
    title = "What else was found, and what was not"
    return Section(title, (*rest, *other, *taken_in_words(audit), *nothing(audit)))


def _agreed(audit: Audit) -> Section:
    if not audit.gaps:
        return Section("What was agreed for like need")
    text = (
        "For people whose answers come to the same, and whose family help is counted the same, was"
        " the same agreed? Each group is compared with others of like need, and all ways of"
        " grouping are looked at together, so that one group's gap is not another's.",
        *learnt_in_words(audit),
        "The dot is how much more or less was agreed; the line is the interval. A line that"
        " crosses nought may be chance.",
    )
    table, says = tables.gaps(audit), tables.gaps_in_words(audit)
    chart = _ranges(table, says, tables.MORE_OR_LESS, reference=0)
    more = (tables.gaps_by_need(audit),) if audit.at_need else ()
    return Section("What was agreed for like need", text, (chart, *more))


def _ranges(
    table: Table, says: str, value: str, *, reference: float | None = None
) -> Chart | Table:
    column = table.place(value)
    if not any(isinstance(row[column], float) for row in table.rows):
        return table
    first = table.columns[0].name
    return Chart(
        "ranges", table, says, first, (value,), tables.LOW, tables.HIGH, reference=reference
    )


def _figures(audit: Audit) -> Section:
    if not audit.shortfalls:
        return Section("Whose figure falls short of the plan")
    text = [
        "The scheme's figure comes first; the plan settles what meeting the needs costs. A figure"
        f" is short where it is more than {audit.settings.tolerance:.0%} under the plan.",
    ]
    if righted(audit):
        text.append(
            "Plans that are too low make figures look generous, and the figures of everybody else"
            " short. So figures are also held beside what plans would be with likely gaps undone:"
            " those found above, and those that chance by itself would show less than once in"
            " twenty times. The chart shows that, and the findings rest on it."
        )
    drawn = tables.SHORT_OF_RIGHT if righted(audit) else tables.SHORT
    rates = _ranges(tables.rates(audit), tables.rates_in_words(audit), drawn)
    parts = rates, tables.levels(audit)
    return Section("Whose figure falls short of the plan", tuple(text), parts)


def _tenths(audit: Audit) -> Section:
    if not audit.tenths:
        return Section("Small figures and large ones")
    whole = tables.tenths(audit)
    says = "Of each tenth of the figures, from the smallest: what all figures come to beside plans."
    chart = Chart(
        "ranges", whole, says, whole.columns[0].name, (tables.LEVEL,),
        low=tables.LOW, high=tables.HIGH, reference=100,
    )  # fmt: skip
    text = (
        "A scheme can be right for all together and wrong at both ends. Here the figures stand in"
        " tenths, from the smallest to the largest, and each tenth is held beside its plans: 100%"
        " is neither more nor less than what was agreed.",
    )
    return Section("Small figures and large ones", text, (chart, *tables.tenths_by_group(audit)))


def _family(audit: Audit) -> Section:
    if not audit.carers.groups:
        return Section(
            "What is taken away for family help",
            ("Too few people with a figure have family help recorded to show any of it.",),
        )
    table = tables.taken(audit)
    text = (
        "Everybody's figure was worked out again with no family help counted. The difference is"
        " what the scheme takes away. It may be taken only where the carer is recorded as willing"
        " and able; whether that is fair to carers is for people to judge.",
        *taken_in_words(audit),
    )
    chart = _ranges(table, " ".join(taken_in_words(audit)), tables.TAKEN)
    return Section("What is taken away for family help", text, (chart,))


def _who_asks(audit: Audit) -> Section:
    text = (
        "Each person's answers were kept and only who they are was changed. Where the scheme does"
        " not ask, the figure must be the same to the penny. Where it asks, every difference needs"
        " a reason that can be published.",
    )
    return Section("The same answers, another group", text, (tables.swapped(audit),))


def _more_need(audit: Audit) -> Section:
    falls = sum(step.fell for step in audit.steps)
    text = (
        f"{len(audit.steps):,} steps, each from an answer to the next one up, were tried on"
        f" everybody whom the question is for. {'No' if not falls else f'{falls:,}'} figures fell.",
        "That more need never gives less is also proved from the scheme itself whenever it is read:"
        " no amount falls from one answer to the next, no weight on need is below nought, and no"
        " band, curve or limit goes down.",
        "A cliff is a step where the figure jumps. Large ones deserve a second look: one word in a"
        " conversation decides them. Each listed here is from a figure to a figure. A step that"
        " leads to costing from the bottom up has no figure to jump to, and stands apart.",
    )
    by_hand = tables.by_hand(audit)
    parts = (tables.jumps(audit), *((by_hand,) if by_hand.rows else ()))
    return Section("More need, more money", text, parts)


def _without(audit: Audit) -> Section:
    text = (
        "A scheme gives no figure where answers are missing, or where needs go beyond what it was"
        " made for and the plan is costed from the bottom up.",
    )
    return Section("Who has no figure", text, (tables.covered(audit),))


def _method(audit: Audit) -> Section:
    whose = "yardstick's" if audit.yardstick else "scheme's"
    return Section(
        "How it was worked out",
        (
            f"Like need: what was agreed is modelled as a curve of the {whose} figure without"
            " family help, times a curve of the share taken away for help, times a factor for each"
            " group, all fitted together by Poisson pseudo-likelihood. A factor is a ratio of"
            " average pounds.",
            f"Intervals: people were drawn anew {audit.settings.bootstraps:,} times.",
            f"Chance: {audit.tests:,} tests of a group were made. Holm's method holds the chance of"
            " even one false finding among all of them at 5 in 100. That is stricter than letting"
            " a share of findings be false, because a finding here says that somebody is wronged."
            f" A difference of {audit.settings.material:.0%} or less is not called a finding.",
            "Small groups: leverage-corrected errors and Student's t keep groups of few people from"
            " being named on little evidence.",
        ),
    )
