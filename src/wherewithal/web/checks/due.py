"""What is due about accounts: reviews that the law sets, looks, talks, answers; kindly sorted."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Min, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.timezone import localtime

from wherewithal.careact.direct_payment_reviews import due_by
from wherewithal.dates import long_date
from wherewithal.monitoring.tiers import Tier, chosen_by_chance, next_look
from wherewithal.web.budgets.models import BudgetLine
from wherewithal.web.budgets.pauses.actions import stays_to_look_at
from wherewithal.web.checks.facts import DIRECT
from wherewithal.web.checks.limits import Settings
from wherewithal.web.checks.models import (
    ArrangementReview,
    Flag,
    Look,
    LookAgain,
    SurplusProposal,
    TierDecision,
)
from wherewithal.web.payments.models import Payment
from wherewithal.web.people.models import Person
from wherewithal.web.plans.models import PlanLine

AHEAD = timedelta(days=28)
A_YEAR = timedelta(days=365)
WELFARE, LAW, REPLY, TALK, LOOK = range(5)
"""The order of a day's work: how people are comes first, papers come last."""
NAMED = ("reference", "given_name", "family_name", "preferred_name")
Key = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason to look at somebody's account today."""

    person: int
    rank: int
    text: str
    href: str
    by: date | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One person to look at, by id, and every reason, the kindest first."""

    person: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts in use on a day: when money first arrived, and when each was looked at."""

    keys: set[Key]
    firsts: dict[Key, date]
    looked: dict[Key, date]


@dataclass(frozen=True, slots=True)
class Reached:
    """How many accounts in use were looked at with the person in the last twelve months."""

    accounts: int
    looked: int

    @property
    def percent(self) -> int:
        """Whole per cent, rounded down: nobody is counted who was not reached."""
        return self.looked * 100 // self.accounts if self.accounts else 0


def accounts_in_use(people: QuerySet[Person], on: date) -> set[Key]:
    """Return each (person, holding) whose money is in an account of its own on a day."""
    lines = BudgetLine.objects.filter(
        among(people, "budget__person"), budget__status="signed-off", budget__period__contains=on
    ).exclude(holding=PlanLine.Holding.COUNCIL_MANAGED)
    return set(lines.order_by().values_list("budget__person_id", "holding").distinct())


def among(people: QuerySet[Person], person: str = "person") -> Q:
    """Keep the rows of these people; for everybody that there is, nothing is asked at all."""
    everybody = not people.query.has_filters() and not people.query.is_sliced
    return Q() if everybody else Q(**{f"{person}__in": people})


def first_payments(people: QuerySet[Person]) -> dict[Key, date]:
    """Return the day on which money first arrived, by person and holding (one query)."""
    paid = Payment.objects.decided().filter(among(people)).order_by()
    rows = paid.values_list("person_id", "holding").annotate(Min("run__pay_on"))
    return {(person, holding): day for person, holding, day in rows}


def accounts_of(people: QuerySet[Person], on: date) -> Accounts:
    """Read the accounts in use of these people, once for everything that is asked of them."""
    looks = Look.objects.filter(among(people))
    return Accounts(accounts_in_use(people, on), first_payments(people), looks.newest_days())


def reached(people: QuerySet[Person], on: date, accounts: Accounts | None = None) -> Reached:
    """Count the accounts in use, and those looked at in the last twelve months."""
    accounts = accounts or accounts_of(people, on)
    keys, newest = accounts.keys, accounts.looked
    looked = sum(1 for key in keys if key in newest and newest[key] > on - A_YEAR)
    return Reached(len(keys), looked)


def reviews_due(
    people: QuerySet[Person], on: date, accounts: Accounts | None = None
) -> list[Reason]:
    """Return the reviews of direct payments that are due within four weeks, or late.

    The first falls within six months of the first payment, each next one within twelve months;
    whatever called for one at once stands beside them. ``accounts`` were read already.
    """
    accounts = accounts or accounts_of(people, on)
    newest = ArrangementReview.objects.filter(among(people)).newest_days()
    found = []
    for (person, holding), first in accounts.firsts.items():
        if holding != DIRECT or (person, holding) not in accounts.keys:
            continue
        due = due_by(first, newest.get(person))
        if due - AHEAD <= on:
            late = due < on
            text = f"Review how the direct payment is working, by {long_date(due)}"
            found.append(Reason(person, LAW, text, "review", due, late))
    called = ArrangementReview.objects.waiting().filter(among(people))
    found += [
        Reason(each.person_id, LAW, each.get_event_display(), "review", each.due_by,
               each.due_by < on)
        for each in called
    ]  # fmt: skip
    return sorted(found, key=lambda reason: (reason.by or on, reason.person))


def worklist(
    people: QuerySet[Person], *, on: date, settings: Settings, accounts: Accounts | None = None
) -> list[Row]:
    """Return whom to look at today and why, welfare first, then what is late longest.

    Those as urgent as one another stand in no order until they are :func:`named`.
    """
    reasons: dict[int, list[Reason]] = defaultdict(list)
    for reason in _all(people, on, settings, accounts or accounts_of(people, on)):
        reasons[reason.person].append(reason)
    rows = [Row(person, tuple(sorted(listed, key=_order))) for person, listed in reasons.items()]
    return sorted(rows, key=_kindest)


def named(rows: Sequence[Row], first: int, last: int) -> list[tuple[Person, Row]]:
    """Return the rows from one place of a worklist up to another, each with its person.

    Those as urgent as one another stand by family name: only their names are read, not everybody's.
    """
    if first >= last:
        return []
    begin = bisect_left(rows, _kindest(rows[first]), key=_kindest)
    alike = rows[begin : bisect_right(rows, _kindest(rows[last - 1]), key=_kindest)]
    ids = RawSQL("SELECT unnest(%s::bigint[])", [[row.person for row in alike]])  # one value
    names = dict(Person.objects.filter(pk__in=ids).values_list("pk", "family_name"))
    by_name = sorted(alike, key=lambda row: (_kindest(row), names[row.person]))
    shown = by_name[first - begin : last - begin]
    people = Person.objects.only(*NAMED).in_bulk([row.person for row in shown])
    return [(people[row.person], row) for row in shown]


def _kindest(row: Row) -> tuple[int, bool, date]:
    return _order(row.reasons[0])


def in_sample(keys: Iterable[Key], *, on: date, settings: Settings) -> set[Key]:
    """Return this year's accounts chosen by chance out of those looked at lightly."""
    by_name = {f"{person}/{holding}": (person, holding) for person, holding in keys}
    chosen = chosen_by_chance(
        by_name, year=on.year, seed=settings.sample_seed, percent=settings.sample_percent
    )
    return {by_name[name] for name in chosen}


def tiers_now(people: QuerySet[Person]) -> dict[Key, Tier]:
    """Return how closely each account is looked at just now (one query)."""
    newest = (
        TierDecision.objects.filter(among(people))
        .order_by("person_id", "holding", "-at", "-id")
        .distinct("person_id", "holding")
    )
    rows = newest.values_list("person_id", "holding", "tier")
    return {(person, holding): Tier(tier) for person, holding, tier in rows}


def _all(
    people: QuerySet[Person], on: date, settings: Settings, accounts: Accounts
) -> Iterator[Reason]:
    yield from _talks(people)
    yield from reviews_due(people, on, accounts)
    yield from _care_homes(people, on)
    yield from _answers(people, on)
    yield from _looks(people, on, settings, accounts)


def _talks(people: QuerySet[Person]) -> Iterator[Reason]:
    for flag in Flag.objects.filter(among(people), status__in=["open", "talked"]):
        rank = WELFARE if flag.what.sort == "welfare" else TALK
        yield Reason(flag.person_id, rank, flag.what.title, f"talk {flag.pk}",
                     localtime(flag.opened_at).date())  # fmt: skip


def _care_homes(people: QuerySet[Person], on: date) -> Iterator[Reason]:
    """Name those whose stays come to more than the four weeks that the regulation allows."""
    stays = stays_to_look_at(on)
    staying = people.filter(pk__in=[each.person.pk for each in stays])
    known = set(staying.values_list("pk", flat=True)) if stays else set()
    for each in stays:
        if each.person.pk in known:
            days = each.decision.longest_days
            told = f"{days} days in a care home: arrange the rest another way"
            yield Reason(each.person.pk, LAW, told, "account")


def _answers(people: QuerySet[Person], on: date) -> Iterator[Reason]:
    for sum_ in SurplusProposal.objects.for_decision().filter(among(people)):
        text = f"{sum_.get_about_display()}: {sum_.get_status_display().lower()}"
        yield Reason(sum_.person_id, REPLY, text, f"money-back {sum_.pk}")
    for again in LookAgain.objects.waiting().filter(among(people)):
        by = again.acknowledge_by if again.acknowledged_on is None else again.answer_by
        what = "Say that we have it" if again.acknowledged_on is None else "Answer"
        text = f"Another look was asked for. {what} by {long_date(by)}"
        yield Reason(again.person_id, REPLY, text, f"again {again.pk}", by, by < on)


def _looks(
    people: QuerySet[Person], on: date, settings: Settings, accounts: Accounts
) -> Iterator[Reason]:
    firsts, newest = accounts.firsts, accounts.looked
    tiers = tiers_now(people)
    keys = accounts.keys & firsts.keys()
    sample = in_sample(
        (key for key in keys if tiers.get(key) is Tier.LIGHT), on=on, settings=settings
    )
    for key in keys:
        tier = tiers.get(key, Tier.STANDARD)
        due = next_look(tier, first_payment=firsts[key], last_look=newest.get(key),
                        limits=settings.tiers)  # fmt: skip
        looked = newest.get(key)
        if due <= on:
            text = f"Look at the account together ({tier.label.lower()})"
            yield Reason(key[0], LOOK, text, "look", due, due < on)
        elif key in sample and (looked is None or looked.year < on.year):
            yield Reason(key[0], LOOK, "Chosen by chance this year", "look")


def href(reason: Reason, person: Person) -> str:
    """Return the page where a reason is dealt with."""
    name, _, number = reason.href.partition(" ")
    return reverse(
        f"checks:{name}", args=[person.reference, int(number)] if number else [person.reference]
    )


def _order(reason: Reason) -> tuple[int, bool, date]:
    return reason.rank, not reason.late, reason.by or date.max
