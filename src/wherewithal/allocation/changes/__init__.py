"""Why a figure moved: which answers, which help, which prices, which rules, each in pence.

One thing is changed at a time, in a declared order, from the old scheme and answers to the new
ones. What each change moved is what it is given; so the parts add up exactly, and anyone can check
each of them by working out the figure before it and after it. The order is a convention: where two
changes work on one another (an answer and its price), what they do together goes to the later one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from wherewithal.allocation.answers import Answers
from wherewithal.allocation.changes.change import Change, Kind, point_at
from wherewithal.allocation.changes.path import answers_moved, help_moved, prices_moved
from wherewithal.allocation.changes.rules import rounding_moved, rules_moved
from wherewithal.allocation.explain import explain
from wherewithal.allocation.explanation import Explanation
from wherewithal.money import pounds
from wherewithal.scheme import Scheme

ORDER: tuple[Kind, ...] = ("answer", "help", "price", "rule", "rounding")
"""The order in which one thing after the other is changed."""
LARGE_FALL = Fraction(10, 100)
"""A fall of more than this share of the figure before is for a person to look at."""

Side = tuple[Scheme, Answers]


@dataclass(frozen=True, slots=True)
class ChangeNotice:
    """From what to what a figure moved, and why.

    ``parts`` are the changes that moved it, in :data:`ORDER`; their pence add up exactly to
    ``moved``. ``no_effect`` are changes that moved nothing. Where one side has no figure, or the
    two are in other money or for another time, there is nothing to compare: ``moved`` is ``None``,
    there are no parts, and ``sentence`` says why. ``large_fall`` asks for a person to look.
    """

    before: Explanation
    after: Explanation
    parts: tuple[Change, ...]
    no_effect: tuple[Change, ...]
    large_fall: bool
    sentence: str

    @property
    def moved(self) -> int | None:
        """Return the pence that the figure moved, ``None`` where there is nothing to compare."""
        if self.before.total is None or self.after.total is None or not _alike(self):
            return None
        return self.after.total - self.before.total


def changes(before: Side, after: Side, *, large_fall: Fraction = LARGE_FALL) -> ChangeNotice:
    """Say why a figure moved between two schemes and two people's answers to them.

    The schemes may be the same or may ask other questions. ``large_fall`` is the share of the
    figure before (0 to 1) that a fall has to pass to be flagged.

    Raises:
        AnswerMistake: an answer is not one that its scheme allows.
        ValueError: ``large_fall`` is not a share from 0 to 1.
    """
    if not 0 <= large_fall <= 1:
        raise ValueError(f"large_fall is {large_fall}. Give a share from 0 to 1, like 1/10.")
    then, now = explain(*before), explain(*after)
    notice = ChangeNotice(then, now, (), (), False, "")
    if notice.moved is None:
        return ChangeNotice(then, now, (), (), False, _nothing_to_compare(then, now))
    found = tuple(_found(before, after))
    large = -notice.moved > large_fall * (then.total or 0)
    return ChangeNotice(
        then,
        now,
        tuple(change for change in found if change.pence),
        tuple(change for change in found if not change.pence),
        large,
        _headline(then, notice.moved),
    )


def _alike(notice: ChangeNotice) -> bool:
    before, after = notice.before, notice.after
    return (before.symbol, before.per) == (after.symbol, after.per)


def _found(before: Side, after: Side) -> Iterator[Change]:
    """Walk from one side to the other, one thing at a time, and yield what each moved."""
    point, last = point_at(*before), point_at(*after)
    for change, reached in answers_moved(point, last):
        yield change
        point = reached
    for change, reached in help_moved(point, last, (before[1], after[1])):
        yield change
        point = reached
    for change, reached in prices_moved(point, last):
        yield change
        point = reached
    rules, point = rules_moved(point, last)
    yield from rules
    yield from rounding_moved(point, last)


def _headline(before: Explanation, moved: int) -> str:
    total = before.total or 0
    was, now = (pounds(each, symbol=before.symbol) for each in (total, total + moved))
    if not moved:
        return f"Your figure has not moved. It is {now} a {before.per}."
    apart = pounds(abs(moved), symbol=before.symbol)
    way = "more" if moved > 0 else "less"
    return f"Your figure was {was} a {before.per}. It is now {now}. That is {apart} {way}."


def _nothing_to_compare(before: Explanation, after: Explanation) -> str:
    for told, when in ((before, "before"), (after, "now")):
        was = "was" if told is before else "is"
        if told.outcome == "incomplete":
            return f"There {was} no figure {when}, because not every question had an answer."
        if told.total is None:
            return f"There {was} no figure {when}. It {was} worked out by hand. {told.because[0]}"
    return (
        f"The figure before was in {before.symbol} a {before.per}. It is now in {after.symbol} a "
        f"{after.per}. The two can't be compared."
    )
