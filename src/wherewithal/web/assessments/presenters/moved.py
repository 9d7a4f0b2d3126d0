"""Why the figure moved since last time, and what the answers beside the ones given would do."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.timezone import localtime

from wherewithal.allocation import Answers
from wherewithal.allocation.changes import ChangeNotice
from wherewithal.allocation.changes.change import Change
from wherewithal.allocation.whatif import by_question, in_a_sentence, nearest, what_if
from wherewithal.dates import long_date
from wherewithal.money import pounds
from wherewithal.scheme import Scheme
from wherewithal.web.assessments.models import Assessment
from wherewithal.web.assessments.presenters.figure import ReasonLine
from wherewithal.web.assessments.querysets import figure_of

TITLES: Mapping[str, str] = {
    "answer": "An answer changed",
    "help": "Help from family or friends changed",
    "price": "A price changed",
    "rule": "A rule changed",
    "rounding": "The rounding changed",
}
LARGE_FALL = (
    "This is a large fall. Ask us to go through it with you before you plan with it. If a need is"
    " not met by it, the figure can go up."
)


@dataclass(frozen=True, slots=True)
class MovedRead:
    """From what to what a figure moved and why; the lines lead from the one to the other."""

    sentence: str
    lines: tuple[ReasonLine, ...]
    no_effect: tuple[str, ...]
    large_fall: bool
    differs: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """A question, the answer given, and what the answers beside it would do."""

    ask: str
    now: str
    sentences: tuple[str, ...]


def moved_read(notice: ChangeNotice, before: Assessment) -> MovedRead | None:
    """Return a change notice as page and letter say it; ``None`` where nothing can be compared."""
    budget = figure_of(before)
    if notice.moved is None or budget is None or budget.weekly is None:
        return None
    return MovedRead(
        notice.sentence,
        tuple(_lines(notice, long_date(localtime(budget.worked_out_at)))) if notice.parts else (),
        tuple(change.sentence for change in notice.no_effect),
        notice.large_fall,
        _differs(budget.weekly, notice.before.total or 0),
    )


def _lines(notice: ChangeNotice, day: str) -> Iterator[ReasonLine]:
    then, now = notice.before, notice.after
    yield ReasonLine("note", f"The figure of {day}", "", pounds(then.total or 0))
    for change in notice.parts:
        kind = "added" if change.pence > 0 else "taken"
        yield ReasonLine(kind, TITLES[change.kind], change.sentence, signed(change))
    yield ReasonLine("total", "The figure now", "", pounds(now.total or 0))


def signed(change: Change) -> str:
    """Write the pence of a change with their sign."""
    return f"+{pounds(change.pence)}" if change.pence > 0 else pounds(change.pence)


def _differs(kept: int, found: int) -> str:
    if kept == found:
        return ""
    return (
        f"The figure on record was {pounds(kept)}. Working through those answers again gives"
        f" {pounds(found)}. Ask us to look into the difference."
    )


def beside(scheme: Scheme, answers: Answers) -> tuple[Beside, ...]:
    """Return, question by question, what the answers right beside the ones given would do."""
    asked = by_question(nearest(what_if(scheme, answers)))
    return tuple(
        Beside(
            others[0].ask,
            others[0].now,
            tuple(in_a_sentence(other, scheme.symbol, scheme.per) for other in others),
        )
        for others in asked.values()
    )
