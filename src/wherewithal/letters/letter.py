"""A letter as a value: who it is to, who it is from, and its blocks in reading order.

Every word is plain text: nothing in it is read as markup, whatever signs it holds.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Size = Literal["standard", "large"]

SIZES: tuple[Size, ...] = ("standard", "large")
MOST_ADDRESS_LINES = 6
"""Lines of an address, under the name, that show in the window of an envelope."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """The person a letter goes to: name, then up to six address lines."""

    name: str
    address: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.address) > MOST_ADDRESS_LINES:
            raise ValueError(
                f"The address of {self.name} has {len(self.address)} lines. Use up to "
                f"{MOST_ADDRESS_LINES}, or they will not show in the window of the envelope."
            )


@dataclass(frozen=True, slots=True)
class Sender:
    """The council a letter comes from, and lines that say how to reach someone there."""

    council: str
    contact: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within the letter, under its title.

    Raises:
        ValueError: the heading is empty, which would leave a listener with a silent landmark.
    """

    text: str

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("A heading of the letter is empty. Say what comes under it.")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list in which the order does not matter."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """A numbered list of things to do or that happen, in order."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Something to notice, in a box: paragraphs under a short heading."""

    heading: str
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """The one figure a letter is about, large, under the words that say what it is."""

    label: str
    figure: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption; ``numeric`` lists the columns (from 0) that are set to the right.

    ``total`` is a last row that stands out.

    Raises:
        ValueError: a row has more or fewer cells than there are columns, or a numeric column
            does not exist; the message names it.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    total: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        if not self.columns:
            raise ValueError(f"The table {self.caption!r} has no columns. Name at least one.")
        for row in (*self.rows, *([self.total] if self.total is not None else [])):
            if len(row) != len(self.columns):
                raise ValueError(
                    f"A row of the table {self.caption!r} has {len(row)} cells ({row}), "
                    f"and the table has {len(self.columns)} columns."
                )
        for column in self.numeric:
            if not 0 <= column < len(self.columns):
                raise ValueError(
                    f"The table {self.caption!r} has no column {column}. Count columns from 0."
                )


Block = Heading | Paragraph | Bullets | Steps | Note | KeyFigure | Table


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter from a council to one person.

    Raises:
        ValueError: the letter has no title, an unknown size, or a language that is not a code.
    """

    title: str
    reference: str
    date: date
    to: Recipient
    from_: Sender
    blocks: tuple[Block, ...]
    language: str = "en-GB"
    size: Size = "standard"

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise ValueError("The letter has no title. Say in a few words what it is about.")
        if self.size not in SIZES:
            raise ValueError(f"The size {self.size!r} is not known. Use standard or large.")
        language, _, region = self.language.partition("-")
        if not (language.isalpha() and language.islower() and len(language) in (2, 3)):
            raise ValueError(f"The language {self.language!r} is not a code. Write it like en-GB.")
        if region and not (region.isalpha() and region.isupper() and len(region) == 2):
            raise ValueError(f"The language {self.language!r} is not a code. Write it like en-GB.")
