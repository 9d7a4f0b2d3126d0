"""What an audit found, in plain sentences, the gravest first; and what it looked for in vain."""

from collections.abc import Iterator
from dataclasses import dataclass

from wherewithal.equity.audit import Audit
from wherewithal.equity.coverage import Coverage
from wherewithal.equity.gaps import Gap
from wherewithal.equity.labels import spoken
from wherewithal.equity.resampling import Estimate
from wherewithal.equity.shortfalls import Shortfall
from wherewithal.money import pounds
from wherewithal.reports.suppression import hidden

KINDS = (
    "taken without asking",
    "more need, less money",
    "asks who you are",
    "agreed less",
    "figure short",
    "agreed more",
    "no figure",
)
"""The kinds of finding, the gravest first."""
INJUSTICES = frozenset(
    {"taken without asking", "more need, less money", "agreed less", "figure short"}
)
"""The kinds by which somebody is short-changed."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: its kind, whom it is about, how large it is within its kind, and in words."""

    kind: str
    label: str
    group: str
    size: float
    sentence: str


def findings(audit: Audit) -> list[Finding]:
    """Return everything found, by gravity of its kind and then by size."""
    found = [*_unasked(audit), *_falls(audit), *_swapped(audit), *_less(audit)]
    found += [*_short(audit), *_more(audit), *_uncovered(audit)]
    return sorted(found, key=lambda each: (KINDS.index(each.kind), -each.size))


def injustices(audit: Audit) -> list[Finding]:
    """Return the findings by which somebody is short-changed."""
    return [each for each in findings(audit) if each.kind in INJUSTICES]


def percent(share: float) -> str:
    """Write a share as a whole percentage, or with a decimal where it is small."""
    size = abs(share) * 100
    return f"{size:.0f}%" if size >= 1.95 else f"{size:.1f}%"


def whole_pounds(pence: float, symbol: str) -> str:
    """Write an average in whole pounds, which is as exact as it is."""
    return pounds(round(pence / 100) * 100, symbol=symbol).removesuffix(".00")


def apart(ratio: Estimate) -> str:
    """Write an interval of a ratio as percentages off: ``interval 17–23%``."""
    ends = sorted((1 - ratio.low, 1 - ratio.high))
    if ratio.value > 1:
        ends = sorted((ratio.low - 1, ratio.high - 1))
    low, high = (f"{100 * end:.0f}".replace("-", "−") for end in ends)
    return f"interval {low}–{high}%" if not low.startswith("−") else f"interval {low}% to {high}%"


def _unasked(audit: Audit) -> Iterator[Finding]:
    many = len(audit.carers.unasked)
    if many:
        yield Finding(
            "taken without asking", "", "", many,
            f"Money is taken away for family help from {many:,} people with no carer recorded as"
            " willing and able. The law does not allow that. Their references are in the list of"
            " penalties.",
        )  # fmt: skip


def _falls(audit: Audit) -> Iterator[Finding]:
    for step in audit.steps:
        if step.fell:
            yield Finding(
                "more need, less money", "", step.question, step.fell,
                f"“{step.ask}”: going from “{step.before}” to “{step.after}” would lower the figure"
                f" of {step.fell:,} people, by up to {pounds(-step.least, symbol=audit.symbol)}.",
            )  # fmt: skip


def _swapped(audit: Audit) -> Iterator[Finding]:
    by_question: dict[str, list[float]] = {}
    for swap in audit.swaps:
        if not swap.same:
            by_question.setdefault(f"{swap.label}|{swap.question}", []).append(abs(swap.largest))
    for key, sizes in by_question.items():
        label, _, question = key.partition("|")
        most = pounds(round(max(sizes)), symbol=audit.symbol)
        yield Finding(
            "asks who you are", label, question, max(sizes),
            f"The scheme asks “{question or spoken(label)}”, and the answer alone moves figures by"
            f" up to {most} a {audit.per}. Each difference is listed below: write down why each is"
            " fair, or take it away.",
        )  # fmt: skip


def hidden_gaps(audit: Audit, name: str) -> dict[str, bool]:
    """Say of each group of one way of grouping whether its number of people is kept back."""
    rows = [gap for gap in audit.gaps if gap.label.name == name]
    unknown = audit.measured - sum(gap.people for gap in rows)
    counts = [*(gap.people for gap in rows), unknown]
    few = hidden(counts, smallest=audit.settings.smallest)
    return {gap.group: each for gap, each in zip(rows, few, strict=False)}


def _less(audit: Audit) -> Iterator[Finding]:
    for gap in audit.gaps:
        if gap.lower and gap.ratio:
            money = whole_pounds(-gap.pence, audit.symbol)
            few = hidden_gaps(audit, gap.label.name)[gap.group]
            people = "them" if few else f"{gap.people:,} people"
            yield Finding(
                "agreed less", gap.label.name, gap.group, 1 - gap.ratio.value,
                f"{gap.label.people(gap.group)}: plans are {percent(1 - gap.ratio.value)} lower"
                f" than for {gap.label.than} ({apart(gap.ratio)}). That is about {money} a"
                f" {audit.per} for each of {people}.",
            )  # fmt: skip


def _more(audit: Audit) -> Iterator[Finding]:
    for gap in audit.gaps:
        if gap.found and gap.ratio and gap.ratio.value > 1 and len(gap.label.groups) > 2:
            yield Finding(
                "agreed more", gap.label.name, gap.group, gap.ratio.value - 1,
                f"{gap.label.people(gap.group)}: plans are {percent(gap.ratio.value - 1)} higher"
                f" than for {gap.label.than} ({apart(gap.ratio)}). It may be that the questions"
                " miss something they need.",
            )  # fmt: skip


def righted(audit: Audit) -> bool:
    """Say whether any gap is likely, and so undone before figures are held beside plans."""
    return any(gap.undone for gap in audit.gaps)


def _short(audit: Audit) -> Iterator[Finding]:
    whole = next((row for row in audit.shortfalls if not row.label), None)
    for row in audit.shortfalls:
        if whole is None or row.label is None:
            continue
        if row.found_rate or row.found_calibration:
            yield Finding(
                "figure short", row.label.name, row.group, 1 - row.apart,
                _short_words(audit, row, whole),
            )  # fmt: skip


def _short_words(audit: Audit, row: Shortfall, whole: Shortfall) -> str:
    if row.label is None:
        return ""
    beside = "what their plans would be with likely gaps undone" if righted(audit) else "plans"
    return (
        f"{row.label.people(row.group)}: the scheme's figures come to"
        f" {percent(row.right_calibration.value)} of {beside}; for everybody it is"
        f" {percent(whole.right_calibration.value)}. The figure is short by more than"
        f" {percent(audit.settings.tolerance)} for {percent(row.right_rate.value)} of them, and for"
        f" {percent(whole.right_rate.value)} of everybody."
    )


def _uncovered(audit: Audit) -> Iterator[Finding]:
    whole = next(row for row in audit.coverage if row.label is None)
    for row in audit.coverage:
        if row.label and row.found and row.share.value > whole.share.value:
            if row.without < audit.settings.smallest:
                much = "more get no figure from the scheme than of everybody"
            else:
                much = (
                    f"{percent(row.share.value)} get no figure from the scheme, against"
                    f" {percent(whole.share.value)} of everybody"
                )
            yield Finding(
                "no figure", row.label.name, row.group, row.share.value - whole.share.value,
                f"{row.label.people(row.group)}: {much}. {_why(row)} Look after how theirs are"
                " worked out.",
            )  # fmt: skip


def _why(row: Coverage) -> str:
    if row.by_hand.value > row.incomplete.value:
        return "Most of these are costed from the bottom up."
    return "Most of these have answers missing."


def learnt_in_words(audit: Audit) -> list[str]:
    """Say where what measures need was fitted to plans, and so may have learnt their gaps."""
    if not audit.learnt:
        return []
    what = f"The yardstick “{audit.yardstick.title}”" if audit.yardstick else "This scheme"
    return [
        f"{what} was fitted to agreed plans. If they are these, it has learnt what they do to each"
        " group: gaps look smaller here, or vanish. Audit these plans with a yardstick that was"
        " not fitted to them, such as the scheme it was fitted from."
    ]


def nothing(audit: Audit) -> list[str]:
    """Return what was looked for and not found, a sentence each.

    Nothing is claimed about plans where what measures need may have learnt their gaps.
    """
    plans = [] if audit.learnt else [*_no_gaps(audit), *_no_shortfall(audit)]
    return [*plans, *_sound(audit)]


def _no_gaps(audit: Audit) -> Iterator[str]:
    for name in audit.by:
        tested = [gap for gap in audit.gaps if gap.label.name == name and gap.ratio]
        if tested and not any(gap.found for gap in tested):
            widest = max(tested, key=lambda gap: abs(_off(gap)))
            who = _lower_first(widest.label.people(widest.group))
            yield (
                f"{widest.label.title}: nothing found. Plans for like need differ by no more than"
                f" chance can, among so many tests. The widest: {who},"
                f" {percent(_off(widest))} {'lower' if _off(widest) < 0 else 'higher'}"
                f" ({apart(widest.ratio) if widest.ratio else ''})."
            )


def _off(gap: Gap) -> float:
    return gap.ratio.value - 1 if gap.ratio else 0.0


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def _no_shortfall(audit: Audit) -> Iterator[str]:
    tested = [row for row in audit.shortfalls if row.label]
    if tested and not list(_short(audit)):
        said = (
            f"Had plans been alike for like need, the figures of none of {len(tested)} groups would"
            if righted(audit)
            else f"The figures of none of {len(tested)} groups"
        )
        yield (
            f"Figures beside plans: nothing found. {said} fall short of plans more often, or by"
            " more, than everybody's."
        )


def _sound(audit: Audit) -> Iterator[str]:
    if audit.steps and not any(step.fell for step in audit.steps):
        most = max(step.people for step in audit.steps)
        yield (
            f"More need never gave less money: {len(audit.steps):,} steps from an answer to the"
            f" next were each tried on up to {most:,} people, and no figure fell. A scheme in"
            " which one could is refused when it is read."
        )
    if not len(audit.carers.unasked):
        yield (
            "Nothing is taken away for family help from anybody without a carer recorded as willing"
            " and able."
        )
    unasked = [swap for swap in audit.swaps if not swap.question]
    if unasked and all(swap.same for swap in unasked):
        names = ", ".join(spoken(swap.label) for swap in unasked)
        yield (
            f"The same answers give the same figure, to the penny, whatever a person's {names}:"
            " each was swapped for everybody, and nothing changed."
        )


def taken_in_words(audit: Audit) -> list[str]:
    """Return what is taken away from everybody together, in words."""
    if not audit.carers.groups:
        return []
    whole = audit.carers.groups[0]
    money = whole_pounds(whole.pence.value, audit.symbol)
    if not whole.counted:
        return [f"Nothing is taken from the {whole.people:,} people with family help recorded."]
    share, ends = whole.share, f"{whole.share.low:.1%}–{whole.share.high:.1%}"
    less = f"{share.value:.1%} of what all their figures would come to (interval {ends})"
    if 0 < whole.counted < audit.settings.smallest:
        return [f"Of {whole.people:,} people with family help recorded, the scheme takes {less}."]
    return [
        f"Of {whole.people:,} people with family help recorded, the scheme takes something from"
        f" {whole.counted:,}: {money} a {audit.per} each, on average. Together that is {less}."
    ]


CANNOT_SAY = (
    "Whether the questions are right. Like need means like answers. Where the questions miss"
    " something that a group needs, or a group is used to asking for less, an audit of answers"
    " can't see it.",
    "How large a gap is, where need is measured by a scheme that was fitted to the same plans. Such"
    " a scheme has learnt the gap. The audit can tell only where this program fitted it.",
    "Why a gap is there. It may lie in how plans were agreed, in what was on offer, or in what the"
    " questions miss. Read plans of the people concerned, and ask them.",
    "Anything about one person. An average hides people on both sides of it.",
    "Anything about people who are not in the cases: those turned away, those who gave up, and"
    " those with no plan yet.",
    "That there is no gap where none was found. Each table says how large a gap would have been"
    " seen; in a small group only a large one is.",
    "Whether plans are enough. It compares people with each other, and plans with figures; all"
    " could be too low.",
)
