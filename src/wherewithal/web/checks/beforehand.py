"""What is known of many accounts, read in a few queries before each of them is looked at."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import Count, F, Max, Min

from wherewithal.dates import ONE_DAY
from wherewithal.web.budgets.models import Budget, DirectPaymentDecision, Pause
from wherewithal.web.budgets.reading import loaded
from wherewithal.web.checks.models import Flag, TierDecision
from wherewithal.web.payments.calendar import pay_periods
from wherewithal.web.payments.models import Payee, Payment
from wherewithal.web.people.models import Supporter
from wherewithal.web.statements.models import Statement

Key = tuple[int, str]
"""A person and a way of holding."""
Account = tuple[str, str]
"""Sort code and number."""
Row = TypeVar("Row", Flag, Payee)


@dataclass(frozen=True, slots=True)
class Beforehand:
    """What is known of the accounts of some people, by (person, holding) or by person.

    ``budgets`` are those in force, or the newest before; ``shared`` counts the people whose money
    goes to one account in one way. ``decided_payees`` are those of whom
    decisions say that they may be paid; ``paused`` says of whom there are pauses to read.
    """

    next_payment: date
    budgets: dict[int, Budget]
    first_payments: dict[Key, date]
    seen_to: dict[Key, date]
    tiers: dict[Key, TierDecision]
    flags: dict[Key, list[Flag]]
    payees: dict[Key, list[Payee]]
    shared: dict[tuple[str, Account], int]
    supporters: dict[int, list[Supporter]]
    decided_payees: dict[int, list[dict[str, object]]]
    paused: frozenset[int]


def beforehand(people: Collection[int], on: date) -> Beforehand:
    """Read what is known of these people's accounts (twelve queries for all of them)."""
    own: dict[str, Any] = {"person__in": people}
    tiers = TierDecision.objects.filter(**own).order_by("person_id", "holding", "-at", "-id")
    payees = Payee.objects.filter(**own).order_by("added_at")
    paused = Pause.objects.filter(budget__person__in=people)
    return Beforehand(
        next_payment=pay_periods(on)[1].start,
        budgets=_budgets(people, on),
        first_payments=_first_payments(people),
        seen_to=_seen_to(people),
        tiers={(row.person_id, row.holding): row for row in tiers.distinct("person_id", "holding")},
        flags=_by_key(Flag.objects.filter(**own).order_by("opened_at")),
        payees=(found := _by_key(payees)),
        shared=_shared(found),
        supporters=_by_person(Supporter.objects.filter(**own)),
        decided_payees=_decided_payees(people),
        paused=frozenset(paused.order_by().values_list("budget__person_id", flat=True)),
    )


def _budgets(people: Collection[int], on: date) -> dict[int, Budget]:
    found = Budget.objects.decided().filter(person__in=people, period__startswith__lte=on)
    newest = found.order_by("person_id", "-period", "-id").distinct("person_id")
    chosen = Budget.objects.filter(pk__in=newest.values("pk"))
    return {budget.person_id: budget for budget in loaded(chosen, there=())}


def _first_payments(people: Collection[int]) -> dict[Key, date]:
    paid = Payment.objects.decided().filter(person__in=people).order_by()
    rows = paid.values_list("person_id", "holding").annotate(day=Min("run__pay_on"))
    return {(person, holding): day for person, holding, day in rows}


def _seen_to(people: Collection[int]) -> dict[Key, date]:
    read = Statement.objects.filter(person__in=people).exclude(source="hand").order_by()
    rows = read.values_list("person_id", "holding").annotate(last=Max(F("period__endswith")))
    return {(person, holding): last - ONE_DAY for person, holding, last in rows}


def _decided_payees(people: Collection[int]) -> dict[int, list[dict[str, object]]]:
    decided = DirectPaymentDecision.objects.filter(budget__person__in=people).order_by("id")
    found: dict[int, list[dict[str, object]]] = defaultdict(list)
    for person, facts in decided.values_list("budget__person_id", "facts"):
        if facts.get("payee"):
            found[person].append(facts["payee"])
    return dict(found)


def _shared(payees: dict[Key, list[Payee]]) -> dict[tuple[str, Account], int]:
    """Count the people, of everybody, whose money goes to each of these accounts."""
    numbers = {payee.account_number for rows in payees.values() for payee in rows}
    same = Payee.objects.filter(ended_at__isnull=True, account_number__in=numbers).order_by()
    rows = same.values_list("holding", "sort_code", "account_number")
    counted = rows.annotate(people=Count("person_id", distinct=True))
    return {(holding, (code, number)): people for holding, code, number, people in counted}


def _by_key(rows: Iterable[Row]) -> dict[Key, list[Row]]:
    found: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.person_id, row.holding].append(row)
    return dict(found)


def _by_person(rows: Iterable[Supporter]) -> dict[int, list[Supporter]]:
    found: dict[int, list[Supporter]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(row)
    return dict(found)
