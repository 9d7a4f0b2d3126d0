"""Whatever happens to runs on their way, everybody ends up with what was due, and it is proved.

Each history mixes runs of everyone due, runs of start-up costs, runs given up before or after they
were approved, payments that come back before or after they arrived, and changed charges.
"""

from datetime import date, datetime, timedelta
from random import Random

import pytest
from tests.integration.conftest import NOW
from tests.integration.test_payments_runs import make_budget, payable  # noqa: F401  fixtures
from tests.integration.test_payments_who_pays import decide, other, shared  # noqa: F401  fixtures

from wherewithal.dates import Period
from wherewithal.ledger.entries import Account
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.books.querysets import balance, prove
from wherewithal.web.budgets.models import Budget, BudgetLine, FinancialAssessment
from wherewithal.web.budgets.past_charges import post_differences, shares_now
from wherewithal.web.payments import actions
from wherewithal.web.payments.answers import Said, record_answer
from wherewithal.web.payments.models import Payment, Run

FOUR_WEEKS = timedelta(weeks=4)
ROUNDS = 7
ONE_OFFS = {"Help": 45_000, "Therapy": 12_345}
FATES = ("arrives", "arrives", "arrives", "given up", "promised and given up", "bounces", "returns")


class History:
    """One run after the other, each with its fate."""

    def __init__(self, budget: Budget, chance: Random, officers: tuple[User, User]) -> None:
        self.budget, self.chance, (self.one, self.two) = budget, chance, officers
        self.moments = (NOW + FOUR_WEEKS * number for number in range(99))
        self.out: list[Run] = []
        self.start = budget.period.lower

    def go_on(self, fate: str, kind: str = "regular") -> None:
        """Prepare a run and see to its fate; nothing where nothing is due."""
        at = next(self.moments)
        try:
            run = actions.prepare_run(
                period=Period(self.start, self.start + FOUR_WEEKS), kind=kind, by=self.one, at=at,
                pay_on=at.date() + timedelta(days=11),
            )  # fmt: skip
        except NotNow:
            return
        if kind == "regular":
            self.start += FOUR_WEEKS
        if fate == "given up":
            actions.cancel_run(run_id=run.pk, reason="Wrong.", by=self.one, at=at)
            return
        actions.check_run(run_id=run.pk, note="Rang and asked.", by=self.two, at=at)
        actions.approve_run(run_id=run.pk, by=self.two, at=at, holidays=frozenset())
        if fate == "promised and given up":
            actions.cancel_run(run_id=run.pk, reason="Wrong.", by=self.one, at=at)
            return
        actions.release_run(run_id=run.pk, by=self.two, at=at, holidays=frozenset())
        later = datetime.combine(run.pay_on + timedelta(days=1), at.timetz())
        if fate != "bounces":
            actions.confirm_run(run_id=run.pk, by=self.one, at=later)
        if fate in {"bounces", "returns"}:
            self.come_back(run, later)
        elif fate == "arrives":
            self.out.append(run)

    def come_back(self, run: Run, at: datetime) -> None:
        for payment in run.payments.filter(net__gt=0):
            said = Said(Payment.State.RETURNED, at.date(), words="nobody knows why")
            record_answer(payment_id=payment.pk, said=said, by=self.one, at=at)

    def an_old_one_comes_back(self) -> None:
        """Let a payment that arrived long ago come back after all."""
        if self.out:
            run = self.out.pop(self.chance.randrange(len(self.out)))
            self.come_back(run, next(self.moments))

    def charge(self, weekly: int) -> None:
        """Change what the person pays from the first day on."""
        before, at = shares_now(self.budget), next(self.moments)
        assessed = FinancialAssessment.objects.create(
            person=self.budget.person, kind="full", facts={"kind": "full"}, made_at=at,
            parameters_year="2026-27", assessed_weekly=weekly, starts=self.budget.period.lower,
        )  # fmt: skip
        change = self.budget.charge_changes.create(
            charge=assessed, from_day=self.budget.period.lower, contribution=weekly,
            before=8_275, reason="Costs.", made_at=at, made_by=self.one, notice_on=at.date(),
        )  # fmt: skip
        post_differences(
            self.budget, before, by=self.one, at=at, document=f"charge-change:{change.pk}"
        )


@pytest.fixture(params=range(6))
def history(
    request: pytest.FixtureRequest, shared: Budget, finance: User, other: User  # noqa: F811
) -> History:  # fmt: skip
    chance = Random(request.param)  # noqa: S311  a history, no secret
    for what, pence in ONE_OFFS.items():
        day = shared.period.lower + timedelta(days=chance.randrange(60))
        BudgetLine.objects.filter(budget=shared, what=what).update(one_off=pence, once_on=day)
    decide(shared.lines.get(what="Therapy"), finance, at=NOW - timedelta(days=1))
    return History(shared, chance, (finance, other))


def test_after_any_history_people_and_books_have_what_was_due(history: History) -> None:
    chance = history.chance
    for _ in range(ROUNDS):
        step = chance.random()
        if step < 0.15:
            history.charge(chance.choice([3_485, 5_000, 8_275]))
        elif step < 0.3:
            history.an_old_one_comes_back()
        else:
            kind = "one-offs" if step < 0.5 else "regular"
            history.go_on(chance.choice(FATES), kind)
        assert prove(date.max).holds
    for _ in range(3):
        history.go_on("arrives")
    weeks = (history.start - history.budget.period.lower).days // 7
    reference, on = history.budget.person.reference, history.start + FOUR_WEEKS * 99
    budget = Budget.objects.get(pk=history.budget.pk)
    newest = budget.charge_changes.order_by("-pk").first()
    own = weeks * (newest.contribution if newest else budget.contribution)
    gross = weeks * 41_500 + sum(ONE_OFFS.values())

    def at_end(name: str) -> int:
        return balance(Account.of_text(name), on)

    sent = Payment.objects.filter(state="confirmed").values_list("net", flat=True)
    assert sum(sent) == gross - own
    assert at_end(f"held:{reference}/direct-payment") == gross
    assert at_end(f"payable:{reference}") == 0
    assert at_end(f"contribution:{reference}") == -own
    assert -at_end("funding:nhs") == weeks * 10_000 + ONE_OFFS["Therapy"]
    assert -at_end("funding:council") == gross - own + at_end("funding:nhs")
    assert {at_end(f"sent:{pk}") for pk in Run.objects.values_list("pk", flat=True)} == {0}
