"""Rules that offer help: with being an employer, with papers, with what is owed."""

from collections import defaultdict
from collections.abc import Iterator

from wherewithal.dates import long_date
from wherewithal.money import pounds
from wherewithal.monitoring.account import Account, Limits, Movement, plain
from wherewithal.monitoring.rules import words
from wherewithal.monitoring.sight import Sight, told


def paid_after_death(account: Account, limits: Limits) -> Iterator[Sight]:
    """See payments out after the person died; last wages and bills are often right."""
    if account.died_on is None:
        return
    lines = [line for line in account.out if line.on > account.died_on]
    if lines:
        yield Sight(told(lines))


def paid_while_away(account: Account, limits: Limits) -> Iterator[Sight]:
    """See that somebody who helps was paid while the person was in hospital or elsewhere."""
    for away in account.away:
        lines = [line for line in account.out if line.sort == "spent" and line.on in away.period]
        if lines:
            where = f"They were away ({away.where}) from {long_date(away.period.start)}."
            yield Sight((where, *told(lines)), away.period.start.isoformat())


def no_insurance(account: Account, limits: Limits) -> Iterator[Sight]:
    """See that a person is paid often and no insurance is known of, or was paid for."""
    if account.insured_until is not None and account.insured_until >= account.on:
        return
    if any(spells(line, account, "insurance") for line in account.out):
        return
    paid: dict[str, list[Movement]] = defaultdict(list)
    for line in account.out:
        helper = account.helper(line.payee)
        if helper is not None and helper.individual:
            paid[helper.name].append(line)
    for name, lines in sorted(paid.items()):
        if len({line.on for line in lines}) >= limits.regular_times:
            times = f"{name} was paid {len(lines)} times since {long_date(lines[0].on)}."
            yield Sight((times, "We know of no insurance, and saw no payment for one."), name)


def no_returns(account: Account, limits: Limits) -> Iterator[Sight]:
    """See that statements did not come twice."""
    missed = sorted(account.missed_returns)
    if len(missed) >= 2:
        days = " and ".join(long_date(day) for day in missed[-2:])
        yield Sight((f"Statements were due on {days}, and have not come.",), missed[0].isoformat())


def contribution_behind(account: Account, limits: Limits) -> Iterator[Sight]:
    """See that the person's own share is behind by as much as two pay periods."""
    ended = [each for each in account.contributions if each.last_day <= account.seen_to]
    ended = sorted((each for each in ended if each.due), key=lambda each: each.last_day)
    recent = ended[-limits.contribution_periods :]
    if len(recent) < limits.contribution_periods:
        return
    due = sum(each.due for each in ended)
    paid = sum(line.pence for line in account.movements if line.sort == "contribution")
    if due - paid >= sum(each.due for each in recent):
        first, last = ended[0].last_day, ended[-1].last_day
        yield Sight(
            (
                f"For the pay periods that ended from {long_date(first)} to {long_date(last)},"
                f" {pounds(due)} was to be paid in.",
                f"We can see {pounds(paid)} of it. {pounds(due - paid)} is missing.",
            )
        )


def spells(line: Movement, account: Account, kind: str) -> str:
    """Return the word of one kind that stands on a line, or nothing."""
    listed = account.words.get(kind) or words().get(kind, ())
    written = f" {plain(line.payee)} {plain(line.text)} "
    return next((word for word in listed if f" {plain(word)} " in written), "")
