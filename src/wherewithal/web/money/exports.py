"""My money as a file and as a letter: the same figures as the page, from the same value."""

import csv
from collections.abc import Iterator
from datetime import date
from io import StringIO

from wherewithal.dates import long_date
from wherewithal.letters.letter import Block, Heading, KeyFigure, Letter, Paragraph, Table
from wherewithal.money import pounds
from wherewithal.spreadsheets import safe_cell
from wherewithal.web.money.picture import Picture
from wherewithal.web.money.presenters import figures_of, standing
from wherewithal.web.people.letters import letter_to
from wherewithal.web.people.models import Person

HEAD = ("Kind", "What", "Day", "Who", "More", "Pounds in", "Pounds out", "Month", "Since April")


def to_csv(picture: Picture) -> str:
    """Return everything as comma-separated text: each movement, what is put by, and the figures.

    Text that a spreadsheet would run as a formula is given an apostrophe in front; amounts stand
    in columns of their own and are never below zero there, but for a refund larger than a cost.
    """
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEAD)
    for row in _rows(picture):
        writer.writerow([safe_cell(cell) for cell in row])
    return text.getvalue()


def _rows(picture: Picture) -> Iterator[tuple[str, ...]]:
    for each in picture.year.sums:
        for row in each.rows:
            amounts = (_plain(row.pence), "") if each.way == "in" else ("", _plain(row.pence))
            yield ("movement", each.label, row.on.isoformat(), row.who, row.what, *amounts, "", "")
    for row in picture.put_by:
        yield ("put by", row.what, row.on.isoformat(), "", "", "", _plain(row.pence), "", "")
    for figure in figures_of(picture):
        yield ("figure", figure.label, "", "", "", "", "", figure.month, figure.year)
    for label, amount in standing(picture):
        yield ("standing", label, "", "", "", "", "", "", amount)


def _plain(pence: int) -> str:
    """Write an amount as spreadsheets add it up."""
    sign = "-" if pence < 0 else ""
    return f"{sign}{abs(pence) // 100}.{abs(pence) % 100:02d}"


def letter(person: Person, picture: Picture, *, on: date, coming: str, size: str = "") -> Letter:
    """Return the letter that says what the page says."""
    return letter_to(
        person, title="Your money", on=on, blocks=tuple(_blocks(picture, coming)), size=size
    )


def _blocks(picture: Picture, coming: str) -> Iterator[Block]:
    if picture.left is not None and picture.seen_to is not None:
        yield KeyFigure("Left to use", pounds(picture.left))
        yield Paragraph(f"We know this from statements up to {long_date(picture.seen_to)}.")
    else:
        yield Paragraph(
            "We have not seen a bank statement yet. So we can tell you what was paid in,"
            " but not what is left."
        )
    table = Table(
        "What came in and what went out",
        ("Money", picture.month.title, picture.year.title),
        tuple((row.label, row.month, row.year) for row in figures_of(picture)),
        numeric=(1, 2),
    )
    yield table
    stands = standing(picture)
    if stands:
        yield Table("Where it stands", ("Money", "Amount"), tuple(stands), numeric=(1,))
    if picture.put_by:
        yield Heading("What is put by, and what for")
        yield Table(
            "Bills that will come", ("What for", "Amount"),
            tuple((row.what, pounds(row.pence)) for row in picture.put_by), numeric=(1,),
        )  # fmt: skip
    if coming:
        yield Heading("What comes next")
        yield Paragraph(coming)
    yield Paragraph("If anything here looks wrong, ring us. You will not be in trouble for asking.")
