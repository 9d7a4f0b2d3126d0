"""Rules that ask first whether the person is all right."""

from collections.abc import Iterator

from wherewithal.dates import long_date
from wherewithal.money import pounds
from wherewithal.monitoring.account import Account, Limits
from wherewithal.monitoring.sight import Sight

LIMIT_DAYS = 28
"""Days in a care home that a direct payment may pay for (SI 2014/2871, regulation 6)."""


def spending_stops(account: Account, limits: Limits) -> Iterator[Sight]:
    """See that nothing was paid for a long time, as far as the statements reach."""
    spent = [line.on for line in account.out if line.sort not in {"fee", "contribution"}]
    last = max(spent, default=account.opened_on)
    days = (account.seen_to - last).days
    if not account.weekly_gross or days < limits.silent_days:
        return
    since = "The last payment out was on" if spent else "Nothing was paid out since"
    seen = [f"{since} {long_date(last)}, {days} days before the newest statement."]
    seen += [
        f"We know of a stay ({away.where}) from {long_date(away.period.start)}."
        for away in account.away
        if away.period.end is None or away.period.end > last
    ]
    yield Sight(tuple(seen), last.isoformat())


def near_nothing(account: Account, limits: Limits) -> Iterator[Sight]:
    """See that the account holds hardly anything well before the next payment."""
    if account.balance is None or account.next_payment is None:
        return
    days = (account.next_payment - account.on).days
    least = account.weekly_gross * limits.near_nothing_percent // 100
    if account.balance < least and days >= limits.near_nothing_days:
        yield Sight(
            (
                f"The account held {pounds(account.balance)} on {long_date(account.seen_to)}.",
                f"The next payment comes on {long_date(account.next_payment)}, in {days} days.",
            ),
            account.next_payment.isoformat(),
        )


def care_home_stays(account: Account, limits: Limits) -> Iterator[Sight]:
    """See that stays in a care home come close to the four weeks the regulation sets."""
    days = account.care_home_days
    if days >= limits.care_home_days:
        over = f" These are {days - LIMIT_DAYS} more." if days > LIMIT_DAYS else ""
        yield Sight(
            (
                f"Care home stays add up to {days} days within a year.",
                f"A direct payment can pay for {LIMIT_DAYS} days at most.{over}",
            ),
            str(account.on.year),
        )


def several_managed(account: Account, limits: Limits) -> Iterator[Sight]:
    """See that whoever manages this account manages several."""
    if account.manages >= limits.manages_several:
        yield Sight(
            (f"{account.manager} looks after the money of {account.manages} people.",),
            account.manager,
        )
