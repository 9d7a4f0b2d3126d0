"""Which column of a bank's file holds what: a column map, as data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from wherewithal.banking.statements.values import day_reader

Column = str | int
OUT_IS = ("minus", "plus")
ENCODINGS = ("", "utf-8", "cp1252", "utf-16")
DELIMITERS = (",", ";", "\t", "|")


@dataclass(frozen=True, slots=True)
class Layout:
    """The column map of one bank's CSV file.

    A column is a heading, or a number from 1 where the file has no headings; a layout uses one
    way or the other. Money is in one ``amount`` column (``out_is`` says how money out is marked;
    or a ``direction`` column holds DR or CR), or in ``paid_out`` and ``paid_in``. ``header_rows``
    are passed over in a file without headings; with headings, the row that has them is looked
    for. ``width`` is the exact number of columns, 0 for any. An empty ``encoding`` is found out.
    """

    code: str
    bank: str
    date: Column
    date_format: str = "dd/mm/yyyy"
    amount: Column | None = None
    direction: Column | None = None
    paid_out: Column | None = None
    paid_in: Column | None = None
    out_is: str = ""
    payee: tuple[Column, ...] = ()
    text: tuple[Column, ...] = ()
    kind: Column | None = None
    balance: Column | None = None
    account: tuple[Column, ...] = ()
    currency: Column | None = None
    reference: Column | None = None
    header_rows: int = 0
    width: int = 0
    delimiter: str = ","
    encoding: str = ""
    source: str = ""
    verified: bool = False

    def __post_init__(self) -> None:
        day_reader(self.date_format)
        pair = self.paid_out is not None and self.paid_in is not None
        half = (self.paid_out is None) != (self.paid_in is None)
        if half or pair == (self.amount is not None):
            raise ValueError(
                f"{self.bank}: choose one column for the amount, or one for money out and one "
                "for money in."
            )
        if not (self.payee or self.text):
            raise ValueError(f"{self.bank}: choose at least one column that says who or what.")
        if len({type(column) for column in self.columns()}) > 1:
            raise ValueError(f"{self.bank}: name every column by its heading, or all by numbers.")
        if any(isinstance(column, int) and column < 1 for column in self.columns()):
            raise ValueError(f"{self.bank}: columns are counted from 1.")
        for name, value, known in (
            ("out_is", self.out_is, ("", *OUT_IS)),
            ("encoding", self.encoding, ENCODINGS),
            ("delimiter", self.delimiter, DELIMITERS),
        ):
            if value not in known:
                raise ValueError(f"{self.bank}: {name} {value!r} is none of {known}.")

    @property
    def has_headings(self) -> bool:
        """Whether columns are told by their headings."""
        return isinstance(self.date, str)

    @property
    def sign(self) -> int:
        """What money out is multiplied by to be below zero."""
        pair = self.amount is None
        return -1 if (self.out_is or ("plus" if pair else "minus")) == "plus" else 1

    def columns(self) -> Iterator[Column]:
        """Go through every column the layout uses."""
        yield self.date
        for one in (self.amount, self.direction, self.paid_out, self.paid_in, self.kind,
                    self.balance, self.currency, self.reference):  # fmt: skip
            if one is not None:
                yield one
        yield from (*self.payee, *self.text, *self.account)


def layout_document(layout: Layout) -> dict[str, Any]:
    """Return a layout as plain values, without what it leaves at the default: for YAML or JSON."""
    given = ((each.name, getattr(layout, each.name), each.default) for each in fields(layout))
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value, default in given
        if value != default
    }


def read_layout(document: Mapping[str, Any]) -> Layout:
    """Build a layout from plain values.

    Raises:
        ValueError: a name is unknown or the map makes no sense; the message says what to do.
    """
    known = {each.name for each in fields(Layout)}
    unknown = sorted(set(document) - known)
    if unknown:
        raise ValueError(f"A column map has no {unknown[0]!r}. It may have: {sorted(known)}.")
    listed = {
        name: tuple([value] if isinstance(value, str | int) else value)
        for name, value in document.items()
        if name in {"payee", "text", "account"}
    }
    return Layout(**{**document, **listed})


@cache
def packaged_layouts() -> tuple[Layout, ...]:
    """Return the layouts that come with the product, in the order they are tried."""
    text = files(__package__).joinpath("layouts.yaml").read_text(encoding="utf-8")
    document: dict[str, Any] = yaml.safe_load(text)
    sources: dict[str, str] = document["sources"]
    return tuple(
        read_layout({"code": code, **values, "source": sources[values["source"]]})
        for code, values in document["layouts"].items()
    )


def packaged_layout(code: str) -> Layout:
    """Return one layout by its code.

    Raises:
        KeyError: there is none of that code.
    """
    return {layout.code: layout for layout in packaged_layouts()}[code]
