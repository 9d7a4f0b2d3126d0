"""Rules that ask what something was. There may always be a good answer."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from wherewithal.dates import long_date
from wherewithal.money import pounds
from wherewithal.monitoring.account import Account, Limits, Movement, plain, short
from wherewithal.monitoring.sight import Sight, told
from wherewithal.monitoring.support import spells

A_DAY = 24 * 60
SHOPS = ("gambling", "alcohol", "tobacco", "overseas")


def above_reserve(account: Account, limits: Limits) -> Iterator[Sight]:
    """See that the account holds more than its reserve, what is set aside, and what is ahead."""
    reserve = account.weekly_gross * limits.reserve_weeks
    if account.balance is not None and account.balance > reserve + account.earmarked:
        aside = (
            f" {pounds(account.earmarked)} is set aside, or for days to come."
            if account.earmarked
            else ""
        )
        yield Sight(
            (
                f"The account held {pounds(account.balance)} on {long_date(account.seen_to)}.",
                f"The reserve of {limits.reserve_weeks} weeks is {pounds(reserve)}.{aside}",
            )
        )


def cash(account: Account, limits: Limits) -> Iterator[Sight]:
    """See that more than a set part of what went out was cash."""
    lines = [line for line in account.out if line.sort == "cash" or spells(line, account, "cash")]
    taken, out = -sum(line.pence for line in lines), -sum(line.pence for line in account.out)
    if taken * 100 > out * limits.cash_percent:
        share = f"{pounds(taken)} of {pounds(out)} that went out was cash."
        yield Sight((share, *told(lines)))


def relative_paid(account: Account, limits: Limits) -> Iterator[Sight]:
    """See payments to a close relative whom the council has not decided may be paid."""
    for name, lines in _by_helper(account, allowed=False):
        helper = account.helper(name)
        who = f"{name} is known to us as {helper.relationship}." if helper else ""
        yield Sight((who, *told(lines)), name)


def holder_paid(account: Account, limits: Limits) -> Iterator[Sight]:
    """See payments to whoever the account belongs to."""
    holders = {plain(name) for name in account.holders}
    lines = [
        line
        for line in account.out
        if plain(line.payee) in holders and line.sort not in {"contribution", "fee"}
    ]
    if lines:
        yield Sight(told(lines))


def shared_payee(account: Account, limits: Limits) -> Iterator[Sight]:
    """See that a person who is paid here is also paid by people in other homes."""
    paid = {helper.name: helper for line in account.out if (helper := account.helper(line.payee))}
    for name, helper in sorted(paid.items()):
        if helper.individual and helper.other_homes:
            homes = (
                "1 other home" if helper.other_homes == 1 else f"{helper.other_homes} other homes"
            )
            yield Sight((f"{name} is also paid by people in {homes}.",), name)


def hours_over_plan(account: Account, limits: Limits) -> Iterator[Sight]:
    """See weeks with clearly more hours than the plan has."""
    if not account.planned_minutes:
        return
    weeks: dict[date, int] = defaultdict(int)
    for each in account.worked:
        weeks[each.on - timedelta(days=each.on.weekday())] += each.minutes
    most = account.planned_minutes * (100 + limits.hours_over_percent)
    over = {monday: minutes for monday, minutes in weeks.items() if minutes * 100 > most}
    if over:
        plan = f"The plan has {_hours(account.planned_minutes)} a week."
        seen = (f"{short(monday)}: {_hours(over[monday])}." for monday in sorted(over))
        yield Sight((plan, *seen))


def hours_over_day(account: Account, limits: Limits) -> Iterator[Sight]:
    """See days with more than 24 hours of help."""
    days: dict[date, int] = defaultdict(int)
    for each in account.worked:
        days[each.on] += each.minutes
    over = [day for day, minutes in sorted(days.items()) if minutes > A_DAY]
    if over:
        yield Sight(tuple(f"{short(day)}: {_hours(days[day])}." for day in over))


def round_sums(account: Account, limits: Limits) -> Iterator[Sight]:
    """See the same round sum going to the same place again and again."""
    same: dict[tuple[str, int], list[Movement]] = defaultdict(list)
    for line in account.out:
        known = account.helper(line.payee)
        if line.pence % limits.round_sum or (known is not None and not known.individual):
            continue
        if line.sort in {"spent", "other"} and line.payee:
            same[plain(line.payee), line.pence].append(line)
    for (payee, pence), lines in sorted(same.items()):
        if len(lines) >= limits.round_times:
            yield Sight(told(lines), f"{payee} {-pence}")


def paid_twice(account: Account, limits: Limits) -> Iterator[Sight]:
    """See the same sum to the same place within a few days."""
    same: dict[tuple[str, int], list[Movement]] = defaultdict(list)
    for line in account.out:
        if line.sort in {"spent", "other"} and line.payee and not spells(line, account, "cash"):
            same[plain(line.payee), line.pence].append(line)
    for (payee, _), lines in sorted(same.items()):
        ordered = sorted(lines, key=lambda line: line.on)
        for earlier, later in pairwise(ordered):
            if (later.on - earlier.on).days <= limits.twice_within_days:
                yield Sight(told((earlier, later)), f"{payee} {later.on.isoformat()}")


def merchants(account: Account, limits: Limits) -> Iterator[Sight]:
    """See names of shops that do not look like support; names mislead."""
    for kind in SHOPS:
        lines = [line for line in account.out if spells(line, account, kind)]
        if lines:
            yield Sight(told(lines), kind)


def account_changed(account: Account, limits: Limits) -> Iterator[Sight]:
    """See money leaving to an account soon after the account for payments was changed."""
    for day in account.account_changed_on:
        until = day + timedelta(days=limits.transfer_within_days)
        lines = [
            line for line in account.out if line.sort == "transfer" and day <= line.on <= until
        ]
        if lines:
            told_first = f"The account that payments go to was changed on {long_date(day)}."
            yield Sight((told_first, *told(lines)), day.isoformat())


def _by_helper(account: Account, *, allowed: bool) -> Iterable[tuple[str, list[Movement]]]:
    paid: dict[str, list[Movement]] = defaultdict(list)
    for line in account.out:
        helper = account.helper(line.payee)
        if helper is not None and helper.allowed is allowed:
            paid[helper.name].append(line)
    return sorted(paid.items())


def _hours(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    words = "1 hour" if hours == 1 else f"{hours} hours"
    return f"{words} {rest} minutes" if rest else words
