"""What is owed: what falls due now, and what days that were paid before come to today."""

from datetime import UTC, date, datetime, timedelta

import pytest

from wherewithal.dates import Period
from wherewithal.ledger.differences import (
    CARRIED,
    Paid,
    Told,
    Version,
    complete,
    reasons,
    sentence,
)
from wherewithal.ledger.owing import Share, owing, unpaid_days
from wherewithal.ledger.pauses import Pause, Pays, with_pauses
from wherewithal.ledger.schedule import BudgetPiece, Once, PaySchedule, came_to

MONDAY = date(2026, 5, 4)
FOUR_WEEKS = Period(MONDAY, date(2026, 6, 1))
EVERY_FOUR_WEEKS = PaySchedule(MONDAY)
WEEK = timedelta(weeks=1)
# £415.00 a week, of which the person puts in £82.75: the council pays £332.25
BUDGET = (BudgetPiece(Period(MONDAY), 415_00, 82_75),)
HOSPITAL = Period(date(2026, 5, 11), date(2026, 5, 25))


def net(pieces: tuple[BudgetPiece, ...], days: Period = FOUR_WEEKS) -> int:
    gross, contribution = came_to(pieces, days)
    return gross - contribution


@pytest.mark.parametrize(
    ("pause", "comes_to"),
    [
        (Pause(HOSPITAL, Pays.ALL), 1329_00),  # as if nothing had happened
        (Pause(HOSPITAL, Pays.NOTHING), 664_50),  # two weeks of four
        (Pause(HOSPITAL, Pays.NOTHING, full_days=7), 996_75),  # the first week in full
        (Pause(HOSPITAL, Pays.NOTHING, full_days=14), 1329_00),  # home before it counts
        (Pause(HOSPITAL, Pays.WEEKLY, 120_00), 739_00),  # a PA's wages: £120.00 less £82.75
        (Pause(HOSPITAL, Pays.WEEKLY, 50_00), 664_50),  # all of £50.00 is the person's own
        (Pause(HOSPITAL, Pays.WEEKLY, 900_00), 1329_00),  # never more than the budget
        (Pause(Period(HOSPITAL.start), Pays.NOTHING), 332_25),  # nobody knows yet until when
    ],
)
def test_a_pause_says_what_goes_on_being_paid(pause: Pause, comes_to: int) -> None:
    assert net(with_pauses(BUDGET, [pause])) == comes_to


@pytest.mark.parametrize(
    ("weeks_each", "advance_days", "until", "paid_up_to"),
    [
        (4, 0, date(2026, 5, 4), date(2026, 5, 4)),  # it falls due on its first day, not before
        (4, 0, date(2026, 5, 5), date(2026, 6, 1)),  # then all of it, in advance
        (4, 14, date(2026, 5, 19), date(2026, 6, 29)),  # the next one two weeks ahead
        (4, 14, date(2026, 5, 18), date(2026, 6, 1)),
        (4, -28, date(2026, 6, 1), date(2026, 5, 4)),  # in arrears: not on the last day
        (4, -28, date(2026, 6, 2), date(2026, 6, 1)),  # but on the day after
        (1, 0, date(2026, 5, 12), date(2026, 5, 18)),
    ],
)
def test_what_falls_due_by_a_day(
    weeks_each: int, advance_days: int, until: date, paid_up_to: date
) -> None:
    assert PaySchedule(MONDAY, weeks_each, advance_days).paid_up_to(until) == paid_up_to


def test_what_falls_due_is_each_pay_period_that_was_never_paid() -> None:
    found = owing([Share(BUDGET)], schedule=EVERY_FOUR_WEEKS, until=date(2026, 6, 29))
    assert [each.net for each in found.payables] == [1329_00, 1329_00]
    after = Share(BUDGET, paid_until=date(2026, 6, 1), paid_net=1329_00)
    found = owing([after], schedule=EVERY_FOUR_WEEKS, until=date(2026, 6, 29))
    assert [(each.net, each.adjustment) for each in found.payables] == [(1329_00, 0)]


@pytest.mark.parametrize(
    ("paid_net", "adjustment", "net", "carried"),
    [
        (1329_00, 0, 1329_00, 0),
        (1229_00, 100_00, 1429_00, 0),  # £100.00 too little before: it is added
        (1429_00, -100_00, 1229_00, 0),  # too much: it comes off
        (2658_00, -1329_00, 0, 0),  # all of this payment
        (3000_00, -1329_00, 0, -342_00),  # no more than a payment holds; the rest waits
    ],
)
def test_a_difference_goes_with_the_next_payment(
    paid_net: int, adjustment: int, net: int, carried: int
) -> None:
    share = Share(BUDGET, paid_until=date(2026, 6, 1), paid_net=paid_net)
    found = owing([share], schedule=EVERY_FOUR_WEEKS, until=date(2026, 6, 29))
    (payable,) = found.payables
    assert (payable.adjustment, payable.net, found.carried) == (adjustment, net, carried)


def test_what_a_person_is_owed_is_paid_even_when_nothing_new_falls_due() -> None:
    ended = (BudgetPiece(FOUR_WEEKS, 415_00, 82_75),)
    share = Share(ended, paid_until=date(2026, 6, 1), paid_net=1000_00)
    (payable,) = owing([share], schedule=EVERY_FOUR_WEEKS, until=date(2026, 6, 29)).payables
    assert (payable.due, payable.net) == (None, 329_00)


def test_what_was_paid_beyond_the_end_of_one_budget_comes_off_the_next() -> None:
    ends = date(2026, 5, 18)
    first = Share(
        (BudgetPiece(Period(MONDAY, ends), 415_00, 82_75),),
        paid_until=date(2026, 6, 1), paid_net=1329_00,
    )  # fmt: skip
    second = Share((BudgetPiece(Period(ends), 500_00, 82_75),))
    found = owing([first, second], schedule=EVERY_FOUR_WEEKS, until=date(2026, 6, 1))
    (payable,) = found.payables
    assert (payable.place, payable.net) == (1, 2 * (500_00 - 82_75) - 2 * 332_25)


def test_what_is_paid_once_goes_with_the_pay_period_of_its_day() -> None:
    bed = Once(date(2026, 6, 10), 250_00, "A bed that goes up and down")
    found = owing([Share(BUDGET, (bed,))], schedule=EVERY_FOUR_WEEKS, until=date(2026, 6, 29))
    assert [each.net for each in found.payables] == [1329_00, 1579_00]
    assert found.payables[1].due is not None
    assert "Plus £250.00, paid once: A bed that goes up and down." in (
        found.payables[1].due.sentence
    )


def test_a_start_up_cost_is_paid_before_the_first_day_of_support() -> None:
    insurance = Once(date(2026, 4, 20), 61_00, "Employer’s insurance")
    (payable,) = owing(
        [Share(BUDGET, (insurance,))], schedule=EVERY_FOUR_WEEKS, until=date(2026, 4, 21)
    ).payables
    assert payable.net == 61_00


def test_days_that_no_payment_was_for_are_found() -> None:
    paid = [Period(MONDAY, MONDAY + WEEK), Period(MONDAY + 2 * WEEK, MONDAY + 3 * WEEK)]
    assert unpaid_days(BUDGET, paid, MONDAY + 4 * WEEK) == [
        Period(MONDAY + WEEK, MONDAY + 2 * WEEK), Period(MONDAY + 3 * WEEK, MONDAY + 4 * WEEK),
    ]  # fmt: skip


WORKED_OUT = datetime(2026, 4, 27, 10, tzinfo=UTC)
WHY = "You were in hospital for 11 May to 24 May 2026. Your PA’s wages of £120.00 a week went on."


def test_each_difference_has_its_plain_reason() -> None:
    paused = with_pauses(BUDGET, [Pause(HOSPITAL, Pays.WEEKLY, 120_00)])
    versions = [
        Version(WORKED_OUT - WEEK, BUDGET),
        Version(WORKED_OUT + 2 * WEEK, paused, "hospital", WHY),
    ]
    found = reasons(versions, [Paid(FOUR_WEEKS, WORKED_OUT)], after=WORKED_OUT)
    assert [(each.what, each.pence) for each in found] == [("hospital", -590_00)]
    told = sentence(complete(found, -590_00, unpaid=""), adjustment=-590_00, waits=0)
    assert told == (
        f"{WHY} That is £590.00 less than was paid. So £590.00 is taken off this payment."
    )


def test_what_was_known_when_a_payment_was_worked_out_is_no_difference() -> None:
    paused = with_pauses(BUDGET, [Pause(HOSPITAL, Pays.NOTHING)])
    versions = [
        Version(WORKED_OUT - 2 * WEEK, BUDGET),
        Version(WORKED_OUT - WEEK, paused, "hospital", WHY),
    ]
    early = WORKED_OUT - 3 * WEEK
    assert reasons(versions, [Paid(FOUR_WEEKS, WORKED_OUT)], after=early) == []


@pytest.mark.parametrize(
    ("difference", "unpaid", "whole", "told"),
    [
        (5_00, "", False, "From before, £5.00 was still to be added."),
        (-5_00, "", False, "From before, £5.00 was still to be taken off."),
        (5_00, "4 May to 10 May 2026", False, "You had not been paid for 4 May to 10 May 2026."),
        (5_00, "", True, "£5.00 of that was taken off before."),
    ],
)
def test_what_no_new_fact_explains_is_told_too(
    difference: int, unpaid: str, whole: bool, told: str
) -> None:
    (part,) = complete([], difference, unpaid=unpaid, whole=whole)
    assert (part.pence, part.why) == (difference, told)


def test_a_rest_tells_again_the_newest_reasons_that_it_can_come_from() -> None:
    before = [
        Told("hospital", -9_00, "You were in hospital."), Told("charge", 5_00, "You pay less."),
        Told("away", -2_00, "You were away."),
        Told(CARRIED, -1_00, "£1.00 was still to be taken off. Why: x.", ("You agreed.",)),
    ]  # fmt: skip
    (part,) = complete([], -3_00, unpaid="", before=before)
    assert part.causes == ("You were away.", "You agreed.")
    assert part.why == (
        "From before, £3.00 was still to be taken off. Why: You were away. You agreed."
    )
    (part,) = complete([], -4_00, unpaid="", before=before)
    assert part.causes == ("You were in hospital.", "You were away.", "You agreed.")


@pytest.mark.parametrize(
    ("pays", "weekly", "full_days", "told"),
    [
        (Pays.WEEKLY, 0, 0, "Give a weekly sum"),
        (Pays.NOTHING, 1, 0, "Give a weekly sum"),
        (Pays.ALL, 0, -1, "has -1 full days"),
    ],
)
def test_a_pause_that_contradicts_itself_is_refused(
    pays: Pays, weekly: int, full_days: int, told: str
) -> None:
    with pytest.raises(ValueError, match=told):
        Pause(HOSPITAL, pays, weekly, full_days)


def test_what_is_paid_once_is_a_sum() -> None:
    with pytest.raises(ValueError, match="Give a sum"):
        Once(MONDAY, 0, "Nothing")
