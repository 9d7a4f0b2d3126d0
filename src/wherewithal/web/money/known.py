"""All that one person's money page is made of, read once: what there is none of is not asked for.

Most people have no pause, no statement, no question open. One query says what there is at all,
so that a page asks for nothing else.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import F

from wherewithal.web.budgets.models import Budget
from wherewithal.web.budgets.pieces import FACTS
from wherewithal.web.budgets.reading import loaded_of
from wherewithal.web.payments.models import Payee, Payment, Run
from wherewithal.web.payments.owing import Facts, Key, settled_sums
from wherewithal.web.payments.shares import PAID_OUT, Usual, usual
from wherewithal.web.payments.taken_off import TAKEN_OFF, taken_off
from wherewithal.web.people.models import Person
from wherewithal.web.people.written_once import PERSON, rows_of
from wherewithal.web.statements.querysets import accounts_of

BUDGETS = "(SELECT id FROM budgets_budget WHERE person_id = %(person)s)"
WHAT_THERE_IS = {
    "held_before": "budgets_heldbefore h JOIN budgets_budgetline l ON l.id = h.line_id"
    f" WHERE l.budget_id IN {BUDGETS}",
    "fundings": "budgets_linefunding f JOIN budgets_budgetline l ON l.id = f.line_id"
    f" WHERE l.budget_id IN {BUDGETS}",
    "charge_changes": f"budgets_chargechange WHERE budget_id IN {BUDGETS}",
    "pauses": f"budgets_pause WHERE budget_id IN {BUDGETS}",
    "pay_schedules": f"budgets_payschedule WHERE budget_id IN {BUDGETS}",
    "settled": f"budgets_settlement WHERE budget_id IN {BUDGETS}",
    "taken_off": "books_entry WHERE person = %(reference)s AND what = %(taken_off)s",
    "statements": "statements_statement WHERE person_id = %(person)s AND source <> 'hand'",
    "lines": "statements_line WHERE person_id = %(person)s",
    "unsure": "statements_line WHERE person_id = %(person)s AND NOT sure",
    "flags": "checks_flag WHERE person_id = %(person)s"
    " AND status IN ('open', 'talked', 'referred')",
    "surplus": "checks_surplusproposal WHERE person_id = %(person)s AND status <> 'closed'",
    "questions": "money_question WHERE person_id = %(person)s AND status <> 'withdrawn'",
    "claims": "budgets_expenseclaim WHERE person_id = %(person)s AND status = 'waiting'",
    "own_bills": "providers_ownbill WHERE person_id = %(person)s",
    "assistants": "money_assistant WHERE person_id = %(person)s",
}
"""Each kind of thing there may be about a person's money, and where it would be found."""
ASK = " UNION ALL ".join(
    f"SELECT '{name}' WHERE EXISTS (SELECT FROM {place})"  # noqa: S608  written here alone
    for name, place in WHAT_THERE_IS.items()
)


@dataclass(frozen=True, slots=True)
class Known:
    """One person's budgets with their facts, payments and payees, as they stand; pence.

    ``there`` names what else there is (of ``WHAT_THERE_IS``). ``budgets`` are the decided ones,
    the oldest first; ``payments`` those that count as paid, the newest first. ``accounts`` gives
    the last day that statements tell of, and the balance then, by way of holding.
    """

    person: Person
    there: frozenset[str]
    usual: Usual
    budgets: list[Budget]
    payments: list[Payment]
    payees: list[Payee]
    accounts: dict[str, tuple[date, int | None]]

    @property
    def budget(self) -> Budget | None:
        """The newest budget that is signed off."""
        signed_off = [each for each in self.budgets if each.status == Budget.Status.SIGNED_OFF]
        return signed_off[-1] if signed_off else None

    @property
    def paid_to(self) -> list[Payment]:
        """What was paid for the person, newest first; only what was approved counts."""
        return [
            each
            for each in self.payments
            if each.invoice_id is None and each.run.status in Run.DECIDED
        ]

    @property
    def seen(self) -> dict[str, tuple[date, int | None]]:
        """The accounts that money of a budget is, or was, paid into, as statements tell of them."""
        held = {line.holding for budget in self.budgets for line in budget.lines.all()}
        return {way: self.accounts[way] for way in PAID_OUT if way in held & self.accounts.keys()}

    @property
    def facts(self) -> Facts:
        """What sums are owed from."""
        person = self.person
        return Facts(
            budgets=self.budgets, paid=_paid(self.payments),
            settled=settled_sums(person) if "settled" in self.there else {},
            agreed=taken_off(person) if "taken_off" in self.there else {}, asked={},
            usual=self.usual,
        )  # fmt: skip

    def paid_since(self, day: date, *, until: date) -> int:
        """Return the pence that reached the person by ``until``, for days from ``day`` on."""
        return sum(
            each.net
            for each in self.paid_to
            if each.holding in PAID_OUT and each.period.lower >= day and each.run.pay_on <= until
        )


def know(person: Person) -> Known:
    """Read what a person's money page is made of (six queries, and one for what there is more)."""
    there = what_there_is(person)
    facts = there | (FACTS.keys() - WHAT_THERE_IS.keys())
    return Known(
        person=person,
        there=there,
        usual=usual(),
        budgets=loaded_of(person, facts),
        payments=_payments(person),
        payees=_payees(person.pk),
        accounts=accounts_of(person) if "statements" in there else {},
    )


def what_there_is(person: Person) -> frozenset[str]:
    """Return which of ``WHAT_THERE_IS`` there is of a person at all (one query)."""
    with connection.cursor() as cursor:
        cursor.execute(ASK, {
            "person": person.pk, "reference": person.reference, "taken_off": TAKEN_OFF,
        })  # fmt: skip
        return frozenset(name for (name,) in cursor.fetchall())


def _payments(person: Person) -> list[Payment]:
    """Read every payment that counts as paid; of each run only its day and how far it is.

    A run also names everybody whom it could not pay: that is never read here.
    """
    payments = _paid_for(person.pk)
    runs: dict[int, Run] = {}
    for each in payments:
        if each.run_id not in runs:
            row = each.run_id, each.pay_on, each.run_status  # type: ignore[attr-defined]  # annotated
            runs[each.run_id] = Run.from_db(None, ("id", "pay_on", "status"), row)
        each.run = runs[each.run_id]
    return payments


_paid_for = rows_of(
    lambda: (
        Payment.objects.standing()
        .filter(person=PERSON)
        .only("run_id", "budget_id", "person_id", "holding", "period", "net", "sentence",
              "invoice_id")
        .annotate(pay_on=F("run__pay_on"), run_status=F("run__status"))
        .order_by("-pay_on", "-id")
    ), PERSON,
)  # fmt: skip
_payees = rows_of(lambda: Payee.objects.filter(person=PERSON, ended_at__isnull=True), PERSON)


def _paid(payments: Collection[Payment]) -> dict[Key, tuple[date, int, int]]:
    """Return up to which day each (budget, holding) is paid, and the pence sent.

    What the person was to put in with it changes no sum that is paid, so it is not read here.
    """
    sums: dict[Key, tuple[date, int, int]] = {}
    for each in payments:
        if each.invoice_id is None:
            key = each.budget_id, each.holding
            until, pence, _ = sums.get(key, (each.period.upper, 0, 0))
            sums[key] = max(until, each.period.upper), pence + each.net, 0
    return sums
