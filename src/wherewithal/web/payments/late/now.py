"""Whose money will be late, for pages: worked out again only once anything has happened.

It is about everybody who is paid, which takes seconds, and pages ask for it again and again. What
was found is kept in this process until an act that could change it, or a new row of what it is
made of, is there. What decides anything asks :mod:`wherewithal.web.payments.late.alarm` itself.
"""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from wherewithal.web.payments.late.alarm import Late, will_be_late

LOOKED_BACK = 1_000
"""So many of the last acts are compared: those of one moment need not be seen in their order."""
OF_NO_MATTER = (
    "about-me", "answer", "assessment", "check", "code", "communication", "consent", "contact",
    "employer", "evidence", "key", "line", "password", "precedent", "scheme", "sign-in",
    "spending", "study",
)  # fmt: skip
"""Acts, by the first word of their name, after which nobody is owed more or less."""
MADE_OF = (
    "budgets_budget", "budgets_budgetline", "budgets_chargechange", "budgets_pause",
    "payments_payee", "payments_payment", "payments_run", "policy_setting",
)  # fmt: skip
"""What it is made of: a new row of any of these is seen, however it came there."""
NEWEST = ", ".join(f"(SELECT max(id) FROM {table})" for table in MADE_OF)  # noqa: S608  named above
ACTS = """
    SELECT id FROM accounts_auditrow
    WHERE id > (SELECT max(id) FROM accounts_auditrow) - %s
        AND split_part(verb, '.', 1) <> ALL(%s)
"""


@dataclass(frozen=True, slots=True)
class Mark:
    """How far the council's facts have got: the newest rows, and the acts among the last ones."""

    newest: tuple[int | None, ...]
    acts: frozenset[int]


@dataclass(frozen=True, slots=True)
class Kept:
    """What was found on a day, and how far the facts had got before it was looked for."""

    on: date
    mark: Mark
    found: list[Late]

    def holds(self, on: date, mark: Mark) -> bool:
        """Say whether nothing has happened since."""
        same = self.on == on and self.mark.newest == mark.newest
        return same and mark.acts <= self.mark.acts


_kept: list[Kept] = []


def late_now(on: date) -> list[Late]:
    """Return what ``will_be_late`` does (two queries while nothing happens)."""
    mark = _mark()
    if not _kept or not _kept[0].holds(on, mark):
        _kept[:] = [Kept(on, mark, will_be_late(on))]
    return _kept[0].found


def _mark() -> Mark:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {NEWEST}")
        newest = cursor.fetchone()
        cursor.execute(ACTS, [LOOKED_BACK, list(OF_NO_MATTER)])
        return Mark(newest, frozenset(number for (number,) in cursor.fetchall()))
