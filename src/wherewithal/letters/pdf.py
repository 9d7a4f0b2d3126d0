"""A letter as a tagged PDF that meets PDF/UA-1, so that assistive technology can read it.

The same letter always makes the same bytes: its date is its time of making, and only the fonts
in this package, those inside the compiler, and those that are handed in are used.
"""

import json
import re
from contextlib import ExitStack
from datetime import UTC, datetime, time
from functools import cache
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import typst

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

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
# Little pictures typed on a phone. The page keeps them; on paper the words must do, since a PDF
# that everyone can read may hold no sign without a shape.
_PICTURE = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u2b55\ufe0e\ufe0f\u200d\U000e0020-\U000e007f]"
)


class LetterError(ValueError):
    """The letter could not be set in type; the message says what to change."""


def to_pdf(letter: Letter, *, fonts: Path | None = None) -> bytes:
    """Return the letter as an A4 PDF, in 12 point, or 18 point where its size is ``large``.

    ``fonts`` is a folder of further fonts, for scripts that those in the package do not have.

    Raises:
        LetterError: the letter holds signs that no font here has, and so can't be read.
    """
    compiler = typst.Compiler(
        _template(),
        font_paths=_fonts(fonts),
        sys_inputs={"letter": json.dumps(_printable(_data(letter)))},
    )
    try:
        made = compiler.compile(
            format="pdf",
            pdf_standards="ua-1",
            timestamp=datetime.combine(letter.date, time(12), UTC),
        )
    except typst.TypstError as mistake:
        raise LetterError(
            f"The letter {letter.reference} can't be made into a PDF ({mistake.message}). If it "
            "holds a sign or a script that the font does not have, send it as plain text."
        ) from mistake
    if not isinstance(made, bytes):
        raise LetterError(f"The letter {letter.reference} came out as no PDF. Try it again.")
    return made


@cache
def _template() -> bytes:
    return files(__package__).joinpath("letter.typ").read_bytes()


@cache
def _fonts(further: Path | None) -> typst.Fonts:
    with ExitStack() as stack:
        folder = stack.enter_context(as_file(_shipped()))
        paths = [folder] if further is None else [folder, further]
        return typst.Fonts(include_system_fonts=False, font_paths=paths)


def _shipped() -> Traversable:
    return files(__package__).joinpath("fonts")


def _printable(value: Any) -> Any:
    """Return the data without control characters, which no font can show."""
    match value:
        case str():
            return _PICTURE.sub("", _CONTROL.sub("", value.replace("\t", " ")))
        case dict():
            return {key: _printable(each) for key, each in value.items()}
        case list() | tuple():
            return [_printable(each) for each in value]
        case _:
            return value


def _data(letter: Letter) -> dict[str, Any]:
    language, _, region = letter.language.partition("-")
    return {
        "title": letter.title,
        "reference": letter.reference,
        "year": letter.date.year,
        "month": letter.date.month,
        "day": letter.date.day,
        "written-on": long_date(letter.date),
        "name": letter.to.name,
        "address": letter.to.address,
        "council": letter.from_.council,
        "contact": letter.from_.contact,
        "lang": language,
        "region": region or None,
        "size": letter.size,
        "blocks": [_block(block) for block in letter.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(text):
            return {"kind": "heading", "text": text}
        case Paragraph(text):
            return {"kind": "paragraph", "text": text}
        case Bullets(items):
            return {"kind": "bullets", "items": items}
        case Steps(items):
            return {"kind": "steps", "items": items}
        case Note(heading, paragraphs):
            return {"kind": "note", "heading": heading, "paragraphs": paragraphs}
        case KeyFigure(label, figure):
            return {"kind": "key-figure", "label": label, "figure": figure}
        case Table(caption, columns, rows, numeric, total):
            return {
                "kind": "table",
                "caption": caption,
                "columns": columns,
                "rows": rows,
                "numeric": numeric,
                "total": total,
            }
