"""A letter from the council to a person: who sends it, who receives it, and how it is served."""

import zipfile
from collections.abc import Iterable
from datetime import date
from io import BytesIO
from typing import cast

from django.conf import settings
from django.http import HttpResponse

from wherewithal.letters.letter import Block, Letter, Recipient, Sender, Size
from wherewithal.letters.pdf import LetterError, to_pdf
from wherewithal.letters.plain import to_text
from wherewithal.web.people.models import Person
from wherewithal.web.policy.settings import local

LETTERS_AT_ONCE = 500
"""So many letters come in one zip: making each takes a moment."""


def letter_to(
    person: Person, *, title: str, on: date, blocks: Iterable[Block], size: str = ""
) -> Letter:
    """Return a letter to a person, in the print they need unless another ``size`` is asked for."""
    lines = (person.address_line, person.town, person.postcode)
    return Letter(
        title=title,
        reference=person.reference,
        date=on,
        to=Recipient(person.name, tuple(line for line in lines if line)),
        from_=_sender(),
        blocks=tuple(blocks),
        size=print_size(person, size),
    )


def print_size(person: Person, asked: str = "") -> Size:
    """Return the size of print: as asked for, or as this person needs it."""
    needed = "large" if "large" in person.communication_format.lower() else "standard"
    return cast("Size", asked if asked in {"standard", "large"} else needed)


def as_file(letter: Letter) -> tuple[str, bytes]:
    """Return a letter's file ending and bytes: PDF, or plain text where a sign has no font here."""
    try:
        return "pdf", to_pdf(letter, fonts=settings.LETTER_FONTS)
    except LetterError:
        return "txt", to_text(letter).encode()


def served(letter: Letter, name: str) -> HttpResponse:
    """Return a letter as PDF, or as plain text where it holds signs that no font here has."""
    ending, content = as_file(letter)
    kind = "application/pdf" if ending == "pdf" else "text/plain; charset=utf-8"
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'inline; filename="{name}-{letter.reference}.{ending}"'
    return response


def zipped(letters: Iterable[tuple[str, Letter]], name: str) -> HttpResponse:
    """Return letters as files in one zip; each comes with its file's name, without an ending."""
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w") as made:
        for called, letter in letters:
            ending, content = as_file(letter)
            made.writestr(f"{called}.{ending}", content)
    response = HttpResponse(kept.getvalue(), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return response


def _sender() -> Sender:
    council = local("council_name", "council_phone", "council_email")
    contact = (f"Telephone {council['council_phone']}", str(council["council_email"]))
    return Sender(str(council["council_name"]), contact)
