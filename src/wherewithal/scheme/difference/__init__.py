"""What differs between two schemes, in plain words, exactly and without leaving anything out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from wherewithal.scheme.difference.leaves import Leaf, leaves, orders, told
from wherewithal.scheme.difference.places import GROUPS, Place, tell_place
from wherewithal.scheme.document import POINTS
from wherewithal.scheme.document.write import TIMED, adds, adds_points
from wherewithal.scheme.mistakes import Path
from wherewithal.scheme.scheme import Scheme
from wherewithal.scheme.steps import Band

WHOLE = ("sources", "sections", "prices", "questions", "steps", "lines", "by_hand")
"""Parts whose entries come and go as one."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference. ``before`` or ``after`` is ``None`` where something is new or gone.

    ``by`` is how far a number moved, in the unit that ``before`` and ``after`` are written in;
    ``source`` names where the new number comes from. ``figure`` says whether it can change
    anybody's figure.
    """

    group: str
    path: Path
    what: str
    before: str | None
    after: str | None
    figure: bool
    by: Fraction | None = None
    unit: str = ""
    symbol: str = ""
    source: str = ""

    def __str__(self) -> str:
        source = f" Source: {self.source}." if self.source else ""
        unit = f" {self.unit}" if self.unit else ""
        if self.before is None:
            now = f": {self.after}{unit}" if self.after else ""
            return f"{self.what} is new{now}.{source}"
        if self.after is None:
            was = f"; it was {self.before}{unit}" if self.before else ""
            return f"{self.what} is gone{was}."
        if self.by is None:
            return f"{self.what}: “{self.before}” is now “{self.after}”.{source}"
        sign = "+" if self.by > 0 else "−"
        moved = f"{sign}{told(abs(self.by), self.symbol)}"
        return f"{self.what}: from {self.before} to {self.after}{unit} ({moved}).{source}"


def differences(before: Scheme, after: Scheme) -> tuple[Difference, ...]:
    """Return every difference, grouped, the largest first; none where the schemes are equal."""
    found = [*_values(before, after), *_orders(before, after)]
    return tuple(sorted(found, key=_standing))


def in_words(found: Sequence[Difference]) -> str:
    """Write differences as a person reads them, under the heading of each group."""
    if not found:
        return "The two schemes are the same."
    rows = []
    if not any(each.figure for each in found):
        rows.append("Nothing that changes a figure.")
    for group, each in groupby(found, key=lambda one: one.group):
        rows += [group, *(f"  {one}" for one in each)]
    return "\n".join(rows)


def _standing(each: Difference) -> tuple[int, Fraction, Path]:
    size = Fraction(0) if each.by is None else -abs(each.by)
    return GROUPS.index(each.group), size, each.path


def _values(before: Scheme, after: Scheme) -> Iterator[Difference]:
    old, new = leaves(before), leaves(after)
    skip = _said_elsewhere(before, after)
    wholes: dict[Path, Difference] = {}
    for path in [*old, *(path for path in new if path not in old)]:
        if path in old and path in new and old[path] == new[path]:
            continue
        if path in skip or path[:2] in skip:
            continue
        whole = _whole(path, old, new)
        if whole is None:
            yield _single(path, before, after, (old, new))
        elif whole not in wholes:
            wholes[whole] = _entry(whole, before, after, gone=_within(whole, old))
    yield from wholes.values()


def _within(path: Path, values: dict[Path, Leaf]) -> bool:
    return any(each[: len(path)] == path for each in values)


def _whole(path: Path, old: dict[Path, Leaf], new: dict[Path, Leaf]) -> Path | None:
    """Return the entry that came, went or became another kind altogether, if it is one."""
    entries = [path[:2]] if path[0] in WHOLE else []
    entries += [path[:4]] if path[0] == "questions" and path[2:3] == ("options",) else []
    for entry in entries:
        if _within(entry, old) != _within(entry, new):
            return entry
        kind = (*entry, "kind")
        if path != kind and entry[0] == "steps" and old[kind] != new[kind]:
            return entry
    return None


def _said_elsewhere(before: Scheme, after: Scheme) -> set[Path]:
    """Return the places whose difference another difference says already."""
    skip: set[Path] = set()
    labels: list[dict[Path, str]] = []
    if before.source in before.sources and after.source in after.sources:
        skip |= {("source", name) for name in ("text", "date", "status", "reason")}
    asked = [{q.code: q.ask for q in scheme.questions} for scheme in (before, after)]
    both = [code for code in asked[0] if code in asked[1]]
    for scheme in (before, after):
        labels.append({("steps", step.code): step.label for step in scheme.steps})
        labels[-1] |= {("lines", line.code): line.label for line in scheme.lines}
    for code in both:
        named = (("steps", code), ("lines", code), *_short(code))
        for path in named:
            pairs = [(each.get(path), asks[code]) for each, asks in zip(labels, asked, strict=True)]
            if all(label == ask for label, ask in pairs):
                skip.add((*path, "label"))
    for scheme, other in ((before, asked[1]), (after, asked[0])):
        for question in scheme.questions:
            if question.code not in other and adds(scheme, question):
                skip |= {*_short(question.code), ("lines", question.code)}
            elif question.code not in other and (points := adds_points(scheme, question)):
                skip.add(("steps", points.code))
    return skip


def _short(code: str) -> tuple[Path, ...]:
    return tuple(("steps", f"{code}.{end}") for end in (*TIMED, POINTS))


def _entry(path: Path, before: Scheme, after: Scheme, *, gone: bool) -> Difference:
    if gone and _within(path, leaves(after)):
        kinds = [leaves(scheme)[*path, "kind"] for scheme in (before, after)]
        place = tell_place((*path, "kind"), after)
        return Difference(place.group, path, place.what, str(kinds[0]), str(kinds[1]), figure=True)
    place = tell_place(path, before if gone else after)
    was, now = ("", None) if gone else (None, "")
    return Difference(place.group, path, place.what, was, now, place.figure)


def _single(
    path: Path, before: Scheme, after: Scheme, values: tuple[dict[Path, Leaf], dict[Path, Leaf]]
) -> Difference:
    old, new = values
    place = tell_place(path, after if path in new else before)
    texts = [told(each[path], place.symbol) if path in each else None for each in values]
    by = _moved(old[path], new[path]) if path in old and path in new else None
    what = place.what
    if by is not None and isinstance(new[path], Band | tuple):
        row, _, _ = str(texts[1]).partition(": ")
        what, texts = f"{what} ({row})", [str(text).partition(": ")[2] for text in texts]
    return Difference(
        place.group, path, what, texts[0], texts[1], place.figure, by, place.unit,
        place.symbol, place.source if path in new else "",
    )  # fmt: skip


def _moved(old: Leaf, new: Leaf) -> Fraction | None:
    """Return how far a number moved, where it is one number that did."""
    if isinstance(old, Band) and isinstance(new, Band):
        same = (old.start, old.below) == (new.start, new.below)
        return new.amount - old.amount if same else None
    if isinstance(old, tuple) and isinstance(new, tuple):
        return new[1] - old[1] if old[0] == new[0] else None
    numbers = [each for each in (old, new) if isinstance(each, Fraction | int)]
    if len(numbers) < 2 or any(isinstance(each, bool) for each in numbers):
        return None
    return Fraction(numbers[1]) - Fraction(numbers[0])


def _orders(before: Scheme, after: Scheme) -> Iterator[Difference]:
    old, new = orders(before), orders(after)
    for path in [path for path in old if path in new]:
        was = [key for key in old[path] if key in new[path]]
        now = [key for key in new[path] if key in old[path]]
        if was != now:
            place: Place = tell_place(path, after)
            what = f"The order of {place.what}" if path[1:] else f"The order of {path[0]}"
            texts = (", ".join(was), ", ".join(now))
            yield Difference("Order", path, what, *texts, figure=False)
