"""Read the comments of a scheme's document, each with the place it speaks about."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import yaml

from wherewithal.scheme.document.emit import Comments
from wherewithal.scheme.document.marked import compose
from wherewithal.scheme.mistakes import Path


@dataclass(frozen=True, slots=True)
class _Place:
    """A place of the document and the line, from 0, that it begins on."""

    path: Path
    line: int


def read_comments(text: str) -> Comments:
    """Return every comment of a document; whole lines speak about what stands below them.

    Raises:
        yaml.YAMLError: the text is not YAML.
    """
    node = compose(text)
    known = [] if node is None else list(_places(node, ()))
    spans = _scalars(text)
    above: dict[Path, str] = {}
    beside: dict[Path, str] = {}
    start = 0
    for number, row in enumerate(text.splitlines(keepends=True)):
        at = _comment(row, start, spans)
        if at is not None:
            said = row[at + 1 :].rstrip().removeprefix(" ")
            alone = not row[:at].strip()
            path = _below(number, known) if alone else _around(number, known)
            kept = above if alone else beside
            kept[path] = f"{kept[path]}\n{said}" if path in kept else said
        start += len(row)
    return Comments(above, beside)


def _comment(row: str, start: int, spans: Sequence[tuple[int, int]]) -> int | None:
    """Return where in a row its comment begins; a sign inside a text begins none."""
    for at, sign in enumerate(row):
        if sign == "#" and (at == 0 or row[at - 1].isspace()):
            index = start + at
            if not any(first <= index < last for first, last in spans):
                return at
    return None


def _scalars(text: str) -> list[tuple[int, int]]:
    """Return from which sign to which each text of the document goes."""
    tokens = yaml.scan(text, Loader=yaml.SafeLoader)
    return [
        (token.start_mark.index, token.end_mark.index)
        for token in tokens
        if isinstance(token, yaml.ScalarToken) and (not token.plain or "\n" not in token.value)
    ]


def _places(node: yaml.Node, path: Path) -> Iterator[_Place]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            place = (*path, str(key.value))
            yield _Place(place, key.start_mark.line)
            yield from _places(value, place)
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value, start=1):
            place = (*path, str(number))
            yield _Place(place, item.start_mark.line)
            yield from _places(item, place)


def _below(line: int, known: Sequence[_Place]) -> Path:
    return next((place.path for place in known if place.line > line), ())


def _around(line: int, known: Sequence[_Place]) -> Path:
    """Return the first place that begins on a line, or else the last one before it."""
    here = [place.path for place in known if place.line == line]
    before = [place.path for place in known if place.line < line]
    return here[0] if here else before[-1] if before else ()
