"""The money of one person as one picture: in, out, put by, left. Every figure is a sum of rows.

Page, letter, file and the list behind a figure are all written from this value, so that they
cannot say different things.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from wherewithal.dates import Period
from wherewithal.web.money.employing import earmarks_of
from wherewithal.web.money.known import Known, know
from wherewithal.web.payments.shares import PAID_OUT
from wherewithal.web.people.models import Person
from wherewithal.web.statements import querysets as statements
from wherewithal.web.statements.models import Meaning
from wherewithal.web.statements.querysets import Moved

Way = Literal["in", "out"]
COUNCIL, OWN, OTHER_IN, UNKNOWN_IN = "council", "own", "other-in", "unknown-in"
FEES, REPAID, OTHER_OUT, UNKNOWN_OUT = "fees", "repaid", "other-out", "unknown-out"
LABELS = {
    COUNCIL: "Paid in by the council",
    OWN: "Paid in by {me}",
    OTHER_IN: "Other money in",
    UNKNOWN_IN: "Money in, not known yet",
    REPAID: "Paid back to the council",
    FEES: "Bank charges",
    OTHER_OUT: "Other money out",
    UNKNOWN_OUT: "Money out, not known yet",
}
_IN = (COUNCIL, OWN, OTHER_IN, UNKNOWN_IN)
_OUT = (REPAID, FEES, OTHER_OUT, UNKNOWN_OUT)


@dataclass(frozen=True, slots=True)
class Row:
    """One movement behind a figure: pence count towards it; ``line`` is its line, where one is."""

    on: date
    who: str
    what: str
    pence: int
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """One figure and the rows it is the sum of."""

    code: str
    label: str
    way: Way
    rows: tuple[Row, ...]

    @property
    def pence(self) -> int:
        """Return the sum."""
        return sum(row.pence for row in self.rows)


@dataclass(frozen=True, slots=True)
class Span:
    """What moved over some days: ``when`` is its name in addresses, ``title`` its name on pages."""

    when: str
    title: str
    period: Period
    sums: tuple[Sum, ...]

    def total(self, way: Way) -> int:
        """Return everything that came in or went out, in pence."""
        return sum(each.pence for each in self.sums if each.way == way)

    def of(self, code: str) -> Sum | None:
        """Return one figure; nothing where nothing moved."""
        return next((each for each in self.sums if each.code == code), None)


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole: a month and the year beside it, what is in the account, put by and left.

    ``balance`` is nothing where no statement says it; ``seen_to`` is the last day statements tell
    of; ``since`` is what the council has paid after that day, in pence.
    """

    month: Span
    year: Span
    balance: int | None
    seen_to: date | None
    since: int
    put_by: tuple[Row, ...]

    @property
    def put_by_total(self) -> int:
        """Return the pence that are put by for known bills."""
        return sum(row.pence for row in self.put_by)

    @property
    def left(self) -> int | None:
        """Return the pence in the account that nothing is waiting for; nothing if unknown."""
        return None if self.balance is None else self.balance - self.put_by_total

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the figures that either span has, those that came in first."""
        found = {each.code: each.way for span in (self.year, self.month) for each in span.sums}
        inward = [code for code, way in found.items() if way == "in"]
        return (*inward, *(code for code, way in found.items() if way == "out"))

    def label(self, code: str) -> str:
        """Return what a figure is called."""
        found = self.year.of(code) or self.month.of(code)
        return found.label if found else ""


def budget_year(on: date) -> Period:
    """Return the council's financial year that holds a day; it begins on 1 April."""
    first = date(on.year if (on.month, on.day) >= (4, 1) else on.year - 1, 4, 1)
    return Period(first, date(first.year + 1, 4, 1))


def month_of(day: date) -> Period:
    """Return the calendar month that holds a day."""
    years, months = divmod(day.month, 12)
    return Period(day.replace(day=1), date(day.year + years, months + 1, 1))


def picture_of(
    person: Person, *, on: date, month: date | None = None, me: str = "me",
    known: Known | None = None,
) -> Picture:  # fmt: skip
    """Draw the picture of a day; ``month`` is any day of the month to show beside the year.

    ``known`` is what was read of the person already.
    """
    known = known or know(person)
    seen = {holding: day for holding, (day, _) in known.seen.items()}
    last = max(seen.values(), default=None)
    shown = month_of(month or (last if last and last < on else on))
    year = budget_year(min(on, shown.start) if month else on)
    rows = list(_rows(known, _both(shown, year), on=on, me=me))
    earmarks = earmarks_of(person, on) if "assistants" in known.there else ()
    return Picture(
        month=_span(shown.start.strftime("%Y-%m"), f"{shown.start:%B %Y}", shown, rows),
        year=_span("year", f"Since {year.start:%-d %B %Y}", year, rows),
        balance=_balance(known),
        seen_to=last,
        since=_since(known, seen, on),
        put_by=tuple(Row(on, "", mark.sentence, mark.pence) for mark in earmarks),
    )


def _both(one: Period, other: Period) -> Period:
    return Period(min(one.start, other.start), max(one.end or date.max, other.end or date.max))


Placed = tuple[str, str, Way, Row]


def _rows(known: Known, days: Period, *, on: date, me: str) -> Iterator[Placed]:
    """Yield every movement; of accounts without statements, payments say what was paid in."""
    for line in statements.moved(known.person, days) if "lines" in known.there else ():
        code, label, way = _place(line, me)
        pence = line.pence if way == "in" else -line.pence
        yield code, label, way, Row(line.on, line.payee or line.text, line.text, pence, line.pk)
    for payment in known.paid_to:
        day, paid_out = payment.run.pay_on, payment.holding in PAID_OUT
        if paid_out and payment.holding not in known.seen and day in days and day <= on:
            yield (
                COUNCIL,
                LABELS[COUNCIL],
                "in",
                Row(day, "The council", payment.sentence, payment.net),
            )


def _place(line: Moved, me: str) -> tuple[str, str, Way]:
    """Return the figure that a line counts towards: its code, label, and whether in or out."""
    inward = line.pence > 0
    if not line.sure or line.meaning == Meaning.UNMATCHED:
        return _named(UNKNOWN_IN if inward else UNKNOWN_OUT, me)
    if line.meaning in {Meaning.SPENT, Meaning.REFUND} and line.budget_line is not None:
        return f"line-{line.budget_line}", line.what or "", "out"
    if line.meaning == Meaning.PAYMENT:
        return _named(COUNCIL, me)
    if line.meaning == Meaning.CONTRIBUTION:
        return _named(OWN, me)
    if line.meaning == Meaning.REPAID:
        return _named(REPAID, me)
    if line.meaning == Meaning.FEE and not inward:
        return _named(FEES, me)
    return _named(OTHER_IN if inward else OTHER_OUT, me)


def _named(code: str, me: str) -> tuple[str, str, Way]:
    return code, LABELS[code].format(me=me), "in" if code in _IN else "out"


def _span(when: str, title: str, period: Period, rows: Iterable[Placed]) -> Span:
    """Gather the rows of a period into figures: in, spent by line of the plan, other money out."""
    labels: dict[str, tuple[str, Way]] = {}
    gathered: dict[str, list[Row]] = {}
    for code, label, way, row in rows:
        if row.on in period:
            labels[code] = (label, way)
            gathered.setdefault(code, []).append(row)
    lines = sorted(code for code in gathered if code not in LABELS)
    order = [*_IN, *lines, *_OUT]
    return Span(when, title, period, tuple(
        Sum(code, *labels[code], tuple(gathered[code])) for code in order if code in gathered
    ))  # fmt: skip


def _balance(known: Known) -> int | None:
    """Return what was in all accounts on the last day each statement tells of."""
    sums = [pence for _, pence in known.seen.values()]
    told = [pence for pence in sums if pence is not None]
    return sum(told) if told and len(told) == len(sums) else None


def _since(known: Known, seen: dict[str, date], on: date) -> int:
    """Return what the council paid in after the last statement of each account, in pence."""
    return sum(
        payment.net
        for payment in known.paid_to
        if payment.holding in seen and seen[payment.holding] < payment.run.pay_on <= on
    )
