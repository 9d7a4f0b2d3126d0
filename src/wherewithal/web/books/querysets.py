"""Reads of the books: what accounts hold on a day, what happened in one, and the proof of all."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import F, Max, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from wherewithal.dates import ONE_DAY, Period, long_date
from wherewithal.ledger import entries as ledger
from wherewithal.ledger.balances import Change, KindTotal, TrialBalance, balance_difference
from wherewithal.ledger.proof import BEGINNING, Link, broken_link
from wherewithal.ledger.statements import AccountStatement, stated
from wherewithal.money import pounds
from wherewithal.web.books.guards import DIGEST, SUMS
from wherewithal.web.books.models import Account, Balance, ClosedMonth, Entry, Journal

_NET = Sum(F("came_in") - F("went_out"), default=0)


def first_open_day() -> date:
    """Return the first day that entries can still be dated."""
    closed: date | None = ClosedMonth.objects.aggregate(last=Max("last_day"))["last"]
    return closed + ONE_DAY if closed else date.min


def account_row(account: ledger.Account) -> Account | None:
    """Return the stored account, if money ever moved there."""
    return Account.objects.filter(kind=account.kind, of=account.of).first()


def balance(account: ledger.Account, on: date) -> int:
    """Return what an account holds at the end of a day, in pence."""
    days = Balance.objects.filter(account__kind=account.kind, account__of=account.of, on__lte=on)
    return int(days.aggregate(net=_NET)["net"])


def balance_by_then(account: ledger.Account, on: date) -> int:
    """Return what an account held at the end of a day, counting what was written down later.

    An entry about a day of a closed month stands on a later day; here it counts on its own.
    """
    row = account_row(account)
    if row is None:
        return 0
    late = Entry.objects.filter(on__gt=on, about__lte=on)
    came_in = late.filter(target=row).aggregate(sum=Sum("pence", default=0))["sum"]
    went_out = late.filter(source=row).aggregate(sum=Sum("pence", default=0))["sum"]
    return balance(account, on) + int(came_in) - int(went_out)


def about_days(entries: "QuerySet[Entry]", first: date, last: date) -> "QuerySet[Entry]":
    """Keep entries about some days, the last one included, whenever they were written down."""
    return entries.annotate(counts_on=Coalesce("about", "on")).filter(
        counts_on__range=(first, last)
    )


def balances(kind: ledger.Kind, on: date) -> dict[ledger.Account, int]:
    """Return what each account of a kind holds at the end of a day, in pence, noughts left out."""
    held = (
        Balance.objects.filter(account__kind=kind, on__lte=on)
        .values_list("account__of")
        .annotate(net=_NET)
        .exclude(net=0)
        .order_by("account__of")
    )
    return {ledger.Account(kind, of): int(net) for of, net in held}


def entries_of(account: ledger.Account) -> "QuerySet[Entry]":
    """Return the stored entries into and out of an account, in the order they count."""
    row = account_row(account)
    if row is None:
        return Entry.objects.none()
    own = Entry.objects.filter(Q(source=row) | Q(target=row)).select_related("source", "target")
    return own.order_by("on", "journal_id", "position")


def statement(account: ledger.Account, period: Period) -> AccountStatement:
    """Return what an account held, what moved, and what it holds, over the days of a period."""
    rows = entries_of(account).filter(on__gte=period.start)
    if period.end is not None:
        rows = rows.filter(on__lt=period.end)
    opening = balance(account, period.start - ONE_DAY) if period.start > date.min else 0
    return stated(account, period, opening, ((row.journal_id, pure(row)) for row in rows))


def all_entries() -> Iterator[ledger.Entry]:
    """Yield every entry in the order it was written, without holding them all."""
    rows = Entry.objects.select_related("source", "target").order_by("journal_id", "position")
    return map(pure, rows.iterator(chunk_size=5_000))


def pure(row: Entry) -> ledger.Entry:
    """Return a stored entry as the pure ledger has it (``source`` and ``target`` loaded)."""
    return ledger.Entry(
        row.on, row.source.pure, row.target.pure, row.pence, row.what, row.sentence,
        row.document, row.person, row.about,
    )  # fmt: skip


def trial_balance(on: date) -> TrialBalance:
    """Add up every kind of account at the end of a day, from the stored balances."""
    with connection.cursor() as cursor:
        cursor.execute(_TRIAL, [on])
        totals = {
            kind: KindTotal(ledger.Kind(kind), count, Change(int(came_in), int(went_out)))
            for kind, count, came_in, went_out in cursor.fetchall()
        }
    return TrialBalance(on, tuple(totals[kind] for kind in ledger.Kind if kind in totals))


_TRIAL = """
    SELECT (SELECT kind FROM books_account WHERE id = account_id) AS kind,
        count(*), sum(came_in), sum(went_out)
    FROM (
        SELECT account_id, sum(came_in) AS came_in, sum(went_out) AS went_out
        FROM books_balance WHERE "on" <= %s GROUP BY account_id
    ) AS held
    GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class Proof:
    """What proving the books found. ``difference`` says where they first do not hold, if so.

    ``journals`` and ``entries`` were read, whatever day they count on; ``later`` of the entries
    count after ``upto``. ``last`` and ``head`` are the number and the head of the last journal.
    """

    upto: date
    journals: int
    entries: int
    later: int
    last: int
    head: str
    trial: TrialBalance
    difference: str

    @property
    def holds(self) -> bool:
        """Say whether everything agrees."""
        return not self.difference


def prove(upto: date, *, whole: bool = True) -> Proof:
    """Work out the books anew and compare them with what is stored.

    Every journal's digest and head; what each account moved on each day until the end of
    ``upto``; the sum of all balances, which is nought; and what each closed month came to. Not
    ``whole``: only what was written since the last month was closed, following on from its head.
    """
    closed = None if whole else ClosedMonth.objects.order_by("last_day").last()
    since = closed.journal_id or 0 if closed else 0
    head = closed.head if closed else BEGINNING
    links = _links(since)
    trial = trial_balance(upto)
    difference = (
        broken_link(links, after=head, first=since + 1)
        or _differing_balance(closed.last_day if closed else date.min, upto)
        or _unbalanced(trial)
        or _differing_month(upto)
    )
    read = Journal.objects.filter(number__gt=since)
    entries = int(read.aggregate(all=Sum("count", default=0))["all"])
    later = Entry.objects.filter(journal__number__gt=since, on__gt=upto).count()
    last = links[-1] if links else Link(since, "", head, "")
    return Proof(upto, len(links), entries, later, last.number, last.head, trial, difference)


_FOUND = """
    SELECT journal.number, journal.digest, journal.head, COALESCE({digest}, 'no entries')
    FROM books_journal AS journal
    LEFT JOIN (
        books_entry AS entry
        JOIN books_account AS source ON source.id = entry.source_id
        JOIN books_account AS target ON target.id = entry.target_id
    ) ON entry.journal_id = journal.number
    WHERE journal.number > %s
    GROUP BY journal.number
    ORDER BY journal.number
"""
_SAID = DIGEST.format(
    number="journal.number", at="journal.at", by_name="journal.by_name", summary="journal.summary",
    source="source.kind || ':' || source.of", target="target.kind || ':' || target.of",
)  # fmt: skip
_DIFFERS = """
    SELECT account.kind, account.of, "on", found.came_in, found.went_out,
        kept.came_in, kept.went_out
    FROM ({sums}) AS found (account_id, "on", came_in, went_out)
    FULL JOIN (SELECT * FROM books_balance WHERE "on" > %s AND "on" <= %s) AS kept
        USING (account_id, "on")
    JOIN books_account AS account ON account.id = account_id
    WHERE (found.came_in, found.went_out) IS DISTINCT FROM (kept.came_in, kept.went_out)
    ORDER BY "on", account.kind, account.of LIMIT 1
"""


def _links(since: int) -> list[Link]:
    with connection.cursor() as cursor:
        cursor.execute(_FOUND.format(digest=_SAID), [since])
        return [Link(*row) for row in cursor.fetchall()]


def _differing_balance(after: date, upto: date) -> str:
    until = '(SELECT * FROM books_entry WHERE "on" > %s AND "on" <= %s) AS moved'
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERS.format(sums=SUMS.format(entries=until)), [after, upto] * 3)
        row = cursor.fetchone()
    if row is None:
        return ""
    kind, of, on, *pence = row
    came_in, went_out, kept_in, kept_out = (int(amount or 0) for amount in pence)
    return balance_difference(
        ledger.Account(kind, of), on, Change(came_in, went_out), Change(kept_in, kept_out)
    )


def _unbalanced(trial: TrialBalance) -> str:
    if trial.pence == 0:
        return ""
    return f"All balances on {long_date(trial.on)} add up to {pounds(trial.pence)}, not to nought."


def _differing_month(upto: date) -> str:
    """Say which closed month is not what it was, or nothing."""
    for month in ClosedMonth.objects.filter(last_day__lte=upto).select_related("journal"):
        if (month.journal.head if month.journal else BEGINNING) != month.head:
            return f"The head kept when {month} was closed is not the one of its last journal."
        moved = trial_balance(month.last_day).moved
        if moved != month.moved:
            return (
                f"When {month} was closed, {pounds(month.moved)} had moved. Now it is "
                f"{pounds(moved)}."
            )
    return ""
