"""Exports for the council's general ledger: each begins where the one before ended."""

from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max

from wherewithal.ledger.entries import LABELS, Kind
from wherewithal.ledger.general_ledger import Moved, Rule, lines, write
from wherewithal.money import pounds
from wherewithal.web.accounts.actions import record
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.books.actions import wait_for_the_books
from wherewithal.web.books.models import ClosedMonth, Code, Export, Journal

_MOVED = """
    SELECT "on", kind, CASE WHEN named THEN of ELSE '' END AS one, what,
        sum(came_in), sum(went_out), count(*)
    FROM (
        SELECT "on", target_id AS account, what, pence AS came_in, 0 AS went_out
        FROM books_entry WHERE journal_id BETWEEN %s AND %s
        UNION ALL
        SELECT "on", source_id, what, 0, pence
        FROM books_entry WHERE journal_id BETWEEN %s AND %s
    ) AS moves
    JOIN books_account AS account ON account.id = account
    CROSS JOIN LATERAL (SELECT EXISTS (
        SELECT FROM books_code WHERE books_code.kind = account.kind AND books_code.of = account.of
    ) AS named) AS code
    GROUP BY "on", kind, one, what
"""


def next_to_export() -> int:
    """Return the number of the first journal that no export holds yet."""
    last: int | None = Export.objects.aggregate(last=Max("last_id"))["last"]
    return (last or 0) + 1


def rules() -> list[Rule]:
    """Return the codes as the pure ledger takes them."""
    return [
        Rule(Kind(code.kind), code.of, code.what, code.nominal, code.cost_centre)
        for code in Code.objects.all()
    ]


@transaction.atomic
def export(*, by: User | None, at: datetime, month: ClosedMonth | None = None) -> Export:
    """Make the next file, up to the last journal, or to the last before ``month`` was closed.

    Raises:
        NotNow: nothing is new, or a kind of account has no code yet.
    """
    wait_for_the_books()
    first = next_to_export()
    newest: int = Journal.objects.aggregate(last=Max("number"))["last"] or 0
    last = newest if month is None else month.journal_id or 0
    if last < first:
        raise NotNow("Everything is exported already. Post something first.")
    try:
        found = lines(_moves(first, last), rules())
    except ValueError as problem:
        raise NotNow(str(problem)) from problem
    debits = sum(line.debit for line in found)
    made = Export.objects.create(
        first_id=first, last_id=last, text=write(found, first=first, last=last), debits=debits,
        at=at, by=by,
    )  # fmt: skip
    record(
        by=by, at=at, verb="books.exported", first=first, last=last,
        summary=f"Journals {first} to {last} were exported: {pounds(debits)} of debits and as much"
        " of credits.",
    )  # fmt: skip
    return made


@transaction.atomic
def set_code(
    *, by: User, at: datetime, kind: Kind, of: str, what: str, nominal: str, cost_centre: str
) -> Code:
    """Set where movements go in the general ledger from the next export on."""
    code, _ = Code.objects.update_or_create(
        kind=kind, of=of, what=what, defaults={"nominal": nominal, "cost_centre": cost_centre}
    )
    record(
        by=by, at=at, verb="code.set", kind=str(kind), of=of, what=what, nominal=nominal,
        cost_centre=cost_centre,
        summary=f"{kind} {of} {LABELS.get(what, '')} now goes to code {nominal} {cost_centre}.",
    )  # fmt: skip
    return code


@transaction.atomic
def remove_code(*, by: User, at: datetime, code: Code) -> None:
    """Take a code away; files already made stay as they are."""
    record(by=by, at=at, verb="code.removed", summary=f"The code {code} was taken away.")
    code.delete()


def _moves(first: int, last: int) -> list[Moved]:
    with connection.cursor() as cursor:
        cursor.execute(_MOVED, [first, last, first, last])
        return [
            Moved(on, Kind(kind), of, what, int(came_in), int(went_out), count)
            for on, kind, of, what, came_in, went_out, count in cursor.fetchall()
        ]
