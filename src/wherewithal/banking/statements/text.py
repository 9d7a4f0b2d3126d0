"""The text of a file, a piece at a time: its encoding found out, its line ends made alike."""

import codecs
from collections.abc import Iterator
from io import IncrementalNewlineDecoder
from typing import BinaryIO

from wherewithal.banking.statements.statement import StatementError

PIECE = 1 << 16
LONGEST_LINE = 1 << 16
_MARKS = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def encoding_of(data: BinaryIO) -> str:
    """Return the encoding of a file: ``utf-8-sig``, ``utf-16`` by its mark, else ``cp1252``.

    The whole file is looked through once and put back to its beginning.
    """
    data.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    found = "utf-8-sig"
    try:
        piece = data.read(PIECE)
        for mark, name in _MARKS:
            if piece.startswith(mark):
                return name
        while piece:
            decoder.decode(piece)
            piece = data.read(PIECE)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        found = "cp1252"
    finally:
        data.seek(0)
    return found


def pieces(data: BinaryIO, encoding: str) -> Iterator[str]:
    """Hand out a file's text in pieces; every line end is a line feed.

    Raises:
        StatementError: a byte is no text in this encoding, or is zero.
    """
    name = "utf-8-sig" if encoding.lower() in {"utf-8", "utf8"} else encoding
    decoder = IncrementalNewlineDecoder(codecs.getincrementaldecoder(name)(), translate=True)
    seen = 1
    while True:
        raw = data.read(PIECE)
        try:
            text = decoder.decode(raw, final=not raw)
        except UnicodeDecodeError as mistake:
            before = mistake.object[: mistake.start].count(b"\n")
            raise StatementError(
                f"This byte is no letter in {encoding}.",
                "Download the file again, or choose another encoding.",
                place=seen + before,
                value=f"{mistake.object[mistake.start]:#04x}",
            ) from mistake
        if "\0" in text:
            raise StatementError(
                "There is a zero byte here, which text does not have.",
                "The file may be damaged or no text. Download it again.",
                place=seen + text[: text.index("\0")].count("\n"),
            )
        seen += text.count("\n")
        yield text
        if not raw:
            return


def text_lines(data: BinaryIO, encoding: str) -> Iterator[str]:
    """Hand out a file's lines, each with its line feed.

    Raises:
        StatementError: as :func:`pieces`; or a line is longer than any bank writes.
    """
    rest, place = "", 0
    for piece in pieces(data, encoding):
        parts = (rest + piece).split("\n")
        rest = parts.pop()
        for part in parts:
            place += 1
            yield f"{part}\n"
        if len(rest) > LONGEST_LINE:
            raise StatementError(
                f"This line has more than {LONGEST_LINE:,} letters.",
                "No bank writes such a line. Download the file again.",
                place=place + 1,
            )
    if rest:
        yield rest


def tidy(text: str) -> str:
    """Put one space where a bank puts many, or a line end."""
    return " ".join(text.split())
