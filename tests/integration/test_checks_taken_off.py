"""What somebody agreed to have taken off lowers their next payments, to the penny, and is told."""

from datetime import date, timedelta

import pytest
from tests.integration.conftest import NOW, TODAY
from tests.integration.in_use import DIRECT, account_for, budget_in_use, paid_in_runs
from tests.integration.test_checks_money_back import over

from wherewithal.dates import Period
from wherewithal.ledger.entries import Account
from wherewithal.web.accounts.models import User
from wherewithal.web.books.querysets import balance
from wherewithal.web.budgets.models import Budget
from wherewithal.web.checks.actions import repaying
from wherewithal.web.checks.actions import surplus as actions
from wherewithal.web.payments import actions as payments
from wherewithal.web.payments.models import Payment
from wherewithal.web.payments.owing import owed
from wherewithal.web.people.models import Person
from wherewithal.web.policy.models import SchemeVersion

NEXT = Period(date(2026, 11, 16), date(2026, 12, 14))
ENDS, LATER = date(2026, 12, 14), 10**9


@pytest.fixture
def budget(person: Person, scheme_version: SchemeVersion, finance: User) -> Budget:
    made = budget_in_use(person, scheme_version)
    paid_in_runs(made, finance, runs=8)  # up to 15 November 2026
    account_for(person)
    return made


def agree_to_take_off(person: Person, pence: int, by: User, second: User) -> None:
    """Go the whole way: proposed, decided, told, agreed, and the part put onto a payment."""
    assert person.user is not None
    found = actions.propose(
        person=person, holding=DIRECT, found=over(), why="hospital", why_words="In hospital.",
        by=by, at=NOW,
    )  # fmt: skip
    actions.decide(proposal=found, pence=pence, reasons="It is over.", by=second, at=NOW)
    actions.tell(proposal=found, on=TODAY, by=second, at=NOW)
    actions.answer(proposal=found, choice="take-off", words="", by=person.user, at=NOW)
    repaying.go_ahead(proposal=found, first_due=TODAY, parts=1, own_share_out=False, by=second,
                      at=NOW)  # fmt: skip
    part = found.repayments.get()
    repaying.note_repaid(repayment=part, on=TODAY, by=second, at=NOW + timedelta(hours=1))


def test_the_next_payment_is_lower_by_what_was_agreed_and_says_so(
    person: Person, budget: Budget, finance: User, manager: User
) -> None:
    (before,) = owed(ENDS, before=LATER, person=person)
    assert (before.adjustment, before.net) == (0, 132_900)
    agree_to_take_off(person, 20_000, finance, manager)
    (after,) = owed(ENDS, before=LATER, person=person)
    assert (after.adjustment, after.net) == (-20_000, 112_900)
    assert after.sentence.endswith(
        "£200.00 is taken off your next payment, as you agreed. So £200.00 is taken off this"
        " payment."
    )


def test_what_is_more_than_one_payment_waits_for_the_next(
    person: Person, scheme_version: SchemeVersion, finance: User, manager: User
) -> None:
    budget = budget_in_use(person, scheme_version, weekly=10_000, contribution=0)
    paid_in_runs(budget, finance, runs=8)
    agree_to_take_off(person, 56_000, finance, manager)
    first, second = owed(date(2027, 1, 11), before=LATER, person=person)
    assert (first.net, second.net) == (0, 40_000 - 16_000)


def test_after_the_payment_nothing_is_left_to_send_or_to_pay_back(
    person: Person, budget: Budget, finance: User, manager: User
) -> None:
    agree_to_take_off(person, 20_000, finance, manager)
    run = payments.prepare_run(period=NEXT, pay_on=date(2026, 11, 13), by=finance, at=NOW)
    payments.check_run(run_id=run.pk, note="Looked at.", by=finance, at=NOW)
    payments.approve_run(run_id=run.pk, by=manager, at=NOW, holidays=frozenset())
    payments.release_run(run_id=run.pk, by=manager, at=NOW, holidays=frozenset())
    assert Payment.objects.get(run=run).net == 112_900
    later = TODAY + timedelta(days=60)
    for account, pence in (
        (f"payable:{person.reference}", 0),
        (f"recovery:{person.reference}", 0),
        # the whole of the payment came in, less what was decided to go back
        (f"held:{person.reference}/{DIRECT}", 166_000 - 20_000),
    ):
        assert balance(Account.of_text(account), later) == pence, account
    (following,) = owed(date(2027, 1, 11), before=LATER, person=person)
    assert (following.adjustment, following.net) == (0, 132_900)


def test_nobody_else_s_payment_changes(
    person: Person, budget: Budget, finance: User, manager: User, scheme_version: SchemeVersion,
) -> None:  # fmt: skip
    agree_to_take_off(person, 20_000, finance, manager)
    other = Person.objects.create(
        reference="WW900999", given_name="Cy", family_name="Fenwick",
        date_of_birth=date(1960, 1, 1), known_since=date(2026, 1, 1),
    )  # fmt: skip
    paid_in_runs(budget_in_use(other, scheme_version), finance, runs=8)
    (theirs,) = owed(ENDS, before=LATER, person=other)
    assert (theirs.adjustment, theirs.net) == (0, 132_900)
