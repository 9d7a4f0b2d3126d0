"""Another look is taken by somebody else, in working days, with reasons; PostgreSQL sees to it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from tests.integration.conftest import NOW, TODAY
from tests.integration.in_use import DIRECT, budget_in_use, paid_in_runs
from tests.integration.planned import charged

from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.budgets.models import Decision, DirectPaymentDecision
from wherewithal.web.checks.actions import again as actions
from wherewithal.web.checks.actions import looks
from wherewithal.web.checks.actions.again import Decided
from wherewithal.web.checks.decisions import decisions_about
from wherewithal.web.checks.due import reviews_due
from wherewithal.web.checks.models import ArrangementReview, LookAgain
from wherewithal.web.payments.calendar import bank_holidays
from wherewithal.web.people.models import Person
from wherewithal.web.policy.models import SchemeVersion


@pytest.fixture
def asked(person: Person, finance: User) -> LookAgain:
    return ask(person, finance)


def ask(person: Person, decided_by: User | None, at: datetime = NOW, why: str = "It is wrong.",
        of: str = "tier") -> LookAgain:  # fmt: skip
    assert person.user is not None
    decided = Decided(of, 1, decided_by.pk if decided_by else None, "Looked at more closely.")
    return actions.ask_again(
        person=person, decided=decided, why=why, holidays=bank_holidays(), by=person.user, at=at
    )


def test_it_is_acknowledged_within_three_working_days_and_answered_in_twenty(
    person: Person,
) -> None:
    before_easter = datetime(2026, 4, 2, 10, 0, tzinfo=UTC)  # the Thursday before Good Friday
    found = ask(person, None, at=before_easter)
    assert found.acknowledge_by == date(2026, 4, 9)
    assert found.answer_by == date(2026, 5, 5)  # over Easter and the bank holiday on 4 May


def test_whoever_decided_first_cannot_answer(asked: LookAgain, finance: User) -> None:
    answer: dict[str, Any] = {"outcome": "kept", "reasons": "I was right.", "at": NOW}
    with pytest.raises(NotNow, match="somebody else has to look again"):
        actions.decide_again(asked=asked, by=finance, **answer)
    with pytest.raises(IntegrityError, match="taken_by_somebody_else"), transaction.atomic():
        LookAgain.objects.update(
            status="decided", outcome="kept", reasons="I was right.", decided_by=finance,
            decided_on=TODAY,
        )  # fmt: skip


def test_nobody_answers_their_own_question(asked: LookAgain) -> None:
    with pytest.raises(NotNow, match="You asked for this yourself"):
        actions.decide_again(
            asked=asked, outcome="changed", reasons="Yes.", by=asked.asked_by, at=NOW
        )


def test_an_answer_has_reasons(asked: LookAgain, manager: User) -> None:
    with pytest.raises(ValidationError, match="Enter your reasons"):
        actions.decide_again(asked=asked, outcome="kept", reasons="", by=manager, at=NOW)
    with pytest.raises(IntegrityError, match="ends_with_reasons"), transaction.atomic():
        LookAgain.objects.update(status="decided", decided_by=manager)


def test_it_is_asked_once_at_a_time_and_can_be_taken_back(
    person: Person, asked: LookAgain, finance: User
) -> None:
    with pytest.raises(NotNow, match="looking at this again already"):
        ask(person, finance)
    actions.withdraw(asked=asked, by=asked.asked_by, at=NOW)
    assert ask(person, finance).status == "asked"


def test_a_reason_is_needed_to_ask_but_a_few_words_will_do(person: Person) -> None:
    with pytest.raises(ValidationError, match="A few words are enough"):
        ask(person, None, why=" ")


def test_every_decision_about_money_can_be_looked_at_again(
    person: Person, scheme_version: SchemeVersion, finance: User, manager: User,
    practitioner: User,
) -> None:  # fmt: skip
    assert decisions_about(person, TODAY) == {}
    budget = budget_in_use(person, scheme_version)
    Decision.objects.create(budget=budget, kind="sign-off", figure=41_500, at=NOW, by=manager)
    DirectPaymentDecision.objects.create(
        budget=budget, facts={}, allowed=False, reasons=["You need help to manage it."], at=NOW,
        by=practitioner,
    )  # fmt: skip
    charged(person, finance)
    looks.decide_tier(
        person=person, holding=DIRECT, tier="enhanced", reasons="I think so.", by=finance, at=NOW
    )
    found = decisions_about(person, TODAY)
    assert {of: decided.by_id for of, decided in found.items()} == {
        "budget": manager.pk, "direct-payment": practitioner.pk, "charge": finance.pk,
        "tier": finance.pk,
    }  # fmt: skip
    assert found["direct-payment"].told == (
        "A direct payment was refused. You need help to manage it."
    )


def due_by(person: Person, on: date) -> list[date | None]:
    return [reason.by for reason in reviews_due(Person.objects.filter(pk=person.pk), on)]


def test_the_first_review_falls_within_six_months_and_the_next_within_twelve(
    person: Person, scheme_version: SchemeVersion, finance: User, practitioner: User
) -> None:
    """SI 2014/2871, regulation 7. Money first arrived on 3 April 2026."""
    paid_in_runs(budget_in_use(person, scheme_version), finance)
    assert due_by(person, date(2026, 9, 1)) == []
    assert due_by(person, date(2026, 9, 10)) == [date(2026, 10, 2)]
    looks.hold_review(
        person=person, on=date(2026, 9, 20), outcome="goes-on", words="It works.",
        by=practitioner, at=NOW,
    )  # fmt: skip
    assert due_by(person, date(2027, 8, 1)) == []
    assert due_by(person, date(2027, 9, 1)) == [date(2027, 9, 20)]


def test_a_review_is_not_written_down_before_there_was_anything_to_review(
    person: Person, scheme_version: SchemeVersion, finance: User, practitioner: User
) -> None:
    review: dict[str, Any] = {
        "person": person, "outcome": "goes-on", "words": "Fine.", "by": practitioner, "at": NOW,
    }  # fmt: skip
    with pytest.raises(NotNow, match="No direct payment has been made yet"):
        looks.hold_review(on=TODAY, **review)
    paid_in_runs(budget_in_use(person, scheme_version), finance)
    with pytest.raises(ValidationError, match="Enter that day or later"):
        looks.hold_review(on=date(2026, 4, 2), **review)
    assert ArrangementReview.objects.count() == 0


def test_losing_capacity_calls_for_a_review_and_never_stops_the_payment(
    person: Person, scheme_version: SchemeVersion, practitioner: User
) -> None:
    """Regulation 7: an extra review at once; the direct payment carries on meanwhile."""
    budget = budget_in_use(person, scheme_version)
    call: dict[str, Any] = {
        "person": person, "event": "lost_capacity", "on": TODAY, "by": practitioner, "at": NOW,
    }  # fmt: skip
    with pytest.raises(ValidationError, match="Enter what happened"):
        looks.call_for_review(why="", **call)
    review = looks.call_for_review(why="Her memory has got worse.", **call)
    assert review.due_by == TODAY
    with pytest.raises(NotNow, match="waits already"):
        looks.call_for_review(why="Again.", **call)
    budget.refresh_from_db()
    assert budget.status == "signed-off"
    assert not budget.pauses.exists()
