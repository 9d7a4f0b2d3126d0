"""A small tree of an XML message from outside, read so that it can do no harm.

A document type is refused before anything in it is read: without one there are no entities to
expand and nothing to fetch. Size, depth and number of elements have limits.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat  # nosec  # document types are refused below

from wherewithal.banking.answers import AnswerError

LARGEST = 20_000_000
DEEPEST = 40
MOST_ELEMENTS = 2_000_000


@dataclass(slots=True)
class Node:
    """One element: its name without a namespace, its text, what is in it, its line from 1."""

    name: str
    line: int
    text: str = ""
    parts: list["Node"] = field(default_factory=list)

    def all(self, name: str) -> list["Node"]:
        """Return the parts of this name."""
        return [part for part in self.parts if part.name == name]

    def at(self, *names: str) -> "Node | None":
        """Return the first part along a path of names, or nothing."""
        node: Node | None = self
        for name in names:
            node = next(iter(node.all(name)), None) if node is not None else None
        return node

    def words(self, *names: str) -> str:
        """Return the text along a path of names, or nothing."""
        node = self.at(*names)
        return node.text.strip() if node is not None else ""

    def __iter__(self) -> Iterator["Node"]:
        return iter(self.parts)


def read_tree(content: bytes) -> Node:
    """Return the outermost element of a message.

    Raises:
        AnswerError: it is not XML, is too large or too deep, or has a document type.
    """
    if len(content) > LARGEST:
        raise AnswerError(
            f"The file has {len(content):,} bytes. Send one of {LARGEST:,} bytes or fewer."
        )
    top = Node("", 0)
    open_nodes, seen = [top], 0
    parser = expat.ParserCreate(namespace_separator=" ")

    def begin(name: str, _: dict[str, str]) -> None:
        nonlocal seen
        seen += 1
        if len(open_nodes) > DEEPEST or seen > MOST_ELEMENTS:
            raise AnswerError(
                f"Line {parser.CurrentLineNumber}: the file goes too deep or is too long for an"
                " answer of a bank. Ask the bank for the file again."
            )
        node = Node(name.rpartition(" ")[2], parser.CurrentLineNumber)
        open_nodes[-1].parts.append(node)
        open_nodes.append(node)

    def end(_: str) -> None:
        open_nodes.pop()

    def words(text: str) -> None:
        open_nodes[-1].text += text

    def refuse(*_: object) -> None:
        raise AnswerError(
            f"Line {parser.CurrentLineNumber}: the file has a document type, which an answer of a"
            " bank never has. It was not read. Ask the bank for the file again."
        )

    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = words, refuse
    parser.EntityDeclHandler = refuse
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    try:
        parser.Parse(content, True)
    except expat.ExpatError as mistake:
        raise AnswerError(
            f"Line {mistake.lineno}: this is not XML ({expat.ErrorString(mistake.code)})."
            " Choose the file as the bank sent it."
        ) from None
    return top.parts[0]
