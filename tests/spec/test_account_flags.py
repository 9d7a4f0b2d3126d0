"""What in an account is worth a conversation: what is seen, and what is left alone."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from wherewithal.dates import Period
from wherewithal.monitoring.account import (
    Account,
    Away,
    Contribution,
    Helper,
    Limits,
    Movement,
    Worked,
)
from wherewithal.monitoring.flags import FINDERS, Flag, find_flags
from wherewithal.monitoring.rules import rules

LIMITS = Limits()
DAY = date(2026, 11, 2)
BEA = Helper("Bea Marlowbridge", "daughter", allowed=False)
PAT = Helper("Pat Lowe", "personal assistant")


def line(day: str, pence: int, payee: str = "Lantern Care", **more: Any) -> Movement:
    more = {"sort": "spent" if pence < 0 else "payment"} | more
    return Movement(date.fromisoformat(day), pence, payee, **more)


QUIET = Account(
    on=DAY, opened_on=date(2026, 8, 3), seen_to=date(2026, 10, 31), weekly_gross=415_00,
    balance=1200_00, next_payment=date(2026, 11, 13), movements=(
        line("2026-08-14", 1329_00, "AMBLEFORD COUNCIL"), line("2026-09-02", -410_35),
        line("2026-10-02", -415_20), line("2026-10-28", -399_90),
    ),
)  # fmt: skip


def seen(account: Account, code: str, limits: Limits = LIMITS) -> list[Flag]:
    return [flag for flag in find_flags(account, limits) if flag.rule.code == code]


def and_lines(*lines: Movement, **changes: Any) -> Account:
    return replace(QUIET, movements=(*QUIET.movements, *lines), **changes)


def weekly(*days: str, payee: str = "PAT LOWE", pence: int = -187_43) -> Account:
    return and_lines(*(line(day, pence, payee) for day in days), helpers=(PAT,))


def test_an_account_in_daily_use_raises_nothing() -> None:
    assert find_flags(QUIET, LIMITS) == ()


CASES: dict[str, tuple[Account, Account]] = {
    "spending-stops": (
        replace(QUIET, movements=QUIET.movements[:2]),  # silent for 59 days
        replace(QUIET, movements=QUIET.movements[:3]),  # for 29
    ),
    "near-nothing": (
        replace(QUIET, balance=82_99),  # a fifth of a week is £83.00
        replace(QUIET, balance=50_00, next_payment=date(2026, 11, 6)),  # money comes in four days
    ),
    "care-home-stays": (replace(QUIET, care_home_days=21), replace(QUIET, care_home_days=20)),
    "several-managed": (
        replace(QUIET, manager="Lou Fern", manages=3),
        replace(QUIET, manager="Lou Fern", manages=2),
    ),
    "paid-after-death": (
        replace(QUIET, died_on=date(2026, 10, 20)),
        replace(QUIET, died_on=date(2026, 10, 28)),
    ),
    "paid-while-away": (
        replace(QUIET, away=(Away(Period(date(2026, 10, 1), date(2026, 10, 9)), "hospital"),)),
        replace(QUIET, away=(Away(Period(date(2026, 10, 3), date(2026, 10, 9)), "hospital"),)),
    ),
    "no-insurance": (
        weekly("2026-10-05", "2026-10-12", "2026-10-19"),
        replace(
            weekly("2026-10-05", "2026-10-12", "2026-10-19"), insured_until=date(2027, 3, 1)
        ),
    ),
    "no-returns": (
        replace(QUIET, missed_returns=(date(2026, 3, 2), date(2026, 7, 5))),
        replace(QUIET, missed_returns=(date(2026, 7, 5),)),
    ),
    "contribution-behind": (
        replace(
            QUIET,
            contributions=tuple(
                Contribution(date(2026, month, 6), 331_00) for month in (8, 9, 10)
            ),
            movements=(*QUIET.movements, line("2026-08-05", 331_00, sort="contribution")),
        ),
        replace(  # late, but the whole of the first two came in one sum
            QUIET,
            contributions=tuple(
                Contribution(date(2026, month, 6), 331_00) for month in (8, 9, 10)
            ),
            movements=(*QUIET.movements, line("2026-10-20", 662_00, sort="contribution")),
        ),
    ),
    "above-reserve": (
        replace(QUIET, balance=3320_01),
        replace(QUIET, balance=4470_00, earmarked=1150_00),
    ),
    "cash": (
        and_lines(line("2026-10-10", -320_00, "CASH MACHINE 12 OCT")),
        and_lines(line("2026-10-10", -300_00, "CASH MACHINE 12 OCT")),  # under a fifth
    ),
    "relative-paid": (
        and_lines(line("2026-10-10", -80_10, "B MARLOWBRIDGE"), helpers=(BEA,)),
        and_lines(
            line("2026-10-10", -80_10, "B MARLOWBRIDGE"), helpers=(replace(BEA, allowed=True),)
        ),
    ),
    "holder-paid": (
        and_lines(line("2026-10-10", -80_10, "ADA MARLOWBRIDGE"), holders=("Ada Marlowbridge",)),
        and_lines(line("2026-10-10", 80_10, "ADA MARLOWBRIDGE"), holders=("Ada Marlowbridge",)),
    ),
    "shared-payee": (
        and_lines(
            line("2026-10-10", -80_10, "PAT LOWE"), helpers=(replace(PAT, other_homes=2),)
        ),
        and_lines(
            line("2026-10-10", -80_10, "PAT LOWE"),
            helpers=(replace(PAT, other_homes=90, individual=False),),
        ),
    ),
    "hours-over-plan": (
        replace(QUIET, planned_minutes=600, worked=(Worked(date(2026, 10, 7), 721, "Pat Lowe"),)),
        replace(QUIET, planned_minutes=600, worked=(Worked(date(2026, 10, 7), 720, "Pat Lowe"),)),
    ),
    "hours-over-day": (
        replace(QUIET, worked=(Worked(date(2026, 10, 7), 1441, "Pat Lowe"),)),
        replace(QUIET, worked=(Worked(date(2026, 10, 7), 1440, "Pat Lowe"),)),
    ),
    "round-sums": (
        weekly("2026-10-05", "2026-10-12", "2026-10-19", "2026-10-26", pence=-150_00),
        weekly("2026-10-05", "2026-10-12", "2026-10-19", "2026-10-26", pence=-150_01),
    ),
    "paid-twice": (
        and_lines(line("2026-10-05", -399_90), line("2026-10-07", -399_90)),
        and_lines(line("2026-10-05", -399_90), line("2026-10-12", -399_90)),
    ),
    "merchants": (
        and_lines(line("2026-10-05", -20_00, "PADDY POWER LEEDS")),
        and_lines(line("2026-10-05", -20_00, "COPADDY POWERS LTD")),
    ),
    "account-changed": (
        and_lines(
            line("2026-10-14", -500_00, "J SMITH", sort="transfer"),
            account_changed_on=(date(2026, 10, 1),),
        ),
        and_lines(
            line("2026-10-16", -500_00, "J SMITH", sort="transfer"),
            account_changed_on=(date(2026, 10, 1),),
        ),
    ),
}  # fmt: skip


def test_there_is_an_example_on_both_sides_of_every_rule() -> None:
    assert set(CASES) == {code for code, _ in FINDERS}
    assert set(CASES) | {"worry"} == set(rules())


@pytest.mark.parametrize("code", CASES)
def test_a_rule_sees_what_it_looks_for(code: str) -> None:
    (flag,) = seen(CASES[code][0], code)
    assert all(flag.seen)
    assert flag.matters
    assert flag.ask


@pytest.mark.parametrize("code", CASES)
def test_a_rule_leaves_the_next_thing_alone(code: str) -> None:
    assert seen(CASES[code][1], code) == []


def test_what_was_seen_is_said_with_days_and_sums() -> None:
    (flag,) = seen(CASES["contribution-behind"][0], "contribution-behind")
    assert flag.seen == (
        "For the pay periods that ended from 6 August 2026 to 6 October 2026,"
        " £993.00 was to be paid in.",
        "We can see £331.00 of it. £662.00 is missing.",
    )
    (flag,) = seen(CASES["relative-paid"][0], "relative-paid")
    assert flag.seen == (
        "Bea Marlowbridge is known to us as daughter.",
        "10 Oct 2026: £80.10 to B MARLOWBRIDGE.",
    )


def test_a_stopped_account_asks_first_how_the_person_is() -> None:
    flags = find_flags(replace(QUIET, movements=QUIET.movements[:2], balance=9000_00), LIMITS)
    assert [flag.rule.code for flag in flags] == ["spending-stops", "above-reserve"]
    assert flags[0].rule.sort == "welfare"
    assert flags[0].ask.startswith("Ring first, and ask how they are")


def test_a_known_stay_is_said_beside_the_silence() -> None:
    away = Away(Period(date(2026, 9, 20)), "hospital")
    account = replace(QUIET, movements=QUIET.movements[:2], away=(away,))
    (flag,) = seen(account, "spending-stops")
    assert flag.seen[-1] == "We know of a stay (hospital) from 20 September 2026."


def test_silence_is_counted_only_as_far_as_statements_reach() -> None:
    account = replace(QUIET, on=date(2027, 6, 1))  # no newer statement came: nothing is known
    assert seen(account, "spending-stops") == []


def test_after_a_death_nothing_else_is_asked() -> None:
    account = replace(CASES["merchants"][0], died_on=date(2026, 10, 1), balance=90_000_00)
    assert {flag.rule.code for flag in find_flags(account, LIMITS)} == {"paid-after-death"}


def test_looking_again_finds_the_same_flag() -> None:
    first = seen(CASES["paid-twice"][0], "paid-twice")[0]
    again = seen(replace(CASES["paid-twice"][0], on=date(2026, 12, 1)), "paid-twice")[0]
    assert first.key == again.key == "paid-twice:lantern care 2026-10-07"


ACCUSING = ("fraud", "abuse", "misuse", "suspicious", "red flag", "offence", "breach", "illegal")


@pytest.mark.parametrize("code", rules())
def test_no_rule_accuses_anybody(code: str) -> None:
    rule = rules()[code]
    words = f"{rule.title} {rule.matters} {rule.ask}".lower()
    assert [word for word in ACCUSING if word in words] == []


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (28, "A direct payment can pay for 28 days at most."),
        (30, "A direct payment can pay for 28 days at most. These are 2 more."),
    ],
)
def test_care_home_stays_above_the_limit_are_not_told_as_close_to_it(days: int, told: str) -> None:
    (flag,) = find_flags(replace(QUIET, care_home_days=days), Limits())
    assert flag.seen[1] == told
    assert flag.rule.title.endswith("may pay for, or above it")
