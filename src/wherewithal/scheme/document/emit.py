"""Write a document of texts, lists and mappings as YAML that a person would like to read.

A mapping is a tuple of pairs, so that its order is kept and nothing in it is lost; a list is a
list; everything else is text. A :class:`Bare` text (a number, a date, a code) needs no quotes.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from textwrap import wrap
from typing import TypeAlias

from wherewithal.scheme.mistakes import Path

Part: TypeAlias = "str | list[Part] | tuple[tuple[str, Part], ...]"
Pairs: TypeAlias = "tuple[tuple[str, Part], ...]"

WIDE = 100
BARE = re.compile(r"[\w.-]+(/[0-9]+)?")
PLAIN = re.compile(r"[^\W\d_][^\n:#{}\[\],&*?|<>=!%@`\"'\\]*")
WORDS = frozenset({"yes", "no", "true", "false", "on", "off", "null", "y", "n"})
UPRIGHT = ("sources", "steps", "questions", "prices", "sections", "lines", "costed-by-hand")
BREAKS = (*UPRIGHT, "money")
"""Parts of the whole that begin after a blank line."""
TALL = ("sources", "steps")
"""Parts whose entries stand on several lines however short they are."""


class Bare(str):
    """A text that can stand without quotes: a number, a date, yes or no, a code."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Comments:
    """What is said about places of a document: on lines ``above`` them, or ``beside`` them.

    A place is a path of names; items of a list are numbered from 1; the empty path is the end.
    """

    above: Mapping[Path, str] = field(default_factory=dict)
    beside: Mapping[Path, str] = field(default_factory=dict)

    def within(self, path: Path) -> bool:
        """Say whether anything is said about a part of this place."""
        size = len(path)
        return any(len(each) > size and each[:size] == path for each in (*self.above, *self.beside))


def emit(document: Pairs, comments: Comments) -> str:
    """Write a document with its comments; what is said about no place of it stands around there."""
    said = _settled(document, comments)
    rows = list(_mapping(document, (), said))
    rows += _above((), 0, said)
    return "\n".join(rows) + "\n"


def places(document: Part, path: Path = ()) -> Iterator[Path]:
    """Yield the path of every place in a document."""
    yield path
    if isinstance(document, str):
        return
    items = document if isinstance(document, tuple) else numbered(document)
    for key, part in items:
        yield from places(part, (*path, key))


def numbered(items: list[Part]) -> Pairs:
    """Return the items of a list under their numbers, from 1."""
    return tuple((str(number), part) for number, part in enumerate(items, start=1))


def _settled(document: Pairs, comments: Comments) -> Comments:
    """Move what is said about places that are not there to the nearest place around them."""
    known = {*places(document)}
    above: dict[Path, str] = {}
    beside: dict[Path, str] = {}
    for given, kept in ((comments.above, above), (comments.beside, beside)):
        for path, text in given.items():
            place = path
            while place not in known:
                place = place[:-1]
            here = above if not place else kept
            here[place] = f"{here[place]}\n{text}" if place in here else text
    for path in [path for path, text in beside.items() if len(text.splitlines()) > 1]:
        text = beside.pop(path)
        above[path] = f"{above[path]}\n{text}" if path in above else text
    return Comments(above, beside)


def _above(path: Path, indent: int, said: Comments) -> list[str]:
    text = said.above.get(path)
    if text is None:
        return []
    return [f"{' ' * indent}# {shown(row)}".rstrip() for row in text.splitlines() or [""]]


def shown(text: str) -> str:
    """Return a comment's text without signs that a document cannot hold."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def _mapping(pairs: Pairs, path: Path, said: Comments) -> Iterator[str]:
    indent = 2 * len(path)
    for key, part in pairs:
        place = (*path, key)
        if not path and key in BREAKS:
            yield ""
        yield from _above(place, indent, said)
        rows = _entry(f"{' ' * indent}{scalar(Bare(key))}:", part, place, said)
        note = said.beside.get(place)
        yield rows[0] if note is None else f"{rows[0]}  # {shown(note)}"
        yield from rows[1:]


def _entry(head: str, part: Part, path: Path, said: Comments) -> list[str]:
    """Return the lines of one entry of a mapping."""
    indent = 2 * len(path)
    if isinstance(part, str):
        line = f"{head} {scalar(part)}"
        if len(line) <= WIDE or isinstance(part, Bare) or not _folds(part):
            return [line]
        return [f"{head} >-", *_folded(part, indent)]
    if not said.within(path) and not _stands(path, part):
        line = f"{head} {flow(part)}"
        if len(line) <= WIDE:
            return [line]
        if "options" in path[:-1] and isinstance(part, tuple) and (rows := _filled(part, indent)):
            return [head, *rows]
    if isinstance(part, tuple):
        return [head, *_mapping(part, path, said)]
    return [head, *_items(part, path, said)]


def _stands(path: Path, part: Part) -> bool:
    """Say whether a part is written over several lines however short it is."""
    if not part:
        return False
    return (path[0] in UPRIGHT and len(path) == 1) or (path[0] in TALL and len(path) == 2)


def _items(items: list[Part], path: Path, said: Comments) -> Iterator[str]:
    pad = " " * (2 * len(path))
    for key, part in numbered(items):
        place = (*path, key)
        yield from _above(place, len(pad), said)
        rows = [f"{pad}- {flow(part)}"]
        if isinstance(part, tuple) and (len(rows[0]) > WIDE or said.within(place)):
            rows = list(_mapping(part, place, said))
            rows[0] = f"{pad}- {rows[0].lstrip()}"
        note = said.beside.get(place)
        yield rows[0] if note is None else f"{rows[0]}  # {shown(note)}"
        yield from rows[1:]


def flow(part: Part) -> str:
    """Write a part on one line."""
    if isinstance(part, str):
        return scalar(part)
    if isinstance(part, tuple):
        return "{" + ", ".join(f"{scalar(Bare(key))}: {flow(each)}" for key, each in part) + "}"
    return "[" + ", ".join(flow(each) for each in part) + "]"


def _filled(pairs: Pairs, indent: int) -> list[str]:
    """Write a mapping over as few lines as it takes; nothing where a line would be too long."""
    pad = " " * indent
    rows = [pad + "{"]
    for number, (key, part) in enumerate(pairs):
        end = "}" if number == len(pairs) - 1 else ","
        word = f"{scalar(Bare(key))}: {flow(part)}{end}"
        if number and len(rows[-1]) + 1 + len(word) <= WIDE:
            rows[-1] += f" {word}"
        elif number:
            rows.append(f"{pad} {word}")
        else:
            rows[-1] += word
    return rows if max(map(len, rows)) <= WIDE else []


def scalar(text: str) -> str:
    """Write one text, in quotation marks where YAML could take it for something else."""
    if isinstance(text, Bare) and BARE.fullmatch(text) and text.lower() not in WORDS:
        return str(text)
    if isinstance(text, Bare) and text in ("yes", "no"):
        return str(text)
    plain = PLAIN.fullmatch(text) and text.isprintable() and text == text.strip()
    if plain and text.lower() not in WORDS:
        return str(text)
    return quoted(text)


def quoted(text: str) -> str:
    """Write a text in double quotation marks."""
    return '"' + "".join(_sign(sign) for sign in text) + '"'


def _sign(sign: str) -> str:
    if sign in '"\\':
        return f"\\{sign}"
    return sign if sign.isprintable() else f"\\U{ord(sign):08x}"


def _folds(text: str) -> bool:
    return text == " ".join(text.split()) and text.isprintable()


def _folded(text: str, indent: int) -> list[str]:
    pad = " " * indent
    width = WIDE - indent
    return [pad + row for row in wrap(text, width, break_long_words=False, break_on_hyphens=False)]
