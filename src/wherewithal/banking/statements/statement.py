"""A bank statement as it is read: its lines, one after another, and what they have to add up to.

Lines are handed out while the file is read, so a long file takes no more memory than a short one.
What stands at the foot of a file is known only when its last line is through: whoever takes the
lines puts them aside (a staging table, one transaction) and keeps them only if the reading ends
without a :class:`StatementError`. Nothing of a bad file is ever kept.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from wherewithal.money import pounds

MOST_LINES = 1_000_000


class StatementError(ValueError):
    """A file that cannot be read as a bank statement: where, which value, and how to mend it.

    ``place`` is the line of the file, from 1, or 0 where the whole file is meant.
    """

    def __init__(
        self, wrong: str, mend: str, *, place: int = 0, column: str = "", value: str = ""
    ) -> None:
        self.wrong = wrong
        self.mend = mend
        self.place = place
        self.column = column
        self.value = value if len(value) <= 80 else f"{value[:79]}…"
        self.name = ""
        super().__init__(wrong)

    def __str__(self) -> str:
        where = [f"line {self.place}"] if self.place else []
        where += [f"column “{self.column}”"] if self.column else []
        head = ", ".join([self.name, *where] if self.name else where)
        value = f"“{self.value}”: " if self.value else ""
        head = head if self.name else head[:1].upper() + head[1:]
        return f"{head}: {value}{self.wrong} {self.mend}" if head else f"{self.wrong} {self.mend}"


@dataclass(frozen=True, slots=True)
class Line:
    """One movement on an account, as the bank wrote it; ``pence`` is + into it and − out of it."""

    on: date
    pence: int
    payee: str
    text: str
    kind: str = ""
    balance: int | None = None
    place: int = 0
    account: str = ""
    reference: str = ""


@dataclass(slots=True)
class Sums:
    """What a file says of one account, growing as its lines go by; all sums are pence."""

    opening: int | None = None
    closing: int | None = None
    lines: int = 0
    paid_in: int = 0
    paid_out: int = 0
    first: date | None = None
    last: date | None = None

    @property
    def net(self) -> int:
        """What the lines come to together."""
        return self.paid_in - self.paid_out


@dataclass(slots=True)
class Statement:
    """A statement being read: ``lines`` can be gone through once, and only then is all known.

    Before: ``format``, ``layout`` and, except in CSV, the first account and its opening balance.
    After: ``accounts`` (each account's sums), ``opening``, ``closing`` and ``notes``.
    Going through ``lines`` raises :class:`StatementError` at the first mistake.
    """

    format: str
    lines: Iterator[Line]
    layout: str = ""
    accounts: dict[str, Sums] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def account(self) -> str:
        """The account, where there is but one; empty where the file has several or names none."""
        return next(iter(self.accounts)) if len(self.accounts) == 1 else ""

    @property
    def opening(self) -> int | None:
        """What stood on the one account before the first line; none where it cannot be told."""
        return self._only().opening

    @property
    def closing(self) -> int | None:
        """What stands on the one account after the last line; none where it cannot be told."""
        return self._only().closing

    def sums(self, account: str) -> Sums:
        """Return the sums of an account, begun if this is the first that is heard of it."""
        return self.accounts.setdefault(account, Sums())

    def note(self, words: str) -> None:
        """Keep something worth telling that is no mistake; said once."""
        if words not in self.notes:
            self.notes.append(words)

    def _only(self) -> Sums:
        return next(iter(self.accounts.values())) if len(self.accounts) == 1 else Sums()


@dataclass(slots=True)
class _Running:
    """The printed balances of one account, held to both directions until one is ruled out.

    ``down`` is what the lines since the last printed balance come to, and ``up`` the same with the
    line that carries that balance and without the line at hand. ``above`` is what stands before
    the first printed balance, ``first``, and ``carrier`` the amount on its own line.
    """

    day: date
    first: int | None = None
    carrier: int = 0
    above: int = 0
    balance: int | None = None
    down: int = 0
    up: int = 0
    older_first: bool = True
    newer_first: bool = True
    turns: set[bool] = field(default_factory=set)


def counted(statement: Statement, lines: Iterator[Line]) -> Iterator[Line]:
    """Hand lines on, adding them up for each account and holding printed balances to them.

    Balances may run from old to new or from new to old; some lines may have none.

    Raises:
        StatementError: a balance does not follow from the line before it, the opening balance and
            the lines do not come to the closing one, or there are too many lines for one file.
    """
    running: dict[str, _Running] = {}
    for count, line in enumerate(lines, start=1):
        if count > MOST_LINES:
            raise StatementError(
                f"This file has more than {MOST_LINES:,} lines.",
                "Download it again in shorter periods.",
                place=line.place,
            )
        _add(statement.sums(line.account), line)
        known = running.get(line.account)
        if known is None:
            known = running[line.account] = _Running(line.on)
        _follow(known, line)
        if line.pence:
            yield line
        else:
            statement.note("Lines of £0.00 move no money and were left out.")
    for account, sums in statement.accounts.items():
        if account in running:
            _close(statement, sums, running[account])
        prove(sums.opening, sums.net, sums.closing)
    if not running:
        statement.note("There are no lines in this file.")


def prove(opening: int | None, net: int, closing: int | None, *, place: int = 0) -> None:
    """Hold what stood before, and what the lines come to, to what stands after; all in pence.

    Raises:
        StatementError: both balances are known and the lines do not join them.
    """
    if opening is None or closing is None or opening + net == closing:
        return
    raise StatementError(
        f"The opening balance {pounds(opening)} and lines of {pounds(net)} come to "
        f"{pounds(opening + net)}, not to {pounds(closing)}.",
        "A line may be missing, doubled or changed. Download the statement again.",
        place=place,
        column="closing balance",
        value=pounds(closing),
    )


def _add(sums: Sums, line: Line) -> None:
    sums.lines += 1
    if line.pence < 0:
        sums.paid_out -= line.pence
    else:
        sums.paid_in += line.pence
    if sums.first is None or line.on < sums.first:
        sums.first = line.on
    if sums.last is None or line.on > sums.last:
        sums.last = line.on


def _follow(known: _Running, line: Line) -> None:
    if line.on != known.day:
        known.turns.add(line.on > known.day)
        known.day = line.on
    known.down += line.pence
    if line.balance is None:
        known.up += line.pence
        return
    if known.balance is None:
        known.first, known.above, known.carrier = line.balance, known.up, line.pence
    else:
        _hold(known, line, known.balance)
    known.balance, known.down, known.up = line.balance, 0, line.pence


def _hold(known: _Running, line: Line, before: int) -> None:
    older, newer = before + known.down, before - known.up
    known.older_first = known.older_first and line.balance == older
    known.newer_first = known.newer_first and line.balance == newer
    if known.older_first or known.newer_first:
        return
    expected = newer if known.turns == {False} else older
    mend = "A line may be missing, doubled or changed. Download the statement again."
    if line.balance == before - known.down:
        mend = "Money in and money out seem to have changed places. Choose another column map."
    raise StatementError(
        f"This balance does not join the one before it. From {pounds(before)}, the amounts come "
        f"to {pounds(expected)}.",
        mend,
        place=line.place,
        column="balance",
        value=pounds(line.balance or 0),
    )


def _close(statement: Statement, sums: Sums, known: _Running) -> None:
    if len(known.turns) > 1:
        statement.note("The dates are not in order. Every line was read as it stands.")
    if known.first is None or known.balance is None:
        return
    older_first = known.older_first and not (known.newer_first and known.turns == {False})
    if older_first:
        opening = known.first - known.carrier - known.above
        closing = known.balance + known.down
    else:
        opening, closing = known.balance - known.up, known.first + known.above
    if sums.opening is None:
        sums.opening = opening
    if sums.closing is None:
        sums.closing = closing
