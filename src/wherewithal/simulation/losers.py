"""The first words of a comparison, and who loses most by it."""

from functools import partial

from wherewithal.money import pounds
from wherewithal.reports import Cell, Column, Section, Table
from wherewithal.reports.cells import NOT_SHOWN, TOO_FEW
from wherewithal.scheme import Scheme
from wherewithal.simulation.comparison import Comparison, named
from wherewithal.simulation.counted import BEYOND, Tallies, Tally
from wherewithal.simulation.falls import Threshold
from wherewithal.simulation.protection import PAYMENTS_A_YEAR
from wherewithal.simulation.tallies import FIGURE_NOW, NOT_KNOWN
from wherewithal.simulation.ways import name_of

MOST = 10
SAID = 3


def lead(comparison: Comparison, found: Tallies, threshold: Threshold) -> tuple[str, ...]:
    """Return the first sentences: the money, how many rise and fall, and who loses most."""
    scheme, whole = comparison.schemes[0], found.whole
    change = whole.change or 0
    money = partial(pounds, symbol=scheme.symbol)
    year = abs(change) * PAYMENTS_A_YEAR[scheme.per]
    total = (
        f"All figures together come to {money(abs(change))} a {scheme.per} "
        f"{'more' if change > 0 else 'less'}: {money(year)} a year."
        if change
        else "All figures together come to exactly as much as now."
    )
    said = [
        f"{name_of(way, threshold)} for {_people(count)}"
        for way, count in zip(found.ways, whole.outcomes, strict=True)
    ]
    *first, last = said
    counted = f"The figure {', '.join(first)} and {last}." if first else f"The figure {last}."
    if _beyond(found, whole):
        counted += " Somebody who knows them should look at each large fall, one by one."
    if whole.without:
        counted += f" Not counted there: {_people(whole.without)} without both figures."
    return (
        total,
        counted,
        *_not_alike(found),
        *_unverified(comparison),
        "This is a trial on paper. Making it has changed nobody's figure.",
    )


def _people(count: int | None) -> str:
    if count is None:
        return f"{TOO_FEW} people to show"
    if not count:
        return "nobody"
    return f"{count:,} {'person' if count == 1 else 'people'}"


def _beyond(found: Tallies, row: Tally) -> int | None:
    """Return how many of a group fall by more than the threshold, where that is counted apart."""
    return row.outcomes[found.ways.index((BEYOND,))] if (BEYOND,) in found.ways else None


def _percent(row: Tally) -> float:
    return (row.change or 0) * 100 / row.now if row.now else 0.0


def _losing(found: Tallies) -> list[tuple[str, Tally]]:
    """Return the groups that can be shown, whoever loses the largest share of it first."""
    rows = [
        (by, row)
        for by, (*rows, _) in found.by_label.items()
        for row in rows
        if row.now and row.change is not None and row.label != NOT_KNOWN
    ]
    return sorted(rows, key=lambda each: (_percent(each[1]), each[0], each[1].label))


def _not_alike(found: Tallies) -> tuple[str, ...]:
    """Say which groups lose most, and where groups lie furthest apart."""
    rows = [(by, row) for by, row in _losing(found) if by != FIGURE_NOW]
    losing = [(by, row) for by, row in rows if _percent(row) < 0]
    if not losing:
        return ()
    most = "; ".join(
        f"{_words(by)} {row.label}, {-_percent(row):.1f}%" for by, row in losing[:SAID]
    )
    everybody = f"{abs(_percent(found.whole)):.1f}%"
    way = "rise" if _percent(found.whole) > 0 else "fall"
    said = f"The groups whose figures fall most: {most}. All figures together {way} by {everybody}."
    by = min({by for by, _ in rows}, key=lambda by: (-_spread(rows, by), by))
    own = [row for label, row in rows if label == by]
    if len(own) < 2 or not _spread(rows, by):
        return (said,)
    ends = " and ".join(f"{_percent(row):+.1f}% for {row.label}" for row in (own[0], own[-1]))
    return (f"{said} Groups lie furthest apart by {_words(by)}: {ends}.".replace("-", "−"),)


def _spread(rows: list[tuple[str, Tally]], by: str) -> float:
    own = [_percent(row) for label, row in rows if label == by]
    return max(own) - min(own)


def _words(by: str) -> str:
    return by.replace("_", " ")


def _unverified(comparison: Comparison) -> tuple[str, ...]:
    kinds = list(dict.fromkeys(named(s) for s in comparison.schemes if unverified(s)))
    if not kinds:
        return ()
    return (f"Nobody has verified every number of {' or of '.join(kinds)}.",)


def unverified(scheme: Scheme) -> bool:
    """Say whether a scheme rests on a source that nobody has verified."""
    return any(each.status == "unverified" for each in (scheme.source, *scheme.sources))


def who_loses(comparison: Comparison, found: Tallies, threshold: Threshold) -> tuple[Section, ...]:
    """Return the groups whose figures fall most, the largest fall first."""
    rows = [(by, row) for by, row in _losing(found) if _percent(row) < 0]
    if not rows:
        return ()
    per, symbol = comparison.schemes[0].per, comparison.schemes[0].symbol
    apart = (BEYOND,) in found.ways
    columns = (
        Column("By"),
        Column("Group"),
        Column("People", "number"),
        Column("Change in percent", "percent", 1, signed=True),
        Column(f"Mean change a {per}", "pence", signed=True, symbol=symbol),
        *((Column(f"Share that falls by more than {threshold}", "percent", 1),) if apart else ()),
    )
    every = found.whole
    table = Table(
        "Groups whose figures fall most",
        columns,
        (*(_row(found, by, row, apart=apart) for by, row in rows[:MOST]),
         _row(found, "", every, apart=apart)),
        f"The largest fall first, at most {MOST} groups. All groups stand further down.",
        foot=1,
    )  # fmt: skip
    text = "Each group is shown by one label at a time. A person may be in several."
    return (Section("Who loses most", (text,), (table,)),)


def _row(found: Tallies, by: str, row: Tally, *, apart: bool) -> tuple[Cell, ...]:
    people, beyond = row.people or 0, _beyond(found, row)
    share: Cell = NOT_SHOWN if beyond is None or not people else beyond * 100 / people
    mean = (row.change or 0) / people if people else 0.0
    name = _words(by)
    return (
        name[:1].upper() + name[1:], row.label, row.people, _percent(row), mean,
        *((share,) if apart else ()),
    )  # fmt: skip
