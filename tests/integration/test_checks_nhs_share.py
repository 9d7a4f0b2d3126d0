"""Money that comes back belongs to the council and the NHS, in the shares in which each bore it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from tests.integration.conftest import NOW
from tests.integration.planned import text
from tests.integration.test_payments_runs import (  # noqa: F401
    make_budget,
    payable,
)
from tests.integration.test_payments_who_pays import (  # noqa: F401
    COUNCIL,
    LATER,
    NHS,
    confirm,
    decide,
    other,
    shared,
)

from wherewithal.ledger.surplus import Surplus, SurplusFacts, surplus
from wherewithal.web.accounts.models import User
from wherewithal.web.books.querysets import balance
from wherewithal.web.budgets.actions import end_budget
from wherewithal.web.budgets.models import Budget
from wherewithal.web.checks.actions import repaying
from wherewithal.web.checks.actions import surplus as actions
from wherewithal.web.checks.figures import figures_of
from wherewithal.web.checks.letters import money_back_letter
from wherewithal.web.checks.models import SurplusProposal
from wherewithal.web.payments.funding.back import nhs_gets_back, paid_out
from wherewithal.web.payments.funding.changes import changes, to_bill
from wherewithal.web.payments.settling.last_sums import last_sums, settle

DIRECT = "direct-payment"
JANUARY = NOW + timedelta(days=79)
SignIn = Callable[[User], Client]


def over(budget: Budget) -> Surplus:
    """£700.00 is over; the person paid in a fifth, and the NHS bore its part of the rest."""
    arrived = paid_out(budget.person, DIRECT)
    return surplus(
        SurplusFacts(
            NOW.date(), balance=402_000, weekly_gross=41_500, reserve_weeks=8,
            council_paid_in=arrived.pence, own_paid_in=arrived.pence // 4,
            nhs_paid_in=arrived.nhs,
        )
    )  # fmt: skip


@pytest.fixture
def borne(shared: Budget, finance: User, other: User) -> Budget:  # noqa: F811
    """£1,329.00 arrived, of which the NHS bore £400.00."""
    decide(shared.lines.get(what="Therapy"), finance)
    confirm(finance, other)
    return shared


@pytest.fixture
def told(borne: Budget, finance: User, other: User) -> SurplusProposal:  # noqa: F811
    found = actions.propose(
        person=borne.person, holding=DIRECT, found=over(borne), why="hospital",
        why_words="She was in hospital.", by=finance, at=NOW,
    )  # fmt: skip
    found = actions.decide(proposal=found, pence=50_000, reasons="Over.", by=other, at=NOW)
    found = actions.tell(proposal=found, on=NOW.date(), by=other, at=NOW)
    return actions.answer(
        proposal=found, choice="instalments", words="", by=borne.person.user or other, at=NOW
    )


def test_the_proposal_says_what_of_it_is_the_nhss(borne: Budget, told: SurplusProposal) -> None:
    assert paid_out(borne.person, DIRECT).nhs == 40_000
    found = over(borne)
    assert (found.over, found.person_share) == (70_000, 14_000)
    assert found.nhs_share == 16_855  # 56,000 × 400.00 / 1,329.00
    words = "The NHS bore £400.00 of the £1,329.00 that we paid in. So £168.55"
    assert words in told.items[-1]["sentence"]
    letter = money_back_letter(told, NOW.date())
    assert any(words in str(block) for block in letter.blocks)


def test_each_part_that_comes_back_goes_to_both_and_stands_on_the_list_for_the_nhs(
    borne: Budget, told: SurplusProposal, finance: User
) -> None:
    before = balance(NHS, LATER), balance(COUNCIL, LATER)
    repaying.go_ahead(
        proposal=told, first_due=date(2026, 12, 1), parts=3, own_share_out=False, by=finance,
        at=NOW,
    )  # fmt: skip
    for part in told.repayments.all():
        repaying.note_repaid(repayment=part, on=date(2026, 12, 1), by=finance, at=NOW)
    back = 15_049  # 50,000 × 400.00 / 1,329.00, rounded once over all three
    assert balance(NHS, LATER) == before[0] + back
    assert balance(COUNCIL, LATER) == before[1] + 50_000 - back
    rows = to_bill(date(2026, 12, 1))
    assert sum(row.pence for row in rows) == -back
    assert {row.gave_back for row in rows} == {f"surplus:{told.pk}"}
    assert changes([borne.person_id]) == []  # and nothing takes it away again


def test_money_spent_on_something_else_goes_back_in_the_same_shares(
    borne: Budget, finance: User
) -> None:
    taxi = actions.Item(date(2026, 11, 20), "FAST CABS", 13_290, "For a friend", "Agreement, 4")
    found = actions.propose_spending(
        person=borne.person, holding=DIRECT, items=[taxi], why_words="A slip.", by=finance, at=NOW
    )
    assert found.nhs_part(13_290) == 4_000


def test_without_the_nhs_nothing_is_said_or_passed_on(
    shared: Budget, finance: User, other: User  # noqa: F811
) -> None:  # fmt: skip
    confirm(finance, other)
    assert paid_out(shared.person, DIRECT).nhs == 0
    assert not any("NHS" in step.sentence for step in over(shared).steps)


@pytest.mark.parametrize(("how", "came_back"), [("paid-back", 109_167), ("let-go", 0)])
def test_after_an_end_the_nhs_gets_back_what_it_bore_of_days_that_never_came(
    borne: Budget, finance: User, manager: User, signed_in: SignIn, how: str, came_back: int
) -> None:
    end_budget(
        budget=borne, last_day=date(2026, 11, 20), reasons="You moved away.", by=manager, at=NOW
    )
    (last,) = last_sums(JANUARY.date())
    assert last.too_much == 109_167  # 23 days of £415.00 less £82.75 a week
    assert nhs_gets_back(borne.person) == 32_857
    page = text(signed_in(finance), f"/last-sums/{borne.person.reference}/{DIRECT}/")
    assert "The NHS bore £328.57" in page
    before = balance(NHS, LATER), balance(COUNCIL, LATER)
    given: dict[str, Any] = {"how": how, "paid_back": came_back, "said": "Agreed with Bea."}
    settle(person=borne.person, holding=DIRECT, by=finance, at=JANUARY, **given)
    assert balance(NHS, LATER) == before[0] + 32_857 == -7_143
    assert balance(COUNCIL, LATER) == before[1] + came_back - 32_857
    assert nhs_gets_back(borne.person) == 0


def test_the_page_begins_with_what_the_nhs_bore(borne: Budget) -> None:
    known = figures_of(borne.person, DIRECT, on=date(2026, 12, 1))
    assert (known["council_paid_in"], known["nhs_paid_in"]) == (132_900, 40_000)
