"""What is owed for a budget by a day, whatever changed since it was last paid."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from psycopg.types.range import DateRange
from tests.integration.conftest import NOW
from tests.integration.test_payments_runs import make_budget, payable  # noqa: F401  fixtures

from wherewithal.dates import Period
from wherewithal.web.accounts.models import User
from wherewithal.web.budgets.actions import end_budget
from wherewithal.web.budgets.models import Budget, Pause, PaySchedule
from wherewithal.web.budgets.pauses.actions import lift, pause
from wherewithal.web.payments.models import Payment, Run
from wherewithal.web.payments.owing import Owed, owed, waiting
from wherewithal.web.people.models import Person

NOVEMBER = Period(date(2026, 11, 16), date(2026, 12, 14))
DECEMBER_ENDS, JANUARY_ENDS = date(2027, 1, 11), date(2027, 2, 8)
LATER = 10**9
"""A run after every other."""


def pay(until: date, at: datetime) -> list[Owed]:
    """Keep what is owed as payments of a run prepared at a moment."""
    found = owed(until, before=LATER)
    run = Run.objects.create(period=DateRange(NOVEMBER.start, until), pay_on=until, prepared_at=at)
    for each in found:
        if each.net:
            Payment.objects.create(
                run=run, budget=each.budget, person=each.budget.person, holding=each.holding,
                period=DateRange(each.period.start, each.period.end), gross=each.gross,
                contribution=each.contribution, adjustment=each.adjustment, net=each.net,
                account_name="A", sort_code="000011", account_number="12345678",
                reference="A", sentence=each.sentence,
            )  # fmt: skip
    return found


def stay(
    budget: Budget, by: User, at: datetime, first: date, last: date | None, **fields: Any
) -> Pause:
    values: dict[str, Any] = {"kind": "hospital", "pays": "nothing", "reason": "You are unwell."}
    return pause(budget=budget, first_day=first, last_day=last, by=by, at=at, **(values | fields))


def test_the_first_time_everything_that_falls_due_is_owed(payable: Budget) -> None:  # noqa: F811
    (first,) = owed(NOVEMBER.end or NOVEMBER.start, before=LATER)
    assert (first.gross, first.contribution, first.adjustment, first.net) == (
        166_000, 33_100, 0, 132_900,
    )  # fmt: skip
    assert first.period == NOVEMBER


def test_days_in_hospital_that_were_paid_in_advance_come_off_with_the_reason(
    payable: Budget, practitioner: User  # noqa: F811
) -> None:  # fmt: skip
    pay(date(2026, 12, 14), NOW)
    stay(
        payable, practitioner, NOW + timedelta(days=30), date(2026, 11, 30), date(2026, 12, 13),
        pays="weekly", weekly=12_000, goes_on="Your PA’s wages", holding="direct-payment",
    )  # fmt: skip
    (made,) = pay(DECEMBER_ENDS, NOW + timedelta(days=31))
    # two weeks at £415.00 − £82.75 became two weeks at £120.00 − £82.75
    assert made.adjustment == 2 * (3_725 - 33_225) == -59_000
    assert made.net == 132_900 - 59_000
    assert made.sentence.endswith(
        "You were in hospital for 30 Nov to 13 Dec 2026. Your PA’s wages of £120.00 a week went"
        " on. That is £590.00 less than was paid. So £590.00 is taken off this payment."
    )
    assert [part["what"] for part in made.parts] == ["hospital"]
    assert owed(DECEMBER_ENDS, before=LATER) == []
    (after,) = owed(JANUARY_ENDS, before=LATER)
    assert (after.adjustment, after.net) == (0, 132_900)


def test_what_a_payment_cannot_hold_waits_for_the_next(
    payable: Budget, practitioner: User  # noqa: F811
) -> None:  # fmt: skip
    pay(DECEMBER_ENDS, NOW)
    stay(payable, practitioner, NOW + timedelta(1), date(2026, 11, 30), date(2027, 1, 17))
    (made,) = owed(JANUARY_ENDS, before=LATER)
    assert made.net == 0
    assert "£996.75 waits for a later payment." in made.sentence  # six weeks less three
    _, after = owed(date(2027, 3, 8), before=LATER)
    assert after.net == 132_900 - 99_675
    assert after.sentence.endswith(
        "which leaves £1,329.00. From before, £996.75 was still to be taken off."
        " Why: You were in hospital for 30 Nov 2026 to 17 Jan 2027."
        " For those days nothing was paid."
        " So £996.75 is taken off this payment."
    )


def test_a_rest_that_comes_off_a_later_run_tells_its_reason_again(
    payable: Budget, practitioner: User  # noqa: F811
) -> None:  # fmt: skip
    pay(DECEMBER_ENDS, NOW)
    stay(payable, practitioner, NOW + timedelta(1), date(2026, 11, 30), date(2027, 1, 17))
    (first,) = owed(JANUARY_ENDS, before=LATER)
    (reason,) = (part["why"] for part in first.parts)
    run = Run.objects.create(
        period=DateRange(NOVEMBER.start, JANUARY_ENDS), pay_on=JANUARY_ENDS,
        prepared_at=NOW + timedelta(days=2),
    )  # fmt: skip
    Payment.objects.create(
        run=run, budget=payable, person=payable.person, holding=first.holding,
        period=DateRange(first.period.start, first.period.end), gross=first.gross,
        contribution=first.contribution, adjustment=first.adjustment, net=0, account_name="A",
        sort_code="000011", account_number="12345678", reference="A", sentence=first.sentence,
    )  # fmt: skip
    (after,) = owed(date(2027, 3, 8), before=LATER)
    (part,) = after.parts
    assert part["why"] == f"From before, £996.75 was still to be taken off. Why: {reason}"


def test_a_pause_that_is_lifted_early_is_paid_after_all(
    payable: Budget, practitioner: User  # noqa: F811
) -> None:  # fmt: skip
    paused = stay(payable, practitioner, NOW, date(2026, 11, 16), None)
    assert pay(date(2026, 12, 14), NOW) == []
    lift(
        pause=paused, paid_from=date(2026, 11, 30), reason="You came home.", by=practitioner,
        at=NOW + timedelta(days=29),
    )  # fmt: skip
    made = owed(DECEMBER_ENDS, before=LATER)
    assert sum(each.net for each in made) == 6 * 33_225


def test_after_the_end_of_a_budget_what_is_too_much_waits_to_be_settled(
    payable: Budget, manager: User  # noqa: F811
) -> None:  # fmt: skip
    pay(DECEMBER_ENDS, NOW)
    end_budget(
        budget=payable, last_day=date(2026, 12, 6), reasons="You moved away.", by=manager,
        at=NOW + timedelta(days=40),
    )  # fmt: skip
    assert owed(JANUARY_ENDS, before=LATER) == []
    (rest,) = waiting(date(2027, 1, 20))
    assert rest.pence == -5 * 33_225
    assert [part.why for part in rest.parts] == ["Your budget ended on 6 December 2026."]


def test_a_run_that_was_given_up_in_between_is_caught_up(payable: Budget) -> None:  # noqa: F811
    pay(date(2026, 12, 14), NOW)
    pay(DECEMBER_ENDS, NOW + timedelta(days=20))
    Payment.objects.filter(period__startswith=NOVEMBER.start).update(cancelled=True)
    (made,) = owed(JANUARY_ENDS, before=LATER)
    assert made.adjustment == 132_900
    assert "You had not been paid for 16 Nov to 13 Dec 2026." in made.sentence


def test_a_difference_in_the_persons_favour_is_paid_alone(
    payable: Budget, practitioner: User, manager: User  # noqa: F811
) -> None:  # fmt: skip
    paused = stay(payable, practitioner, NOW, date(2026, 11, 30), date(2026, 12, 6))
    pay(date(2026, 12, 14), NOW + timedelta(1))
    end_budget(
        budget=payable, last_day=date(2026, 12, 13), reasons="x", by=manager, at=NOW + timedelta(2)
    )
    lift(
        pause=paused, paid_from=date(2026, 11, 30), reason="You stayed at home.", by=practitioner,
        at=NOW + timedelta(3),
    )  # fmt: skip
    (made,) = pay(DECEMBER_ENDS, NOW + timedelta(4))
    assert (made.gross, made.adjustment, made.net) == (0, 33_225, 33_225)
    assert "You stayed at home." in made.sentence
    assert owed(JANUARY_ENDS, before=LATER) == []


def test_one_way_of_holding_can_be_paid_by_the_week_and_ahead(
    payable: Budget, practitioner: User  # noqa: F811
) -> None:  # fmt: skip
    PaySchedule.objects.create(
        budget=payable, holding="direct-payment", weeks_each=1, advance_days=7, reason="Wages",
        at=NOW, by=practitioner,
    )  # fmt: skip
    made = owed(date(2026, 11, 23), before=LATER)
    assert [(each.period.start, each.net) for each in made] == [
        (date(2026, 11, 16), 33_225), (date(2026, 11, 23), 33_225),
    ]  # fmt: skip


def test_what_is_paid_once_goes_out_on_its_day(payable: Budget) -> None:  # noqa: F811
    payable.lines.update(one_off=25_000, once_on=date(2026, 12, 20))
    assert [each.gross for each in owed(date(2026, 12, 14), before=LATER)] == [166_000]
    assert [each.gross for each in owed(DECEMBER_ENDS, before=LATER)] == [166_000, 191_000]


def test_days_settled_before_payments_were_made_from_here_are_not_paid(
    payable: Budget,  # noqa: F811
) -> None:
    from wherewithal.web.policy.models import Setting

    Setting.objects.create(key="payments_began", value="2026-12-14")
    (made,) = owed(DECEMBER_ENDS, before=LATER)
    assert made.period == Period(date(2026, 12, 14), DECEMBER_ENDS)


def test_what_is_owed_takes_as_many_questions_for_many_as_for_one(
    payable: Budget, make_budget: Callable[..., Budget], make_person: Callable[..., Person]  # noqa: F811
) -> None:  # fmt: skip
    with CaptureQueriesContext(connection) as one:
        owed(DECEMBER_ENDS, before=LATER)
    for _ in range(5):
        make_budget(make_person(), ("isf", 10_000), ("direct-payment", 7_777), contribution=901)
    with CaptureQueriesContext(connection) as many:
        owed(DECEMBER_ENDS, before=LATER)
    assert len(many) == len(one) <= 12


def test_two_pauses_of_the_same_money_are_refused_by_the_database(
    payable: Budget, practitioner: User  # noqa: F811
) -> None:  # fmt: skip
    first = stay(payable, practitioner, NOW, date(2026, 11, 30), date(2026, 12, 6))
    first.pk, first.holding = None, "direct-payment"
    with pytest.raises(DatabaseError, match="never_overlap"), transaction.atomic():
        first.save(force_insert=True)
