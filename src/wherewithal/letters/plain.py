"""A letter as plain text, to send as a message, to read aloud, or for a screen reader."""

from textwrap import fill

from wherewithal.dates import long_date
from wherewithal.letters.letter import (
    Block,
    Bullets,
    Heading,
    KeyFigure,
    Letter,
    Note,
    Paragraph,
    Steps,
    Table,
)

WIDTH = 72


def to_text(letter: Letter) -> str:
    """Return the whole letter as plain text, lines of up to 72 characters, ending in a newline.

    A table is told row by row, each cell after the name of its column, because columns of spaces
    can't be read aloud or in a narrow window.
    """
    pieces = [
        "\n".join([letter.from_.council, *letter.from_.contact]),
        "\n".join([letter.to.name, *letter.to.address]),
        f"{long_date(letter.date)}\nReference: {letter.reference}",
        _underlined(letter.title, "="),
        *(_told(block) for block in letter.blocks),
    ]
    return "\n\n".join(pieces) + "\n"


def _told(block: Block) -> str:
    match block:
        case Heading(text):
            return _underlined(text, "-")
        case Paragraph(text):
            return _wrapped(text)
        case Bullets(items):
            return "\n".join(_item("- ", item) for item in items)
        case Steps(items):
            return "\n".join(_item(f"{n}. ", item) for n, item in enumerate(items, start=1))
        case Note(heading, paragraphs):
            return "\n\n".join([_wrapped(f"* {heading}"), *map(_wrapped, paragraphs)])
        case KeyFigure(label, figure):
            return f"{label}: {figure}"
        case Table():
            return _told_table(block)


def _told_table(table: Table) -> str:
    rows = [*table.rows, *([table.total] if table.total is not None else [])]
    told = [
        "\n".join(
            f"{column}: {cell}" if column else cell
            for column, cell in zip(table.columns, row, strict=True)
            if cell
        )
        for row in rows
    ]
    return "\n\n".join([_wrapped(table.caption), *told])


def _underlined(text: str, line: str) -> str:
    wrapped = _wrapped(text)
    return f"{wrapped}\n{line * max(map(len, wrapped.splitlines()))}"


def _item(mark: str, text: str) -> str:
    return fill(
        text, WIDTH, initial_indent=mark, subsequent_indent=" " * len(mark), break_long_words=False
    )


def _wrapped(text: str) -> str:
    return "\n".join(fill(line, WIDTH, break_long_words=False) for line in text.splitlines())
