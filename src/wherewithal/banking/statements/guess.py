"""Which bank's layout a CSV file is in, and column maps that may fit one of no known bank."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, permutations
from typing import BinaryIO

from wherewithal.banking.statements.csv_map import (
    Row,
    heading,
    lines_of_rows,
    numbered_rows,
    read_csv,
)
from wherewithal.banking.statements.layout import (
    DELIMITERS,
    Column,
    Layout,
    packaged_layouts,
)
from wherewithal.banking.statements.statement import (
    Line,
    Statement,
    StatementError,
    Sums,
    counted,
)
from wherewithal.banking.statements.text import encoding_of
from wherewithal.banking.statements.values import amount, day_reader, plain_cell

DATE_FORMATS = (
    "dd/mm/yyyy", "yyyy-mm-dd", "dd/mm/yy", "dd mmm yyyy", "dd-mmm-yyyy", "dd mmm yy",
    "dd-mmm-yy", "dd-mm-yyyy", "dd.mm.yyyy", "yyyy/mm/dd", "yyyymmdd", "yymmdd", "mm/dd/yyyy",
)  # fmt: skip
_WORDS = {
    "balance": r"balance",
    "paid_out": r"paid out|money out|debit|withdraw|payments?$|out$",
    "paid_in": r"paid in|money in|credit|deposit|receipts?$|in$",
    "amount": r"amount|value|sum",
    "payee": r"payee|merchant|counter ?party|name$|\bwho\b|description|narrative|details?$|memo",
    "text": r"description|narrative|details?$|memo|reference|notes|particulars|transaction$",
    "kind": r"type$|subcategory|code$",
    "account": r"sort code|account (?:number|no)|account$|card (?:ref|number|no)",
    "currency": r"currency|ccy",
}
_ACCOUNT = re.compile(r"\d\d[- ]?\d\d[- ]?\d\d[- /]?\d{8}(?: ?GBP)?", re.ASCII)
_MOST_GUESSES = 6


@dataclass(frozen=True, slots=True)
class Guess:
    """A column map that may fit; ``proved`` where the file's own balances bear it out."""

    layout: Layout
    proved: bool
    why: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file comes to by a layout: its first lines, its sums, and the first mistake."""

    lines: tuple[Line, ...]
    accounts: dict[str, Sums]
    notes: tuple[str, ...]
    mistake: StatementError | None


def preview(data: BinaryIO, layout: Layout, *, most: int = 20, name: str = "") -> Preview:
    """Read a whole CSV file by a layout, keeping its first lines, and say whether it fits."""
    statement = read_csv(data, layout)
    kept: list[Line] = []
    try:
        for line in statement.lines:
            if len(kept) < most:
                kept.append(line)
    except StatementError as mistake:
        mistake.name = name
        return Preview(tuple(kept), statement.accounts, tuple(statement.notes), mistake)
    return Preview(tuple(kept), statement.accounts, tuple(statement.notes), None)


def first_rows(data: BinaryIO, most: int = 60) -> tuple[list[Row], str, str]:
    """Return a CSV file's first rows, its delimiter and its encoding.

    The delimiter is the one by which most rows have the same number of cells, and more than one.

    Raises:
        StatementError: the text cannot be read.
    """
    encoding = encoding_of(data)
    best: tuple[int, list[Row], str] = (-1, [], ",")
    failed: StatementError | None = None
    for delimiter in DELIMITERS:
        rows: list[Row] = []
        try:
            for _, row in islice(numbered_rows(data, encoding, delimiter), most):
                rows.append(row)
        except StatementError as mistake:
            failed = failed or mistake
        widths = [len(row) for row in rows if len(row) > 1]
        score = max((widths.count(width) * min(width, 9) for width in set(widths)), default=0)
        if rows and score > best[0]:
            best = score, rows, delimiter
    data.seek(0)
    if not best[1] and failed:
        raise failed
    return best[1], best[2], "utf-8" if encoding == "utf-8-sig" else encoding


def recognise_layout(data: BinaryIO) -> Layout:
    """Return the packaged layout that a CSV file is written in.

    Raises:
        StatementError: it is none of them.
    """
    rows, delimiter, _ = first_rows(data)
    fits = [(how_well(layout, rows), layout) for layout in packaged_layouts()]
    score, best = max(fits, key=lambda fit: fit[0])
    if score > 0:
        return best if best.delimiter == delimiter else replace(best, delimiter=delimiter)
    raise StatementError(
        "These columns are of no bank that is known here.",
        "Choose the bank this file is from, or make a column map for it.",
        place=1 if rows else 0,
        value=", ".join(rows[0][:6]) if rows else "",
    )


def how_well(layout: Layout, rows: Sequence[Row]) -> int:
    """Say how well a layout fits rows: 0 not at all; more for headings, days and width that fit.

    A row that cannot be read does not make a file another bank's: half of the first ones must fit.
    """
    numbered = list(enumerate(rows, start=1))
    wanted = {heading(str(column)) for column in layout.columns()}
    if layout.has_headings:
        heads = [at for at, row in numbered if wanted <= set(map(heading, row))]
        if not heads:
            return 0
        top, width = rows[heads[0] - 1], len(rows[heads[0] - 1])
        below = [row for row in rows[heads[0] :] if any(row)][:10]
        whole = 5 if layout.width in {0, width} else 0
        return 20 * len(wanted) + whole + _readable(layout, below, top)
    below = [row for row in rows[layout.header_rows :] if any(row)][:10]
    if not below or sum(len(row) == layout.width for row in below) * 2 <= len(below):
        return 0
    read = _readable(layout, below, None)
    return 10 + read if read * 2 >= len(below) else 0


def _readable(layout: Layout, below: Sequence[Row], top: Row | None) -> int:
    count = 0
    for row in below:
        rows = [(1, top), (2, row)] if top is not None else [(1, row)]
        trial = replace(layout, header_rows=0)
        try:
            count += bool(list(lines_of_rows(Statement("csv", iter(())), iter(rows), trial)))
        except StatementError:
            continue
    return count


def guess_map(rows: Sequence[Row], *, delimiter: str = ",", encoding: str = "") -> list[Guess]:
    """Return column maps that may fit a file's first rows, the likeliest first.

    Each has read all of the rows given. Where balances are printed they prove the signs, and only
    such maps are offered; where they are not, money out with a minus and without are both offered.
    """
    top = _top(rows)
    below = [row for row in rows[top + 1 :] if sum(map(bool, row)) > 2]
    if not below:
        return []
    width = max(map(len, below))
    below = [row for row in below if len(row) == width]
    names = [heading(cell) for cell in rows[top]] if top >= 0 else [""] * width
    found = _Found(below, (names + [""] * width)[:width])
    guesses = []
    for parts in found.maps():
        headed = top >= 0 and len(set(names)) == len(names) and all(names)
        layout = _built(parts, rows[top] if headed else None, top, width)
        layout = replace(layout, delimiter=delimiter, encoding=encoding)
        tried = _tried(layout, rows)
        if tried is not None:
            guesses.append(tried)
    proved = [guess for guess in guesses if guess.proved]
    return (proved or guesses)[:_MOST_GUESSES]


def _top(rows: Sequence[Row]) -> int:
    """Return the place of the row of headings, or −1 where there is none."""
    days = [day for row in rows[:40] for day in [next(filter(_formats, row), None)] if day]
    for at, row in enumerate(rows[:40]):
        if days and days[0] in row:
            return at - 1 if at and sum(map(bool, rows[at - 1])) > 2 else -1
    return -1


def _formats(cell: str) -> list[str]:
    """Return the forms of date in which a cell can be read."""
    fitting = []
    for form in DATE_FORMATS if any(map(str.isdecimal, cell)) else ():
        try:
            day_reader(form)(plain_cell(cell))
        except StatementError:
            continue
        fitting.append(form)
    return fitting


def _is_amount(cell: str) -> bool:
    cell = plain_cell(cell)
    if len(cell) > 20 or (cell.isdecimal() and len(cell) > 5):
        return False
    try:
        amount(cell)
    except StatementError:
        return False
    return True


class _Found:
    """What each column of some rows may hold, by its cells and its heading."""

    def __init__(self, rows: Sequence[Row], names: Sequence[str]) -> None:
        self.names = names
        self.cells = [[row[at].strip() for row in rows] for at in range(len(names))]
        self.forms = [self._forms(cells) for cells in self.cells]
        self.money = [
            at
            for at, cells in enumerate(self.cells)
            if any(cells) and not self.forms[at]
            if all(_is_amount(cell) for cell in cells if cell)
            if not re.search(_WORDS["account"], names[at])
        ]

    def _forms(self, cells: Sequence[str]) -> list[str]:
        fitting = _formats(cells[0])
        return [form for form in fitting if all(form in _formats(cell) for cell in cells[:30])]

    def named(self, what: str, among: Sequence[int] | None = None) -> list[int]:
        """Return the columns whose heading says they hold something."""
        places = range(len(self.names)) if among is None else among
        return [at for at in places if self.names[at] and re.search(_WORDS[what], self.names[at])]

    def maps(self) -> Iterator[dict[str, object]]:
        """Offer maps of places, from 0, the ones the headings speak for first."""
        dates = [(at, form) for at, forms in enumerate(self.forms) for form in forms]
        ways = list(chain(self._pairs(), self._singles()))
        for at, form in dates[:4]:
            rest = self._rest(at)
            for way in ways:
                used = {value for value in way.values() if isinstance(value, int)}
                yield {
                    "date": at,
                    "date_format": form,
                    **way,
                    **{
                        name: [place for place in value if place not in used]
                        for name, value in rest.items()
                    },
                }

    def _pairs(self) -> Iterator[dict[str, object]]:
        hinted = set(zip(self.named("paid_out", self.money), self.named("paid_in", self.money),
                         strict=False))  # fmt: skip
        others = permutations(self.money, 2) if len(self.money) < 6 else ()
        for out, into in (*hinted, *(pair for pair in others if pair not in hinted)):
            both = zip(self.cells[out], self.cells[into], strict=True)
            if out != into and all(_one_only(left, right) for left, right in both):
                yield from self._with_balance({"paid_out": out, "paid_in": into})

    def _singles(self) -> Iterator[dict[str, object]]:
        full = [at for at in self.money if all(self.cells[at]) and at not in self.named("balance")]
        hinted = self.named("amount", full)
        for at in dict.fromkeys((*hinted, *full)):
            for out_is in ("minus", "plus"):
                yield from self._with_balance({"amount": at, "out_is": out_is})

    def _with_balance(self, way: dict[str, object]) -> Iterator[dict[str, object]]:
        left = [at for at in self.money if at not in way.values()]
        for at in dict.fromkeys((*self.named("balance", left), *left)):
            yield {**way, "balance": at}
        if not self.named("balance", left):
            yield way

    def _rest(self, day: int) -> dict[str, list[int]]:
        account = (self.named("account") or self._accounts())[:2]
        words = [
            at
            for at, cells in enumerate(self.cells)
            if at not in (day, *self.money, *account) and not self.forms[at] and any(cells)
        ]
        payee = self.named("payee", words)[:1]
        kind = [at for at in self.named("kind", words) if at not in payee][:1]
        currency = self.named("currency", words) or self._currencies(words)
        left = [at for at in words if at not in (*kind, *currency)]
        text = self.named("text", left) or sorted(left, key=self._plainness)[:1]
        return {
            "payee": payee,
            "text": list(dict.fromkeys((*payee, *text))),
            "kind": kind,
            "account": account,
            "currency": currency[:1],
        }

    def _accounts(self) -> list[int]:
        return [
            at
            for at, cells in enumerate(self.cells)
            if all(_ACCOUNT.fullmatch(plain_cell(cell)) for cell in cells)
        ]

    def _currencies(self, among: Sequence[int]) -> list[int]:
        return [at for at in among if set(self.cells[at]) == {"GBP"}]

    def _plainness(self, at: int) -> int:
        return -len(set(self.cells[at])) * sum(map(len, self.cells[at]))


def _one_only(left: str, right: str) -> bool:
    """Tell whether one of two cells has money and the other has none."""
    return sum(bool(cell) and amount(plain_cell(cell)) != 0 for cell in (left, right)) == 1


def _built(parts: dict[str, object], names: Row | None, top: int, width: int) -> Layout:
    """Build the layout of a map of places, by headings where there are some."""

    def column(at: int) -> Column:
        return at + 1 if names is None else names[at].strip()

    given: dict[str, object] = {}
    for name, value in parts.items():
        if isinstance(value, list):
            places = tuple(column(at) for at in value)
            many = name in {"payee", "text", "account"}
            given[name] = places if many else next(iter(places), None)
        else:
            given[name] = column(value) if isinstance(value, int) else value
    bare = {"header_rows": top + 1, "width": width} if names is None else {}
    return Layout(code="guess", bank="This file", **given, **bare)  # type: ignore[arg-type]  # as made


def _tried(layout: Layout, rows: Sequence[Row]) -> Guess | None:
    statement = Statement("csv", iter(()))
    numbered = list(enumerate(rows, start=1))
    try:
        lines = list(counted(statement, lines_of_rows(statement, iter(numbered), layout)))
    except StatementError:
        return None
    proved = layout.balance is not None and len(lines) > 1
    if not lines:
        return None
    why = (
        f"All {len(lines)} lines can be read, and the balances prove the amounts."
        if proved
        else f"All {len(lines)} lines can be read. No balances prove which way money went."
    )
    return Guess(layout, proved, why)
