"""A pause keeps what must go on being paid; a freeze needs a manager and a plan for tomorrow."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from tests.integration.conftest import NOW, TODAY
from tests.integration.test_payments_runs import make_budget, payable  # noqa: F401  fixtures

from wherewithal.letters.plain import to_text
from wherewithal.web.accounts.models import AuditRow, User
from wherewithal.web.accounts.transitions import NotNow
from wherewithal.web.budgets.models import Budget, Pause
from wherewithal.web.budgets.pauses.actions import (
    frozen_now,
    lift,
    pause,
    stays_of,
    stays_to_look_at,
    told,
)
from wherewithal.web.budgets.pauses.letters import pause_letter
from wherewithal.web.people.models import Person

FIRST = date(2026, 11, 16)
COVER = "Pat Thistlewick rang Harbour Home Care. They come at 8 and 18 from tomorrow."


def make(budget: Budget, by: User, **fields: Any) -> Pause:
    values: dict[str, Any] = {
        "kind": "hospital", "first_day": FIRST, "last_day": None, "pays": "nothing",
        "reason": "You are in hospital.",
    }  # fmt: skip
    return pause(budget=budget, by=by, at=NOW, **(values | fields))


def freeze(budget: Budget, by: User, **fields: Any) -> Pause:
    values: dict[str, Any] = {"kind": "frozen", "reason": "We could not reach you.",
                              "safe_cover": COVER}  # fmt: skip
    return make(budget, by, **(values | fields))


def test_money_is_not_stopped_for_long_by_another_name(
    payable: Budget, practitioner: User  # noqa: F811
) -> None:  # fmt: skip
    other: dict[str, Any] = {"kind": "other", "reason": "We look into it."}
    for last in (None, FIRST + timedelta(days=15)):
        with pytest.raises(NotNow, match="ask a manager to stop payments"):
            make(payable, practitioner, last_day=last, **other)
    make(payable, practitioner, last_day=FIRST + timedelta(days=14), **other)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "You are in hospital from 16 November 2026 on. For these days nothing is paid."),
        (
            {"full_days": 28, "last_day": date(2027, 1, 3)},
            "You were in hospital for 16 Nov 2026 to 3 Jan 2027. All your money went on for the"
            " first 28 days. After that nothing was paid.",
        ),
        (
            {"pays": "weekly", "weekly": 12_000, "holding": "direct-payment",
             "goes_on": "Your PA’s wages"},
            "You are in hospital from 16 November 2026 on. For these days £120.00 a week is paid:"
            " Your PA’s wages.",
        ),
        ({"kind": "away", "pays": "all"},
         "You are away from home from 16 November 2026 on. All your money goes on."),
    ],
)  # fmt: skip
def test_a_pause_is_told_to_the_person(
    fields: dict[str, Any], words: str, payable: Budget, practitioner: User  # noqa: F811
) -> None:  # fmt: skip
    assert told(make(payable, practitioner, **fields)) == words
    assert AuditRow.objects.filter(verb="payments.paused", summary=words).exists()


def test_only_a_manager_stops_payments(payable: Budget, practitioner: User) -> None:  # noqa: F811
    with pytest.raises(NotNow, match="Only a manager"):
        freeze(payable, practitioner)


def test_nobody_is_left_without_support_by_a_freeze(payable: Budget, manager: User) -> None:  # noqa: F811
    with pytest.raises(ValidationError, match="support tomorrow"):
        freeze(payable, manager, safe_cover="  ")
    made = freeze(payable, manager)
    assert made.review_on == FIRST + timedelta(days=14)
    assert frozen_now() == [made]


def test_a_freeze_is_looked_at_within_two_weeks(payable: Budget, manager: User) -> None:  # noqa: F811
    with pytest.raises(ValidationError, match="30 November 2026 at the latest"):
        freeze(payable, manager, review_on=FIRST + timedelta(days=15))


def test_the_database_refuses_a_freeze_without_a_plan(payable: Budget, manager: User) -> None:  # noqa: F811
    made = freeze(payable, manager)
    made.pk, made.safe_cover, made.holding = None, "", "isf"
    with pytest.raises(DatabaseError), transaction.atomic():
        made.save(force_insert=True)


def test_what_stopped_payments_only_a_manager_lifts(
    payable: Budget, manager: User, practitioner: User  # noqa: F811
) -> None:  # fmt: skip
    made = freeze(payable, manager)
    with pytest.raises(NotNow, match="A manager stopped"):
        lift(pause=made, paid_from=FIRST, reason="x", by=practitioner, at=NOW)
    lift(pause=made, paid_from=FIRST, reason="We reached you.", by=manager, at=NOW)
    assert frozen_now() == []
    assert told(Pause.objects.get()) == "A pause from 16 November 2026 was taken back."


def test_the_same_money_is_not_paused_twice(payable: Budget, practitioner: User) -> None:  # noqa: F811
    make(payable, practitioner, last_day=date(2026, 11, 30))
    with pytest.raises(NotNow, match="paused for some of these days"):
        make(payable, practitioner, kind="away", first_day=date(2026, 11, 30))
    make(payable, practitioner, kind="away", first_day=date(2026, 12, 1))


def test_a_pause_is_never_rewritten(payable: Budget, practitioner: User) -> None:  # noqa: F811
    made = make(payable, practitioner)
    for change in (lambda: Pause.objects.update(reason="y"), made.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.parametrize(("gap_days", "days", "found"), [(14, 42, True), (35, 21, False)])
def test_stays_in_care_homes_less_than_four_weeks_apart_add_up(
    gap_days: int, days: int, found: bool, payable: Budget, practitioner: User  # noqa: F811
) -> None:  # fmt: skip
    second = FIRST + timedelta(days=21 + gap_days)
    for first in (FIRST, second):
        make(payable, practitioner, kind="care-home", first_day=first,
             last_day=first + timedelta(days=20), reason="A rest for your carer.")  # fmt: skip
    on = second + timedelta(days=21)
    stays = stays_of(payable.person, on)
    assert stays is not None
    assert (stays.decision.longest_days, bool(stays_to_look_at(on))) == (days, found)


def test_a_stay_without_an_end_counts_up_to_today(payable: Budget, practitioner: User) -> None:  # noqa: F811
    make(payable, practitioner, kind="care-home", reason="A rest.")
    stays = stays_of(payable.person, FIRST + timedelta(days=9))
    assert stays is not None
    assert stays.decision.longest_days == 10
    assert stays_of(payable.person, TODAY) is None


def test_the_pages_pause_stop_start_and_tell(
    payable: Budget, person: Person, manager: User, signed_in: Callable[[User], Client]  # noqa: F811
) -> None:  # fmt: skip
    assert person.user is not None
    browser, at = signed_in(manager), f"/people/{person.reference}/pauses/"
    sent = {
        "kind": "hospital", "first_day_day": "16", "first_day_month": "11",
        "first_day_year": "2026", "holding": "every", "pays": "nothing", "reason": "A new hip.",
    }  # fmt: skip
    assert browser.post(f"{at}add/", sent).status_code == 302
    made = Pause.objects.get()
    assert (made.full_days, made.holding) == (28, "")
    page = signed_in(person.user).get(at).text
    assert "All your money goes on for the first 28 days. After that nothing is paid." in page
    assert "A new hip." in page
    letter = to_text(pause_letter(made, TODAY))
    assert "it comes off a later payment" in " ".join(letter.split())
    again = {"paid_from_day": "23", "paid_from_month": "11", "paid_from_year": "2026",
             "reason": "You came home."}  # fmt: skip
    assert browser.post(f"{at}{made.pk}/start-again/", again).status_code == 302
    stop = {
        "first_day_day": "1", "first_day_month": "12", "first_day_year": "2026",
        "holding": "direct-payment", "reason": "We could not reach you.", "safe_cover": COVER,
        "review_on_day": "10", "review_on_month": "12", "review_on_year": "2026",
    }  # fmt: skip
    assert browser.post(f"{at}stop/", stop).status_code == 302
    assert browser.get(f"{at}{Pause.objects.get(kind='frozen').pk}/letter.pdf").status_code == 200
    assert COVER in browser.get("/pauses/").text
    often = {"holding": "direct-payment", "weeks_each": "1", "advance_days": "0", "reason": "Wages"}
    assert browser.post(f"{at}how-often/", often).status_code == 302
    payable.lines.update(one_off=10_000)
    line = payable.lines.get().pk
    once = {f"line-{line}_day": "2", f"line-{line}_month": "12", f"line-{line}_year": "2026"}
    assert browser.post(f"{at}paid-once/", once).status_code == 302
    assert payable.lines.get().once_on == date(2026, 12, 2)


def test_a_practitioner_cannot_open_the_page_that_stops_payments(
    payable: Budget, person: Person, practitioner: User, signed_in: Callable[[User], Client]  # noqa: F811
) -> None:  # fmt: skip
    page = signed_in(practitioner).get(f"/people/{person.reference}/pauses/stop/")
    assert page.status_code == 403
