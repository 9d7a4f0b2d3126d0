"""Money is asked back only after a talk, a decision with reasons, a letter, and time to reply."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from tests.integration.conftest import NOW, TODAY
from tests.integration.in_use import DIRECT, budget_in_use

from wherewithal.dates import long_date
from wherewithal.ledger.entries import Account
from wherewithal.ledger.surplus import Earmark, EarmarkKind, Surplus, SurplusFacts, surplus
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.books.models import Journal
from wherewithal.web.books.querysets import balance
from wherewithal.web.checks.actions import repaying
from wherewithal.web.checks.actions import surplus as actions
from wherewithal.web.checks.letters import SURPLUS_RULE, money_back_letter
from wherewithal.web.checks.models import Repayment, SurplusProposal
from wherewithal.web.people.models import Person
from wherewithal.web.policy.models import SchemeVersion

FORTNIGHT = timedelta(days=14)


def over(balance: int = 600_000) -> Surplus:
    """The worked example: £700.00 is over, of which the person paid in a fifth."""
    held = Earmark(EarmarkKind.HOLIDAY_PAY, 115_000, "Two weeks not taken, and redundancy")
    return surplus(
        SurplusFacts(
            TODAY, balance=balance, weekly_gross=41_500, reserve_weeks=8, earmarks=(held,),
            advance=83_000, council_paid_in=800_000, own_paid_in=200_000,
        )
    )  # fmt: skip


@pytest.fixture
def propose(person: Person, finance: User) -> Callable[..., SurplusProposal]:
    def make(**changes: Any) -> SurplusProposal:
        values: dict[str, Any] = {
            "person": person, "holding": DIRECT, "found": over(), "why": "hospital",
            "why_words": "She was in hospital in May.", "by": finance, "at": NOW,
        }  # fmt: skip
        return actions.propose(**(values | changes))

    return make


@pytest.fixture
def second(make_user: Callable[..., User]) -> User:
    return make_user(Role.FINANCE, "Frank")


@pytest.fixture
def told(propose: Callable[..., SurplusProposal], second: User) -> SurplusProposal:
    """£560.00 asked for, and the letter sent today."""
    stamp: dict[str, Any] = {"by": second, "at": NOW}
    found = actions.decide(proposal=propose(), pence=56_000, reasons="It is over.", **stamp)
    return actions.tell(proposal=found, on=TODAY, **stamp)


def go_ahead(proposal: SurplusProposal, by: User, *, days: int = 0, **more: Any) -> SurplusProposal:
    values: dict[str, Any] = {"first_due": date(2026, 12, 1), "parts": 1, "own_share_out": False}
    return repaying.go_ahead(
        proposal=proposal, by=by, at=NOW + timedelta(days=days), **(values | more)
    )


def owed(person: Person, on: date = date(2027, 12, 31)) -> int:
    return balance(Account.of_text(f"recovery:{person.reference}"), on)


def test_a_proposal_moves_nothing_and_keeps_what_the_person_said(
    person: Person, propose: Callable[..., SurplusProposal]
) -> None:
    found = propose()
    assert (found.over, found.person_share, found.reclaim) == (70_000, 14_000, 56_000)
    assert (found.status, found.why_words) == ("proposed", "She was in hospital in May.")
    assert Journal.objects.count() == 0


def test_nobody_proposes_before_asking_why(propose: Callable[..., SurplusProposal]) -> None:
    with pytest.raises(ValidationError, match="Ask why first"):
        propose(why_words=" ")


def test_nothing_over_is_nothing_to_ask_for(propose: Callable[..., SurplusProposal]) -> None:
    with pytest.raises(NotNow, match="Nothing is over"):
        propose(found=over(balance=500_000))


def test_one_sum_is_talked_about_at_a_time(propose: Callable[..., SurplusProposal]) -> None:
    propose()
    with pytest.raises(NotNow, match="talked about already"):
        propose()


def test_a_large_sum_is_decided_by_somebody_else(
    propose: Callable[..., SurplusProposal], finance: User
) -> None:
    found = propose()
    assert found.needs_another
    with pytest.raises(NotNow, match="Somebody else has to decide"):
        actions.decide(proposal=found, pence=56_000, reasons="Over.", by=finance, at=NOW)
    with pytest.raises(IntegrityError, match="decided_by_somebody_else"), transaction.atomic():
        SurplusProposal.objects.update(
            status="decided", decided_by=finance, decided_at=NOW, reasons="Over."
        )


def test_a_decision_has_reasons_and_asks_for_no_more_than_is_over(
    propose: Callable[..., SurplusProposal], second: User
) -> None:
    found = propose()
    with pytest.raises(ValidationError, match="Enter your reasons"):
        actions.decide(proposal=found, pence=56_000, reasons=" ", by=second, at=NOW)
    with pytest.raises(ValidationError, match="no more than £560"):
        actions.decide(proposal=found, pence=56_001, reasons="Over.", by=second, at=NOW)


def test_leaving_it_has_reasons_too_and_ends_it(
    person: Person, propose: Callable[..., SurplusProposal], second: User
) -> None:
    found = actions.leave_it(
        proposal=propose(), reasons="It pays for the summer.", by=second, at=NOW
    )
    assert (found.status, found.closed_because) == ("closed", "It pays for the summer.")
    assert owed(person) == 0


def test_the_letter_says_by_when_to_reply_what_it_rests_on_and_that_nothing_is_due_yet(
    told: SurplusProposal,
) -> None:
    words = " ".join(str(block) for block in money_back_letter(told, TODAY).blocks)
    assert told.reply_by is not None
    for each in (f"by {long_date(told.reply_by)}", SURPLUS_RULE, "You need not send anything yet"):
        assert each in words


def test_nothing_is_paid_back_before_the_person_is_told(
    propose: Callable[..., SurplusProposal], second: User
) -> None:
    found = actions.decide(proposal=propose(), pence=56_000, reasons="Over.", by=second, at=NOW)
    with pytest.raises(NotNow, match="cannot become agreed"):
        go_ahead(found, second)


def test_nothing_is_paid_back_while_there_is_time_to_reply(
    told: SurplusProposal, second: User
) -> None:
    assert told.reply_by == TODAY + FORTNIGHT
    with pytest.raises(NotNow, match="time to reply until 16 November 2026"):
        go_ahead(told, second, days=14)
    assert go_ahead(told, second, days=15).status == "agreed"


def test_postgresql_itself_refuses_to_go_ahead_early(told: SurplusProposal) -> None:
    with pytest.raises(IntegrityError, match="nothing_is_paid_back_before"), transaction.atomic():
        SurplusProposal.objects.filter(pk=told.pk).update(status="agreed", agreed_on=TODAY)
    with pytest.raises(DatabaseError, match="Nothing is paid back before"), transaction.atomic():
        Repayment.objects.create(proposal=told, kind="paid", due_on=TODAY, pence=100)


def test_someone_who_does_not_agree_pays_nothing_back(
    person: Person, told: SurplusProposal, second: User
) -> None:
    assert person.user is not None
    answer: dict[str, Any] = {"choice": "disagree", "by": person.user, "at": NOW}
    with pytest.raises(ValidationError, match="Tell us why"):
        actions.answer(proposal=told, words="", **answer)
    actions.answer(proposal=told, words="It is for my chair.", **answer)
    with pytest.raises(NotNow, match="does not agree"):
        go_ahead(told, second, days=400)
    assert owed(person) == 0


def test_more_time_is_given_when_it_is_asked_for(
    person: Person, told: SurplusProposal, second: User
) -> None:
    assert person.user is not None
    found = actions.answer(proposal=told, choice="time", words="", by=person.user, at=NOW)
    assert found.reply_by == TODAY + 2 * FORTNIGHT
    with pytest.raises(NotNow, match="30 November 2026"):
        go_ahead(found, second, days=20)


def test_what_was_agreed_is_paid_back_in_parts_and_every_penny_is_in_the_books(
    person: Person, told: SurplusProposal, second: User
) -> None:
    assert person.user is not None
    stamp: dict[str, Any] = {"by": second, "at": NOW}
    actions.answer(proposal=told, choice="instalments", words="", by=person.user, at=NOW)
    go_ahead(told, second, parts=3, own_share_out=True)
    held = Account.of_text(f"held:{person.reference}/{DIRECT}")
    assert (owed(person), balance(held, TODAY)) == (56_000, -70_000)
    parts = list(told.repayments.all())
    assert [(part.pence, part.due_on.month) for part in parts] == [
        (18_666, 12), (18_666, 1), (18_668, 2)
    ]  # fmt: skip
    repaying.note_repaid(repayment=parts[0], on=date(2026, 12, 1), **stamp)
    with pytest.raises(NotNow, match="noted on 1 December 2026 already"):
        repaying.note_repaid(repayment=parts[0], on=date(2026, 12, 1), **stamp)
    assert owed(person) == 37_334
    repaying.let_go(proposal=told, why="Her rent went up.", **stamp)
    told.refresh_from_db()
    assert (owed(person), told.status) == (0, "closed")


def test_a_later_payment_is_touched_only_where_the_person_agreed_to_that(
    person: Person, told: SurplusProposal, second: User
) -> None:
    assert person.user is not None
    actions.answer(proposal=told, choice="agree", words="", by=person.user, at=NOW)
    go_ahead(told, second)
    with pytest.raises(DatabaseError, match="unless the person agreed"), transaction.atomic():
        told.repayments.update(kind="taken-off")


def test_a_part_that_was_noted_is_kept(person: Person, told: SurplusProposal, second: User) -> None:
    go_ahead(told, second, days=15, parts=2)
    part = told.repayments.first()
    assert part is not None
    repaying.note_repaid(repayment=part, on=date(2026, 12, 1), by=second, at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        told.repayments.update(pence=1)


TAXI = actions.Item(
    date(2026, 6, 3), "FAST CABS", 4_200, "A trip for somebody else", "Agreement, part 4"
)


def spending(person: Person, by: User, *items: actions.Item) -> SurplusProposal:
    return actions.propose_spending(
        person=person, holding=DIRECT, items=items or (TAXI,), why_words="He borrowed the card.",
        by=by, at=NOW,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("paper", "words"),
    [
        ({"statement_on": None}, "had not been given the plan"),
        ({"statement_on": date(2026, 6, 4)}, "had not been given the plan"),
        ({"agreement_on": None}, "agreement was not signed"),
        ({"agreement_on": date(2026, 6, 4)}, "agreement was not signed"),
    ],
)
def test_nobody_repays_what_they_could_not_know(
    paper: dict[str, Any], words: str, person: Person, scheme_version: SchemeVersion,
    finance: User,
) -> None:  # fmt: skip
    """Ombudsman decision 18 012 204: no plan was given, and the payment began before one."""
    budget_in_use(person, scheme_version, **paper)
    with pytest.raises(NotNow, match=words):
        spending(person, finance)


def test_every_item_says_the_day_who_was_paid_why_and_by_which_rule(
    person: Person, scheme_version: SchemeVersion, finance: User
) -> None:
    """Ombudsman decision 19 018 919: money was asked back without saying what for."""
    budget_in_use(person, scheme_version)
    found = spending(person, finance)
    assert found.items == [
        {"on": "2026-06-03", "payee": "FAST CABS", "pence": 4_200,
         "why": "A trip for somebody else", "rule": "Agreement, part 4"}
    ]  # fmt: skip
    with pytest.raises(ValidationError, match="why it is asked back, and the rule"):
        actions.Item(date(2026, 6, 3), "FAST CABS", 4_200, "A trip", " ")
    with pytest.raises(ValidationError, match="at least one item"):
        actions.propose_spending(
            person=person, holding=DIRECT, items=(), why_words="Asked.", by=finance, at=NOW
        )


def test_what_was_spent_when_there_was_no_budget_is_not_asked_back(
    person: Person, finance: User
) -> None:
    with pytest.raises(NotNow, match="no personal budget on that day"):
        spending(person, finance)
