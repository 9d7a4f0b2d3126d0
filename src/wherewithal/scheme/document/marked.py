"""YAML read with its line numbers, where numbers keep every digit that was written.

A document is only ever text, lists and mappings: nothing in it is run, and no tag makes an object.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from fractions import Fraction

import yaml

from wherewithal.scheme.alone import write
from wherewithal.scheme.mistakes import Mistake, Path

NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30}|/[1-9][0-9]{0,8})?")
YES, NO = ("yes", "true"), ("no", "false")


@dataclass(slots=True)
class Marks:
    """What reading a document leaves behind: mistakes, and the line each place stands on."""

    mistakes: list[Mistake] = field(default_factory=list)
    lines: dict[Path, int] = field(default_factory=dict)

    def line(self, path: Path) -> int:
        """Return the line of a place, or of the nearest place around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def add(self, path: Path, value: str, where: str, mend: str) -> None:
        """Note a mistake at a place."""
        self.mistakes.append(Mistake(self.line(path), value, where, mend, path))


def compose(text: str) -> yaml.Node | None:
    """Parse a document into nodes.

    Raises:
        yaml.MarkedYAMLError: it is not YAML.
    """
    node: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    return node


class Block:
    """A mapping of the document, read key by key; what nobody asked for is a mistake."""

    def __init__(self, marks: Marks, node: yaml.Node | None, path: Path, where: str) -> None:
        self.marks, self.path, self.where = marks, path, where
        self.pairs: list[tuple[str, yaml.Node]] = []
        self.asked: list[str] = []
        if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
            return
        if not isinstance(node, yaml.MappingNode):
            self.add((), shown(node), "Write `name: value` lines here.")
            return
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.add((), shown(key), "Write one name before the colon here.")
                continue
            place = (*path, key.value)
            again = "again" if place in marks.lines else ""
            if again and key.value in [name for name, _ in self.pairs]:
                place = (*place, again)
            marks.lines[place] = key.start_mark.line + 1
            self.pairs.append((key.value, value))

    def add(self, path: Path, value: str, mend: str) -> None:
        """Note a mistake under this block."""
        where = ", ".join([self.where, *path]) if self.where else ", ".join(path)
        self.marks.add((*self.path, *path), value, where or "the document", mend)

    def get(self, key: str) -> yaml.Node | None:
        """Return the node of a key, or ``None``."""
        self.asked.append(key)
        found = [node for name, node in self.pairs if name == key]
        if len(found) > 1:
            mend = f"`{key}` is written twice. Keep one."
            self.marks.add((*self.path, key, "again"), key, self.where or "the document", mend)
        return found[0] if found else None

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text; without a default it must be there."""
        node = self.get(key)
        if node is None:
            if default is None:
                self.add((), key, f"Write `{key}:` here.")
            return default or ""
        if not isinstance(node, yaml.ScalarNode):
            self.add((key,), shown(node), "Write one text here.")
            return ""
        return " ".join(node.value.split())

    def number(self, key: str) -> Fraction | None:
        """Return an exact number, or ``None`` where the key is missing."""
        node = self.get(key)
        return None if node is None else self.read_number(node, (key,))

    def read_number(self, node: yaml.Node, path: Path) -> Fraction:
        """Read a node as a number; 0 stands in for what is no number, and is noted."""
        if isinstance(node, yaml.ScalarNode) and NUMBER.fullmatch(node.value):
            return Fraction(node.value)
        self.add(path, shown(node), "Write a number in digits, like 12, 0.4954 or 1/7.")
        return Fraction(0)

    def needed(self, key: str) -> Fraction:
        """Return a number that must be there."""
        found = self.number(key)
        if found is None:
            self.add((), key, f"Write `{key}:` here, with a number.")
        return found or Fraction(0)

    def whole(self, key: str) -> int:
        """Return a whole number that must be there."""
        found = self.needed(key)
        if found.denominator != 1:
            self.add((key,), write(found), "Write a whole number.")
        return int(found)

    def flag(self, key: str) -> bool:
        """Return yes or no; no where the key is missing."""
        text = self.text(key, "no").lower()
        if text not in YES + NO:
            self.add((key,), text, "Write yes or no.")
        return text in YES

    def names(self, key: str) -> tuple[str, ...]:
        """Return a list of names; a single name is a list of one."""
        node = self.get(key)
        if isinstance(node, yaml.ScalarNode):
            return (node.value,)
        found = []
        for item in self.items(node, key):
            if isinstance(item, yaml.ScalarNode):
                self.marks.lines[(*self.path, key, item.value)] = item.start_mark.line + 1
                found.append(item.value)
            else:
                self.add((key,), shown(item), "Write a name.")
        return tuple(found)

    def items(self, node: yaml.Node | None, key: str) -> list[yaml.Node]:
        """Return the items of a list."""
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.add((key,), shown(node), "Write a list here, like [one, two].")
            return []
        return list(node.value)

    def inside(self, key: str) -> "Block":
        """Return the mapping under a key, empty where the key is missing."""
        where = f"{self.where}, {key}" if self.where else key
        return Block(self.marks, self.get(key), (*self.path, key), where)

    def each(self, key: str, kind: str) -> Iterator[tuple[str, "Block"]]:
        """Yield the mappings under a key by their codes."""
        outer = self.inside(key)
        for code, node in outer.pairs:
            around = f"{self.where}, " if self.where else ""
            yield code, Block(self.marks, node, (*outer.path, code), f"{around}{kind} {code}")

    def listed(self, key: str, kind: str) -> Iterator["Block"]:
        """Yield the mappings of a list, numbered from 1."""
        for number, node in enumerate(self.items(self.get(key), key), start=1):
            path = (*self.path, key, str(number))
            self.marks.lines[path] = node.start_mark.line + 1
            yield Block(self.marks, node, path, f"{kind} {number}")

    def close(self) -> None:
        """Note every key that was never asked for."""
        for name, _ in self.pairs:
            if name not in self.asked:
                self.add((name,), name, f"The language has no `{name}` here. {self._hint(name)}")

    def _hint(self, name: str) -> str:
        """Say what could stand here instead of a name that nobody asked for."""
        if " " in name:
            return "Put a text with a comma or a colon in it in quotation marks."
        if name == "points":
            return "To give an answer points, write `adds: {unit: points, source: …}` above."
        if near := get_close_matches(name, self.asked, n=1):
            return f"Did you mean `{near[0]}`?"
        return f"What can stand here: {', '.join(dict.fromkeys(self.asked))}."


def shown(node: yaml.Node) -> str:
    """Write a node as a message quotes it."""
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    return "a list" if isinstance(node, yaml.SequenceNode) else "a mapping"
