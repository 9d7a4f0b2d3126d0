"""The last sum of a budget that has ended: what it is, what still has to be paid, how it ends."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localtime

from wherewithal.ledger.differences import Told
from wherewithal.ledger.entries import Account, Kind, about_holding
from wherewithal.ledger.movements import own_put_right, recharge_settled
from wherewithal.ledger.repaying import PayingBack
from wherewithal.money import pounds
from wherewithal.web.accounts.actions import record
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.books.actions import post
from wherewithal.web.budgets.models import Budget, RunOffCost, Settlement
from wherewithal.web.payments.funding.actions import put_right
from wherewithal.web.payments.owing import Settling, waiting
from wherewithal.web.payments.posting import pending
from wherewithal.web.people.models import Person
from wherewithal.web.plans.models import PlanLine

How = Settlement.How


@dataclass(frozen=True, slots=True)
class LastSum:
    """What was paid for days that never came, less what the end itself costs; pence.

    ``own`` is what the person is still to put in for paid days, below zero what they need not.
    """

    budget: Budget
    holding: str
    too_much: int
    parts: tuple[Told, ...]
    costs: tuple[RunOffCost, ...]
    own: int = 0

    @property
    def run_off(self) -> int:
        """What still has to be paid because of the end."""
        return sum(cost.pence for cost in self.costs)

    @property
    def to_come_back(self) -> int:
        """What is over once that is paid."""
        return max(0, self.too_much - self.run_off)

    @property
    def short(self) -> int:
        """What the end costs beyond what is there: the council has to look at funding it."""
        return max(0, self.run_off - self.too_much)

    @property
    def called(self) -> str:
        """How the money is held, in words."""
        return str(PlanLine.Holding(self.holding).label)


def last_sums(on: date, *, person: Person | None = None) -> list[LastSum]:
    """Return the last sums that wait to be settled by a day."""
    found = [each for each in waiting(on, person=person) if each.pence < 0]
    costs = RunOffCost.objects.filter(budget__in=[each.budget.pk for each in found])
    by_key: dict[tuple[int, str], list[RunOffCost]] = {}
    for cost in costs:
        by_key.setdefault((cost.budget_id, cost.holding), []).append(cost)
    return [_last_sum(each, by_key.get((each.budget.pk, each.holding), [])) for each in found]


def died_with_a_budget() -> list[Budget]:
    """Return the budgets that still run although the person has died, the oldest death first."""
    found = Budget.objects.filter(status="signed-off", person__date_of_death__isnull=False)
    return list(found.select_related("person").order_by("person__date_of_death", "id"))


@transaction.atomic
def add_run_off_cost(
    *, last: LastSum, kind: str, pence: int, what: str, by: User, at: datetime
) -> RunOffCost:
    """Keep a cost that the end itself brings, so that nobody is asked for money they owe others."""
    made = RunOffCost.objects.create(
        budget=last.budget, holding=last.holding, kind=kind, pence=pence, what=what, at=at, by=by
    )
    told = f"{made.get_kind_display()} of {pounds(pence)} is still to be paid: {what}."
    _noted(last.budget, by, at, "settlement.cost-added", told)
    return made


@transaction.atomic
def settle(
    *, person: Person, holding: str, how: str, paid_back: int, said: str, by: User, at: datetime
) -> Settlement:
    """Keep how a last sum was settled; nothing is taken from anybody by this.

    Raises:
        NotNow: there is nothing to settle.
        ValidationError: the words are missing, or the sum is more than was too much.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    found = last_sums(localtime(at).date(), person=person)
    last = next((each for each in found if each.holding == holding), None)
    if last is None:
        raise NotNow("There is nothing to settle here any more.")
    paid_back = paid_back if how == How.PAID_BACK else 0
    _check(last, how, paid_back, said)
    made = Settlement.objects.create(
        budget=last.budget, holding=holding, how=how, pence=last.too_much, paid_back=paid_back,
        said=said.strip(), at=at, by=by,
    )  # fmt: skip
    told = f"The last sum of {pounds(last.too_much)} was settled. {made.get_how_display()}."
    _noted(last.budget, by, at, "settlement.made", f"{told} {made.said}")
    _write(made, last, by, at)
    return made


def _write(made: Settlement, last: LastSum, by: User, at: datetime) -> None:
    """Post what a settlement moves: the own part of paid days, and what came back.

    The NHS gets its part back of days that never came, in its shares of those days: what the
    council lets go is the council's own.
    """
    on, reference = localtime(at).date(), last.budget.person.reference
    document = f"settlement:{made.pk}"
    in_holding = about_holding(document, last.holding)
    held = Account(Kind.HELD, f"{reference}/{last.holding}")
    waits = pending([reference]).get((reference, last.holding), 0)
    entries = [
        *own_put_right(held, last.own, on, document=in_holding, what="contribution-settled"),
        *recharge_settled(held, waits, on, document=in_holding),
    ]
    told = f"The last sum of {pounds(last.too_much)} was settled."
    if made.paid_back:
        back = PayingBack(reference, last.holding, document)
        entries += [back.decided(made.paid_back, on=on), back.repaid(made.paid_back, on=on)]
        told = f"{pounds(made.paid_back)} was paid back after the end of a budget."
    if entries:
        post(entries, by=by, at=at, summary=told)
    put_right(last.budget.person, document, by=by, at=at)


def _last_sum(found: Settling, costs: list[RunOffCost]) -> LastSum:
    return LastSum(found.budget, found.holding, -found.pence, found.parts, tuple(costs), found.own)


def _check(last: LastSum, how: str, paid_back: int, said: str) -> None:
    wrong = {}
    if not said.strip():
        wrong["said"] = "Enter what was agreed, and with whom. They can read it."
    if how == How.PAID_BACK and not 0 < paid_back <= last.too_much:
        wrong["paid_back"] = f"Enter the sum that came back, up to {pounds(last.too_much)}"
    if wrong:
        raise ValidationError(wrong)


def _noted(budget: Budget, by: User, at: datetime, verb: str, summary: str) -> None:
    reference = budget.person.reference
    record(by=by, at=at, verb=verb, summary=summary, person=reference, budget=budget.pk)
