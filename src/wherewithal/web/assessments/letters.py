"""The letters of this part of the road, from the same values as the pages."""

from collections.abc import Mapping, Sequence

from django.utils.timezone import localtime

from wherewithal.dates import long_date
from wherewithal.letters.letter import (
    Block,
    Bullets,
    Heading,
    KeyFigure,
    Note,
    Paragraph,
    Steps,
    Table,
)
from wherewithal.money import pounds
from wherewithal.web.assessments.models import EligibilityDecision, IndicativeBudget
from wherewithal.web.assessments.presenters.answering import Part, ReadBack
from wherewithal.web.assessments.presenters.deciding import DecisionRead
from wherewithal.web.assessments.presenters.figure import (
    UNTIL_THE_PLAN,
    UP_OR_DOWN,
    FigureRead,
    challenge,
)
from wherewithal.web.assessments.presenters.moved import LARGE_FALL, MovedRead

Council = Mapping[str, int | str | bool]
NO_FIGURE = (
    "We have not worked out a first figure from your answers. Nothing is guessed: we will plan with"
    " you, and add up what the support you need really costs."
)


def record_blocks(about_me: str, parts: Sequence[Part]) -> list[Block]:
    """Return the answers as they were given, for the person to keep."""
    blocks: list[Block] = [
        Paragraph(
            "This is what you told us, in the words it was written down. It is yours to keep. If"
            " something is wrong or has changed, tell us and we will put it right."
        )
    ]
    if about_me:
        blocks += [Heading("What you want us to know first"), Paragraph(about_me)]
    for part in parts:
        rows = tuple((item.ask, _told(item)) for item in part.items)
        blocks += [
            Heading(part.title),
            Table(f"Your answers: {part.title}", ("What we asked", "What you told us"), rows),
        ]
    return blocks


def decision_blocks(
    decision: EligibilityDecision, read: DecisionRead, council: Council
) -> list[Block]:
    """Return the eligibility decision and its reasons in writing."""
    found = tuple((outcome.label, outcome.found) for outcome in read.outcomes)
    blocks: list[Block] = [
        KeyFigure(f"Our decision on {long_date(localtime(decision.decided_at))}", read.heading),
        Heading("Why we decided this"),
        *(Paragraph(reason) for reason in read.reasons),
    ]
    for title, words in (
        ("What your needs come from", read.cause_words),
        ("How this affects your wellbeing", read.impact_words),
    ):
        if words:
            blocks += [Heading(title), Paragraph(words)]
    if read.wellbeing:
        blocks += [Paragraph("It affects these parts of your life:"), Bullets(read.wellbeing)]
    blocks += [
        Heading("What we found on each part of daily life"),
        Table("The ten parts of daily life", ("We looked at", "We found"), found),
    ]
    if read.advice:
        blocks += [Heading("What could help now"), Paragraph(read.advice)]
    blocks += [Heading("What happens now"), Bullets(read.what_follows)]
    return [*blocks, *_if_wrong(council)]


def figure_blocks(
    budget: IndicativeBudget, read: FigureRead | None, because: Sequence[str], council: Council,
    moved: MovedRead | None = None,
) -> list[Block]:  # fmt: skip
    """Return the indicative budget with every amount that makes it up, and why it moved."""
    if read is None:
        return [Paragraph(NO_FIGURE), *map(Paragraph, because), *_if_wrong(council)]
    blocks: list[Block] = [
        KeyFigure("Your indicative budget", f"{pounds(read.weekly)} a week"),
        Note(UP_OR_DOWN, (UNTIL_THE_PLAN,)),
        Paragraph(f"Over 52 weeks that is {pounds(read.yearly)}."),
        *_moved(moved),
        Heading("How we worked it out"),
        _working(read),
        Heading("Help from family and friends"),
        Paragraph(read.about_help),
        Paragraph(f"Without that help the figure would be {pounds(read.without_help)} a week."),
        Heading("What it buys"),
        Table(
            "Support that the figure would buy each week",
            ("Sort of support", "How much", "Price an hour", "A week"),
            tuple((rate.label, rate.hours, rate.hourly, rate.weekly) for rate in read.rates),
            numeric=(2, 3),
        ),
        Bullets(tuple(f"{rate.label}: {rate.source}" for rate in read.rates)),
    ]
    if read.adds_nothing:
        blocks += [Heading("Answers that add nothing"), Bullets(read.adds_nothing)]
    day = long_date(localtime(budget.worked_out_at))
    blocks.append(Paragraph(f"Worked out on {day} with: {read.scheme}."))
    return [*blocks, *_if_wrong(council)]


def _moved(moved: MovedRead | None) -> list[Block]:
    """Return why the figure moved since last time, from the figure then to the figure now."""
    if moved is None:
        return []
    blocks: list[Block] = [Heading("Why your figure moved"), Paragraph(moved.sentence)]
    if moved.large_fall:
        blocks.append(Note("This is a large fall", (LARGE_FALL.partition(". ")[2],)))
    if moved.lines:
        rows = tuple((f"{line.title}. {line.text}".strip(), line.amount) for line in moved.lines)
        changed = ("What changed", "A week")
        blocks.append(
            Table("What moved your figure", changed, rows[:-1], numeric=(1,), total=rows[-1])
        )
    if moved.no_effect:
        blocks += [Paragraph("This changed too, and moved nothing:"), Bullets(moved.no_effect)]
    return [*blocks, *(Paragraph(words) for words in [moved.differs] if words)]


def _working(read: FigureRead) -> Table:
    rows = tuple(
        (f"{line.title} {line.text}".strip(), line.amount)
        for line in read.lines
        if line.kind != "total"
    )
    total = (read.lines[-1].title, read.lines[-1].amount)
    return Table(
        "What each answer added, and what was taken away",
        ("What you told us", "A week"), rows, numeric=(1,), total=total,
    )  # fmt: skip


def _if_wrong(council: Council) -> list[Block]:
    return [Heading("If you think this is wrong"), Steps(challenge(council))]


def _told(item: ReadBack) -> str:
    words = f"“{item.words}”" if item.words else ""
    said = [f"{part}." for part in (item.answer, item.helped) if part]
    return " ".join([*said, *filter(None, [words]), *(f"{who}." for who in [item.who] if who)])
