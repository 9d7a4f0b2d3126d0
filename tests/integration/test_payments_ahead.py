"""Late money is found before it is late, and one person can be paid at once."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from tests.integration.conftest import NOW
from tests.integration.test_payments_runs import (  # noqa: F401  fixtures
    NOVEMBER,
    PAY_DAY,
    approve,
    check,
    make_budget,
    payable,
    prepare,
    release,
)

from wherewithal.dates import Period
from wherewithal.web.accounts.models import User
from wherewithal.web.accounts.roles import Role
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.budgets.models import Budget
from wherewithal.web.payments import actions
from wherewithal.web.payments.daily import look_ahead
from wherewithal.web.payments.emergency import Asked, prepare_emergency
from wherewithal.web.payments.late.alarm import Late, last_day_to_act, will_be_late
from wherewithal.web.payments.models import Payee, Run

SOON = date(2026, 11, 5)
"""A Thursday; money for 16 November is due on the 16th, and must be released by the 12th."""
DECEMBER = Period(date(2026, 12, 14), date(2027, 1, 11))


def only(found: list[Late]) -> Late:
    (late,) = found
    return late


def test_the_last_day_to_act_leaves_bacs_its_days_over_holidays() -> None:
    assert last_day_to_act(date(2026, 11, 16)) == date(2026, 11, 12)
    assert last_day_to_act(date(2026, 12, 29)) == date(2026, 12, 23)  # Christmas in between


def test_whoever_is_in_no_run_is_named_with_the_last_day_to_act(payable: Budget) -> None:  # noqa: F811
    late = only(will_be_late(SOON))
    assert (late.pence, late.due, late.by, late.late) == (
        132_900, date(2026, 11, 16), date(2026, 11, 12), False,
    )  # fmt: skip
    assert late.why == "No run holds it yet."
    assert look_ahead(SOON).words == "1 person’s money is not safe yet: act by 12 November 2026."


@pytest.mark.parametrize(
    ("missing", "why"),
    [
        ({"statement_on": None}, "statement has not been given"),
        ({"agreement_on": None}, "agreement is not signed"),
    ],
)
def test_whoever_lacks_a_paper_is_named_with_it(
    missing: dict[str, None], why: str, payable: Budget  # noqa: F811
) -> None:  # fmt: skip
    Budget.objects.filter(pk=payable.pk).update(**missing)
    assert why in only(will_be_late(SOON)).why


def test_money_is_safe_only_in_a_released_run(
    payable: Budget, finance: User, make_user: Callable[..., User]  # noqa: F811
) -> None:  # fmt: skip
    run = prepare(finance)
    assert "not checked" in only(will_be_late(SOON)).why
    check(run, finance)
    assert "nobody has approved" in only(will_be_late(SOON)).why
    other = make_user(Role.FINANCE)
    actions.approve_run(run_id=run.pk, by=other, at=NOW, holidays=frozenset())
    late = only(will_be_late(SOON))
    assert ("not released" in late.why, late.run) == (True, run.pk)
    assert will_be_late(date(2026, 11, 12))[0].late  # Bacs is past by then
    actions.release_run(run_id=run.pk, by=other, at=NOW, holidays=frozenset())
    assert will_be_late(SOON) == []


def test_nobody_far_from_their_pay_day_is_named(
    payable: Budget, finance: User, make_user: Callable[..., User]  # noqa: F811
) -> None:  # fmt: skip
    release(prepare(finance), make_user(Role.FINANCE))
    assert will_be_late(date(2026, 11, 18)) == []
    assert only(will_be_late(date(2026, 12, 3))).due == date(2026, 12, 14)


def at_once(person_budget: Budget, pence: int, by: User, at: datetime = NOW) -> Run:
    asked = Asked(person_budget.person, "direct-payment", pence, "The account was frozen.")
    return prepare_emergency(asked=asked, by=by, at=at)


@pytest.mark.parametrize("pence", [1, 5_000, 60_000, 132_900])
def test_an_emergency_payment_and_the_next_run_together_come_to_what_is_owed(
    pence: int, payable: Budget, finance: User, make_user: Callable[..., User]  # noqa: F811
) -> None:  # fmt: skip
    run = at_once(payable, pence, finance)
    payment = run.payments.get()
    assert (payment.net, run.kind, run.pay_on) == (pence, "emergency", NOW.date())
    assert "The account was frozen." in payment.sentence
    other = make_user(Role.FINANCE)
    actions.approve_run(run_id=run.pk, by=other, at=NOW, holidays=frozenset())
    actions.release_run(run_id=run.pk, by=other, at=NOW, holidays=frozenset())
    assert {each.kind for each in run.files.all()} == {"pain001", "payments"}
    if pence < 132_900:
        assert prepare(finance).total == 132_900 - pence
    else:
        with pytest.raises(NotNow):
            prepare(finance)


def test_an_emergency_payment_against_what_falls_due_later_comes_off_then(
    payable: Budget, finance: User, make_user: Callable[..., User]  # noqa: F811
) -> None:  # fmt: skip
    release(prepare(finance), make_user(Role.FINANCE))
    at = datetime(2026, 11, 20, 10, tzinfo=UTC)
    approve_it(at_once(payable, 20_000, finance, at), make_user(Role.FINANCE), at)
    run = actions.prepare_run(period=DECEMBER, pay_on=date(2026, 12, 14), by=finance, at=at)
    assert run.total == 132_900 - 20_000


def approve_it(run: Run, by: User, at: datetime) -> None:
    actions.approve_run(run_id=run.pk, by=by, at=at, holidays=frozenset())


def test_paying_at_once_says_beforehand_that_the_account_is_in_doubt(
    payable: Budget, finance: User, signed_in: Callable[[User], Client]  # noqa: F811
) -> None:  # fmt: skip
    place = f"/payments/at-once/{payable.person.reference}/"
    assert "Prepare the payment" in signed_in(finance).get(place).content.decode()
    payee = Payee.objects.get(ended_at__isnull=True)
    Payee.objects.filter(pk=payee.pk).update(doubt="it is closed.")
    page = signed_in(finance).get(place).content.decode()
    assert "Money came back from the account: it is closed." in page
    assert "Prepare the payment" not in page
    assert f"/payments/accounts/{payee.pk}/right/" in page
    assert f"/people/{payable.person.reference}/money/account/" in page


def test_an_emergency_payment_needs_two_people(
    payable: Budget, finance: User  # noqa: F811
) -> None:  # fmt: skip
    with pytest.raises(NotNow, match="someone else"):
        approve_it(at_once(payable, 5_000, finance), finance, NOW)


def test_no_more_is_paid_at_once_than_is_owed(payable: Budget, finance: User) -> None:  # noqa: F811
    with pytest.raises(NotNow, match=r"more than is owed now and for the next pay period: £1,329"):
        at_once(payable, 132_901, finance)
    prepare(finance)
    with pytest.raises(NotNow, match="Nothing is owed that is not already in a run"):
        at_once(payable, 100, finance)


def test_the_same_papers_are_asked_for_before_paying_at_once(
    payable: Budget, finance: User  # noqa: F811
) -> None:  # fmt: skip
    Budget.objects.filter(pk=payable.pk).update(agreement_on=None)
    with pytest.raises(NotNow, match="agreement is not signed"):
        at_once(payable, 100, finance)


def test_the_pages_say_who_could_be_late_and_pay_one_person_at_once(
    payable: Budget, finance: User, signed_in: Callable[[User], Client]  # noqa: F811
) -> None:  # fmt: skip
    client, ref = signed_in(finance), payable.person.reference
    assert "not safe yet" in client.get("/payments/").text
    assert payable.person.name in client.get("/payments/late/").text
    assert "Direct payment" in client.get(f"/payments/at-once/{ref}/").text
    typed = {"holding": "direct-payment", "pence": "50.00", "reason": "Nothing left to eat."}
    page = client.post(f"/payments/at-once/{ref}/", typed, follow=True).text
    assert "Someone else needs to approve it" in page
    assert "Nothing left to eat." in page


def test_the_pages_take_a_run_from_check_to_files(
    payable: Budget, finance: User, make_user: Callable[..., User],  # noqa: F811
    signed_in: Callable[[User], Client],
) -> None:  # fmt: skip
    run = actions.prepare_run(period=NOVEMBER, pay_on=PAY_DAY, by=finance, at=NOW)
    client, other = signed_in(finance), signed_in(make_user(Role.FINANCE))
    page = client.get(f"/payments/{run.pk}/check/").text
    assert "Not in the last run" in page
    assert "Say what you looked into" in client.post(
        f"/payments/{run.pk}/check/", {"note": ""}, follow=True
    ).text  # fmt: skip
    page = client.post(f"/payments/{run.pk}/check/", {"note": "Rang."}, follow=True).text
    assert "someone else needs to approve it" in page
    assert "Approve the run" in other.get(f"/payments/{run.pk}/").text
    assert Run.objects.get(pk=run.pk).check_note == "Rang."
    assert client.get(f"/payments/{run.pk}/files/standard18/").status_code == 404
